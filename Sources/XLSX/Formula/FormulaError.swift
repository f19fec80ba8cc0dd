/// Why a formula could not be parsed or computed. An Excel error such as `#DIV/0!` is a value, not one of these.
public enum FormulaError: Error, Hashable, Sendable {
  /// The text is no formula; the offset counts UTF-8 bytes.
  case syntax(String, offset: Int)
  /// The formula is longer or nested deeper than any that Excel accepts.
  case tooComplex(String)
  /// Something in it cannot be computed here; the cell's cached value is the best that is known.
  case unsupported(String)
  /// The cell depends on itself.
  case circular
}

extension FormulaError: CustomStringConvertible {
  /// The error in English: what of the formula is unsupported, or that it refers to itself.
  public var description: String {
    switch self {
    case .syntax(let what, let offset): "\(what) at character \(offset + 1) of the formula"
    case .tooComplex(let what): what
    case .unsupported(let what): "cannot be recalculated: \(what)"
    case .circular: "circular reference: the cell depends on itself"
    }
  }
}
