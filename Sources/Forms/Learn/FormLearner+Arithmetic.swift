import XLSX

/// What a blank works out of its own figures and is no sum: 年末结余 of `B5+C5-D5`, 金额 of `D5*E5`.
extension FormLearner {
  /// A share may be rounded to whole per cents, an amount to cents.
  private static let roundedTo = "0.01"

  /// Holds such figures against what they are worked out of, as checks that a person confirms.
  mutating func readArithmetic(_ places: [CellReference: String]) {
    let rows =
      form.kind == .list ? Array(shape.body.prefix(1)) : leavesOfRows.isEmpty ? shape.body : leavesOfRows
    for column in leavesOfColumns {
      var isAsked = false
      for row in rows {
        let cell = CellReference(row: row, column: column)
        guard let formula = table.cells[cell]?.formula, FormulaTerms.added(formula) == nil,
          isFigure(cell)
        else { continue }
        guard let used = FormulaTerms.worked(formula), let text = FormulaTerms.bare(formula),
          !used.contains(cell), used.allSatisfy({ form.kind == .list ? $0.row == row : places[$0] != nil })
        else {
          // One question for a column that works with another sheet.
          if !isAsked, formula.contains(where: { $0.isLetter }) { notUnderstood(formula, at: cell) }
          isAsked = true
          continue
        }
        let isShare = text.contains("/")
        // A share of 100 is read as one of 1.
        let value = isPercent(cell) && text.hasSuffix("*100") ? String(text.dropLast(4)) : text
        let isLinear = isLinear(value)
        let like = rows.map { CellReference(row: $0, column: column) }.filter { other in
          table.cells[other]?.formula.map { CheckReferences($0).moved(from: other, to: other) }
            == CheckReferences(formula).moved(from: cell, to: other)
        }
        let isForEveryRow = isForEveryRow(like, value, at: cell) && (isLinear || like.count == rows.count)
        add(
          "\(cell)=\(value)", at: cell, from: "\(cell)=\(text)", places, rule: nil,
          tolerance: isShare || !isLinear ? Self.roundedTo : nil, isForEveryRow: isForEveryRow)
      }
    }
  }

  private func isFigure(_ cell: CellReference) -> Bool {
    types(of: cell).contains { $0 == .number || $0 == .percent }
  }

  private func isPercent(_ cell: CellReference) -> Bool { types(of: cell).contains(.percent) }

  private func types(of cell: CellReference) -> [LearnedType] {
    guard let column = leavesOfColumns.firstIndex(of: cell.column), form.columnLeaves.indices.contains(column)
    else { return [] }
    let row = form.kind == .list ? 0 : leavesOfRows.firstIndex(of: cell.row) ?? 0
    guard form.rowLeaves.indices.contains(row) else { return [] }
    return [LearnedForm.type(form.rowLeaves[row], form.columnLeaves[column])]
  }

  /// Whether a condition adds and compares only, so that what holds in all rows holds in their sum.
  func isLinear(_ formula: String) -> Bool {
    !formula.contains { "*/\"&^".contains($0) } && !formula.replacing("SUM(", with: "").contains("(")
  }

  /// Whether a formula of a row's own cells stands in every row that is no sum.
  func isForEveryRow(_ cells: [CellReference], _ formula: String, at cell: CellReference) -> Bool {
    guard form.kind == .matrix, leavesOfRows.count > 1 else { return false }
    let rows = Set(cells.map(\.row))
    let leaves = form.rowLeaves
    var isOwn = true
    _ = CheckReferences(formula).replaced { reference in
      if reference.row != cell.row { isOwn = false }
      return ""
    }
    return isOwn
      && zip(leavesOfRows, leaves).allSatisfy { row, leaf in
        rows.contains(row) || leaf.contains { $0.total != nil }
      }
  }

  /// 审核关系：03=04+05, below a table: quoted, with the rows that its codes mean.
  mutating func askForRelations() {
    for line in table.above + table.below {
      for part in line.parts {
        let plain = LearnText.plain(part)
        guard words[.relations].contains(where: { plain.contains($0) }),
          plain.contains(where: { "=<>≥≤".contains($0) })
        else { continue }
        let named = rowsByCode.isEmpty ? "" : withRowNames(plain)
        questions.append(
          LearnQuestion(
            line.place,
            zh: "\(name)写有“\(plain)”\(named.isEmpty ? "" : "（即\(named)）")，没有写成核对关系，需要的请在 checks 中写明",
            en:
              "\(name) says \"\(plain)\"\(named.isEmpty ? "" : " (that is \(named))"); it has become no check, say it in checks if it is needed"
          ))
      }
    }
  }

  /// The names of rows by what stands in a column called 代码.
  private var rowsByCode: [Int: String] {
    guard form.kind == .matrix else { return [:] }
    var found: [Int: String] = [:]
    for column in shape.indices {
      for (row, leaf) in zip(leavesOfRows, form.rowLeaves) {
        // 03, or 3 shown with two digits.
        if let code = Int(shape.text(row, column)), let name = leaf.last?.name { found[code] = name }
      }
    }
    return found
  }

  private func withRowNames(_ text: String) -> String {
    let rows = rowsByCode
    var result = ""
    var digits = ""
    var depth = 0
    for character in text + " " {
      if character.isASCIIDigit, depth == 0 {
        digits.append(character)
        continue
      }
      result += Int(digits).flatMap { rows[$0] } ?? digits
      digits = ""
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      result.append(character)
    }
    return String(result.dropLast())
  }
}
