/// What is written into workbooks of ISO 29500 Strict: the same elements under other names, and percentages with their sign.
extension PackageEdits {
  /// The bytes of a part or of some elements as the package wants them.
  func namespaced(_ bytes: [UInt8]) -> [UInt8] {
    guard isStrict else { return bytes }
    var text = String(decoding: bytes, as: UTF8.self)
    for (transitional, strict) in Self.strictNames {
      text = text.replacing("\"\(transitional)\"", with: "\"\(strict)\"")
    }
    for name in ["gapWidth", "overlap", "holeSize", "lblOffset"] {
      let start = "<c:\(name) val=\""
      let pieces = text.split(separator: start, omittingEmptySubsequences: false)
      text = pieces.dropFirst().reduce(into: String(pieces[0])) { result, piece in
        let number = piece.prefix { $0 != "\"" }
        result += start + number + "%" + piece.dropFirst(number.count)
      }
    }
    return Array(text.utf8)
  }

  private static let strictNames = [
    (Namespace.main, Namespace.strictMain),
    (Namespace.relationships, Namespace.strictRelationships),
    (Namespace.drawing, Namespace.strictDrawing),
    (Namespace.spreadsheetDrawing, Namespace.strictSpreadsheetDrawing),
    (Namespace.chart, Namespace.strictChart),
  ]
}
