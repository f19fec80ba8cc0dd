import Foundation
import XLSX

/// What a workbook lets be typed into its cells, as limits of a heading.
extension FormLearner {
  mutating func readLimits() {
    var index = 0
    let columns = leavesOfColumns
    Self.change(&form.columns) { [self] node, _ in
      defer { index += 1 }
      guard columns.indices.contains(index), let rule = commonRule(cells(column: columns[index])) else {
        return
      }
      node.limits = LearnedLimits(rule, type: node.type ?? .number).pairs
    }
    guard form.kind == .matrix, columns.count == 1, !form.rows.isEmpty else { return }
    // A table of labels and blanks: every row is of its own kind.
    var row = 0
    let rows = leavesOfRows
    Self.change(&form.rows) { [self] node, _ in
      defer { row += 1 }
      guard rows.indices.contains(row),
        let rule = table.validation(at: CellReference(row: rows[row], column: columns[0]))
      else { return }
      node.limits = LearnedLimits(rule, type: node.type ?? .number).pairs
    }
    if LearnedForm.leaves(of: form.rows).contains(where: { $0.contains { !$0.limits.isEmpty } }) {
      Self.change(&form.columns) { node, _ in node.limits = [] }
    }
  }

  /// The rule that all of several cells have.
  private func commonRule(_ cells: [CellReference]) -> DataValidation? {
    guard let first = cells.first.flatMap(table.validation) else { return nil }
    let isCommon = cells.allSatisfy { cell in
      guard let other = table.validation(at: cell) else { return false }
      return other.kind == first.kind && other.operator == first.operator && other.formula1 == first.formula1
        && other.formula2 == first.formula2
    }
    return isCommon ? first : nil
  }
}

/// A rule for typing as the limits of a campaign's file.
struct LearnedLimits {
  private(set) var pairs: [(key: String, value: String)] = []

  /// Bounds that only keep nonsense out say nothing.
  private static let largest = Decimal(100_000_000)
  private static let earliest = CalendarDate(year: 1950, month: 1, day: 1)

  /// - Parameter type: Of the values; limits of another type are left out.
  init(_ rule: DataValidation, type: LearnedType) {
    switch rule.kind {
    case .whole, .decimal:
      guard type == .number || type == .percent else { return }
      let step = rule.kind == .whole ? 1 : nil
      guard let (least, most) = Self.bounds(rule, Self.number, step: step) else { return }
      // 85 for 85 % says nothing of a share of 1.
      if type == .percent, abs(least ?? 0) > 1 || abs(most ?? 0) > 1 { return }
      // What may not be negative anyway, and a share that is one, need no words.
      if let least, abs(least) < Self.largest, least != 0 { pairs.append(("least", least.plainText)) }
      if let most, abs(most) < Self.largest, type != .percent || most != 1 {
        pairs.append(("most", most.plainText))
      }
    case .date:
      guard type == .date, let (least, most) = Self.bounds(rule, Self.day, step: 1) else { return }
      if let least, let most, least.year == most.year,
        (least.month, least.day, most.month, most.day) == (1, 1, 12, 31)
      {
        pairs.append(("within", "year"))
        return
      }
      if let least, let earliest = Self.earliest, least > earliest {
        pairs.append(("least", least.description))
      }
      if let most, most.year < 2200 { pairs.append(("most", most.description)) }
    case .textLength:
      guard type == .text || type == .phone, let (least, most) = Self.bounds(rule, Self.number, step: 1)
      else {
        return
      }
      let (low, high) = (least?.whole ?? 0, most?.whole ?? 0)
      if low > 0, low == high {
        pairs.append(("length", String(low)))
        return
      }
      guard type == .text, 0...32_767 ~= low, 1...32_767 ~= high || most == nil, low > 0 || most != nil else {
        return
      }
      pairs.append(("pattern", ".{\(low),\(most == nil ? "" : String(high))}"))
    default: return
    }
  }

  /// From where to where, both inclusive; `nil` for what is no such range.
  ///
  /// - Parameter step: To the next value, where values are whole.
  private static func bounds<Value: Comparable & Steppable>(
    _ rule: DataValidation, _ read: (String) -> Value?, step: Int?
  ) -> (least: Value?, most: Value?)? {
    let first = rule.formula1.flatMap(read)
    let second = rule.formula2.flatMap(read)
    switch rule.operator {
    case .between:
      guard let first, let second, first <= second else { return nil }
      return (first, second)
    case .equal: return first.map { ($0, $0) }
    case .greaterThanOrEqual: return first.map { ($0, nil) }
    case .lessThanOrEqual: return first.map { (nil, $0) }
    case .greaterThan:
      guard let first, let step else { return nil }
      return first.moved(by: step).map { ($0, nil) }
    case .lessThan:
      guard let first, let step else { return nil }
      return first.moved(by: -step).map { (nil, $0) }
    case .notBetween, .notEqual: return nil
    }
  }

  /// A number that is written out; `nil` for a formula.
  private static func number(_ text: String) -> Decimal? {
    let text = text.hasPrefix("=") ? String(text.dropFirst()) : text
    guard !text.isEmpty, text.count <= 20,
      text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") })
    else { return nil }
    return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
  }

  /// `DATE(2025,1,1)`, or the number of a day.
  private static func day(_ text: String) -> CalendarDate? {
    let plain = text.filter { !$0.isWhitespace && $0 != "=" }.uppercased()
    if plain.hasPrefix("DATE("), plain.hasSuffix(")") {
      let parts = plain.dropFirst(5).dropLast().split(separator: ",").compactMap { Int($0) }
      return parts.count == 3 ? CalendarDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
    guard let number = number(plain)?.whole, 1...2_958_465 ~= number else { return nil }
    return CalendarDate(dayNumber: number - 25_569)
  }
}

/// A value with others beside it.
protocol Steppable {
  func moved(by steps: Int) -> Self?
}

extension Decimal: Steppable {
  func moved(by steps: Int) -> Decimal? { self + Decimal(steps) }
}

extension CalendarDate: Steppable {
  func moved(by steps: Int) -> CalendarDate? { CalendarDate(dayNumber: dayNumber + steps) }
}
