/// Parses the text of a formula as it is stored in a file: in English, without the leading `=` (a leading `=` is
/// accepted).
///
///     let formula = try FormulaParser.parse("ROUND(SUM(C6:D6),2)")
///     formula.references          // [C6:D6]
package struct FormulaParser {
  /// The longest text: Excel stops at 8192 characters.
  package static let maximumLength = 65_536
  /// How deep brackets and functions may nest: Excel stops at 64.
  package static let maximumNesting = 128
  /// How many operators may follow each other: Excel's length allows some 4000.
  static let maximumChain = 8192

  private let bytes: [UInt8]
  private let tokens: [FormulaLexer.Token]
  private var index = 0
  private var nesting = 0
  private var operators = 0

  /// - Throws: ``FormulaError/syntax(_:offset:)`` for what is no formula, ``FormulaError/tooComplex(_:)`` for what Excel
  ///   would not accept either.
  package static func parse(_ text: String) throws(FormulaError) -> FormulaNode {
    let body = text.hasPrefix("=") ? text.dropFirst() : text[...]
    guard body.utf8.count <= maximumLength else {
      throw .tooComplex("the formula is \(body.utf8.count) bytes long, more than \(maximumLength)")
    }
    var parser = FormulaParser(body)
    let node = try parser.parseExpression()
    parser.skipSpace()
    guard parser.index == parser.tokens.count else { throw parser.unexpected() }
    return node
  }

  /// All references in a formula; see ``FormulaNode/references``.
  package static func references(in text: String) throws(FormulaError) -> [FormulaReference] {
    try parse(text).references
  }

  private init(_ text: Substring) { (bytes, tokens) = FormulaLexer.tokens(text) }

  // Operators, from the loosest to the tightest. Unary minus binds tighter than ^: -2^2 is 4.

  private mutating func parseExpression() throws(FormulaError) -> FormulaNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.maximumNesting else {
      throw .tooComplex("the formula is nested more than \(Self.maximumNesting) levels deep")
    }
    return try parseBinary(level: 0)
  }

  private static func level(of op: FormulaNode.BinaryOperator) -> Int {
    switch op {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 0
    case .concatenate: 1
    case .add, .subtract: 2
    case .multiply, .divide: 3
    default: 4
    }
  }

  /// Precedence climbing; all operators are left-associative, `^` too.
  private mutating func parseBinary(level: Int) throws(FormulaError) -> FormulaNode {
    var left = try parseUnary()
    while let op = peekOperator(), Self.level(of: op) >= level {
      try countOperator()
      index += 1
      let right = try parseBinary(level: Self.level(of: op) + 1)
      left = .binary(op, left, right)
    }
    return left
  }

  private mutating func countOperator() throws(FormulaError) {
    operators += 1
    guard operators <= Self.maximumChain else {
      throw .tooComplex("the formula has more than \(Self.maximumChain) operators")
    }
  }

  private mutating func peekOperator() -> FormulaNode.BinaryOperator? {
    skipSpace()
    guard index < tokens.count, tokens[index].kind == .symbol else { return nil }
    let symbol = bytes[tokens[index].range]
    guard symbol.count <= 2, let first = symbol.first else { return nil }
    if symbol.count == 2 {
      return first == UInt8(ascii: ">")
        ? .greaterOrEqual : symbol.last == UInt8(ascii: "=") ? .lessOrEqual : .notEqual
    }
    switch first {
    case UInt8(ascii: "="): return .equal
    case UInt8(ascii: "<"): return .less
    case UInt8(ascii: ">"): return .greater
    case UInt8(ascii: "&"): return .concatenate
    case UInt8(ascii: "+"): return .add
    case UInt8(ascii: "-"): return .subtract
    case UInt8(ascii: "*"): return .multiply
    case UInt8(ascii: "/"): return .divide
    case UInt8(ascii: "^"): return .power
    default: return nil
    }
  }

  private mutating func parseUnary() throws(FormulaError) -> FormulaNode {
    var signs: [FormulaNode.UnaryOperator] = []
    while true {
      skipSpace()
      if take("-") {
        signs.append(.minus)
      } else if take("+") {
        signs.append(.plus)
      } else if take("@") {
        signs.append(.implicitIntersection)
      } else {
        break
      }
      guard signs.count <= Self.maximumNesting else { throw .tooComplex("too many signs in a row") }
    }
    var node = try parseRangeOperators()
    while true {
      skipSpace()
      guard take("%") else { break }
      try countOperator()
      node = .unary(.percent, node)
    }
    for sign in signs.reversed() { node = .unary(sign, node) }
    return node
  }

  /// `:` and the space between two references.
  private mutating func parseRangeOperators() throws(FormulaError) -> FormulaNode {
    var left = try parseApplied()
    while true {
      if take("#") {
        // What the formula in a cell spills over, as files store it.
        try countOperator()
        left = .call("ANCHORARRAY", [left])
      } else if take(":") {
        try countOperator()
        skipSpace()
        left = Self.range(left, try parsePrimary())
      } else if isIntersectionNext, Self.canRefer(left) {
        try countOperator()
        skipSpace()
        var right = try parsePrimary()
        while take(":") {
          try countOperator()
          right = Self.range(right, try parsePrimary())
        }
        left = .binary(.intersection, left, right)
      } else {
        return left
      }
    }
  }

  private static func canRefer(_ node: FormulaNode) -> Bool {
    switch node {
    case .reference, .sheets, .name, .call, .binary, .unsupported, .error: true
    default: false
    }
  }

  private static func range(_ left: FormulaNode, _ right: FormulaNode) -> FormulaNode {
    if case .reference(let a) = left, case .reference(let b) = right, b.sheet == nil || b.sheet == a.sheet {
      let low = CellRange(a.range.first, b.range.first)
      let high = CellRange(a.range.last, b.range.last)
      return .reference(FormulaReference(sheet: a.sheet, range: CellRange(low.first, high.last)))
    }
    return .binary(.range, left, right)
  }

  /// A space followed by the start of an operand; after a space, anything else would be an operator or the end.
  private var isIntersectionNext: Bool {
    guard index + 1 < tokens.count, tokens[index].kind == .space else { return false }
    switch tokens[index + 1].kind {
    // A reference that was moved off the grid stays an operand.
    case .word, .quotedName, .bracket, .error: return true
    case .symbol: return bytes[tokens[index + 1].range.lowerBound] == UInt8(ascii: "(")
    default: return false
    }
  }

  // Operands.

  /// An operand, and the arguments of the function that it is, if it is one.
  private mutating func parseApplied() throws(FormulaError) -> FormulaNode {
    var node = try parsePrimary()
    while isSymbol(index, "("), Self.canBeFunction(node) {
      try countOperator()
      index += 1
      node = .apply(node, try parseArguments())
    }
    return node
  }

  private static func canBeFunction(_ node: FormulaNode) -> Bool {
    switch node {
    case .call, .apply: true
    default: false
    }
  }

  private mutating func parsePrimary() throws(FormulaError) -> FormulaNode {
    skipSpace()
    guard index < tokens.count else { throw .syntax("an operand is missing", offset: bytes.count) }
    let token = tokens[index]
    switch token.kind {
    case .text:
      index += 1
      return .text(try unquoted(token))
    case .number:
      index += 1
      guard let number = Double(string(token)) else { throw unexpected(at: index - 1) }
      return .number(number)
    case .error:
      index += 1
      return .error(CellError(string(token).uppercased()))
    case .word: return try parseWord()
    case .quotedName, .bracket: return try parseQualified()
    case .symbol:
      if take("(") { return try parseParenthesis() }
      if take("{") { return try parseArray() }
      throw unexpected()
    case .space: throw unexpected()
    }
  }

  private mutating func parseParenthesis() throws(FormulaError) -> FormulaNode {
    var node = try parseExpression()
    skipSpace()
    while take(",") {
      try countOperator()
      node = .binary(.union, node, try parseExpression())
      skipSpace()
    }
    guard take(")") else { throw expected(")") }
    return node
  }

  private mutating func parseWord() throws(FormulaError) -> FormulaNode {
    let token = tokens[index]
    if isSymbol(index + 1, "!") { return try parseQualified() }
    if isSymbol(index + 1, ":"), isSheetName(index + 2), isSymbol(index + 3, "!") {
      return try parseSheets(first: string(token), last: string(tokens[index + 2]), prefix: 4)
    }
    if isSymbol(index + 1, "(") { return try parseCall() }
    if index + 1 < tokens.count, tokens[index + 1].kind == .bracket {
      index += 2
      return .unsupported(.structuredReference, string(from: token, to: tokens[index - 1]))
    }
    if let reference = takeReference(sheet: nil) { return reference }
    index += 1
    let word = string(token)
    if let first = word.utf8.first, FormulaLexer.isDigit(first) {
      guard let number = Double(word), number.isFinite else { throw unexpected(at: index - 1) }
      return .number(number)
    }
    switch word.uppercased() {
    case "TRUE": return .bool(true)
    case "FALSE": return .bool(false)
    default: return .name(FormulaPrefixes.bare(word), sheet: nil)
    }
  }

  /// A cell, whole columns or whole rows at the current token. A range of cells is joined by the `:` operator.
  private mutating func takeReference(sheet: String?) -> FormulaNode? {
    guard let first = part(index) else { return nil }
    if let row = first.row, let column = first.column {
      index += 1
      return .reference(
        FormulaReference(sheet: sheet, range: CellRange(CellReference(row: row, column: column))))
    }
    guard isSymbol(index + 1, ":"), let last = part(index + 2), first.isRow == last.isRow, !last.isCell else {
      return nil
    }
    index += 3
    let range: CellRange
    if let left = first.column, let right = last.column {
      range = CellRange(
        CellReference(row: 1, column: left), CellReference(row: CellReference.maximumRow, column: right))
    } else {
      range = CellRange(
        CellReference(row: first.row ?? 1, column: 1),
        CellReference(row: last.row ?? 1, column: CellReference.maximumColumn))
    }
    return .reference(FormulaReference(sheet: sheet, range: range))
  }

  /// A reference with a sheet or workbook before it, or a table column without its table.
  private mutating func parseQualified() throws(FormulaError) -> FormulaNode {
    let start = index
    if tokens[start].kind == .bracket {
      if string(tokens[start]) == "[0]", isSymbol(start + 1, "!"), isSheetName(start + 2),
        !isSymbol(start + 3, "(")
      {
        // Workbook 0 is the formula's own.
        index += 3
        return .name(string(tokens[start + 2]), sheet: nil)
      }
      if isSymbol(start + 1, "!") { return try parseUnsupportedReference(.externalReference, prefix: 2) }
      if isSheetName(start + 1), isSymbol(start + 2, "!") {
        return try parseUnsupportedReference(.externalReference, prefix: 3)
      }
      if isSheetName(start + 1), isSymbol(start + 2, ":"), isSheetName(start + 3), isSymbol(start + 4, "!") {
        return try parseUnsupportedReference(.externalReference, prefix: 5)
      }
      index += 1
      return .unsupported(.structuredReference, string(tokens[start]))
    }
    guard isSymbol(start + 1, "!") else { throw expected("!", at: start + 1) }
    let sheet = tokens[start].kind == .quotedName ? try unquoted(tokens[start]) : string(tokens[start])
    if sheet.contains("[") { return try parseUnsupportedReference(.externalReference, prefix: 2) }
    let ends = sheet.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if ends.count == 2 { return try parseSheets(first: ends[0], last: ends[1], prefix: 2) }
    index += 2
    if let reference = takeReference(sheet: sheet) { return reference }
    guard index < tokens.count else { throw .syntax("a reference is missing", offset: bytes.count) }
    let token = tokens[index]
    switch token.kind {
    case .error:
      index += 1
      return .error(.reference)
    case .word:
      index += 1
      return .name(string(token), sheet: sheet)
    default: throw unexpected()
    }
  }

  /// A reference to the same cells of several sheets; its range belongs to it, and not to the `:` operator.
  private mutating func parseSheets(
    first: String, last: String, prefix: Int
  ) throws(FormulaError) -> FormulaNode {
    let start = index
    index += prefix
    if case .reference(let reference) = takeReference(sheet: nil) {
      guard reference.cell != nil, isSymbol(index, ":"), let corner = part(index + 1), corner.isCell,
        let row = corner.row, let column = corner.column
      else { return .sheets(first: first, last: last, range: reference.range) }
      index += 2
      let other = CellReference(row: row, column: column)
      return .sheets(first: first, last: last, range: CellRange(reference.range.first, other))
    }
    index = start
    return try parseUnsupportedReference(.threeDimensionalReference, prefix: prefix)
  }

  /// Takes what stands before the `!` and the reference or name behind it.
  private mutating func parseUnsupportedReference(
    _ kind: FormulaNode.UnsupportedSyntax, prefix: Int
  ) throws(FormulaError) -> FormulaNode {
    let first = tokens[index]
    index += prefix
    guard index < tokens.count, [.word, .error].contains(tokens[index].kind) else {
      throw .syntax("a reference is missing", offset: first.range.upperBound)
    }
    if isSymbol(index + 1, "(") {
      _ = try parseCall()
    } else {
      index += 1
      if isSymbol(index, ":"), part(index + 1) != nil { index += 2 }
    }
    return .unsupported(kind, string(from: first, to: tokens[index - 1]))
  }

  private mutating func parseCall() throws(FormulaError) -> FormulaNode {
    let name = FormulaPrefixes.bare(string(tokens[index]).uppercased())
    index += 2
    return .call(name, try parseArguments())
  }

  /// What stands behind an opening parenthesis, with the closing one.
  private mutating func parseArguments() throws(FormulaError) -> [FormulaNode] {
    var arguments: [FormulaNode] = []
    skipSpace()
    if take(")") { return [] }
    while true {
      skipSpace()
      if isSymbol(index, ",") || isSymbol(index, ")") {
        arguments.append(.missing)
      } else {
        arguments.append(try parseExpression())
      }
      skipSpace()
      if take(")") { return arguments }
      guard take(",") else { throw expected(", or )") }
    }
  }

  private mutating func parseArray() throws(FormulaError) -> FormulaNode {
    var rows: [[FormulaNode]] = [[]]
    while true {
      skipSpace()
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard index < tokens.count, [.number, .word, .text, .error].contains(tokens[index].kind) else {
        throw unexpected()
      }
      let element = try parsePrimary()
      switch element {
      case .number(let number): rows[rows.count - 1].append(.number(isNegative ? -number : number))
      case .text, .bool, .error:
        if isNegative { throw unexpected(at: index - 1) }
        rows[rows.count - 1].append(element)
      default: throw .syntax("an array holds only constants", offset: tokens[index - 1].range.lowerBound)
      }
      skipSpace()
      if take("}") { break }
      if take(";") {
        rows.append([])
      } else if !take(",") {
        throw expected(", ; or }")
      }
    }
    guard rows.allSatisfy({ $0.count == rows[0].count }) else {
      throw .syntax("the rows of an array differ in length", offset: tokens[index - 1].range.lowerBound)
    }
    return .array(rows)
  }

  // Tokens.

  private mutating func skipSpace() {
    while index < tokens.count, tokens[index].kind == .space { index += 1 }
  }

  private func isSymbol(_ index: Int, _ symbol: Unicode.Scalar) -> Bool {
    index < tokens.count && tokens[index].kind == .symbol && tokens[index].range.count == 1
      && bytes[tokens[index].range.lowerBound] == UInt8(ascii: symbol)
  }

  private func isSheetName(_ index: Int) -> Bool {
    index < tokens.count && (tokens[index].kind == .word || tokens[index].kind == .quotedName)
  }

  private mutating func take(_ symbol: Unicode.Scalar) -> Bool {
    guard isSymbol(index, symbol) else { return false }
    index += 1
    return true
  }

  private func part(_ index: Int) -> ReferencePart? {
    guard index < tokens.count, tokens[index].kind == .word else { return nil }
    return ReferencePart(bytes[tokens[index].range])
  }

  private func string(_ token: FormulaLexer.Token) -> String {
    String(decoding: bytes[token.range], as: UTF8.self)
  }

  private func string(from first: FormulaLexer.Token, to last: FormulaLexer.Token) -> String {
    String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
  }

  /// The inside of quotes, doubled quotes made single.
  private func unquoted(_ token: FormulaLexer.Token) throws(FormulaError) -> String {
    let quoted = bytes[token.range]
    guard quoted.count >= 2, let quote = quoted.first, quoted.last == quote else {
      throw .syntax("a quote is not closed", offset: token.range.lowerBound)
    }
    let inside = quoted.dropFirst().dropLast()
    guard inside.contains(quote) else { return String(decoding: inside, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(inside.count)
    var isSecondOfPair = false
    for byte in inside {
      isSecondOfPair = byte == quote && !isSecondOfPair
      if !isSecondOfPair { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func unexpected(at position: Int? = nil) -> FormulaError {
    let position = position ?? index
    guard position < tokens.count else { return .syntax("the formula ends too early", offset: bytes.count) }
    return .syntax("unexpected “\(string(tokens[position]))”", offset: tokens[position].range.lowerBound)
  }

  private func expected(_ what: String, at position: Int? = nil) -> FormulaError {
    let position = position ?? index
    let offset = position < tokens.count ? tokens[position].range.lowerBound : bytes.count
    return .syntax("“\(what)” expected", offset: offset)
  }
}
