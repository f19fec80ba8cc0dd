import XLSX

/// Parts the forms of a workbook from those that only show how a form is filled in: on a sheet named 填写示例 or 样表, or
/// under a caption that says so.
struct SampleTables {
  /// The forms that count.
  private(set) var forms: [LocatedForm] = []
  /// The sheets or captions of the others.
  private(set) var ignored: [String] = []

  init(_ located: [LocatedForm], in book: GridBook, words: GroupWords) {
    let names = located.map { Self.name(of: $0, in: book, words: words, isAlone: located.count == 1) }
    let real = Set(zip(located, names).filter { $0.1 == nil }.map(\.0.form.id))
    for (form, name) in zip(located, names) {
      var form = form
      if let name {
        if real.contains(form.form.id) {
          if !ignored.contains(name) { ignored.append(name) }
          continue
        }
        // Nothing else is there: it is for the unit to say what it is.
        form.shape.sample = name
      }
      forms.append(form)
    }
  }

  /// What says that a form is a sample; `nil` for one that is none.
  private static func name(
    of form: LocatedForm, in book: GridBook, words: GroupWords, isAlone: Bool
  ) -> String? {
    guard book.grids.indices.contains(form.sheet) else { return nil }
    let grid = book.grids[form.sheet]
    // A text file's only sheet is called after the file.
    if book.grids.count > 1, words.isSample(grid.name) { return grid.name }
    guard !isAlone, let table = form.shape.table else { return nil }
    for row in stride(from: table.first.row, through: max(1, table.first.row - 6), by: -1) {
      for column in 1...max(1, table.last.column) {
        guard case .text(let text)? = grid.cells[CellReference(row: row, column: column)]?.shown,
          text.utf8.count <= 150, words.isSampleCaption(text)
        else { continue }
        return text.squeezed
      }
    }
    return nil
  }
}
