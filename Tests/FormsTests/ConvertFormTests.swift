import Foundation
import Testing
import XLSX

@testable import Forms

@Suite struct ConvertFormTests {
  /// 乙县: 线上 blank, a typed total of 9 beside 8, one cell that is no number.
  let conversion: FormConversion

  init() {
    var submission = ConsolidateSample.report.submissions[0]
    submission.readings[3] = Reading(field: "送文艺/参加人数/线上", cell: "C7", raw: "<约>", state: .unreadable)
    conversion = FormConversion(
      file: "收件/乙.xlsx", submissions: [submission], campaign: ConsolidateSample.campaign)
  }

  @Test(
    "A filled form becomes the official layout with what was reported: blanks blank, typed totals as typed")
  func workbook() throws {
    let book = try conversion.workbook()
    let sheet = try book.sheet(named: "附件2")
    // As on the blank form: figures from row 6, column C.
    #expect(sheet["C5"].text == "线上")
    #expect(sheet["C6"].isEmpty)
    #expect(sheet["D6"] == 8)
    #expect(sheet["E6"] == 9)
    #expect(sheet["C7"].text == "<约>")
    #expect(try !book.serialized().isEmpty)
  }

  @Test("As CSV it has the form's layout, and a mark by which Excel knows UTF-8")
  func csv() {
    let lines = conversion.csv().split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "\u{FEFF}附件2,,,,")
    #expect(lines[4] == ",,线上,线下,合计")
    #expect(lines[5] == "送文艺,场次,,8,9")
  }

  @Test("As HTML it is a table with merged cells, and text is never markup")
  func html() {
    let html = conversion.html()
    #expect(html.contains("&lt;约&gt;"))
    #expect(html.contains("rowspan=\"2\""))
    #expect(html.contains("<title>乙县总工会</title>"))
  }
}
