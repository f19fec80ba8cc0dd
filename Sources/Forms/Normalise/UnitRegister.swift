/// Who is meant by a unit's name as written.
public enum UnitMatch: Hashable, Sendable {
  case blank
  /// The full name, whatever its spaces, widths and brackets.
  case exact(ReportingUnit)
  case alias(ReportingUnit)
  /// A name that differs by words that are often left out or added, or by one wrong character, and fits one unit only.
  case near(ReportingUnit)
  /// A name that fits several units, in the campaign's order.
  case ambiguous([ReportingUnit])
  /// A name that fits none; the units it comes nearest to, at most three, nearest first.
  case unknown(nearest: [ReportingUnit])

  /// The unit, if the name tells it.
  public var unit: ReportingUnit? {
    switch self {
    case .exact(let unit), .alias(let unit), .near(let unit): unit
    case .blank, .ambiguous, .unknown: nil
    }
  }
}

/// The campaign's units, prepared for finding them by name.
public struct UnitRegister: Sendable {
  let units: [ReportingUnit]
  let naming: NamingWords
  /// The keys of every unit: the full name first, then the aliases.
  let keys: [[UnitKey]]
  private let exact: [String: Int]
  private let aliases: [String: Int]
  /// Names reduced to what is left without the words of ``UnitNaming``: `沁阳市总工会` and `沁阳总` to `沁阳`.
  private let reduced: [String: Set<Int>]
  let fileNames: FileNameWords
  /// What stands in front of every file's name because of where the office keeps them; says nothing about a unit.
  let inputRoots: [String]

  /// A name prepared for comparison.
  struct UnitKey: Sendable {
    var key: String
    var scalars: [Unicode.Scalar]
    /// The name without the union word at its end: `沁阳市`.
    var stem: [Unicode.Scalar]
  }

  /// - Parameter inputRoots: The folders above the ones that were named on the command line, ending with a stroke.
  /// - Complexity: O(names)
  public init(_ campaign: Campaign, inputRoots: [String] = []) {
    self.inputRoots = inputRoots.sorted { $0.count > $1.count }
    units = campaign.units
    let naming = NamingWords(campaign.naming)
    self.naming = naming
    var exact: [String: Int] = [:]
    var aliases: [String: Int] = [:]
    var reduced: [String: Set<Int>] = [:]
    var keys: [[UnitKey]] = []
    for (index, unit) in campaign.units.enumerated() {
      var unitKeys: [UnitKey] = []
      for (position, name) in ([unit.name] + unit.aliases).enumerated() {
        let key = LabelText.key(name)
        guard !key.isEmpty else { continue }
        let scalars = Array(key.unicodeScalars)
        unitKeys.append(UnitKey(key: key, scalars: scalars, stem: naming.stem(of: scalars)))
        if position == 0 { exact[key] = exact[key] ?? index } else { aliases[key] = aliases[key] ?? index }
        for minimum in [1, 2] {
          if let short = naming.reduced(scalars, minimum: minimum) {
            reduced[String(short), default: []].insert(index)
          }
        }
      }
      keys.append(unitKeys)
    }
    self.exact = exact
    self.aliases = aliases
    self.reduced = reduced
    self.keys = keys
    fileNames = FileNameWords(campaign, naming: naming)
  }

  /// Finds the unit that a text in 填报单位 means.
  ///
  /// - Complexity: O(length) for a name or an alias, O(names) otherwise.
  public func match(_ text: String) -> UnitMatch {
    let full = LabelText.key(text)
    if full.isEmpty { return .blank }
    if let match = known(full) { return match }
    let key = LabelText.baseKey(text)
    if key != full, let match = known(key) { return match }
    let scalars = Array(key.unicodeScalars)
    if let match = byWords(scalars) { return match }
    guard let match = byContainment(scalars) else { return bySpelling(scalars) }
    guard case .unknown(let contained) = match else { return match }
    return bySpelling(scalars, butFor: contained)
  }

  private func known(_ key: String) -> UnitMatch? {
    if let index = exact[key] { return .exact(units[index]) }
    return aliases[key].map { .alias(units[$0]) }
  }

  /// 市, 县, 区, 总, 工会 dropped, added or doubled; a place in front.
  private func byWords(_ scalars: [Unicode.Scalar]) -> UnitMatch? {
    for minimum in [2, 1] {
      guard let short = naming.reduced(scalars, minimum: minimum), let found = reduced[String(short)] else {
        continue
      }
      let indices = found.sorted()
      return indices.count == 1 ? .near(units[indices[0]]) : .ambiguous(indices.map { units[$0] })
    }
    return nil
  }

  /// `沁阳市总工会宣教部`: a full name, and behind it something that is no other union. Two names are ambiguous; a name
  /// inside a longer one (市总工会 in 沁阳市总工会) is none.
  private func byContainment(_ scalars: [Unicode.Scalar]) -> UnitMatch? {
    let front = naming.withoutPrefix(scalars)
    var hits: [(index: Int, range: Range<Int>)] = []
    for (index, unitKeys) in keys.enumerated() {
      for key in unitKeys where naming.endsWithUnion(key.scalars) {
        hits += front.positions(of: key.scalars).map { (index, $0..<($0 + key.scalars.count)) }
      }
    }
    let longest = hits.filter { hit in
      !hits.contains { $0.range.count > hit.range.count && $0.range.contains(hit.range) }
    }
    let found = Set(longest.map(\.index)).sorted()
    if found.count > 1 { return .ambiguous(found.map { units[$0] }) }
    guard let index = found.first, let end = longest.map(\.range.upperBound).max() else { return nil }
    let rest = Array(front[end...])
    let isFirst = longest.contains { $0.range.lowerBound == 0 }
    return isFirst && !naming.unionWords.contains { rest.contains($0) }
      ? .near(units[index]) : .unknown(nearest: [units[index]])
  }

  /// One wrong, missing, additional or swapped character, where that is possible for one unit only and enough of the name
  /// is left to tell it by.
  ///
  /// - Parameter contained: Units whose whole name stands in the text, with something around it that makes it another
  ///   name. They are not meant by it (北马村区总工会 is not 马村区总工会); others may be: 孟洲市总工会 ends like 市总工会
  ///   and is 孟州市总工会 misspelt.
  private func bySpelling(_ scalars: [Unicode.Scalar], butFor contained: [ReportingUnit] = []) -> UnitMatch {
    let written = naming.withoutPrefix(scalars)
    var distances: [(index: Int, distance: Int, isSafe: Bool)] = []
    for (index, unitKeys) in keys.enumerated() {
      var best: (distance: Int, isSafe: Bool)?
      for key in unitKeys {
        guard let distance = EditDistance.between(written, key.scalars, limit: 2),
          distance < key.scalars.count - 1
        else { continue }
        let isSafe =
          distance == 1 && (key.stem.count >= 3 || (key.stem.count >= 2 && written.contains(key.stem)))
        if best.map({ distance < $0.distance || (distance == $0.distance && isSafe) }) ?? true {
          best = (distance, isSafe)
        }
      }
      if let best { distances.append((index, best.distance, best.isSafe)) }
    }
    let near = distances.filter { $0.distance == 1 }
    if near.count > 1 { return .ambiguous(near.map { units[$0.index] }) }
    if let only = near.first, only.isSafe, !contained.contains(units[only.index]) {
      return .near(units[only.index])
    }
    let nearest = distances.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.map {
      units[$0.index]
    }
    let others = contained.filter { !nearest.contains($0) }
    return .unknown(nearest: Array((nearest + others).prefix(3)))
  }
}
