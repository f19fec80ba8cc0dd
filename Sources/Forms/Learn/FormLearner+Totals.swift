import XLSX

/// Which headings are sums of others: by formulas, then by words.
extension FormLearner {
  /// What the blank's formulas add up: by the column, or the row, of each total those of its parts.
  var printedSums: (columns: [Int: [Int]], rows: [Int: [Int]]) {
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
    return (columnTotals, rowTotals)
  }

  mutating func readTotals() {
    let (columnTotals, rowTotals) = printedSums
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
      // A sum on a group is one of every heading below it, so each must have its like in all groups that are added.
      let group = Array(path[...level])
      let isLike = paths.filter { $0.starts(with: group) }.allSatisfy { own in
        added.allSatisfy { paths.contains(Array($0[...level]) + own[(level + 1)...]) }
      }
      if tail.isEmpty || isGroup && isLike {
        let names = added.map { isGroup ? $0[level] : $0[level...].joined(separator: "/") }
        set(names, at: group, in: &nodes)
      } else if added.allSatisfy({ $0 != path }) {
        // 总计/合计 of 进港/小计 and 出港/小计: by their whole paths.
        set(added.map { $0.joined(separator: "/") }, at: path, in: &nodes)
      }
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
      if node.isPart || node.isAverage { return false }
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
      guard !hasTotalBelow(nodes[index]) else {
        open = []
        continue
      }
      let measures = base(nodes[index])
      parts = parts.filter { base(nodes[$0]).isSubset(of: measures) || measures.isEmpty }
      // （一）国家级 is a part of 一、不可移动文物, which is added.
      let levels = parts.compactMap { LearnText.numbered(nodes[$0].name)?.level }
      if let outermost = levels.min(),
        levels.count < parts.count || levels.contains(where: { $0 != outermost })
      {
        parts = parts.filter { LearnText.numbered(nodes[$0].name)?.level == outermost }
        let names = parts.map { nodes[$0].name }
        questions.append(
          LearnQuestion(
            nodes[index].place,
            about: .total(form: table.place, heading: nodes[index].place, name: nodes[index].name),
            taken: "是",
            zh:
              "\(name)的“\(nodes[index].name)”没有公式，已按“\(names.joined(separator: "、"))”之和处理，请确认",
            en:
              "\(name): \"\(nodes[index].name)\" has no formula; taken as the sum of \"\(names.joined(separator: ", "))\", please confirm"
          ))
      }
      if parts.count >= 2, !nodes[index].children.isEmpty,
        parts.contains(where: { !isLike(nodes[index], nodes[$0]) })
      {
        addLeaves(of: &nodes[index], parts: parts.map { nodes[$0] }, above: above)
      } else if parts.count >= 2 {
        nodes[index].total = parts.map { nodes[$0].name }
        if form.kind == .list, above.isEmpty {
          let names = parts.map { nodes[$0].name }.joined(separator: "、")
          let english = parts.map { nodes[$0].name }.joined(separator: ", ")
          questions.append(
            LearnQuestion(
              nodes[index].place,
              about: .total(form: table.place, heading: nodes[index].place, name: nodes[index].name),
              taken: "是",
              zh: "\(name)的“\(nodes[index].name)”没有公式，已按“\(names)”之和处理，请确认",
              en:
                "\(name): \"\(nodes[index].name)\" has no formula; taken as the sum of \"\(english)\", please confirm"
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

  private func hasTotalBelow(_ node: LearnedForm.Node) -> Bool {
    node.children.contains { $0.total != nil || hasTotalBelow($0) }
  }

  /// Whether all that stands below a sum stands below what it adds, too: only then the groups can be added.
  private func isLike(_ sum: LearnedForm.Node, _ part: LearnedForm.Node) -> Bool {
    let own = Set(LearnedForm.leaves(of: part.children).map { $0.map(\.name) })
    return part.children.isEmpty
      || LearnedForm.leaves(of: sum.children).allSatisfy { own.contains($0.map(\.name)) }
  }

  /// 总计 (合计, 其中外贸) of 进港 (小计, 其中外贸) and 出港 (小计, 其中外贸): each by its whole path, sums by sums.
  private func addLeaves(of sum: inout LearnedForm.Node, parts: [LearnedForm.Node], above: LearnedForm.Leaf) {
    for index in sum.children.indices where sum.children[index].children.isEmpty {
      let name = sum.children[index].name
      let added = parts.compactMap { part -> String? in
        let like =
          part.children.first { $0.name == name }
          ?? (words.isTotal(name) ? part.children.first { words.isTotal($0.name) } : nil)
        guard let like, like.children.isEmpty else { return nil }
        return (above.map(\.name) + [part.name, like.name]).joined(separator: "/")
      }
      if added.count == parts.count { sum.children[index].total = added }
    }
  }

  mutating func readListTotals() {
    form.blankLines = shape.body.count
    let leaves = LearnedForm.leaves(of: form.columns)
    let summable = leaves.indices.filter { index in
      LearnedForm.type([], leaves[index]) == .number && !leaves[index].contains(where: \.isAverage)
        && !words[.notAdded].contains(LearnedForm.measure([], leaves[index]) ?? "")
    }
    var chosen = summable
    if let row = shape.totalRow {
      let printed = summable.filter {
        table.cells[CellReference(row: row, column: leavesOfColumns[$0])]?.formula.map {
          !$0.uppercased().contains("AVERAGE")
        } ?? false
      }
      if !printed.isEmpty { chosen = printed }
      form.printsTotals = !printed.isEmpty
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
