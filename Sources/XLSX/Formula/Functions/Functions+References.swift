extension FunctionTable {
  static let references: [String: FormulaFunction] = [
    "ROW": .operands(0...1) { try positions($0, isRow: true) },
    "COLUMN": .operands(0...1) { try positions($0, isRow: false) },
    "ROWS": .operands(1...1) { .scalar(.number(Double(try $0.grid(0).fullRows))) },
    "COLUMNS": .operands(1...1) { .scalar(.number(Double(try $0.grid(0).fullColumns))) },
    "AREAS": .operands(1...1) { call in
      guard case .areas(let areas) = try call.operand(0) else { throw Interruption.error(.value) }
      return .scalar(.number(Double(areas.count)))
    },
    "TRANSPOSE": .operands(1...1) { .array(try $0.matrix(0).transposed) },
    "INDIRECT": .operands(1...2) { call in
      let node: FormulaNode
      do {
        node =
          try call.bool(1, default: true)
          ? FormulaParser.parse(call.text(0)) : rowColumnReference(call.text(0), from: call.scope.cell)
      } catch is FormulaError {
        throw Interruption.error(.reference)
      }
      if case .name(let name, let sheet) = node {
        // What looks like a name but is none is no reference either.
        let position = sheet.flatMap { call.evaluator.context.position(ofSheet: $0) } ?? call.scope.sheet
        guard call.evaluator.context.definedName(name, sheet: position) != nil else {
          throw Interruption.error(.reference)
        }
      }
      switch node {
      case .reference, .name, .unsupported: break
      default: throw Interruption.error(.reference)
      }
      guard case .areas(let areas) = try call.evaluator.evaluate(node, call.scope) else {
        throw Interruption.error(.reference)
      }
      return .areas(areas)
    },
    "OFFSET": .operands(3...5) { call in
      let area = try call.area(0)
      let first = area.range.first
      var (height, width) = (area.range.rows.count, area.range.columns.count)
      if call.has(3) { height = try call.integer(3) }
      if call.has(4) { width = try call.integer(4) }
      let top = try first.row + bounded(call.integer(1))
      let left = try first.column + bounded(call.integer(2))
      guard height != 0, width != 0 else { throw Interruption.error(.reference) }
      // A negative height or width reaches up or to the left.
      let start = CellReference(row: top, column: left)
      let end = CellReference(
        row: top + bounded(height) + (height > 0 ? -1 : 1),
        column: left + bounded(width) + (width > 0 ? -1 : 1))
      guard start.isInGrid, end.isInGrid else { throw Interruption.error(.reference) }
      return .areas([Area(sheet: area.sheet, range: CellRange(start, end))])
    },
    "ADDRESS": .operands(2...5) { call in
      let (row, column) = try (call.integer(0), call.integer(1))
      guard CellReference(row: row, column: column).isInGrid else { throw Interruption.error(.value) }
      let style = try call.integer(2, default: 1)
      guard 1...4 ~= style else { throw Interruption.error(.value) }
      var text: String
      if try call.bool(3, default: true) {
        text =
          (style % 2 == 1 ? "$" : "") + CellReference.columnName(column) + (style <= 2 ? "$" : "")
          + String(row)
      } else {
        text = (style <= 2 ? "R\(row)" : "R[\(row)]") + (style % 2 == 1 ? "C\(column)" : "C[\(column)]")
      }
      if call.count > 4 { text = SheetNameText.quoted(try call.text(4)) + "!" + text }
      return .scalar(.text(text))
    },
    "SINGLE": .operands(1...1) { call in
      var scope = call.scope
      scope.isArray = false
      return .scalar(try call.evaluator.scalar(call.operand(0), scope))
    },
    "HYPERLINK": .operands(1...2) { call in
      .scalar(try call.scalar(call.count > 1 ? 1 : 0))
    },
  ]

  /// A reference in R1C1 style: `R2C3`, `R[-1]C`, `Sheet1!R1C1:R3C2`, whole rows and columns.
  private static func rowColumnReference(_ text: String, from cell: CellReference) throws -> FormulaNode {
    var sheet: String?
    var rest = text[...]
    if let mark = text.lastIndex(of: "!") {
      // The sheet is written as in any reference.
      guard case .reference(let reference) = try FormulaParser.parse(text[..<mark] + "!A1") else {
        throw Interruption.error(.reference)
      }
      sheet = reference.sheet
      rest = text[text.index(after: mark)...]
    }
    let ends = try rest.split(separator: ":", omittingEmptySubsequences: false).map {
      try rowColumn(String($0), from: cell)
    }
    guard let first = ends.first, ends.count <= 2 else { throw Interruption.error(.reference) }
    let range = ends.dropFirst().reduce(first) { whole, next in
      CellRange(
        CellReference(
          row: min(whole.first.row, next.first.row), column: min(whole.first.column, next.first.column)),
        CellReference(
          row: max(whole.last.row, next.last.row), column: max(whole.last.column, next.last.column)))
    }
    return .reference(FormulaReference(sheet: sheet, range: range))
  }

  private static func rowColumn(_ text: String, from cell: CellReference) throws -> CellRange {
    var rest = text.uppercased()[...]
    /// The number behind a letter, counted from the formula's own cell if it is in brackets; `nil` without the letter.
    func part(_ letter: Character, from own: Int) throws -> Int? {
      guard rest.first == letter else { return nil }
      rest.removeFirst()
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"),
          let offset = Int(rest[rest.index(after: rest.startIndex)..<end]),
          offset.magnitude <= 2_000_000
        else { throw Interruption.error(.reference) }
        rest = rest[rest.index(after: end)...]
        return own + offset
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[digits.endIndex...]
      if digits.isEmpty { return own }
      guard let number = Int(digits) else { throw Interruption.error(.reference) }
      return number
    }
    let row = try part("R", from: cell.row)
    let column = try part("C", from: cell.column)
    guard rest.isEmpty, row != nil || column != nil else { throw Interruption.error(.reference) }
    let first = CellReference(row: row ?? 1, column: column ?? 1)
    let last = CellReference(
      row: row ?? CellReference.maximumRow, column: column ?? CellReference.maximumColumn)
    guard first.isInGrid, last.isInGrid else { throw Interruption.error(.reference) }
    return CellRange(first, last)
  }

  private static func bounded(_ offset: Int) -> Int { max(-2_000_000, min(2_000_000, offset)) }

  /// The row or column of a reference, of all its rows or columns in an array formula, or of the formula itself.
  private static func positions(_ call: FunctionCall, isRow: Bool) throws -> Operand {
    guard call.count > 0 else {
      return .scalar(.number(Double(isRow ? call.scope.cell.row : call.scope.cell.column)))
    }
    let range = try call.area(0).range
    let positions = isRow ? range.rows : range.columns
    guard call.scope.isArray, positions.count > 1 else {
      return .scalar(.number(Double(positions.lowerBound)))
    }
    let values = positions.map { Scalar.number(Double($0)) }
    return .array(
      Matrix(rows: isRow ? values.count : 1, columns: isRow ? 1 : values.count, values: values))
  }
}

/// Sheet names as formulas write them.
enum SheetNameText {
  /// The name, in quotes if a formula needs them.
  static func quoted(_ name: String) -> String {
    if name.hasPrefix("["), let end = name.firstIndex(of: "]") {
      // A workbook in brackets before the sheet needs quotes only together with it.
      let sheet = String(name[name.index(after: end)...])
      if quoted(sheet) == sheet { return name }
    }
    let tokens = FormulaLexer.tokens(name)
    let isWord =
      tokens.tokens.count == 1 && tokens.tokens[0].kind == .word && !name.contains("$") && !name.contains("?")
    let startsWithDigit = name.utf8.first.map { FormulaLexer.isDigit($0) || $0 == UInt8(ascii: ".") } ?? true
    if isWord, !startsWithDigit, ReferencePart(tokens.bytes) == nil, !isRowColumn(name) { return name }
    return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// `R1C1` and its parts, `R`, `C5`, which would be read as references.
  private static func isRowColumn(_ name: String) -> Bool {
    let letters = name.uppercased().filter { !($0.isASCII && $0.isNumber) }
    return letters == "R" || letters == "C" || letters == "RC"
  }
}
