import Foundation
import Testing
import XLSX

@testable import Forms

@Suite struct ConsolidateWorkbookTests {
  let made: Workbook
  /// ``made``, saved and opened again.
  let book: Workbook

  init() throws {
    made = try Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)
      .workbook()
    book = try Workbook(bytes: made.serialized())
  }

  @Test("The sheets have the contract's names and order")
  func sheets() {
    #expect(
      book.sheets.map(\.name) == [
        "附件2汇总", "附件2分单位", "附件4汇总", "附件4分单位", "任务完成情况", "附件3完成情况", "报送情况", "问题清单", "来源",
      ])
  }

  @Test("Each unit has a row; who has not reported has blank cells, not zeros")
  func units() throws {
    let sheet = try book.sheet(named: "附件2分单位")
    // Headings in rows 3 to 5, units from row 6: 甲, 乙, 丙 and the office itself; figures from column D.
    #expect(
      (6...9).map { sheet[CellReference(row: $0, column: 2)].text } == ["甲县总工会", "乙县总工会", "丙区总工会", "某市总工会"])
    #expect(sheet["D6"] == 3)
    #expect(sheet["D7"].isEmpty)
    #expect(sheet["C8"].text == "未报")
    #expect(sheet["D8"].isEmpty)
    #expect(sheet["A9"].text == "另")
    #expect(sheet["D3"].text == "送文艺")
    #expect(sheet["G4"].text == "参加人数")
    #expect(sheet["F5"].text == "合计")
    #expect(sheet.mergedRange(containing: "E3") == "D3:I3")
  }

  @Test("合计 and 总计 are formulas with their values; a sum over nothing is an empty text")
  func formulas() throws {
    let sheet = try book.sheet(named: "附件2分单位")
    #expect(sheet["F6"] == .formula("IF(COUNT(D6:E6)=0,\"\",SUM(D6:E6))", cached: 15))
    // 乙县 typed 9 as the total of a blank and 8.
    #expect(sheet["F7"].number == 8)
    #expect(sheet["F8"].result == .text(""))
    #expect(sheet["D10"] == .formula("IF(COUNT(D6:D9)=0,\"\",SUM(D6:D9))", cached: 4))
    #expect(sheet["F10"].number == 28)
  }

  @Test("The official layout holds the city's figures as sums over the units' rows")
  func summary() throws {
    let sheet = try book.sheet(named: "附件2汇总")
    // Label, title, two lines, heading, then 送文艺 场次 in row 6, as on the blank form.
    #expect(sheet["A2"].text == "文化活动进基层情况统计表（已报2/3）")
    #expect(sheet[try #require(sheet.usedRange).first].text == "附件2")
    #expect((1...5).contains { sheet[CellReference(row: 3, column: $0)].text == "某市总工会" })
    #expect(sheet["C5"].text == "线上")
    #expect(
      sheet["C6"]
        == .formula("IF(COUNT('附件2分单位'!D6:D9)=0,\"\",SUM('附件2分单位'!D6:D9))", cached: 4))
    #expect(sheet["E6"] == .formula("IF(COUNT(C6:D6)=0,\"\",SUM(C6:D6))", cached: 28))
    let campus = try book.sheet(named: "附件4汇总")
    #expect(campus["C7"].number == 0.62)
  }

  @Test("Completion stands against the targets, in the targets' unit, without the units that have none")
  func completion() throws {
    let tasks = try book.sheet(named: "任务完成情况")
    #expect(
      (1...5).map { tasks[CellReference(row: 3, column: $0)].text } == ["单位", "目标场次", "完成场次", "完成率", "差额"])
    #expect(tasks["B4"] == 20)
    #expect(tasks["C4"].number == 21)
    #expect(tasks["D4"] == .formula("IF(OR(C4=\"\",N(B4)=0),\"\",C4/B4)", cached: 1.05))
    #expect(tasks["E4"].number == -1)
    #expect(tasks["C6"].result == .text(""))
    #expect(tasks["A7"].text == "总计")
    #expect(tasks["B7"].number == 50)
    #expect(tasks["C7"].number == 32)
    let coverage = try book.sheet(named: "附件3完成情况")
    // 0.57 + 0.43 万人次, in 人次.
    #expect(coverage["C4"].number == 10000)
    #expect(
      coverage["C4"].formula?.text
        == "IF(COUNT('附件4分单位'!F5:G5)=0,\"\",ROUND(SUM('附件4分单位'!F5:G5)*10000,6))")
    #expect(coverage["A7"].text == "丙区总工会（无指标）")
    #expect(coverage["C7"].number == 2000)
    #expect(coverage["C6"].number == 10000)
    #expect(coverage["C8"].number == 12000)
  }

  @Test("A figure links to its line in 来源, which names file, sheet, cell and what stood there")
  func provenance() throws {
    let link = try #require(made.sheet(named: "附件2分单位").hyperlink(at: "D6"))
    #expect(link == Hyperlink(.location("'来源'!A4"), tooltip: "收件/甲.xlsx Sheet1!C6"))
    let sources = try book.sheet(named: "来源")
    #expect(
      (1...8).map { sources[CellReference(row: 4, column: $0)].result } == [
        .text("附件2"), .text("甲县总工会"), .text("送文艺/场次/线上"), 3, .text("收件/甲.xlsx"), .text("Sheet1"), .text("C6"),
        .text("3"),
      ])
    #expect(try made.sheet(named: "附件2分单位").hyperlink(at: "D7") == nil)
    // Every input file with its state and reason.
    let used = try #require(sources.usedRange)
    let states = used.rows.map { sources[CellReference(row: $0, column: 2)].text }
    #expect(states.contains("退回"))
  }

  @Test("A figure with an open finding is marked")
  func marks() throws {
    let sheet = try book.sheet(named: "附件2分单位")
    #expect(sheet.style(at: "D7").fill == SheetLook.errorFill)
    #expect(sheet.style(at: "E7").fill == .none)
  }

  @Test("Text from a file stays text, whatever it begins with")
  func injection() throws {
    var report = ConsolidateSample.report
    report.submissions[0].filledBy = "=cmd|' /C calc'!A0"
    report.submissions[0].readings[1].raw = "+8"
    let made = try Consolidation(report: report, campaign: ConsolidateSample.campaign).workbook()
    let again = try Workbook(bytes: made.serialized())
    for info in again.sheets {
      let sheet = try again.sheet(named: info.name)
      let range = try #require(sheet.usedRange)
      for row in range.rows {
        for column in range.columns {
          let formula = sheet[CellReference(row: row, column: column)].formula?.text ?? ""
          #expect(!formula.contains("cmd") && !formula.hasPrefix("8"))
        }
      }
    }
    #expect(try again.sheet(named: "报送情况")["E6"].text == "=cmd|' /C calc'!A0")
  }

  @Test("The same report gives the same bytes")
  func deterministic() throws {
    let result = Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)
    // Often enough to meet dictionaries in another order: widths added up in their order once made other row heights.
    let bytes = try result.workbook().serialized()
    for _ in 1...8 { #expect(try result.workbook().serialized() == bytes) }
  }

  @Test("The workbook that is streamed to a file says the same, cell by cell")
  func streamed() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    try Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign).write(
      to: url.path)
    let streamed = try Workbook(contentsOf: url)
    #expect(streamed.sheets == book.sheets)
    for info in book.sheets {
      let (a, b) = (try streamed.sheet(named: info.name), try book.sheet(named: info.name))
      #expect(a.usedRange == b.usedRange)
      #expect(Set(a.mergedRanges) == Set(b.mergedRanges))
      for cell in b.usedRange?.cells ?? [] {
        #expect(a[cell] == b[cell], "\(info.name)!\(cell)")
        #expect(a.style(at: cell) == b.style(at: cell), "\(info.name)!\(cell)")
        #expect(a.hyperlink(at: cell) == b.hyperlink(at: cell), "\(info.name)!\(cell)")
      }
      for row in 1...(b.usedRange?.last.row ?? 1) { #expect(a.rowSettings(row) == b.rowSettings(row)) }
    }
  }

  @Test("Without any submission there is a workbook all the same")
  func empty() throws {
    let report = CheckReport(campaign: "test-2024", asOf: ConsolidateSample.date("2024-11-01"))
    let made = try Consolidation(report: report, campaign: ConsolidateSample.campaign).workbook()
    let again = try Workbook(bytes: made.serialized())
    #expect(try again.sheet(named: "附件2汇总")["C6"].result == .text(""))
    #expect(try again.sheet(named: "任务完成情况")["C7"].result == .text(""))
  }
}

extension CellRange {
  fileprivate var cells: [CellReference] {
    rows.flatMap { row in columns.map { CellReference(row: row, column: $0) } }
  }
}
