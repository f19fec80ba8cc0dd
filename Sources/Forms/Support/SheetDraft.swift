import Foundation
import XLSX

/// A sheet before it is one: cells with their looks, merges, sizes and print set-up, to be added to a workbook or written
/// as another format.
final class SheetDraft {
  let name: String
  private(set) var cells: [(reference: CellReference, value: CellValue, style: Style)] = []
  private(set) var merges: [CellRange] = []
  private(set) var widths: [Int: Double] = [:]
  private(set) var heights: [Int: Double] = [:]
  private(set) var links: [(CellReference, Hyperlink)] = []
  private(set) var charts: [Chart] = []
  private(set) var conditionalFormats: [ConditionalFormat] = []
  /// The cells that are headings, where ``pageSetup``'s repeated rows do not say so.
  private(set) var headings: [CellReference: Heading] = [:]
  /// Rows below the cells that are made as the workbook is written.
  var streamedRows: StreamedRows?
  var frozenAt: CellReference?
  var autoFilter: CellRange?
  var pageSetup = PageSetup()

  init(_ name: String) {
    self.name = name
    pageSetup.margins = .centimetres(left: 1.5, right: 1.5, top: 2, bottom: 1.8)
    pageSetup.scaling = .fit(width: 1, height: nil)
    pageSetup.centersHorizontally = true
    pageSetup.footer = "&C第&P页 共&N页"
  }

  func put(_ value: CellValue, at reference: CellReference, _ style: Style) {
    cells.append((reference, value, style))
  }

  func put(_ value: CellValue, row: Int, column: Int, _ style: Style) {
    put(value, at: CellReference(row: row, column: column), style)
  }

  /// One value over a range; the style is given to every cell of it, so that the borders are whole.
  func put(_ value: CellValue, over range: CellRange, _ style: Style) {
    for row in range.rows {
      for column in range.columns {
        let reference = CellReference(row: row, column: column)
        put(reference == range.first ? value : .empty, at: reference, style)
      }
    }
    if !range.isSingleCell { merges.append(range) }
  }

  /// Gives a cell that has a value already another look.
  func restyle(_ reference: CellReference, _ style: Style) {
    guard let index = cells.lastIndex(where: { $0.reference == reference }) else { return }
    cells[index].style = style
  }

  /// What a heading is over.
  enum Heading {
    case column, row
  }

  func markHeading(_ cell: CellReference, over: Heading) { headings[cell] = over }

  func width(_ width: Double, of column: Int) { widths[column] = width }
  func height(_ height: Double, of row: Int) { heights[row] = height }
  func add(_ chart: Chart) { charts.append(chart) }
  func add(_ rule: ConditionalFormat.Rule, for range: CellRange) { add(rule, for: [range]) }
  func add(_ rule: ConditionalFormat.Rule, for ranges: [CellRange]) {
    conditionalFormats.append(ConditionalFormat(ranges, rule))
  }

  /// Excel opens no sheet with more (65,530; its specifications and limits).
  private static let maximumLinks = 65_000

  /// Makes a cell a link to a place in the workbook. Past what a sheet can hold, the cell stays without one.
  func link(_ reference: CellReference, to location: String, tooltip: String) {
    guard links.count < Self.maximumLinks else { return }
    // Excel shows at most 255 characters of a tooltip and calls a longer one damage.
    links.append((reference, Hyperlink(.location(location), tooltip: String(tooltip.prefix(250)))))
  }
}

extension SheetDraft {
  /// Adds the sheet to a workbook.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse.
  func add(to book: Workbook) throws {
    let sheet = try book.addSheet(named: name)
    for cell in cells {
      sheet[cell.reference] = cell.value
      sheet.setStyle(cell.style, at: cell.reference)
    }
    for range in merges { try sheet.merge(range) }
    for (column, width) in widths { sheet.setColumnWidth(width, for: column) }
    for (row, height) in heights { sheet.setRowHeight(height, for: row) }
    for (reference, link) in links { sheet.setHyperlink(link, at: reference) }
    for chart in charts { try sheet.addChart(chart) }
    for format in conditionalFormats { try sheet.addConditionalFormat(format) }
    sheet.streamedRows = streamedRows
    sheet.freeze(at: frozenAt)
    sheet.autoFilter = autoFilter
    sheet.pageSetup = pageSetup
    sheet.view.showsGridLines = false
  }
}

extension CellRange {
  init(row: Int, columns: ClosedRange<Int>) {
    self.init(
      CellReference(row: row, column: columns.lowerBound), CellReference(row: row, column: columns.upperBound)
    )
  }

  init(rows: ClosedRange<Int>, column: Int) {
    self.init(
      CellReference(row: rows.lowerBound, column: column), CellReference(row: rows.upperBound, column: column)
    )
  }
}

extension Decimal {
  /// The double that stands for this decimal in a cell: the one nearest to it, by way of its digits.
  var cellNumber: Double { Double(plainText) ?? .nan }
}

extension CellValue {
  /// A figure, or an empty cell: blank is not zero.
  static func figure(_ figure: Decimal?) -> CellValue { figure.map { .number($0.cellNumber) } ?? .empty }

  /// A text, or an empty cell. The text is never taken for a formula, whatever it begins with.
  static func words(_ text: String?) -> CellValue {
    guard let text, !text.isEmpty else { return .empty }
    // A cell holds at most 32,767 UTF-16 units.
    return .text(text.utf16.count <= 32_767 ? text : String(text.prefix(16_000)))
  }

  /// A formula with the figure it gives; without a figure it gives an empty text.
  static func formula(_ text: String, giving figure: Decimal?) -> CellValue {
    .formula(Formula(text), cached: figure.map { .number($0.cellNumber) } ?? .text(""))
  }
}
