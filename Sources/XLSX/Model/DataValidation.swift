/// A rule for what may be typed into cells (ECMA-376 Part 1, 18.3.1.33).
public struct DataValidation: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case any = "none"
    case whole, decimal, list, date, time, textLength, custom
  }
  public enum Operator: String, Hashable, Sendable {
    case between, notBetween, equal, notEqual, lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual
  }
  public enum ErrorStyle: String, Hashable, Sendable {
    case stop, warning, information
  }
  public struct Message: Hashable, Sendable {
    /// At most 32 UTF-16 units.
    public var title: String
    /// At most 255 UTF-16 units.
    public var text: String

    public init(title: String = "", text: String) {
      self.title = title
      self.text = text
    }
  }

  public var ranges: [CellRange]
  public var kind: Kind
  public var `operator`: Operator
  /// The first operand as a formula: `0`, `$A$1`, `"是,否"` for a list.
  public var formula1: String?
  public var formula2: String?
  public var allowsBlank: Bool
  public var showsDropDown: Bool
  public var errorStyle: ErrorStyle
  public var prompt: Message?
  public var error: Message?

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
