import Foundation
import Testing
import XLSX

@testable import Forms

/// The office's own blank workbook as the form.
@Suite struct OfficeBlankTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(heading: String = "日间") throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "巡查")
    for (cell, text) in [
      ("A1", "2025年巡查情况表"), ("A2", "报送单位："), ("A3", "项目"), ("B3", heading), ("C3", "夜间"), ("D3", "合计"),
      ("A4", "巡查"), ("A5", "里程"), ("A6", "注：合计为日间、夜间之和"),
    ] {
      sheet[try #require(CellReference(cell))] = .text(text)
    }
    try book.save(to: folder.url.appendingPathComponent("空白.xlsx"))
    try folder.write(CampaignSample.campaignFile, to: "campaign.yaml")
    try folder.write(CampaignSample.formFile + "\nblank: 空白.xlsx\n", to: "patrol.yaml")
  }

  @Test func theUnitsNameGoesIntoACopyAndSumsAreAdded() throws {
    try write()
    let campaign = try Campaign.load(folder.url.path, workingDirectory: folder.url)
    let out = folder.url.appendingPathComponent("东段.xlsx")
    _ = try TemplateSet(campaign).write(campaign.forms, for: .unit(campaign.units[0]), to: out)
    let sheet = try Workbook(contentsOf: out).sheet(at: 0)
    #expect(sheet["A2"] == .text("报送单位：东段管理所"))
    #expect(sheet["A6"] == .text("注：合计为日间、夜间之和"))
    guard case .formula(let formula, _) = sheet["D4"] else {
      throw FormsError(.output, .init(zh: "", en: ""))
    }
    #expect(formula.text == "SUM(B4:C4)")
    #expect(sheet.protection != nil && !sheet.style(at: "B4").protection.isLocked)
    #expect(sheet.style(at: "D4").protection.isLocked)
  }

  @Test func aHeadingThatTheBlankLacksIsRefusedWhereTheFormNamesIt() throws {
    try write(heading: "白天")
    let error = try #require(throws: FormsError.self) {
      try Campaign.load(folder.url.path, workingDirectory: folder.url)
    }
    #expect(error.file?.hasSuffix("patrol.yaml") == true && error.message.chinese.contains("“日间”"))
  }

  @Test func afilledInFormIsNotWrittenOver() throws {
    try write()
    let campaign = try Campaign.load(folder.url.path, workingDirectory: folder.url)
    let out = folder.url.appendingPathComponent("东段.xlsx")
    let set = TemplateSet(campaign)
    _ = try set.write(campaign.forms, for: .unit(campaign.units[0]), to: out)
    _ = try set.write(campaign.forms, for: .unit(campaign.units[0]), to: out)
    let book = try Workbook(contentsOf: out)
    try book.sheet(at: 0)["B4"] = 12
    try book.save(to: out)
    #expect(throws: FormsError.self) {
      try set.write(campaign.forms, for: .unit(campaign.units[0]), to: out)
    }
  }

  @Test("A list's own blank is handed out with rules for its columns, where it has none")
  func aListIsHandedOutWithRules() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "台账")
    for (cell, text) in [
      ("A1", "2025年险段台账"), ("A2", "报送单位："), ("A3", "名称"), ("B3", "类别"), ("C3", "长度（公里）"), ("D3", "建成日期"),
    ] {
      sheet[try #require(CellReference(cell))] = .text(text)
    }
    sheet.changeStyle(for: "A4:D12") { $0.borders = .thin }
    try book.save(to: folder.url.appendingPathComponent("空白.xlsx"))
    try folder.write(
      CampaignSample.campaignFile.replacing("forms: [patrol.yaml]", with: "forms: [dykes.yaml]")
        .components(separatedBy: "targets:")[0], to: "campaign.yaml")
    try folder.write(
      """
      id: dykes
      label: 表1
      kind: list
      title: "{year}年险段台账"
      blank: 空白.xlsx
      columns:
        - {name: 名称, type: text, required: true}
        - {name: 类别, type: choice, choices: [险工, 控导]}
        - {name: 长度, measure: 公里}
        - {name: 建成日期, type: date}
      """, to: "dykes.yaml")
    let campaign = try Campaign.load(folder.url.path, workingDirectory: folder.url)
    let out = folder.url.appendingPathComponent("东段.xlsx")
    _ = try TemplateSet(campaign).write(campaign.forms, for: .unit(campaign.units[0]), to: out)
    let written = try Workbook(contentsOf: out).sheet(at: 0)
    #expect(written["A2"] == .text("报送单位：东段管理所"))
    let rules = Dictionary(
      written.validations.map { ($0.ranges.map(\.description).joined(), $0.kind) },
      uniquingKeysWith: { first, _ in first })
    #expect(rules == ["A4:A12": .any, "B4:B12": .list, "C4:C12": .decimal, "D4:D12": .date])
    #expect(written.protection == nil)
  }
}
