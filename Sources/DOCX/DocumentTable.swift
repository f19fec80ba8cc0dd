/// A table of given columns, in whose grid cells lie that may reach over several of them.
package struct DocumentTable: Sendable {
  package struct Cell: Sendable {
    package enum VerticalAlignment: String, Sendable {
      case top, center, bottom
    }

    /// Both from 0.
    package var row: Int
    package var column: Int
    package var rows = 1
    package var columns = 1
    package var paragraph: Paragraph
    package var verticalAlignment = VerticalAlignment.center
    package var hasBorders = true
    /// `FFD7D5`; `nil` for none.
    package var fill: String?

    package init(row: Int, column: Int, _ paragraph: Paragraph) {
      self.row = row
      self.column = column
      self.paragraph = paragraph
    }
  }

  /// In points, from the left.
  package var columnWidths: [Double]
  /// At least so high; `nil` as high as the text.
  package var rowHeights: [Double?]
  /// No two lie over each other: the later is left out.
  package var cells: [Cell]
  /// How many rows at the top are repeated on every page.
  package var headingRows = 0
  /// What the table shows, for whoever does not see it.
  package var description: String?

  package init(columnWidths: [Double], rowHeights: [Double?], cells: [Cell]) {
    self.columnWidths = columnWidths
    self.rowHeights = rowHeights
    self.cells = cells
  }
}
