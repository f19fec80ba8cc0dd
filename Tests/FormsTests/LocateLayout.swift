import Foundation
import XLSX

@testable import Forms

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }
}

/// How a unit lays out a form: the choices that people make, each independent of the others.
struct LocateLayout {
  /// Where the axes of the definition go.
  enum Axes: CaseIterable {
    case asDefined
    /// Rows as columns, columns as rows.
    case swapped
    /// The rows' first level stays, its lower levels become columns.
    case mixed
  }

  /// How a parent and its children share the headings.
  enum Tree: CaseIterable {
    case merged
    /// The parent stands only before its first child.
    case firstOnly
    /// The parent stands before each child.
    case repeated
    /// Parent and child in one cell.
    case fused
    /// The parent in a line of its own, the children under it.
    case indented
    /// The parent, unmerged, before its last child.
    case lastOnly
  }

  enum HeadLines: CaseIterable {
    /// `填报人：张三`, each in a row of its own.
    case ownRows
    /// Two in a row, in cells of their own.
    case pairs
    /// Both of a pair in one cell.
    case oneCell
    /// The label in one cell, the value in the next.
    case beside
    /// Label and value each merged over several cells.
    case besideMerged
    /// All four above the table.
    case allAbove
  }

  var axes = Axes.asDefined
  var rows = Tree.merged
  var columns = Tree.merged
  var headLines = HeadLines.ownRows
  var hasTitle = true
  var hasNumberColumn = false
  var hasRemarks = false
  var hasBlankLines = false
  var hasCorner = false
  var isWide = false
  var hasAddedTotals = false
  /// Percent of labels written with spaces, breaks, numbers or units.
  var decorated = 0
  /// Percent of labels in other words.
  var aliased = 0
  /// Percent of labels of totals by another of their words.
  var synonyms = 0
  var isShuffled = false
  var origin: CellReference = "A1"

  init() {}

  /// A layout at random.
  init(_ numbers: inout SeededNumbers) {
    axes = numbers.chance(80) ? .asDefined : numbers.pick(Axes.allCases)
    rows = numbers.chance(40) ? .merged : numbers.pick([.firstOnly, .repeated, .fused, .indented, .lastOnly])
    columns = numbers.chance(50) ? .merged : numbers.pick([.firstOnly, .repeated, .fused])
    headLines = numbers.pick(HeadLines.allCases)
    hasTitle = numbers.chance(80)
    hasNumberColumn = numbers.chance(20)
    hasRemarks = numbers.chance(25)
    hasBlankLines = numbers.chance(15)
    hasCorner = numbers.chance(40)
    isWide = numbers.chance(10)
    hasAddedTotals = numbers.chance(20)
    decorated = numbers.chance(50) ? 0 : 60
    aliased = numbers.chance(70) ? 0 : 40
    synonyms = 20
    isShuffled = numbers.chance(25)
    origin = CellReference(
      row: .random(in: 1...6, using: &numbers), column: .random(in: 1...5, using: &numbers))
  }
}

/// A form filled in and laid out: the sheet, and what was put in.
struct FilledSheet {
  var grid: Grid
  var figures: [String: Decimal]
  var head: [FormDefinition.HeadLine.Role: String]
  /// The last row and column in use.
  var end: CellReference
}

/// Draws a form in a layout.
struct LocatePainter {
  private struct Node {
    var heading: Heading
    /// The place of its name in the field's key.
    var order: Int
    var children: [Node] = []

    var leaves: [[Node]] { children.isEmpty ? [[self]] : children.flatMap(\.leaves).map { [self] + $0 } }
    var depth: Int { 1 + (children.map(\.depth).max() ?? 0) }
  }

  let form: FormDefinition
  let layout: LocateLayout
  private var numbers: SeededNumbers
  private var grid: Grid
  private var last: CellReference = "A1"

  init(
    _ form: FormDefinition, _ layout: LocateLayout, _ numbers: SeededNumbers,
    on grid: Grid = Grid(name: "Sheet1")
  ) {
    self.form = form
    self.layout = layout
    self.numbers = numbers
    self.grid = grid
  }

