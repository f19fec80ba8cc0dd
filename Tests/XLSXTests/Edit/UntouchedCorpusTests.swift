import Foundation
import Testing

@testable import XLSX

/// Opening and saving without a change over every workbook of the shared corpus, and the same with one cell changed and
/// changed back.
@Suite("Saving real workbooks", .enabled(if: SharedCorpus.isThere))
struct UntouchedCorpusTests {
  @Test("without a change every part is byte-identical; a cell that is set to what it holds is no change")
  func unchanged() throws {
    var count = 0
    for file in SharedCorpus.files where file.pathExtension.lowercased().hasPrefix("xls") {
      guard let bytes = try? [UInt8](Data(contentsOf: file)), bytes.count < 2 << 20,
        let book = try? Workbook(contentsOf: file)
      else { continue }
      count += 1
      // Reading every sheet must leave no trace.
      for position in book.sheets.indices where book.sheets[position].kind == .worksheet {
        guard let sheet = try? book.sheet(at: position), let range = sheet.usedRange else { continue }
        sheet[range.first] = sheet[range.first]
        sheet[range.last] = sheet[range.last]
      }
      let saved = try book.serialized()
      #expect(saved == bytes, "\(file.lastPathComponent)")
    }
    #expect(count > 380)
  }

  @Test("a sheet that gets another name reads back with all its cells, and so do the others")
  func renamed() throws {
    var count = 0
    for file in SharedCorpus.files where file.pathExtension.lowercased().hasPrefix("xls") {
      guard let bytes = try? [UInt8](Data(contentsOf: file)), bytes.count < 256 << 10,
        let book = try? Workbook(bytes: bytes),
        let old = book.sheets.first(where: { $0.kind == .worksheet })?.name,
        (try? book.sheet(named: old)) != nil
      else { continue }
      count += 1
      do {
        try book.renameSheet(named: old, to: "改'名")
        let again = try Workbook(bytes: book.serialized())
        #expect(again.sheets == book.sheets, "\(file.lastPathComponent)")
        #expect(again.definedNames == book.definedNames, "\(file.lastPathComponent)")
        for position in book.sheets.indices where book.sheets[position].kind == .worksheet {
          guard let sheet = try? book.sheet(at: position) else { continue }
          let other = try again.sheet(at: position)
          let isSame = zip(sheet.content.cells.rows, other.content.cells.rows).allSatisfy {
            $0.cells == $1.cells
          }
          #expect(isSame, "\(file.lastPathComponent) \(sheet.name)")
          #expect(sheet.hyperlinks == other.hyperlinks, "\(file.lastPathComponent) \(sheet.name)")
          #expect(sheet.validations == other.validations, "\(file.lastPathComponent) \(sheet.name)")
        }
      } catch {
        Issue.record("\(file.lastPathComponent): \(error)")
      }
    }
    #expect(count > 300)
  }
}
