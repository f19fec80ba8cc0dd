import XLSX

/// Where a finding points to in a workbook: its own cell, or the label nearest to what is not there.
package struct FindingPlace {
  let submission: Submission
  let form: FormDefinition

  package init(submission: Submission, form: FormDefinition) {
    self.submission = submission
    self.form = form
  }

  /// The sheet and the cell; `nil` where a form has neither table nor cells.
  package func spot(of finding: Finding) -> (sheet: String, cell: CellReference)? {
    place(of: finding).map { ($0.sheet, $0.cell) }
  }

  func place(of finding: Finding) -> ReturnItem.Place? {
    cell(of: finding).map { ReturnItem.Place(sheet: finding.sheet ?? submission.sheet, cell: $0) }
  }

  private func cell(of finding: Finding) -> CellReference? {
    // A missing row or column has the table's corner for its cell; the label beside the gap says more.
    if finding.rule == "F05", let field = finding.field, let label = neighbour(of: field) { return label }
    if let cell = finding.cell { return cell }
    if let field = finding.field {
      if let cell = submission.reading(field)?.cell { return cell }
      let below = field.rawValue + "/"
      if let cell = submission.readings.first(where: { $0.field.rawValue.hasPrefix(below) && $0.cell != nil }
      )?
      .cell {
        return cell
      }
    }
    return submission.shape.table?.first ?? submission.readings.lazy.compactMap(\.cell).first
  }

  /// The heading that stands next to where a missing one belongs.
  private func neighbour(of path: FieldKey) -> CellReference? {
    guard let table = submission.shape.table else { return nil }
    let names = path.path
    let isRow = names.first.map { name in form.rows.contains { $0.name == name } } ?? false
    let missing = form.fields.indices.filter { form.fields[$0].key.path.contains(subsequence: names) }
    guard let first = missing.first, let last = missing.last else { return nil }
    let cells = form.fields.map { submission.reading($0.key)?.cell }
    let candidates =
      isRow
      ? Array(form.fields.indices[..<first].reversed()) + Array(form.fields.indices[last...])
      : form.fields.indices.filter { form.fields[$0].row == form.fields[first].row }
        .sorted { distance($0, first) < distance($1, first) }
    guard let cell = candidates.lazy.compactMap({ cells[$0] }).first else { return nil }
    return isRow
      ? CellReference(row: cell.row, column: table.first.column)
      : CellReference(row: table.first.row, column: cell.column)
  }

  private func distance(_ a: Int, _ b: Int) -> Int { abs(form.fields[a].column - form.fields[b].column) }
}

extension [Substring] {
  /// Whether some texts stand in this list in their order, with others between them or not.
  fileprivate func contains(subsequence wanted: [Substring]) -> Bool {
    var rest = wanted[...]
    for element in self where element == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
}
