/// Where text stands in its cell (ECMA-376 Part 1, 18.8.1).
public struct Alignment: Hashable, Sendable {
  /// Where text stands between left and right.
  public enum Horizontal: String, Hashable, Sendable, CaseIterable {
    case general, left, center, right, fill, justify, centerContinuous, distributed
  }
  /// Where text stands between top and bottom.
  public enum Vertical: String, Hashable, Sendable, CaseIterable {
    case top, center, bottom, justify, distributed
  }

  /// Where text stands between left and right.
  public var horizontal: Horizontal
  /// Where text stands between top and bottom.
  public var vertical: Vertical
  /// Whether long text is broken into lines.
  public var wrapsText: Bool
  /// Whether text gets smaller until it fits.
  public var shrinksToFit: Bool
  /// In steps of three spaces.
  public var indent: Int
  /// Degrees counter-clockwise, −90…90; 255 stacks the letters.
  public var rotation: Int

  /// As Excel aligns by itself, but for what is given.
  public init(
    horizontal: Horizontal = .general, vertical: Vertical = .bottom, wrapsText: Bool = false,
    shrinksToFit: Bool = false, indent: Int = 0, rotation: Int = 0
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    self.wrapsText = wrapsText
    self.shrinksToFit = shrinksToFit
    self.indent = indent
    self.rotation = rotation
  }

  /// In the middle both ways.
  public static let centered = Alignment(horizontal: .center, vertical: .center)
}
