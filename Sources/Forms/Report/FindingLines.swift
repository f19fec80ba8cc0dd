import XLSX

/// A line of 问题清单: a finding, or the same hint to many units at once.
struct FindingLine {
  var finding: Finding
  /// Of whom it is said, where it is said of many.
  var units: [String] = []
}

/// The findings in the order in which they are worked off: errors first, then what is to be checked, then hints, each by
/// unit; a hint to many units takes one line.
struct FindingLines {
  private let positions: [String: Int]

  /// From that many units on a hint is gathered.
  private static let many = 3

  init(_ campaign: Campaign) {
    positions = Dictionary(
      campaign.units.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Complexity: O(n log n)
  func lines(of findings: [Finding]) -> [FindingLine] {
    let ordered = findings.enumerated().sorted { order($0) < order($1) }.map(\.element)
    var groups: [GroupKey: [Finding]] = [:]
    for finding in ordered {
      if let key = GroupKey(finding) { groups[key, default: []].append(finding) }
    }
    var told: Set<GroupKey> = []
    return ordered.compactMap { finding in
      guard let key = GroupKey(finding), let group = groups[key], isGathered(group) else {
        return FindingLine(finding: finding)
      }
      return told.insert(key).inserted ? gathered(group) : nil
    }
  }

  private func order(_ entry: (offset: Int, element: Finding)) -> (Int, Int, Int) {
    let gravity = Severity.allCases.firstIndex(of: entry.element.severity) ?? 0
    return (gravity, entry.element.unit.flatMap { positions[$0] } ?? .max, entry.offset)
  }

  /// Only what is said once of each unit: several places in one form are several things to do.
  private func isGathered(_ group: [Finding]) -> Bool {
    group.count >= Self.many && Set(group.compactMap(\.unit)).count == group.count
  }

  private func gathered(_ group: [Finding]) -> FindingLine? {
    guard var finding = group.first else { return nil }
    for other in group {
      let names = [finding.unit, other.unit].compactMap(\.self)
      finding.message = LocalizedText(
        zh: NumberRuns.common(finding.message.chinese, other.message.chinese, leavingOut: names),
        en: NumberRuns.common(finding.message.english, other.message.english, leavingOut: names))
    }
    finding.unit = nil
    finding.file = nil
    finding.sheet = nil
    finding.cell = nil
    finding.found = nil
    finding.expected = nil
    return FindingLine(finding: finding, units: group.compactMap(\.unit))
  }

  /// What makes hints the same: everything but the numbers in them.
  private struct GroupKey: Hashable {
    var rule: String
    var form: String?
    var words: [String]

    init?(_ finding: Finding) {
      // What was written in a cell is a matter of that cell.
      if case .text = finding.found { return nil }
      guard finding.severity == .info, finding.unit != nil, finding.note == nil, finding.candidates.isEmpty
      else { return nil }
      rule = finding.rule
      form = finding.form
      words = NumberRuns.split(finding.message.chinese, leavingOut: finding.unit.map { [$0] } ?? []).filter {
        !NumberRuns.isNumber($0)
      }
    }
  }
}

/// A text as words and numbers in turn.
enum NumberRuns {
  /// In place of a number or name that differs.
  private static let different = "…"

  private static func isDigit(_ character: Character) -> Bool { character.isNumber || character == "." }

  static func isNumber(_ run: String) -> Bool { run.first.map(isDigit) ?? false }

  static func split(_ text: String, leavingOut names: [String] = []) -> [String] {
    var runs: [String] = []
    for character in names.reduce(text, { $0.replacing($1, with: different) }) {
      if let last = runs.last?.last, isDigit(last) == isDigit(character) {
        runs[runs.count - 1].append(character)
      } else {
        runs.append(String(character))
      }
    }
    return runs
  }

  /// What two texts of the same words have in common, `…` where their numbers differ.
  static func common(_ first: String, _ second: String, leavingOut names: [String]) -> String {
    let (a, b) = (split(first, leavingOut: names), split(second, leavingOut: names))
    guard a.count == b.count else { return first }
    return zip(a, b).map { $0 == $1 ? $0 : different }.joined()
  }
}
