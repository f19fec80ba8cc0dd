/// A document beside the forms that came in from a unit.
public struct ReceivedDocument: Hashable, Sendable {
  /// The position of what was due in ``Campaign/dueDocuments``.
  public var document: Int
  /// The unit's code.
  public var unit: String
  public var file: String
}
