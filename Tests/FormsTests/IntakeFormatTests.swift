import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("What a file is by its bytes, and CSV")
struct IntakeFormatTests {
  @Test("formats are told by their bytes")
  func sniffing() {
    func format(_ bytes: [UInt8]) -> FileFormat { FileSniffer.format(of: bytes) }
    #expect(format([]) == .empty)
    #expect(format(Array("%PDF-1.7".utf8)) == .pdf)
    #expect(format([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .image)
    #expect(format([0xFF, 0xD8, 0xFF, 0xE0]) == .image)
    #expect(format(Array("Rar!\u{1A}\u{7}".utf8)) == .rar)
    #expect(format([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) == .sevenZip)
    #expect(format(Array("<html><table><tr><td>1".utf8)) == .html)
    #expect(format([0xEF, 0xBB, 0xBF] + Array(" \n<TABLE>".utf8)) == .html)
    #expect(format(Array("a,b\n1,2".utf8)) == .csv)
    #expect(format([0xC7, 0xDF, 0xD1, 0xF4, 0x2C, 0x31]) == .csv)
    #expect(format([0xFF, 0xFE, 0x31, 0, 0x2C, 0]) == .csv)
    #expect(format([0, 1, 2, 3, 0xFF]) == .unknown)
    #expect(format(StoredZip([(Array("a.txt".utf8), [1])]).bytes) == .zip)
    let types = Array(
      "<Types>application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml".utf8)
    #expect(format(StoredZip([(Array("[Content_Types].xml".utf8), types)]).bytes) == .xlsx)
    let mimetype = Array("application/vnd.oasis.opendocument.spreadsheet".utf8)
    #expect(format(StoredZip([(Array("mimetype".utf8), mimetype)]).bytes) == .ods)
    #expect(format([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .unknown)
  }

  private func cells(_ bytes: [UInt8]) throws -> [String: GridValue] {
    let book = try CSVGridReader().read(bytes, format: .csv, limits: .default)
    return Dictionary(
      uniqueKeysWithValues: try #require(book.grids.first).cells.map { ($0.description, $1.value) })
  }

  @Test("CSV in the character sets and with the separators that Excel and WPS write")
  func csv() throws {
    let expected: [String: GridValue] = [
      "A1": .text("沁阳"), "B1": .number(12), "A2": .text("a,\"b\"\nc"), "C2": .number(-3),
    ]
    let text = "沁阳,12\r\n\"a,\"\"b\"\"\nc\",,-3\r\n"
    #expect(try cells(Array(text.utf8)) == expected)
    #expect(try cells([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
    var gbk: [UInt8] = [0xC7, 0xDF, 0xD1, 0xF4]
    gbk += text.utf8.dropFirst(6)
    #expect(try cells(gbk) == expected)
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 {
      wide += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    }
    #expect(try cells(wide) == expected)
    #expect(try cells(Array("a;b;1,5\n".utf8))["B1"] == .text("b"))
    #expect(try cells(Array("a\tb\n".utf8))["B1"] == .text("b"))
    #expect(try cells(Array("sep=;\na;b\n".utf8))["B1"] == .text("b"))
  }

  @Test("a row of height 0 and a column of width 0 are as hidden as those that say so")
  func flatRows() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    for cell in ["A1", "B2", "C3"] as [CellReference] { sheet[cell] = 5 }
    sheet.setRowHeight(0, for: 2)
    sheet.setColumnWidth(0, for: "C")
    let grid = try #require(GridBook(workbook: Workbook(bytes: book.serialized())).grids.first)
    #expect(grid.hiddenRows == [2] && grid.hiddenColumns == [3])
  }

  @Test("one control character in a CSV does no harm; a field without its closing quotation mark is told")
  func csvDamage() throws {
    let rows = String(repeating: "沁阳,12\r\n", count: 20)
    #expect(try cells(Array("送文\u{1F}艺,1\u{0}2\r\n\(rows)".utf8))["A1"] == .text("送文艺"))
    #expect(try cells(Array("送文\u{1F}艺,1\u{0}2\r\n\(rows)".utf8))["B1"] == .number(12))
    let endless = Array("a,\"\(String(repeating: "x", count: 200_000))".utf8)
    #expect(throws: IntakeProblem.fieldTooLong) { try cells(endless) }
    // What the form's CSV has an apostrophe before is the text behind it.
    #expect(try cells(Array("'=1+1,'甲".utf8)) == ["A1": .text("=1+1"), "B1": .text("'甲")])
  }

  @Test("XML Spreadsheet 2003 and OpenDocument without a mimetype are told from web pages and archives")
  func sniffingSpreadsheets() {
    let xml =
      "<?xml version=\"1.0\"?>\n<!-- <Table> --><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
    #expect(FileSniffer.format(of: Array(xml.utf8)) == .xml2003)
    #expect(
      FileSniffer.format(of: [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        == .xml2003)
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1"
    #expect(FileSniffer.format(of: Array(page.utf8)) == .html)
    let content = Array("<office:document-content><office:spreadsheet/></office:document-content>".utf8)
    #expect(FileSniffer.format(of: StoredZip([(Array("./content.xml".utf8), content)]).bytes) == .ods)
    let text = Array("<office:document-content><office:text/></office:document-content>".utf8)
    #expect(FileSniffer.format(of: StoredZip([(Array("content.xml".utf8), text)]).bytes) == .zip)
  }

  @Test("plain numbers are numbers, everything else stays text")
  func csvValues() throws {
    let row = try cells(Array("1200,\"1,200\",0.57,03913999920,=\"0391\",12场, 7 ,１２,#REF!,-,1.2E3".utf8))
    #expect(row["A1"] == .number(1200))
    #expect(row["B1"] == .text("1,200"))
    #expect(row["C1"] == .number(Decimal(string: "0.57") ?? 0))
    #expect(row["D1"] == .text("03913999920"))
    #expect(row["E1"] == .text("0391"))
    #expect(row["F1"] == .text("12场"))
    #expect(row["G1"] == .number(7))
    #expect(row["H1"] == .text("１２"))
    #expect(row["I1"] == .error("#REF!"))
    #expect(row["J1"] == .text("-"))
    #expect(row["K1"] == .number(1200))
  }
}
