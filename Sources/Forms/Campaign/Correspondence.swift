/// What the office writes to units: the notes on returned files and the letters to those that are late. All of it is
/// data, `Templates/correspondence.yaml` and a campaign's `correspondence:`.
public struct Correspondence: Hashable, Sendable {
  /// The texts, by their key in the file.
  public enum Text: String, Hashable, Sendable, CaseIterable {
    case copy, rendering, notice
    case letterTitle, letterOpening, missing, upcoming, rejected, late, errors, document, letterClosing,
      letterSignature

    /// The blanks that can be filled in.
    package var placeholders: Set<String> {
      switch self {
      case .copy: ["unit", "forms", "due", "office"]
      case .rendering, .notice: ["unit", "forms", "due", "office", "file"]
      case .letterTitle: ["unit", "title", "office"]
      case .letterOpening: ["unit", "title", "office", "asOf"]
      case .missing: ["unit", "form", "formTitle", "deadline", "days"]
      case .upcoming: ["unit", "form", "formTitle", "deadline"]
      case .rejected: ["unit", "form", "formTitle", "deadline", "file", "reason"]
      case .late: ["unit", "form", "formTitle", "deadline", "days", "filledOn"]
      case .errors: ["unit", "form", "formTitle", "file", "errors", "warnings"]
      case .document: ["unit", "document", "deadline", "days"]
      case .letterClosing: ["unit", "due", "office"]
      case .letterSignature: ["unit", "office", "asOf"]
      }
    }
  }

  /// How many days a unit has to send again what was returned.
  public var resendDays: Int
  public var texts: [Text: String]
  /// The sentences of the year-end report.
  public var report = ReportWording()

  public init(resendDays: Int, texts: [Text: String] = [:]) {
    self.resendDays = resendDays
    self.texts = texts
  }

  /// A text with its blanks filled in; empty for a text that nobody wrote.
  func fill(_ text: Text, _ values: [String: String]) -> String {
    let template = texts[text] ?? ""
    return MessageTemplate.fill(
      LocalizedText(zh: template, en: template), values.mapValues { MessageValue($0) }
    ).chinese
  }

  /// The last day for sending again: some days from today, or a deadline that is still to come.
  func due(asOf: CalendarDate, deadlines: [CalendarDate]) -> CalendarDate {
    let soon = CalendarDate(dayNumber: asOf.dayNumber + resendDays) ?? asOf
    return max(soon, deadlines.min() ?? soon)
  }

  static let file = "correspondence.yaml"

  /// What holds where a campaign says nothing else.
  public static let builtin: Correspondence = {
    var result = Correspondence(resendDays: 3)
    YAMLReader.builtin(file) { try result.read($0) }
    return result
  }()

  /// Takes over what a mapping of `correspondence:` says.
  ///
  /// - Throws: ``FormsError`` with file and line, for a key or a blank that is not known.
  mutating func read(_ node: YAMLNode) throws {
    let map = try node.mapping(keys: ["resendDays", "report"] + Text.allCases.map(\.rawValue))
    if let node = map["report"] { try report.read(node) }
    if let node = map["resendDays"] { resendDays = try node.int(in: 0...365) }
    for text in Text.allCases {
      guard let node = map[text.rawValue] else { continue }
      let wording = try node.string()
      if let unknown = MessageTemplate.placeholders(in: wording).subtracting(text.placeholders).sorted().first
      {
        let known = text.placeholders.sorted().map { "{\($0)}" }
        throw node.error(
          zh: "不认识的“{\(unknown)}”，此处可用：\(known.joined(separator: "、"))",
          en: "unknown blank {\(unknown)}; known here: \(known.joined(separator: ", "))")
      }
      texts[text] = wording
    }
  }
}

extension CampaignLoader {
  /// The wording of all campaigns, changed entry by entry by the layers' `correspondence:`.
  func readCorrespondence(forms: [FormDefinition]) throws -> Correspondence {
    var result = Correspondence.builtin
    for node in values("correspondence") {
      try result.read(node)
      try ReportWording.check(node, against: forms)
    }
    return result
  }
}
