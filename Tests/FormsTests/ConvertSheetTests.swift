import Foundation
import Testing
import XLSX

@testable import Forms

@Suite struct ConvertSheetTests {
  @Test("CSV becomes a workbook and the workbook CSV again, codes and phone numbers unharmed")
  func thereAndBack() throws {
    let folder = try Folder()
    let text = "单位,场次,电话\r\n沁阳,12,03913999920\r\n\"a,b\",0.5,TRUE\r\n"
    let csv = try folder.write(Data(text.utf8), "a.csv")
    let conversion = SheetConversion()
    #expect(try conversion.usualTarget(of: csv) == .xlsx)
    try conversion.writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    let sheet = try Workbook(contentsOf: folder.url("a.xlsx")).sheet(at: 0)
    #expect(sheet["B2"] == 12)
    #expect(sheet["C2"] == "03913999920")
    #expect(sheet["C3"] == true)
    #expect(try conversion.usualTarget(of: folder.path("a.xlsx")) == .csv)
    try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("b.csv"))
    #expect(try String(contentsOf: folder.url("b.csv"), encoding: .utf8) == text)
  }

  @Test("CSV in GB18030, as Excel writes it in China, is read too; semicolons and tabs as well")
  func characterSets() throws {
    let folder = try Folder()
    // 单位;场次 in GB18030.
    let bytes: [UInt8] = [0xB5, 0xA5, 0xCE, 0xBB, 0x3B, 0xB3, 0xA1, 0xB4, 0xCE, 0x0A, 0x61, 0x3B, 0x31, 0x0A]
    let csv = try folder.write(Data(bytes), "gbk.csv")
    try SheetConversion().writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    let sheet = try Workbook(contentsOf: folder.url("a.xlsx")).sheet(at: 0)
    #expect(sheet["A1"] == "单位")
    #expect(sheet["B1"] == "场次")
    #expect(sheet["B2"] == 1)
  }

  @Test("UTF-16 and GB18030 of more than 64 KB become workbooks, whole", arguments: [true, false])
  func longText(isWide: Bool) throws {
    let folder = try Folder()
    let lines = 6_000
    var bytes: [UInt8] = isWide ? [0xFF, 0xFE] : []
    for index in 1...lines {
      if isWide {
        // 上 (U+4E0A) has a byte that looks like a line break.
        bytes += "第\(index)行上\t\(index)\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      } else {
        // 单位 in GB18030.
        bytes += [0xB5, 0xA5, 0xCE, 0xBB] + Array("\(index),\(index)\r\n".utf8)
      }
    }
    let text = try folder.write(Data(bytes), "a.txt")
    try SheetConversion().writeWorkbook(ofCSV: text, to: folder.path("a.xlsx"))
    let sheet = try Workbook(contentsOf: folder.url("a.xlsx")).sheet(at: 0)
    #expect(sheet["A6000"].text == (isWide ? "第6000行上" : "单位6000"))
    #expect(sheet["B6000"] == 6_000 && sheet["A6001"] == .empty)
  }

  @Test("CSV begins with a byte order mark unless it is not wanted; a sheet's texts stay as they are stored")
  func byteOrderMark() throws {
    let folder = try Folder()
    let book = Workbook()
    try book.addSheet(named: "表")["A1"] = "=1+1"
    try book.save(to: folder.url("a.xlsx"))
    var conversion = SheetConversion()
    try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("a.csv"))
    #expect(try Data(contentsOf: folder.url("a.csv")) == Data([0xEF, 0xBB, 0xBF] + Array("=1+1\r\n".utf8)))
    conversion.hasByteOrderMark = false
    try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("b.csv"))
    #expect(try Data(contentsOf: folder.url("b.csv")) == Data("=1+1\r\n".utf8))
  }

  @Test(
    "in a form's CSV no text is a formula, and negative numbers stay numbers",
    arguments: ["=1+1", "+86 0391", "@SUM(A1)", "-SUM(A1)", "\t=1"])
  func formulaTexts(_ text: String) {
    let sheet = SheetDraft("表")
    sheet.put(.text(text), at: "A1", .default)
    sheet.put(.number(-5), at: "B1", .default)
    sheet.put(.text("-5"), at: "C1", .default)
    #expect(sheet.csv() == "'\(text),-5,-5\r\n")
  }

  @Test("A web page and CSV text are dumped like workbooks")
  func otherTables() throws {
    let folder = try Folder()
    let page = try folder.write(
      Data("<table><tr><td colspan=2>甲</td></tr><tr><td>3</td></tr></table>".utf8), "a.xls")
    let book = try TableFile.open(page)
    #expect(try book.sheet(at: 0)["A1"] == "甲" && book.sheet(at: 0)["A2"] == 3)
    #expect(try book.sheet(at: 0).mergedRanges == ["A1:B1"])
    let csv = try folder.write(Data("007,-3e5,1234567890123456789,1.5,TRUE\n".utf8), "b.csv")
    let sheet = try TableFile.open(csv).sheet(at: 0)
    #expect(sheet["A1"] == "007" && sheet["B1"] == "-3e5" && sheet["C1"] == "1234567890123456789")
    #expect(sheet["D1"] == 1.5 && sheet["E1"] == true)
  }

  @Test("A sheet that is not there is named, with those that are")
  func noSheet() throws {
    let folder = try Folder()
    let csv = try folder.write(Data("a\n".utf8), "a.csv")
    var conversion = SheetConversion()
    try conversion.writeWorkbook(ofCSV: csv, to: folder.path("a.xlsx"))
    conversion.sheet = "附件2"
    let error = #expect(throws: FormsError.self) {
      try conversion.writeCSV(of: folder.path("a.xlsx"), to: folder.path("b.csv"))
    }
    #expect(error?.message.chinese == "没有工作表“附件2”，有：Sheet1")
    #expect(!FileManager.default.fileExists(atPath: folder.path("b.csv")))
  }

  /// A folder that goes with the test.
  private final class Folder {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: root) }

    func url(_ name: String) -> URL { root.appendingPathComponent(name) }
    func path(_ name: String) -> String { url(name).path }
    func write(_ data: Data, _ name: String) throws -> String {
      try data.write(to: url(name))
      return path(name)
    }
  }
}
