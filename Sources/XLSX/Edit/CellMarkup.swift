/// Single cells as XML: as ``CellXML`` writes them, with text in the cell itself and the prefix that a sheet's elements have.
struct CellMarkup: ~Copyable {
  let sheet: String
  var prefix = ""
  private var strings: SharedStringTable

  init(sheet: String, dynamicArrayIndex: Int) {
    self.sheet = sheet
    strings = SharedStringTable(inCells: dynamicArrayIndex)
  }

  /// `<c …>…</c>`.
  ///
  /// - Parameters:
  ///   - attributes: All attributes but those of the value, each with a space before it.
  ///   - kept: What follows the value.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a value that no cell can hold.
  mutating func cell(
    attributes: String, _ value: CellValue, kept: String = "", at place: CellReference
  ) throws -> String {
    var xml = ByteBuffer(capacity: 128)
    xml.append("<c")
    xml.append(raw: attributes)
    try CellXML.append(
      value, row: place.row, column: place.column, sheet: sheet, to: &xml, strings: &strings)
    let text = String(decoding: xml.array(), as: UTF8.self)
    let cell = MarkupText.prefixed(text, prefix)
    if kept.isEmpty { return cell }
    let end = "</\(prefix)c>"
    return cell.hasSuffix("/>")
      ? "\(cell.dropLast(2))>\(kept)\(end)" : "\(cell.dropLast(end.count))\(kept)\(end)"
  }

  /// `<f>…</f>`.
  func formula(_ text: String) -> String {
    MarkupText.prefixed(ByteBuffer.text { CellXML.append(formula: text, arrayRange: nil, to: &$0) }, prefix)
  }
}
