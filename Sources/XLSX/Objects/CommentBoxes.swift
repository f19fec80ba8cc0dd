/// The boxes of comments in a drawing part. It is VML, which need not be well-formed XML: elements are told by their tags
/// alone.
enum CommentBoxes {
  /// A drawing without the boxes of some cells.
  static func removing(_ bytes: [UInt8], of cells: Set<CellReference>) -> [UInt8] {
    if cells.isEmpty { return bytes }
    var patches = Patches()
    var scanner = MarkupScanner(bytes)
    var start: Int?
    var row: Int?
    var column: Int?
    while let token = scanner.next() {
      switch (token.kind, token.kind == .other ? "" : scanner.localName(token)) {
      case (.start, "shape"):
        start = token.range.lowerBound
        row = nil
        column = nil
      case (.start, "Row"): row = number(behind: token, scanner)
      case (.start, "Column"): column = number(behind: token, scanner)
      case (.end, "shape"):
        // VML counts from 0.
        if let start, let row, let column, 0..<CellReference.maximumRow ~= row,
          0..<CellReference.maximumColumn ~= column,
          cells.contains(CellReference(row: row + 1, column: column + 1))
        {
          patches.replace(start..<token.range.upperBound, with: "")
        }
        start = nil
      default: continue
      }
    }
    return patches.applied(to: bytes)
  }

  private static func number(behind token: MarkupScanner.Token, _ scanner: MarkupScanner) -> Int? {
    var ahead = scanner
    guard let text = ahead.next(), text.kind == .other else { return nil }
    return Int(ahead.string(text.range).trimmingXMLSpace)
  }
}
