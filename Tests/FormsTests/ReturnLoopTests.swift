import Foundation
import Testing
import XLSX

@testable import Forms

/// A file goes back, is corrected and comes in again.
@Suite("A form that goes back and comes again")
struct ReturnLoopTests {
  @Test(
    "corrected in the returned copy, the newer version counts and is clean, and nothing goes back any more")
  func loop() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }, "附件2-沁阳市.xlsx")
    let first = try inbox.returned()
    #expect(first.returned.map(\.units) == [["沁阳市总工会"]])
    #expect(first.returned.map(\.round) == [1] && inbox.names == ["附件2-沁阳市（退回修改）.xlsx"])

    try inbox.correct("附件2-沁阳市（退回修改）.xlsx", as: "附件2-沁阳市（退回修改）.xlsx", ["E6": 14])
    let report = try inbox.check()
    let newer = try #require(report.submissions.first { !$0.isSuperseded })
    #expect(report.submissions.count == 2 && newer.file.hasSuffix("（退回修改）.xlsx"))
    #expect(newer.figure("送文艺/场次/合计") == 14)
    // That there are two versions is no question: the newer one is what was asked for.
    #expect(newer.findings.filter { $0.severity != .info }.isEmpty)
    #expect(newer.findings.contains { $0.rule == "D05" })
    #expect(report.files.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.adopted, .superseded])
    let second = try inbox.returned()
    #expect(second.returned.isEmpty && second.kept.count == 2)
  }

  @Test("the copy is the unit's file: values, formulas and other sheets stay, the faulty cells are marked")
  func copyIsTheUnitsOwn() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let book = try inbox.form(unit: "温县总工会") { sheet in
      sheet["E6"] = 41
      sheet["C9"] = .empty
    }
    try book.addSheet(named: "备查")["B2"] = "底稿"
    try inbox.put(book, "温县附件2.xlsx")
    _ = try inbox.returned()
    let copy = try inbox.copy("温县附件2（退回修改）.xlsx")
    #expect(copy.sheets.map(\.name) == ["退回说明", "附件2", "备查"])
    let sheet = try copy.sheet(named: "附件2")
    let original = try book.sheet(named: "附件2")
    #expect(sheet["E6"] == 41 && sheet["E8"] == original["E8"])
    #expect(sheet.style(at: "E6").font == original.style(at: "E6").font)
    #expect(sheet.pageSetup.printArea == original.pageSetup.printArea)
    #expect(sheet.style(at: "E6").fill == .solid(.rgb(0xFFC8CD)))
    let comment = try #require(sheet.comment(at: "E6")?.text.plainText)
    #expect(comment.contains("送文艺 场次") && comment.contains("可能：") && comment.contains("处理："))
    #expect(sheet.comment(at: "C9")?.text.plainText.contains("应为：200") == true)
    #expect(try copy.sheet(named: "备查")["B2"].text == "底稿")

    let page = try copy.sheet(named: "退回说明")
    let rows = (8...9).map { row in
      (3...7).map { page[CellReference(row: row, column: $0)].text ?? "" }
    }
    #expect(rows.map { $0[0] } == ["附件2!E6", "附件2!C9"])
    #expect(rows.map { $0[3] } == ["41", "（空）"] && rows[1][4] == "200")
    #expect(page.hyperlink(at: "C8")?.target == .location("'附件2'!E6"))
    #expect(page["A2"].text == "温县总工会")
  }

  @Test("returned a second time, the first return's sheet, fills and comments are replaced")
  func secondRound() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let book = try inbox.form(unit: "沁阳市总工会") { sheet in
      sheet["E6"] = 41
      sheet.setComment(CellComment("含下乡演出", author: "张静"), at: "E6")
    }
    try inbox.put(book, "附件2-沁阳市.xlsx")
    _ = try inbox.returned()
    let first = try #require(
      inbox.copy("附件2-沁阳市（退回修改）.xlsx").sheet(named: "附件2").comment(at: "E6")?.text.plainText)
    #expect(first.hasPrefix("含下乡演出\n【退回】"))
    // One mended, another one spoilt.
    try inbox.correct("附件2-沁阳市（退回修改）.xlsx", as: "附件2-沁阳市（退回修改）.xlsx", ["E6": 14, "E8": 5])
    let second = try inbox.returned()
    #expect(second.returned.map(\.round) == [2])
    let copy = try inbox.copy("附件2-沁阳市（第2次退回修改）.xlsx")
    #expect(copy.sheets.map(\.name) == ["退回说明", "附件2"])
    let sheet = try copy.sheet(named: "附件2")
    #expect(sheet.style(at: "E6").fill == .none && sheet.style(at: "E8").fill != .none)
    #expect(sheet.comment(at: "E6")?.text.plainText == "含下乡演出")
    #expect(sheet.comment(at: "E8") != nil)
    #expect(sheet["E6"] == 14)
  }

  @Test("a date that had not come yet is mended to an earlier one, and the mended form is the later version")
  func futureDate() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["B4"] = "2025年11月12日" }, "附件2-沁阳市.xlsx")
    _ = try inbox.returned()
    try inbox.correct("附件2-沁阳市（退回修改）.xlsx", as: "沁阳.xlsx", ["B4": "2024年11月12日"])
    let report = try inbox.check()
    let counting = report.submissions.filter { !$0.isSuperseded }
    #expect(counting.map(\.file) == [inbox.path("收件/沁阳.xlsx")])
    #expect(counting.first?.filledOn?.description == "2024-11-12")
  }

  @Test("the sheet 退回说明 is no form and hides none, whatever it is called by now")
  func sheetIsNoForm() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }, "附件2-沁阳市.xlsx")
    _ = try inbox.returned()
    let book = try GridBook(workbook: inbox.copy("附件2-沁阳市（退回修改）.xlsx"))
    var renamed = book
    renamed.grids[0].name = "退回说明 (2)"
    let stamp = renamed.takeReturnStamp()
    #expect(stamp == ReturnStamp(returnedOn: inbox.asOf, round: 1))
    #expect(renamed.grids.map(\.name) == ["附件2"])
    // A unit's own sheet of that name is none of ours.
    var own = GridBook(
      format: .xlsx, grids: [Grid(name: "退回说明", cells: ["A1": GridCell(.text("退回说明"))])])
    #expect(own.takeReturnStamp() == nil && own.grids.count == 1)
  }
}
