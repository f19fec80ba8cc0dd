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
      } else if let known = words.measure(named: unit) {
        node.measure = known
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
    shareMeasuresOfSums()
    var columns = form.columns
    var rows = form.rows
    if !rowsSay { guess(&columns, above: nil, isCovered: false) }
    form.columns = columns
    let columnsSay = LearnedForm.leaves(of: form.columns).allSatisfy {
      $0.contains { $0.measure != nil || ($0.type ?? .number) != .number }
    }
    if !columnsSay { guess(&rows, above: nil, isCovered: false) }
    form.rows = rows
    askForGuesses()
    // What still has none counts in what stands above the table, else in what nobody said.
    // 单位：人、万元 leaves open which: what is no money by its words counts in the other, and is asked.
    let others = noteMeasures.filter { !words.isMoney($0) }
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
      let english = missing.prefix(4).joined(separator: ", ") + (missing.count > 4 ? " and others" : "")
      questions.append(
        LearnQuestion(
          first, about: .measure(form: table.place, headings: missing), taken: note ?? "个",
          zh: "\(name)的“\(names)”没有写计量单位，已按“\(note ?? "个")”处理，请写明",
          en:
            "\(name): no unit of measure is given for \"\(english)\"; taken as \(note ?? "个"), please say which"
        ))
    }
  }

  /// What is added up counts in what the sum counts in: 农业 and 工业 of 用水总量（吨）.
  private mutating func shareMeasuresOfSums() {
    let sums = printedSums
    share(sums.columns, leaves: leavesOfColumns, in: &form.columns)
    share(sums.rows, leaves: leavesOfRows, in: &form.rows)
  }

  private func share(_ sums: [Int: [Int]], leaves: [Int], in nodes: inout [LearnedForm.Node]) {
    var measures = LearnedForm.leaves(of: nodes).map { $0.reversed().lazy.compactMap(\.measure).first }
    guard measures.count == leaves.count, !sums.isEmpty else { return }
    let places = Dictionary(zip(leaves, leaves.indices), uniquingKeysWith: { first, _ in first })
    var found: [Int: String] = [:]
    // Sums of sums take a round each.
    for _ in 0..<4 {
      let before = found.count
      for (total, parts) in sums.sorted(by: { $0.key < $1.key }) {
        let all = ([total] + parts).compactMap { places[$0] }
        let known = Set(all.compactMap { measures[$0] })
        guard all.count == parts.count + 1, known.count == 1, let measure = known.first else { continue }
        for index in all where measures[index] == nil {
          measures[index] = measure
          found[index] = measure
        }
      }
      if found.count == before { break }
    }
    var index = 0
    Self.change(&nodes) { node, _ in
      defer { index += 1 }
      guard let measure = found[index], node.type ?? .number == .number else { return }
      node.measure = measure
    }
  }

  /// - Parameter above: What the words of the heading above count in.
  private mutating func guess(_ nodes: inout [LearnedForm.Node], above: String?, isCovered: Bool) {
    for index in nodes.indices {
      let name = nodes[index].name
      let isGeneric = words[.genericCounts].contains(name) || words.isTotal(name)
      let own = isGeneric ? above ?? measureByWords(name) : measureByWords(name)
      if !nodes[index].children.isEmpty {
        let isNamed = nodes[index].measure != nil
        if !isNamed, !isCovered, let measure = own,
          nodes[index].children.allSatisfy({
            $0.children.isEmpty && $0.measure == nil && $0.type.map { $0 == .number } ?? true
              && (words[.genericCounts].contains($0.name) || measureByWords($0.name) ?? measure == measure)
          })
        {
          set(measure, of: &nodes[index])
          continue
        }
        guess(
          &nodes[index].children, above: nodes[index].measure ?? own, isCovered: isCovered || isNamed)
        continue
      }
      guard !isCovered, nodes[index].measure == nil, nodes[index].type ?? .number == .number,
        let measure = own
      else { continue }
      set(measure, of: &nodes[index])
    }
  }

  private mutating func set(_ measure: String, of node: inout LearnedForm.Node) {
    let note = words.note(for: measure, among: noteMeasures)
    node.measure = note ?? measure
    node.isMeasureGuessed = note == nil
    if node.isMeasureGuessed, words.areOfOneKind(measure, measure) { guessed.append(node) }
  }

  /// 面积 is as likely in 亩 as in 平方米, and the words do not say.
  private mutating func askForGuesses() {
    var measures: [String] = []
    for node in guessed {
      if let measure = node.measure, !measures.contains(measure) { measures.append(measure) }
    }
    for measure in measures {
      let nodes = guessed.filter { $0.measure == measure }
      guard let first = nodes.first else { continue }
      let names = nodes.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let shown = names.prefix(4)
      questions.append(
        LearnQuestion(
          first.place, about: .measure(form: table.place, headings: names), taken: measure,
          zh:
            "\(name)的“\(shown.joined(separator: "、"))”\(names.count > 4 ? "等\(names.count)栏" : "")没有写计量单位，已按“\(measure)”处理，请写明",
          en:
            "\(name): no unit of measure is given for \"\(shown.joined(separator: ", "))\"\(names.count > 4 ? " and others" : ""); taken as \(measure), please say which"
        ))
    }
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
      // Whole numbers are asked of what is counted, not of what may be weighed or paid.
      if open.count == rows.count, nodes[index].decimals == nil,
        words[.continuous].contains(where: { nodes[index].name.hasSuffix($0) })
      {
        nodes[index].decimals = 2
      }
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
