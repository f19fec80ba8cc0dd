import Foundation
import XLSX

/// What part of a check comes to. Figures are decimals, so that 0.1+0.2 is 0.3.
enum CheckValue: Hashable, Sendable {
  case number(Decimal)
  case text(String)
  case truth(Bool)
  case blank
  /// Cannot be judged: something in it is blank, cannot be read or cannot be worked out.
  case unknown

  init(_ state: Reading.State) {
    switch state {
    case .figure(let figure): self = .number(figure)
    case .value(.figure(let figure)): self = .number(figure)
    case .value(.text(let text)): self = .text(text)
    case .value(.date(let date)): self = .number(Decimal(date.dayNumber + 25_569))
    case .value(.truth(let truth)): self = .truth(truth)
    case .blank: self = .blank
    case .unreadable, .missing: self = .unknown
    }
  }

  var number: Decimal? { if case .number(let number) = self { number } else { nil } }
}

/// Works out a check for given operands, with three values: true, false, cannot judge.
struct CheckEvaluator {
  let tolerance: Decimal
  /// The value of the n-th operand.
  let operand: (Int) -> CheckValue

  func value(_ node: FormulaNode) -> CheckValue {
    switch node {
    case .number(let number): return Decimal(shortest: number).map { .number($0) } ?? .unknown
    case .text(let text): return .text(text)
    case .bool(let bool): return .truth(bool)
    case .missing: return .blank
    case .reference(let reference): return reference.cell.map { operand($0.row - 1) } ?? .unknown
    case .unary(let sign, let inner): return unary(sign, value(inner))
    case .binary(let sign, let left, let right): return binary(sign, value(left), value(right))
    case .call(let name, let arguments): return call(name, arguments)
    case .error, .sheets, .name, .array, .apply, .unsupported: return .unknown
    }
  }

  private func unary(_ sign: FormulaNode.UnaryOperator, _ value: CheckValue) -> CheckValue {
    guard let number = value.number else { return .unknown }
    switch sign {
    case .plus, .implicitIntersection: return .number(number)
    case .minus: return .number(-number)
    case .percent: return .number(number / 100)
    }
  }

  private func binary(_ sign: FormulaNode.BinaryOperator, _ a: CheckValue, _ b: CheckValue) -> CheckValue {
    switch sign {
    case .add, .subtract, .multiply, .divide, .power:
      guard let x = a.number, let y = b.number else { return .unknown }
      return Self.arithmetic(sign, x, y)
    case .concatenate:
      guard let x = Self.text(a), let y = Self.text(b) else { return .unknown }
      return .text(x + y)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return compare(sign, a, b)
    case .range, .intersection, .union: return .unknown
    }
  }

  private static func arithmetic(
    _ sign: FormulaNode.BinaryOperator, _ x: Decimal, _ y: Decimal
  ) -> CheckValue {
    let result: Decimal
    switch sign {
    case .add: result = x + y
    case .subtract: result = x - y
    case .multiply: result = x * y
    case .divide:
      if y == 0 { return .unknown }
      result = x / y
    default:
      guard let power = y.whole, 0...64 ~= power else { return .unknown }
      result = (0..<power).reduce(Decimal(1)) { product, _ in product * x }
    }
    return result.isNaN ? .unknown : .number(result)
  }

  private static func text(_ value: CheckValue) -> String? {
    switch value {
    case .number(let number): number.plainText
    case .text(let text): text
    case .truth(let truth): truth ? "TRUE" : "FALSE"
    case .blank, .unknown: nil
    }
  }

  func compare(_ sign: FormulaNode.BinaryOperator, _ a: CheckValue, _ b: CheckValue) -> CheckValue {
    switch (a, b) {
    case (.number(let x), .number(let y)):
      let difference = Self.same(x, y) ? 0 : x - y
      switch sign {
      case .equal: return .truth(abs(difference) <= tolerance)
      case .notEqual: return .truth(abs(difference) > tolerance)
      case .less: return .truth(difference < tolerance)
      case .lessOrEqual: return .truth(difference <= tolerance)
      case .greater: return .truth(difference > -tolerance)
      default: return .truth(difference >= -tolerance)
      }
    case (.text(let x), .text(let y)):
      let (x, y) = (Self.folded(x), Self.folded(y))
      switch sign {
      case .equal: return .truth(x == y)
      case .notEqual: return .truth(x != y)
      case .less: return .truth(x < y)
      case .lessOrEqual: return .truth(x <= y)
      case .greater: return .truth(x > y)
      default: return .truth(x >= y)
      }
    case (.truth(let x), .truth(let y)) where sign == .equal: return .truth(x == y)
    case (.truth(let x), .truth(let y)) where sign == .notEqual: return .truth(x != y)
    // 是 and 否 are written for truth values too.
    case (.truth(let x), .text(let text)), (.text(let text), .truth(let x)):
      guard let y = TruthText.read(text), sign == .equal || sign == .notEqual else { return .unknown }
      return .truth((x == y) == (sign == .equal))
    case (.blank, _), (_, .blank), (.unknown, _), (_, .unknown): return .unknown
    default:
      // A number and a text are never the same.
      return sign == .equal ? .truth(false) : sign == .notEqual ? .truth(true) : .unknown
    }
  }

  /// Quotients leave a rest in the last digits.
  private static func same(_ x: Decimal, _ y: Decimal) -> Bool {
    if x == y { return true }
    return abs(x - y) <= max(abs(x), abs(y)) * Decimal(sign: .plus, exponent: -15, significand: 1)
  }

  private static func folded(_ text: String) -> String {
    String(String.UnicodeScalarView(TextFolding.scalars(of: text).filter { $0 != " " })).lowercased()
  }

