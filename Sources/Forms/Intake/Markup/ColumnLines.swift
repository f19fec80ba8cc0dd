/// The lines between the columns of a document's table. Word and LibreOffice draw rows whose borders differ by a hair with a
/// column of its own for the hair, over which headings and figures then reach differently; such a column is none.
struct ColumnLines {
  /// By line, from the left edge: the column that begins there, from 0.
  private let columns: [Int]

  /// Closer lines are one (points): no figure has room between them.
  private static let hair = 5.0

  /// - Parameter widths: Of the columns, in points; empty where they are not told.
  init(_ widths: [Double]) {
    var columns = [0]
    var (place, start) = (0.0, 0.0)
    for width in widths {
      place += width.isFinite ? max(0, width) : 0
      if place - start < Self.hair {
        columns.append(columns.last ?? 0)
      } else {
        columns.append((columns.last ?? 0) + 1)
        start = place
      }
    }
    self.columns = columns
  }

  /// Whether every column is one.
  var isPlain: Bool { (columns.last ?? 0) == columns.count - 1 }

  /// The column that begins at a line; lines beyond those that are told begin columns of their own.
  func column(at line: Int) -> Int {
    let last = columns.count - 1
    return line <= last ? columns[max(0, line)] : columns[last] + (line - last)
  }
}
