/// A rule of the catalogue: what it is called, how grave it is, and what it says. What it checks is code in `Rules/`.
public struct Rule: Hashable, Sendable {
  /// `T03`; stable, never reused.
  public var id: String
  /// The usual severity; some rules depart from it where their description says so.
  public var severity: Severity
  /// What the rule asks, in one line.
  public var summary: LocalizedText
  /// What it says, by variant; `""` is the only or the usual one. `{name}` is filled in.
  public var messages: [String: LocalizedText]

  /// - Parameter variants: The messages beyond the usual one, by name.
  init(
    _ id: String, _ severity: Severity, _ summary: LocalizedText, says message: LocalizedText? = nil,
    variants: [String: LocalizedText] = [:]
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    messages = variants
    if let message { messages[""] = message }
  }

  /// The names of the blanks in the rule's messages, which wording of a campaign may use too.
  public var placeholders: Set<String> {
    messages.values.reduce(into: []) { $0.formUnion(MessageTemplate.placeholders(in: $1.chinese)) }
  }
}

/// Every rule that the program knows, in the order of the catalogue.
public enum RuleCatalogue {
  public static let rules: [Rule] =
    fileRules + deliveryRules + headRules + cellRules + totalRules + pairRules + measureRules + targetRules
    + yearRules
    + listRules + rollUpRules

  public static subscript(id: String) -> Rule? { byID[id] }

  private static let byID = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// A rule's message, filled in.
  ///
  /// - Parameters:
  ///   - rule: A rule's id; an unknown one is said as it is, without words.
  ///   - settings: Whose wording comes before the catalogue's.
  static func message(
    _ rule: String, _ variant: String = "", settings: RuleSettings? = nil, _ values: [String: MessageValue]
  ) -> LocalizedText {
    let own = settings?.messages[variant.isEmpty ? rule : "\(rule).\(variant)"]
    guard let template = own ?? byID[rule]?.messages[variant] else {
      return LocalizedText(zh: rule, en: rule)
    }
    return MessageTemplate.fill(template, values)
  }

  /// A finding of a rule about a file as a whole, worded by the catalogue.
  public static func finding(
    _ rule: String, _ variant: String = "", severity: Severity? = nil, file: String? = nil,
    form: String? = nil,
    unit: String? = nil, settings: RuleSettings? = nil, _ values: [String: MessageValue]
  ) -> Finding {
    Finding(
      rule: rule, severity: severity ?? byID[rule]?.severity ?? .error, file: file, form: form, unit: unit,
      message: message(rule, variant, settings: settings, values))
  }
}
