/// What `COUNTIF`, `SUMIF` and their kin look for: a value, or a comparison written as text (`">=60"`, `"沁阳*"`, `"<>"`).
struct Criterion {
  private enum Test {
    /// Equal to a value; text may have wildcards.
    case equals(Scalar)
    case pattern(WildcardPattern)
    case differs(Scalar)
    case differsFromPattern(WildcardPattern)
    case ordered(FormulaNode.BinaryOperator, Scalar)
    /// `>` and its kin with nothing behind it.
    case nothing
    /// `=`: nothing in the cell. `""` takes empty text too.
    case isEmpty(orEmptyText: Bool)
    case isNotEmpty
  }

  private let test: Test

  init(_ value: Scalar, _ system: DateSystem) {
    guard case .text(let text) = value else {
      // An empty criterion counts as the number 0.
      test = .equals(value.isBlank ? .number(0) : value)
      return
    }
    for (sign, op) in Self.operators where text.hasPrefix(sign) {
      let rest = String(text.dropFirst(sign.count))
      let operand = Self.operand(rest, system)
      switch op {
      case .equal:
        test =
          rest.isEmpty
          ? .isEmpty(orEmptyText: false)
          : Self.pattern(rest, operand).map { .pattern($0) } ?? .equals(operand)
      case .notEqual:
        test =
          rest.isEmpty
          ? .isNotEmpty : Self.pattern(rest, operand).map { .differsFromPattern($0) } ?? .differs(operand)
      default: test = rest.isEmpty ? .nothing : .ordered(op, operand)
      }
      return
    }
    let operand = Self.operand(text, system)
    test =
      text.isEmpty
      ? .isEmpty(orEmptyText: true) : Self.pattern(text, operand).map { .pattern($0) } ?? .equals(operand)
  }

  private static let operators: [(String, FormulaNode.BinaryOperator)] = [
    (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("<>", .notEqual), ("=", .equal), (">", .greater),
    ("<", .less),
  ]

  private static func operand(_ text: String, _ system: DateSystem) -> Scalar {
    if let number = NumberText.parse(text, system) { return .number(number) }
    switch text.uppercased() {
    case "TRUE": return .bool(true)
    case "FALSE": return .bool(false)
    default: break
    }
    if text.hasPrefix("#"), FormulaLexer.tokens(text).tokens.map(\.kind) == [.error] {
      return .error(CellError(text.uppercased()))
    }
    return .text(text)
  }

  private static func pattern(_ text: String, _ operand: Scalar) -> WildcardPattern? {
    guard case .text = operand else { return nil }
    return WildcardPattern.isNeeded(text) ? WildcardPattern(text) : nil
  }

  /// How long the pattern is that texts are held against; 0 without one.
  var patternLength: Int {
    switch test {
    case .pattern(let pattern), .differsFromPattern(let pattern): pattern.length
    default: 0
    }
  }

  /// Whether cells that hold nothing meet the criterion.
  var matchesBlank: Bool { matches(.blank, .excel1900) }

  func matches(_ value: Scalar, _ system: DateSystem) -> Bool {
    switch test {
    case .equals(let wanted): return isEqual(value, wanted, system)
    case .differs(let wanted):
      // `=23` takes the text "23" too, and `<>23` as well.
      if case .text = value, case .number = wanted { return true }
      return !isEqual(value, wanted, system)
    case .nothing: return false
    case .pattern(let pattern):
      if case .text(let text) = value { return pattern.matches(text) } else { return false }
    case .differsFromPattern(let pattern):
      if case .text(let text) = value { return !pattern.matches(text) } else { return true }
    case .isEmpty(let orEmptyText): return value.isBlank || (orEmptyText && value == .text(""))
    case .isNotEmpty: return !value.isBlank
    case .ordered(let op, let wanted):
      let order: Int
      switch (value, wanted) {
      case (.number(let a), .number(let b)): order = Comparison.order(a, b)
      case (.text(let a), .text(let b)): order = Comparison.order(a, b)
      case (.bool(let a), .bool(let b)): order = a == b ? 0 : a ? 1 : -1
      default: return false
      }
      switch op {
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      default: return order >= 0
      }
    }
  }

  /// Text that reads as the number wanted is equal to it, as Excel counts `"12"` with 12.
  private func isEqual(_ value: Scalar, _ wanted: Scalar, _ system: DateSystem) -> Bool {
    switch (value, wanted) {
    case (.error(let a), .error(let b)): return a == b
    case (.text(let text), .number(let number)):
      return NumberText.plain(text).map { Comparison.order($0, number) == 0 } ?? false
    default: return Comparison.areEqual(value, wanted)
    }
  }
}

/// Text with `*` (any characters), `?` (one character) and `~` before either to mean itself; case does not matter.
struct WildcardPattern: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case unit(UInt16)
    case any
    case many
  }

  private let parts: [Part]
  var length: Int { parts.count }

  static func isNeeded(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "~") }
  }

  init(_ text: String) {
    var parts: [Part] = []
    var isEscaped = false
    for unit in text.lowercased().utf16 {
      switch unit {
      case UInt16(UInt8(ascii: "~")) where !isEscaped:
        isEscaped = true
        continue
      case UInt16(UInt8(ascii: "*")) where !isEscaped:
        if parts.last != .many { parts.append(.many) }
      case UInt16(UInt8(ascii: "?")) where !isEscaped: parts.append(.any)
      default: parts.append(.unit(unit))
      }
      isEscaped = false
    }
    self.parts = parts
  }

  func matches(_ text: String) -> Bool {
    end(in: Array(text.lowercased().utf16), from: 0, toEnd: true) != nil
  }

  /// The first place at or after `start` where the pattern fits.
  ///
  /// - Complexity: O(text × pattern)
  func firstIndex(in units: [UInt16], from start: Int) -> Int? {
    guard start <= units.count else { return nil }
    // What stands before the first `*` decides where a match begins. If what follows is not found behind one such place, it
    // is not found behind a later one.
    let head = parts.prefix { $0 != .many }
    let place = (start...units.count).first { place in
      place + head.count <= units.count
        && zip(head, units[place...]).allSatisfy { $0 == .any || $0 == .unit($1) }
    }
    return place.flatMap { end(in: units, from: $0, toEnd: false) != nil ? $0 : nil }
  }

  /// Where a match that begins at `start` ends. Goes back to the last `*` only, which is enough.
  ///
  /// - Complexity: O(text × pattern)
  private func end(in units: [UInt16], from start: Int, toEnd: Bool) -> Int? {
    var (index, part) = (start, 0)
    var retry: (index: Int, part: Int)?
    while true {
      if part == parts.count {
        if !toEnd || index == units.count { return index }
      } else if parts[part] == .many {
        part += 1
        retry = (index, part)
        continue
      } else if index < units.count, parts[part] == .any || parts[part] == .unit(units[index]) {
        index += 1
        part += 1
        continue
      }
      guard let last = retry, last.index < units.count else { return nil }
      retry = (last.index + 1, last.part)
      (index, part) = (last.index + 1, last.part)
    }
  }
}
