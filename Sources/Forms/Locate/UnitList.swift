import XLSX

/// A table with one line for each unit, as 收集表 are exported: each column is a field of a form or a line around it.
///
///     填报单位    | 送文艺场次（线上） | 送文艺场次（线下） | … | 填报人
///     温县总工会  | 5               | 16              | … | 陈慧敏
///
/// Headings may stand in several rows: 送文艺 over 场次 over 线上.
struct UnitList {
  typealias Role = FormDefinition.HeadLine.Role

  private let form: Int
  /// The last row of headings.
  private let headRow: Int
  /// Each field's column.
  private let fields: [Int: Int]
  private let roles: [Role: Int]
  /// The rows in which its headings stand, and the columns that belong to it.
  private let headRows: Set<Int>
  private let columns: ClosedRange<Int>

  /// Rows of headings, at most.
  private static let deepestHead = 4
  /// Fields that a list has at least.
  private static let leastFields = 3

  /// The tables of a sheet that may be such lists: whose headings in one row, with those above them, are fields.
  ///
  /// - Complexity: O(headings)
  static func all(on sheet: SheetText) -> [UnitList] {
    var lists: [UnitList] = []
    let rows = Dictionary(grouping: sheet.headings.indices) { sheet.headings[$0].extent.last.row }
    for (row, last) in rows {
      // 媒体报道 over an empty cell, beside 活动场次 over 线上 and 线下.
      let over = ((row - Self.deepestHead + 1)..<row).flatMap { rows[$0] ?? [] }.filter { index in
        let extent = sheet.headings[index].extent
        return ((extent.last.row + 1)...row).allSatisfy {
          sheet.grid.cells[CellReference(row: $0, column: extent.first.column)]?.isFilled != true
        }
      }
      let indices = last + over
      guard indices.count >= Self.leastFields else { continue }
      for form in Set(indices.flatMap { sheet.headings[$0].meanings.map(\.form) })
      where !sheet.words.lists.contains(form) {
        if let list = UnitList(form: form, headRow: row, headings: indices, on: sheet) { lists.append(list) }
      }
    }
    // The lowest row of headings has them all; a form that explains fewer columns has only words in common.
    lists.sort { ($0.fields.count, -$0.headRow, $1.form) > ($1.fields.count, -$1.headRow, $0.form) }
    var chosen: [UnitList] = []
    for list in lists {
      let isTaken = chosen.contains { other in
        abs(other.headRow - list.headRow) < Self.deepestHead
          && !Set(other.fields.values).isDisjoint(with: list.fields.values)
      }
      if !isTaken { chosen.append(list) }
    }
    return chosen.filter { $0.hasLines(on: sheet) }
  }

  /// Whether there are lines that could be units': a text beside at least half of the figures. Asks where something stands, not
  /// what, and so is the same for all forms of a layout.
  private func hasLines(on sheet: SheetText) -> Bool {
    var filled: [Int: Int] = [:]
    let columns = Set(fields.values)
    for (cell, content) in sheet.grid.cells
    where cell.row > headRow && columns.contains(cell.column) && content.isFilled {
      filled[cell.row, default: 0] += 1
    }
    let lines = Set(filled.filter { $0.value * 2 >= columns.count }.keys)
    if lines.isEmpty { return false }
    if let unit = roles[.unit] {
      return sheet.texts.contains { lines.contains($0.cell.row) && $0.cell.column == unit }
    }
    return lines.count > 1
      && sheet.texts.contains { lines.contains($0.cell.row) && !columns.contains($0.cell.column) }
  }

  private init?(form: Int, headRow: Int, headings: [Int], on sheet: SheetText) {
    let definition = sheet.words.forms[form]
    let byLeaves = Dictionary(
      definition.fields.enumerated().map { (Leaves(row: $1.row, column: $1.column), $0) },
      uniquingKeysWith: { first, _ in first })
    var fields: [Int: Int] = [:]
    var twice: Set<Int> = []
    for index in headings {
      let heading = sheet.headings[index]
      guard let leaves = Self.leaves(of: heading, form: form, on: sheet), let field = byLeaves[leaves] else {
        continue
      }
      if fields[field] != nil { twice.insert(field) }
      fields[field] = heading.reference.column
    }
    guard fields.count >= min(Self.leastFields, definition.fields.count), twice.isEmpty else { return nil }
    self.form = form
    self.headRow = headRow
    self.fields = fields
    var roles: [Role: Int] = [:]
    columns = Self.columns(around: Set(fields.values), headRow: headRow, on: sheet)
    headRows = Self.headRows(of: headings, form: form, headRow: headRow, columns: columns, on: sheet)
    let taken = Set(fields.values)
    for line in sheet.headLines
    where line.extent.last.row <= headRow && columns.contains(line.reference.column)
      && !headRows.isDisjoint(with: line.extent.rows.prefix(Self.deepestHead))
      && !taken.contains(line.reference.column)
    {
      // 填报单位： with something behind it is a line over the table and no column of it.
      guard let match = line.matches.first, line.matches.count == 1, match.value.isEmpty,
        match.certainty >= .alone, let role = match.roles[form], roles[role] == nil
      else { continue }
      roles[role] = line.reference.column
    }
    self.roles = roles
  }

