import XLSX

/// Which form the titles of a sheet say that its parts are, where several forms stand on it.
///
/// Forms share words, and what stands under another form's title is not this form's, however well it would fit.
struct TitledSections {
  private struct Band {
    var firstRow: Int
    var lastRow: Int
    /// The first column of each form's titles.
    var columns: [Int: Int]
  }

  private var bands: [Band] = []

  /// Rows between a label, a title of two lines, and the title of the table beside it, at most.
  private static let bandHeight = 3

  /// - Returns: `nil` unless the sheet has titles of several forms.
  init?(_ sheet: SheetText) {
    guard let first = sheet.titles.first, sheet.titles.contains(where: { $0.form != first.form }) else {
      return nil
    }
    for match in sheet.titles {
      if let last = bands.last, match.cell.row - last.lastRow <= Self.bandHeight {
        bands[bands.count - 1].lastRow = match.cell.row
      } else {
        bands.append(Band(firstRow: match.cell.row, lastRow: match.cell.row, columns: [:]))
      }
      let known = bands[bands.count - 1].columns[match.form] ?? .max
      bands[bands.count - 1].columns[match.form] = min(known, match.cell.column)
    }
  }

  /// The form whose title is over a cell, or `nil` if that cannot be told.
  func form(of cell: CellReference) -> Int? {
    let next = bands.partitioningIndex { $0.firstRow > cell.row }
    guard next > 0 else { return nil }
    let columns = bands[next - 1].columns
    if columns.count == 1 { return columns.keys.first }
    guard Set(columns.values).count == columns.count else { return nil }
    return columns.filter { $0.value <= cell.column }.max { $0.value < $1.value }?.key
  }
}
