import Foundation
import XLSX

/// Finds rows and columns of sums that a unit added to a form: they are verified, never read as the form's own.
struct AddedTotals {
  private let table: TableCandidate
  private let form: FormDefinition
  private let sheet: SheetText
  /// The headings of the tables around this one, and where these stand.
  private let foreign: Set<Int>
  private let neighbours: [CellRange]

  /// How far outside the form's own rows and columns such a sum is looked for.
  private static let reach = 3

  init(
    _ table: TableCandidate, form: FormDefinition, sheet: SheetText, foreign: Set<Int>,
    neighbours: [CellRange]
  ) {
    self.table = table
    self.form = form
    self.sheet = sheet
    self.foreign = foreign
    self.neighbours = neighbours
  }

  func totals() -> [FormShape.GrandTotal] {
    totals(on: .left, own: table.left, across: table.above)
      + totals(on: .above, own: table.above, across: table.left)
  }

  private func totals(
    on side: HeadingSide, own: [HeadingLine], across: [HeadingLine]
  ) -> [FormShape.GrandTotal] {
    guard let first = own.map(\.lines.lowerBound).min(), let last = own.map(\.lines.upperBound).max() else {
      return []
    }
    let tracks = Set(own.flatMap(\.anchors)).sorted()
    let taken = own.map(\.lines) + table.aside(side)
    var found: [FormShape.GrandTotal] = []
    for line in max(1, first - Self.reach)...(last + Self.reach)
    where !taken.contains(where: { $0.contains(line) }) {
      guard let label = label(of: line, tracks: tracks, side: side, ofRows: isOfRows(own)) else { continue }
      found += totals(of: line, label, side: side, own: own, across: across)
    }
    return found
  }

  private struct TotalLabel {
    var text: String
    /// What else the line's headings say: `总计` before `场次` adds up the 场次.
    var meaning: HeadingMeaning?
  }

  /// The words of a line of sums; `nil` for any other line.
  private func label(of line: Int, tracks: [Int], side: HeadingSide, ofRows: Bool) -> TotalLabel? {
    var labels: [String] = []
    var isTotal = false
    var meaning: HeadingMeaning?
    // What stands in the line itself closes it; only what is left of that may be carried from an earlier line.
    guard
      let last = tracks.last(where: { heading(of: line, inTrack: $0, side: side, carried: false) != nil })
    else { return nil }
    for track in tracks where track <= last {
      guard let cell = heading(of: line, inTrack: track, side: side, carried: true) else { continue }
      guard case .text(let text)? = sheet.grid.cells[cell]?.shown else { continue }
      // The headings of the next table are nobody's sums, and those beside it are its own.
      if sheet.words.groups.standing(of: text) == .other { return nil }
      if isNearerToNeighbour(cell) || sheet.headingIndices[cell].map(foreign.contains) ?? false { return nil }
      let words = sheet.words.headings
      if ofRows, meaning == nil,
        let own = words.meaningsOfAddedTotal(text).first(where: { $0.form == table.form })
      {
        isTotal = true
        meaning = own
        labels.append(text.squeezed)
      } else if words.isAddedTotalWord(text, forRows: ofRows) {
        isTotal = true
        labels.append(text.squeezed)
      } else if let index = sheet.headingIndices[cell],
        let own = sheet.headings[index].meanings.first(where: { $0.form == table.form })
      {
        guard let joined = meaning.map({ $0.joined(with: own) }) ?? own else { return nil }
        meaning = joined
        labels.append(text.squeezed)
      } else if side.line(of: cell) == line {
        return nil
      }
    }
    return isTotal ? TotalLabel(text: labels.joined(separator: " "), meaning: meaning) : nil
  }

  private func isNearerToNeighbour(_ cell: CellReference) -> Bool {
    guard !neighbours.isEmpty, let extent = table.extent(on: sheet) else { return false }
    let own = extent.distance(to: cell)
    return neighbours.contains { $0.distance(to: cell) < own }
  }

  /// The cell that heads a line in a track: in the line, merged over it, or the last one before it.
  private func heading(of line: Int, inTrack track: Int, side: HeadingSide, carried: Bool) -> CellReference? {
    let filled = side == .left ? sheet.filledRows(inColumn: track) : sheet.filledColumns(inRow: track)
    let next = filled.partitioningIndex { $0 > line }
    guard next > 0 else { return nil }
    let cell = side.cell(line: filled[next - 1], track: track)
    let extent = side.lines(of: sheet.merges.extent(of: cell))
    if extent.contains(line) { return cell }
    return extent.count == 1 && carried && line - extent.lowerBound <= 8 ? cell : nil
  }

