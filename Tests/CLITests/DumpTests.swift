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

  @Test("--recalculate shows what a formula gives now beside what is stored, and where they differ")
  func recalculate() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = 12
    sheet["B1"] = .formula("A1/8", cached: 1.5)
    sheet["B2"] = .formula("A1*2", cached: 25)
    sheet["B3"] = .formula("A1+1", cached: .empty)
    sheet["B4"] = .formula("A1/0", cached: .error(.divisionByZero))
    sheet["B5"] = .formula("A1&\"场\"", cached: "12场")
    sheet["B6"] = .formula("NOSUCH(A1)", cached: 7)
    sheet["B7"] = .formula("YEAR(TODAY())", cached: 2023)
    let url = folder.url.appending(path: "算.xlsx")
    try book.save(to: url)
    let path = url.path(percentEncoded: false)
    let sheets = try json("dump", path, "--recalculate", "--as-of", "2024-12-01")
    let cells = try #require(sheets.first?["cells"] as? [String: [String: Any]])
    func calculated(_ cell: String) -> [String: Any]? { cells[cell]?["calculated"] as? [String: Any] }
    #expect(calculated("A1") == nil)
    #expect(calculated("B1")?["value"] as? Double == 1.5 && calculated("B1")?["differs"] == nil)
    #expect(cells["B2"]?["value"] as? Int == 25)
    #expect(calculated("B2")?["value"] as? Int == 24 && calculated("B2")?["differs"] as? Bool == true)
    #expect(calculated("B3")?["value"] as? Int == 13 && calculated("B3")?["differs"] as? Bool == true)
    #expect(calculated("B4")?["type"] as? String == "error" && calculated("B4")?["differs"] == nil)
    #expect(calculated("B5")?["value"] as? String == "12场" && calculated("B5")?["differs"] == nil)
    #expect(calculated("B6")?["error"] as? String != nil && calculated("B6")?["value"] == nil)
    #expect(calculated("B7")?["value"] as? Int == 2024)
    #expect(try folder.tool.run("dump", path).output.contains("calculated") == false)
  }
}
