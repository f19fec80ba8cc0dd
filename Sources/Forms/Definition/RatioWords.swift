/// Which figures are ratios: those measured in percent, and those whose heading ends in a word that says so (满意率).
public struct RatioWords: Hashable, Sendable {
  /// What campaigns that say nothing else have.
  public static let usual = ["率", "比例", "占比"]

  private static let signs: Set<String> = ["%", "％", "‰"]

  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// `nil` for a figure that can be added up.
  func ratio(_ row: [Heading], _ column: [Heading], _ measure: Measure) -> Field.Ratio? {
    let path = row + column
    let type = path.last { $0.type != nil || $0.measure != nil }?.type
    guard
      type == .percent
        || (type ?? .number) == .number
          && (Self.signs.contains(measure.unit) || path.contains(where: isRatio))
    else { return nil }
    guard let level = path.indices.last(where: { path[$0].weight != nil }), let weight = path[level].weight
    else { return .unweighted }
    let steps = weight.split(separator: "/").map(String.init)
    return .weighted(by: FieldKey(path[..<level].map(\.name) + steps + path[(level + 1)...].map(\.name)))
  }

  /// Whether a heading, without a unit of measure in brackets behind it, ends in a word for ratios.
  private func isRatio(_ heading: Heading) -> Bool {
    [heading.name, heading.printed].contains { text in
      var text = text[...]
      if let last = text.last, "）)".contains(last), let bracket = text.lastIndex(where: { "（(".contains($0) })
      {
        text = text[..<bracket]
      }
      while text.last?.isWhitespace == true { text.removeLast() }
      return words.contains { text.hasSuffix($0) }
    }
  }
}
