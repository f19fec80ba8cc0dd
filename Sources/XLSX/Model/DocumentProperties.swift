/// The properties that a file manager shows (ECMA-376 Part 2, 11, and Part 1, 22.2).
public struct DocumentProperties: Hashable, Sendable {
  public var title: String?
  public var subject: String?
  public var creator: String?
  public var keywords: String?
  public var description: String?
  public var category: String?
  public var lastModifiedBy: String?
  /// ISO 8601 in UTC, `2024-11-20T08:00:00Z`. Never the clock's time unless the caller puts it here: the same content
  /// must give the same bytes.
  public var created: String?
  public var modified: String?
  public var company: String?
  public var application: String?

  public init() {}
}
