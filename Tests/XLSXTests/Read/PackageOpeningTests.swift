import Foundation
import Testing

@testable import XLSX

@Suite("Packages")
struct PackageOpeningTests {
  @Test(
    "that are no workbook are refused by what they are",
    arguments: [
      ([], XLSXError.Code.emptyFile),
      (Array("%PDF-1.7".utf8), .notASpreadsheet),
      (Array("<html><table/></html>".utf8), .notASpreadsheet),
      ([0x09, 0x08, 0x10, 0x00, 0x00, 0x06], .legacyFormat),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504), .legacyFormat),
      (Array("PK\u{3}\u{4} cut short".utf8), .damagedArchive),
    ] as [([UInt8], XLSXError.Code)])
  func refusals(bytes: [UInt8], code: XLSXError.Code) {
    #expect(failure { _ = try Workbook(bytes: bytes) }?.code == code)
  }

  @Test("of an encrypted workbook of which only the directory is left are damaged")
  func encrypted() {
    var file = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
    var entry = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    entry += [UInt8](repeating: 0, count: 64 - entry.count) + [34, 0] + [UInt8](repeating: 0, count: 62)
    file += entry
    #expect(failure { _ = try Workbook(bytes: file) }?.code == .damagedArchive)
  }

  @Test("are found by relationships wherever their parts lie, whatever their ids and the case of their names")
  func oddLayout() throws {
    var package = PartsPackage()
    package.add(
      "_RELS/.rels",
      PartsPackage.relationships([
        ("x", "\(PartsPackage.relationshipTypes)/officeDocument", "/Buch/Mappe 1.xml")
      ]))
    package.add(
      "buch\\mappe 1.xml",
      """
      <q:workbook xmlns:q="\(PartsPackage.main)" xmlns:z="\(PartsPackage.relationshipTypes)"><q:sheets>\
      <q:sheet name="甲" sheetId="9" z:id="blatt-β"/></q:sheets></q:workbook>
      """)
    package.add(
      "Buch/_rels/Mappe 1.xml.rels",
      PartsPackage.relationships([
        ("blatt-β", "\(PartsPackage.relationshipTypes)/worksheet", "../daten/./tabelle.bin"),
        ("unknown", "urn:nobody:knows/this", "nowhere.xml"),
      ]))
    package.add(
      "daten/tabelle.bin",
      """
      <q:worksheet xmlns:q="\(PartsPackage.main)"><q:sheetData><q:row r="1"><q:c r="A1"><q:v>7</q:v></q:c></q:row>\
      </q:sheetData></q:worksheet>
      """)
    #expect(try package.open().sheet(named: "甲")["A1"] == 7)
  }

  @Test("in Strict namespaces and in UTF-16 read the same as others")
  func strictUTF16() throws {
    var package = PartsPackage(rows: "")
    let xml = """
      <?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">\
      <sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>焦作</t></is></c></row></sheetData></worksheet>
      """
    package.replace(
      "xl/worksheets/sheet1.xml",
      bytes: [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(try package.sheet()["B2"] == "焦作")
  }

  @Test("that declare a document type are refused")
  func documentType() {
    var package = PartsPackage(strings: "")
    package.replace(
      "xl/sharedStrings.xml", "<!DOCTYPE sst [<!ENTITY a \"x\">]><sst><si><t>&a;</t></si></sst>")
    let error = failure { _ = try package.sheet() }
    #expect(error?.code == .malformedPart)
    #expect(error?.part == "/xl/sharedStrings.xml")
  }

  @Test("that inflate beyond the limits are refused")
  func limits() throws {
    let package = PartsPackage(rows: String(repeating: " ", count: 3_000_000))
    #expect(failure { _ = try package.sheet() }?.code == .limitExceeded)
    var limits = Limits()
    limits.inflationRatio = 10_000
    limits.inflatedSize = 1 << 20
    #expect(failure { _ = try package.open(limits: limits).sheet(at: 0) }?.code == .limitExceeded)
    limits.inflatedSize = 1 << 30
    #expect(try package.open(limits: limits).sheet(at: 0).usedRange == nil)
    limits.entryCount = 2
    #expect(failure { _ = try package.open(limits: limits) }?.code == .limitExceeded)
    limits.entryCount = 100
    limits.xmlDepth = 2
    #expect(failure { _ = try package.open(limits: limits).sheet(at: 0) }?.code == .limitExceeded)
  }

  @Test("that lack what a sheet needs name the part; others open")
  func missingPart() throws {
    var package = PartsPackage(rows: "<row><c><v>1</v></c></row>", strings: "")
    package.entries.removeAll { $0.name == "xl/sharedStrings.xml" }
    #expect(try package.sheet()["A1"] == 1)
    package.entries.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
    let error = failure { _ = try package.sheet() }
    #expect(error?.code == .missingPart)
    #expect(error?.sheet == "Sheet1")
    #expect(failure { _ = try package.open().sheet(named: "Sheet2") }?.code == .noSuchSheet)
  }
}
