/// What the workbook part says about a sheet, known without parsing the sheet itself.
public struct SheetInfo: Hashable, Sendable {
  public enum Visibility: String, Hashable, Sendable {
    case visible, hidden, veryHidden
  }
  public enum Kind: String, Hashable, Sendable {
    case worksheet, chartsheet, dialogsheet, macrosheet
  }

  public var name: String
  public var visibility: Visibility
  public var kind: Kind
}
