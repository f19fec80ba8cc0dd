import XLSX

/// What each heading asks for: by validations and formats, then by words.
extension FormLearner {
  func evidence(_ cell: CellReference) -> (type: LearnedType, choices: [String])? {
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
    var count = 0
    for cell in cells {
      guard let found = evidence(cell) else { continue }
      if let result, result.type != found.type || result.choices != found.choices { return nil }
      result = found
      count += 1
    }
    // In a matrix one cell of a column may be a rate: what most cells leave open, one does not decide.
    return form.kind == .list || count * 2 > cells.count ? result : nil
  }

  func cells(column: Int) -> [CellReference] {
    shape.body.filter { form.kind == .list || !isSumRow($0) }.map { CellReference(row: $0, column: column) }
  }

  private func isSumRow(_ row: Int) -> Bool {
    shape.rowHeadings.contains { words.isTotal(shape.text(row, $0)) }
  }

  mutating func readTypes() {
    let added = addedLeaves(form.columns)
    let workedOut = form.kind == .list ? columnsInFormulas : []
    var unsaid: [LearnedForm.Node] = []
    var index = 0
    Self.change(&form.columns) { [self] node, isCounted in
      defer { index += 1 }
      guard leavesOfColumns.indices.contains(index) else { return }
      if let found = common(cells(column: leavesOfColumns[index])) {
        // A unit in the heading says more than a rule for typing.
        if node.type == nil || found.type != .number {
          node.type = node.measure != nil ? .number : found.type
        }
        if node.type != .choice || !found.choices.isEmpty { node.choices = found.choices }
      }
      if form.kind == .list, node.type == nil, workedOut.contains(leavesOfColumns[index]) {
        // 到期日-发放日: days that are worked with stay days.
        let said = typeByWords(node.name)
        node.type = said == .percent || said == .date ? said : .number
      }
      if node.type == nil, form.kind == .list {
        node.type = isCounted ? exactType(node.name) ?? .number : typeByWords(node.name)
      }
      if form.kind == .list, node.type == nil {
        let isNumber =
          measureByWords(node.name) != nil || added.contains(index)
          || words[.counted].contains { node.name.hasSuffix($0) }
        node.type = isNumber ? .number : .text
        if !isNumber { unsaid.append(node) }
      }
      if form.kind == .list, node.measure == nil,
        node.type == .text && words[.index].contains(node.name)
          || shape.indices.contains(leavesOfColumns[index])
      {
        node.type = .index
        unsaid.removeAll { $0.place == node.place }
      }
      node.decimals = decimals(cells(column: leavesOfColumns[index]))
    }
    if form.kind == .list { askForTexts(unsaid) }
    askForChoices()
  }

  /// The columns of a list that its formulas work out or work with: 金额 under which stands a sum, 数量 and 单价 of `D4*E4`.
  private var columnsInFormulas: Set<Int> {
    var found: Set<Int> = []
    for column in table.range.columns {
      if let row = shape.totalRow,
        let formula = table.cells[CellReference(row: row, column: column)]?.formula,
        FormulaTerms.added(formula)?.contains(where: { $0.column == column }) == true
      {
        found.insert(column)
      }
      for row in shape.body.prefix(1) {
        let cell = CellReference(row: row, column: column)
        guard let formula = table.cells[cell]?.formula, let used = FormulaTerms.worked(formula) else {
          continue
        }
        found.insert(column)
        found.formUnion(used.filter { $0.row == row }.map(\.column))
      }
    }
    return found
  }

  /// What a heading's words say nothing of is a text; beside a 合计 line whose cells say nothing either it may be meant to
  /// be added up.
  private mutating func askForTexts(_ nodes: [LearnedForm.Node]) {
    guard let first = nodes.first, let row = shape.totalRow,
      !leavesOfColumns.contains(where: {
        table.cells[CellReference(row: row, column: $0)]?.formula != nil
      })
    else { return }
    let names = nodes.map(\.name)
    let shown = (names.prefix(6).joined(separator: "、"), names.prefix(6).joined(separator: ", "))
    questions.append(
      LearnQuestion(
        first.place, about: .figures(form: table.place, headings: names), taken: "否",
        choices: ["否"] + names,
        zh:
          "\(name)有合计一行，“\(shown.0)”\(names.count > 6 ? "等\(names.count)栏" : "")没有写计量单位，已按文字处理、不作合计；其中有数字的，请写出栏名",
        en:
          "\(name) has a line of totals, and \"\(shown.1)\"\(names.count > 6 ? " and others" : "") (\(names.count)) have no unit of measure; they are taken as texts and not added up; name those that are numbers"
      ))
  }

  /// A list of choices that a formula works out is nowhere written.
  private mutating func askForChoices() {
    var asked: Set<String> = []
    for rule in table.validations where rule.kind == .list {
      guard let formula = rule.formula1, !formula.hasPrefix("\""), choices(rule)?.isEmpty ?? true,
        let cell = rule.ranges.first?.first, table.range.contains(cell), asked.insert(formula).inserted
      else { continue }
      questions.append(
        LearnQuestion(
          place(cell), zh: "\(name)中下拉选项“\(formula)”没有读到，这一栏按文字处理，可选的请在 choices 中写明",
          en:
            "\(name): the choices of \"\(formula)\" were not found, and the column is taken as text; say them in choices"
        ))
    }
  }

  /// The leaves of groups that have a sum among them: 基础津贴 and 小计 of 津贴标准. What is added up is a number.
  private func addedLeaves(_ nodes: [LearnedForm.Node]) -> Set<Int> {
    var found: Set<Int> = []
    var index = 0
    func walk(_ nodes: [LearnedForm.Node], isAdded: Bool) {
      let isAdded = isAdded || nodes.contains { words.isTotal($0.name) && $0.children.isEmpty }
      for node in nodes {
        if node.children.isEmpty {
          if isAdded || words.isTotal(node.name) { found.insert(index) }
          index += 1
        } else {
          walk(node.children, isAdded: isAdded)
        }
      }
    }
    for node in nodes {
      if node.children.isEmpty {
        if words.isTotal(node.name) { found.insert(index) }
        index += 1
      } else {
        walk(node.children, isAdded: false)
      }
    }
    return found
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
  var isSingleRow: Bool {
    guard shape.body.count == 1, shape.totalRow == nil else { return false }
    return LearnedForm.leaves(of: form.columns).allSatisfy { path in
      guard let type = path.reversed().compactMap(\.type).first else { return true }
      return [.number, .percent].contains(type)
        || (type == .text && path.contains { $0.measure != nil })
    } && LearnedForm.leaves(of: form.columns).contains { $0.contains { $0.measure != nil } }
  }

  /// In a matrix figures are usual: other types need an exact word, or a table of labels and blanks.
  mutating func readMatrixTypes() {
    var columnIndex = 0
    let isTyped = isLabelTable
    let columnPlaces = leavesOfColumns
    // 企业 beside 数量（个） is what is counted.
    let isCounted = form.columnLeaves.allSatisfy { $0.contains { $0.measure != nil || $0.type != nil } }
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
      } else if let type = exactType(node.name), type != .text || !isCounted {
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
    guard let found = words.typeEnds.first(where: { name.hasSuffix($0.word) }) else {
      // 水质是否达标
      return words[.yesNo].contains { $0.count > 1 && name.contains($0) } ? .yesNo : nil
    }
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

  func measureByWords(_ name: String) -> String? {
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
}
