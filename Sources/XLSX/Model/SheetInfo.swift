/// What the workbook part says about a sheet, known without parsing the sheet itself.
public struct SheetInfo: Hashable, Sendable {
  /// Whether a sheet shows, and whether a user can make it.
  public enum Visibility: String, Hashable, Sendable {
    case visible, hidden, veryHidden
  }
  /// What a sheet consists of.
  public enum Kind: String, Hashable, Sendable {
    case worksheet, chartsheet, dialogsheet
    /// Macros of Excel 4 in cells.
    case macrosheet
    /// Visual Basic as Excel 95 kept it, in a sheet: Excel lists it with an empty relationship and writes no part.
    case module
  }

  /// The name on its tab.
  public var name: String
  /// Whether it shows.
  public var visibility: Visibility
  /// What it consists of.
  public var kind: Kind
}
