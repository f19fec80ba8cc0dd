import XLSX

/// Makes a form of a blank table: heading trees, types, measures, totals.
struct FormLearner {
  let table: LearnTable
  let words: LearnWords
  let shape: TableShape
  let noteMeasures: [String]
  var questions: [LearnQuestion] = []
  /// The headings whose measure was taken from words that leave it open.
  var guessed: [LearnedForm.Node] = []
  var form: LearnedForm
  /// What questions call the form.
  let name: String

  /// - Parameters:
  ///   - label: 附件2, as far as it is known.
  ///   - decimals: Digits behind the point that the notice asks for.
  init?(_ table: LearnTable, label: String, title: String, noteMeasures: [String], words: LearnWords) {
    guard let shape = TableShape(table, words: words) else { return nil }
    self.table = table
    self.words = words
    self.shape = shape
    self.noteMeasures = noteMeasures
    name = label.isEmpty ? "“\(title)”" : label
    form = LearnedForm(
      label: label, title: title, kind: shape.kind, rows: [], columns: [], place: table.place,
      page: table.page,
      sheet: table.sheet)
    let forest = HeadingForest(table)
    let columnTrees = forest.columns(shape.columns, rows: shape.head).map {
      Self.withUnitBelow($0, words: words)
    }
    let rowTrees =
      shape.kind == .matrix ? forest.rows(shape.body, columns: shape.rowHeadings, spare: shape.indices) : []
    leavesOfColumns = Self.leafPlaces(columnTrees)
    leavesOfRows = Self.leafPlaces(rowTrees)
    var columns = columnTrees.map(node)
    var rows = rowTrees.map(node)
    guard !columns.isEmpty, !(shape.kind == .list && columns.count < 2 && columns[0].children.isEmpty) else {
      return nil
    }
    askForRowsWithoutHeading()
    makeUnique(&columns)
    makeUnique(&rows)
    form.columns = columns
    form.rows = rows
    let checking = takeCheckHeadings()
    readRowMeasures()
    readTypes()
    if form.kind == .list, isSingleRow { form.kind = .matrix }
    if form.kind == .matrix { readMatrixTypes() }
    readMeasures()
    readTotals()
    if form.kind == .list { readListTotals() }
    readLimits()
    readChecks(checking)
    // 填报内容 is printed nowhere.
    if table.isUnfolded { form.columns = [] }
  }

  /// The sheet's column of every column leaf, its row of every row leaf, in the order of the trees.
  var leavesOfColumns: [Int] = []
  var leavesOfRows: [Int] = []
  /// The rows to fill in.
  var bodyRows: [Int] { shape.body }

  /// The cell where a row leaf and a column leaf cross; a form without row headings has one row.
  func cell(row: Int, column: Int) -> CellReference? {
    guard leavesOfColumns.indices.contains(column) else { return nil }
    let rows = leavesOfRows.isEmpty ? shape.body : leavesOfRows
    guard rows.indices.contains(row) else { return nil }
    return CellReference(row: rows[row], column: leavesOfColumns[column])
  }

  /// A row of the table that no heading names cannot be read, which a person must know.
  private mutating func askForRowsWithoutHeading() {
    for cell in table.leftOut {
      questions.append(
        LearnQuestion(
          place(cell), zh: "\(name)第\(cell.row)行的栏目没有读懂，没有写入，请改成一格标题、一格空白，或在报表文件中补上",
          en:
            "\(name): row \(cell.row) was not understood and is left out; lay it out as a label with a blank beside it, or add it to the form's file"
        ))
    }
    guard shape.kind == .matrix else { return }
    for row in shape.body where !leavesOfRows.contains(row) {
      let cell = CellReference(row: row, column: table.range.first.column)
      questions.append(
        LearnQuestion(
          place(cell), zh: "\(name)的第\(row)行没有看出行标题，没有写入，请在空白表中写明",
          en: "\(name): no heading of row \(row) was found, and it is left out; give it one in the blank"))
    }
  }

  /// 面积 with （亩） alone below it is 面积（亩）.
  private static func withUnitBelow(_ tree: HeadingForest.Tree, words: LearnWords) -> HeadingForest.Tree {
    var tree = tree
    if tree.children.count == 1, let child = tree.children.first, child.children.isEmpty,
      let unit = HeadingWords.unit(child.text, words: words)
    {
      tree.text += "（\(unit)）"
      tree.leaf = child.leaf
      tree.children = []
    } else {
      tree.children = tree.children.map { withUnitBelow($0, words: words) }
    }
    return tree
  }

  private static func leafPlaces(_ trees: [HeadingForest.Tree]) -> [Int] {
    trees.flatMap { tree in tree.leaf.map { [$0] } ?? leafPlaces(tree.children) }
  }

  private func node(_ tree: HeadingForest.Tree) -> LearnedForm.Node {
    let heading = HeadingWords(tree.text, words: words)
    var node = LearnedForm.Node(
      name: heading.name, printed: tree.text, measure: heading.measure, isPart: heading.isPart,
      children: tree.children.map(node), place: place(tree.cell))
    if heading.isPercent { node.type = .percent }
    if heading.hintsDate { node.type = .date }
    if !heading.choices.isEmpty { node.type = .yesNo }
    if !heading.options.isEmpty {
      node.type = .choice
      node.choices = heading.options
    }
    if heading.measure != nil {
      node.type = words[.textual].contains { heading.name.hasSuffix($0) } ? .text : .number
    }
    node.isAverage = words[.averages].contains { heading.name.contains($0) }
    node.aliases = []
    return node
  }

  func place(_ cell: CellReference) -> LearnPlace {
    guard let sheet = table.sheet else { return table.place }
    let cell = table.sources[cell] ?? cell
    return LearnPlace(file: table.place.file).cell(sheet, cell)
  }

  /// No two headings side by side have one name.
  private mutating func makeUnique(_ nodes: inout [LearnedForm.Node]) {
    var seen: [String: Int] = [:]
    for index in nodes.indices {
      let key = LabelText.key(nodes[index].name)
      let count = (seen[key] ?? 0) + 1
      seen[key] = count
      if count > 1 {
        let name = nodes[index].name
        nodes[index].name = name + String(count)
        // What is printed twice could not be told apart either.
        nodes[index].printed = nodes[index].name
        questions.append(
          LearnQuestion(
            nodes[index].place, zh: "“\(name)”在同一层出现了\(count)次，第\(count)个按“\(name)\(count)”处理，请改一个能区分的名称",
            en:
              "\"\(name)\" is there \(count) times side by side; number \(count) is called \"\(name)\(count)\", please give it a name of its own"
          ))
      }
      makeUnique(&nodes[index].children)
    }
  }
}
