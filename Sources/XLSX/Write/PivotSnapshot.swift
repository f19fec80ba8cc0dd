/// What a pivot table's list held when it was added, grouped, and what its cells show.
struct PivotSnapshot: Sendable {
  struct Field: Sendable {
    var name: String
    /// The different values, in order, of a field that groups; `nil` for one that does not.
    var items: [CellValue]?
    var values: [CellValue]
  }

  /// A row or column of the table: the items of its fields, or a total.
  struct Line: Sendable {
    /// Empty for the grand total.
    var items: [Int]
    /// Which of the figures it shows.
    var value = 0
    var isTotal: Bool { items.isEmpty }
  }

  var fields: [Field]
  /// Places in ``fields``.
  var rows: [Int]
  var columns: [Int]
  var filters: [Int]
  var values: [Int]
  var rowLines: [Line] = []
  var columnLines: [Line] = []
  var area: CellRange
  var cells: [CellReference: CellValue] = [:]
  var sheet: String
  var source: CellRange
  /// Rows of headings before the figures begin.
  var headings: Int

  private static let maximumLines = 100_000

  init(of pivot: PivotTable, in book: Workbook, sheet name: String) throws {
    guard case .reference(let reference)? = try? FormulaParser.parse(pivot.source), !reference.isWholeColumns,
      !reference.isWholeRows,
      let position = book.sheets.indices.first(where: {
        book.sheets[$0].name.lowercased() == (reference.sheet ?? name).lowercased()
      })
    else {
      throw ContentRules.invalid("“\(pivot.source)” is no list that a pivot table can sum up", sheet: name)
    }
    let list = try book.sheet(at: position)
    guard reference.range.rows.count > 1 else {
      throw ContentRules.invalid("The list \(pivot.source) has no rows below its headings", sheet: name)
    }
    (sheet, source) = (list.name, reference.range)
    fields = try Self.fields(of: list, reference.range)
    let known = fields
    func place(_ heading: String) throws -> Int {
      guard let place = known.firstIndex(where: { $0.name.lowercased() == heading.lowercased() }) else {
        throw ContentRules.invalid("The list \(pivot.source) has no heading “\(heading)”", sheet: name)
      }
      return place
    }
    rows = try pivot.rows.map(place)
    columns = try pivot.columns.map(place)
    filters = try pivot.filters.map(place)
    values = try pivot.values.map { try place($0.field) }
    let grouping = rows + columns + filters
    guard Set(grouping).count == grouping.count else {
      throw ContentRules.invalid("A heading of the pivot table groups twice", sheet: name)
    }
    guard !rows.isEmpty || !columns.isEmpty, !values.isEmpty else {
      throw ContentRules.invalid("A pivot table needs rows or columns, and figures", sheet: name)
    }
    for value in pivot.values
    where known.contains(where: { $0.name.lowercased() == value.caption.lowercased() }) {
      throw ContentRules.invalid(
        "The figures are called “\(value.caption)”, as a heading of the list is", sheet: name)
    }
    for place in grouping { fields[place].items = Self.items(fields[place].values) }
    area = CellRange(pivot.area.first)
    headings = 1
    try lay(out: pivot, sheet: name)
  }

  private static func fields(of list: Worksheet, _ range: CellRange) throws -> [Field] {
    var fields: [Field] = []
    for column in range.columns {
      let head = CellReference(row: range.first.row, column: column)
      guard let text = list[head].text ?? list[head].number.map({ GeneralFormat.formulaText(for: $0) }),
        !text.isEmpty
      else {
        throw ContentRules.invalid(
          "The list of a pivot table needs a heading here", sheet: list.name, cell: head)
      }
      guard !fields.contains(where: { $0.name.lowercased() == text.lowercased() }) else {
        throw ContentRules.invalid("The heading “\(text)” stands twice", sheet: list.name, cell: head)
      }
      let values = range.rows.dropFirst().map { row -> CellValue in
        switch list[CellReference(row: row, column: column)].result {
        case .richText(let rich): .text(rich.plainText)
        case .text(""): .empty
        case let value: value
        }
      }
      fields.append(Field(name: text, items: nil, values: values))
    }
    return fields
  }

  private static func items(_ values: [CellValue]) -> [CellValue] {
    var seen: Set<CellValue> = []
    return values.filter { seen.insert(folded($0)).inserted }
      .sorted { SortOrder.compare(Scalar($0), Scalar($1), descends: false) < 0 }
  }

  /// Texts that differ in case only are one item.
  static func folded(_ value: CellValue) -> CellValue {
    if case .text(let text) = value { .text(text.lowercased()) } else { value }
  }

  // Groups and cells

