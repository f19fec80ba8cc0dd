import Foundation
import XLSX

/// The sheet `来源` of an older workbook, found by its headings: where each figure was first reported, and which figure it
/// was.
///
/// A line is about one figure, or where there are too many figures for that about all of one unit's form
/// (``Provenance/allFields``), its cells and figures then in the order of the form's fields.
struct SourceGrid: Sendable {
  struct Key: Hashable, Sendable {
    var label: String
    var unit: String
  }

  private struct Entry: Sendable {
    var field: String
    var figure: String
    var file: String
    var sheet: String
    var cell: String
    var raw: String
  }

  private var entries: [Key: [Entry]] = [:]

  /// The columns by their headings, once these were found.
  private var columns: [String: Int]?
  /// Files and sheets are named over and over; each name is kept once.
  private var kept: [String: String] = [:]

  private static let wanted = ["表", "单位", "指标", "文件", "工作表", "单元格", "原文"]
  /// Rows in which the headings are looked for.
  private static let headingRows = 1...20

  init() {}

  init(_ grid: Grid) {
    var row: [(column: Int, cell: GridCell)] = []
    var number = 0
    for (place, cell) in grid.cells.sorted(by: { $0.key < $1.key }) {
      if place.row != number {
        take(row, number: number)
        row.removeAll(keepingCapacity: true)
        number = place.row
      }
      row.append((place.column, cell))
    }
    take(row, number: number)
  }

  /// Takes the next row of the sheet.
  ///
  /// - Returns: Whether it stands below the headings: then nobody else needs its cells.
  @discardableResult
  mutating func take(_ row: [(column: Int, cell: GridCell)], number: Int) -> Bool {
    guard let columns else {
      guard Self.headingRows.contains(number) else { return false }
      let words = row.map { ($0.column, $0.cell.value.words) }
      guard Set(words.map(\.1)).isSuperset(of: Self.wanted) else { return false }
      columns = Dictionary(words.map { ($1, $0) }, uniquingKeysWith: { $1 })
      return false
    }
    func word(_ heading: String) -> String {
      guard let column = columns[heading],
        let text = row.first(where: { $0.column == column })?.cell.value.words, !text.isEmpty
      else { return "" }
      if let known = kept[text] { return known }
      kept[text] = text
      return text
    }
    let (file, field) = (word("文件"), word("指标"))
    guard !field.isEmpty, !file.isEmpty else { return true }
    entries[Key(label: word("表"), unit: word("单位")), default: []].append(
      Entry(
        field: field, figure: word("数值"), file: file, sheet: word("工作表"), cell: word("单元格"),
        raw: word("原文")))
    return true
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The units of which anything is told on a form's sheets.
  func units(label: String) -> Set<String> { Set(entries.keys.lazy.filter { $0.label == label }.map(\.unit)) }

  func origins(label: String, unit: String, fields: [Field], readings: [Reading]) -> [FieldKey: FigureOrigin]
  {
    guard let entries = entries[Key(label: label, unit: unit)] else { return [:] }
    var origins: [FieldKey: FigureOrigin] = [:]
    for entry in entries {
      guard entry.field == Provenance.allFields else {
        origins[FieldKey(rawValue: entry.field)] = FigureOrigin(
          file: entry.file, sheet: entry.sheet, cell: CellReference(entry.cell), raw: entry.raw)
        continue
      }
      let cells = entry.cell.split(separator: " ")
      for (index, (field, reading)) in zip(fields, readings).enumerated() where cells.indices.contains(index)
      {
        if let cell = CellReference(cells[index]) {
          origins[field.key] = FigureOrigin(
            file: entry.file, sheet: entry.sheet, cell: cell, raw: reading.raw)
        }
      }
    }
    return origins
  }

  /// The figures that were consolidated; a field of which nothing is told has no entry.
  func figures(label: String, unit: String, fields: [Field]) -> [FieldKey: Decimal]? {
    guard let entries = entries[Key(label: label, unit: unit)] else { return nil }
    var figures: [FieldKey: Decimal] = [:]
    for entry in entries {
      if entry.field == Provenance.allFields {
        for (field, word) in zip(fields, entry.figure.split(separator: " ")) {
          figures[field.key] = Decimal(string: String(word), locale: Locale(identifier: "en_US_POSIX"))
        }
      } else {
        figures[FieldKey(rawValue: entry.field)] = Decimal(
          string: entry.figure, locale: Locale(identifier: "en_US_POSIX"))
      }
    }
    return figures
  }
}

extension Grid {
  /// The rows from one on with something in a column, in order.
  ///
  /// - Complexity: O(cells)
  func rows(from first: Int, column: Int) -> [Int] {
    cells.keys.lazy.filter { $0.column == column && $0.row >= first }.map(\.row).sorted()
  }
}
