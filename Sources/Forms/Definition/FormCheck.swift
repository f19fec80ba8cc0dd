import Foundation

/// A check that the office wrote itself: an Excel formula in which `[heading path]` stands for a figure.
public struct FormCheck: Hashable, Sendable {
  /// `Z01`: the finding's rule.
  public var id: String
  /// The id of the form whose headings it may name without the form; `nil` where each is named with its form.
  public var form: String?
  /// Whether it holds for every line of a list.
  public var eachRow: Bool
  /// The formula as written, without a leading `=`.
  public var formula: String
  public var severity: Severity
  /// What to say, with `{heading path}` for a figure; `nil` words it from the formula.
  public var message: String?
  /// How far two sides of a comparison may differ.
  public var tolerance: Decimal?
  /// Where it stands.
  public var file: String
  public var line: Int

  public init(
    id: String, form: String? = nil, eachRow: Bool = false, formula: String, severity: Severity = .error,
    message: String? = nil, tolerance: Decimal? = nil, file: String = "", line: Int = 1
  ) {
    self.id = id
    self.form = form
    self.eachRow = eachRow
    self.formula = formula
    self.severity = severity
    self.message = message
    self.tolerance = tolerance
    self.file = file
    self.line = line
  }
}