  private mutating func lay(out pivot: PivotTable, sheet name: String) throws {
    let indices = fields.map { field in
      Dictionary(firstOf: (field.items ?? []).enumerated().map { (Self.folded($1), $0) })
    }
    func key(_ record: Int, _ places: [Int]) -> [Int] {
      places.map { indices[$0][Self.folded(fields[$0].values[record])] ?? 0 }
    }
    var groups: [[Int]: [[Int]: [Int]]] = [:]
    var columnKeys: Set<[Int]> = []
    var (byRow, byColumn): ([[Int]: [Int]], [[Int]: [Int]]) = ([:], [:])
    for record in 0..<(source.rows.count - 1) {
      let (row, column) = (key(record, rows), key(record, columns))
      groups[row, default: [:]][column, default: []].append(record)
      columnKeys.insert(column)
      byRow[row, default: []].append(record)
      byColumn[column, default: []].append(record)
    }
    let all = Array(0..<(source.rows.count - 1))
    guard groups.count <= Self.maximumLines, columnKeys.count * values.count <= 16_000 else {
      throw ContentRules.invalid("The pivot table would have too many rows or columns", sheet: name)
    }
    let rowKeys = groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let columnOrder = columnKeys.sorted { $0.lexicographicallyPrecedes($1) }
    rowLines = rows.isEmpty ? [Line(items: [])] : rowKeys.map { Line(items: $0) } + [Line(items: [])]
    let figures = Array(pivot.values.indices)
    columnLines =
      columns.isEmpty
      ? figures.map { Line(items: [], value: $0) }
      : (columnOrder + [[]]).flatMap { key in figures.map { Line(items: key, value: $0) } }

    let first = area.first
    let labels = max(rows.count, 1)
    let valuesRow = values.count > 1 ? 1 : 0
    headings = columns.isEmpty ? 1 : 1 + columns.count + valuesRow
    let last = first.offset(rows: headings + rowLines.count - 1, columns: labels + columnLines.count - 1)
    guard last.isInGrid, first.row > filters.count + (filters.isEmpty ? 0 : 1) else {
      throw ContentRules.invalid("The pivot table has no room here", sheet: name, cell: first)
    }
    area = CellRange(first, last)
    putHeadings(pivot, labels)
    for (down, line) in rowLines.enumerated() {
      let row = headings + down
      if line.isTotal, !rows.isEmpty || columns.isEmpty {
        put("Grand Total", row, 0)
      } else {
        let before = down > 0 ? rowLines[down - 1].items : []
        for (place, item) in line.items.enumerated()
        where before.isEmpty || Array(before.prefix(place + 1)) != Array(line.items.prefix(place + 1)) {
          put(label(rows[place], item), row, place)
        }
      }
      for (right, column) in columnLines.enumerated() {
        let records =
          switch (line.isTotal, column.isTotal) {
          case (true, true): all
          case (true, false): byColumn[column.items] ?? []
          case (false, true): byRow[line.items] ?? []
          case (false, false): groups[line.items]?[column.items] ?? []
          }
        let field = fields[values[column.value]]
        let result = Self.value(pivot.values[column.value].function, records.map { field.values[$0] })
        if let result { put(result, row, labels + right) }
      }
    }
  }

  private mutating func putHeadings(_ pivot: PivotTable, _ labels: Int) {
    for (place, field) in filters.enumerated() {
      let cell = area.first.offset(rows: place - filters.count - 1)
      cells[cell] = .text(fields[field].name)
      cells[cell.offset(columns: 1)] = "(All)"
    }
    for (place, field) in rows.enumerated() { put(.text(fields[field].name), headings - 1, place) }
    guard !columns.isEmpty else {
      for (place, value) in pivot.values.enumerated() { put(.text(value.caption), 0, labels + place) }
      return
    }
    if pivot.values.count == 1 { put(.text(pivot.values[0].caption), 0, 0) }
    for (place, field) in columns.enumerated() { put(.text(fields[field].name), 0, labels + place) }
    for (right, line) in columnLines.enumerated() {
      if line.isTotal {
        if line.value == 0 { put("Grand Total", 1, labels + right) }
      } else if line.value == 0 {
        let before = right >= values.count ? columnLines[right - values.count].items : []
        for (place, item) in line.items.enumerated()
        where before.isEmpty || Array(before.prefix(place + 1)) != Array(line.items.prefix(place + 1)) {
          put(label(columns[place], item), 1 + place, labels + right)
        }
      }
      if values.count > 1 { put(.text(pivot.values[line.value].caption), headings - 1, labels + right) }
    }
  }

  private mutating func put(_ value: CellValue, _ row: Int, _ column: Int) {
    cells[area.first.offset(rows: row, columns: column)] = value
  }

  private func label(_ field: Int, _ item: Int) -> CellValue {
    let value = fields[field].items?[item] ?? .empty
    return value.isEmpty ? "(blank)" : value
  }

  /// `nil` where there is nothing to show.
  private static func value(_ function: PivotTable.Function, _ values: [CellValue]) -> CellValue? {
    if let error = values.lazy.compactMap(\.error).first { return .error(error) }
    let numbers = values.compactMap(\.number)
    let counted = values.count { !$0.isEmpty }
    if values.isEmpty { return nil }
    let result: Scalar?
    switch function {
    case .sum: result = Scalar(checking: numbers.reduce(0, Arithmetic.sum))
    case .count: result = .number(Double(counted))
    case .countNumbers: result = .number(Double(numbers.count))
    case .average: result = try? FunctionTable.aggregate(1, numbers, counted)
    case .max: result = try? FunctionTable.aggregate(4, numbers, counted)
    case .min: result = try? FunctionTable.aggregate(5, numbers, counted)
    case .product: result = try? FunctionTable.aggregate(6, numbers, counted)
    case .sampleDeviation: result = try? FunctionTable.aggregate(7, numbers, counted)
    case .deviation: result = try? FunctionTable.aggregate(8, numbers, counted)
    case .sampleVariance: result = try? FunctionTable.aggregate(10, numbers, counted)
    case .variance: result = try? FunctionTable.aggregate(11, numbers, counted)
    }
    return result?.cellValue
  }
}
