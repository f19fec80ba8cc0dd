import XLSX

/// The sheet `问题清单` of a workbook from below: the errors that were open when it was made, by form and unit.
struct OpenErrorGrid: Sendable {
  struct OpenError: Sendable {
    var rule: String
    /// As written; empty for an error about the whole form.
    var field: String
    var words: String
  }

  private struct Key: Hashable, Sendable {
    var label: String
    var unit: String
  }

  private var errors: [Key: [OpenError]] = [:]

  private static let wanted = ["级别", "规则", "表", "单位", "问题", "指标"]
  /// Rows in which the headings are looked for.
  private static let headingRows = 1...20

  /// `nil` if the sheet's headings are not those of such a sheet.
  ///
  /// - Complexity: O(*cells*)
  init?(_ grid: Grid) {
    let head = Self.headingRows.lazy.map { ($0, grid.words(inRow: $0)) }.first {
      Set($0.1.values).isSuperset(of: Self.wanted)
    }
    guard let (headRow, headings) = head else { return nil }
    let columns = Dictionary(headings.map { ($1, $0) }, uniquingKeysWith: min)
    guard let level = columns["级别"] else { return nil }
    for (place, cell) in grid.cells
    where place.column == level && place.row > headRow && cell.value.words == Severity.error.word.chinese {
      func word(_ heading: String) -> String {
        columns[heading].flatMap {
          grid.cells[CellReference(row: place.row, column: $0)]?.value.words
        } ?? ""
      }
      errors[Key(label: word("表"), unit: word("单位")), default: []].append(
        OpenError(rule: word("规则"), field: word("指标"), words: word("问题")))
    }
  }

  /// In the order of the rules and fields, so that the same workbook always says the same.
  func errors(label: String, unit: String) -> [OpenError] {
    (errors[Key(label: label, unit: unit)] ?? []).sorted {
      ($0.rule, $0.field, $0.words) < ($1.rule, $1.field, $1.words)
    }
  }
}
