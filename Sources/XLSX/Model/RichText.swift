/// Text in runs, each with a font of its own (ECMA-376 Part 1, 18.4.4).
public struct RichText: Hashable, Sendable {
  /// A part with a font of its own.
  public struct Run: Hashable, Sendable {
    /// What the part says.
    public var text: String
    /// The run's font; `nil` takes the cell's.
    public var font: Font?

    /// A part in a font, or in the cell's.
    public init(_ text: String, font: Font? = nil) {
      self.text = text
      self.font = font
    }
  }

  /// The parts, in order.
  public var runs: [Run]

  /// Text of some parts.
  public init(_ runs: [Run]) { self.runs = runs }

  /// The text of all runs; phonetic guides are not part of it.
  public var plainText: String { runs.count == 1 ? runs[0].text : runs.map(\.text).joined() }
}
