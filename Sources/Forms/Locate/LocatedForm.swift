import XLSX

/// A form found in a workbook: where each figure and each line around the table stands.
public struct LocatedForm: Sendable {
  public var form: FormDefinition
  /// The position of the sheet in ``GridBook/grids``.
  public var sheet: Int
  /// For each field found, by its position in ``FormDefinition/fields``, where its figure may stand. Usually one cell;
  /// a range where a heading is merged over several rows or columns; several ranges where two rows or columns claim to
  /// be the same one.
  var places: [Int: [CellRange]]
  public var shape: FormShape
  /// The lines around the table.
  public var head: [FormDefinition.HeadLine.Role: HeadReading]
  /// What stands before the title in its cell, often the unit's name; empty if nothing does.
  public var titleLead = ""
  /// The merged cells of the sheet.
  let merges: MergeIndex
}
