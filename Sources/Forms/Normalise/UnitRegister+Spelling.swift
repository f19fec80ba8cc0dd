import Foundation

extension UnitRegister {
  /// One character that looks or sounds like the right one, or that is written twice; in names of four characters and more,
  /// and in the words behind a name, also one missing, additional or exchanged with its neighbour. Never one kind of place
  /// for another, and only where that gives one unit.
  ///
  /// - Parameter contained: Units whose whole name stands in the text, with something around it that makes it another
  ///   name. They are not meant by it (北马村区总工会 is not 马村区总工会); others may be: 孟洲市总工会 ends like 市总工会
  ///   and is 孟州市总工会 misspelt.
  func bySpelling(_ scalars: [Unicode.Scalar], butFor contained: [ReportingUnit] = []) -> UnitMatch {
    let written = naming.core(of: scalars)
    var search = SpellingSearch(register: self, core: written.scalars, kind: written.kind)
    if 2...Self.longestName ~= written.scalars.count {
      search.replaced()
      search.repeated()
      search.shifted()
    }
    search.misspeltBehind(naming.withoutPrefix(scalars))
    let near = search.accepted.filter { search.doubled.contains($0) || !contained.contains(units[$0]) }
      .sorted()
    if near.count > 1 { return .ambiguous(near.map { units[$0] }) }
    if let only = near.first { return .misspelt(units[only]) }
    let nearest = search.nearby.sorted().map { units[$0] }
    return .unknown(nearest: Array((nearest + contained.filter { !nearest.contains($0) }).prefix(3)))
  }
}

/// What a misspelt name may have been.
private struct SpellingSearch {
  let register: UnitRegister
  let core: [Unicode.Scalar]
  let kind: Unicode.Scalar?
  /// Units that it is.
  var accepted: Set<Int> = []
  /// Those of them in whose name a character is written twice: the right name may well stand in it.
  var doubled: Set<Int> = []
  /// Units that it comes near to.
  var nearby: Set<Int> = []

  /// From this length on a name tells enough with a character missing.
  private static let longName = 4

  init(register: UnitRegister, core: [Unicode.Scalar], kind: Unicode.Scalar?) {
    self.register = register
    self.core = core
    self.kind = kind
  }

  private mutating func add(_ unit: Int, core: [Unicode.Scalar], isSure: Bool) {
    if isSure, register.isSameKind(kind, unit: unit, core: core) {
      accepted.insert(unit)
    } else {
      nearby.insert(unit)
    }
  }

  /// 武涉 for 武陟.
  mutating func replaced() {
    let index = register.spellings.index(of: register)
    for position in core.indices {
      for unit in index.withOneReplaced(core, at: position) {
        for key in register.keys[unit] where key.core.count == core.count {
          let isOther = core.indices.contains { $0 != position && key.core[$0] != core[$0] }
          if isOther || key.core[position] == core[position] { continue }
          add(unit, core: key.core, isSure: isAlike(core[position], key.core[position]))
        }
      }
    }
  }

  private func isAlike(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    if register.naming.kinds.contains(a), register.naming.kinds.contains(b) { return false }
    return LookAlikes.shared.areAlike(a, b)
  }

  /// 沁沁阳 for 沁阳.
  mutating func repeated() {
    for position in core.indices.dropFirst() where core[position] == core[position - 1] {
      var shorter = core
      shorter.remove(at: position)
      for unit in register.reduced[String(shorter)] ?? [] {
        add(unit, core: shorter, isSure: true)
        doubled.insert(unit)
      }
    }
  }

  /// A character missing, additional, or exchanged with the next one.
  mutating func shifted() {
    let index = register.spellings.index(of: register)
    for unit in index.withOneMore(than: core) {
      for key in register.keys[unit] where key.core.count == core.count + 1 {
        let isSame = key.core.indices.contains { gap in
          key.core[..<gap].elementsEqual(core[..<gap]) && key.core[(gap + 1)...].elementsEqual(core[gap...])
        }
        if isSame { add(unit, core: key.core, isSure: key.core.count >= Self.longName) }
      }
    }
    if register.reducedLengths.contains(core.count - 1) {
      for position in core.indices where index.mayBeName(core, without: position) {
        var other = core
        other.remove(at: position)
        tryExact(other)
      }
    }
    if register.reducedLengths.contains(core.count) {
      for position in core.indices.dropFirst()
      where core[position] != core[position - 1] && index.mayBeName(core, swappedAt: position) {
        var other = core
        other.swapAt(position, position - 1)
        tryExact(other)
      }
    }
  }

  private mutating func tryExact(_ name: [Unicode.Scalar]) {
    guard name.count > 1 else { return }
    for unit in register.reduced[String(name)] ?? [] {
      add(unit, core: name, isSure: name.count >= Self.longName)
    }
  }

