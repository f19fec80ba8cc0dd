import XLSX

/// The rows and columns of a located table: what of the sheet belongs to it.
struct TableLines: Sendable {
  /// The rows and the columns of its figures.
  var rows: [ClosedRange<Int>]
  var columns: [ClosedRange<Int>]
  /// The rows in which its column headings stand, and the columns of its row headings; `nil` without such headings.
  var headRows: ClosedRange<Int>?
  var stubColumns: ClosedRange<Int>?
  /// Rows and columns under its headings that belong to another time or kind.
  var asideRows: [ClosedRange<Int>]
  var asideColumns: [ClosedRange<Int>]
  /// What its headings say.
  var rowContents: Set<HeadingLine.Content>
  var columnContents: Set<HeadingLine.Content>

  /// The line of a list: what stands beside it are the list's other columns.
  static let ofListLine = TableLines()

  private init() {
    (rows, columns, asideRows, asideColumns) = ([], [], [], [])
    (rowContents, columnContents) = ([], [])
  }

  init(_ table: TableCandidate) {
    let places = table.places.values.joined()
    rows = table.left.isEmpty ? Array(Set(places.map(\.rows))) : table.left.map(\.lines)
    columns = table.above.isEmpty ? Array(Set(places.map(\.columns))) : table.above.map(\.lines)
    stubColumns = Self.union(table.left.map(\.tracks))
    let caption = table.above.isEmpty ? table.caption : nil
    headRows = Self.union(table.above.map(\.tracks)) ?? caption.map { $0...$0 }
    asideRows = table.aside(.left)
    asideColumns = table.aside(.above)
    rowContents = Set(table.left.map(\.content))
    columnContents = Set(table.above.map(\.content))
  }

  private static func union(_ ranges: [ClosedRange<Int>]) -> ClosedRange<Int>? {
    guard let first = ranges.map(\.lowerBound).min(), let last = ranges.map(\.upperBound).max() else {
      return nil
    }
    return first...last
  }
}
