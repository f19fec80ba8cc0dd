@testable import XLSX

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
