import Foundation
import Testing

@testable import XLSX

/// What Swift programmers ran into, November 2026.
@Suite("What users met")
struct UserFindingTests {
  @Test("a URL that is no file is neither read nor written, whatever its path says")
  func webAddress() throws {
    let folder = try TemporaryFolder()
    let file = folder.url("表.xlsx")
    let book = Workbook()
    try book.addSheet(named: "表")
    try book.save(to: file)
    let web = try #require(URL(string: "https://example.com" + file.path()))
    #expect(failure { _ = try Workbook(contentsOf: web) }?.code == .fileAccess)
    #expect(failure { try book.save(to: web) }?.code == .fileAccess)
    #expect(failure { _ = try StreamingWorkbookWriter(to: web) }?.code == .fileAccess)
  }

  @Test("number formats that Excel repairs are refused, those it takes are not")
  func numberFormats() throws {
    for code in ["0.00;;;;;\"x", "[Purple]0", "[颜色99]0", "[>abc]0"] {
      #expect(NumberFormat(code).refusal != nil, "\(code)")
    }
    for code in [
      "[Red]0", "[红色]-0", "[Color 12]0", "[>=100]0;[<0]-0;0", "[$-804]yyyy", "[$¥-804]#,##0", "[h]:mm:ss",
      "[DBNum1]0", "[Blue][<=5]0;0",
    ] {
      #expect(NumberFormat(code).refusal == nil, "\(code)")
    }
  }