  /// 沁阳市总公会, 沁阳市总会: the name is right, and a character of the words behind it is not.
  mutating func misspeltBehind(_ front: [Unicode.Scalar]) {
    for unit in register.candidates(at: front[...]) {
      for key in register.keys[unit] where key.core.count > 1 && front.starts(with: key.core) {
        let name = register.naming.withoutPrefix(key.scalars)
        let right = Array(name.dropFirst(key.core.count))
        let tail = Array(front[key.core.count...])
        guard !tail.isEmpty, !right.isEmpty, isMisspelt(tail, of: right) else { continue }
        accepted.insert(unit)
      }
    }
  }

  private func isMisspelt(_ tail: [Unicode.Scalar], of right: [Unicode.Scalar]) -> Bool {
    if tail.count == right.count {
      let wrong = tail.indices.filter { tail[$0] != right[$0] }
      if wrong.count == 1 { return isAlike(tail[wrong[0]], right[wrong[0]]) }
    }
    let kinds = tail.filter(register.naming.kinds.contains)
    return right.count >= 3 && kinds.allSatisfy(right.contains) && abs(tail.count - right.count) <= 1
      && tail.count > 1
      && (tail.count != right.count || tail.sorted() == right.sorted())
      && EditDistance.between(tail, right, limit: 1) == 1
  }
}

/// The names of a register with a character left out, each at hand by what is left. Names of tens of thousands of units need
/// a few megabytes.
struct SpellingIndex: Sendable {
  private struct Entry {
    var hash: UInt64
    var unit: Int32
  }

  /// By the place of the gap and what is around it, ascending.
  private let gaps: [Entry]
  /// By what is left, wherever the gap is.
  private let shorter: [Entry]
  /// The names reduced to what is left without common words.
  private let names: Set<UInt64>

  /// - Complexity: O(n log n) for *n* characters in all names.
  init(_ register: UnitRegister) {
    var gaps: [Entry] = []
    var shorter: [Entry] = []
    for (unit, keys) in register.keys.enumerated() {
      for core in Set(keys.map(\.core)) where 2...UnitRegister.longestName ~= core.count {
        for position in core.indices {
          gaps.append(
            Entry(hash: Self.hash(core, without: position, isPlaced: true), unit: Int32(clamping: unit)))
          shorter.append(
            Entry(hash: Self.hash(core, without: position, isPlaced: false), unit: Int32(clamping: unit)))
        }
      }
    }
    names = Set(
      register.reduced.keys.map { Self.hash(Array($0.unicodeScalars), without: nil, isPlaced: false) })
    self.gaps = gaps.sorted { ($0.hash, $0.unit) < ($1.hash, $1.unit) }
    self.shorter = shorter.sorted { ($0.hash, $0.unit) < ($1.hash, $1.unit) }
  }

  /// Units that may have a name which differs in the character at a position.
  func withOneReplaced(_ core: [Unicode.Scalar], at position: Int) -> [Int] {
    Self.units(in: gaps, hash: Self.hash(core, without: position, isPlaced: true))
  }

  /// Units that may have a name with one character more.
  func withOneMore(than core: [Unicode.Scalar]) -> [Int] {
    Self.units(in: shorter, hash: Self.hash(core, without: nil, isPlaced: false))
  }

  /// Whether a text may be a reduced name once a character is left out.
  func mayBeName(_ text: [Unicode.Scalar], without position: Int) -> Bool {
    names.contains(Self.hash(text, without: position, isPlaced: false))
  }

  /// Whether a text may be a reduced name once a character is exchanged with the one before it.
  func mayBeName(_ text: [Unicode.Scalar], swappedAt position: Int) -> Bool {
    names.contains(
      Self.hash(text.indices.lazy.map { text[$0 == position ? $0 - 1 : $0 == position - 1 ? position : $0] }))
  }

  /// More units than this have names that differ in one character: 第一小学, 第二小学 … tell nobody apart.
  private static let most = 1_000

  private static func units(in entries: [Entry], hash: UInt64) -> [Int] {
    let first = entries.partitioningIndex { $0.hash >= hash }
    var units: [Int] = []
    for entry in entries[first...].prefix(most) {
      guard entry.hash == hash else { break }
      if units.last != Int(entry.unit) { units.append(Int(entry.unit)) }
    }
    return units
  }

  /// A hash of the characters, the gap counting as one if its place matters.
  private static func hash(_ core: [Unicode.Scalar], without gap: Int?, isPlaced: Bool) -> UInt64 {
    let gapped = core.indices.lazy.filter { isPlaced || $0 != gap }
    return hash(gapped.map { $0 == gap ? Unicode.Scalar(0) : core[$0] })
  }

  /// FNV-1a.
  private static func hash(_ scalars: some Sequence<Unicode.Scalar>) -> UInt64 {
    scalars.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.value)) &* 0x100_0000_01b3 }
  }
}

/// The index of a register, made when the first misspelt name needs it and shared by all who read files.
final class LazySpellings: @unchecked Sendable {
  private let lock = NSLock()
  private var index: SpellingIndex?

  func index(of register: UnitRegister) -> SpellingIndex {
    lock.withLock {
      if let index { return index }
      let made = SpellingIndex(register)
      index = made
      return made
    }
  }
}
