/// A change that whatever refers to cells follows: formulas, names, charts, and what lies on a grid.
///
/// The same change is made in the model and, when an opened workbook is saved, in the bytes of its file, so that comparing the
/// model with the file finds nothing of it.
enum StructureChange: Sendable {
  /// Rows or columns come or go in a sheet, and with them tables or columns of theirs.
  case grid(GridChange, sheet: Int, name: String, lost: LostTables = LostTables())
  /// Cells of a sheet get another place; what they held comes along by itself.
  case moved(CellRange, rows: Int, columns: Int, sheet: Int, name: String)
  /// A sheet gets another name.
  case renamed(SheetRename)
  /// A sheet goes, and its tables with it, by their names in lower case.
  case removed(sheet: Int, name: String, tables: Set<String>)
  /// A sheet is copied, with everything that its part leads to.
  case copied(sheet: Int, name: String, to: Int, named: String, tables: [String: String])
  /// A table of a sheet gets another name, loses columns, or goes; its cells stay.
  case table(TableChange, sheet: Int, name: String)

  /// The key of the sheet that changes.
  var sheet: Int {
    switch self {
    case .grid(_, let sheet, _, _), .moved(_, _, _, let sheet, _), .removed(let sheet, _, _),
      .copied(let sheet, _, _, _, _), .table(_, let sheet, _):
      sheet
    case .renamed(let rename): rename.position
    }
  }

  /// The name of that sheet before.
  var name: String {
    switch self {
    case .grid(_, _, let name, _), .moved(_, _, _, _, let name), .removed(_, let name, _),
      .copied(_, let name, _, _, _), .table(_, _, let name):
      name
    case .renamed(let rename): rename.old
    }
  }

  /// A formula after the change.
  ///
  /// - Parameters:
  ///   - isOwn: Whether the formula stands in the sheet that changes.
  ///   - isName: Whether it is what a defined name stands for, whose relative references are offsets and no places.
  func followed(_ text: String, isOwn: Bool, isName: Bool = false) -> String {
    switch self {
    case .renamed(let rename): return FormulaSheetRenamer(from: rename.old, to: rename.new).renamed(text)
    case .copied: return text
    case .table(let table, _, _): return table.followed(text)
    case .removed(_, _, let tables):
      let text = LostTables(tables: tables).followed(text)
      guard text.utf8.contains(UInt8(ascii: "!")) else { return text }
      return FormulaReferences.rewritten(text) {
        isMeant($0, isOwn: false)
      } reference: { sheet, _, _ in
        isMeant(sheet, isOwn: false) ? .lost : .keep
      }
    case .grid(let grid, _, _, let lost):
      let text = lost.followed(text)
      guard isOwn || text.utf8.contains(UInt8(ascii: "!")) else { return text }
      return FormulaReferences.rewritten(text) { sheet, first, second in
        isMeant(sheet, isOwn: isOwn) ? grid.parts(first, second, absoluteOnly: isName) : .keep
      }
    case .moved(let range, let rows, let columns, _, _):
      guard isOwn || text.utf8.contains(UInt8(ascii: "!")) else { return text }
      return FormulaReferences.rewritten(text) { sheet, first, second in
        guard isMeant(sheet, isOwn: isOwn), let area = CellRange(first, second ?? first) else { return .keep }
        if range.contains(area) {
          return .parts(
            first.placed(rows: rows, columns: columns), second?.placed(rows: rows, columns: columns))
        }
        // What lay where the cells are now is gone.
        let target = CellRange(
          range.first.offset(rows: rows, columns: columns), range.last.offset(rows: rows, columns: columns))
        return target.contains(area) ? .lost : .keep
      }
    }
  }

  private func isMeant(_ sheet: FormulaReferences.Sheet, isOwn: Bool) -> Bool {
    switch sheet {
    case .own: isOwn
    case .named(let named): named.lowercased() == name.lowercased()
    case .other: false
    }
  }
}

extension ReferencePart {
  /// The part so many rows and columns away, absolute or not.
  fileprivate func placed(rows: Int, columns: Int) -> ReferencePart {
    var part = self
    part.row = row.map { $0 + rows }
    part.column = column.map { $0 + columns }
    return part
  }
}

extension CellRange {
  /// The cells between two corners; `nil` for whole rows and columns.
  fileprivate init?(_ first: ReferencePart, _ last: ReferencePart) {
    guard let top = first.row, let left = first.column, let bottom = last.row, let right = last.column else {
      return nil
    }
    self.init(CellReference(row: top, column: left), CellReference(row: bottom, column: right))
  }
}
