import XLSX

extension LocatedForm {
  /// Forms that go on on a later sheet, put together: the headings of one side are repeated there, and the rest of the
  /// other side's stands under them.
  static func joined(_ forms: [LocatedForm]) -> [LocatedForm] {
    guard forms.count > 1 else { return forms }
    var result: [LocatedForm] = []
    for form in forms {
      if let index = result.lastIndex(where: { $0.form.id == form.form.id }),
        result[index].isContinued(by: form)
      {
        result[index].absorb(form)
      } else {
        result.append(form)
      }
    }
    return result
  }

  /// The fields that have a place on any of the sheets.
  private var fields: Set<Int> { continued.reduce(Set(places.keys)) { $0.union($1.places.keys) } }

  private func isContinued(by part: LocatedForm) -> Bool {
    if let list { return list.isContinued(by: part, of: self) }
    guard part.sheet > (continued.last?.sheet ?? sheet), shape.undecided == nil, part.shape.undecided == nil,
      !part.places.isEmpty, !places.isEmpty, fields.isDisjoint(with: part.places.keys)
    else { return false }
    let isRepeated =
      !lines.columnContents.isEmpty && lines.columnContents == part.lines.columnContents
      || !lines.rowContents.isEmpty && lines.rowContents == part.lines.rowContents
    // Another unit's name begins another unit's form.
    let unit = part.head[.unit]?.raw ?? ""
    return isRepeated && (unit.isEmpty || LabelText.key(unit) == LabelText.key(head[.unit]?.raw ?? ""))
  }

  private mutating func absorb(_ part: LocatedForm) {
    continued.append(part)
    if list != nil { return }
    var whole = TableCandidate(form: 0)
    for field in fields { whole.places[field] = [] }
    shape.missingHeadings = FormShape.missing(in: whole, form: form)
    shape.aliases += part.shape.aliases
    shape.rowsReordered = shape.rowsReordered || part.shape.rowsReordered
    shape.columnsReordered = shape.columnsReordered || part.shape.columnsReordered
    // A sum on one page may be that of all pages.
    shape.grandTotals = []
  }
}
