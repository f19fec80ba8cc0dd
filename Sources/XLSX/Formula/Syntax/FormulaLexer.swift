/// Cuts the text of a formula into tokens (ECMA-376 Part 1, 18.17.2).
///
/// The lexer knows no grammar: it says where quoted text, sheet names, brackets and words begin and end, which is what
/// both ``FormulaShifter`` and ``FormulaParser`` need to agree on. It reads bytes, never fails, and returns every byte
/// of the text in exactly one token, so that tokens can be copied back as they were.
struct FormulaLexer {
  struct Token: Equatable {
    enum Kind: Equatable {
      case space
      /// `"quoted ""text"""`, with its quotes.
      case text
      /// `'sheet name'`, with its quotes; what follows is the `!` of a reference.
      case quotedName
      /// `[…]` with everything nested in it: an external workbook or the inside of a structured reference.
      case bracket
      /// `#REF!`, `#N/A` ….
      case error
      /// Letters, digits, `$`, `_`, `.`, `\`, `?` and every character outside ASCII: a reference, a number, a name, a
      /// function.
      case word
      /// A number literal whose exponent has a sign, or which starts with a dot: `1E+5`, `.5`.
      case number
      /// One operator or separator; `<=`, `>=` and `<>` are one.
      case symbol
    }

    var kind: Kind
    /// Where the token stands in the bytes of the formula.
    var range: Range<Int>
  }

  let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  /// All tokens of a formula.
  ///
  /// - Complexity: O(length)
  static func tokens(_ text: some StringProtocol) -> (bytes: [UInt8], tokens: [Token]) {
    var lexer = FormulaLexer(text)
    var tokens: [Token] = []
    tokens.reserveCapacity(lexer.bytes.count / 3 + 1)
    while let token = lexer.next() { tokens.append(token) }
    return (lexer.bytes, tokens)
  }

  mutating func next() -> Token? {
    guard position < bytes.count else { return nil }
    let start = position
    let kind = scan()
    return Token(kind: kind, range: start..<position)
  }

  private mutating func scan() -> Token.Kind {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
      skip { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
      return .space
    case UInt8(ascii: "\""):
      skipQuoted(byte)
      return .text
    case UInt8(ascii: "'"):
      skipQuoted(byte)
      return .quotedName
    case UInt8(ascii: "["):
      skipBracket()
      return .bracket
    case UInt8(ascii: "#"):
      return scanError()
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      position += 1
      if let second = peek,
        second == UInt8(ascii: "=") || (byte == UInt8(ascii: "<") && second == UInt8(ascii: ">"))
      {
        position += 1
      }
      return .symbol
    case _ where Self.isNumberStart(byte):
      return scanNumberOrWord()
    case _ where Self.isWord(byte):
      skip(Self.isWord)
      return .word
    default:
      position += 1
      return .symbol
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(_ belongs: (UInt8) -> Bool) {
    while let byte = peek, belongs(byte) { position += 1 }
  }

  /// To after the closing quote; a doubled quote is part of the text. Without a closing quote, to the end.
  private mutating func skipQuoted(_ quote: UInt8) {
    position += 1
    while let byte = peek {
      position += 1
      if byte == quote {
        guard peek == quote else { return }
        position += 1
      }
    }
  }

  /// To after the bracket that closes the first one. In a structured reference `'` escapes the next character.
  private mutating func skipBracket() {
    var depth = 0
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return }
      case UInt8(ascii: "'") where peek != nil: position += 1
      default: break
      }
    }
  }

  /// An error value is a number sign, letters, and `!`, `?` or `/` as they come; a lone `#` is the spill operator.
  private mutating func scanError() -> Token.Kind {
    position += 1
    let start = position
    skip { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "_") }
    if position == start { return .symbol }
    if let byte = peek, byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") { position += 1 }
    return .error
  }

  /// Digits can begin a number, a row range (`1:3`) or an unquoted sheet name (`2024!A1`); only signs and dots make
  /// a number certain.
  private mutating func scanNumberOrWord() -> Token.Kind {
    let start = position
    skip { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
    let mantissaEnd = position
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      let signed = peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-")
      if signed { position += 1 }
      let digits = position
      skip(Self.isDigit)
      if signed, position > digits, !(peek.map(Self.isWord) ?? false) { return .number }
      position = mantissaEnd
    }
    skip(Self.isWord)
    return bytes[start] == UInt8(ascii: ".") ? .number : .word
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isNumberStart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: ".") }

  static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "?")
  }
}
