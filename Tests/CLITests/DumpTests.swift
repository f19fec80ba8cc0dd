import Foundation
import Testing
import XLSX

@Suite("dump")
struct DumpTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sample() throws -> String {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = 12
    sheet["B1"] = "引号\" \u{1} \\"
    sheet["C1"] = .formula("A1/8", cached: 1.5)
    sheet["D1"] = .formula("NOW()", cached: .empty)
    sheet["E1"] = .error(.notAvailable)
    sheet["F1"] = 45614
    sheet.setStyle(Style(numberFormat: .isoDate), at: "F1")
    try sheet.merge("A2:B3")
    try book.addSheet(named: "藏", visibility: .veryHidden)["A1"] = true
    let url = folder.url.appending(path: "样.xlsx")
    try book.save(to: url)
    return url.path(percentEncoded: false)
  }

  private func json(_ arguments: String...) throws -> [[String: Any]] {
    let result = try folder.tool.run(arguments)
    #expect(result.exitCode == 0)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return try #require(object?["sheets"] as? [[String: Any]])
  }

  @Test("prints every cell with its value, formula, number format and date")
  func cells() throws {
    let sheets = try json("dump", sample())
    #expect(sheets.map { $0["state"] as? String } == ["visible", "veryHidden"])
    #expect(sheets[0]["merged"] as? [String] == ["A2:B3"])
    let cells = try #require(sheets[0]["cells"] as? [String: [String: Any]])
    #expect(cells["A1"]?["type"] as? String == "number")
    #expect(cells["A1"]?["value"] as? Int == 12)
    #expect(cells["B1"]?["value"] as? String == "引号\" \u{1} \\")
    #expect(cells["C1"]?["formula"] as? String == "A1/8")
    #expect(cells["C1"]?["value"] as? Double == 1.5)
    #expect(cells["D1"]?["value"] is NSNull)
    #expect(cells["E1"]?["type"] as? String == "error")
    #expect(cells["F1"]?["numberFormat"] as? String == "yyyy-mm-dd")
    #expect(cells["F1"]?["date"] as? String == "2024-11-18")
  }

  @Test("--summary counts and adds")
  func summary() throws {
    let sheet = try #require(try json("dump", "--summary", sample()).first)
    #expect(sheet["cells"] as? [String: Int] == ["number": 3, "string": 1, "bool": 0, "error": 1])
    #expect(sheet["formulas"] as? Int == 2)
    #expect(sheet["sum"] as? Double == 45627.5)
  }
}