  mutating func paint() -> FilledSheet {
    var (left, above) = trees()
    if layout.isShuffled {
      left = shuffled(left)
      above = shuffled(above)
    }
    let head = headValues()
    var row = layout.origin.row
    let column = layout.origin.column
    if layout.hasTitle {
      put(form.label, CellReference(row: row, column: column))
      put(numbers.pick([form.title] + form.titleAliases), CellReference(row: row + 1, column: column))
      row += 2
    }
    row = putHeadLines(.above, head, row: row)
    if numbers.chance(30) { row += 1 }

    // 序号 first, then the stub; the head starts to the right of both.
    let stubDepth = depth(left, layout.rows)
    let headDepth = depth(above, layout.columns)
    let stub = column + (layout.hasNumberColumn && !left.isEmpty ? 1 : 0)
    let firstRow = row + headDepth
    let firstColumn = stub + stubDepth
    let rows = draw(left, layout.rows, .left, line: firstRow, track: stub, depth: stubDepth, width: 1)
    let columns = draw(
      above, layout.columns, .above, line: firstColumn, track: row, depth: headDepth,
      width: layout.isWide ? 2 : 1)
    if layout.hasCorner, !left.isEmpty, headDepth > 0 { put("项目", CellReference(row: row, column: stub)) }
    let figures = putFigures(rows, columns, firstRow: firstRow, firstColumn: firstColumn)
    var bottom = last.row
    if layout.hasNumberColumn, !left.isEmpty {
      put("序号", CellReference(row: row, column: column))
      for (index, line) in rows.enumerated() {
        put(Decimal(index + 1), CellReference(row: line.line, column: column))
      }
    }
    if layout.hasAddedTotals, layout.axes == .asDefined, layout.rows != .fused, !left.isEmpty {
      bottom = putTotals(rows, columns, figures, row: bottom + 1, stub: stub)
    }
    if layout.hasRemarks {
      let remarks = last.column + 1
      put("备注", CellReference(row: row, column: remarks))
      if let line = rows.last?.line ?? Optional(firstRow) {
        put(7, CellReference(row: line, column: remarks))
      }
    }
    row = putHeadLines(.below, head, row: bottom + 1)
    return FilledSheet(
      grid: grid, figures: figures.reduce(into: [:]) { $0[$1.key] = $1.value.value }, head: head, end: last)
  }

  private func trees() -> (left: [Node], above: [Node]) {
    func nodes(_ headings: [Heading], _ order: Int) -> [Node] {
      headings.map { Node(heading: $0, order: order, children: nodes($0.children, order + 1)) }
    }
    let rows = nodes(form.rows, 0)
    let columns = nodes(form.columns, 10)
    switch layout.axes {
    case .asDefined: return (rows, columns)
    case .swapped: return (columns, rows)
    case .mixed:
      let lower = rows.map { $0.children.map(\.heading.name) }
      guard let first = rows.first, !first.children.isEmpty, lower.allSatisfy({ $0 == lower[0] }) else {
        return (rows, columns)
      }
      func under(_ node: Node) -> Node {
        var node = node
        node.children = node.children.isEmpty ? columns : node.children.map(under)
        return node
      }
      return (
        rows.map { Node(heading: $0.heading, order: $0.order) }, first.children.map(under)
      )
    }
  }

  private mutating func shuffled(_ nodes: [Node]) -> [Node] {
    var nodes = nodes.shuffled(using: &numbers)
    for index in nodes.indices { nodes[index].children = shuffled(nodes[index].children) }
    return nodes
  }

  private func depth(_ nodes: [Node], _ tree: LocateLayout.Tree) -> Int {
    if nodes.isEmpty { return 0 }
    return tree == .fused || tree == .indented ? 1 : nodes.map(\.depth).max() ?? 0
  }

  /// Draws a heading tree and gives the line of each leaf.
  private mutating func draw(
    _ nodes: [Node], _ tree: LocateLayout.Tree, _ side: HeadingSide, line: Int, track: Int, depth: Int,
    width: Int
  ) -> [(line: Int, path: [Node])] {
    var lines: [(line: Int, path: [Node])] = []
    var next = line
    for node in nodes {
      if layout.hasBlankLines, side == .left, next > line { next += 1 }
      draw(
        node, [], tree, side, line: &next, track: track, end: track + depth - 1, width: width, into: &lines)
    }
    return lines
  }

