#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Rows as values of a type: each property has its column, found by the heading.
extension Worksheet {
  /// The rows below a heading row as values of a type.
  ///
  ///     struct Person: Codable { var name: String; var age: Int; var joined: Date? }
  ///     let people = try sheet.decode([Person].self)
  ///
  /// A property is read from the column whose heading is its coding key (spaces around it ignored); columns without a
  /// property are left alone. Rows without any value are left out. Empty cells are `nil`; of a formula the stored result
  /// counts. A `Date` is read from a cell with a date, a `Decimal` from the fewest digits that stand for the number.
  ///
  /// - Parameters:
  ///   - row: The row of the headings, from 1.
  ///   - timeZone: What time a date in a cell is; cells have no zone of their own.
  /// - Throws: ``XLSXError/Code/invalidContent`` with the cell and the key for a value that is not there or of another type, and
  ///   for headings that are not there or twice; what an initialiser of the type throws.
  /// - Complexity: O(stored cells)
  public func decode<Record: Decodable>(
    _ type: [Record].Type = [Record].self, headingsInRow row: Int = 1, timeZone: TimeZone = .gmt
  ) throws -> [Record] {
    let headings = RecordHeadings(of: self, row: row)
    let rows = content.cells.rows
    return try rows[rows.binarySearch(row + 1, by: \.index).insertion...].compactMap { stored in
      guard stored.cells.contains(where: { !$0.value.isEmpty }) else { return nil }
      return try Record(
        from: RowDecoder(sheet: self, row: stored.index, headings: headings, timeZone: timeZone))
    }
  }

  /// Writes values as rows below a heading row. Headings that are there keep their columns; properties without one get a column
  /// behind them, in the order in which they are encoded. Rows that hold something are kept: what is written comes below them.
  ///
  ///     try sheet.encode(people)
  ///
  /// - Parameters:
  ///   - row: The row of the headings, from 1.
  ///   - timeZone: What time a date is shown in; cells have no zone of their own.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a property that no cell can hold (an array, a dictionary, another record);
  ///   what the type's own encoding throws.
  /// - Complexity: O(values · properties)
  public func encode<Record: Encodable>(
    _ records: [Record], headingsInRow row: Int = 1, timeZone: TimeZone = .gmt
  ) throws {
    let headings = RecordHeadings(of: self, row: row)
    var next = max(row, usedRange?.last.row ?? 0) + 1
    for record in records {
      guard next <= CellReference.maximumRow else {
        throw ContentRules.invalid("A sheet has 1,048,576 rows; go on with another sheet", sheet: name)
      }
      try record.encode(to: RowEncoder(sheet: self, row: next, headings: headings, timeZone: timeZone))
      next += 1
    }
  }
}

/// Which column each heading stands over.
final class RecordHeadings {
  let row: Int
  private let sheet: Worksheet
  private var columns: [String: Int] = [:]
  private var doubled: Set<String> = []
  private var last = 0

  init(of sheet: Worksheet, row: Int) {
    self.sheet = sheet
    self.row = row
    for cell in sheet.content.cells.row(row)?.cells ?? [] {
      guard let heading = RowDecoder.text(of: cell.value)?.trimmingXMLSpace, !heading.isEmpty else {
        continue
      }
      last = max(last, cell.column)
      if columns[heading] == nil { columns[heading] = cell.column } else { doubled.insert(heading) }
    }
  }

  var all: [String] { columns.keys.sorted { columns[$0, default: 0] < columns[$1, default: 0] } }

  /// The column of a key; `nil` if no heading names it.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a heading that stands there twice.
  func column(_ key: any CodingKey) throws -> Int? {
    if doubled.contains(key.stringValue) {
      throw ContentRules.invalid(
        "Two columns are headed “\(key.stringValue)”", sheet: sheet.name,
        cell: CellReference(row: row, column: columns[key.stringValue] ?? 1))
    }
    return columns[key.stringValue]
  }

  /// The column of a key, which gets one if it has none.
  func makeColumn(_ key: any CodingKey) throws -> Int {
    if let column = try column(key) { return column }
    last += 1
    columns[key.stringValue] = last
    sheet[CellReference(row: row, column: last)] = CellValue.text(key.stringValue)
    return last
  }
}
