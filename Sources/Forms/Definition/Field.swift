/// One figure of a form: where a row of figures and a column of figures cross.
public struct Field: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    /// Filled in by the unit.
    case input
    /// The sum of other fields of the same form. Where a total row and a total column cross, these are the parts along
    /// the row; ``FormDefinition/equations`` has both sums.
    case total(of: [FieldKey])
  }

  /// How the figures of several units go together where they are a ratio (满意率): they are never added up.
  public enum Ratio: Hashable, Sendable {
    /// Weighted by another figure of the unit.
    case weighted(by: FieldKey)
    /// The definition does not say by what: there is no figure for all together.
    case unweighted
  }

  public var key: FieldKey
  public var measure: Measure
  public var role: Role
  /// The leaf row and leaf column, as positions in ``FormDefinition/rowLeaves`` and ``FormDefinition/columnLeaves``.
  public var row: Int
  public var column: Int
  /// `nil` for figures that can be added up.
  public var ratio: Ratio?

  public var type: FieldType = .number
  /// The values of a choice.
  public var choices: [Choice] = []
  public var limits = ValueLimits()
  /// Whether a figure below zero is nothing odd: of a growth, a profit, or where the form's own bound is below zero.
  public var isSigned = false

  public var isInput: Bool { role == .input }
  /// Whether figures of several units, or lines, can be added up.
  public var isAddable: Bool { type == .number && ratio == nil }
}
