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

extension CompiledNumberFormat {
  /// Whether a section has places for digits beside parts of a date, where only fractions of a second have any.
  fileprivate var mixesDatesAndDigits: Bool {
    sections.contains { section in
      section.kind == .date
        && section.tokens.contains { if case .digit = $0 { true } else { $0 == .general } }
    }
  }
}
