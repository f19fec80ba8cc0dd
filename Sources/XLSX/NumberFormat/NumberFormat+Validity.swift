extension NumberFormat {
  /// Why Excel takes no such code: it repairs a file that has it, and `TEXT` gives `#VALUE!`. `nil` for one that it takes.
  var refusal: String? {
    var sections = 1
    var scalars = code.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"":
        guard let end = scalars.firstIndex(of: "\"") else { return "a quotation mark is not closed" }
        scalars = scalars[end...].dropFirst()
      case "[":
        guard let end = scalars.firstIndex(of: "]") else { return "a bracket is not closed" }
        let inside = String(String.UnicodeScalarView(scalars[..<end]))
        guard Self.isBracketKnown(inside) else { return "Excel knows no [\(inside)]" }
        scalars = scalars[end...].dropFirst()
      case "\\", "_", "*":
        if scalars.popFirst() == nil { return "nothing follows “\(scalar)”" }
      case ";": sections += 1
      default: break
      }
    }
    if sections > 4 { return "it has \(sections) sections, and there are four" }
    return CompiledNumberFormat(self).mixesDatesAndDigits ? "it mixes parts of a date with digits" : nil
  }
}

extension NumberFormat {
  private static let colors: Set<String> = [
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow",
    "黑色", "蓝色", "青色", "绿色", "洋红", "红色", "白色", "黄色",
  ]

  /// Whether brackets hold what Excel knows: a colour, a condition, a currency or language, a span of time, numerals.
  fileprivate static func isBracketKnown(_ inside: String) -> Bool {
    let lower = inside.lowercased()
    guard let first = lower.first else { return false }
    if first == "$" { return true }
    if "<>=".contains(first) {
      let number = lower.drop { "<>=".contains($0) }.filter { $0 != " " }
      return Double(number) != nil
    }
    if "hms".contains(first), lower.allSatisfy({ $0 == first }) { return true }
    if colors.contains(lower) || lower.hasPrefix("dbnum") || lower.hasPrefix("natnum") { return true }
    for word in ["color", "颜色"] where lower.hasPrefix(word) {
      return Int(lower.dropFirst(word.count).filter { $0 != " " }).map { 1...56 ~= $0 } ?? false
    }
    return false
  }
}

extension CompiledNumberFormat {
  /// Whether a section has places for digits beside parts of a date, where only fractions of a second have any.
  fileprivate var mixesDatesAndDigits: Bool {
    sections.contains { section in
      section.kind == .date
        && section.tokens.contains { if case .digit = $0 { true } else { $0 == .general } }
    }
  }
}
