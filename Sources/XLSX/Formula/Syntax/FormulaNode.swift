/// A formula as a tree: what ``FormulaParser`` makes and ``FormulaEvaluator`` computes.
package indirect enum FormulaNode: Hashable, Sendable {
  case number(Double)
  case text(String)
  case bool(Bool)
  case error(CellError)
  /// An argument that was left out: the second of `IF(A1,,2)`.
  case missing
  /// A cell or a range.
  case reference(FormulaReference)
  /// The same cells of every sheet from one to another: `一月:十二月!C6`.
  case sheets(first: String, last: String, range: CellRange)
  /// A defined name, with the sheet it was qualified with.
  case name(String, sheet: String?)
  /// An array constant, by rows: `{1,2;3,4}`.
  case array([[FormulaNode]])
  case unary(UnaryOperator, FormulaNode)
  case binary(BinaryOperator, FormulaNode, FormulaNode)
  /// A function by its name in capitals, without the prefixes that files give to newer ones (`_xlfn.`).
  case call(String, [FormulaNode])
  /// A function that is a value, with its arguments: `LAMBDA(x,x+1)(2)`.
  case apply(FormulaNode, [FormulaNode])
  /// Something that is understood but cannot be computed here: what it is, and its text.
  case unsupported(UnsupportedSyntax, String)

  /// An operator with one operand.
  package enum UnaryOperator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case percent = "%"
    /// `@`: the cell of a range that stands in the formula's own row or column.
    case implicitIntersection = "@"
  }

  /// An operator between two operands, by the sign that formulas write.
  package enum BinaryOperator: String, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case concatenate = "&"
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case range = ":"
    case intersection = " "
    case union = ","
  }

  /// What is parsed and not computed.
  package enum UnsupportedSyntax: String, Hashable, Sendable {
    case externalReference = "reference to another workbook"
    case threeDimensionalReference = "name across sheets"
    case structuredReference = "reference to a table"
  }
}

/// A reference in a formula: one cell or a range, on the formula's own sheet or on another.
package struct FormulaReference: Hashable, Sendable {
  /// The sheet as the formula names it; `nil` for the formula's own.
  package var sheet: String?
  /// The cells. Whole columns reach from row 1 to the last row of the grid, whole rows likewise.
  package var range: CellRange

  /// A reference to cells of a sheet, or of the formula's own.
  package init(sheet: String? = nil, range: CellRange) {
    self.sheet = sheet
    self.range = range
  }

  /// The cell, if the reference is to one cell.
  package var cell: CellReference? { range.isSingleCell ? range.first : nil }

  /// Whether it reaches over all rows: `A:C`.
  package var isWholeColumns: Bool { range.first.row == 1 && range.last.row == CellReference.maximumRow }
  /// Whether it reaches over all columns: `3:5`.
  package var isWholeRows: Bool {
    range.first.column == 1 && range.last.column == CellReference.maximumColumn
  }
}

extension FormulaNode {
  /// All references in the formula, in the order in which they are written, with repetitions.
  ///
  /// A reference that only calculation finds (`INDIRECT`, `OFFSET`, what a defined name stands for, the sheets of a span)
  /// is not among them.
  package var references: [FormulaReference] {
    var references: [FormulaReference] = []
    visit { if case .reference(let reference) = $0 { references.append(reference) } }
    return references
  }

  /// Whether the value can be known from what the formula says about cells: no names, spans of sheets, tables or other
  /// workbooks.
  package var namesOnlyCells: Bool {
    var result = true
    visit {
      switch $0 {
      case .name, .sheets, .unsupported: result = false
      case .call(let function, _)
      where ["INDIRECT", "OFFSET", "ANCHORARRAY", "LET", "LAMBDA"].contains(function):
        result = false
      default: break
      }
    }
    return result
  }

  /// Visits every node, parents before children, left to right.
  package func visit(_ body: (FormulaNode) -> Void) {
    // A long sum is a deep tree on its left side: an own stack instead of recursion.
    var pending = [self]
    while let node = pending.popLast() {
      body(node)
      switch node {
      case .unary(_, let operand): pending.append(operand)
      case .binary(_, let left, let right):
        pending.append(right)
        pending.append(left)
      case .call(_, let arguments): pending.append(contentsOf: arguments.reversed())
      case .apply(let function, let arguments):
        pending.append(contentsOf: arguments.reversed())
        pending.append(function)
      case .array(let rows): for row in rows.reversed() { pending.append(contentsOf: row.reversed()) }
      default: break
      }
    }
  }
}
