/// A line for people: a finding, or the same hint to many units at once.
struct FindingLine {
  /// The finding; where many units have it, without the place in one of them.
  var finding: Finding
  /// The hints of all units, where there are many; else empty.
  var members: [Finding] = []

  var units: [String] { members.compactMap(\.unit) }

  /// What the line says: the sentence, or what the sentences of many units have in common.
  ///
  /// - Parameter pronoun: What stands in place of a unit's name.
  func message(in language: Language, pronoun: String) -> String {
    members.isEmpty
      ? finding.message.text(in: language) : NumberRuns.common(sentences(in: language, pronoun: pronoun))
  }

  func sentences(in language: Language, pronoun: String) -> [NumberRuns] {
    members.map { NumberRuns($0.message.text(in: language), name: $0.unit ?? "", pronoun: pronoun) }
  }
}

/// Findings as lines: a hint that many units have in the same words is one line with all of them.
///
/// Hints that tell how a cell was read are never put together: somebody has to look at each.
struct FindingLines {
  /// In the order of the findings; a line of many units stands where its first one did.
  let lines: [FindingLine]
  private let gathered: Set<Key>

  /// From that many units on a hint is gathered.
  private static let many = 3

  /// - Parameter findings: With unit and form, in the order in which they are read.
  /// - Complexity: O(n)
  init(_ findings: [Finding]) {
    var groups: [Key: [Finding]] = [:]
    let keys = findings.map(Key.init)
    for (finding, key) in zip(findings, keys) {
      if let key { groups[key, default: []].append(finding) }
    }
    // Only what is said once of each unit: several places in one form are several things to do.
    groups = groups.filter {
      $0.value.count >= Self.many && Set($0.value.compactMap(\.unit)).count == $0.value.count
    }
    var told: Set<Key> = []
    lines = zip(findings, keys).compactMap { finding, key in
      guard let key, let group = groups[key] else { return FindingLine(finding: finding) }
      return told.insert(key).inserted ? FindingLine(finding: finding.withoutPlace, members: group) : nil
    }
    gathered = told
  }

  /// Whether a finding is told in a line of many units.
  func isGathered(_ finding: Finding) -> Bool { Key(finding).map(gathered.contains) ?? false }

  /// The lines of many units.
  var shared: [FindingLine] { lines.filter { !$0.members.isEmpty } }

  /// What makes hints the same: everything but the unit's name and the numbers in them.
  private struct Key: Hashable {
    var rule: String
    var form: String?
    var words: [String]

    init?(_ finding: Finding) {
      // What was written in a cell is a matter of that cell.
      if case .text = finding.found { return nil }
      guard finding.severity == .info, let unit = finding.unit, finding.note == nil,
        finding.candidates.isEmpty,
        RuleCatalogue[finding.rule]?.placeholders.contains("cell") != true
      else { return nil }
      rule = finding.rule
      form = finding.form
      words = NumberRuns(finding.message.chinese, name: unit, pronoun: "").words
    }
  }
}

extension Finding {
  /// What is said, and not of whom or where.
  fileprivate var withoutPlace: Finding {
    var finding = self
    (finding.unit, finding.file, finding.sheet, finding.cell) = (nil, nil, nil, nil)
    (finding.found, finding.expected) = (nil, nil)
    return finding
  }
}
