/// What the workbook part says about a sheet, known without parsing the sheet itself.
public struct SheetInfo: Hashable, Sendable {
  public enum Visibility: String, Hashable, Sendable {
    case visible, hidden, veryHidden
  }
  public enum Kind: String, Hashable, Sendable {
    case worksheet, chartsheet, dialogsheet
    /// Macros of Excel 4 in cells.
    case macrosheet
    /// Visual Basic as Excel 95 kept it, in a sheet: Excel lists it with an empty relationship and writes no part.
    case module
  }

  public var name: String
  public var visibility: Visibility
  public var kind: Kind
}
