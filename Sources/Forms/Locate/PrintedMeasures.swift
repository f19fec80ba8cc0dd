import XLSX

/// The measures that a table prints where they are not those of the form: 投入（万元） over a column of 元, 单位：元 above a
/// table in 万元. What the unit has changed there, its figures follow.
struct PrintedMeasures {
  private let table: TableCandidate
  private let form: FormDefinition
  private let sheet: SheetText

  init(_ table: TableCandidate, form: FormDefinition, sheet: SheetText) {
    self.table = table
    self.form = form
    self.sheet = sheet
  }

  /// - Complexity: O(headings × fields), and O(cells) above the table.
  func others() -> [FormShape.OtherMeasure] {
    var others: [CellReference: FormShape.OtherMeasure] = [:]
    var measured: Set<FieldKey> = []
    for line in table.left + table.above where line.isSettled {
      for heading in line.headings.map({ sheet.headings[$0] }) {
        guard let name = LabelText.splitBracket(FootnoteMarks.stripped(heading.text)).bracket,
          let printed = measure(named: name)
        else { continue }
        let fields = fields(of: line)
        measured.formUnion(fields.map(\.key))
        if isOfTheForm(heading, in: fields) { continue }
        for field in fields where Self.isOther(printed, than: field.measure) {
          others[
            heading.reference,
            default: FormShape.OtherMeasure(
              written: heading.text.squeezed, unit: printed.unit, scale: printed.scale,
              cell: heading.reference)
          ].fields.insert(field.key)
        }
      }
    }
    for note in notes(butFor: measured) { others[note.cell] = note }
    return others.values.sorted { $0.cell < $1.cell }
  }

  private func fields(of line: HeadingLine) -> [Field] {
    let (row, column) = (line.meaning.rows.single, line.meaning.columns.single)
    return form.fields.filter { (row ?? $0.row) == $0.row && (column ?? $0.column) == $0.column }
  }

  /// Whether the form has a heading in these words, brackets and all.
  private func isOfTheForm(_ heading: SheetText.HeadingCell, in fields: [Field]) -> Bool {
    let key = LabelText.key(heading.text)
    return fields.contains { field in
      (form.rowLeaves[field.row] + form.columnLeaves[field.column]).contains { known in
        ([known.name, known.printed] + known.synonyms + known.aliases).contains { LabelText.key($0) == key }
      }
    }
  }

  /// 单位：元 above the table, where the form has no figure in it: of the fields whose headings print no measure.
  private func notes(butFor measured: Set<FieldKey>) -> [FormShape.OtherMeasure] {
    guard let first = table.extent(on: sheet)?.first.row else { return [] }
    var notes: [FormShape.OtherMeasure] = []
    let cells = sheet.grid.cells
    for (position, cell) in cells.keys.enumerated() {
      // What comes below in order are the lines of a long list.
      guard cell.row <= first + form.columnHeadingDepth else {
        if cells.isOrdered { break }
        continue
      }
      guard case .text(let text) = cells.values[position].shown, text.utf8.count <= Self.longestNote,
        let colon = text.lastIndex(where: { $0 == "：" || $0 == ":" }),
        LabelText.key(text[..<colon]).hasSuffix(Self.noteLabel),
        let printed = measure(named: String(text[text.index(after: colon)...])),
        !form.fields.contains(where: {
          $0.measure.scale == printed.scale && Self.isAlike(printed, $0.measure)
        })
      else { continue }
      let fields = form.fields.filter {
        !measured.contains($0.key) && Self.isOther(printed, than: $0.measure)
      }
      guard !fields.isEmpty else { continue }
      notes.append(
        FormShape.OtherMeasure(
          written: text.squeezed, unit: printed.unit, scale: printed.scale, cell: cell,
          fields: Set(fields.map(\.key))))
    }
    return notes
  }

  /// What the label of such a note ends with: 单位, 计量单位, 金额单位.
  private static let noteLabel = "单位"
  private static let longestNote = 60

  /// The measure that a text is the name of: one of the form's, or one that everybody knows.
  private func measure(named text: String) -> Measure? {
    let parts = NameList.measures(in: text)
    guard parts.count == 1 else { return nil }
    let key = LabelText.key(parts[0])
    return form.fields.lazy.map(\.measure).first { LabelText.key($0.unit) == key }
      ?? UsualMeasures.measure(named: parts[0])
  }

  /// Whether two measures count the same thing: 万元 and 元, 人 and 万人次.
  private static func isAlike(_ a: Measure, _ b: Measure) -> Bool {
    let (one, other) = (LabelText.key(a.baseUnit), LabelText.key(b.baseUnit))
    return one == other || UsualMeasures.measure(named: a.baseUnit)?.unitAliases.contains(b.baseUnit) == true
  }

  private static func isOther(_ printed: Measure, than measure: Measure) -> Bool {
    printed.scale != measure.scale && isAlike(printed, measure)
  }
}