  private mutating func draw(
    _ node: Node, _ parents: [Node], _ tree: LocateLayout.Tree, _ side: HeadingSide, line: inout Int,
    track: Int,
    end: Int, width: Int, into lines: inout [(line: Int, path: [Node])]
  ) {
    let path = parents + [node]
    let start = line
    if node.children.isEmpty {
      let text = tree == .fused ? fused(path) : label(node.heading)
      let isMerged = tree == .merged
      put(
        text, side.cell(line: line, track: track), lines: width, tracks: isMerged ? end - track + 1 : 1, side)
      lines.append((line, path))
      line += width
      return
    }
    let inner = tree == .fused || tree == .indented ? track : track + 1
    if tree == .indented {
      put(label(node.heading), side.cell(line: line, track: track))
      line += 1
    }
    let text = label(node.heading)
    for child in node.children {
      let first = line
      draw(child, path, tree, side, line: &line, track: inner, end: end, width: width, into: &lines)
      if tree == .repeated {
        for position in stride(from: first, to: line, by: width) {
          put(text, side.cell(line: position, track: track))
        }
      }
    }
    switch tree {
    case .merged: put(text, side.cell(line: start, track: track), lines: line - start, tracks: 1, side)
    case .firstOnly: put(text, side.cell(line: start, track: track))
    case .lastOnly: put(text, side.cell(line: line - width, track: track))
    case .repeated, .fused, .indented: break
    }
  }

  private mutating func fused(_ path: [Node]) -> String {
    let names = path.map { label($0.heading, plain: true) }
    if names.count == 1 { return names[0] }
    let parents = names.dropLast().joined()
    let leaf = names[names.count - 1]
    let bracketed = "\(parents)（\(leaf)）"
    let ways: [String] = [
      names.joined(), names.joined(separator: "-"), names.joined(separator: " "),
      names.joined(separator: "\n"), bracketed,
    ]
    return numbers.pick(ways)
  }

  /// A heading as a unit writes it.
  private mutating func label(_ heading: Heading, plain: Bool = false) -> String {
    var text = plain || numbers.chance(50) ? heading.name : heading.printed
    if !heading.synonyms.isEmpty, numbers.chance(layout.synonyms) { text = numbers.pick(heading.synonyms) }
    if !heading.aliases.isEmpty, numbers.chance(layout.aliased) { text = numbers.pick(heading.aliases) }
    if plain || !numbers.chance(layout.decorated) { return text }
    let characters = text.map(String.init)
    return numbers.pick([
      characters.joined(separator: " "), characters.joined(separator: "\n"), "　" + text + " ", text + "：",
      characters.joined(separator: "　"), "“" + text + "”",
    ])
  }

  private mutating func putFigures(
    _ rows: [(line: Int, path: [Node])], _ columns: [(line: Int, path: [Node])], firstRow: Int,
    firstColumn: Int
  ) -> [String: (cell: CellReference, value: Decimal)] {
    var figures: [String: (cell: CellReference, value: Decimal)] = [:]
    let lanes = rows.isEmpty ? [(firstRow, [])] : rows
    let heads = columns.isEmpty ? [(firstColumn, [])] : columns
    for (row, rowPath) in lanes {
      for (column, columnPath) in heads {
        let key = (rowPath + columnPath).sorted { $0.order < $1.order }.map(\.heading.name).joined(
          separator: "/")
        guard let field = form.field(FieldKey(rawValue: key)) else { continue }
        let value =
          Decimal(Int.random(in: 1...99_999, using: &numbers)) / (field.measure.decimals > 0 ? 10_000 : 1)
        let cell = CellReference(row: row, column: column)
        put(value, cell)
        if layout.isWide, !columns.isEmpty, numbers.chance(60) {
          grid.merges.append(CellRange(cell, cell.offset(columns: 1)))
        }
        figures[key] = (cell, value)
      }
    }
    return figures
  }

