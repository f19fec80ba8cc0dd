import Foundation
import Testing
import XLSX

@Suite("edit and tables")
struct EditTableTests {
  /// A workbook whose sheet has a table with the columns 单位 and 场次.
  private func sample() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "单位"
    sheet["B1"] = "场次"
    sheet["B2"] = 3
    try sheet.addTable("场次表", range: "A1:B3")
    try book.save(to: folder.url.appending(path: "表.xlsx"))
    return folder
  }

  private func table(_ url: URL) throws -> [String] {
    try Workbook(contentsOf: url).sheet(named: "表").tables.first?.columns ?? []
  }

  @Test("a table's header cell is set alone, and one line says how to rename the column too")
  func header() throws {
    let folder = try sample()
    let run = try folder.tool.run("edit", "表.xlsx", "表!B1=次数", "-o", "改.xlsx")
    #expect(run.exitCode == 0)
    #expect(run.complaint.split(separator: "\n").count == 1)
    for text in ["场次表", "场次", "B1", "--rename-columns"] { #expect(run.complaint.contains(text)) }
    let output = folder.url.appending(path: "改.xlsx")
    #expect(try Workbook(contentsOf: output).sheet(named: "表")["B1"] == "次数")
    #expect(try table(output) == ["单位", "场次"])
    let english = try folder.tool.run("edit", "表.xlsx", "表!B1=次数", "-o", "改.xlsx", "--lang", "en")
    #expect(english.complaint.contains("column \"场次\" of table \"场次表\""))
  }

  @Test("with --rename-columns the column follows; an edit elsewhere says nothing")
  func renamed() throws {
    let folder = try sample()
    let run = try folder.tool.run("edit", "表.xlsx", "表!B1=次数", "--rename-columns", "-o", "改.xlsx")
    #expect(run.exitCode == 0 && run.complaint.isEmpty)
    #expect(try table(folder.url.appending(path: "改.xlsx")) == ["单位", "次数"])
    let other = try folder.tool.run("edit", "表.xlsx", "表!B2=5", "-o", "改.xlsx")
    #expect(other.exitCode == 0 && other.complaint.isEmpty)
  }
}
