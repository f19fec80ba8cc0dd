/// Text in runs, each with a font of its own (ECMA-376 Part 1, 18.4.4).
public struct RichText: Hashable, Sendable {
  public struct Run: Hashable, Sendable {
    public var text: String
    /// The run's font; `nil` takes the cell's.
    public var font: Font?

    public init(_ text: String, font: Font? = nil) {
      self.text = text
      self.font = font
    }
  }

  public var runs: [Run]

  public init(_ runs: [Run]) { self.runs = runs }

  /// The text of all runs; phonetic guides are not part of it.
  public var plainText: String { runs.count == 1 ? runs[0].text : runs.map(\.text).joined() }
}
