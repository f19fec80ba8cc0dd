import Foundation
import XLSX

/// A sheet before it is one: cells with their looks, merges, sizes and print set-up, to be added to a workbook, streamed
/// into one, or written as another format.
///
/// Rows of which there may be a country's are not painted at once but when they are asked for, one at a time
/// (``paintLater(rows:_:)``): a draft of any length takes the memory of its fixed cells.
final class SheetDraft {
  struct Cell {
    var reference: CellReference
    var value: CellValue
    var look: Look
  }

  /// A style that many cells share: cells keep its number.
  struct Look: Hashable {
    fileprivate(set) var index: Int
  }

  /// Rows that are painted when they are asked for.
  private struct Band {
    var rows: ClosedRange<Int>
    /// Puts the cells of a row on the draft that it is given, which holds nothing else.
    var paint: (_ row: Int, _ sheet: SheetDraft) -> Void
  }

  let name: String
  private var fixed: [Cell] = []
  private var bands: [Band] = []
  private let looks: LookTable
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

  convenience init(_ name: String) {
    self.init(name, looks: LookTable())
    pageSetup.margins = .centimetres(left: 1.5, right: 1.5, top: 2, bottom: 1.8)
    pageSetup.scaling = .fit(width: 1, height: nil)
    pageSetup.centersHorizontally = true
    pageSetup.footer = "&C第&P页 共&N页"
  }

  private init(_ name: String, looks: LookTable) {
    self.name = name
    self.looks = looks
  }

  /// A style to be given to many cells, looked up once.
  func look(_ style: Style) -> Look { looks.look(style) }

  func put(_ value: CellValue, at reference: CellReference, _ look: Look) {
    fixed.append(Cell(reference: reference, value: value, look: look))
  }

  func put(_ value: CellValue, row: Int, column: Int, _ look: Look) {
    put(value, at: CellReference(row: row, column: column), look)
  }

  func put(_ value: CellValue, at reference: CellReference, _ style: Style) {
    put(value, at: reference, look(style))
  }

  func put(_ value: CellValue, row: Int, column: Int, _ style: Style) {
    put(value, at: CellReference(row: row, column: column), style)
  }

  /// One value over a range; the style is given to every cell of it, so that the borders are whole.
  func put(_ value: CellValue, over range: CellRange, _ style: Style) {
    put(value, over: range, look(style))
  }

  func put(_ value: CellValue, over range: CellRange, _ look: Look) {
    for row in range.rows {
      for column in range.columns {
        let reference = CellReference(row: row, column: column)
        put(reference == range.first ? value : .empty, at: reference, look)
      }
    }
    if !range.isSingleCell { merges.append(range) }
  }

  /// Rows, behind those that were to be painted later before, whose cells, merges, links and heights come when the row is
  /// asked for, which may be more than once.
  func paintLater(rows: Range<Int>, _ paint: @escaping (_ row: Int, _ sheet: SheetDraft) -> Void) {
    if rows.isEmpty { return }
    bands.append(Band(rows: rows.lowerBound...(rows.upperBound - 1), paint: paint))
  }

  /// Gives a cell that has a value already another look.
  ///
  /// - Complexity: O(cells put since)
  func restyle(_ reference: CellReference, _ style: Style) {
    guard let index = fixed.lastIndex(where: { $0.reference == reference }) else { return }
    fixed[index].look = look(style)
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

  /// Makes a cell a link to a place in the workbook. Past what a sheet can hold, the cell stays without one.
  func link(_ reference: CellReference, to location: String, tooltip: String) {
    // Excel shows at most 255 characters of a tooltip and calls a longer one damage.
    links.append((reference, Hyperlink(.location(location), tooltip: String(tooltip.prefix(250)))))
  }
}

extension SheetDraft {
  /// What is in one row.
  struct PaintedRow {
    var row: Int
    /// In the order of the columns, none twice.
    var cells: [Cell]
    var height: Double?
    var merges: [CellRange] = []
    var links: [(CellReference, Hyperlink)] = []
  }

  /// Every row with something in it, from the top down, each painted when its turn comes.
  ///
  /// - Complexity: O(rows + cells × log cells of a row)
  func forEachRow(_ body: (PaintedRow) throws -> Void) rethrows {
    let byRow = Dictionary(grouping: fixed.indices, by: { fixed[$0].reference.row })
    var later: [Int: Int] = [:]
    for (index, band) in bands.enumerated() { for row in band.rows { later[row] = index } }
    let rows = Set(byRow.keys).union(later.keys).union(heights.keys).sorted()
    let scratch = SheetDraft(name, looks: looks)
    for row in rows {
      var painted = PaintedRow(row: row, cells: (byRow[row] ?? []).map { fixed[$0] }, height: heights[row])
      if let band = later[row] {
        scratch.clear()
        bands[band].paint(row, scratch)
        painted.cells += scratch.fixed
        painted.merges = scratch.merges
        painted.links = scratch.links
        painted.height = scratch.heights[row] ?? painted.height
      }
      Self.order(&painted.cells)
      try body(painted)
    }
  }

  /// Of two cells at one place the later one counts.
  private static func order(_ cells: inout [Cell]) {
    if zip(cells, cells.dropFirst()).allSatisfy({ $0.reference.column < $1.reference.column }) { return }
    let last = Dictionary(cells.map { ($0.reference.column, $0) }, uniquingKeysWith: { $1 })
    cells = last.values.sorted { $0.reference.column < $1.reference.column }
  }

  private func clear() {
    fixed.removeAll(keepingCapacity: true)
    merges.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    heights.removeAll(keepingCapacity: true)
  }

  func style(of look: Look) -> Style { looks.styles[look.index] }

  /// The number of the last row in which something is painted.
  var lastRow: Int {
    max(fixed.map(\.reference.row).max() ?? 0, bands.map(\.rows.upperBound).max() ?? 0)
  }

  /// How many rows have something in them.
  var rowCount: Int {
    Set(fixed.map(\.reference.row)).union(bands.flatMap(\.rows)).count
  }

  /// Everything painted at once, for a format that is made from the whole sheet: cells with their styles, and merges.
  func painted() -> (cells: [(reference: CellReference, value: CellValue, style: Style)], merges: [CellRange])
  {
    var cells: [(reference: CellReference, value: CellValue, style: Style)] = []
    var merges = merges
    forEachRow { row in
      for cell in row.cells { cells.append((cell.reference, cell.value, style(of: cell.look))) }
      merges += row.merges
    }
    return (cells, merges)
  }
}

/// The styles of a draft, each once.
private final class LookTable {
  private(set) var styles: [Style] = []
  private var indices: [Style: Int] = [:]

  func look(_ style: Style) -> SheetDraft.Look {
    if let index = indices[style] { return SheetDraft.Look(index: index) }
    indices[style] = styles.count
    styles.append(style)
    return SheetDraft.Look(index: styles.count - 1)
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
  var cellNumber: Double {
    // Both parts are exact, and division rounds once: the nearest double.
    if let (significand, exponent) = parts, (-22...0).contains(exponent) {
      return Double(significand) / Self.powers[-exponent]
    }
    return Double(plainText) ?? .nan
  }

  private static let powers: [Double] = (0...22).reduce(into: []) { powers, _ in
    powers.append((powers.last ?? 0.1) * 10)
  }
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
