/// A reference to a table's cells by the names of its columns (ECMA-376 Part 1, 18.17.2.2): `Sales[Amount]`,
/// `Sales[[#Totals],[Amount]]`, `Sales[@[Unit price]]`, `[Amount]` inside the table itself.
struct TableReference: Hashable, Sendable {
  enum Part: String, Hashable, Sendable {
    case all = "#ALL"
    case data = "#DATA"
    case headers = "#HEADERS"
    case totals = "#TOTALS"
    case thisRow = "#THIS ROW"
  }

  /// `nil` for the table that the formula stands in.
  var table: String?
  var parts: Set<Part> = []
  /// The first and the last column; none for all of them.
  var columns: (first: String, last: String)?

  static func == (a: TableReference, b: TableReference) -> Bool {
    a.table == b.table && a.parts == b.parts && a.columns?.first == b.columns?.first
      && a.columns?.last == b.columns?.last
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(table)
    hasher.combine(parts)
    hasher.combine(columns?.first)
  }

  /// `nil` for text that is none.
  init?(_ text: String) {
    guard let bracket = text.firstIndex(of: "["), text.last == "]" else { return nil }
    let name = text[..<bracket]
    table = name.isEmpty ? nil : String(name)
    var inside = text[text.index(after: bracket)...].dropLast()
    if inside.first == "@" {
      parts = [.thisRow]
      inside.removeFirst()
    }
    guard inside.first == "[" else {
      // A part, a column or nothing, without brackets of its own.
      if let part = Part(rawValue: inside.uppercased()) {
        parts.insert(part)
      } else if !inside.isEmpty {
        let column = Self.unescaped(inside)
        columns = (column, column)
      }
      return
    }
    var separator: Character = ","
    var rest = inside
    while let item = Self.takeItem(&rest) {
      if let part = Part(rawValue: item.uppercased()) {
        guard columns == nil else { return nil }
        parts.insert(part)
      } else if let known = columns {
        guard separator == ":" else { return nil }
        columns = (known.first, Self.unescaped(item))
      } else {
        let column = Self.unescaped(item)
        columns = (column, column)
      }
      rest = rest.drop { $0 == " " }
      guard let next = rest.popFirst() else { return }
      guard next == "," || next == ":" else { return nil }
      separator = next
      rest = rest.drop { $0 == " " }
    }
    return nil
  }

  /// The inside of the brackets that come next; an apostrophe takes the next character as it is.
  private static func takeItem(_ text: inout Substring) -> Substring? {
    guard text.first == "[" else { return nil }
    var index = text.index(after: text.startIndex)
    while index < text.endIndex, text[index] != "]" {
      if text[index] == "'" { index = text.index(after: index) }
      guard index < text.endIndex else { return nil }
      index = text.index(after: index)
    }
    guard index < text.endIndex else { return nil }
    defer { text = text[text.index(after: index)...] }
    return text[text.index(after: text.startIndex)..<index]
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "'", !isEscaped {
        isEscaped = true
        continue
      }
      result.append(character)
      isEscaped = false
    }
    return result
  }

  /// The cells that are meant.
  ///
  /// - Parameter row: The row that the formula stands in.
  /// - Returns: `nil` if the table has no such column or part, or the formula stands beside none of its rows.
  func range(in table: Table, row: Int) -> CellRange? {
    var (left, right) = (table.range.first.column, table.range.last.column)
    if let columns {
      func position(_ name: String) -> Int? {
        let folded = name.lowercased()
        return table.columns.firstIndex { $0.lowercased() == folded }
      }
      guard let first = position(columns.first), let last = position(columns.last) else { return nil }
      (left, right) = (left + min(first, last), left + max(first, last))
      guard right <= table.range.last.column else { return nil }
    }
    let data = (
      first: table.range.first.row + (table.hasHeaders ? 1 : 0),
      last: table.range.last.row - (table.showsTotals ? 1 : 0)
    )
    var rows: (first: Int, last: Int)?
    func add(_ first: Int, _ last: Int) {
      guard first <= last else { return }
      rows = rows.map { (min($0.first, first), max($0.last, last)) } ?? (first, last)
    }
    for part in parts.isEmpty ? [.data] : parts {
      switch part {
      case .all: add(table.range.first.row, table.range.last.row)
      case .data: add(data.first, data.last)
      case .headers: if table.hasHeaders { add(table.range.first.row, table.range.first.row) }
      case .totals: if table.showsTotals { add(table.range.last.row, table.range.last.row) }
      case .thisRow: if data.first...max(data.first, data.last) ~= row { add(row, row) }
      }
    }
    guard let rows else { return nil }
    return CellRange(
      CellReference(row: rows.first, column: left), CellReference(row: rows.last, column: right))
  }
}
