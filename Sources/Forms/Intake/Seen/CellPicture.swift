/// Pictures in cells, which WPS stores as a formula that nothing else knows: `=DISPIMG("ID_…",1)`. There is no text in them.
enum CellPicture {
  private static let functions = ["DISPIMG(", "IMAGE("]

  /// - Complexity: O(1)
  static func isPicture(_ value: GridValue, formula: String?) -> Bool {
    if let formula, isCall(formula[...]) { return true }
    // Other programs keep the formula as a text.
    guard case .text(let text) = value, text.utf8.first == UInt8(ascii: "=") else { return false }
    return isCall(text.dropFirst())
  }

  private static func isCall(_ text: Substring) -> Bool {
    let start = text.prefix(32).drop { $0 == " " || $0 == "=" }.uppercased()
    let name = start.hasPrefix("_XLFN.") ? start.dropFirst(6) : start[...]
    return functions.contains { name.hasPrefix($0) }
  }
}
