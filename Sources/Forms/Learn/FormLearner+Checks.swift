import Foundation
import XLSX

/// What a workbook checks itself: rules for typing that are formulas, and columns or rows called 核对.
extension FormLearner {
  /// A formula of a column or a row called 核对.
  struct CheckingCell {
    var cell: CellReference
    var formula: String
  }

  /// Takes headings such as 核对 out of the form: what stands below them is no figure.
  ///
  /// - Returns: Their formulas.
  mutating func takeCheckHeadings() -> [CheckingCell] {
    var found: [CheckingCell] = []
    func isCheck(_ node: LearnedForm.Node) -> Bool {
      node.children.isEmpty
        && words[.checkHeadings].contains { LabelText.key($0) == LabelText.key(node.name) }
    }
    var leaf = 0
    var gone: [(node: Int, leaf: Int)] = []
    for (index, node) in form.columns.enumerated() {
      if isCheck(node), leavesOfColumns.indices.contains(leaf) {
        let column = leavesOfColumns[leaf]
        let rows = leavesOfRows.isEmpty ? shape.body : leavesOfRows
        let cells = rows.compactMap { checkingCell(CellReference(row: $0, column: column)) }
        if !cells.isEmpty {
          gone.append((index, leaf))
          found += form.kind == .list ? Array(cells.prefix(1)) : cells
        }
      }
      leaf += max(1, LearnedForm.leaves(of: node.children).count)
    }
    for place in gone.reversed() where form.columns.count > 1 {
      form.columns.remove(at: place.node)
      leavesOfColumns.remove(at: place.leaf)
    }
    guard form.kind == .matrix else { return found }
    leaf = 0
    gone = []
    for (index, node) in form.rows.enumerated() {
      if isCheck(node), leavesOfRows.indices.contains(leaf) {
        let row = leavesOfRows[leaf]
        let cells = leavesOfColumns.compactMap { checkingCell(CellReference(row: row, column: $0)) }
        if !cells.isEmpty {
          gone.append((index, leaf))
          found += cells
        }
      }
      leaf += max(1, LearnedForm.leaves(of: node.children).count)
    }
    for place in gone.reversed() where form.rows.count > 1 {
      form.rows.remove(at: place.node)
      leavesOfRows.remove(at: place.leaf)
    }
    return found
  }

  private func checkingCell(_ cell: CellReference) -> CheckingCell? {
    table.cells[cell]?.formula.map { CheckingCell(cell: cell, formula: $0) }
  }

  /// More checks than these are no form's.
  private static let mostChecks = 60

  mutating func readChecks(_ checking: [CheckingCell]) {
    let places = figurePlaces
    for check in checking where form.checks.count < Self.mostChecks {
      guard let condition = condition(check.formula) else {
        notUnderstood(check.formula, at: check.cell)
        continue
      }
      let like = checking.filter { other in
        other.cell.column == check.cell.column
          && CheckReferences(check.formula).moved(from: check.cell, to: other.cell)
            == CheckReferences(other.formula).moved(from: other.cell, to: other.cell)
      }
      let isForEveryRow =
        isLinear(condition) && isForEveryRow(like.map(\.cell), condition, at: check.cell)
      add(
        condition, at: check.cell, from: check.formula, places, rule: nil, isForEveryRow: isForEveryRow)
    }
    for rule in table.validations where rule.kind == .custom {
      guard let formula = rule.formula1, let first = rule.ranges.first?.first else { continue }
      if form.kind == .list {
        guard rule.ranges.contains(where: { $0.rows.contains { shape.body.contains($0) } }) else { continue }
        if let column = columnWithoutRepeats(formula, first) {
          if !form.key.contains(column) { form.key.append(column) }
          continue
        }
        add(formula, at: first, from: formula, places, rule: rule)
      } else {
        let cells = rule.ranges.flatMap(Self.cells)
        let isForEveryRow = isLinear(formula) && isForEveryRow(cells, formula, at: first)
        for cell in cells.prefix(Self.mostChecks) where form.checks.count < Self.mostChecks {
          let moved = CheckReferences(formula).moved(from: first, to: cell)
          guard add(moved, at: cell, from: formula, places, rule: rule, isForEveryRow: isForEveryRow) else {
            break
          }
        }
      }
    }
    readArithmetic(places)
    readHighlights(places)
    askForRelations()
  }

  static func cells(_ range: CellRange) -> [CellReference] {
    range.rows.prefix(200).flatMap { row in
      range.columns.prefix(60).map { CellReference(row: row, column: $0) }
    }
  }

