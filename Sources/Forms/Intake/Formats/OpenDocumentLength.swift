/// `17.5cm`, `6.1424in`, `415pt`.
enum OpenDocumentLength {
  private static let units: [(ending: String, points: Double)] = [
    ("cm", 72 / 2.54), ("mm", 7.2 / 2.54), ("in", 72), ("pt", 1), ("pc", 12), ("px", 0.75),
  ]

  static func points(_ text: String) -> Double? {
    units.lazy.compactMap { unit in
      text.hasSuffix(unit.ending) ? Double(text.dropLast(unit.ending.count)).map { $0 * unit.points } : nil
    }.first { $0.isFinite }
  }
}
