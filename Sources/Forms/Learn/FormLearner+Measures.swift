import XLSX

/// What each heading counts in: by what is printed, then by words.
extension FormLearner {
  /// 计量单位 as a column of its own.
  mutating func readRowMeasures() {
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

  mutating func readMeasures() {
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
          first, about: .measure(form: table.place, headings: missing), taken: note ?? "个",
          zh: "\(name)的“\(names)”没有写计量单位，已按“\(note ?? "个")”处理，请写明",
          en:
            "\(name): no unit of measure is given for \"\(names)\"; taken as \(note ?? "个"), please say which"
        ))
    }
  }

  private func guess(_ nodes: inout [LearnedForm.Node], isCovered: Bool) {
    for index in nodes.indices {
      if !nodes[index].children.isEmpty {
        let isNamed = nodes[index].measure != nil
        if !isNamed, !isCovered, let measure = measureByWords(nodes[index].name),
          nodes[index].children.allSatisfy({
            $0.children.isEmpty && $0.measure == nil && $0.type.map { $0 == .number } ?? true
              && measureByWords($0.name) ?? measure == measure
          })
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
      var unsaid = [nodes[index]]
      if open.count < rows.count {
        setRows(measure, open)
        unsaid = open.compactMap(\.last)
      } else {
        nodes[index].measure = measure
      }
      guard isOpen else { continue }
      for node in unsaid where !missing.contains(node.name) {
        missing.append(node.name)
        places.append(node.place)
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
}
