/// The tokens of a formula, of which some are replaced; every other byte stays.
struct FormulaTokens {
  let bytes: [UInt8]
  let tokens: [FormulaLexer.Token]
  private var result: [UInt8] = []
  private var copied = 0

  /// - Complexity: O(length)
  init(_ text: some StringProtocol) { (bytes, tokens) = FormulaLexer.tokens(text) }

  var count: Int { tokens.count }

  /// What kind a token is; `nil` before the first and behind the last.
  func kind(_ index: Int) -> FormulaLexer.Token.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  func isSymbol(_ index: Int, _ symbol: Unicode.Scalar) -> Bool {
    kind(index) == .symbol && bytes[tokens[index].range.lowerBound] == UInt8(ascii: symbol)
  }

  /// Whether a token can be the name of a sheet.
  func isWord(_ index: Int) -> Bool { kind(index) == .word || kind(index) == .number }

  func text(_ index: Int) -> String { String(decoding: bytes[tokens[index].range], as: UTF8.self) }

  /// A row, column or cell; `nil` for what is none, or a part of something else: a call, a sheet, a table.
  func part(_ index: Int) -> ReferencePart? {
    guard kind(index) == .word, !isSymbol(index + 1, "("), !isSymbol(index + 1, "!"),
      kind(index + 1) != .bracket
    else { return nil }
    return ReferencePart(bytes[tokens[index].range])
  }

  /// Puts text in the place of some tokens, which stand behind those that were replaced before.
  mutating func replace(_ places: ClosedRange<Int>, with text: String) {
    result += bytes[copied..<tokens[places.lowerBound].range.lowerBound]
    result += text.utf8
    copied = tokens[places.upperBound].range.upperBound
  }

  /// The formula as it reads now.
  consuming func finished() -> String { String(decoding: result + bytes[copied...], as: UTF8.self) }
}
