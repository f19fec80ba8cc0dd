/// A day written into several cells.
struct DatePieces {
  private(set) var text: String
  private(set) var count = 1
  private var isClosed = false

  init(_ first: String) { text = Self.plain(first) }

  /// Takes in the next cell's text.
  ///
  /// - Returns: Whether it belongs to the day.
  mutating func append(_ piece: String) -> Bool {
    guard !isClosed, count < 8, Self.isPiece(piece) else { return false }
    let piece = Self.plain(piece)
    // Two numbers side by side are 2024, 11, 18.
    if let last = text.unicodeScalars.last, let first = piece.unicodeScalars.first, Self.isDigit(last),
      Self.isDigit(first)
    {
      text += "-"
    }
    text += piece
    count += 1
    isClosed = piece.hasSuffix("日") || piece.hasSuffix("号")
    return true
  }

  /// Whether the day is the printed one, with nothing but perhaps the year filled in.
  var isUnfilled: Bool {
    let digits = text.unicodeScalars.filter(Self.isDigit).count
    return digits == 0 || (digits == 4 && text.contains("年") && text.contains("月"))
  }

  /// Whether a text can be a part of a day: a number of up to four digits, a word of the calendar, or both.
  static func isPiece(_ text: String) -> Bool {
    let scalars = plain(text).unicodeScalars
    guard 1...5 ~= scalars.count else { return false }
    let digits = scalars.prefix(while: isDigit).count
    let rest = scalars.dropFirst(digits)
    return digits <= 4
      && (rest.isEmpty ? digits > 0 : ["年", "月", "日", "号", "/", "-", "."].contains(String(rest)))
  }

  private static func plain(_ text: String) -> String {
    String(text.unicodeScalars.map(TextFolding.halfWidth).filter { !TextFolding.isInvisible($0) })
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { 0x30...0x39 ~= scalar.value }
}
