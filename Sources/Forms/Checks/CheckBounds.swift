import Foundation
import XLSX

/// Whether a check can come out at all both ways, over all that its fields can hold.
struct CheckBounds {
  /// What part of a check can be.
  enum Range {
    /// Numbers from one to another; `nil` without bound.
    case numbers(Decimal?, Decimal?)
    /// One of these texts; `nil` for any.
    case texts(Set<String>?)
    case truth(canHold: Bool, canFail: Bool)
    case anything
  }

  let tolerance: Decimal
  /// What the n-th operand can hold.
  let operand: (Int) -> Range

  func range(_ node: FormulaNode) -> Range {
    switch node {
    case .number(let number):
      let decimal = Decimal(shortest: number)
      return .numbers(decimal, decimal)
    case .text(let text): return .texts([text])
    case .bool(let bool): return .truth(canHold: bool, canFail: !bool)
    case .reference(let reference): return reference.cell.map { operand($0.row - 1) } ?? .anything
    case .unary(let sign, let inner):
      guard case .numbers(let low, let high) = range(inner) else { return .anything }
      switch sign {
      case .minus: return .numbers(high.map { -$0 }, low.map { -$0 })
      case .percent: return .numbers(low.map { $0 / 100 }, high.map { $0 / 100 })
      case .plus, .implicitIntersection: return .numbers(low, high)
      }
    case .binary(let sign, let left, let right): return binary(sign, left, right)
    case .call(let name, let arguments): return call(name, arguments)
    default: return .anything
    }
  }

  private func binary(_ sign: FormulaNode.BinaryOperator, _ left: FormulaNode, _ right: FormulaNode) -> Range
  {
    let (a, b) = (range(left), range(right))
    switch sign {
    case .add, .subtract, .multiply, .divide:
      guard case .numbers(let low, let high) = a, case .numbers(let otherLow, let otherHigh) = b else {
        return .anything
      }
      return arithmetic(sign, (low, high), (otherLow, otherHigh))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      // A figure beside itself.
      if left == right {
        let holds =
          [.equal, .lessOrEqual, .greaterOrEqual].contains(sign) || tolerance > 0 && sign != .notEqual
        return .truth(canHold: holds, canFail: !holds)
      }
      return compare(sign, a, b)
    default: return .anything
    }
  }

  private typealias Bounds = (low: Decimal?, high: Decimal?)

  private func arithmetic(_ sign: FormulaNode.BinaryOperator, _ a: Bounds, _ b: Bounds) -> Range {
    func sum(_ x: Decimal?, _ y: Decimal?) -> Decimal? { x.flatMap { x in y.map { x + $0 } } }
    switch sign {
    case .add: return .numbers(sum(a.low, b.low), sum(a.high, b.high))
    case .subtract: return .numbers(sum(a.low, b.high.map { -$0 }), sum(a.high, b.low.map { -$0 }))
    default:
      // Of what cannot be negative.
      guard let x = a.low, let y = b.low, x >= 0, y >= 0 else { return .numbers(nil, nil) }
      if sign == .multiply { return .numbers(x * y, a.high.flatMap { high in b.high.map { high * $0 } }) }
      return .numbers(
        b.high.map { $0 == 0 ? 0 : x / $0 } ?? 0, y > 0 ? a.high.map { $0 / y } : nil)
    }
  }

  private func compare(_ sign: FormulaNode.BinaryOperator, _ a: Range, _ b: Range) -> Range {
    if case .texts(let x?) = a, case .texts(let y?) = b, sign == .equal || sign == .notEqual {
      let keys = (Set(x.map(LabelText.key)), Set(y.map(LabelText.key)))
      let canBeSame = !keys.0.isDisjoint(with: keys.1)
      let canDiffer = keys.0.count > 1 || keys.1.count > 1 || !canBeSame
      return sign == .equal
        ? .truth(canHold: canBeSame, canFail: canDiffer) : .truth(canHold: canDiffer, canFail: canBeSame)
    }
    guard case .numbers(let low, let high) = a, case .numbers(let otherLow, let otherHigh) = b else {
      return .truth(canHold: true, canFail: true)
    }
    // What a − b can be.
    let least = low.flatMap { low in otherHigh.map { low - $0 } }
    let most = high.flatMap { high in otherLow.map { high - $0 } }
    func can(_ low: Decimal?, _ test: (Decimal, Decimal) -> Bool, _ bound: Decimal) -> Bool {
      low.map { test($0, bound) } ?? true
    }
    switch sign {
    case .less, .lessOrEqual:
      let isStrict = sign == .less && tolerance == 0
      return .truth(
        canHold: can(least, isStrict ? (<) : (<=), tolerance),
        canFail: can(most, isStrict ? (>=) : (>), tolerance))
    case .greater, .greaterOrEqual:
      let isStrict = sign == .greater && tolerance == 0
      return .truth(
        canHold: can(most, isStrict ? (>) : (>=), -tolerance),
        canFail: can(least, isStrict ? (<=) : (<), -tolerance))
    default:
      let canBeSame = can(least, <=, tolerance) && can(most, >=, -tolerance)
      let isFixed = least != nil && least == most
      let canDiffer = !isFixed || !canBeSame
      return sign == .equal
        ? .truth(canHold: canBeSame, canFail: canDiffer) : .truth(canHold: canDiffer, canFail: canBeSame)
    }
  }

  private func call(_ name: String, _ arguments: [FormulaNode]) -> Range {
    let ranges = arguments.map(range)
    switch name {
    case "AND", "OR":
      let truths = ranges.map { range -> (hold: Bool, fail: Bool) in
        if case .truth(let hold, let fail) = range { (hold, fail) } else { (true, true) }
      }
      return name == "AND"
        ? .truth(canHold: truths.allSatisfy(\.hold), canFail: truths.contains(where: \.fail))
        : .truth(canHold: truths.contains(where: \.hold), canFail: truths.allSatisfy(\.fail))
    case "NOT":
      guard ranges.count == 1, case .truth(let hold, let fail) = ranges[0] else { return .anything }
      return .truth(canHold: fail, canFail: hold)
    case "IF":
      guard ranges.count == 3, case .truth(let hold, let fail) = ranges[1],
        case .truth(let otherHold, let otherFail) = ranges[2]
      else { return .truth(canHold: true, canFail: true) }
      return .truth(canHold: hold || otherHold, canFail: fail || otherFail)
    case "SUM":
      return ranges.reduce(.numbers(0, 0)) { sum, next in
        guard case .numbers(let low, let high) = sum, case .numbers(let otherLow, let otherHigh) = next else {
          return .numbers(nil, nil)
        }
        return arithmetic(.add, (low, high), (otherLow, otherHigh))
      }
    case "ABS", "LEN": return .numbers(0, nil)
    case "ISBLANK": return .truth(canHold: true, canFail: true)
    default: return .anything
    }
  }
}