  /// The columns of the fields and those beside them, as far as words stand over them.
  private static func columns(
    around fields: Set<Int>, headRow: Int, on sheet: SheetText
  ) -> ClosedRange<Int> {
    let rows = max(1, headRow - deepestHead + 1)...headRow
    func isHeaded(_ column: Int) -> Bool {
      rows.contains { row in
        let cell = sheet.merges.anchor(of: CellReference(row: row, column: column))
        return sheet.grid.cells[cell]?.isFilled == true
      }
    }
    var (first, last) = (fields.min() ?? 1, fields.max() ?? 1)
    // A heading that was merged over two columns may stand over one of them.
    while first > 1, isHeaded(first - 1) || first > 2 && isHeaded(first - 2) { first -= 1 }
    while last - first < 500, isHeaded(last + 1) || isHeaded(last + 2) { last += 1 }
    return first...last
  }

  /// The rows of its headings and of those over them.
  private static func headRows(
    of headings: [Int], form: Int, headRow: Int, columns: ClosedRange<Int>, on sheet: SheetText
  ) -> Set<Int> {
    let rows = max(1, headRow - deepestHead + 1)...headRow
    return sheet.headings.reduce(into: [headRow]) { found, heading in
      if columns.contains(heading.reference.column), rows.contains(heading.extent.last.row),
        heading.meanings.contains(where: { $0.form == form })
      {
        found.formUnion(heading.extent.rows)
      }
    }
  }

  private struct Leaves: Hashable {
    var row: Int
    var column: Int
  }

  /// What a heading says together with those above it.
  private static func leaves(of heading: SheetText.HeadingCell, form: Int, on sheet: SheetText) -> Leaves? {
    var meanings = heading.meanings.filter { $0.form == form }
    var top = heading.extent.first.row
    for _ in 0..<deepestHead {
      if let found = single(meanings) { return found }
      guard top > 1, let above = headingAbove(row: top - 1, column: heading.reference.column, on: sheet)
      else {
        return nil
      }
      let joined = above.meanings.filter { $0.form == form }.flatMap { upper in
        meanings.compactMap { $0.joined(with: upper) }
      }
      if joined.isEmpty { return nil }
      meanings = joined
      top = above.extent.first.row
    }
    return single(meanings)
  }

  private static func single(_ meanings: [HeadingMeaning]) -> Leaves? {
    let all = Set(
      meanings.compactMap { meaning -> Leaves? in
        guard let row = meaning.rows.single, let column = meaning.columns.single else { return nil }
        return Leaves(row: row, column: column)
      })
    return all.count == 1 ? all.first : nil
  }

  /// The heading over a column in a row: in its cell, or the next one to the left that reaches so far.
  private static func headingAbove(row: Int, column: Int, on sheet: SheetText) -> SheetText.HeadingCell? {
    let anchor = sheet.merges.anchor(of: CellReference(row: row, column: column))
    if let index = sheet.headingIndices[anchor] { return sheet.headings[index] }
    guard sheet.grid.cells[anchor]?.isFilled != true else { return nil }
    let columns = sheet.filledColumns(inRow: row)
    let next = columns.partitioningIndex { $0 > column }
    guard next > 0 else { return nil }
    let left = sheet.merges.anchor(of: CellReference(row: row, column: columns[next - 1]))
    return sheet.headingIndices[left].map { sheet.headings[$0] }
  }

