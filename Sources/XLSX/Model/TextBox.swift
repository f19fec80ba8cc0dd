/// A shape with text that floats over a sheet.
package struct TextBox: Hashable, Sendable {
  /// The text, paragraphs parted by line feeds. Of the fonts only what crosses out, raises and lowers is kept.
  package var text: RichText
  /// The cells under the shape's corners and between them.
  package var cells: CellRange

  /// A text box over some cells.
  package init(_ text: RichText, over cells: CellRange) {
    self.text = text
    self.cells = cells
  }
}
