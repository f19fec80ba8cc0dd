/// What became of one file that came in. Every file ends in exactly one state, with a reason.
public struct InputFile: Hashable, Sendable, Codable {
  public enum State: String, Hashable, Sendable, Codable {
    case adopted, superseded, rejected, ignored
  }

  /// As shown to people: `收件/全部.zip!/沁阳.xlsx`.
  public var file: String
  public var state: State
  public var reason: LocalizedText
  public var format: FileFormat
  /// What was found about the file as a whole (F01–F03), not about a form inside.
  public var findings: [Finding]
  /// When the package or the archive says it was last saved, ISO 8601.
  public var modified: String?
  /// The mail that it is or in which it came.
  var letter: MailLetter?
  /// The day on which that mail was received.
  public var received: CalendarDate? { letter?.received?.day }

  public init(
    file: String, state: State, reason: LocalizedText, format: FileFormat, findings: [Finding] = [],
    modified: String? = nil
  ) {
    self.file = file
    self.state = state
    self.reason = reason
    self.format = format
    self.findings = findings
    self.modified = modified
  }
}
