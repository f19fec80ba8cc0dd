extension UnitRegister {
  /// Finds the unit that a text in 填报单位 means.
  ///
  /// - Parameter isPrinted: Whether the name was written by a program and is no misspelt one: 丑县 is another than 子县.
  /// - Complexity: O(length) and what the few units take whose names are like it.
  public func match(_ text: String, isPrinted: Bool = false) -> UnitMatch {
    let full = LabelText.key(text)
    if full.isEmpty { return .blank }
    if let match = known(full) { return match }
    let key = LabelText.baseKey(text)
    let isWhole = key == full
    // 沁阳市总工会（太行街道） is the street's.
    if !isWhole, !isPrinted, let part = part(Array(full.unicodeScalars)) { return part }
    if !isWhole, let match = known(key) { return match }
    let scalars = Array(key.unicodeScalars)
    if let match = byWords(scalars) { return match }
    if isPrinted { return .unknown(nearest: []) }
    if let part = part(scalars) { return part }
    var contained: [ReportingUnit] = []
    if let match = byContainment(scalars) {
      guard case .unknown(let names) = match else { return match }
      contained = names
    }
    let match = bySpelling(scalars, butFor: contained)
    if case .unknown = match, isPartOfSome(scalars) { return .part(of: nil) }
    return match
  }

  /// 市, 县, 区, 总, 工会 dropped, added or doubled; a place in front. Another kind of place is another place.
  private func byWords(_ scalars: [Unicode.Scalar]) -> UnitMatch? {
    let kind = naming.core(of: scalars).kind
    for minimum in [2, 1] {
      guard let short = naming.reduced(scalars, minimum: minimum), let found = reduced[String(short)] else {
        continue
      }
      let all = found.sorted()
      let same = all.filter { isSameKind(kind, unit: $0, core: short) }
      switch same.count {
      case 0: return .unknown(nearest: all.prefix(3).map { units[$0] })
      case 1: return .near(units[same[0]])
      default: return .ambiguous(same.map { units[$0] })
      }
    }
    return nil
  }

  /// Whether a kind of place written behind a unit's name is that unit's: 山阳县 is not 山阳区. One that has no kind may
  /// get one.
  func isSameKind(_ kind: Unicode.Scalar?, unit index: Int, core: [Unicode.Scalar]) -> Bool {
    guard let kind else { return true }
    // The shorter name may have kept its kind: 温县.
    let kinds = keys[index].filter { $0.core == core || $0.core.count < core.count }.compactMap(\.kind)
    return kinds.isEmpty || kinds.contains(kind)
  }

  /// `温县祥云镇总工会`, `解放区教育工会`: a unit's place or name, and behind it the name of something that belongs to it.
  private func part(_ scalars: [Unicode.Scalar]) -> UnitMatch? {
    let front = naming.withoutPrefix(scalars)
    var whole: (unit: Int, length: Int, isUnion: Bool)?
    for index in candidates(at: front[...]) {
      for key in keys[index] {
        for (name, isUnion) in [(key.scalars, key.isUnion), (key.stem, false)] {
          let place = naming.withoutPrefix(name)
          guard isUnion || (place.count >= 2 && place.last.map(naming.kinds.contains) == true),
            place.count > whole?.length ?? 0, front.count > place.count, front.starts(with: place)
          else { continue }
          whole = (index, place.count, isUnion)
        }
      }
    }
    guard let whole else { return nil }
    let rest = Array(front[whole.length...])
    let own = withoutUnion(rest)
    guard own.count > 1 else { return nil }
    let isUnion = own.count < rest.count
    let isPart =
      ends(own, with: naming.parts)
      || ((!whole.isUnion || isUnion) && ends(own, with: naming.members))
      || (isUnion && reduced[String(own)] != nil)
      || (own.count > 2 && own.last.map(naming.kinds.contains) == true)
    return isPart ? .part(of: units[whole.unit]) : nil
  }

  /// 东方红街道总工会: a part of a unit that the name does not tell.
  private func isPartOfSome(_ scalars: [Unicode.Scalar]) -> Bool {
    let own = withoutUnion(naming.withoutPrefix(scalars))
    return naming.parts.contains { own.count > $0.count && own.suffix($0.count).elementsEqual($0) }
  }

  private func withoutUnion(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var rest = name
    while true {
      let stem = naming.stem(of: rest)
      if stem.count == rest.count { return rest }
      rest = stem
    }
  }

  private func ends(_ name: [Unicode.Scalar], with words: [[Unicode.Scalar]]) -> Bool {
    words.contains { name.count >= $0.count && name.suffix($0.count).elementsEqual($0) }
  }

  /// `沁阳市总工会宣教部`: a full name, and behind it something that is no other union. Two names are ambiguous; a name
  /// inside a longer one (市总工会 in 沁阳市总工会) is none.
  private func byContainment(_ scalars: [Unicode.Scalar]) -> UnitMatch? {
    let front = naming.withoutPrefix(scalars)
    guard front.count <= Self.longestName else { return nil }
    var hits: [(index: Int, range: Range<Int>)] = []
    for index in candidates(in: front) {
      for key in keys[index] where key.isUnion {
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

  /// Nobody's name is longer.
  static var longestName: Int { 60 }
}