  // Functions

  private func call(_ name: String, _ arguments: [FormulaNode]) -> CheckValue {
    switch name {
    case "AND", "OR": return logical(arguments.map(value), isAnd: name == "AND")
    case "NOT":
      guard arguments.count == 1, case .truth(let truth) = value(arguments[0]) else { return .unknown }
      return .truth(!truth)
    case "TRUE": return .truth(true)
    case "FALSE": return .truth(false)
    case "IF":
      guard 2...3 ~= arguments.count, case .truth(let truth) = value(arguments[0]) else { return .unknown }
      if truth { return value(arguments[1]) }
      return arguments.count == 3 ? value(arguments[2]) : .truth(false)
    case "ISBLANK":
      guard arguments.count == 1 else { return .unknown }
      switch value(arguments[0]) {
      case .blank: return .truth(true)
      case .unknown: return .unknown
      default: return .truth(false)
      }
    default: return function(name, arguments.map(value))
    }
  }

  private func logical(_ values: [CheckValue], isAnd: Bool) -> CheckValue {
    var isUnknown = false
    for value in values {
      guard case .truth(let truth) = value else {
        isUnknown = true
        continue
      }
      if truth != isAnd { return .truth(!isAnd) }
    }
    return isUnknown || values.isEmpty ? .unknown : .truth(isAnd)
  }

  private func function(_ name: String, _ values: [CheckValue]) -> CheckValue {
    if values.contains(.unknown) || values.contains(.blank) { return .unknown }
    let numbers = values.compactMap(\.number)
    let areNumbers = numbers.count == values.count && !numbers.isEmpty
    switch name {
    case "SUM" where areNumbers: return .number(numbers.reduce(0, +))
    case "MIN" where areNumbers: return numbers.min().map { .number($0) } ?? .unknown
    case "MAX" where areNumbers: return numbers.max().map { .number($0) } ?? .unknown
    case "AVERAGE" where areNumbers: return .number(numbers.reduce(0, +) / Decimal(numbers.count))
    case "ABS" where areNumbers && numbers.count == 1: return .number(abs(numbers[0]))
    case "ROUND" where areNumbers && numbers.count == 2:
      guard let digits = numbers[1].whole, -15...15 ~= digits else { return .unknown }
      return .number(numbers[0].rounded(digits, .plain))
    case "LEN":
      guard values.count == 1, let text = Self.text(values[0]) else { return .unknown }
      return .number(Decimal(text.utf16.count))
    case "DATE" where areNumbers && numbers.count == 3:
      guard let year = numbers[0].whole, let month = numbers[1].whole, let day = numbers[2].whole,
        let date = CalendarDate(year: year, month: month, day: day)
      else { return .unknown }
      return .number(Decimal(date.dayNumber + 25_569))
    case "YEAR", "MONTH", "DAY":
      guard areNumbers, numbers.count == 1, let serial = numbers[0].rounded(0, .down).whole,
        let date = CalendarDate(dayNumber: serial - 25_569)
      else { return .unknown }
      return .number(Decimal(name == "YEAR" ? date.year : name == "MONTH" ? date.month : date.day))
    default: return CheckFunction.value(name, values)
    }
  }
}

/// Every other function of Excel's, by the evaluator of workbooks.
private enum CheckFunction {
  static func value(_ name: String, _ values: [CheckValue]) -> CheckValue {
    guard values.count <= 255 else { return .unknown }
    let cells = values.indices.map { "A\($0 + 1)" }.joined(separator: ",")
    let evaluator = FormulaEvaluator(Cells(values))
    guard let result = try? evaluator.evaluate(Formula("\(name)(\(cells))"), in: "C1", sheet: 0) else {
      return .unknown
    }
    switch result {
    case .number(let number): return Decimal(shortest: number).map { .number($0) } ?? .unknown
    case .text(let text): return .text(text)
    case .bool(let bool): return .truth(bool)
    default: return .unknown
    }
  }

  private final class Cells: FormulaContext {
    let values: [CheckValue]
    let dateSystem = DateSystem.excel1900
    let now: Double? = nil

    init(_ values: [CheckValue]) { self.values = values }

    func position(ofSheet name: String) -> Int? { nil }
    func worksheets(in positions: ClosedRange<Int>) -> [Int] { [0] }
    func cell(_ reference: CellReference, sheet: Int) -> CellValue {
      guard reference.column == 1, values.indices.contains(reference.row - 1) else { return .empty }
      switch values[reference.row - 1] {
      case .number(let number): return .number(number.cellNumber)
      case .text(let text): return .text(text)
      case .truth(let truth): return .bool(truth)
      case .blank, .unknown: return .empty
      }
    }
    func usedRange(ofSheet sheet: Int) -> CellRange? { CellRange(rows: 1...max(1, values.count), column: 1) }
    func forEachCell(
      in range: CellRange, sheet: Int, _ body: (CellReference, CellValue) throws -> Void
    ) throws -> Int {
      for row in range.rows where row <= values.count && range.columns.contains(1) {
        let reference = CellReference(row: row, column: 1)
        let value = cell(reference, sheet: sheet)
        if value != .empty { try body(reference, value) }
      }
      return range.rows.prefix(values.count).count
    }
    func definedName(_ name: String, sheet: Int) -> String? { nil }
    func arrayFormula(covering reference: CellReference, sheet: Int) -> (
      master: CellReference, range: CellRange
    )? { nil }
    func isRowHidden(_ row: Int, sheet: Int) -> (hidden: Bool, isFiltered: Bool) { (false, false) }
  }
}
