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
        let edited = try? Workbook(bytes: bytes),
        let info = edited.sheets.first(where: { $0.kind == .worksheet }),
        let cells = try? edited.sheet(named: info.name).content.cells
      else { continue }
      count += 1
      do {
        let cell: CellReference = "XFD1048576"
        try edited.set("退回", at: cell, inSheet: info.name)
        try edited.mark("B2", inSheet: info.name, with: .rgb(0xFFFF00))
        try edited.setComment(CellComment("请核对", author: "总工会"), at: "B2", inSheet: info.name)
        try edited.addSheet(named: "退回说明")["A1"] = "请核对"
        let output = try edited.serialized()
        try SharedCorpus.keep(output, as: file.lastPathComponent)
        let book = try Workbook(bytes: output)
        let again = try book.sheet(named: info.name)
        #expect(again[cell] == "退回", "\(file.lastPathComponent)")
        #expect(try book.sheet(named: "退回说明")["A1"] == "请核对", "\(file.lastPathComponent)")
        for row in cells.rows {
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
