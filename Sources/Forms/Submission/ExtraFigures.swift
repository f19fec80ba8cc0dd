import Foundation
import XLSX

/// Finds figures beside a form's own, in rows and columns under a label that the form does not have.
struct ExtraFigures {
  private let located: LocatedForm
  private let grid: Grid
  private let words: FormVocabulary
  /// Where the other forms on the sheet stand.
  private let neighbours: [CellRange]
  private let lines: TableLines

  /// Rows and columns beyond the table that are looked at.
  private static let reach = (rows: 24, columns: 12)
  /// How far left of the headings a line around the table may begin: by the column of numbers of rows.
  private static let margin = 3

  init(_ located: LocatedForm, grid: Grid, words: FormVocabulary, neighbours: [CellRange]) {
    self.located = located
    self.grid = grid
    self.words = words
    self.neighbours = neighbours
    lines = located.lines
  }

  /// The labels with how many figures stand under each, in the order of the sheet.
  ///
  /// - Complexity: O(rows + columns of the table) where nothing is added.
  func extras() -> [FormShape.Extra] {
    guard located.shape.undecided == nil, !lines.rows.isEmpty, !lines.columns.isEmpty else { return [] }
    var found: [(label: String, cell: CellReference, figure: Decimal?)] = []
    let own = Set(lines.rows.flatMap { $0.prefix(64) })
    let rows = own.sorted()
    let columns = Set(lines.columns.flatMap { $0.prefix(64) }).sorted()
    for (column, label) in extraColumns(columns) {
      found += rows.compactMap { figure(at: CellReference(row: $0, column: column), label) }
    }
    for (row, label) in extraRows(own, columns: columns) {
      found += columns.compactMap { figure(at: CellReference(row: row, column: $0), label) }
    }
    var extras: [FormShape.Extra] = []
    // Zeros alone leave nothing out.
    let told = Set(found.filter { $0.figure != 0 }.map(\.label))
    for (label, cell, _) in found where told.contains(label) {
      if let index = extras.firstIndex(where: { $0.label == label }) {
        extras[index].count += 1
      } else {
        extras.append(FormShape.Extra(label: label, cell: cell, count: 1))
      }
    }
    return extras.sorted { $0.cell < $1.cell }
  }

  private func figure(
    at cell: CellReference, _ label: String
  ) -> (label: String, cell: CellReference, figure: Decimal?)? {
    guard let content = grid.cells[cell], !content.isDate, located.merges.anchor(of: cell) == cell else {
      return nil
    }
    let reading = FigureText.read(content.shown, measure: Measure(unit: ""))
    if case .figure(let figure) = reading.state { return (label, cell, figure) }
    for case .notANumber(let candidates) in reading.notes {
      // 3所: a figure with a unit that nobody told us of.
      if case .text(let text) = content.shown, candidates.count == 1, text.count <= 8 {
        return (label, cell, nil)
      }
    }
    return nil
  }

  // Columns

  private func extraColumns(_ columns: [Int]) -> [(column: Int, label: String)] {
    guard let head = lines.headRows, let first = columns.first, let last = columns.last else { return [] }
    let own = Set(columns).union(lines.asideColumns.flatMap { $0.prefix(64) })
      .union(lines.stubColumns.map { Set($0) } ?? [])
    var found: [(Int, String)] = []
    func look(at column: Int) -> Bool {
      if own.contains(column) { return true }
      guard !isNeighbour(CellReference(row: head.upperBound, column: column)),
        case let label = label(ofColumn: column, in: head), label.isThere
      else { return false }
      if let name = label.named { found.append((column, name)) }
      return true
    }
    for column in first...last { _ = look(at: column) }
    // A heading that was merged over two columns may have lost the second one.
    var blanks = 0
    for column in (last + 1)...(last + Self.reach.columns) {
      // 填报时间： and what stands behind it, beside the table.
      if blanks > 1 || isHeadLine(inColumn: column, rows: head) { break }
      blanks = look(at: column) ? 0 : blanks + 1
    }
    // Left of a table with row headings stand numbers of rows.
    if lines.stubColumns == nil, first > 1 {
      for column in stride(from: first - 1, through: max(1, first - Self.reach.columns), by: -1)
      where !look(at: column) { break }
    }
    return found
  }

  private func isHeadLine(inColumn column: Int, rows: ClosedRange<Int>) -> Bool {
    rows.contains { row in
      guard case .text(let text)? = grid.cells[CellReference(row: row, column: column)]?.shown else {
        return false
      }
      return !words.headLines.matches(in: text).isEmpty
    }
  }

  /// Whether words stand over a column, and which; `named` is `nil` where it says that no figures of ours stand there.
  private func label(ofColumn column: Int, in head: ClosedRange<Int>) -> (named: String?, isThere: Bool) {
    var texts: [String] = []
    for row in head {
      let cell = located.merges.anchor(of: CellReference(row: row, column: column))
      if case .text(let text)? = grid.cells[cell]?.shown, !text.isInvisible, !texts.contains(text) {
        texts.append(text)
      }
    }
    return texts.isEmpty ? (nil, false) : (named(texts), true)
  }

  /// The label among the words of a line that is not the form's.
  private func named(_ texts: [String]) -> String? {
    if texts.contains(where: { words.groups.isRemark($0) || words.groups.standing(of: $0) == .other }) {
      return nil
    }
    let strange = texts.filter { words.headings.meanings(of: $0).isEmpty }
    let own = strange.first { words.groups.standing(of: $0) == .neutral }
    guard let label = own ?? (strange.isEmpty ? texts.last : nil),
      !words.headings.isAddedTotalWord(label, forRows: true),
      words.headings.meaningsOfAddedTotal(label).isEmpty
    else { return nil }
    return label.squeezed
  }

  // Rows

  private func extraRows(_ own: Set<Int>, columns: [Int]) -> [(row: Int, label: String)] {
    guard let stub = lines.stubColumns, let first = own.min(), let last = own.max() else { return [] }
    let aside = Set(lines.asideRows.flatMap { $0.prefix(64) })
    var found: [(Int, String)] = []
    var group: String?
    for row in first...(last + Self.reach.rows) {
      if own.contains(row) || aside.contains(row) {
        group = nil
        continue
      }
      let texts = stub.compactMap { column -> (cell: CellReference, text: String)? in
        let cell = located.merges.anchor(of: CellReference(row: row, column: column))
        guard case .text(let text)? = grid.cells[cell]?.shown, !text.isInvisible else { return nil }
        return (cell, text)
      }
      let isEnd =
        texts.isEmpty || isNeighbour(CellReference(row: row, column: stub.lowerBound))
        || texts.contains { !words.titles.matches(of: $0.text, at: $0.cell).isEmpty }
        || hasHeadLine(row, to: columns)
      if isEnd {
        if row > last { break }
        group = nil
        continue
      }
      let strange = texts.contains { words.headings.meanings(of: $0.text).isEmpty }
      if strange {
        group = named(texts.map(\.text))
      } else if group == nil, row > last {
        break
      }
      if let group { found.append((row, group)) }
    }
    return found
  }

  /// Whether a label such as 填报人 stands anywhere in a row of the table.
  private func hasHeadLine(_ row: Int, to columns: [Int]) -> Bool {
    let first = max(1, (lines.stubColumns?.lowerBound ?? 1) - Self.margin)
    return (first...max(first, columns.last ?? first)).contains { isHeadLine(inColumn: $0, rows: row...row) }
  }

  private func isNeighbour(_ cell: CellReference) -> Bool { neighbours.contains { $0.contains(cell) } }
}
