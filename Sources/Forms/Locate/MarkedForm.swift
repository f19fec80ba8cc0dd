import XLSX

/// The hidden names that a form written by this program carries on a sheet.
///
/// The headings say where figures stand; the names only help where a unit has rewritten a heading in words that nobody
/// foresaw. They are believed as long as they agree with every heading that was recognised.
struct MarkedForm {
  let form: Int
  private let figures: CellRange
  private let table: CellRange
  private let head: [FormDefinition.HeadLine.Role: CellReference]

  /// The marked forms of a sheet.
  static func all(in book: GridBook, sheet: String, forms: [FormDefinition]) -> [MarkedForm] {
    var figures: [Int: CellRange] = [:]
    var tables: [Int: CellRange] = [:]
    var head: [Int: [FormDefinition.HeadLine.Role: CellReference]] = [:]
    for marker in book.markers where marker.sheet == sheet {
      guard let (part, id) = FormMarker.parse(marker.name, among: forms),
        let form = forms.firstIndex(where: { $0.id == id })
      else { continue }
      switch part {
      case .figures: figures[form] = marker.range
      case .head(let role): head[form, default: [:]][role] = marker.range.first
      case .table: tables[form] = marker.range
      }
    }
    return figures.sorted { $0.key < $1.key }.map {
      MarkedForm(
        form: $0.key, figures: $0.value, table: tables[$0.key] ?? $0.value, head: head[$0.key] ?? [:])
    }
  }

  /// Gives the fields that have no place theirs, if the names agree with all that have one and something is written
  /// where their headings belong.
  ///
  /// - Returns: The headings in other words.
  func complete(_ table: inout TableCandidate, form: FormDefinition, sheet: SheetText) -> [FormShape.Label] {
    guard figures.rows.count == form.rowLeaves.count, figures.columns.count == form.columnLeaves.count,
      form.fields.indices.contains(where: { table.places[$0] == nil }), !table.places.isEmpty,
      table.places.allSatisfy({ field, ranges in
        ranges.allSatisfy { $0.contains(place(of: form.fields[field])) }
      })
    else { return [] }
    // What is written beside and above decides.
    sheet.probe.isUsed = true
    var labels: [FormShape.Label] = []
    for (index, field) in form.fields.enumerated() where table.places[index] == nil {
      let cell = place(of: field)
      let left = headings(.left, of: cell, sheet: sheet)
      let above = headings(.above, of: cell, sheet: sheet)
      guard form.rowLeaves[field.row].isEmpty || !left.isEmpty,
        form.columnLeaves[field.column].isEmpty || !above.isEmpty
      else { continue }
      table.add(CellRange(cell), for: index)
      for (headings, path) in [(left, form.rowLeaves[field.row]), (above, form.columnLeaves[field.column])] {
        for heading in headings where !labels.contains(where: { $0.cell == heading.cell }) {
          if sheet.headingIndices[heading.cell] != nil { continue }
          labels.append(
            FormShape.Label(
              label: path.map(\.name).joined(separator: "/"), written: heading.text.squeezed,
              cell: heading.cell))
        }
      }
    }
    return labels
  }

  /// A line's cell, where its label was lost.
  func line(_ role: FormDefinition.HeadLine.Role) -> CellReference? { head[role] }

  func overlaps(_ extent: CellRange) -> Bool { figures.overlaps(extent) }

  private func place(of field: Field) -> CellReference {
    figures.first.offset(rows: field.row, columns: field.column)
  }

  /// The texts left of the figures in a cell's row, or above them in its column.
  private func headings(
    _ side: HeadingSide, of cell: CellReference, sheet: SheetText
  ) -> [(cell: CellReference, text: String)] {
    let edge = side.track(of: figures.first)
    var found: [(cell: CellReference, text: String)] = []
    for track in max(1, edge - 4)..<max(1, edge) {
      let heading = sheet.merges.anchor(of: side.cell(line: side.line(of: cell), track: track))
      guard table.contains(heading) else { continue }
      if case .text(let text)? = sheet.grid.cells[heading]?.shown,
        !found.contains(where: { $0.cell == heading })
      {
        found.append((heading, text))
      }
    }
    return found
  }
}
