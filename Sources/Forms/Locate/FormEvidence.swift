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
  /// Whether it is the headings of one side without those of the other.
  let isHalf: Bool

  init(_ table: TableCandidate, form: FormDefinition, extent: CellRange, sheet: SheetText) {
    title = Self.title(over: extent, form: table.form, sheet: sheet)
    explained = table.headings.reduce(0) { sum, cell in
      let meaning = sheet.headings[cell].meanings.first { $0.form == table.form }
      return sum + (meaning.map { $0.wording == .alias } ?? true ? 1 : 2)
    }
    // A form of one row may be filled in row by row, month by month; a long list is a list.
    let rows = table.left.isEmpty || table.above.isEmpty ? 3 : 1
    count = table.places.values.count { $0.count <= rows }
    isHalf = table.places.isEmpty
    share = form.fields.isEmpty ? 0 : count * 1000 / form.fields.count
  }

  /// Lists and other offices' tables share words with a form. A third of its fields is no accident; with the title over
  /// it, one is enough to say that the rest is missing.
  var isEnough: Bool {
    if count == 0 { return title == .own && isHalf }
    return share >= 300 || title == .own
  }

  static func < (a: FormEvidence, b: FormEvidence) -> Bool {
    (a.weight, a.share) < (b.weight, b.share)
  }

  /// A title is worth a few headings; a table that gives no field one place, none.
  private var weight: Int {
    let headings = count > 0 || isHalf ? explained : 0
    switch title {
    case .own: return headings + 8
    case .none: return headings
    case .another: return headings - 4
    }
  }

  private static func title(over extent: CellRange, form: Int, sheet: SheetText) -> Title {
    var nearest: (distance: Int, isOwn: Bool)?
    for match in sheet.titles(over: extent) where match.isTitle {
      // A title may begin a column or two beside its table.
      let columns = sheet.merges.extent(of: match.cell).columns
      guard columns.lowerBound <= extent.last.column, columns.upperBound + 2 >= extent.first.column else {
        continue
      }
      let distance = extent.first.row - match.cell.row
      if let known = nearest, (known.distance, known.isOwn ? 0 : 1) <= (distance, match.form == form ? 0 : 1)
      {
        continue
      }
      nearest = (distance, match.form == form)
    }
    return nearest.map { $0.isOwn ? .own : .another } ?? .none
  }
}
