import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("The lines around a form")
struct LocateHeadLineTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  static let table = """
    | 活动场次（场） | < | 覆盖人数（万人次） | < | 媒体报道（篇次） |
    | 线上 | 线下 | 线上 | 线下 | ^ |
    | 4    | 3    | 0.1269 | 0.1752 | 6 |
    """

  private func head(_ above: String, _ below: String = "", file: String = "表.xlsx") throws -> Submission {
    let lines = [above, Self.table, below].filter { !$0.isEmpty }.joined(separator: "\n")
    return try #require(bench.read(.drawn(lines), file: file).first)
  }

  @Test(
    "label and value are told apart however they share cells",
    arguments: [
      "| 填报单位（盖章）：沁阳市总工会 |", "| 填报单位(盖章):沁阳市总工会 |", "| 填 报 单 位（盖章）： 沁阳市总工会␣␣ |",
      "| 填报单位（盖章）： | 沁阳市总工会 |", "| 填报单位 | < | | 沁阳市总工会 |", "| 填报单位⏎（盖章） | 沁阳市总工会 |",
      "| 填报单位：沁阳市总工会　　填报时间：2024年11月8日 |", "| 填报单位 沁阳市总工会 |", "| 填报单位沁阳市总工会 |",
      "| 报送单位：沁阳市总工会（盖章） |", "| 填报单位：____沁阳市总工会____ |",
      "| 填报单位 | 填报时间 |\n| 沁阳市总工会 | 2024-11-8 |",
    ])
  func unit(_ line: String) throws {
    #expect(try head(line).unit?.name == "沁阳市总工会")
  }

  @Test(
    "a line that is not filled in is blank, with the cell where it belongs",
    arguments: [
      ("| 填报单位（盖章）：␣␣␣␣ |", "A1"), ("| 填报单位（盖章）： | |", "B1"), ("| 填报单位：（请填写） |", "A1"),
      ("| 填报单位：______ |", "A1"), ("| 填报单位（盖章）：     填报时间：2024-11-8 |", "A1"),
    ])
  func blank(_ line: String, _ cell: String) throws {
    let form = try head(line)
    #expect(
      form.unitAsWritten == nil && form.head[.unit]?.raw == "" && form.head[.unit]?.cell?.description == cell)
    #expect(form.unit == nil)
  }

  @Test("an unfilled 年 月 日 is no date; a date cell is one")
  func dates() throws {
    #expect(try head("| 填报时间：    年  月  日 |").filledOn == nil)
    var grid = Grid.drawn("| 填报时间： | |\n" + Self.table)
    grid.cells["B1"] = GridCell(.number(45_614), isDate: true)
    let form = try #require(bench.read(grid).first)
    #expect(form.filledOn?.description == "2024-11-18" && form.head[.filledOn]?.raw == "2024-11-18")
  }

  @Test(
    "a day over several cells is one day",
    arguments: [
      "| 填报时间： | 2024 | 年 | 11 | 月 | 18 | 日 |", "| 填报时间 | 2024年 | 11月 | 18日 |", "| 填报时间：2024年 | 11月 | 18日 |",
      "| 填报时间： | '2024 | 年 | '11 | 月 | '18 | 日 | 填报单位：温县总工会 |", "| 填报时间 | 2024 | 11 | 18 |",
    ])
  func dayOverCells(_ line: String) throws {
    #expect(try head(line).filledOn?.description == "2024-11-18")
  }

  @Test(
    "an unfilled day over several cells is blank",
    arguments: ["| 填报时间： | | 年 | | 月 | | 日 |", "| 填报时间： | 2024 | 年 | | 月 | | 日 |"])
  func unfilledDayOverCells(_ line: String) throws {
    let form = try head(line)
    #expect(form.filledOn == nil && form.head[.filledOn]?.raw == "")
  }

  @Test("another office's label or a remark is nobody's value")
  func remarksAreNoValues() throws {
    let form = try head("", "| 填报人： | 审核人：陈立 |\n| 填报单位： | |\n| 备注：本表一式两份，按时报送。 |")
    #expect(form.filledBy == nil && form.unitAsWritten == nil)
    #expect(try head("", "| 填报人： | |\n| 审核人：陈立 |").filledBy == nil)
  }

  @Test("names and telephone numbers stand in one cell, in four, or in numbers")
  func people() throws {
    for line in [
      "| 填报人：宋 佳    联系电话：0391-2918019 |", "| 填报人： | 宋 佳 | | 联系电话： | '0391-2918019 |",
      "| 填表人：宋 佳 | < | | 电话：0391-2918019 |", "| 填报人：宋 佳；联系电话：0391-2918019 |",
    ] {
      let form = try head("| 填报单位：温县总工会 |", line)
      #expect(form.filledBy == "宋 佳" && form.phone == "0391-2918019", "\(line)")
    }
    #expect(try head("| 填报单位：温县总工会 |", "| 联系电话 | 13903911234 |").phone == "13903911234")
  }

  @Test("a label that the form does not have, in the same cell, ends the value before it")
  func strangeLabels() throws {
    for line in [
      "| 填报人：宋 佳    审核人：李 四    联系电话：0391-2918019 |", "| 填报人：宋 佳；联系电话：0391-2918019；审核人：李四 |",
      "| 单位负责人：李四  填报人：宋 佳  联系电话：0391-2918019  负责人（签字）：李四 |",
    ] {
      let form = try head("| 填报单位：温县总工会  主要负责人：李四 |", line)
      #expect(form.unitAsWritten == "温县总工会")
      #expect(form.filledBy == "宋 佳" && form.phone == "0391-2918019", "\(line)")
    }
    let time = try head("| 填报单位：温县总工会 |", "| 填报时间：2024-11-18 10:30 |")
    #expect(time.filledOn?.description == "2024-11-18" && time.head[.filledOn]?.raw == "2024-11-18 10:30")
  }

  @Test("a sentence that mentions a label is no line")
  func sentence() throws {
    let form = try head("| 填报单位：温县总工会 |", "| 注：填报人应为工会干部，联系电话须畅通。 |")
    #expect(form.filledBy == nil && form.phone == nil)
  }

  @Test("two forms share the lines that stand on the sheet once")
  func shared() throws {
    var grid = Grid.drawn(
      "| 填报单位：温县总工会 | < | < | 填报时间：2024年11月8日 |\n"
        + LocateFormTests.annex2.split(separator: "\n").dropFirst(4).joined(separator: "\n"))
    grid.draw(Self.table, at: "A16")
    let found = bench.read(grid)
    #expect(found.map(\.unit?.name) == ["温县总工会", "温县总工会"])
    #expect(found.map(\.filledBy) == ["宋佳", "宋佳"])
  }

  @Test("without a line of its own the unit's name is taken from the title, then from the file's name")
  func titleAndFile() throws {
    let title = "| 沁阳市总工会2024年“劳模工匠进校园”活动开展情况统计表 |"
    #expect(try head(title).unit?.name == "沁阳市总工会")
    #expect(try head("| 填报单位： |", file: "温县总工会附件4.xlsx").unitSource == .fileName)
  }
}