  /// Adds a check.
  ///
  /// - Returns: Whether it was understood.
  @discardableResult
  mutating func add(
    _ formula: String, at cell: CellReference, from source: String, _ places: [CellReference: String],
    rule: DataValidation?, tolerance: String? = nil, isForEveryRow: Bool = false
  ) -> Bool {
    let isList = form.kind == .list
    let isOfAll = isForEveryRow && !form.rows.isEmpty && form.rows.allSatisfy(\.children.isEmpty)
    let written = CheckReferences(formula).replaced { reference in
      if isOfAll, let place = places[reference], let slash = place.firstIndex(of: "/") {
        return "[*" + place[slash...]
      }
      if isList {
        return reference.row == cell.row ? places[CellReference(row: 1, column: reference.column)] : nil
      }
      return places[reference]
    }
    guard let written, written.contains("[") else {
      notUnderstood(source, at: cell)
      return false
    }
    // What the form's totals say anyway is not said twice.
    if isTotal(formula, places) || form.checks.contains(where: { $0.formula == written }) { return true }
    let isWarning = rule.map { $0.errorStyle != .stop } ?? false
    let text = rule?.error?.text ?? ""
    let hasBlanks = text.contains("{") || text.contains("}") || text.contains("[")
    form.checks.append(
      LearnedForm.Check(
        formula: written, isWarning: isWarning, tolerance: tolerance,
        message: text.isEmpty || hasBlanks ? nil : text))
    questions.append(
      LearnQuestion(
        place(cell), about: .check(form: table.place, formula: written), taken: "是",
        zh: "\(name)中的“\(source)”已写成核对关系“\(written)”，请确认",
        en: "\(name): \"\(source)\" has become the check \"\(written)\", please confirm"))
    return true
  }

  mutating func notUnderstood(_ formula: String, at cell: CellReference) {
    questions.append(
      LearnQuestion(
        place(cell), zh: "\(name)中的核对公式“\(formula)”没有看懂，需要的请在 checks 中写明",
        en: "\(name): the check \"\(formula)\" was not understood; say it in checks if it is needed"))
  }

  /// What the names of figures are, by their cells; of a list by their columns, in row 1.
  var figurePlaces: [CellReference: String] {
    var places: [CellReference: String] = [:]
    for (column, path) in form.columnLeaves.enumerated() where leavesOfColumns.indices.contains(column) {
      if form.kind == .list {
        let key = path.map(\.name).joined(separator: "/")
        places[CellReference(row: 1, column: leavesOfColumns[column])] = "[\(key)]"
        continue
      }
      for (row, heading) in form.rowLeaves.enumerated() {
        guard let cell = cell(row: row, column: column) else { continue }
        places[cell] = "[\((heading + path).map(\.name).joined(separator: "/"))]"
      }
    }
    return places.filter { !$0.value.dropFirst().dropLast().contains { "[]*!".contains($0) } }
  }

  /// `COUNTIF(C:C,C5)=1`: the column in which no two lines are alike.
  private func columnWithoutRepeats(_ formula: String, _ cell: CellReference) -> String? {
    let plain = formula.filter { !$0.isWhitespace && $0 != "$" }.uppercased()
    guard plain.hasPrefix("COUNTIF(") || plain.hasPrefix("=COUNTIF("),
      ["=1", "<=1", "<2"].contains(where: { plain.hasSuffix(")" + $0) })
    else { return nil }
    let column = leavesOfColumns.firstIndex(of: cell.column)
    return column.flatMap { index in
      form.columnLeaves.indices.contains(index)
        ? form.columnLeaves[index].map(\.name).joined(separator: "/") : nil
    }
  }

  /// Whether a condition only says that a total is the sum of its parts.
  private func isTotal(_ formula: String, _ places: [CellReference: String]) -> Bool {
    let sides = formula.filter { !$0.isWhitespace && $0 != "$" }.drop { $0 == "=" }.split(separator: "=")
    guard sides.count == 2 else { return false }
    for (left, right) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      guard let total = CellReference(String(left)), let parts = FormulaTerms.added(String(right)) else {
        continue
      }
      let rows = form.kind == .list ? 1 : total.row
      func key(_ cell: CellReference) -> String? {
        places[form.kind == .list ? CellReference(row: 1, column: cell.column) : cell]
          .map { String($0.dropFirst().dropLast()) }
      }
      guard rows > 0, let name = key(total), let field = form.fields.first(where: { $0.key == name }) else {
        continue
      }
      let keys = Set(parts.compactMap(key))
      if form.equations(of: field).contains(where: { Set($0) == keys }) { return true }
    }
    return false
  }

  /// What must hold by a formula such as `IF(C5=D5+E5,"√","错误")`, `C5=D5`, `C5-D5-E5`.
  private func condition(_ formula: String) -> String? {
    var text = formula.trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("=") { text.removeFirst() }
    if text.uppercased().hasPrefix("IF("), text.hasSuffix(")") {
      let parts = CheckReferences.arguments(text.dropFirst(3).dropLast())
      guard parts.count >= 2 else { return nil }
      if says(.right, parts[1]) || parts.count > 2 && says(.wrong, parts[2]) { return parts[0] }
      if says(.wrong, parts[1]) || parts.count > 2 && says(.right, parts[2]) { return "NOT(\(parts[0]))" }
      return nil
    }
    if CheckReferences.hasComparison(text) { return text }
    return text.contains("-") ? "\(text)=0" : nil
  }

  private func says(_ list: LearnWords.List, _ literal: String) -> Bool {
    let word = literal.trimmingCharacters(in: .whitespaces)
    guard word.hasPrefix("\""), word.hasSuffix("\""), word.count > 2 else { return false }
    let plain = word.dropFirst().dropLast()
    // 不一致 ends like 一致.
    if list == .right, words[.wrong].contains(where: { plain.contains($0) }) { return false }
    return words[list].contains { plain.contains($0) }
  }
}
