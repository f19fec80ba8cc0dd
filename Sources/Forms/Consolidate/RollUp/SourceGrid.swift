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

  init(_ grid: Grid) {
    let wanted = ["表", "单位", "指标", "文件", "工作表", "单元格", "原文"]
    let headingRow = (1...20).first { row in
      let words = Set(grid.words(inRow: row).values)
      return wanted.allSatisfy(words.contains)
    }
    guard let headingRow else { return }
    var columns: [String: Int] = [:]
    for (column, word) in grid.words(inRow: headingRow) { columns[word] = column }
    // Files and sheets are named over and over; each name is kept once.
    var kept: [String: String] = [:]
    func word(_ heading: String, _ row: Int) -> String {
      guard let column = columns[heading],
        let text = grid.cells[CellReference(row: row, column: column)]?.value.words, !text.isEmpty
      else { return "" }
      if let known = kept[text] { return known }
      kept[text] = text
      return text
    }
    for row in grid.rows(from: headingRow + 1, column: columns["指标"] ?? 0) {
      let file = word("文件", row)
      let field = word("指标", row)
      guard !field.isEmpty, !file.isEmpty else { continue }
      entries[Key(label: word("表", row), unit: word("单位", row)), default: []].append(
        Entry(
          field: field, figure: word("数值", row), file: file, sheet: word("工作表", row), cell: word("单元格", row),
          raw: word("原文", row)))
    }
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
