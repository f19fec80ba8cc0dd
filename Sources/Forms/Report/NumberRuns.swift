/// A sentence as words and numbers in turn, to tell what several sentences have in common.
struct NumberRuns {
  private(set) var runs: [String] = []

  /// - Parameters:
  ///   - name: What is no part of the sentence: the unit of whom it is said.
  ///   - pronoun: What stands in its place.
  init(_ sentence: String, name: String, pronoun: String) {
    var isNumber = false
    for character in sentence.replacing(name, with: pronoun) {
      let isDigit = character.isASCII && (character.isNumber || (isNumber && ".,-".contains(character)))
      if isDigit == isNumber, !runs.isEmpty {
        runs[runs.count - 1].append(character)
      } else {
        runs.append(String(character))
      }
      isNumber = isDigit
    }
  }

  private static func isNumber(_ run: String) -> Bool {
    run.first?.isASCII == true && run.first?.isNumber == true
  }

  /// The sentence without its numbers.
  var words: [String] { runs.filter { !Self.isNumber($0) } }

  /// The numbers that differ between sentences of the same words, as positions in ``runs``.
  static func varying(_ sentences: [NumberRuns]) -> [Int] {
    guard let first = sentences.first else { return [] }
    return first.runs.indices.filter { place in
      isNumber(first.runs[place])
        && sentences.contains { $0.runs.indices.contains(place) && $0.runs[place] != first.runs[place] }
    }
  }

  /// What sentences of the same words have in common, `…` where their numbers differ.
  static func common(_ sentences: [NumberRuns]) -> String {
    guard let first = sentences.first else { return "" }
    let varying = Set(varying(sentences))
    return first.runs.indices.map { varying.contains($0) ? "…" : first.runs[$0] }.joined()
  }
}
