/// A rule for what may be typed into cells (ECMA-376 Part 1, 18.3.1.33).
public struct DataValidation: Hashable, Sendable {
  /// What a cell takes.
  public enum Kind: String, Hashable, Sendable {
    case any = "none"
    case whole, decimal, list, date, time, textLength, custom
  }
  /// How a value is held against the formulas.
  public enum Operator: String, Hashable, Sendable {
    case between, notBetween, equal, notEqual, lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual
  }
  /// What happens to a value that breaks the rule.
  public enum ErrorStyle: String, Hashable, Sendable {
    case stop, warning, information
  }
  /// A message of a title, up to 32 characters, and a text, up to 255.
  public struct Message: Hashable, Sendable {
    /// At most 32 UTF-16 units.
    public var title: String
    /// At most 255 UTF-16 units.
    public var text: String

    /// A message, with or without a title.
    public init(title: String = "", text: String) {
      self.title = title
      self.text = text
    }
  }

  /// The cells that it is for.
  public var ranges: [CellRange]
  /// What they take.
  public var kind: Kind
  /// How a value is held against the formulas.
  public var `operator`: Operator
  /// The first operand as a formula: `0`, `$A$1`, `"是,否"` for a list.
  public var formula1: String?
  /// The upper end of `between` and `notBetween`.
  public var formula2: String?
  /// Whether an empty cell is right.
  public var allowsBlank: Bool
  /// Whether a list can be opened in the cell.
  public var showsDropDown: Bool
  /// What happens to a value that breaks the rule.
  public var errorStyle: ErrorStyle
  /// What shows when the cell is chosen.
  public var prompt: Message?
  /// What shows when the rule is broken.
  public var error: Message?

  /// A rule for what cells take.
  public init(
    _ ranges: [CellRange], kind: Kind, operator: Operator = .between, formula1: String? = nil,
    formula2: String? = nil,
    allowsBlank: Bool = true, showsDropDown: Bool = true, errorStyle: ErrorStyle = .stop,
    prompt: Message? = nil,
    error: Message? = nil
  ) {
    self.ranges = ranges
    self.kind = kind
    self.operator = `operator`
    self.formula1 = formula1
    self.formula2 = formula2
    self.allowsBlank = allowsBlank
    self.showsDropDown = showsDropDown
    self.errorStyle = errorStyle
    self.prompt = prompt
    self.error = error
  }
}
