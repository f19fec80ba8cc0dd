import XLSX

/// Adds to an office's own blank what it lacks altogether: sums of totals, rules for what may be typed, protection.
struct BlankCompletion {
  private let form: FormDefinition
  private let sheet: Worksheet
  private let cells: [CellReference?]
  private let file: String

  /// - Parameter file: For the table's places.
  init(form: FormDefinition, sheet: Worksheet, file: String) {
    self.form = form
    self.sheet = sheet
    self.file = file
    cells = Self.places(of: form, in: sheet, file: file)
  }

  /// Where each figure of a matrix stands, by the form's fields; none of a blank that is laid out otherwise.
  private static func places(of form: FormDefinition, in sheet: Worksheet, file: String) -> [CellReference?] {
    guard form.kind == .matrix, let learner = learner(form, sheet, file) else { return [] }
    let columns = positions(of: form.columnLeaves, among: learner.form.columnLeaves)
    let rows = positions(of: form.rowLeaves, among: learner.form.rowLeaves)
    return form.fields.map { field in
      guard let row = rows[field.row], let column = columns[field.column] else { return nil }
      return learner.cell(row: row, column: column)
    }
  }

  /// The table of the form on its sheet: of several the one with most of its headings.
  private static func learner(_ form: FormDefinition, _ sheet: Worksheet, _ file: String) -> FormLearner? {
    let words = LearnWords.builtin
    let tables = LearnTable.all(on: sheet, file: file, words: words, heads: HeadLineVocabulary([form]))
    let learners = tables.compactMap {
      FormLearner($0, label: form.label, title: form.title, noteMeasures: [], words: words)
    }
    func count(_ learner: FormLearner) -> Int {
      (positions(of: form.columnLeaves, among: learner.form.columnLeaves)
        + positions(of: form.rowLeaves, among: learner.form.rowLeaves)).count { $0 != nil }
    }
    return learners.count > 1 ? learners.max { count($0) < count($1) } : learners.first
  }

  /// For each leaf the one of the sheet that is called so, if only one is.
  private static func positions(of leaves: [[Heading]], among found: [LearnedForm.Leaf]) -> [Int?] {
    leaves.map { path in
      if path.isEmpty { return found.count == 1 ? 0 : nil }
      let fitting = found.indices.filter { index in
        found[index].count == path.count
          && zip(path, found[index]).allSatisfy { heading, node in
            ([heading.name, heading.printed] + heading.aliases + heading.synonyms).contains {
              LabelText.key($0) == LabelText.key(node.name)
                || LabelText.key($0) == LabelText.key(node.printed)
            }
          }
      }
      return fitting.count == 1 ? fitting[0] : nil
    }
  }

  /// Where the lines of a list are filled in, by the form's fields; `nil` where a column was not found.
  private func lines(file: String) -> [CellRange?]? {
    guard let learner = Self.learner(form, sheet, file), learner.form.kind == .list,
      let first = learner.bodyRows.first, let last = learner.bodyRows.last
    else { return nil }
    let columns = Self.positions(of: form.columnLeaves, among: learner.form.columnLeaves)
    return form.fields.map { field in
      guard let column = columns[field.column], learner.leavesOfColumns.indices.contains(column) else {
        return nil
      }
      let place = learner.leavesOfColumns[column]
      return CellRange(
        CellReference(row: first, column: place),
        CellReference(row: drawn(below: last, column: place), column: place))
    }
  }

  /// Lines that are drawn and hold nothing go on below those that are numbered.
  private func drawn(below last: Int, column: Int) -> Int {
    var row = last
    while row < last + Self.mostDrawn {
      let next = CellReference(row: row + 1, column: column)
      guard sheet[next].isEmpty, sheet.style(at: next).borders != .none else { break }
      row += 1
    }
    return row
  }

  private static let mostDrawn = 1_000

  /// Rules for what may be typed into the lines of a list, where its blank has none. Lines are added and taken out, so that
  /// nothing is protected.
  private func completeList() throws {
    guard sheet.validations.isEmpty, let lines = lines(file: file) else { return }
    for (field, cells) in zip(form.fields, lines) where field.isInput {
      guard let cells else { continue }
      if field.type == .number {
        let all = cells.rows.map { CellReference(row: $0, column: cells.first.column) }
        try sheet.addValidation(BlankForm.validation(of: field.measure, cells: all))
      } else if let validation = field.validation(cells) {
        try sheet.addValidation(validation)
      }
    }
  }

  func complete() throws {
    if form.kind == .list { return try completeList() }
    guard !cells.isEmpty, !cells.contains(nil) else { return }
    addTotals()
    if sheet.validations.isEmpty { try addValidations() }
    if sheet.protection == nil { protect() }
  }

  private var hasFormulas: Bool {
    cells.contains { cell in
      guard let cell, case .formula = sheet[cell] else { return false }
      return true
    }
  }

  private func addTotals() {
    guard !hasFormulas else { return }
    for (field, cell) in zip(form.fields, cells) {
      guard case .total(let parts) = field.role, let cell, sheet[cell].isEmpty else { continue }
      let added = parts.compactMap { part in
        form.fields.firstIndex { $0.key == part }.flatMap { cells[$0] }
      }
      guard added.count == parts.count else { continue }
      let list = CellRange.joining(added).map(\.description).joined(separator: ",")
      sheet[cell] = .formula(Formula("SUM(\(list))"), cached: .empty)
    }
  }

  private func addValidations() throws {
    var groups: [(measure: Measure, cells: [CellReference])] = []
    for (field, cell) in zip(form.fields, cells) where field.isInput && field.type == .number {
      guard let cell else { continue }
      if let index = groups.firstIndex(where: { $0.measure == field.measure }) {
        groups[index].cells.append(cell)
      } else {
        groups.append((field.measure, [cell]))
      }
    }
    for group in groups {
      try sheet.addValidation(BlankForm.validation(of: group.measure, cells: group.cells))
    }
  }

  /// Everything is locked but what is filled in, and the lines around the table.
  private func protect() {
    guard let used = sheet.usedRange else { return }
    for (field, cell) in zip(form.fields, cells) where field.isInput {
      if let cell { sheet.changeStyle(for: CellRange(cell)) { $0.protection.isLocked = false } }
    }
    let table = cells.compactMap(\.self)
    let rows = table.map(\.row)
    guard let top = rows.min(), let bottom = rows.max() else { return }
    let vocabulary = HeadLineVocabulary([form])
    for row in used.rows where row < top || row > bottom {
      let holds = used.columns.contains { column in
        let text = OfficeBlank.plainText(sheet[CellReference(row: row, column: column)])
        return vocabulary.matches(in: text).contains { $0.certainty == .colon }
      }
      guard holds else { continue }
      for column in used.columns {
        let cell = CellReference(row: row, column: column)
        sheet.changeStyle(for: CellRange(cell)) { $0.protection.isLocked = false }
      }
    }
    sheet.protect(allowing: [.selectLockedCells, .selectUnlockedCells, .formatColumns, .formatRows])
  }
}
