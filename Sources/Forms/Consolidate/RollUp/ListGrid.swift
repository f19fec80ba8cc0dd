import Foundation
import XLSX

/// The sheets `…明细` of an older workbook, read against a list: the lines of each unit, and where each was first reported.
struct ListGrid {
  /// The lines that stand under one name.
  struct UnitLines {
    /// As written.
    var name: String
    /// The offices between the workbook's own and the unit, as written (`隶属`).
    var path: [String]
    var content: ListContent
    /// The cell with the name in the first of the lines.
    var cell: CellReference
  }

  /// The fields, by position in the form, that no sheet has a column for.
  private(set) var missing: Set<Int> = []
  /// How many of the form's fields have a column.
  var found: Int { form.fields.indices.count { form.fields[$0].type != .index } - missing.count }
  /// Sums that somebody has added below the lines; they are nobody's.
  private(set) var typedTotals: [(sheet: String, cell: CellReference, text: String)] = []
  /// In the order in which they come.
  private(set) var units: [UnitLines] = []
  private var positions: [String: Int] = [:]
  private let totals: HeadingVocabulary
  private let form: FormDefinition
  private let year: Int
  /// The first sheet's name: the others are told beside their lines.
  private(set) var sheet: String

  private static let unitHeading = "单位"
  /// Behind the fields: where a line was first reported.
  private static let originHeadings = ["文件", "工作表", "行"]
  /// Rows in which the headings are looked for.
  private static let headingRows = 1...20

  /// `nil` if no sheet has the headings of such lines, and at least half of the form's columns.
  ///
  /// - Parameter year: The year of the task.
  init?(_ grids: [Grid], form: FormDefinition, year: Int, totals: HeadingVocabulary) {
    self.totals = totals
    self.form = form
    self.year = year
    sheet = ""
    for grid in grids {
      guard let page = Page(grid, form: form) else { continue }
      if sheet.isEmpty { sheet = grid.name }
      missing.formUnion(
        form.fields.indices.filter { page.columns[$0] == nil && form.fields[$0].type != .index })
      read(grid, page)
    }
    if sheet.isEmpty { return nil }
  }

  /// Which column holds what on one sheet.
  private struct Page {
    var headingRow: Int
    var unit: Int
    var path: Int?
    /// The column of each field.
    var columns: [Int?]
    /// The field of each column.
    var fieldOf: [Int: Int] = [:]
    var file: Int
    var sheet: Int
    var row: Int

    init?(_ grid: Grid, form: FormDefinition) {
      let wanted = Set([ListGrid.unitHeading] + ListGrid.originHeadings)
      let head = ListGrid.headingRows.lazy.map { ($0, grid.words(inRow: $0)) }.first {
        Set($0.1.values).isSuperset(of: wanted)
      }
      guard let (row, words) = head else { return nil }
      // A form's own columns may be called 单位 or 文件: the unit stands in front of them, the origin behind.
      func last(_ heading: String) -> Int? { words.filter { $0.value == heading }.keys.max() }
      guard let unit = words.filter({ $0.value == ListGrid.unitHeading }).keys.min(), let file = last("文件"),
        let sheet = last("工作表"), let rowColumn = last("行")
      else { return nil }
      headingRow = row
      (self.unit, self.file, self.sheet, self.row) = (unit, file, sheet, rowColumn)
      path = last(UnitTable.pathHeading).flatMap { $0 > unit && $0 < file ? $0 : nil }
      columns = form.fields.map { _ in nil }
      let names = Self.names(of: form)
      let last = path ?? file
      for (column, word) in words.sorted(by: { $0.key < $1.key }) where column > unit && column < last {
        guard let field = names[LabelText.key(word)] ?? names[LabelText.baseKey(word)], columns[field] == nil
        else { continue }
        columns[field] = column
        fieldOf[column] = field
      }
      let kept = form.fields.count { $0.type != .index }
      if fieldOf.isEmpty || fieldOf.count * 2 < kept { return nil }
    }

    /// What a column may be called, all headings above it in one line, each by any of its names.
    private static func names(of form: FormDefinition) -> [String: Int] {
      var names: [String: Int] = [:]
      for (index, field) in form.fields.enumerated() where field.type != .index {
        let path = form.rowLeaves[field.row] + form.columnLeaves[field.column]
        var texts = [""]
        for heading in path {
          let words = [heading.name, heading.printed] + heading.synonyms + heading.aliases
          texts = texts.prefix(mostNames).flatMap { text in words.map { text + $0 } }
        }
        for text in [field.key.path.joined()] + texts {
          for key in [LabelText.key(text), LabelText.baseKey(text)] where names[key] == nil {
            names[key] = index
          }
        }
      }
      return names
    }

    private static let mostNames = 200
  }

  private mutating func read(_ grid: Grid, _ page: Page) {
    let rows = GridRows(grid)
    var position = rows.position(ofRow: page.headingRow + 1)
    let other = grid.name == sheet ? nil : grid.name
    var parts: [Int: ListLines.Origin] = [:]
    var hidden: [Int: ListContent.Hidden] = [:]
    while let row = rows.row(at: position) {
      let cells = rows.cells(inRow: row, from: &position)
      var values = page.columns.indices.map { field in
        var cell = TypedCell()
        if page.columns[field] == nil, form.fields[field].type != .index { cell.state = .missing }
        return cell
      }
      var words: [Int: String] = [:]
      for index in cells {
        let column = grid.cells.keys[index].column
        if let field = page.fieldOf[column] {
          values[field] = TypedCell(grid.cells.values[index], field: form.fields[field], year: year)
        } else {
          words[column] = grid.cells.values[index].value.words
        }
      }
      let isBlank = values.allSatisfy {
        ($0.state == .blank || $0.state == .missing) && $0.notes.isEmpty
      }
      let name = words[page.unit] ?? ""
      if isBlank, words[page.row] == nil || name.isEmpty { continue }
      if words[page.file] == nil, words[page.row] == nil, totals.isAddedTotalWord(name, forRows: true) {
        typedTotals.append((grid.name, CellReference(row: row, column: page.unit), name))
        continue
      }
      let path = page.path.flatMap { words[$0] }.map { $0.split(separator: "/").map(String.init) } ?? []
      let unit = self.unit(name, path: path, cell: CellReference(row: row, column: page.unit))
      let origin = ListLines.Origin(file: words[page.file] ?? "", sheet: words[page.sheet] ?? "")
      if parts[unit] != origin {
        parts[unit] = origin
        units[unit].content.lines.add(
          ListLines.Part(
            sheet: other, columns: page.columns, isHidden: grid.isHidden, origin: origin))
      }
      units[unit].content.lines.append(
        row: row, values, originRow: words[page.row].flatMap { Int($0) } ?? 0)
      if grid.isHidden || grid.hiddenRows.contains(row) {
        hidden[unit, default: ListContent.Hidden(sheet: other, isWhole: grid.isHidden)].add(row)
      }
    }
    for (unit, hidden) in hidden { units[unit].content.hidden.append(hidden) }
  }

  private mutating func unit(_ name: String, path: [String], cell: CellReference) -> Int {
    let key = (path + [name]).joined(separator: "/")
    if let known = positions[key] { return known }
    positions[key] = units.count
    units.append(
      UnitLines(
        name: name, path: path, content: ListContent(lines: ListLines(fieldCount: form.fields.count)),
        cell: cell))
    return units.count - 1
  }
}
