import XLSX

/// The lines around a table (填报单位, 填报时间, 填报人, 联系电话) that stand in text boxes over the sheet.
///
/// What stands in a cell comes first: a box only fills in what no cell says. Boxes are no part of a layout, so that this is
/// done for every workbook, whether its layout is known or not.
extension FormLocator {
  private typealias Role = FormDefinition.HeadLine.Role

  private struct Line {
    /// By the form's position; empty for a text without a label.
    var roles: [Int: Role] = [:]
    var value: String
    var cells: CellRange?
  }

  /// - Complexity: O(1) for a workbook without text boxes, O(forms × boxes) otherwise.
  func completed(_ forms: [LocatedForm], in book: GridBook) -> [LocatedForm] {
    guard book.grids.contains(where: { !$0.textBoxes.isEmpty }) else { return forms }
    let bySheet = book.grids.map { grid in grid.textBoxes.flatMap { lines(of: $0) } }
    return forms.map { form in
      guard bySheet.indices.contains(form.sheet), !bySheet[form.sheet].isEmpty else { return form }
      return completed(form, by: bySheet[form.sheet])
    }
  }

  private func lines(of box: FloatingText) -> [Line] {
    guard box.text.utf8.count <= 4_000 else { return [] }
    return box.text.split(whereSeparator: \.isNewline).flatMap { text -> [Line] in
      let text = String(text)
      let matches = words.headLines.matches(in: text).filter { $0.certainty > .attached }
      if matches.isEmpty {
        let value = text.trimmedOfInvisible
        guard !value.isEmpty, !HeadLineVocabulary.isPlaceholder(value), !HeadLineVocabulary.isRemark(value),
          words.headings.meanings(of: value).isEmpty
        else { return [] }
        return [Line(value: value, cells: box.cells)]
      }
      return matches.filter { !$0.value.isEmpty }.map {
        Line(roles: $0.roles, value: $0.value, cells: box.cells)
      }
    }
  }

  private func completed(_ form: LocatedForm, by lines: [Line]) -> LocatedForm {
    guard let index = words.forms.firstIndex(where: { $0.id == form.form.id }) else { return form }
    var form = form
    for role in Role.allCases where form.form.headLine(role) != nil && form.head[role]?.raw.isEmpty ?? true {
      let labelled = lines.filter { $0.roles[index] == role }
        .min { distance($0, from: form) < distance($1, from: form) }
      guard let line = labelled ?? lines.first(where: { lies($0, at: role, of: form) }) else { continue }
      form.head[role] = HeadReading(cell: form.head[role]?.cell, raw: line.value)
    }
    return form
  }

  /// How many rows a box is from a form's table.
  private func distance(_ line: Line, from form: LocatedForm) -> Int {
    guard let box = line.cells?.rows, let table = form.shape.table?.rows else { return Int.max }
    return max(0, table.lowerBound - box.upperBound, box.lowerBound - table.upperBound)
  }

  /// Whether a text without a label lies where a line's value belongs, and where that of no other line does.
  private func lies(_ line: Line, at role: Role, of form: LocatedForm) -> Bool {
    guard line.roles.isEmpty, let box = line.cells else { return false }
    func isBehind(_ reading: HeadReading) -> Bool {
      guard let place = reading.cell else { return false }
      return box.rows.contains(place.row) && box.last.column >= place.column
        && box.first.column <= place.column + 3
    }
    return form.head.filter { isBehind($0.value) && $0.value.raw.isEmpty }.map(\.key) == [role]
  }
}
