extension SheetScanner {
  /// Reads what stands in a cell that is not just one number, up to and with `</c>`.
  ///
  /// Two passes, so that the builder sees nothing of a cell that turns out not to be plain or not to be whole.
  @inline(never)
  mutating func content(
    _ at: inout UnsafePointer<UInt8>, row: Int, column: Int, style: UInt32, type: SheetBuilder.ValueType,
    into builder: inout SheetBuilder
  ) throws -> Bool {
    scratch.truncate(to: 0)
    var value: Range<Int>?
    var formula: (text: Range<Int>, attributes: UnsafePointer<UInt8>)?
    var inline: Range<Int>?
    while true {
      while Self.isSpace(at[0]) { at += 1 }
      if Self.matches(at, "</c") {
        at += 3
        guard Self.closeTag(&at) else { return false }
        break
      } else if Self.matches(at, "<v"), value == nil {
        at += 2
        guard let text = element("</v", &at) else { return false }
        value = text.range
      } else if Self.matches(at, "<f"), formula == nil {
        at += 2
        let attributes = at
        guard let text = element("</f", &at, isFormula: true) else { return false }
        formula = (text.range, attributes)
      } else if Self.matches(at, "<is>"), inline == nil {
        at += 4
        guard let text = plainItem(&at) else { return false }
        inline = text
      } else {
        return false
      }
    }
    // Which of the two counts depends on their order, which libxml2's events keep.
    if value != nil, inline != nil { return false }
    if let formula, !Self.isPlainFormula(formula.attributes) { return false }

    try builder.beginCell(row: row, column: column, style: style, type: type)
    if let formula { take(formula.text, formula.attributes, into: &builder) }
    if let value {
      try builder.setValue(scratch.bytes(at: value.lowerBound, count: value.count))
    }
    if let inline {
      let mark = builder.batch.text.count
      builder.batch.text.append(scratch.bytes(at: inline.lowerBound, count: inline.count))
      builder.finishText(since: mark)
    }
    try builder.endCell()
    return true
  }

  /// Reads the rest of a start tag, the text and the end tag of an element that holds text only. The text goes to the
  /// scratch memory.
  ///
  /// - Parameter isFormula: Whether attributes are expected that the caller checks; else only `xml:space` is plain.
  private mutating func element(
    _ end: StaticString, _ at: inout UnsafePointer<UInt8>, isFormula: Bool = false
  ) -> (range: Range<Int>, isPreserved: Bool)? {
    let mark = scratch.count
    var isPreserved = false
    var count = 0
    while let attribute = Self.attribute(&at) {
      count += 1
      if !isFormula, count > 1 || !(attribute.name == "xml:space") { return nil }
      isPreserved = attribute.value == "preserve"
    }
    if at[0] == UInt8(ascii: "/"), at[1] == UInt8(ascii: ">") {
      at += 2
      return (mark..<mark, isPreserved)
    }
    guard at[0] == UInt8(ascii: ">") else { return nil }
    at += 1
    guard let text = Self.characterData(&at), PlainText.append(text, to: &scratch), Self.matches(at, end)
    else {
      return nil
    }
    at += end.utf8CodeUnitCount
    return Self.closeTag(&at) ? (mark..<scratch.count, isPreserved) : nil
  }

  /// Reads an `<is>` that is one plain `<t>`.
  private mutating func plainItem(_ at: inout UnsafePointer<UInt8>) -> Range<Int>? {
    while Self.isSpace(at[0]) { at += 1 }
    guard Self.matches(at, "<t"),
      at[2] == UInt8(ascii: ">") || at[2] == UInt8(ascii: "/") || Self.isSpace(at[2])
    else { return nil }
    at += 2
    guard let text = element("</t", &at) else { return nil }
    while Self.isSpace(at[0]) { at += 1 }
    guard Self.matches(at, "</is") else { return nil }
    at += 4
    guard Self.closeTag(&at) else { return nil }
    return text.isPreserved ? text.range : Self.trimmed(text.range, of: scratch)
  }

  /// A range of text without the white space at its ends.
  static func trimmed(_ range: Range<Int>, of arena: borrowing ByteArena) -> Range<Int> {
    let bytes = arena.bytes(at: range.lowerBound, count: range.count)
    var start = 0
    var end = bytes.count
    while start < end, isSpace(bytes[start]) { start += 1 }
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return (range.lowerBound + start)..<(range.lowerBound + end)
  }

  /// Whether a formula's attributes are none but the ones that are known, each once.
  private static func isPlainFormula(_ attributes: UnsafePointer<UInt8>) -> Bool {
    var at = attributes
    var seen: UInt16 = 0
    while let attribute = attribute(&at) {
      guard let index = formulaAttributes.firstIndex(where: { attribute.name == $0 }),
        seen & (1 << index) == 0
      else { return false }
      seen |= 1 << index
    }
    return true
  }

  private static let formulaAttributes: [StaticString] = [
    "t", "ref", "si", "ca", "aca", "dt2D", "dtr", "del1", "del2", "r1", "r2", "bx", "xml:space",
  ]

  private func take(
    _ text: Range<Int>, _ attributes: UnsafePointer<UInt8>, into builder: inout SheetBuilder
  ) {
    var type = SheetBuilder.FormulaType.normal
    var index: Int?
    var range: CellRange?
    var at = attributes
    while let attribute = Self.attribute(&at) {
      if attribute.name == "t" {
        type = .init(attribute.value)
      } else if attribute.name == "si" {
        index = SheetBuilder.integer(attribute.value)
      } else if attribute.name == "ref" {
        range = CellRange(String(decoding: attribute.value, as: UTF8.self).trimmingXMLSpace)
      }
    }
    builder.setFormula(
      type: type, sharedIndex: index, range: range,
      text: scratch.bytes(at: text.lowerBound, count: text.count))
  }
}
