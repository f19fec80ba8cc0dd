import XLSX

/// Last year's number of lines and sums beside this year's, on the sheet of a list's sums, and by how much they have changed.
struct ListYearColumns {
  private let consolidation: FormConsolidation
  private let firstColumn: Int
  private let look: SheetLook
  private let file: String
  private let keys: [FieldKey]

  /// `nil` without last year's figures.
  ///
  /// - Parameters:
  ///   - firstColumn: The first of the columns; this year's begin at ``currentColumn``.
  ///   - file: The workbook that last year's figures come from.
  init?(_ consolidation: FormConsolidation, firstColumn: Int, look: SheetLook, file: String?) {
    guard let list = consolidation.form.list, consolidation.units.contains(where: { $0.previousLines != nil })
    else { return nil }
    self.consolidation = consolidation
    self.firstColumn = firstColumn
    self.look = look
    self.file = file.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
    keys = [ListRules.countKey] + list.totals
  }

  /// Where this year's figures stand.
  static let currentColumn = 2

  var width: Int { 2 * keys.count }

  func paintHead(top: Int, heading: (FieldKey) -> String, on sheet: SheetDraft) {
    let blocks = [
      ("上年" + (file.isEmpty ? "" : "（\(file)）"), firstColumn), ("比上年增减", firstColumn + keys.count),
    ]
    for (text, column) in blocks {
      sheet.put(
        .text(text),
        over: CellRange(
          CellReference(row: top, column: column),
          CellReference(row: top + 1, column: column + keys.count - 1)), look.heading)
      for (offset, key) in keys.enumerated() {
        let word = key == ListRules.countKey ? key.rawValue : heading(key)
        sheet.put(.text(word), row: top + 2, column: column + offset, look.heading)
      }
    }
  }

  func paint(_ unit: UnitFigures, row: Int, on sheet: SheetDraft) {
    let now = consolidation.listFigures(of: unit)
    for (offset, key) in keys.enumerated() {
      let style = look.figure(format(key))
      let before = unit.previousLines?[key]
      sheet.put(before.map { .figure($0) } ?? .empty, row: row, column: firstColumn + offset, style)
      // Whoever has figures of one year only has no change.
      guard let before, let now = now?[key] else {
        sheet.put(.empty, row: row, column: firstColumn + keys.count + offset, style)
        continue
      }
      let current = CellReference(row: row, column: Self.currentColumn + offset)
      let last = CellReference(row: row, column: firstColumn + offset)
      sheet.put(
        .formula(Formula("ROUND(\(current)-\(last),6)"), cached: .number((now - before).cellNumber)),
        row: row,
        column: firstColumn + keys.count + offset, style)
    }
  }

  func paintTotal(rows: ClosedRange<Int>, row: Int, on sheet: SheetDraft) {
    let before = FormConsolidation.sum(of: consolidation.units.compactMap(\.previousLines))
    let year = consolidation.listYear
    for (offset, key) in keys.enumerated() {
      let changed = year.flatMap { year in year.current[key].map { $0 - (year.previous[key] ?? 0) } }
      for (column, figure) in [
        (firstColumn + offset, before?[key]), (firstColumn + keys.count + offset, changed),
      ] {
        sheet.put(
          .formula(
            Formula("ROUND(SUM(\(CellRange(rows: rows, column: column))),6)"),
            cached: .number((figure ?? 0).cellNumber)), row: row, column: column, look.total(format(key)))
      }
    }
  }

  private func format(_ key: FieldKey) -> NumberFormat {
    consolidation.form.field(key)?.measure.numberFormat ?? "#,##0"
  }
}
