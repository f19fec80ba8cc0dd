/// Cells as XML, with the prefix that a sheet's elements have.
struct CellMarkup {
  let prefix: String
  /// What cells whose formulas spill refer to (`cm`).
  var dynamicArrayIndex = 1

  /// `<c …>…</c>`.
  ///
  /// - Parameters:
  ///   - attributes: All attributes but `t`, each with a space before it.
  ///   - kept: What follows the value.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a value that no cell can hold.
  func cell(
    attributes: String, _ value: CellValue, kept: String, sheet: String, at place: CellReference
  ) throws -> String {
    let type: String
    let content: String
    var attributes = attributes
    switch value {
    case .formula(let formula, let cached):
      try ContentRules.checkFormula(formula.text, "The formula", sheet: sheet, cell: place)
      if let range = formula.arrayRange, range.first != place || !range.last.isInGrid {
        throw ContentRules.invalid(
          "The array formula stands in \(place) and fills \(range)", sheet: sheet, cell: place)
      }
      let result = cached.result
      var (cachedType, cachedContent) = try plain(result, sheet: sheet, at: place)
      if let text = result.text {
        cachedType = "str"
        cachedContent = "<\(prefix)v>\(escaped(text))</\(prefix)v>"
      }
      type = cachedType
      if formula.isDynamic { attributes += " cm=\"\(dynamicArrayIndex)\"" }
      let range = formula.arrayRange ?? (formula.isDynamic ? CellRange(place) : nil)
      content = self.formula(formula.text, arrayRange: range) + cachedContent
    default:
      (type, content) = try plain(value, sheet: sheet, at: place)
    }
    let typeAttribute = type.isEmpty ? "" : " t=\"\(type)\""
    let inside = content + kept
    if inside.isEmpty { return "<\(prefix)c\(attributes)/>" }
    return "<\(prefix)c\(attributes)\(typeAttribute)>\(inside)</\(prefix)c>"
  }

  /// `<f>…</f>`.
  func formula(_ text: String, arrayRange: CellRange?) -> String {
    let attributes = arrayRange.map { " t=\"array\" ref=\"\($0)\"" } ?? ""
    return "<\(prefix)f\(attributes)>\(plainEscaped(FormulaPrefixes.stored(text)))</\(prefix)f>"
  }

  private func plain(
    _ value: CellValue, sheet: String, at place: CellReference
  ) throws -> (type: String, content: String) {
    switch value {
    case .empty, .formula: return ("", "")
    case .number(let number):
      guard number.isFinite else {
        throw XLSXError(.invalidContent, "A cell cannot hold \(number).", sheet: sheet, cell: place)
      }
      var buffer = ByteBuffer(capacity: 64)
      buffer.append(number: number)
      return ("", "<\(prefix)v>\(String(decoding: buffer.array(), as: UTF8.self))</\(prefix)v>")
    case .bool(let bool): return ("b", "<\(prefix)v>\(bool ? 1 : 0)</\(prefix)v>")
    case .error(let error): return ("e", "<\(prefix)v>\(plainEscaped(error.text))</\(prefix)v>")
    case .richText(let rich):
      try ContentRules.checkLength(
        rich.plainText, atMost: ContentRules.maximumTextLength, "The text", sheet: sheet, cell: place)
      try WorkbookRules.checkRuns(of: rich)
      var runs = ByteBuffer()
      RichTextXML.append(rich, to: &runs)
      let xml = MarkupText.prefixed(String(decoding: runs.array(), as: UTF8.self), prefix)
      return ("inlineStr", "<\(prefix)is>\(xml)</\(prefix)is>")
    case .text(let text):
      // In the cell itself, so that the shared strings stay as they are.
      try ContentRules.checkLength(
        text, atMost: ContentRules.maximumTextLength, "The text", sheet: sheet, cell: place)
      let space = ByteBuffer.needsSpacePreserved(text) ? " xml:space=\"preserve\"" : ""
      return ("inlineStr", "<\(prefix)is><\(prefix)t\(space)>\(escaped(text))</\(prefix)t></\(prefix)is>")
    }
  }

  private func escaped(_ text: String) -> String {
    var buffer = ByteBuffer(capacity: text.utf8.count + 64)
    buffer.append(text: text)
    return String(decoding: buffer.array(), as: UTF8.self)
  }

  private func plainEscaped(_ text: String) -> String {
    var buffer = ByteBuffer(capacity: text.utf8.count + 64)
    buffer.append(plainText: text)
    return String(decoding: buffer.array(), as: UTF8.self)
  }
}
