import Forms
import Foundation
import Testing
import XLSX

@Suite("Writing blank forms")
struct TemplateSetTests {
  let campaign: Campaign

  init() throws { campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")) }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try body(folder.url)
  }

  @Test("every unit gets both forms: 32 workbooks whose names keep the notice's order")
  func everyUnit() throws {
    try inFolder { folder in
      let files = try TemplateSet(campaign).write(
        campaign.forms, for: .everyUnit, to: folder.appendingPathComponent("空白表"))
      #expect(files.count == 32)
      #expect(files.first?.lastPathComponent == "附件2_01沁阳市总工会.xlsx")
      #expect(files.last?.lastPathComponent == "附件4_16财贸工会.xlsx")
      let last = try Workbook(contentsOf: #require(files.last)).sheet(named: "附件4")
      #expect(last["B3"] == "财贸工会")
    }
  }

  @Test("a path ending in .xlsx gets the form, or all forms as sheets of one workbook")
  func oneFile() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("空白.xlsx")
      #expect(try TemplateSet(campaign).write(campaign.forms, for: .anyone, to: file) == [file])
      let book = try Workbook(contentsOf: file)
      #expect(book.sheets.map(\.name) == ["附件2", "附件4"])
      #expect(try book.sheet(named: "附件2")["C3"].isEmpty)
    }
  }

  @Test("all units do not go into one file")
  func everyUnitIntoOneFile() throws {
    try inFolder { folder in
      let error = try #require(throws: FormsError.self) {
        try TemplateSet(campaign).write(
          campaign.forms, for: .everyUnit, to: folder.appendingPathComponent("空白.xlsx"))
      }
      #expect(error.code == .output)
    }
  }

  @Test("a blank form is written anew, one with figures in it never")
  func overwriting() throws {
    try inFolder { folder in
      let set = TemplateSet(campaign)
      let file = try #require(try set.write(campaign.forms, for: .anyone, to: folder).first)
      #expect(try set.write(campaign.forms, for: .anyone, to: folder).count == 2)

      let filled = try BlankForm.workbook(for: campaign.forms[0], campaign: campaign)
      try filled.sheet(named: "附件2")["D9"] = 12
      try filled.save(to: file)
      let before = try Data(contentsOf: file)
      let error = try #require(throws: FormsError.self) {
        try set.write(campaign.forms, for: .anyone, to: folder)
      }
      #expect(error.code == .output && error.message.chinese.contains("已填有数据"))
      #expect(try Data(contentsOf: file) == before)
    }
  }

  @Test("a filled form whose sheet was renamed is never written over")
  func overwritingRenamedSheet() throws {
    try inFolder { folder in
      let set = TemplateSet(campaign)
      let file = try #require(try set.write(campaign.forms, for: .anyone, to: folder).first)
      let renamed = Workbook()
      try renamed.addSheet(named: "Sheet1")["D9"] = 12
      try renamed.save(to: file)
      let before = try Data(contentsOf: file)
      let error = try #require(throws: FormsError.self) {
        try set.write(campaign.forms, for: .anyone, to: folder)
      }
      #expect(error.code == .output)
      #expect(try Data(contentsOf: file) == before)
    }
  }

  @Test("a folder that cannot be made is an output error")
  func unwritable() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("文件")
      try Data().write(to: file)
      let error = try #require(throws: FormsError.self) {
        try TemplateSet(campaign).write(campaign.forms, for: .anyone, to: file.appendingPathComponent("空白表"))
      }
      #expect(error.code == .output)
    }
  }
}

@Suite("A working folder")
struct TemplateWorkingFolderTests {
  let campaign: Campaign

  init() throws { campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")) }

  @Test("holds a campaign file that takes over the built-in campaign, and a folder for each step")
  func create() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let place = folder.url.appendingPathComponent("2024五送")
    #expect(
      try WorkingFolder.create(at: place, campaign: campaign, reference: "jiaozuo-2024")
        == ["活动.yaml", "空白表/", "收件/", "退回/", "汇总/"])
    let loaded = try Campaign.load(workingDirectory: place)
    #expect(loaded.id == campaign.id && loaded.forms == campaign.forms && loaded.units == campaign.units)

    let again = try #require(throws: FormsError.self) {
      try WorkingFolder.create(at: place, campaign: campaign, reference: "jiaozuo-2024")
    }
    #expect(again.code == .output)
  }

  @Test("its commented lines are right once the comment signs are gone")
  func comments() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    _ = try WorkingFolder.create(at: folder.url, campaign: campaign, reference: "jiaozuo-2024")
    let text = try String(contentsOf: folder.url.appendingPathComponent("活动.yaml"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Sentences stay comments; settings have an ASCII key or stand deeper.
      guard line.hasPrefix("# "), line.hasPrefix("#   ") || line.dropFirst(2).first?.isASCII == true else {
        return String(line)
      }
      return String(line.dropFirst(2))
    }
    try folder.write(lines.joined(separator: "\n"), to: "活动.yaml")
    let next = try Campaign.load(workingDirectory: folder.url)
    #expect(next.id == "jiaozuo-2025" && next.year == 2025)
    #expect(next.forms.map(\.deadline.year) == [2025, 2025])
    #expect(next.unit(code: "JZ01")?.aliases.contains("沁阳市总工会办公室") == true)
    #expect(next.unit(code: "JZ01")?.name == "沁阳市总工会（新名称）")
    #expect(next.unit(named: "新单位全称") != nil && next.unit(named: "财贸工会") == nil)
    var targets = campaign.targets.first?.targets ?? [:]
    targets["JZ16"] = nil
    #expect(next.targets.first?.targets == targets && next.targets.first?.printedTotal == 605)
  }
}
