import Foundation
import XLSX

/// A list that the office wrote or filled in, in any format that is read: found by its headings, wherever they stand.
struct DecisionTable {
  /// A column: what it is called here, and by what other names people head it.
  struct Column {
    var name: String
    var others: [String] = []
    var isRequired = true
  }

  struct Line {
    /// The row, from 1.
    var number: Int
    fileprivate var values: [String: GridValue] = [:]
    fileprivate var days: Set<String> = []
    fileprivate var percents: Set<String> = []

    /// Whether Excel shows the number of a cell as a percentage.
    func isPercent(_ column: String) -> Bool { percents.contains(column) }

    func value(_ column: String) -> GridValue { values[column] ?? .blank }

    /// The day of a cell that Excel shows as one; `nil` for any other.
    func day(_ column: String) -> CalendarDate? {
      guard days.contains(column), case .number(let number) = value(column),
        let whole = number.rounded(0, .down).whole, whole > 0
      else { return nil }
      return CalendarDate(dayNumber: whole - 25_569)
    }

    /// The content as text, without spaces around it.
    func text(_ column: String) -> String {
      value(column).words.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  let lines: [Line]
  /// Where the headings stand.
  let sheet: String
  let headingRow: Int
  /// The columns that were found, by their names here.
  let columns: [String: Int]
  /// Headings are looked for this far down.
  private static let headingRows = 1...20

  /// - Throws: ``FormsError`` (`input`) for a file that cannot be read or has no row with all required headings.
  init(path: String, columns: [Column]) throws {
    let book = try GridBook.load(path: path)
    for grid in book.grids {
      for row in Self.headingRows {
        guard let found = Self.headings(columns, inRow: row, of: grid) else { continue }
        lines = Self.lines(of: grid, below: row, columns: found)
        sheet = grid.name
        headingRow = row
        self.columns = Dictionary(found.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return
      }
    }
    let names = columns.filter(\.isRequired).map(\.name)
    throw FormsError(
      .input,
      LocalizedText(
        zh: "没有找到表头，应有这些列：\(names.joined(separator: "、"))",
        en: "has no headings; these columns are needed: \(names.joined(separator: ", "))"), file: path)
  }

  /// Where the columns stand, if the row holds every required heading.
  private static func headings(_ columns: [Column], inRow row: Int, of grid: Grid) -> [Int: String]? {
    let words = grid.words(inRow: row).mapValues { LabelText.key($0) }
    guard !words.isEmpty else { return nil }
    var found: [Int: String] = [:]
    for column in columns {
      let keys = Set(([column.name] + column.others).map { LabelText.key($0) })
      if let place = words.filter({ keys.contains($0.value) }).keys.min() {
        found[place] = column.name
      } else if column.isRequired {
        return nil
      }
    }
    return found
  }

  private static func lines(of grid: Grid, below heading: Int, columns: [Int: String]) -> [Line] {
    var lines: [Int: Line] = [:]
    for (reference, cell) in grid.cells where reference.row > heading {
      guard let column = columns[reference.column] else { continue }
      var value = cell.value
      // A figure typed as `=3+12` counts as what it gives, whether or not the program that wrote it has calculated.
      if case .value(let computed)? = cell.computed { value = computed }
      lines[reference.row, default: Line(number: reference.row)].values[column] = value
      if cell.isDate { lines[reference.row]?.days.insert(column) }
      if cell.appearance?.shownAs?.kind == .percent { lines[reference.row]?.percents.insert(column) }
    }
    return lines.values.sorted { $0.number < $1.number }
  }
}

extension Decimal {
  /// A number as a clerk types it into a list; `nil` for anything else.
  init?(decision value: GridValue) {
    switch value {
    case .number(let number): self = number
    case .text(let text):
      let plain = text.trimmingCharacters(in: .whitespacesAndNewlines)
        .precomposedStringWithCompatibilityMapping
      guard !plain.isEmpty, plain.utf8.count <= 20,
        plain.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }),
        let number = Decimal(string: plain, locale: Locale(identifier: "en_US_POSIX"))
      else { return nil }
      self = number
    default: return nil
    }
  }
}
