import Foundation
import Testing

@testable import XLSX

/// `Workbook(contentsOf:)`, a change, `save(to:)`: the file with that change in it and nothing else.
@Suite("Saving an opened workbook")
struct SaveOpenedTests {
  /// A workbook with something of everything that an edit must leave alone.
  private func file() throws -> [UInt8] {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "送文艺"
    sheet["C6"] = 3
    sheet["D6"] = 12
    sheet["E6"] = .formula("C6+D6", cached: 15)
    sheet.setStyle(Style(font: Font(name: "仿宋", size: 12), borders: .thin), for: "C6:E6")
    sheet.setRowHeight(30, for: 6)
    sheet.setComment("原有", author: "沁阳", at: "A1")
    sheet.setHyperlink("https://example.com/a b", at: "A3")
    try sheet.addValidation(ofWords: ["是", "否"], for: "B2")
    try sheet.merge("A1:B1")
    let other = try book.addSheet(named: "It's")
    other["A1"] = .formula("'附件2'!E6*2", cached: 30)
    try book.addName("合计", formula: "'附件2'!$E$6")
    return try book.serialized()
  }

  @Test("without a change the bytes are those of the file, also when sheets were read")
  func unchanged() throws {
    let before = try file()
    let book = try Workbook(bytes: before)
    #expect(try book.serialized() == before)
    for position in book.sheets.indices { _ = try book.sheet(at: position) }
    _ = book.properties
    #expect(try book.serialized() == before)
    // What is set to what it was is no change.
    let sheet = try book.sheet(named: "附件2")
    sheet["C6"] = 3
    sheet.changeStyle(for: "C6:E6") { $0.font.size = 12 }
    sheet.setComment(sheet.comment(at: "A1"), at: "A1")
    #expect(try book.serialized() == before)
  }

