import XLSX

/// The place of a figure in the file in which it was reported.
public struct FigureOrigin: Hashable, Sendable, Codable {
  public var file: String
  public var sheet: String
  public var cell: CellReference?
  /// What stood there.
  public var raw: String

  public init(file: String, sheet: String, cell: CellReference?, raw: String) {
    self.file = file
    self.sheet = sheet
    self.cell = cell
    self.raw = raw
  }
}
