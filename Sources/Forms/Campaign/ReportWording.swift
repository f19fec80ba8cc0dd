/// The sentences of the year-end report, in both languages: `report:` of `correspondence.yaml`, and of a campaign's
/// `correspondence:`.
///
/// A sentence has blanks, `{completed}`, and parts in brackets that are left out where a blank in them has no value:
/// `已报{reported}个[，其中逾期{late}个]`. A sentence with an empty blank outside brackets is left out as a whole. No sentence
/// may hold a digit: every number of a report is one that the program fills in.
public struct ReportWording: Hashable, Sendable {
  public enum Text: String, Hashable, Sendable, CaseIterable {
    case title, signature
    case receivedHeading, stand, unattributed
    case formHeading, overviewHeading, overview, sum, channel
    case kindsHeading, kinds, kind
    case listOverview, line, grouping, groupValue, listUnitsHeading, listUnits, unitRows
    case unitsHeading, exceeded, met, lacking, unitRate, notCompared, withoutTarget
    case yearHeading, increase, decrease, unchanged
    case listYear, listItself, listIncrease, listDecrease, listUnchanged
    case qualityHeading, findings, noFindings, disputed
    case doubtful, doubtfulUncounted
    case tablesHeading, openTable
    case separator, more

    var placeholders: Set<String> {
      switch self {
      case .title: ["title", "office", "year"]
      case .signature: ["office", "asOf"]
      case .receivedHeading, .overviewHeading, .kindsHeading, .unitsHeading, .yearHeading, .qualityHeading,
        .tablesHeading, .separator, .openTable, .listUnitsHeading, .line, .listItself:
        []
      case .stand:
        [
          "asOf", "form", "formTitle", "deadline", "expected", "reported", "late", "missingCount", "missing",
          "rejectedCount", "rejected", "belowExpected", "belowReported", "outsideCount", "outside",
        ]
      case .unattributed: ["form", "count"]
      case .formHeading: ["form", "formTitle"]
      case .overview:
        [
          "form", "formTitle", "reported", "expected", "completed", "completedApart", "target", "rate",
          "sums",
        ]
      case .sum: ["name", "total", "channels"]
      case .channel: ["name", "total", "share"]
      case .listOverview: ["form", "formTitle", "reported", "expected", "rows", "sums"]
      case .grouping: ["group", "values", "count"]
      case .groupValue: ["name", "rows", "share", "sums"]
      case .listUnits: ["units", "count"]
      case .unitRows: ["unit", "rows"]
      case .kinds: ["kinds", "count"]
      case .kind: ["name", "total", "share"]
      case .exceeded, .met, .lacking, .notCompared, .withoutTarget: ["count", "units", "form"]
      case .unitRate: ["unit", "rate", "completed", "target"]
      case .increase, .decrease, .unchanged: ["count", "previous", "current", "change", "growth", "left"]
      case .listYear: ["count", "changes", "left"]
      case .listIncrease, .listDecrease, .listUnchanged: ["name", "previous", "current", "change", "growth"]
      case .findings: ["errors", "warnings", "infos"]
      case .noFindings: ["files"]
      case .disputed: ["form", "units", "count"]
      case .doubtful, .doubtfulUncounted: ["all", "settled"]
      case .more: ["names", "count"]
      }
    }
  }

  private var texts: [Language: [Text: String]] = [:]
  /// What a form's overview says in place of the one for all forms, by the form's label.
  private var overviews: [Language: [String: String]] = [:]

  public init() {}

  subscript(_ text: Text, _ language: Language) -> String { texts[language]?[text] ?? "" }

  /// A text with its blanks filled in; `nil` where a blank outside brackets has no value.
  func fill(_ text: Text, _ values: [String: String], in language: Language) -> String? {
    SentenceTemplate(self[text, language]).fill { values[$0] }
  }

  /// The overview of a form.
  ///
  /// - Parameter value: Of a blank; a campaign's own overview may ask for any figure of the form.
  func overview(
    of form: FormDefinition, as text: Text = .overview, in language: Language, _ value: (String) -> String?
  ) -> String? {
    let own = overviews[language]?[form.label]
    return SentenceTemplate(own ?? self[text, language]).fill(value)
  }

