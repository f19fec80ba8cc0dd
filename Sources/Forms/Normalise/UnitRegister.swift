import Foundation

/// Who is meant by a unit's name as written.
public enum UnitMatch: Hashable, Sendable {
  case blank
  /// The full name, whatever its spaces, widths and brackets.
  case exact(ReportingUnit)
  case alias(ReportingUnit)
  /// A name that differs by words that are often left out or added, and fits one unit only.
  case near(ReportingUnit)
  /// A name with one character that looks or sounds like the right one, and fits one unit only (D09).
  case misspelt(ReportingUnit)
  /// The name of a part of a unit, which is no unit of the campaign (D10): 温县祥云镇总工会; `nil` if the name does not tell
  /// of which: 东方红街道总工会.
  case part(of: ReportingUnit?)
  /// A name that fits several units, in the campaign's order.
  case ambiguous([ReportingUnit])
  /// A name that fits none; the units it comes nearest to, at most three, nearest first.
  case unknown(nearest: [ReportingUnit])

  /// The unit, if the name tells it.
  public var unit: ReportingUnit? {
    switch self {
    case .exact(let unit), .alias(let unit), .near(let unit), .misspelt(let unit): unit
    case .blank, .ambiguous, .unknown, .part: nil
    }
  }
}

/// The campaign's units, prepared for finding them by name.
public final class UnitRegister: Sendable {
  let units: [ReportingUnit]
  let naming: NamingWords
  /// The keys of every unit: the full name first, then the aliases.
  let keys: [[UnitKey]]
  private let exact: [String: [Int]]
  private let aliases: [String: [Int]]
  /// Names reduced to what is left without the words of ``UnitNaming``: `沁阳市总工会` and `沁阳总` to `沁阳`.
  let reduced: [String: Set<Int>]
  /// How many characters they have.
  let reducedLengths: Set<Int>
  /// The units with a name that begins with two characters, prefixes left out.
  private let beginnings: [UInt64: [Int]]
  /// What is needed once a name is misspelt.
  let spellings = LazySpellings()
  let fileNames: FileNameWords
  /// What names of files and folders say: a folder is in the name of every file in it.
  private let found = FoundNames()
  /// All units of the campaign, whichever of them are looked for.
  let tree: UnitTree
  /// What stands in front of every file's name because of where the office keeps them; says nothing about a unit.
  let inputRoots: [String]
  /// The codes of units by the addresses from which they send mails, in small letters.
  let senders: [String: String]

  /// A name prepared for comparison.
  struct UnitKey: Sendable {
    var key: String
    var scalars: [Unicode.Scalar]
    /// The name without the union word at its end: `沁阳市`.
    var stem: [Unicode.Scalar]
    /// What tells the name from others, and the kind of place: `沁阳`, `市`.
    var core: [Unicode.Scalar]
    var kind: Unicode.Scalar?
    /// Whether ``scalars`` ends with a union word.
    var isUnion: Bool
    /// The characters of what a file's name must say at least: the name, its stem, what is left without common words.
    var leastLetters: [LetterSet]
  }

  /// - Parameter inputRoots: The folders above the ones that were named on the command line, ending with a stroke.
  /// - Complexity: O(names)
  public convenience init(_ campaign: Campaign, inputRoots: [String] = []) {
    let naming = NamingWords(campaign.naming)
    self.init(
      campaign.units, naming: naming, fileNames: FileNameWords(campaign, naming: naming),
      tree: UnitTree(campaign), inputRoots: inputRoots,
      senders: Dictionary(
        campaign.contacts.compactMap { code, contact in contact.mail.map { ($0.lowercased(), code) } },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The same words for other units.
  convenience init(_ units: [ReportingUnit], like other: UnitRegister) {
    self.init(
      units, naming: other.naming, fileNames: other.fileNames, tree: other.tree, inputRoots: other.inputRoots,
      senders: other.senders)
  }

  private init(
    _ units: [ReportingUnit], naming: NamingWords, fileNames: FileNameWords, tree: UnitTree,
    inputRoots: [String], senders: [String: String]
  ) {
    self.senders = senders
    self.inputRoots = inputRoots.sorted { $0.count > $1.count }
    self.units = units
    self.naming = naming
    self.fileNames = fileNames
    self.tree = tree
    var exact: [String: [Int]] = [:]
    var aliases: [String: [Int]] = [:]
    var reduced: [String: Set<Int>] = [:]
    var keys: [[UnitKey]] = []
    var beginnings: [UInt64: [Int]] = [:]
    for (index, unit) in units.enumerated() {
      var unitKeys: [UnitKey] = []
      let names = unit.ownName == unit.name ? [unit.name] : [unit.name, unit.ownName]
      for (position, name) in (names + unit.aliases).enumerated() {
        let key = LabelText.key(name)
        guard !key.isEmpty else { continue }
        let scalars = Array(key.unicodeScalars)
        let stem = naming.stem(of: scalars)
        let core = naming.core(of: scalars)
        if let beginning = Self.beginning(of: naming.withoutPrefix(scalars)[...]),
          beginnings[beginning]?.last != index
        {
          beginnings[beginning, default: []].append(index)
        }
        unitKeys.append(
          UnitKey(
            key: key, scalars: scalars, stem: stem, core: core.scalars, kind: core.kind,
            isUnion: naming.endsWithUnion(scalars),
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
    reducedLengths = Set(reduced.keys.map(\.unicodeScalars.count))
    self.keys = keys
    self.beginnings = beginnings
  }

  /// The units one of whose names may stand somewhere in a text, a few of thousands, ascending.
  func candidates(in text: [Unicode.Scalar]) -> [Int] {
    var found: Set<Int> = []
    for index in text.indices { found.formUnion(candidates(at: text[index...])) }
    return found.sorted()
  }

  /// The units one of whose names a text may begin with.
  func candidates(at text: ArraySlice<Unicode.Scalar>) -> [Int] {
    var found = Self.beginning(of: text).flatMap { beginnings[$0] } ?? []
    if text.count > 1, let alone = Self.beginning(of: text.prefix(1)) { found += beginnings[alone] ?? [] }
    return found
  }

  private static func beginning(of text: ArraySlice<Unicode.Scalar>) -> UInt64? {
    text.first.map { first in
      UInt64(first.value) << 32 | (text.dropFirst().first.map { UInt64($0.value) } ?? 0)
    }
  }

  /// The units that one name of a path says, each name looked at once.
  func find(inPart part: Substring) -> Set<Int> {
    found.units(of: part) { find(inRuns: FileNameWords.runs(of: part)) }
  }

  func known(_ key: String) -> UnitMatch? {
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
      let offices = Set(find(inPart: part).compactMap { tree.position(of: units[$0].code) })
      if offices.isEmpty { continue }
      let below = found.filter { tree.isBelow($0, anyOf: offices) }
      if below.count == 1 { return below }
    }
    return found
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
