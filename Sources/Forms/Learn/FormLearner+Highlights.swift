import XLSX

/// What a workbook colours: perhaps what is wrong, perhaps only what is to be noticed. Each is asked, and nothing becomes a
/// check until somebody says so.
extension FormLearner {
  private static let mostCells = 12
  private static let mostQuestions = 20

  mutating func readHighlights(_ places: [CellReference: String]) {
    var asked: Set<[String]> = []
    for highlight in table.highlights where asked.count < Self.mostQuestions {
      guard let first = highlight.ranges.first?.first else { continue }
      if case .other("duplicateValues") = highlight.rule, form.kind == .list {
        askForKey(first, places)
        continue
      }
      guard let formula = Self.holds(highlight.rule, at: first) else { continue }
      var formulas: [String] = []
      for cell in highlightedCells(highlight.ranges) {
        let moved = CheckReferences(formula).moved(from: first, to: cell)
        guard let written = written(moved, at: cell, places), written.contains("["),
          !form.checks.contains(where: { $0.formula == written }), !formulas.contains(written)
        else { continue }
        formulas.append(written)
      }
      guard let shown = formulas.first, asked.insert(formulas).inserted else { continue }
      questions.append(
        LearnQuestion(
          place(first), about: .candidate(form: table.place, formulas: formulas), taken: "否",
          choices: ["是", "否"],
          zh: "\(name)的空白表在“\(shown)”不成立时变色，要作为核对关系的请回答“是”",
          en:
            "\(name): the workbook changes colour where \"\(shown)\" does not hold; say 是 (yes) to make it a check"
        ))
    }
  }

  /// Of a list one line stands for all.
  private func highlightedCells(_ ranges: [CellRange]) -> [CellReference] {
    let cells = ranges.flatMap(Self.cells).filter { shape.body.contains($0.row) }
    guard form.kind == .list, let row = cells.first?.row else { return Array(cells.prefix(Self.mostCells)) }
    return Array(cells.filter { $0.row == row }.prefix(Self.mostCells))
  }

  private func written(_ formula: String, at cell: CellReference, _ places: [CellReference: String])
    -> String?
  {
    CheckReferences(formula).replaced { reference in
      if form.kind == .list {
        return reference.row == cell.row ? places[CellReference(row: 1, column: reference.column)] : nil
      }
      return places[reference]
    }
  }

  /// What is true of cells that have not changed colour; `nil` for scales, bars and what looks at no figure.
  private static func holds(_ rule: ConditionalFormat.Rule, at cell: CellReference) -> String? {
    switch rule {
    case .expression(let formula, _): return "NOT(\(formula))"
    case .cell(let comparison, let a, let b, _):
      let bound = b ?? a
      return switch comparison {
      case .between: "OR(\(cell)<\(a),\(cell)>\(bound))"
      case .notBetween: "AND(\(cell)>=\(a),\(cell)<=\(bound))"
      case .equal: "\(cell)<>\(a)"
      case .notEqual: "\(cell)=\(a)"
      case .greaterThan: "\(cell)<=\(a)"
      case .greaterThanOrEqual: "\(cell)<\(a)"
      case .lessThan: "\(cell)>=\(a)"
      case .lessThanOrEqual: "\(cell)>\(a)"
      }
    case .dataBar, .colorScale, .iconSet, .other: return nil
    }
  }

  /// What is coloured where it is there twice is perhaps what no two lines share.
  private mutating func askForKey(_ cell: CellReference, _ places: [CellReference: String]) {
    guard let index = leavesOfColumns.firstIndex(of: cell.column),
      let path = form.columnLeaves.indices.contains(index) ? form.columnLeaves[index] : nil
    else { return }
    let column = path.map(\.name).joined(separator: "/")
    guard !form.key.contains(column) else { return }
    questions.append(
      LearnQuestion(
        place(cell), about: .key(form: table.place, column: column), taken: "否", choices: ["是", "否"],
        zh: "\(name)的空白表把重复的“\(column)”标色，各行不得重复的请回答“是”",
        en:
          "\(name): the workbook colours repeated \"\(column)\"; say 是 (yes) where no two lines may share it")
    )
  }
}
