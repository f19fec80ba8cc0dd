import XLSX

/// What all printed sheets of a campaign have in common: the annex's label and title at the top, official fonts, and A4.
struct PaperSheet {
  let sheet: Worksheet
  let layout: FormLayout
  let columns: Int

  /// The label in row 1, the title in row 2 across the whole width.
  func head(label: String, title: String) throws {
    sheet["A1"] = .text(label)
    sheet.setStyle(
      Style(
        font: Font(name: layout.labelFont, size: layout.labelSize),
        alignment: Alignment(horizontal: .left, vertical: .center)), at: "A1")
    sheet.setRowHeight(layout.labelSize * 1.75, for: 1)

    let lines = layout.titleLines.isEmpty ? [title] : layout.titleLines
    try fill("A2", through: columns, rows: 1, with: lines.joined(separator: "\n"), style: titleStyle)
    // A line that is wider than the page wraps.
    let wrapped = lines.reduce(0) { count, line in
      count
        + max(1, Int((TextWidth.characters(line, size: layout.titleSize) / layout.textWidth).rounded(.up)))
    }
    sheet.setRowHeight(Double(wrapped) * layout.titleSize * 1.4 + 14, for: 2)
  }

  /// Puts a text into a cell that may reach over several rows and columns, merged then.
  func fill(_ first: CellReference, through column: Int, rows: Int, with text: String, style: Style) throws {
    try fill(
      CellRange(first, CellReference(row: first.row + rows - 1, column: column)), with: .text(text),
      style: style)
  }

  /// A heading that is too wide for its column goes on below from its bracket, rather than wherever the line ends:
  /// `封山育林` over `（亩）`.
  func broken(_ heading: String, toFit width: Double) -> String {
    guard TextWidth.characters(heading, size: layout.textSize) > width - 1,
      let bracket = heading.firstIndex(where: { $0 == "（" || $0 == "(" }), bracket != heading.startIndex
    else { return heading }
    return heading[..<bracket] + "\n" + heading[bracket...]
  }

  func fill(_ range: CellRange, with value: CellValue, style: Style) throws {
    if !value.isEmpty { sheet[range.first] = value }
    // Every cell of a merged range carries the border, or Excel draws only the part around the first one.
    sheet.setStyle(style, for: range)
    if !range.isSingleCell { try sheet.merge(range) }
  }

  /// A4, centred, on one page, nothing but the form.
  func setUpPage(_ area: CellRange) {
    var page = PageSetup()
    page.orientation = layout.landscape ? .landscape : .portrait
    page.margins = .centimetres(
      left: layout.margins.left, right: layout.margins.right, top: layout.margins.top,
      bottom: layout.margins.bottom)
    page.scaling = .fit(width: 1, height: 1)
    page.centersHorizontally = true
    page.printArea = [area]
    sheet.pageSetup = page
    var view = sheet.view
    view.showsGridLines = false
    sheet.view = view
  }

  // Styles.

  var textFont: Font { Font(name: layout.textFont, size: layout.textSize) }

  private var titleStyle: Style {
    Style(
      font: Font(name: layout.titleFont, size: layout.titleSize),
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
  }

  /// Headings and whatever else is printed in the table.
  var cellStyle: Style {
    Style(
      font: textFont, borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
  }

  /// A figure. Figures must stay readable as a whole, so long ones shrink.
  var figureStyle: Style {
    Style(
      font: textFont, borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, shrinksToFit: true))
  }

  /// Text outside the table.
  var lineStyle: Style {
    Style(font: textFont, alignment: Alignment(horizontal: .left, vertical: .center, shrinksToFit: true))
  }
}