  private mutating func putTotals(
    _ rows: [(line: Int, path: [Node])], _ columns: [(line: Int, path: [Node])],
    _ figures: [String: (cell: CellReference, value: Decimal)], row: Int, stub: Int
  ) -> Int {
    put("总计", CellReference(row: row, column: stub))
    for (column, _) in columns {
      let sum = figures.values.filter { $0.cell.column == column }.reduce(Decimal(0)) { $0 + $1.value }
      put(sum, CellReference(row: row, column: column))
    }
    return row
  }

  private mutating func headValues() -> [FormDefinition.HeadLine.Role: String] {
    [
      .unit: numbers.pick(["沁阳市总工会", "温县总工会", "教育工会", "解放区总工会"]),
      .filledOn: numbers.pick(["2024年11月11日", "2024-11-12", "2024.11.13", "11月14日"]),
      .filledBy: numbers.pick(["宋佳", "杨帆", "欧阳小燕"]),
      .phone: numbers.pick(["0391-2918019", "13903911234", "3999920"]),
    ]
  }

  private mutating func putHeadLines(
    _ place: FormDefinition.HeadLine.Place, _ values: [FormDefinition.HeadLine.Role: String], row: Int
  ) -> Int {
    var row = row
    var lines = form.headLines.filter { $0.place == place }
    if layout.headLines == .allAbove { lines = place == .above ? form.headLines : [] }
    let column = layout.origin.column
    func text(_ line: FormDefinition.HeadLine) -> String { line.label + "：" + (values[line.role] ?? "") }
    switch layout.headLines {
    case .ownRows, .allAbove:
      for line in lines {
        put(text(line), CellReference(row: row, column: column))
        row += 1
      }
    case .pairs:
      for (index, line) in lines.enumerated() {
        put(text(line), CellReference(row: row, column: column + 3 * index))
      }
      row += 1
    case .oneCell:
      put(lines.map(text).joined(separator: "    "), CellReference(row: row, column: column))
      row += 1
    case .beside:
      for (index, line) in lines.enumerated() {
        put(line.label + (numbers.chance(70) ? "：" : ""), CellReference(row: row, column: column + 2 * index))
        put(values[line.role] ?? "", CellReference(row: row, column: column + 2 * index + 1))
      }
      row += 1
    case .besideMerged:
      for line in lines {
        put(line.label, CellReference(row: row, column: column), lines: 2, tracks: 1, .above)
        put(values[line.role] ?? "", CellReference(row: row, column: column + 2), lines: 2, tracks: 1, .above)
        row += 1
      }
    }
    return row
  }

  private mutating func put(_ text: String, _ cell: CellReference) {
    if text.isEmpty { return }
    grid.cells[cell] = GridCell(.text(text))
    reach(cell)
  }

  private mutating func put(_ number: Decimal, _ cell: CellReference) {
    grid.cells[cell] = GridCell(.number(number))
    reach(cell)
  }

  private mutating func put(
    _ text: String, _ cell: CellReference, lines: Int, tracks: Int, _ side: HeadingSide
  ) {
    put(text, cell)
    let rows = side == .left ? lines : tracks
    let columns = side == .left ? tracks : lines
    let end = cell.offset(rows: rows - 1, columns: columns - 1)
    if end != cell { grid.merges.append(CellRange(cell, end)) }
    reach(end)
  }

  private mutating func reach(_ cell: CellReference) {
    last = CellReference(row: max(last.row, cell.row), column: max(last.column, cell.column))
  }
}

extension Grid {
  /// The sheet as text, to look at when a test fails.
  var picture: String {
    guard let last = cells.keys.map(\.row).max(), let width = cells.keys.map(\.column).max() else {
      return ""
    }
    let rows = (1...last).map { row in
      (1...width).map { column in
        let cell = CellReference(row: row, column: column)
        let text = CellFigure.text(cells[cell]?.value ?? .blank).replacingOccurrences(of: "\n", with: "⏎")
        return merges.contains { $0.contains(cell) && $0.first != cell } ? "~" + text : text
      }.joined(separator: " | ")
    }
    return rows.enumerated().map { "\($0 + 1): \($1)" }.joined(separator: "\n")
  }
}
