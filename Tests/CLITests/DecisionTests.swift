import Foundation
import Testing
import XLSX

/// The clerk's round: `check` proposes, she decides in her spreadsheet program, `merge` does what she decided.
@Suite("Lists of decisions")
struct DecisionTests {
  private func samples() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Tool.packageFolder.appendingPathComponent("Examples/收件"),
      to: folder.url.appendingPathComponent("收件"))
    return folder
  }

  /// Fills in a row of a list: values by heading.
  private func fill(_ url: URL, row: Int, _ values: [String: CellValue]) throws {
    let edited = try Workbook(contentsOf: url)
    let sheet = try edited.sheet(at: 0)
    for column in 1...17 {
      guard let value = sheet[CellReference(row: 3, column: column)].text.flatMap({ values[$0] }) else {
        continue
      }
      try edited.set(value, at: CellReference(row: row, column: column), inSheet: sheet.name)
    }
    try edited.save(to: url)
  }

  @Test("A proposal accepted in the list is applied by merge, and told of; nothing decided is written over")
  func round() throws {
    let folder = try samples()
    let suggest = ["check", "收件", "--as-of", "2024-12-01", "--suggest", "更正建议.xlsx"]
    let check = try folder.tool.run(suggest)
    #expect(check.exitCode == 1)
    #expect(check.complaint.isEmpty)
    let list = folder.url.appendingPathComponent("更正建议.xlsx")
    let sheet = try Workbook(contentsOf: list).sheet(named: "更正建议")
    // A proposal that stands alone: a value in G, no group in I.
    let last = try #require(sheet.usedRange?.last.row)
    let row = try #require(
      (4...last).first {
        sheet[CellReference(row: $0, column: 7)].number != nil
          && sheet[CellReference(row: $0, column: 9)].isEmpty
      })
    let proposed = try #require(sheet[CellReference(row: row, column: 7)].number)
    try fill(list, row: row, ["采纳": "是", "经办人": "李四", "原因": "电话核对"])

    let merge = ["merge", "收件", "--as-of", "2024-12-01", "-o", "汇总.xlsx", "--corrections", "更正建议.xlsx"]
    let merged = try folder.tool.run(merge + ["--format", "json"])
    #expect(merged.complaint.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(merged.output.utf8)) as? [String: Any]
    let corrections = try #require(object?["corrections"] as? [[String: Any]])
    #expect(corrections.count == 1)
    #expect(corrections.first?["state"] as? String == "applied")
    #expect((corrections.first?["value"] as? NSNumber)?.doubleValue == proposed)
    #expect(corrections.first?["by"] as? String == "李四")
    #expect(try folder.tool.run(merge).output.contains("更正：采用1处"))

    let before = try Data(contentsOf: list)
    let again = try folder.tool.run(suggest)
    #expect(again.exitCode == 2)
    #expect(again.complaintLines.count == 1)
    #expect(try Data(contentsOf: list) == before)

    // The unit's figure has changed since: the row holds no longer.
    try fill(list, row: row, ["原值": 987_654])
    let refused = try folder.tool.run(merge)
    #expect(refused.output.contains("更正：采用0处"))
    #expect(refused.output.contains("原值已不是“987654”"))
  }

  @Test("An explained warning is no longer open in check, status, return and merge")
  func explained() throws {
    let folder = try samples()
    let dated = ["收件", "--as-of", "2024-12-01"]
    _ = try folder.tool.run(["check"] + dated + ["--notes-template", "核实说明.xlsx"])
    let list = folder.url.appendingPathComponent("核实说明.xlsx")
    try fill(list, row: 4, ["说明": "已电话核实", "经办人": "李四"])
    for command in [["check"], ["status"], ["return", "-o", "退回"], ["merge", "-o", "汇总.xlsx"]] {
      let result = try folder.tool.run(command + dated + ["--notes", "核实说明.xlsx"])
      #expect([0, 1].contains(result.exitCode), "\(command): \(result.complaint)")
      if command[0] == "check" || command[0] == "merge" { #expect(result.output.contains("说明：采用1条")) }
    }
    let findings = try Workbook(contentsOf: folder.url.appendingPathComponent("汇总.xlsx")).sheet(named: "问题清单")
    let last = try #require(findings.usedRange?.last.row)
    let notes = (4...last).compactMap { findings[CellReference(row: $0, column: 13)].text }
    #expect(notes == ["已电话核实（李四）"])
    #expect(try folder.tool.run(["check", "收件", "--notes", "没有.xlsx"]).exitCode == 2)
  }
}
