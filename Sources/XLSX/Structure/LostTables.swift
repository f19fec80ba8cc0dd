/// The tables, and the columns of tables, that go with rows or columns: what formulas say of them is `#REF!`, as in Excel.
struct LostTables: Sendable {
  /// By their names in lower case.
  private var tables: Set<String> = []
  private var columns: [String: Set<String>] = [:]

  init() {}

  var isEmpty: Bool { tables.isEmpty && columns.isEmpty }

  init(of tables: [Table], _ grid: GridChange) {
    guard grid.count < 0 else { return }
    for table in tables {
      let name = table.name.lowercased()
      if grid.range(table.range) == nil {
        self.tables.insert(name)
      } else if grid.axis == .columns {
        let lost = zip(table.range.columns, table.columns).filter { grid.place($0.0) == nil }
        if !lost.isEmpty { columns[name] = Set(lost.map { $0.1.lowercased() }) }
      }
    }
  }

  /// Whole tables, by their names in lower case.
  init(tables: Set<String>) { self.tables = tables }

  /// Some columns of one table.
  init(columns: [String], of table: String) {
    if !columns.isEmpty { self.columns = [table.lowercased(): Set(columns.map { $0.lowercased() })] }
  }

  /// A formula in which nothing of them is left.
  func followed(_ formula: String) -> String {
    if isEmpty { return formula }
    return TableNames.rewritten(formula) { table, bracket in
      if tables.contains(table.lowercased()) { return CellError.reference.text }
      guard let lost = columns[table.lowercased()], let named = TableReference(table + bracket)?.columns,
        lost.contains(named.first.lowercased()) || lost.contains(named.last.lowercased())
      else { return nil }
      return table + "[#REF!]"
    }
  }
}
