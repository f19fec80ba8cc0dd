@testable import XLSX

/// What a returned form gets, in a line each.
extension Workbook {
  func mark(_ cell: CellReference, inSheet name: String, with color: Color) throws {
    try sheet(named: name).cell(cell).style.fill = .solid(color)
  }

  func setComment(_ comment: CellComment, at cell: CellReference, inSheet name: String) throws {
    try sheet(named: name).setComment(comment, at: cell)
  }

  /// Puts the first sheet of another workbook in front, and lets this one open on it.
  func putInFront(_ book: Workbook) throws {
    let sheet = try book.sheet(at: 0)
    try copySheet(sheet, as: sheet.name)
    try moveSheet(named: sheet.name, to: 0)
    try activateSheet(named: sheet.name)
  }
}
