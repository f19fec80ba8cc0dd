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

  /// Some columns of one table.
  init(columns: [String], of table: String) {
    if !columns.isEmpty { self.columns = [table.lowercased(): Set(columns.map { $0.lowercased() })] }
  }

  /// A formula in which nothing of them is left.
  func followed(_ formula: String) -> String {
    let formula = TableNames.lost(in: formula, tables)
    guard !columns.isEmpty, formula.contains("[") else { return formula }
    let (bytes, tokens) = FormulaLexer.tokens(formula)
    var result: [UInt8] = []
    var copied = 0
    for (token, next) in zip(tokens, tokens.dropFirst()) where token.kind == .word && next.kind == .bracket {
      let text = String(decoding: bytes[token.range.lowerBound..<next.range.upperBound], as: UTF8.self)
      guard let reference = TableReference(text), let named = reference.columns,
        let lost = reference.table.flatMap({ columns[$0.lowercased()] }),
        lost.contains(named.first.lowercased()) || lost.contains(named.last.lowercased())
      else { continue }
      result += bytes[copied..<next.range.lowerBound]
      result += "[#REF!]".utf8
      copied = next.range.upperBound
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }
}
