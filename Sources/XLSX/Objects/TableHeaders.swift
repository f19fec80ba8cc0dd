/// A header cell that reads otherwise than its table's column: Excel offers to repair such a file.
public struct TableHeaderMismatch: Hashable, Sendable {
  /// The sheet's name.
  public var sheet: String
  /// The header cell.
  public var cell: CellReference
  /// The table's name.
  public var table: String
  /// The column's name in the table, as it stays.
  public var column: String
}

/// Makes the columns of tables follow their header cells, which must be text and differ from each other.
struct TableHeaders {
  let sheet: String
  let part: String
  /// Without it, tables stay as they are and ``mismatches`` says which headers no longer agree.
  let renames: Bool
  private(set) var mismatches: [TableHeaderMismatch] = []

  init(sheet: String, part: String, renames: Bool) {
    self.sheet = sheet
    self.part = part
    self.renames = renames
  }

  /// Renames columns in the tables' parts.
  ///
  /// - Returns: The edits, with header cells as text.
  /// - Throws: ``XLSXError/Code/invalidContent`` for a header that is empty, a formula, or the same as another.
  mutating func apply(
    to cells: [CellReference: CellEdit], _ changes: inout PackageEdits
  ) throws -> [CellReference: CellEdit] {
    var cells = cells
    for target in try changes.links(of: part).filter({ $0.kind == "table" }).map(\.part) {
      let bytes = try changes.bytes(of: target)
      guard let table = TableHeader(bytes) else { continue }
      var names: [Int: String] = [:]
      for (cell, edit) in cells.sorted(by: { $0.key < $1.key }) where table.cells.contains(cell) {
        guard let value = edit.value else { continue }
        let name = CompiledNumberFormat(.general).text(for: value.result)
        let place = cell.column - table.cells.first.column
        guard renames else {
          let column = table.columns.indices.contains(place) ? table.columns[place] : ""
          if name != column || value.text == nil || value.formula != nil {
            mismatches.append(
              TableHeaderMismatch(sheet: sheet, cell: cell, table: table.name, column: column))
          }
          continue
        }
        guard !name.isEmpty, value.formula == nil else {
          throw XLSXError(
            .invalidContent, "The header cell of a table's column must hold text.", sheet: sheet, cell: cell)
        }
        names[place] = name
        if value.text == nil { cells[cell]?.value = .text(name) }
      }
      if names.isEmpty { continue }
      var all = table.columns
      for (index, name) in names where all.indices.contains(index) { all[index] = name }
      guard Set(all.map { $0.lowercased() }).count == all.count else {
        throw XLSXError(
          .invalidContent, "Two columns of a table cannot have the same header.", sheet: sheet,
          cell: cells.keys.filter { table.cells.contains($0) }.min())
      }
      changes.set(target, PartEditing.renamingColumns(bytes, names))
    }
    return cells
  }
}

/// The header of a table, as its part describes it.
private struct TableHeader {
  var name = ""
  var cells: CellRange
  var columns: [String] = []

  /// `nil` for a table without a header row.
  init?(_ bytes: [UInt8]) {
    var scanner = MarkupScanner(bytes)
    var range: CellRange?
    while let token = scanner.next() {
      guard token.isStart else { continue }
      switch scanner.localName(token) {
      case "table":
        if scanner.value("headerRowCount", of: token) == "0" { return nil }
        range = scanner.value("ref", of: token).flatMap { CellRange($0) }
        name = scanner.value("displayName", of: token) ?? scanner.value("name", of: token) ?? ""
      case "tableColumn":
        columns.append((scanner.value("name", of: token) ?? "").decodingEscapes)
        _ = scanner.skipElement(token)
      default: continue
      }
    }
    guard let range else { return nil }
    cells = CellRange(range.first, CellReference(row: range.first.row, column: range.last.column))
  }
}
