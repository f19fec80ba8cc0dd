import Foundation
import XLSX

/// The sheet `…汇总` of a list in an older workbook: which units it counts, and the sums below them.
struct ListSummaryGrid {
  struct Unit {
    /// As written.
    var name: String
    /// The offices between the workbook's own and the unit (`隶属`).
    var path: [String]
    var cell: CellReference
  }

  private(set) var units: [Unit] = []
  /// What stands in the row of totals, over all lines; 行数 among them.
  private(set) var totals: [FieldKey: Decimal] = [:]
  let sheet: String

  /// Rows in which the headings are looked for.
  private static let headingRows = 1...20

  /// `nil` if the sheet's headings are not those of such a sheet.
  init?(_ grid: Grid, form: FormDefinition) {
    guard let list = form.list else { return nil }
    sheet = grid.name
    let head = Self.headingRows.lazy.map { ($0, grid.words(inRow: $0)) }.first {
      $0.1.values.contains("单位") && $0.1.values.contains(ListSummarySheet.wholeHeading)
    }
    guard let (top, words) = head, let unitColumn = words.first(where: { $0.value == "单位" })?.key,
      let first = words.first(where: { $0.value == ListSummarySheet.wholeHeading })?.key
    else { return nil }
    let headings = grid.words(inRow: top + 2)
    guard headings[first] == ListRules.countKey.rawValue else { return nil }
    let pathColumn = words.first { $0.value == UnitTable.pathHeading }?.key
    var columns: [FieldKey: Int] = [ListRules.countKey: first]
    for (offset, key) in list.totals.enumerated() {
      let column = first + 1 + offset
      guard let word = headings[column],
        LabelText.baseKey(word) == LabelText.baseKey(key.path.joined())
          || LabelText.key(word) == LabelText.key(key.path.joined())
      else { continue }
      columns[key] = column
    }
    for row in grid.rows(from: top + 3, column: unitColumn) {
      guard let name = grid.cells[CellReference(row: row, column: unitColumn)]?.value.words, !name.isEmpty
      else { continue }
      if name == "合计" {
        for (key, column) in columns {
          totals[key] = grid.cells[CellReference(row: row, column: column)]?.shownNumber
        }
        return
      }
      let path = pathColumn.flatMap { grid.cells[CellReference(row: row, column: $0)]?.value.words } ?? ""
      units.append(
        Unit(
          name: name, path: path.split(separator: "/").map(String.init),
          cell: CellReference(row: row, column: unitColumn)))
    }
  }
}

extension GridCell {
  /// The number that the cell shows; of a formula what the program worked out, where it could.
  fileprivate var shownNumber: Decimal? {
    if case .value(.number(let number))? = computed { return number }
    if case .number(let number) = value { return number }
    return nil
  }
}
