import Foundation
import Testing

@testable import XLSX

/// The byte scanner against libxml2, which is the reference.
@Suite("Scanner and libxml2")
struct ReadScannerTests {
  @Test("read every sheet of the corpus alike", .enabled(if: SharedCorpus.isThere))
  func corpus() throws {
    var sheets = 0
    for file in SharedCorpus.files {
      guard let book = try? Workbook(contentsOf: file), let source = book.source else { continue }
      for position in book.sheets.indices {
        guard let part = source.sheets[position].part else { continue }
        let scanned = SheetTranscript(source.package, part, usesScanner: true)
        let reference = SheetTranscript(source.package, part, usesScanner: false)
        let difference = scanned.firstDifference(from: reference)
        #expect(difference == nil, "\(file.lastPathComponent) \(part)")
        sheets += 1
      }
    }
    #expect(sheets > 500)
  }
}

extension ReadScannerTests {
  @Test("read all shared strings of the corpus alike", .enabled(if: SharedCorpus.isThere))
  func sharedStrings() throws {
    var parts = 0
    for file in SharedCorpus.files {
      guard let book = try? Workbook(contentsOf: file), let source = book.source,
        let part = try source.package.part(ofKind: "sharedStrings", from: source.part)
      else { continue }
      let scanned = Self.items(source.package, part, usesScanner: true)
      let reference = Self.items(source.package, part, usesScanner: false)
      #expect(scanned.count == reference.count, "\(file.lastPathComponent)")
      let difference = zip(scanned, reference).first { $0 != $1 }
      #expect(difference == nil, "\(file.lastPathComponent)")
      parts += 1
    }
    #expect(parts > 250)
  }

  private static func items(_ package: Package, _ part: String, usesScanner: Bool) -> [CellValue] {
    guard let strings = try? SharedStrings.read(package, part: part, usesScanner: usesScanner) else {
      return []
    }
    return (0..<strings.count).map { strings.value($0) }
  }
}
