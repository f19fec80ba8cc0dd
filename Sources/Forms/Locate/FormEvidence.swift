import XLSX

/// How much speaks for a table being a form.
struct FormEvidence: Comparable {
  /// The share of the form's fields that have a place, in thousandths.
  var fields: Int
  var hasTitle: Bool
  /// Fields that have a place.
  var count: Int

  init(_ table: TableCandidate, form: FormDefinition, extent: CellRange, sheet: SheetText) {
    count = table.places.count
    fields = form.fields.isEmpty ? 0 : count * 1000 / form.fields.count
    hasTitle = sheet.titles.contains {
      $0.form == table.form && $0.isTitle && $0.cell.row <= extent.last.row
    }
  }

  /// Lists and other offices' tables share words with a form. A third of its fields is no accident; with the title over
  /// it, one is enough to say that the rest is missing.
  var isEnough: Bool { fields >= 300 && count >= 2 || hasTitle && count >= 1 }

  static func < (a: FormEvidence, b: FormEvidence) -> Bool {
    // A title is worth a third of the fields.
    (a.fields + (a.hasTitle ? 333 : 0), a.count) < (b.fields + (b.hasTitle ? 333 : 0), b.count)
  }
}
