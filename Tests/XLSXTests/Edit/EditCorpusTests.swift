import Foundation
import Testing

@testable import XLSX

/// Marks, comments, a value and a sheet in every workbook of the shared corpus that opens.
@Suite("Annotating real workbooks", .enabled(if: SharedCorpus.isThere))
struct EditCorpusTests {
  @Test("every workbook that opens can be annotated, and opens again with all its cells")
  func annotate() throws {
    var count = 0
    for file in SharedCorpus.files where file.pathExtension.lowercased().hasPrefix("xls") {
      guard let bytes = try? [UInt8](Data(contentsOf: file)), bytes.count < 2 << 20,
        let editor = try? WorkbookEditor(bytes: bytes),
        let info = editor.workbook.sheets.first(where: { $0.kind == .worksheet }),
        let sheet = try? editor.workbook.sheet(named: info.name)
      else { continue }
      count += 1
      do {
        let cell: CellReference = "XFD1048576"
        try editor.set("退回", at: cell, inSheet: info.name)
        try editor.mark("B2", inSheet: info.name, with: .rgb(0xFFFF00))
        try editor.setComment(CellComment("请核对", author: "总工会"), at: "B2", inSheet: info.name)
        try editor.addSheet(named: "退回说明", rows: [["请核对"]])
        let output = try editor.serialized()
        try SharedCorpus.keep(output, as: file.lastPathComponent)
        let book = try Workbook(bytes: output)
        let again = try book.sheet(named: info.name)
        #expect(again[cell] == "退回", "\(file.lastPathComponent)")
        #expect(try book.sheet(named: "退回说明")["A1"] == "请核对", "\(file.lastPathComponent)")
        for row in sheet.content.cells.rows {
          for old in row.cells
          where CellReference(row: row.index, column: old.column) != cell
            && again[CellReference(row: row.index, column: old.column)] != old.value
          {
            Issue.record(
              "\(file.lastPathComponent) \(CellReference(row: row.index, column: old.column)) changed")
          }
        }
      } catch {
        Issue.record("\(file.lastPathComponent): \(error)")
      }
    }
    #expect(count > 350)
  }
}
