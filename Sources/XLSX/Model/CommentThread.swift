/// A conversation on a cell, as Excel 365 shows it beside the sheet ([MS-XLSX] 2.6.205).
///
///     sheet.setThread(
///       CommentThread([
///         .init("合计与分项不符，请核对", author: "市总", date: "2024-11-20T08:00:00Z"),
///         .init("已更正", author: "沁阳市总工会"),
///       ]), at: "E6")
///
/// Programs that know no conversations show it as one comment that holds all entries.
public struct CommentThread: Hashable, Sendable {
  /// What one person said.
  public struct Entry: Hashable, Sendable {
    /// Who said it.
    public var author: String
    /// Plain text: a conversation has no fonts.
    public var text: String
    /// ISO 8601 in UTC, `2024-11-20T08:00:00Z`; never the clock's time unless the caller puts it here.
    public var date: String?

    /// An entry of a conversation.
    public init(_ text: String, author: String, date: String? = nil) {
      self.text = text
      self.author = author
      self.date = date
    }
  }

  /// What opened the conversation, then the answers.
  public var entries: [Entry]
  /// Whether the conversation is closed.
  public var isResolved: Bool

  /// A conversation, its first entry first.
  public init(_ entries: [Entry], isResolved: Bool = false) {
    self.entries = entries
    self.isResolved = isResolved
  }

  /// The conversation as one comment: the first author's text, then every answer on a line of its own, with its author.
  public var comment: CellComment {
    let answers = entries.dropFirst().map { "\n\($0.author): \($0.text)" }
    return CellComment((entries.first?.text ?? "") + answers.joined(), author: entries.first?.author ?? "")
  }
}
