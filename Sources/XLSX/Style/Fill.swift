/// The background of a cell (ECMA-376 Part 1, 18.8.20).
public enum Fill: Hashable, Sendable {
  case none
  case solid(Color)
  /// A pattern by its name in the file: `gray125`, `lightGrid`, `darkUp` ….
  case pattern(String, foreground: Color?, background: Color?)
}
