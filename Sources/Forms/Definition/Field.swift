/// One figure of a form: where a row of figures and a column of figures cross.
public struct Field: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    /// Filled in by the unit.
    case input
    /// The sum of other fields of the same form. Where a total row and a total column cross, these are the parts along
    /// the row; ``FormDefinition/equations`` has both sums.
    case total(of: [FieldKey])
  }

  public var key: FieldKey
  public var measure: Measure
  public var role: Role
  /// The leaf row and leaf column, as positions in ``FormDefinition/rowLeaves`` and ``FormDefinition/columnLeaves``.
  public var row: Int
  public var column: Int

  public var isInput: Bool { role == .input }
}