  /// Takes over what a mapping of `report:` says.
  mutating func read(_ node: YAMLNode) throws {
    let languages = try node.mapping(keys: Language.allCases.map(\.rawValue))
    for language in Language.allCases {
      guard let node = languages[language.rawValue] else { continue }
      let map = try node.mapping(keys: Text.allCases.map(\.rawValue) + ["forms"])
      for text in Text.allCases {
        guard let node = map[text.rawValue] else { continue }
        texts[language, default: [:]][text] = try Self.sentence(node, blanks: text.placeholders)
      }
      guard let forms = try map["forms"]?.mapping() else { continue }
      for entry in forms.entries {
        // Its blanks are looked at when the forms are known.
        overviews[language, default: [:]][entry.key] = try Self.sentence(entry.value, blanks: nil)
      }
    }
  }

  /// Holds the overviews that a campaign gives its forms against the forms.
  static func check(_ correspondence: YAMLNode, against forms: [FormDefinition]) throws {
    guard let report = try correspondence.mapping()["report"] else { return }
    let languages = try report.mapping()
    for language in Language.allCases {
      guard let map = try languages[language.rawValue]?.mapping()["forms"]?.mapping() else { continue }
      for entry in map.entries {
        guard let form = forms.first(where: { $0.label == entry.key }) else {
          throw map.error(
            at: entry.key, zh: "没有“\(entry.key)”这张表，此处写表的编号：\(forms.map(\.label).joined(separator: "、"))",
            en: "there is no form \"\(entry.key)\"; known here: \(forms.map(\.label).joined(separator: ", "))"
          )
        }
        _ = try sentence(
          entry.value,
          blanks: (form.list == nil ? Text.overview : .listOverview).placeholders
            .union(ReportFigures.names(of: form)))
      }
    }
  }

  private static func sentence(_ node: YAMLNode, blanks: Set<String>?) throws -> String {
    let wording = try node.string()
    if let blanks,
      let unknown = MessageTemplate.placeholders(in: wording).subtracting(blanks).sorted().first
    {
      let known = blanks.sorted().map { "{\($0)}" }
      throw node.error(
        zh: "不认识的“{\(unknown)}”，此处可用：\(known.joined(separator: "、"))",
        en: "unknown blank {\(unknown)}; known here: \(known.joined(separator: ", "))")
    }
    let template = SentenceTemplate(wording)
    guard template.isWhole else {
      throw node.error(
        zh: "方括号或花括号不成对", en: "a bracket or a brace has no partner")
    }
    guard !template.hasDigits else {
      throw node.error(
        zh: "报告的句子里不能直接写数字，数字一律用 {…} 填入",
        en: "a sentence of the report may hold no digits: numbers are filled in through {…}")
    }
    return wording
  }
}

/// A sentence with blanks and parts that may be left out.
struct SentenceTemplate {
  private indirect enum Piece {
    case text(String)
    case blank(String)
    case optional([Piece])
  }

  private let pieces: [Piece]
  /// Whether every bracket and brace has its partner.
  let isWhole: Bool

  init(_ text: String) {
    var rest = text[...]
    var isWhole = true
    pieces = Self.pieces(&rest, isInside: false, &isWhole)
    self.isWhole = isWhole && rest.isEmpty
  }

  private static func pieces(_ rest: inout Substring, isInside: Bool, _ isWhole: inout Bool) -> [Piece] {
    var pieces: [Piece] = []
    while let mark = rest.firstIndex(where: { "{}[]".contains($0) }) {
      if mark > rest.startIndex { pieces.append(.text(String(rest[..<mark]))) }
      let kind = rest[mark]
      rest = rest[rest.index(after: mark)...]
      switch kind {
      case "{":
        guard let close = rest.firstIndex(of: "}") else {
          isWhole = false
          return pieces
        }
        pieces.append(.blank(String(rest[..<close])))
        rest = rest[rest.index(after: close)...]
      case "[": pieces.append(.optional(Self.pieces(&rest, isInside: true, &isWhole)))
      case "]" where isInside: return pieces
      default: isWhole = false
      }
    }
    if isInside { isWhole = false }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    rest = ""
    return pieces
  }

  var hasDigits: Bool { Self.hasDigits(pieces) }

  private static func hasDigits(_ pieces: [Piece]) -> Bool {
    pieces.contains { piece in
      switch piece {
      case .text(let text): text.unicodeScalars.contains { $0.properties.generalCategory == .decimalNumber }
      case .blank: false
      case .optional(let inner): hasDigits(inner)
      }
    }
  }

  func fill(_ value: (String) -> String?) -> String? { Self.fill(pieces, value) }

  private static func fill(_ pieces: [Piece], _ value: (String) -> String?) -> String? {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .blank(let name):
        guard let text = value(name), !text.isEmpty else { return nil }
        result += text
      case .optional(let inner): result += fill(inner, value) ?? ""
      }
    }
    return result
  }
}
