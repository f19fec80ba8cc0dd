/// Hints that several units have in the same words: each is one line with their number instead of one line a unit.
///
/// Hints that tell how a cell was read are never put together: somebody has to look at each.
struct SharedHints {
  /// What makes two hints the same: all but the unit's name and the figures in it.
  private struct Key: Hashable {
    var rule: String
    var form: String?
    var words: String
  }

  private struct Group {
    var messages: [LocalizedText] = []
    var units: [String] = []
  }

  private var order: [Key] = []
  private var groups: [Key: Group] = [:]
  /// From how many units on a hint is one that they share.
  private static let fewest = 3

  init(_ report: CheckReport, campaign: Campaign) {
    for submission in report.submissions {
      for finding in submission.findings {
        var finding = finding
        finding.unit = finding.unit ?? submission.unit?.name
        finding.form = finding.form ?? submission.form
        add(finding)
      }
    }
    for finding in report.findings { add(finding) }
    groups = groups.filter { Set($0.value.units).count >= Self.fewest }
    order.removeAll { groups[$0] == nil }
    let positions = Dictionary(
      campaign.units.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for key in order {
      guard let group = groups[key] else { continue }
      let sorted = zip(group.units, group.messages).enumerated().sorted { a, b in
        (positions[a.element.0] ?? .max, a.offset) < (positions[b.element.0] ?? .max, b.offset)
      }.map(\.element)
      groups[key] = Group(messages: sorted.map(\.1), units: sorted.map(\.0))
    }
  }

  var isEmpty: Bool { order.isEmpty }

  /// The findings that are in no line of several units.
  func others(in findings: [Finding]) -> [Finding] {
    if isEmpty { return findings }
    return findings.filter { finding in Self.key(finding).map { groups[$0] == nil } ?? true }
  }

  /// `  提示 G04  10个单位：送文艺…场，其中示范性场次请在总结中注明（沁阳市总工会12、温县总工会9 …）`
  func lines(language: Language, style: TextStyle) -> [String] {
    order.compactMap { key in
      guard let group = groups[key] else { return nil }
      let messages = zip(group.messages, group.units).map { message, unit in
        Self.pieces(message.text(in: language), unit: unit, language: language)
      }
      let varying = Self.varying(messages.map(\.numbers))
      let text = Self.joined(messages[0], leavingOut: varying)
      let units = zip(group.units, messages).map { unit, message in
        varying.count == 1
          ? varying.reduce(unit) { $0 + (language == .chinese ? "" : " ") + message.numbers[$1] } : unit
      }
      let count = Set(group.units).count
      let words =
        language == .chinese
        ? "\(count)个单位：\(text)（\(units.joined(separator: "、"))）"
        : "\(count) units: \(text) (\(units.joined(separator: ", ")))"
      return "  " + style.mark(Severity.info.word.text(in: language), Severity.info.mark) + " \(key.rule)  "
        + words
    }
  }

  private mutating func add(_ finding: Finding) {
    guard let key = Self.key(finding), let unit = finding.unit else { return }
    if groups[key] == nil { order.append(key) }
    groups[key, default: Group()].messages.append(finding.message)
    groups[key, default: Group()].units.append(unit)
  }

  /// `nil` for what is no hint, has no unit, or tells how a cell was read.
  private static func key(_ finding: Finding) -> Key? {
    guard finding.severity == .info, let unit = finding.unit,
      RuleCatalogue[finding.rule]?.placeholders.contains("cell") != true
    else { return nil }
    let pieces = pieces(finding.message.chinese, unit: unit, language: .chinese)
    return Key(rule: finding.rule, form: finding.form, words: pieces.words.joined(separator: "#"))
  }

  /// A message cut at its numbers: one more word than numbers. The unit's name is left out; in English a pronoun takes
  /// its place, so that it stays a sentence.
  private static func pieces(
    _ message: String, unit: String, language: Language
  ) -> (words: [String], numbers: [String]) {
    var words = [""]
    var numbers: [String] = []
    var isNumber = false
    for character in message.replacing(unit, with: language == .chinese ? "" : "each") {
      let isDigit = character.isASCII && (character.isNumber || (isNumber && ".,-".contains(character)))
      if isDigit {
        if isNumber {
          numbers[numbers.count - 1].append(character)
        } else {
          numbers.append(String(character))
        }
      } else {
        if isNumber { words.append("") }
        words[words.count - 1].append(character)
      }
      isNumber = isDigit
    }
    if isNumber { words.append("") }
    return (words, numbers)
  }

  /// Which numbers differ between the messages.
  private static func varying(_ numbers: [[String]]) -> [Int] {
    guard let first = numbers.first else { return [] }
    return first.indices.filter { place in
      numbers.contains { $0.indices.contains(place) && $0[place] != first[place] }
    }
  }

  private static func joined(_ pieces: (words: [String], numbers: [String]), leavingOut: [Int]) -> String {
    var text = pieces.words.first ?? ""
    for (place, number) in pieces.numbers.enumerated() {
      text += leavingOut.contains(place) ? "…" : number
      if pieces.words.indices.contains(place + 1) { text += pieces.words[place + 1] }
    }
    return text
  }
}
