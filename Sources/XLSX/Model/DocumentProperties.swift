/// The properties that a file manager shows (ECMA-376 Part 2, 11, and Part 1, 22.2).
public struct DocumentProperties: Hashable, Sendable {
  /// The title.
  public var title: String?
  /// What it is about.
  public var subject: String?
  /// Who made it.
  public var creator: String?
  /// Words to find it by.
  public var keywords: String?
  /// What somebody said of it.
  public var description: String?
  /// The kind of document.
  public var category: String?
  /// Who saved it last.
  public var lastModifiedBy: String?
  /// ISO 8601 in UTC, `2024-11-20T08:00:00Z`. Never the clock's time unless the caller puts it here: the same content
  /// must give the same bytes.
  public var created: String?
  /// When it was saved last, as in ``created``.
  public var modified: String?
  /// Whose it is.
  public var company: String?
  /// The program that saved it.
  public var application: String?

  /// Nothing said of the document.
  public init() {}
}
