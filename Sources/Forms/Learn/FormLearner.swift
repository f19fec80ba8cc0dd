import XLSX

/// Makes a form of a blank table: heading trees, types, measures, totals.
struct FormLearner {
  let table: LearnTable
  let words: LearnWords
  let shape: TableShape
  private var noteMeasures: [String]
  var questions: [LearnQuestion] = []
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
    let columnTrees = forest.columns(shape.columns, rows: shape.head)
    let rowTrees = shape.kind == .matrix ? forest.rows(shape.body, columns: shape.rowHeadings) : []
    leavesOfColumns = Self.leafPlaces(columnTrees)
    leavesOfRows = Self.leafPlaces(rowTrees)
    var columns = columnTrees.map(node)
    var rows = rowTrees.map(node)
    guard !columns.isEmpty, !(shape.kind == .list && columns.count < 2 && columns[0].children.isEmpty) else {
      return nil
    }
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
    if heading.measure != nil {
      node.type = words[.textual].contains { heading.name.hasSuffix($0) } ? .text : .number
    }
    node.aliases = []
    return node
  }

  func place(_ cell: CellReference) -> LearnPlace {
    guard let sheet = table.sheet else { return table.place }
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

  // Types.

  private func evidence(_ cell: CellReference) -> (type: LearnedType, choices: [String])? {
    if let validation = table.validation(at: cell) {
      switch validation.kind {
      case .list:
        if let choices = choices(validation), !choices.isEmpty {
          let isYesNo =
            choices.count == 2 && words[.yes].contains(choices[0]) && words[.no].contains(choices[1])
          return (isYesNo ? .yesNo : .choice, isYesNo ? [] : choices)
        }
      case .date: return (.date, [])
      case .whole, .decimal:
        return table.formats[cell]?.isPercent == true ? (.percent, []) : (.number, [])
      default: break
      }
    }
    guard let format = table.formats[cell] else { return nil }
    if format.isDate { return (.date, []) }
    if format.isPercent { return (.percent, []) }
    if format.code == "@" { return nil }
    let code = format.code.replacing("\\", with: "")
    return code.contains("0.0") || code.contains("#,##0") || code == "0" ? (.number, []) : nil
  }

  /// The choices of a list, written out or in cells of the same sheet.
  private func choices(_ validation: DataValidation) -> [String]? {
    guard let formula = validation.formula1 else { return nil }
    if formula.hasPrefix("\"") {
      return formula.dropFirst().dropLast().split(separator: ",").map { LearnText.printed(String($0)) }
    }
    return table.choiceLists[formula]
  }

  /// What all of several cells say alike.
  private func common(_ cells: [CellReference]) -> (type: LearnedType, choices: [String])? {
    var result: (type: LearnedType, choices: [String])?
    for cell in cells {
      guard let found = evidence(cell) else { continue }
      if let result, result.type != found.type || result.choices != found.choices { return nil }
      result = found
    }
    return result
  }

  func cells(column: Int) -> [CellReference] {
    shape.body.filter { form.kind == .list || !isSumRow($0) }.map { CellReference(row: $0, column: column) }
  }

  private func isSumRow(_ row: Int) -> Bool {
    shape.rowHeadings.contains { words.isTotal(shape.text(row, $0)) }
  }

  private mutating func readTypes() {
    var index = 0
    Self.change(&form.columns) { [self] node, isCounted in
      defer { index += 1 }
      guard leavesOfColumns.indices.contains(index) else { return }
      if let found = common(cells(column: leavesOfColumns[index])) {
        // A unit in the heading says more than a rule for typing.
        if node.type == nil || found.type != .number {
          node.type = node.measure != nil ? .number : found.type
        }
        node.choices = found.choices
      }
      if node.type == nil, form.kind == .list {
        node.type = isCounted ? exactType(node.name) ?? .number : typeByWords(node.name)
      }
      if form.kind == .list, node.type == nil {
        node.type = measureByWords(node.name) == nil ? .text : .number
      }
      if form.kind == .list, node.type == .text, words[.index].contains(node.name) { node.type = .index }
      node.decimals = decimals(cells(column: leavesOfColumns[index]))
    }
  }

  private func decimals(_ cells: [CellReference]) -> Int? {
    for cell in cells {
      guard let code = table.formats[cell]?.code, let point = code.firstIndex(of: ".") else { continue }
      let digits = code[code.index(after: point)...].prefix { $0 == "0" || $0 == "#" }.count
      if digits > 0 { return digits }
    }
    return nil
  }

  /// A blank line and nothing but numbers to fill in: a matrix of one row.
  private var isSingleRow: Bool {
    guard shape.body.count == 1, shape.totalRow == nil else { return false }
    return LearnedForm.leaves(of: form.columns).allSatisfy { path in
      guard let type = path.reversed().compactMap(\.type).first else { return true }
      return [.number, .percent].contains(type)
        || (type == .text && path.contains { $0.measure != nil })
    } && LearnedForm.leaves(of: form.columns).contains { $0.contains { $0.measure != nil } }
  }

  /// In a matrix figures are usual: other types need an exact word, or a table of labels and blanks.
  private mutating func readMatrixTypes() {
    var columnIndex = 0
    let isTyped = isLabelTable
    let columnPlaces = leavesOfColumns
    Self.change(&form.columns) { [self] node, _ in
      defer { columnIndex += 1 }
      if node.type == .text, shape.kind == .list { node.type = nil }
      guard node.type == nil, node.measure == nil, !isTyped else { return }
      node.type = exactType(node.name)
    }
    guard !form.rows.isEmpty else { return }
    var rowIndex = 0
    Self.change(&form.rows) { [self] node, _ in
      defer { rowIndex += 1 }
      guard leavesOfRows.indices.contains(rowIndex), node.measure == nil, node.type == nil else { return }
      let row = leavesOfRows[rowIndex]
      let places = columnPlaces.map { CellReference(row: row, column: $0) }
      if isTyped {
        if let found = common(places) {
          node.type = found.type
          node.choices = found.choices
        } else {
          node.type =
            typeByWords(node.name) ?? (measureByWords(node.name) != nil || isNumberColumn ? .number : .text)
        }
      } else if let type = exactType(node.name) {
        node.type = type
      }
    }
  }

  /// 项目 | 填报内容: one column to fill in, every row of its own kind.
  private var isLabelTable: Bool {
    guard leavesOfColumns.count == 1, let name = LearnedForm.leaves(of: form.columns).first?.last?.name else {
      return false
    }
    if form.columns[0].measure != nil || form.columns[0].type == .number { return false }
    let types = Set(
      leavesOfRows.map { evidence(CellReference(row: $0, column: leavesOfColumns[0]))?.type ?? .number })
    return words[.valueColumns].contains(name) || types.contains { $0 != .number }
      || LearnedForm.leaves(of: form.rows).contains { exactType($0.last?.name ?? "") != nil }
  }

  private var isNumberColumn: Bool {
    guard let name = LearnedForm.leaves(of: form.columns).first?.last?.name else { return false }
    return name.contains("数")
  }

  /// The type by the words at a heading's end, unless longer words there say what is counted.
  private func typeByWords(_ name: String) -> LearnedType? {
    if words[.yesNo].contains(where: { name.hasPrefix($0) }) { return .yesNo }
    guard let found = words.typeEnds.first(where: { name.hasSuffix($0.word) }) else { return nil }
    if let measure = words.measureEnds.first(where: { name.hasSuffix($0.word) }),
      measure.word.count > found.word.count
    {
      return .number
    }
    return found.type
  }

  private func exactType(_ name: String) -> LearnedType? {
    if words[.yesNo].contains(where: { name.hasPrefix($0) && name.count > $0.count }) { return .yesNo }
    guard let found = words.typeEnds.first(where: { name.hasSuffix($0.word) }) else { return nil }
    let isSure = found.word == name || [.percent, .phone, .citizenID, .date].contains(found.type)
    return isSure ? found.type : nil
  }

  private func measureByWords(_ name: String) -> String? {
    words.measureEnds.first { name.hasSuffix($0.word) }?.measure
  }

  /// Changes every leaf, from the first to the last.
  ///
  /// - Parameter body: Gets a leaf, and whether a heading above it says what is counted.
  static func change(
    _ nodes: inout [LearnedForm.Node], isCounted: Bool = false, _ body: (inout LearnedForm.Node, Bool) -> Void
  ) {
    for index in nodes.indices {
      if nodes[index].children.isEmpty {
        body(&nodes[index], isCounted)
      } else {
        change(&nodes[index].children, isCounted: isCounted || nodes[index].measure != nil, body)
      }
    }
  }

  // Measures.

  /// 计量单位 as a column of its own.
  private mutating func readRowMeasures() {
    guard let column = shape.measureColumn else { return }
    var index = 0
    Self.change(&form.rows) { [self] node, _ in
      defer { index += 1 }
      guard leavesOfRows.indices.contains(index) else { return }
      let unit = shape.text(leavesOfRows[index], column)
      if ["%", "百分比"].contains(unit) {
        node.type = .percent
      } else if words.measures[unit] != nil {
        node.measure = unit
        node.type = .number
      }
    }
  }

  private mutating func readMeasures() {
    let rowsSay =
      !form.rows.isEmpty
      && LearnedForm.leaves(of: form.rows).allSatisfy {
        $0.contains { $0.measure != nil || ($0.type ?? .number) != .number }
      }
    var columns = form.columns
    var rows = form.rows
    if !rowsSay { guess(&columns, isCovered: false) }
    form.columns = columns
    let columnsSay = LearnedForm.leaves(of: form.columns).allSatisfy {
      $0.contains { $0.measure != nil || ($0.type ?? .number) != .number }
    }
    if !columnsSay { guess(&rows, isCovered: false) }
    form.rows = rows
    // What still has none counts in what stands above the table, else in what nobody said.
    // 单位：人、万元 leaves open which: what is no money by its words counts in the other, and is asked.
    let others = noteMeasures.filter { !words[.money].contains($0) }
    let note = others.first ?? noteMeasures.first
    let isOpen = note == nil || noteMeasures.count > 1
    var missing: [String] = []
    var places: [LearnPlace] = []
    fill(
      &columns, path: [], rows: form.rowLeaves, measure: note ?? "个", isOpen: isOpen, missing: &missing,
      places: &places)
    form.columns = columns
    if let first = places.first, !missing.isEmpty {
      let names = missing.prefix(4).joined(separator: "、") + (missing.count > 4 ? "等" : "")
      questions.append(
        LearnQuestion(
          first, zh: "\(name)的“\(names)”没有写计量单位，已按“\(note ?? "个")”处理，请写明",
          en:
            "\(name): no unit of measure is given for \"\(names)\"; taken as \(note ?? "个"), please say which"
        ))
    }
  }

  private func guess(_ nodes: inout [LearnedForm.Node], isCovered: Bool) {
    for index in nodes.indices {
      if !nodes[index].children.isEmpty {
        let isNamed = nodes[index].measure != nil
        if !isNamed, !isCovered,
          nodes[index].children.allSatisfy({
            $0.children.isEmpty && $0.measure == nil && $0.type.map { $0 == .number } ?? true
              && measureByWords($0.name) == nil
          }),
          let measure = measureByWords(nodes[index].name)
        {
          set(measure, of: &nodes[index])
          continue
        }
        guess(&nodes[index].children, isCovered: isCovered || isNamed)
        continue
      }
      guard !isCovered, nodes[index].measure == nil, nodes[index].type ?? .number == .number,
        let measure = measureByWords(nodes[index].name)
      else { continue }
      set(measure, of: &nodes[index])
    }
  }

  private func set(_ measure: String, of node: inout LearnedForm.Node) {
    let isMoney = words[.money].contains(measure)
    let scale = words.scale(of: measure)
    let note = noteMeasures.first {
      isMoney ? words[.money].contains($0) : words.scale(of: $0).base == scale.base
    }
    node.measure = note ?? measure
    node.isMeasureGuessed = note == nil
  }

  /// Gives every leaf without a measure one.
  ///
  /// - Parameter isOpen: Whether nothing printed says that it is this one.
  private mutating func fill(
    _ nodes: inout [LearnedForm.Node], path: [LearnedForm.Node], rows: [LearnedForm.Leaf], measure: String,
    isOpen: Bool, missing: inout [String], places: inout [LearnPlace]
  ) {
    for index in nodes.indices {
      let path = path + [nodes[index]]
      guard nodes[index].children.isEmpty else {
        fill(
          &nodes[index].children, path: path, rows: rows, measure: measure, isOpen: isOpen, missing: &missing,
          places: &places)
        continue
      }
      let open = rows.filter { row in
        LearnedForm.type(row, path) == .number && LearnedForm.measure(row, path) == nil
      }
      guard !open.isEmpty else { continue }
      // A column without a measure of its own beside rows that have some: only those rows lack it.
      if open.count < rows.count {
        setRows(measure, open)
      } else {
        nodes[index].measure = measure
      }
      if isOpen {
        missing.append(nodes[index].name)
        places.append(nodes[index].place)
      }
    }
  }

  private mutating func setRows(_ measure: String, _ paths: [LearnedForm.Leaf]) {
    let names = Set(paths.map { $0.map(\.name) })
    func walk(_ nodes: inout [LearnedForm.Node], _ path: [String]) {
      for index in nodes.indices {
        let path = path + [nodes[index].name]
        if nodes[index].children.isEmpty {
          if names.contains(path) { nodes[index].measure = measure }
        } else {
          walk(&nodes[index].children, path)
        }
      }
    }
    walk(&form.rows, [])
  }

  // Totals.

  private mutating func readTotals() {
    var columnTotals: [Int: [Int]] = [:]
    var rowTotals: [Int: [Int]] = [:]
    for row in shape.body {
      for column in leavesOfColumns {
        let cell = CellReference(row: row, column: column)
        guard let formula = table.cells[cell]?.formula, let parts = FormulaTerms.added(formula) else {
          continue
        }
        if parts.allSatisfy({ $0.row == row && leavesOfColumns.contains($0.column) && $0.column != column }) {
          if columnTotals[column] == nil { columnTotals[column] = parts.map(\.column) }
        } else if form.kind == .matrix,
          parts.allSatisfy({ $0.column == column && leavesOfRows.contains($0.row) && $0.row != row })
        {
          if rowTotals[row] == nil { rowTotals[row] = parts.map(\.row) }
        }
      }
    }
    var columns = form.columns
    var rows = form.rows
    apply(columnTotals, to: &columns, leaves: leavesOfColumns)
    apply(rowTotals, to: &rows, leaves: leavesOfRows)
    totalsByWords(&columns, above: [], isColumn: true, crossing: form.rowLeaves)
    totalsByWords(&rows, above: [], isColumn: false, crossing: form.columnLeaves)
    form.columns = columns
    form.rows = rows
  }

  /// Sets the sums that formulas say: each total on the heading where its path parts from those of what it adds.
  private func apply(_ totals: [Int: [Int]], to nodes: inout [LearnedForm.Node], leaves: [Int]) {
    let paths = LearnedForm.leaves(of: nodes).map { $0.map(\.name) }
    guard paths.count == leaves.count else { return }
    let byPlace = Dictionary(zip(leaves, paths), uniquingKeysWith: { first, _ in first })
    for (place, parts) in totals.sorted(by: { $0.key < $1.key }) {
      guard let path = byPlace[place] else { continue }
      let added = parts.compactMap { byPlace[$0] }
      guard added.count == parts.count, Set(added).count == added.count else { continue }
      var level = 0
      while level < path.count - 1, added.allSatisfy({ $0.count > level + 1 && $0[level] == path[level] }) {
        level += 1
      }
      let tail = Array(path[(level + 1)...])
      let isGroup = added.allSatisfy { $0.count == path.count && Array($0[(level + 1)...]) == tail }
      let target = isGroup || tail.isEmpty ? level : path.count - 1
      guard target == level else { continue }
      let names = added.map { isGroup ? $0[level] : $0[level...].joined(separator: "/") }
      set(names, at: Array(path[...level]), in: &nodes)
    }
  }

  private func set(_ total: [String], at path: [String], in nodes: inout [LearnedForm.Node]) {
    guard let index = nodes.firstIndex(where: { $0.name == path.first }) else { return }
    if path.count == 1 {
      if nodes[index].total == nil { nodes[index].total = total }
    } else {
      set(total, at: Array(path.dropFirst()), in: &nodes[index].children)
    }
  }

  private mutating func totalsByWords(
    _ nodes: inout [LearnedForm.Node], above: LearnedForm.Leaf, isColumn: Bool, crossing: [LearnedForm.Leaf]
  ) {
    let isNumbers = nodes.map { node -> Bool in
      if node.isPart { return false }
      return LearnedForm.leaves(of: [node]).contains { leaf in
        crossing.contains { other in
          LearnedForm.type(isColumn ? other : above + leaf, isColumn ? above + leaf : other) == .number
        }
      }
    }
    func base(_ node: LearnedForm.Node) -> Set<String> {
      Set(
        LearnedForm.leaves(of: [node]).flatMap { leaf in
          crossing.compactMap { other -> String? in
            let row = isColumn ? other : above + leaf
            let column = isColumn ? above + leaf : other
            guard LearnedForm.type(row, column) == .number else { return nil }
            return LearnedForm.measure(row, column)
          }
        })
    }
    var open: [Int] = []
    var closed: [Int] = []
    let sums = nodes.indices.filter { words.isTotal(nodes[$0].name.trimmingNumberAtEnd) && isNumbers[$0] }
    for index in nodes.indices {
      guard sums.contains(index) else {
        if isNumbers[index] { open.append(index) }
        continue
      }
      defer { closed.append(index) }
      guard nodes[index].total == nil else {
        open = []
        continue
      }
      let isLast = index == sums.last
      var parts = open
      if isLast, sums.count > 1, sums.first != index {
        parts = closed.filter { $0 != index } + open
      } else if sums.count == 1 || (index == sums.first && open.isEmpty) {
        // A sum in front of what it adds, or one for all.
        parts = nodes.indices.filter { isNumbers[$0] && !sums.contains($0) }
      }
      let measures = base(nodes[index])
      parts = parts.filter { base(nodes[$0]).isSubset(of: measures) || measures.isEmpty }
      if parts.count >= 2 {
        nodes[index].total = parts.map { nodes[$0].name }
        if form.kind == .list, above.isEmpty {
          let names = parts.map { nodes[$0].name }.joined(separator: "、")
          questions.append(
            LearnQuestion(
              nodes[index].place, zh: "\(name)的“\(nodes[index].name)”没有公式，已按“\(names)”之和处理，请确认",
              en:
                "\(name): \"\(nodes[index].name)\" has no formula; taken as the sum of \"\(names)\", please confirm"
            ))
        }
      }
      open = []
    }
    for index in nodes.indices where !nodes[index].children.isEmpty {
      let path = above + [nodes[index]]
      totalsByWords(&nodes[index].children, above: path, isColumn: isColumn, crossing: crossing)
    }
  }

  private mutating func readListTotals() {
    form.blankLines = shape.body.count
    let leaves = LearnedForm.leaves(of: form.columns)
    let summable = leaves.indices.filter { index in
      LearnedForm.type([], leaves[index]) == .number
        && !["岁", "年"].contains(LearnedForm.measure([], leaves[index]) ?? "")
    }
    var chosen = summable
    if let row = shape.totalRow {
      let printed = summable.filter {
        table.cells[CellReference(row: row, column: leavesOfColumns[$0])]?.formula != nil
      }
      if !printed.isEmpty { chosen = printed }
    }
    form.totals = chosen.map { leaves[$0].map(\.name).joined(separator: "/") }
  }
}

extension String {
  /// Without the number that tells it from others of its name.
  fileprivate var trimmingNumberAtEnd: String {
    var text = self[...]
    while let last = text.last, last.isASCIIDigit { text.removeLast() }
    return text.isEmpty ? self : String(text)
  }
}
