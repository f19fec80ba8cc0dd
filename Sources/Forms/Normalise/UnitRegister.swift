import Foundation

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
  private let exact: [String: [Int]]
  private let aliases: [String: [Int]]
  /// Names reduced to what is left without the words of ``UnitNaming``: `沁阳市总工会` and `沁阳总` to `沁阳`.
  private let reduced: [String: Set<Int>]
  let fileNames: FileNameWords
  /// What names of files and folders say: a folder is in the name of every file in it.
  private let found = FoundNames()
  /// All units of the campaign, whichever of them are looked for.
  let tree: UnitTree
  /// What stands in front of every file's name because of where the office keeps them; says nothing about a unit.
  let inputRoots: [String]

  /// A name prepared for comparison.
  struct UnitKey: Sendable {
    var key: String
    var scalars: [Unicode.Scalar]
    /// The name without the union word at its end: `沁阳市`.
    var stem: [Unicode.Scalar]
    /// Whether ``scalars`` ends with a union word.
    var isUnion: Bool
    var letters: LetterSet
    /// The characters of what a file's name must say at least: the name, its stem, what is left without common words.
    var leastLetters: [LetterSet]
  }

  /// - Parameter inputRoots: The folders above the ones that were named on the command line, ending with a stroke.
  /// - Complexity: O(names)
  public init(_ campaign: Campaign, inputRoots: [String] = []) {
    let naming = NamingWords(campaign.naming)
    self.init(
      campaign.units, naming: naming, fileNames: FileNameWords(campaign, naming: naming),
      tree: UnitTree(campaign), inputRoots: inputRoots)
  }

  /// The same words for other units.
  init(_ units: [ReportingUnit], like other: UnitRegister) {
    self.init(
      units, naming: other.naming, fileNames: other.fileNames, tree: other.tree, inputRoots: other.inputRoots)
  }

  private init(
    _ units: [ReportingUnit], naming: NamingWords, fileNames: FileNameWords, tree: UnitTree,
    inputRoots: [String]
  ) {
    self.inputRoots = inputRoots.sorted { $0.count > $1.count }
    self.units = units
    self.naming = naming
    self.fileNames = fileNames
    self.tree = tree
    var exact: [String: [Int]] = [:]
    var aliases: [String: [Int]] = [:]
    var reduced: [String: Set<Int>] = [:]
    var keys: [[UnitKey]] = []
    for (index, unit) in units.enumerated() {
      var unitKeys: [UnitKey] = []
      let names = unit.ownName == unit.name ? [unit.name] : [unit.name, unit.ownName]
      for (position, name) in (names + unit.aliases).enumerated() {
        let key = LabelText.key(name)
        guard !key.isEmpty else { continue }
        let scalars = Array(key.unicodeScalars)
        let stem = naming.stem(of: scalars)
        unitKeys.append(
          UnitKey(
            key: key, scalars: scalars, stem: stem, isUnion: naming.endsWithUnion(scalars),
            letters: LetterSet(scalars),
            leastLetters: [scalars, stem, naming.reduced(scalars, minimum: 2) ?? scalars].map {
              LetterSet($0)
            }))
        if position < names.count {
          if exact[key]?.last != index { exact[key, default: []].append(index) }
        } else if aliases[key]?.last != index {
          aliases[key, default: []].append(index)
        }
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
  }

  /// Finds the unit that a text in 填报单位 means.
  ///
  /// - Parameter isPrinted: Whether the name was written by a program and is no misspelt one: 丑县 is another than 子县.
  /// - Complexity: O(length) for a name or an alias, O(names) otherwise.
  public func match(_ text: String, isPrinted: Bool = false) -> UnitMatch {
    let full = LabelText.key(text)
    if full.isEmpty { return .blank }
    if let match = known(full) { return match }
    let key = LabelText.baseKey(text)
    if key != full, let match = known(key) { return match }
    let scalars = Array(key.unicodeScalars)
    if let match = byWords(scalars) { return match }
    if isPrinted { return .unknown(nearest: []) }
    guard let match = byContainment(scalars) else { return bySpelling(scalars) }
    guard case .unknown(let contained) = match else { return match }
    return bySpelling(scalars, butFor: contained)
  }

  /// The units that one name of a path says, each name looked at once.
  func find(inPart part: Substring) -> Set<Int> {
    found.units(of: part) { find(inRuns: FileNameWords.runs(of: part)) }
  }

  private func known(_ key: String) -> UnitMatch? {
    // A name that units of several offices have says whose it is only together with the office.
    if let found = exact[key] {
      return found.count == 1 ? .exact(units[found[0]]) : .ambiguous(found.map { units[$0] })
    }
    return aliases[key].map { found in
      found.count == 1 ? .alias(units[found[0]]) : .ambiguous(found.map { units[$0] })
    }
  }

  /// Of several units of one name, the one whose office the file's name or folders say: `收件/焦作市总工会/教育.xlsx`.
  func narrowed(_ found: [ReportingUnit], byFileName name: String) -> [ReportingUnit] {
    guard found.count > 1, tree.hasLevels else { return found }
    let root = inputRoots.first { name.hasPrefix($0) } ?? ""
    for part in name.dropFirst(root.count).split(separator: "/").reversed() {
      let offices = find(inPart: part).map { units[$0] }
      let below = found.filter { unit in
        let above = tree.ancestors(of: unit)
        return offices.contains { office in above.contains { $0.code == office.code } }
      }
      if below.count == 1 { return below }
    }
    return found
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
    let letters = LetterSet(front)
    var hits: [(index: Int, range: Range<Int>)] = []
    for (index, unitKeys) in keys.enumerated() {
      for key in unitKeys where key.isUnion && letters.lacking(key.letters) == 0 {
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
    let letters = LetterSet(written)
    var distances: [(index: Int, distance: Int, isSafe: Bool)] = []
    for (index, unitKeys) in keys.enumerated() {
      var best: (distance: Int, isSafe: Bool)?
      for key in unitKeys where letters.mayBeNear(key.letters, limit: 2) {
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

/// What names of files and folders were found to say, shared by all who read files at the same time.
private final class FoundNames: @unchecked Sendable {
  private static let most = 20_000
  private let lock = NSLock()
  private var units: [Substring: Set<Int>] = [:]

  func units(of part: Substring, _ find: () -> Set<Int>) -> Set<Int> {
    if let known = lock.withLock({ units[part] }) { return known }
    let found = find()
    lock.withLock {
      // A copy of its own: a slice would keep the whole path.
      if units.count < Self.most { units[Substring(String(part))] = found }
    }
    return found
  }
}
