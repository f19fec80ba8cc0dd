/// Whether the quotation marks, parentheses and brackets of a formula pair up. Excel drops a formula in which they do not,
/// and calls the file damaged; what else makes a formula it decides itself.
enum FormulaBalance {
  /// What is wrong, in words that follow "The formula"; `nil` if nothing is.
  ///
  /// - Complexity: O(length)
  static func problem(in formula: String) -> String? {
    var open: [UInt8] = []
    var quote: UInt8?
    var isEscaped = false
    for byte in formula.utf8 {
      if let mark = quote {
        // A doubled quotation mark ends the text and begins it again, which comes to the same.
        if byte == mark { quote = nil }
        continue
      }
      if open.last == UInt8(ascii: "[") {
        // Inside a table reference an apostrophe takes the next character as it is.
        if isEscaped {
          isEscaped = false
          continue
        }
        if byte == UInt8(ascii: "'") {
          isEscaped = true
          continue
        }
        if byte != UInt8(ascii: "[") && byte != UInt8(ascii: "]") { continue }
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(byte)
      case UInt8(ascii: ")"):
        if open.popLast() != UInt8(ascii: "(") { return "closes a parenthesis that is not open" }
      case UInt8(ascii: "]"):
        if open.popLast() != UInt8(ascii: "[") { return "closes a bracket that is not open" }
      case UInt8(ascii: "}"):
        if open.popLast() != UInt8(ascii: "{") { return "closes a brace that is not open" }
      default: break
      }
    }
    if let quote { return "has an open \(quote == UInt8(ascii: "'") ? "apostrophe" : "quotation mark")" }
    switch open.last {
    case nil: return nil
    case UInt8(ascii: "("): return "has an open parenthesis"
    case UInt8(ascii: "["): return "has an open bracket"
    default: return "has an open brace"
    }
  }
}