  private func totals(
    of line: Int, _ label: TotalLabel, side: HeadingSide, own: [HeadingLine], across: [HeadingLine]
  ) -> [FormShape.GrandTotal] {
    // Without headings on the other side there is one row of figures, in the place of the fields.
    let lanes: [(span: ClosedRange<Int>, line: HeadingLine?)] =
      across.isEmpty ? figureLanes(side).map { ($0, nil) } : across.map { ($0.lines, $0) }
    return lanes.compactMap { lane in
      let parts = own.compactMap { part -> Int? in
        let field =
          lane.line.map { crossing(part, $0) }
          ?? part.field.map { $0.row * form.columnLeaves.count + $0.column }
        guard let field, form.fields.indices.contains(field), isPart(field, of: label, own: own) else {
          return nil
        }
        return field
      }
      return total(parts, label, at: side.cell(line: line, track: lane.span.lowerBound), lane: lane.line)
    }
  }

  private func figureLanes(_ side: HeadingSide) -> [ClosedRange<Int>] {
    Set(table.places.values.joined().map { side.tracks(of: $0).lowerBound }).sorted().map { $0...$0 }
  }

  private func crossing(_ a: HeadingLine, _ b: HeadingLine) -> Int? {
    guard let meaning = a.meaning.joined(with: b.meaning), let row = meaning.rows.single,
      let column = meaning.columns.single
    else { return nil }
    return row * form.columnLeaves.count + column
  }

  /// Whether a field is among what a line of sums adds up: it fits the line's other headings, and is not itself a sum
  /// in the same direction.
  private func isPart(_ index: Int, of label: TotalLabel, own: [HeadingLine]) -> Bool {
    let field = form.fields[index]
    if let meaning = label.meaning,
      !meaning.rows.contains(field.row) || !meaning.columns.contains(field.column)
    {
      return false
    }
    let path = isOfRows(own) ? form.rowLeaves[field.row] : form.columnLeaves[field.column]
    return !path.contains(where: \.isTotal)
  }

  /// Whether lines stand for the form's rows, on whatever side they are: a sum of them adds up rows.
  private func isOfRows(_ lines: [HeadingLine]) -> Bool {
    lines.contains { !$0.meaning.levels.isDisjoint(with: .rows) }
  }

  /// The sum in a cell; of parts in several measures, it adds up those of the measure that it comes nearest to, unless
  /// it is the check sum (核对数) of all figures, whatever they measure.
  private func total(
    _ fields: [Int], _ label: TotalLabel, at cell: CellReference, lane: HeadingLine?
  ) -> FormShape.GrandTotal? {
    let groups = Dictionary(grouping: fields) { form.fields[$0].measure.unit }.values
      .filter { $0.count > 1 }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    guard let first = groups.first?.first else { return nil }
    sheet.probe.isUsed = true
    let measure = form.fields[first].measure
    guard let figure = CellFigure(sheet.grid, at: sheet.merges.anchor(of: cell), measure: measure).figure
    else {
      return nil
    }
    let isCheckSum = groups.count > 1 && distance(fields, figure) == 0
    let nearest = isCheckSum ? fields : groups.min { distance($0, figure) < distance($1, figure) } ?? []
    let column = lane.map { $0.headings.map { sheet.headings[$0].text.squeezed }.joined() } ?? label.text
    return FormShape.GrandTotal(
      label: label.text, column: column, cell: cell, figure: figure,
      parts: nearest.map { form.fields[$0].key })
  }

  private func distance(_ fields: [Int], _ figure: Decimal) -> Decimal {
    let sum = fields.reduce(Decimal(0)) { sum, field in
      guard let place = table.places[field]?.first?.first else { return sum }
      return sum
        + (CellFigure(sheet.grid, at: sheet.merges.anchor(of: place), measure: form.fields[field].measure)
          .figure ?? 0)
    }
    return sum < figure ? figure - sum : sum - figure
  }
}

extension CellRange {
  /// How many rows or columns a cell is away; 0 inside.
  fileprivate func distance(to cell: CellReference) -> Int {
    max(first.row - cell.row, cell.row - last.row, first.column - cell.column, cell.column - last.column, 0)
  }
}
