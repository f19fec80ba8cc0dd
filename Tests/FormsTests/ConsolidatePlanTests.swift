import Foundation
import Testing
import XLSX

@testable import Forms

/// The campaign decides which sheets the consolidated workbook has: shown with `Examples/老年健康`, another office's campaign
/// with three levels of headings, sums of rows and columns, five measures and targets in people and in yuan.
@Suite struct ConsolidatePlanTests {
  static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Examples/老年健康")

  private func campaign() throws -> Campaign {
    try Campaign.load(Self.example.path, workingDirectory: Self.example)
  }

  private func merged(_ campaign: Campaign, _ inbox: String) throws -> Consolidation {
    let asOf = try #require(CalendarDate(iso: "2026-01-05"))
    return Consolidation(
      report: try CheckRun.check(paths: [inbox], campaign: campaign, asOf: asOf), campaign: campaign)
  }

  @Test("Names, titles and order of the sheets are the campaign's")
  func sheets() throws {
    let book = try merged(campaign(), Self.example.appendingPathComponent("收件").path).workbook()
    #expect(
      book.sheets.map(\.name) == [
        "体检任务", "经费投入", "附表1全市", "附表1各单位", "附表2全市", "附表2各单位", "报送进度", "审核意见", "数据出处",
      ])
    let tasks = try book.sheet(named: "体检任务")
    #expect(tasks["A1"].text == "2025年老年人健康体检任务完成情况")
    #expect(tasks["A3"].text == "责任单位" && tasks["B3"].text == "目标人数" && tasks["C3"].text == "完成人数")
    #expect(tasks["C4"].formula?.text.contains("'附表1各单位'!") == true)
    // A figure leads to the campaign's own sheet of sources, and back.
    let units = try book.sheet(named: "附表1各单位")
    let link = try #require(units.hyperlink(at: "D7"))
    guard case .location(let place) = link.target, let row = place.split(separator: "!").last else {
      Issue.record("no place in the workbook: \(link)")
      return
    }
    let line = try #require(CellReference(row))
    #expect(place.hasPrefix("'数据出处'!"))
    let sources = try book.sheet(named: "数据出处")
    #expect(sources[line.offset(columns: 2)].text == "65—74岁/健康体检/城镇/男")
    #expect(sources.hyperlink(at: line.offset(columns: 3))?.target == .location("'附表1各单位'!D7"))
  }

  @Test("The samples' figures come to the sums that make-samples.py prints")
  func totals() throws {
    let result = try merged(campaign(), Self.example.appendingPathComponent("收件").path)
    let checkup = try #require(result.form("checkup"))
    let prevention = try #require(result.form("prevention"))
    #expect(checkup.reported == 7 && checkup.expected == 7)
    #expect(prevention.missing.map(\.name) == ["河西区卫生健康委员会"])
    // 3511 + 3946 and 4653 + 5261, then the other ages; the hospital outside the list is in it.
    #expect(checkup.totals["65—74岁/健康体检/城镇/小计"] == 7457)
    #expect(checkup.totals["65—74岁/健康体检/合计"] == 17371)
    #expect(checkup.totals["合计/健康体检/合计"] == 30114)
    #expect(checkup.totals["合计/补助经费"] == Decimal(string: "150.57"))
    #expect(prevention.totals["全年/经费支出"] == Decimal(string: "208.13"))
    // Targets in yuan, figures in ten thousand.
    #expect(prevention.completed == 2_081_300)
    // Only units with a target count towards it.
    #expect(checkup.completed == 28225)
    // One total with its digits the wrong way round, seen by its row, its column, and the total over it.
    let errors = result.report.submissions.flatMap(\.findings).filter { $0.severity == .error }
    #expect(errors.map(\.rule) == ["T03", "T03", "T03"])
    #expect(errors.first?.candidates.first?.value == 1506)
    #expect(errors.contains { $0.message.chinese.contains("城镇1560+农村1048=2608") })
  }

  @Test("Blank forms of this campaign, filled in, come back with every figure, and add up")
  func roundTrip() throws {
    let campaign = try campaign()
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for form in campaign.forms {
      for (number, unit) in campaign.units(owing: form).prefix(2).enumerated() {
        let book = try BlankForm.workbook(for: form, campaign: campaign, unit: unit)
        let sheet = try book.sheet(named: form.label)
        let geometry = FormGeometry(form)
        // 1, 2, 3 … for the first unit, 101, 102, 103 … for the second.
        for (position, field) in form.fields.filter(\.isInput).enumerated() {
          sheet[geometry.cell(of: field)] = .number(Double(100 * number + position + 1))
        }
        try book.save(to: folder.url.appendingPathComponent("\(form.label)\(unit.name).xlsx"))
      }
    }
    let result = try merged(campaign, folder.url.path)
    for form in result.forms {
      #expect(form.reported == 2)
      let inputs = form.form.fields.filter(\.isInput)
      for (position, field) in inputs.enumerated() {
        #expect(form.totals[field.key] == Decimal(100 + 2 * (position + 1)), "\(field.key)")
      }
      // 年度 and 各级合计 follow from the inputs: here all of them, under whatever heading, once each.
      for field in form.form.fields where !field.isInput {
        let parts = form.form.inputs(behind: field.key).compactMap { form.totals[$0] }
        #expect(parts.count > 1 && form.totals[field.key] == parts.reduce(0, +), "\(field.key)")
      }
    }
  }

  @Test("Its workbook is known again under its own sheet names, and gives the same totals")
  func rollUp() throws {
    let campaign = try campaign()
    let first = try merged(campaign, Self.example.appendingPathComponent("收件").path)
    let bytes = try first.workbook().serialized()
    let grids = try WorkbookGridReader().read(bytes, format: .xlsx, limits: .default)
    let again = try #require(ConsolidatedWorkbook(grids, file: "全市.xlsx", campaign: campaign))
    #expect(again.forms.map(\.form.id) == ["checkup", "prevention"])
    #expect(again.forms.first?.totals["合计/健康体检/合计"] == 30114)
    #expect(
      PreviousFigures(again)[form: "prevention", unit: "HZ01"]?["一季度/经费支出"]
        == first.form("prevention")?.units.first?.inputs["一季度/经费支出"])
  }

  @Test("Without a plan the sheets are the usual ones")
  func usual() throws {
    let campaign = try CampaignSample.load()
    #expect(campaign.workbook == nil)
    #expect(
      campaign.workbookPlan.sheets.map(\.name) == ["表1汇总", "表1分单位", "任务表完成情况", "报送情况", "问题清单", "来源"])
  }

  @Test(
    "A plan that cannot be carried out is refused with file, line and reason",
    arguments: [
      ("{sheet: summary, of: 表1}", "缺少该表的一页"),
      ("{sheet: completion, of: 任务表}", "缺少该表的一页"),
      ("{sheet: units, of: 表9}", "没有“表9”表"),
      ("{sheet: completion, of: 表1}", "没有指标表“表1”"),
      ("{sheet: units, of: 表1, name: 'a/b'}", "不能含"),
      ("{sheet: chart}", "不在可选值之内"),
      ("{sheet: units, of: 表1}\n  - {sheet: units, of: 表1, name: 又}", "写了两次"),
      ("{sheet: units, of: 表1, name: 甲}\n  - {sheet: sources, name: 甲}", "都叫“甲”"),
    ])
  func refusals(_ line: String, _ message: String) throws {
    do {
      _ = try CampaignSample.load(["    total: 50": "    total: 50\nworkbook:\n  - \(line)"])
      Issue.record("not refused: \(line)")
    } catch let error as FormsError {
      let text = error.text(in: .chinese)
      #expect(text.contains(message) && text.contains("campaign.yaml:"), "\(text)")
    }
  }
}