  /// The lines as forms; none if they are no units.
  func forms(on sheet: SheetText, number: Int, register: UnitRegister) -> [LocatedForm] {
    let rows = rows(on: sheet)
    guard !rows.isEmpty, let unitColumn = unitColumn(rows, on: sheet, register: register) else { return [] }
    let definition = sheet.words.forms[form]
    var shape = FormShape()
    shape.missingHeadings = definition.fields.indices.filter {
      fields[$0] == nil && definition.fields[$0].isInput
    }.map { definition.fields[$0].key.path.map(String.init) }
    var roles = roles
    roles[.unit] = unitColumn
    return rows.compactMap { row in
      let text = Self.text(row: row, column: unitColumn, on: sheet)
      if isTotal(row: row, unit: unitColumn, on: sheet) { return nil }
      let hasFigures = fields.values.contains { isFigure(row: row, column: $0, on: sheet) }
      // A remark under the list, or a line that nobody filled in.
      if !hasFigures, register.match(text).unit == nil { return nil }
      var places: [Int: [CellRange]] = [:]
      for (field, column) in fields { places[field] = [CellRange(CellReference(row: row, column: column))] }
      var head: [Role: HeadReading] = [:]
      for (role, column) in roles {
        let cell = CellReference(row: row, column: column)
        head[role] = HeadLineFinder.reading(of: sheet.grid.cells[sheet.merges.anchor(of: cell)], at: cell)
      }
      shape.table = CellRange(
        CellReference(row: row, column: fields.values.min() ?? 1),
        CellReference(row: row, column: fields.values.max() ?? 1))
      var located = LocatedForm(
        form: definition, sheet: number, places: places, shape: shape, head: head, headSources: [:],
        titleLead: "", merges: sheet.merges, lines: .ofListLine)
      located.line = row
      return located
    }
  }

  /// The rows under the headings, down to the next list.
  private func rows(on sheet: SheetText) -> [Int] {
    let columns = Set(fields.values)
    var rows: Set<Int> = []
    for (cell, content) in sheet.grid.cells where cell.row > headRow && content.isFilled {
      if columns.contains(cell.column) || roles[.unit] == cell.column { rows.insert(cell.row) }
    }
    for (cell, text) in sheet.texts
    where cell.row > headRow && roles[.unit] != nil && cell.column == roles[.unit] {
      if !text.isInvisible { rows.insert(cell.row) }
    }
    // 经办人： below the lines is none of them.
    let end = sheet.headLines.lazy.map(\.extent.first.row).filter { $0 > headRow }.min() ?? .max
    return rows.filter { $0 < end }.sorted()
  }

  /// Whether it is rather a form with the unit's name in front of its one line of figures: the lines around it name the unit too.
  func isOneForm(on sheet: SheetText, lines: Int) -> Bool {
    lines == 1
      && sheet.headLines.contains { line in
        line.matches.contains { $0.roles[form] == .unit }
          && headRows.isDisjoint(with: line.extent.rows.prefix(Self.deepestHead))
      }
  }

  /// The headings that are its own.
  func headings(on sheet: SheetText) -> Set<Int> {
    let columns = Set(fields.values)
    return Set(
      sheet.headings.indices.filter {
        heads.contains(sheet.headings[$0].extent.last.row)
          && !columns.isDisjoint(with: sheet.headings[$0].extent.columns)
      })
  }

  private var heads: ClosedRange<Int> { max(1, headRow - Self.deepestHead + 1)...headRow }

  /// Whether a line is the sum of the others: the word stands in the units' column or before it.
  private func isTotal(row: Int, unit: Int, on sheet: SheetText) -> Bool {
    (1...unit).suffix(8).contains { column in
      sheet.words.headings.isAddedTotalWord(Self.text(row: row, column: column, on: sheet), forRows: true)
    }
  }

  private func isFigure(row: Int, column: Int, on sheet: SheetText) -> Bool {
    sheet.grid.cells[CellReference(row: row, column: column)]?.isFilled == true
  }

  private static func text(row: Int, column: Int, on sheet: SheetText) -> String {
    let anchor = sheet.merges.anchor(of: CellReference(row: row, column: column))
    guard case .text(let text)? = sheet.grid.cells[anchor]?.shown else { return "" }
    return text
  }

  /// The column of the units: the one that is called so, or else the first in whose lines several units stand. Half of the
  /// lines are units; the schools of one unit are no list.
  private func unitColumn(_ rows: [Int], on sheet: SheetText, register: UnitRegister) -> Int? {
    func isUnits(_ column: Int, least: Int) -> Bool {
      let texts = rows.map { Self.text(row: $0, column: column, on: sheet) }.filter {
        !$0.isInvisible && !sheet.words.headings.isAddedTotalWord($0, forRows: true)
      }
      let units = texts.compactMap { register.match($0).unit?.code }
      return Set(units).count >= least && units.count * 2 >= texts.count
    }
    if let labelled = roles[.unit] { return isUnits(labelled, least: 1) ? labelled : nil }
    let taken = Set(fields.values).union(roles.values)
    let columns = Set(
      sheet.texts.lazy.filter { $0.cell.row > headRow && !taken.contains($0.cell.column) }.map(\.cell.column))
    return columns.sorted().prefix(12).first { isUnits($0, least: 2) }
  }
}
