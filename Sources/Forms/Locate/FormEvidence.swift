import XLSX

/// How much speaks for a table being a form.
struct FormEvidence: Comparable {
  /// What the nearest title above says: this form, nothing, another form.
  enum Title: Int, Comparable {
    case another, none, own
    static func < (a: Title, b: Title) -> Bool { a.rawValue < b.rawValue }
  }

  let title: Title
  /// How many headings of the sheet the form explains; the form's own words count twice.
  let explained: Int
  /// The share of the form's fields that have one place, in thousandths.
  let share: Int
  let count: Int

  init(_ table: TableCandidate, form: FormDefinition, extent: CellRange, sheet: SheetText) {
    title = Self.title(over: extent, form: table.form, sheet: sheet)
    explained = table.headings.reduce(0) { sum, cell in
      let meaning = sheet.headings[cell].meanings.first { $0.form == table.form }
      return sum + (meaning.map { $0.wording == .alias } ?? true ? 1 : 2)
    }
    count = table.places.values.count { $0.count == 1 }
    share = form.fields.isEmpty ? 0 : count * 1000 / form.fields.count
  }

  /// Lists and other offices' tables share words with a form. A third of its fields is no accident; with the title over
  /// it, one is enough to say that the rest is missing.
  var isEnough: Bool { share >= 300 || title == .own && count > 0 }

  static func < (a: FormEvidence, b: FormEvidence) -> Bool {
    (a.title, a.explained, a.share) < (b.title, b.explained, b.share)
  }

  private static func title(over extent: CellRange, form: Int, sheet: SheetText) -> Title {
    var nearest: (distance: Int, isOwn: Bool)?
    for match in sheet.titles where match.isTitle && match.cell.row <= extent.last.row {
      let rows = abs(extent.first.row - match.cell.row)
      let columns = max(
        0, extent.first.column - match.cell.column - 2, match.cell.column - extent.last.column)
      let distance = rows + 2 * columns
      if let known = nearest, (known.distance, known.isOwn ? 0 : 1) <= (distance, match.form == form ? 0 : 1)
      {
        continue
      }
      nearest = (distance, match.form == form)
    }
    return nearest.map { $0.isOwn ? .own : .another } ?? .none
  }
}
