/// What a text says of a choice.
public enum ChoiceReading: Hashable, Sendable {
  case choice(String)
  case blank
  /// None of them; those that may have been meant, the likeliest first.
  case none(near: [String])
}

/// Reads a choice as people write it: `大 病`, `线上＋线下`, an alias.
public enum ChoiceText {
  /// The form in which choices are compared: half-width and in lower case, without spaces; signs between words tell
  /// choices apart (线上+线下), others do not.
  static func key(_ text: String) -> String {
    let key = LabelText.key(text)
    guard text.unicodeScalars.contains(where: isJoint) else { return key }
    let scalars = TextFolding.scalars(of: text).filter { LabelText.isWordLike($0) || isJoint($0) }
    return String(String.UnicodeScalarView(scalars)).lowercased()
  }

  private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "+", "＋", "/", "／", "&", "<", ">", "≥", "≤": true
    default: false
    }
  }

  /// - Complexity: O(choices × length) where none fits.
  public static func read(_ text: String, of choices: [Choice]) -> ChoiceReading {
    let wanted = key(text)
    if wanted.isEmpty { return .blank }
    for choice in choices {
      if key(choice.name) == wanted || choice.aliases.contains(where: { key($0) == wanted }) {
        return .choice(choice.name)
      }
    }
    return .none(near: near(wanted, of: choices))
  }

  private static func near(_ wanted: String, of choices: [Choice]) -> [String] {
    let letters = Array(wanted.unicodeScalars)
    guard letters.count <= 40 else { return [] }
    var found: [(name: String, distance: Int)] = []
    for choice in choices {
      let words = [choice.name] + choice.aliases
      let distances = words.compactMap { word -> Int? in
        let key = Array(key(word).unicodeScalars)
        if key.count >= 2, letters.count >= 2, Self.isPart(key, of: letters) || Self.isPart(letters, of: key)
        {
          return 1
        }
        // At most half of the letters may differ.
        return EditDistance.between(letters, key, limit: max(letters.count, key.count) / 2)
      }
      if let nearest = distances.min() { found.append((choice.name, nearest)) }
    }
    let least = found.map(\.distance).min()
    return found.filter { $0.distance == least }.map(\.name)
  }

  private static func isPart(_ part: [Unicode.Scalar], of whole: [Unicode.Scalar]) -> Bool {
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
