import Foundation

extension FormDefinition {
  /// The inputs that a field comes down to: itself for an input, for a total the inputs behind its parts, each once.
  ///
  /// Consolidation adds up inputs only, so that a typed total never enters a sum.
  package func inputs(behind key: FieldKey) -> [FieldKey] {
    var found: [FieldKey] = []
    var seen: Set<FieldKey> = []
    func follow(_ key: FieldKey) {
      // A definition whose totals run in a circle is refused by the campaign loader; here it must only end.
      guard let field = field(key), seen.insert(key).inserted else { return }
      switch field.role {
      case .input: found.append(key)
      case .total(let parts): parts.forEach(follow)
      }
    }
    follow(key)
    return found
  }

  /// Every figure that follows from reported inputs: the inputs themselves, and each total as the sum of those of its
  /// inputs that are there. A field without any reported input has no figure: blank is not zero.
  func figures(fromInputs inputs: [FieldKey: Decimal]) -> [FieldKey: Decimal] {
    var figures: [FieldKey: Decimal] = [:]
    for field in fields {
      let parts = self.inputs(behind: field.key).compactMap { inputs[$0] }
      if !parts.isEmpty { figures[field.key] = parts.reduce(0, +) }
    }
    return figures
  }
}
