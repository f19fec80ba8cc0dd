import Foundation
import Testing

@testable import XLSX

@Suite struct CSVWritingTests {
  @Test(
    "A sheet becomes CSV: shortest numbers, quotes where needed, empty lines for empty rows, none at the end")
  func raw() throws {
    let made = Workbook()
    let sheet = try made.addSheet(named: "表")
    sheet["A1"] = "单位"
    sheet["B1"] = "说明, \"附注\""
    sheet["C1"] = true
    sheet["A3"] = 0.1
    sheet["B3"] = .formula("1/3", cached: .number(1.0 / 3))
    sheet["C4"] = .number(45_000)
    sheet.setStyle(Style(numberFormat: .isoDate), for: "C4:C9")
    sheet["A5"] = .error(.reference)
    sheet["B5"] = "两\n行"
    #expect(
      try csv(made)
        == "单位,\"说明, \"\"附注\"\"\",TRUE\r\n\r\n0.1,0.3333333333333333,\r\n,,45000\r\n#REF!,\"两\n行\",\r\n")
  }

  @Test("Formatted, it shows what Excel shows")
  func formatted() throws {
    let made = Workbook()
    let sheet = try made.addSheet(named: "表")
    sheet["A1"] = .number(45_000)
    sheet.setStyle(Style(numberFormat: .isoDate), at: "A1")
    sheet["B1"] = 0.125
    sheet.setStyle(Style(numberFormat: .percent), at: "B1")
    sheet["C1"] = .number(1234567)
    sheet.setStyle(Style(numberFormat: "#,##0"), at: "C1")
    sheet["D1"] = "文字"
    var options = CSVOptions()
    options.isFormatted = true
    #expect(try csv(made, options) == "2023-03-15,12.5%,\"1,234,567\",文字\r\n")
  }

  private func csv(_ made: Workbook, _ options: CSVOptions = .init()) throws -> String {
    let book = try Workbook(bytes: made.serialized())
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try book.writeCSV(ofSheetAt: 0, to: path, options: options)
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