  @Test("a cell and a comment are changed in place, saved over the file, changed again and saved again")
  func sketch() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("沁阳.xlsx")
    try Data(file()).write(to: url)
    let before = try PackageParts([UInt8](Data(contentsOf: url)))
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "附件2")
    sheet["C6"] = 4
    sheet.setComment("合计应为16", author: "总工会", at: "E6")
    try book.save(to: url)

    let first = [UInt8](try Data(contentsOf: url))
    PackageCheck.check(first)
    let after = try PackageParts(first)
    #expect(
      before.differences(to: after) == [
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
      ])
    let again = try Workbook(bytes: first).sheet(named: "附件2")
    #expect(again["C6"] == 4)
    #expect(again["E6"] == .formula("C6+D6", cached: 15))
    #expect(again.comments["E6"] == CellComment("合计应为16", author: "总工会"))
    #expect(again.comments["A1"] == CellComment("原有", author: "沁阳"))

    // The workbook still stands on the file that it was opened from.
    sheet["D6"] = 13
    try book.save(to: url)
    let last = try Workbook(contentsOf: url).sheet(named: "附件2")
    #expect(last["C6"] == 4 && last["D6"] == 13)
  }

  @Test("a file that another program has written over is not overwritten with a mixture")
  func overwritten() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    try Data(file()).write(to: url)
    let book = try Workbook(contentsOf: url)
    try book.sheet(at: 0)["C6"] = 4
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0]))
    try handle.close()
    #expect(failure { try book.save(to: url) }?.code == .fileAccess)
  }

  @Test("every kind of change that can be made reads back, and the package is sound")
  func everyChange() throws {
    let before = try file()
    let book = try Workbook(bytes: before)
    let sheet = try book.sheet(named: "附件2")
    sheet["C6"] = nil
    sheet["C7"] = .richText(
      RichText([.init("红", font: Font(bold: true, color: .rgb(0xC00000))), .init("字")]))
    sheet["D7"] = .formula("SUM(C6:D6)", cached: 12)
    sheet["E7"] = .error(.notAvailable)
    sheet.changeStyle(for: "D6:D7") { style in
      style.fill = .solid(.rgb(0xFFFF00))
      style.numberFormat = "0.0\"场\""
      style.alignment.horizontal = .center
      style.protection = .unlocked
    }
    sheet.setStyle(Style(font: Font(name: "黑体", size: 16, bold: true)), at: "A1")
    sheet.setComment(nil as CellComment?, at: "A1")
    sheet.setRowHeight(45, for: 6)
    sheet.setRowHeight(20.5, for: 40)
    sheet.hideRows(7)
    sheet.setHyperlink("https://example.com/?a=1&b=2", tooltip: "网址", at: "C9")
    sheet.setHyperlink(to: "A1", of: try book.sheet(named: "It's"), at: "C10")
    try sheet.merge("D20:E21")
    try sheet.addValidation(
      DataValidation(["D6"], kind: .whole, operator: .greaterThanOrEqual, formula1: "0"))
    try book.addName("新名", formula: "'附件2'!$D$7")
    let added = try book.addSheet(named: "退回说明")
    added["A1"] = "请核对"
    added["B2"] = .formula("'附件2'!D7", cached: 12)
    added.setStyle(Style(font: Font(name: "黑体", size: 16, bold: true), alignment: .centered), for: "A1:B1")
    added.setColumnWidth(40, for: "A")
    added.setComment("说明", at: "A1")
    added.setHyperlink("mailto:a@example.com", at: "A3")
    try added.merge("A1:B1")
    added.autoFilter = "A4:B9"
    added.freeze(at: "A2")
    added.pageSetup.repeatedRows = 1...1
    added.protect()

    let bytes = try book.serialized()
    PackageCheck.check(bytes)
    #expect(try book.serialized() == bytes)
    let result = try Workbook(bytes: bytes)
    let again = try result.sheet(named: "附件2")
    #expect(again["C6"].isEmpty && again["D6"] == 12)
    #expect(again["C7"] == sheet["C7"])
    #expect(again["D7"] == .formula("SUM(C6:D6)", cached: 12))
    #expect(again["E7"] == .error(.notAvailable))
    for cell in ["A1", "C6", "D6", "E6", "D7", "C7"] as [CellReference] {
      #expect(again.style(at: cell) == sheet.style(at: cell), "\(cell)")
    }
    #expect(again.comments.isEmpty)
    #expect(again.rowSettings(6).height == 45 && again.rowSettings(40).height == 20.5)
    #expect(again.rowSettings(7).isHidden)
    #expect(again.hyperlinks == sheet.hyperlinks)
    #expect(again.mergedRanges == ["A1:B1", "D20:E21"])
    #expect(again.validations == sheet.validations)
    #expect(result.definedNames == book.definedNames)
    #expect(result.sheets.map(\.name) == ["附件2", "It's", "退回说明"])
    let new = try result.sheet(named: "退回说明")
    #expect(new["B2"] == .formula("'附件2'!D7", cached: 12))
    #expect(new.style(at: "A1") == added.style(at: "A1"))
    #expect(new.columnSettings(1).width == 40)
    #expect(new.comments == added.comments && new.hyperlinks == added.hyperlinks)
    #expect(new.autoFilter == "A4:B9" && new.view.frozenAt == "A2" && new.protection == added.protection)
    #expect(new.pageSetup == added.pageSetup && new.mergedRanges == ["A1:B1"])
    // The other sheet was not touched.
    #expect(
      try PackageParts(before)["xl/worksheets/sheet2.xml"] == PackageParts(bytes)["xl/worksheets/sheet2.xml"])
  }

  @Test("what cannot be changed in place is refused by name, and nothing is written")
  func refused() throws {
    let before = try file()
    let changes: [(String, (Workbook, Worksheet) throws -> Void)] = [
      ("date system", { book, _ in book.dateSystem = .excel1904 })
    ]
    for (what, change) in changes {
      let book = try Workbook(bytes: before)
      try change(book, book.sheet(named: "附件2"))
      let error = failure { _ = try book.serialized() }
      #expect(error?.code == .unsupportedChange, "\(what)")
      #expect(error?.message.contains(what) == true, "\(what): \(error?.message ?? "")")
    }
  }

  @Test("a new field of a sheet is compared when a workbook is saved")
  func everyFieldIsCompared() {
    let fields = Set(Mirror(reflecting: SheetContent()).children.compactMap(\.label))
    #expect(fields == ModelChanges.comparedFields)
  }

  @Test("a value hidden under a merged range, outside the grid or not finite is refused")
  func invalid() throws {
    for change in [
      { $0["B1"] = 1 }, { $0[CellReference(row: 0, column: 1)] = 1 }, { $0["C6"] = .number(.infinity) },
      { $0["C6"] = .formula("", cached: nil) },
    ] as [(Worksheet) -> Void] {
      let book = try Workbook(bytes: file())
      change(try book.sheet(named: "附件2"))
      #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
    }
  }

  @Test("rows() streams the sheet from the file, and says so when cells are not there yet")
  func rows() throws {
    let sheet = try Workbook(bytes: file()).sheet(named: "附件2")
    let rows = try sheet.rows()
    var cells: [String] = []
    while let row = try rows.next() { cells += row.cells.map { "\($0.reference)" } }
    #expect(cells.contains("E6") && cells.contains("A1"))
    sheet["C6"] = 9
    #expect(failure { _ = try sheet.rows() }?.code == .unsupportedChange)
    #expect(failure { _ = try Workbook().addSheet(named: "新").rows() }?.code == .unsupportedChange)
  }
}