  @Test("CSV is what the sheet holds now, also of a new workbook")
  func freshCSV() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["B2"] = 0.5
    sheet["A4"] = .formula("1=1", cached: true)
    sheet.setStyle(Style(numberFormat: "0%"), at: "B2")
    #expect(try String(decoding: book.csv(ofSheetAt: 0), as: UTF8.self) == "\r\n,0.5\r\n\r\nTRUE,\r\n")
    let opened = try Workbook(data: book.data())
    try opened.sheet(at: 0)["B2"] = 0.75
    var options = CSVOptions()
    options.isFormatted = true
    #expect(
      try String(decoding: opened.csv(ofSheetAt: 0, options: options), as: UTF8.self)
        == "\r\n,75%\r\n\r\nTRUE,\r\n")
  }

  @Test("what a streamed sheet says before its rows is not dropped afterwards in silence")
  func lateSettings() throws {
    let folder = try TemporaryFolder()
    let changes: [(Worksheet) -> Void] = [
      { $0.setColumnWidth(20, for: "A") }, { $0.freeze(at: "A2") }, { $0.rows[1].height = 30 },
    ]
    for change in changes {
      let writer = try StreamingWorkbookWriter(to: folder.url("流.xlsx"))
      let sheet = try writer.addSheet(named: "流")
      try writer.appendRow([1])
      change(sheet)
      #expect(failure { try writer.finish() }?.code == .invalidContent)
    }
    let writer = try StreamingWorkbookWriter(to: folder.url("流.xlsx"))
    let sheet = try writer.addSheet(named: "流")
    changes.forEach { $0(sheet) }
    try writer.appendRow([1])
    sheet.rows[2].isHidden = true
    try writer.appendRow([2])
    try writer.finish()
    let read = try Workbook(contentsOf: folder.url("流.xlsx")).sheet(at: 0)
    #expect(read.rows[1].height == 30 && read.rows[2].isHidden && read.columns["A"].width == 20)
  }

  @Test("rows set from the last to the first, or in any order, read in order")
  func descendingRows() throws {
    let sheet = try Workbook().addSheet(named: "表")
    for row in stride(from: 3000, through: 1, by: -1) { sheet[row, 1] = .number(Double(row)) }
    for row in stride(from: 1, through: 3000, by: 7) { sheet[row * 5 % 3001 + 1, 2] = .number(1) }
    #expect(sheet.column("A").numbers == (1...3000).map(Double.init))
    #expect(sheet.usedRange?.first == "A1" && sheet[1500, 1] == 1500)
    let book = Workbook()
    let copy = try book.addSheet(named: "表")
    for row in [5, 3, 9, 1] { copy[row, 1] = .number(Double(row)) }
    let read = try Workbook(data: book.data()).sheet(at: 0)
    #expect(read.column(1).numbers == [1, 3, 5, 9])
  }

  @Test("a text that names no cell does not end the program; what is written there is not saved")
  func literals() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    #expect(sheet["XFE1"].isEmpty && sheet["nowhere"].isEmpty)
    #expect(!("XFE1" as CellReference).isInGrid && CellRange("B:D".dropFirst(0)) == "B1:D1048576")
    sheet["XFE1"] = 1
    #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
  }

  @Test("whole columns and rows have a look of their own")
  func wholeColumns() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet.setStyle(Style(font: Font(bold: true)), for: "A:B")
    sheet.setStyle(Style(numberFormat: .percent), for: "3:4")
    let read = try Workbook(data: book.data()).sheet(at: 0)
    #expect(read.style(at: "B77").font.isBold && read.style(at: "D4").numberFormat == .percent)
  }

  @Test("a row that is kept stays what it is when the cursor moves on")
  func keptRows() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    for row in 1...20_000 { sheet["A\(row)"] = "第\(row)行" }
    sheet["B7"] = .formula("A7&1", cached: "第7行1")
    let opened = try Workbook(data: book.data())
    let rows = try [Row](opened.rows(inSheetAt: 0))
    #expect(rows.count == 20_000)
    #expect(rows.allSatisfy { $0[1]?.text == "第\($0.index)行" })
    #expect(rows[6][2]?.formula?.text == "A7&1")
  }

  @Test("the kind of the file follows its name; macros need a name that takes them")
  func contentTypes() throws {
    let folder = try TemporaryFolder()
    let book = Workbook()
    try book.addSheet(named: "表")
    try book.save(to: folder.url("表.xlsx"))
    let opened = try Workbook(contentsOf: folder.url("表.xlsx"))
    try opened.save(to: folder.url("表.xltx"))
    let template = try Workbook(contentsOf: folder.url("表.xltx"))
    let source = try #require(template.source)
    #expect(try source.package.contentTypes()[source.part]?.contains("template.main") == true)
    try opened.save(to: folder.url("表.xlsm"))
    let macros = try Workbook(contentsOf: folder.url("表.xlsm"))
    #expect(failure { try macros.save(to: folder.url("无宏.xlsx")) }?.code == .unsupportedChange)
    try macros.save(to: folder.url("再.xlsm"))
    try template.save(to: folder.url("再.xlsx"))
    #expect(try Data(contentsOf: folder.url("再.xlsx")).isEmpty == false)
  }

  @Test("records: what does not fit is named by cell and heading")
  func recordErrors() throws {
    struct Entry: Codable { var 单位: String, 场次: Int, 备注: String? }
    let sheet = try Workbook().addSheet(named: "表")
    sheet["A1:B1"].fill(with: ["单位", " 场次 "])
    sheet["A2:B2"].fill(with: [101, 12])
    let entry = try sheet.decode([Entry].self)[0]
    #expect(entry.单位 == "101" && entry.场次 == 12 && entry.备注 == nil)
    sheet["B3"] = "十二"
    sheet["A3"] = "沁阳"
    let wrong = failure { _ = try sheet.decode([Entry].self) }
    #expect(wrong?.cell == "B3" && wrong?.message.contains("场次") == true)
    sheet["B3"] = 1.5
    #expect(failure { _ = try sheet.decode([Entry].self) }?.cell == "B3")
    sheet["B3"] = nil
    #expect(failure { _ = try sheet.decode([Entry].self) }?.message.contains("empty") == true)
    sheet["C1"] = "场次"
    #expect(failure { _ = try sheet.decode([Entry].self) }?.cell == "B1")
    struct Nested: Codable { var 单位: [String] }
    #expect(failure { try sheet.encode([Nested(单位: ["甲"])]) }?.code == .invalidContent)
  }

  @Test("a new cell in front of one that changes in the same save is not lost")
  func newCellBeforeChangedOne() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["B3"] = 1
    sheet["D3"] = 1
    let opened = try Workbook(data: book.data())
    try opened.sheet(at: 0)["A3"] = "甲"
    try opened.sheet(at: 0)["B3"] = 2
    try opened.sheet(at: 0)["C3"] = 3
    try opened.sheet(at: 0)["D3"] = 4
    let read = try Workbook(data: opened.data()).sheet(at: 0)
    #expect(["A3", "B3", "C3", "D3"].map { read[$0] } == ["甲", 2, 3, 4])
  }
}
