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

/// Everything that a sheet stream gives, or how it failed, in a form that can be compared.
struct SheetTranscript: Equatable {
  var rows: [String] = []
  var failure: XLSXError.Code?

  init(_ package: Package, _ part: String, usesScanner: Bool) {
    do {
      let stream = try SheetStream(
        package: package, part: part, dateSystem: .excel1900, walker: nil, usesScanner: usesScanner)
      while try stream.fill() {
        for position in 0..<stream.builder.batch.completeRows {
          rows.append(Self.text(stream.builder, position))
        }
      }
    } catch let error as XLSXError {
      failure = error.code
    } catch {
      failure = .init(rawValue: "\(error)")
    }
  }

  /// Where two transcripts part, in short; `nil` if they are equal.
  func firstDifference(from other: SheetTranscript) -> String? {
    if self == other { return nil }
    let row = zip(rows, other.rows).enumerated().first { $0.element.0 != $0.element.1 }
    let pair = row.map { row in
      let same = zip(row.element.0, row.element.1).prefix { $0 == $1 }.count - 40
      let (ours, theirs) = (row.element.0.dropFirst(same), row.element.1.dropFirst(same))
      return "row \(row.offset): …\(ours.prefix(200)) / …\(theirs.prefix(200))"
    }
    return (pair ?? "\(rows.count) / \(other.rows.count) rows")
      + ", \(failure?.rawValue ?? "sound") / \(other.failure?.rawValue ?? "sound")"
  }

  private static func text(_ builder: borrowing SheetBuilder, _ position: Int) -> String {
    let strings = SharedStrings()
    let row = builder.batch.rows[position]
    var text = "\(row.index) \(row.settings)"
    for index in builder.batch.cells(ofRow: position) {
      let cell = builder.batch.cells[index]
      text += " | \(cell.column) s\(cell.style) \(cell.kind) "
      switch cell.kind {
      case .number, .sharedString, .bool: text += String(cell.bits, radix: 16)
      default: text += "\(builder.result(of: cell, strings: strings))"
      }
      if let formula = builder.formula(of: cell, row: Int(row.index)) { text += " = \(formula)" }
    }
    return text
  }
}
