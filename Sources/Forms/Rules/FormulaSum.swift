import XLSX

/// What a formula adds up, where it is a sum of cells: `C6+D6`, `SUM(C6:D6)`, `=+C6+D6`, also inside ROUND, IF and the
/// like, which change how a sum is shown and not what it is a sum of.
struct FormulaSum {
  /// How often each cell of the formula's own sheet is added; a cell subtracted counts negative.
  private(set) var cells: [CellReference: Int] = [:]
  private(set) var constant = 0.0
  /// Whether the formula is nothing but such a sum.
  private(set) var isSum = true
  /// Whether it refers to any cell at all; `=3+12` is a typed figure.
  private(set) var hasReferences = false
  /// Cells of other sheets, tables, names.
  private(set) var reachesOutside = false

  /// Ranges larger than this are no sum of a form's parts.
  private static let largestRange = 4096
  /// Functions that hand on their first argument, rounded or made a number.
  private static let wrappers: Set<String> = [
    "ROUND", "ROUNDUP", "ROUNDDOWN", "MROUND", "INT", "TRUNC", "FIXED", "VALUE", "NUMBERVALUE", "N", "ABS",
    "IFERROR",
    "IFNA",
  ]

  /// - Parameter sheet: The name of the formula's own sheet.
  init(_ formula: FormulaNode, sheet: String) {
    // A long sum is a tree as deep as it is long: an own stack instead of recursion.
    var pending: [(node: FormulaNode, sign: Int)] = [(formula, 1)]
    while let (node, sign) = pending.popLast() {
      switch node {
      case .number(let number): constant += number * Double(sign)
      case .missing: continue
      case .reference(let reference): add(reference, sign: sign, sheet: sheet, inSum: false)
      case .unary(.plus, let operand): pending.append((operand, sign))
      case .unary(.minus, let operand): pending.append((operand, -sign))
      case .binary(.add, let left, let right):
        pending.append((left, sign))
        pending.append((right, sign))
      case .binary(.subtract, let left, let right):
        pending.append((left, sign))
        pending.append((right, -sign))
      case .binary(.multiply, let factor, .number(1)), .binary(.multiply, .number(1), let factor):
        pending.append((factor, sign))
      case .call("SUM", let arguments):
        addAll(arguments, sign: sign, sheet: sheet, to: &pending)
      case .call("SUBTOTAL", let arguments):
        guard case .number(let function)? = arguments.first, function == 9 || function == 109 else {
          isSum = false
          continue
        }
        addAll(Array(arguments.dropFirst()), sign: sign, sheet: sheet, to: &pending)
      case .call("IF", let arguments):
        if let branch = Self.branch(of: arguments) {
          pending.append((branch, sign))
        } else {
          note(node, sheet: sheet)
        }
      case .call(let function, let arguments) where Self.wrappers.contains(function):
        if let first = arguments.first { pending.append((first, sign)) }
      default:
        note(node, sheet: sheet)
      }
    }
    cells = cells.filter { $0.value != 0 }
  }

  private mutating func addAll(
    _ arguments: [FormulaNode], sign: Int, sheet: String, to pending: inout [(node: FormulaNode, sign: Int)]
  ) {
    for argument in arguments {
      if case .reference(let reference) = argument {
        add(reference, sign: sign, sheet: sheet, inSum: true)
      } else {
        pending.append((argument, sign))
      }
    }
  }

  private mutating func add(_ reference: FormulaReference, sign: Int, sheet: String, inSum: Bool) {
    hasReferences = true
    guard reference.sheet == nil || reference.sheet == sheet else {
      reachesOutside = true
      return
    }
    // Outside SUM a range stands for the one cell in the formula's own row or column.
    guard inSum || reference.cell != nil, reference.range.count <= Self.largestRange else {
      isSum = false
      return
    }
    for row in reference.range.rows {
      for column in reference.range.columns {
        cells[CellReference(row: row, column: column), default: 0] += sign
      }
    }
  }

  /// The branch of an IF that computes; the other one shows nothing (`""`, 0) while the inputs are blank.
  private static func branch(of arguments: [FormulaNode]) -> FormulaNode? {
    let branches = arguments.dropFirst().filter { branch in
      switch branch {
      case .text(let text): !text.allSatisfy(\.isWhitespace)
      case .number(0), .missing: false
      default: true
      }
    }
    guard let first = branches.first, branches.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// Something that is no sum; what it refers to is still of interest.
  private mutating func note(_ node: FormulaNode, sheet: String) {
    isSum = false
    if !node.namesOnlyCells {
      hasReferences = true
      reachesOutside = true
    }
    if node.references.contains(where: { $0.sheet == nil || $0.sheet == sheet }) { hasReferences = true }
    if node.references.contains(where: { $0.sheet != nil && $0.sheet != sheet }) {
      hasReferences = true
      reachesOutside = true
    }
  }
}
