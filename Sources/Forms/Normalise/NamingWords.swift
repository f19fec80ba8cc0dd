/// ``UnitNaming`` prepared for comparison.
struct NamingWords: Sendable {
  let prefixes: [[Unicode.Scalar]]
  let suffixes: [[Unicode.Scalar]]
  /// The suffixes that are words of their own: 总工会, 工会.
  let unionWords: [[Unicode.Scalar]]
  /// The kinds of places: 市, 县, 区.
  let kinds: Set<Unicode.Scalar>
  /// The ends of names of a place's parts: 街道, 镇.
  let parts: [[Unicode.Scalar]]
  /// The ends of names of those who belong to a place: 学校, 公司.
  let members: [[Unicode.Scalar]]

  init(_ naming: UnitNaming) {
    func prepared(_ words: [String]) -> [[Unicode.Scalar]] {
      words.map { Array(LabelText.key($0).unicodeScalars) }.filter { !$0.isEmpty }.sorted {
        $0.count > $1.count
      }
    }
    prefixes = prepared(naming.prefixes)
    suffixes = prepared(naming.suffixes)
    unionWords = suffixes.filter { $0.count > 1 }
    kinds = Set(prepared(naming.kinds).compactMap(\.last))
    parts = prepared(naming.parts)
    members = prepared(naming.members)
  }

  /// What is left of a name without a place in front and without the words at its end, at least `minimum` characters
  /// long; `nil` if a name of one character has lost nothing but a character.
  func reduced(_ name: [Unicode.Scalar], minimum: Int) -> [Unicode.Scalar]? {
    let core = strippingSuffixes(of: withoutPrefix(name)[...], minimum: minimum)
    if core.count == 1, minimum == 1 {
      // 温总工会 is 温县总工会; a lone 温 or 温县 is left to the two-character form.
      return endsWithUnion(name) ? Array(core) : nil
    }
    return Array(core)
  }

  /// The name without a place in front, unless nothing that tells units apart would be left: 焦作市总工会 keeps its own.
  func withoutPrefix(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    for prefix in prefixes where name.starts(with: prefix) && name.count > prefix.count {
      let rest = name[prefix.count...]
      if strippingSuffixes(of: rest, minimum: 0).count > 0 { return Array(rest) }
    }
    return name
  }

  func endsWithUnion(_ name: [Unicode.Scalar]) -> Bool {
    unionWords.contains { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }
  }

  /// The name without the union word at its end: `沁阳市` of `沁阳市总工会`.
  func stem(of name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    for word in unionWords where name.count > word.count && name.suffix(word.count).elementsEqual(word) {
      return Array(name.dropLast(word.count))
    }
    return name
  }

  /// What tells a name from others, and the kind of place that it says: `沁阳`, `市` of `焦作市沁阳市总工会`.
  func core(of name: [Unicode.Scalar]) -> (scalars: [Unicode.Scalar], kind: Unicode.Scalar?) {
    var rest = withoutPrefix(name)[...]
    var kind: Unicode.Scalar?
    while let word = suffixes.first(where: {
      rest.count > $0.count && rest.suffix($0.count).elementsEqual($0)
    }) {
      if kind == nil, word.count == 1, kinds.contains(word[0]) { kind = word[0] }
      rest = rest.dropLast(word.count)
    }
    return (Array(rest), kind)
  }

  private func strippingSuffixes(of name: ArraySlice<Unicode.Scalar>, minimum: Int) -> ArraySlice<
    Unicode.Scalar
  > {
    var rest = name
    while let word = suffixes.first(where: {
      rest.count >= $0.count + minimum && rest.suffix($0.count).elementsEqual($0)
    }), !rest.isEmpty {
      rest = rest.dropLast(word.count)
    }
    return rest
  }
}

extension Array where Element: Equatable {
  /// Whether another array occurs in this one, side by side.
  func contains(_ other: [Element]) -> Bool { !positions(of: other).isEmpty }

  /// Where another array starts in this one.
  ///
  /// - Complexity: O(m × n)
  func positions(of other: [Element]) -> [Int] {
    guard let first = other.first, count >= other.count else { return [] }
    var found: [Int] = []
    for start in 0...(count - other.count) where self[start] == first {
      if other.indices.allSatisfy({ self[start + $0] == other[$0] }) { found.append(start) }
    }
    return found
  }
}
