/// The hidden defined names that a blank form carries, so that the program finds it again wherever it was moved to.
///
/// Each name belongs to the form's sheet, not to the workbook: two forms in one workbook, or a copied sheet, keep theirs.
/// Excel moves the ranges along when rows or columns are inserted. The names are
///
/// | name | range |
/// |---|---|
/// | `_huizong.culture_outreach.table` | the table with its headings |
/// | `_huizong.culture_outreach.figures` | the figures, row by row as in ``FormDefinition/fields`` |
/// | `_huizong.culture_outreach.unit`, `.filledOn`, `.filledBy`, `.phone` | the cells for what the head lines ask |
///
/// with the hyphens of the form's id written as underscores, which ids cannot have and names must.
public enum FormMarker: Hashable, Sendable {
  case table
  case figures
  case head(FormDefinition.HeadLine.Role)

  public static let prefix = "_huizong."

  /// The name of this marker for a form.
  public func name(form id: String) -> String {
    let part =
      switch self {
      case .table: "table"
      case .figures: "figures"
      case .head(let role): role.rawValue
      }
    return Self.prefix + id.replacingHyphens + "." + part
  }

  /// What a defined name of a form's sheet marks; `nil` for any other name.
  ///
  /// - Returns: The marker, and the id of the form it belongs to.
  public static func parse(_ name: String, among forms: [FormDefinition]) -> (
    marker: FormMarker, form: String
  )? {
    for form in forms {
      let start = prefix + form.id.replacingHyphens + "."
      guard name.hasPrefix(start) else { continue }
      switch name.dropFirst(start.count) {
      case "table": return (.table, form.id)
      case "figures": return (.figures, form.id)
      case let role: return FormDefinition.HeadLine.Role(rawValue: String(role)).map { (.head($0), form.id) }
      }
    }
    return nil
  }
}

extension String {
  fileprivate var replacingHyphens: String { String(map { $0 == "-" ? "_" : $0 }) }
}
