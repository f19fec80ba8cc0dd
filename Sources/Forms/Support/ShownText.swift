extension String {
  /// The text as a terminal may be given it: without the characters that it obeys rather than shows (control characters
  /// but tab and line feed) and those that turn the direction of what follows.
  public var shown: String { replacingUnshown { $0 == 0x09 || $0 == 0x0A } }

  /// The same with the colours of ``TextStyle``.
  public var shownKeepingColors: String {
    split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().map { position, piece in
      guard position > 0 else { return String(piece).shown }
      let isColor = TextStyle.codes.contains { piece.hasPrefix($0) }
      return (isColor ? "\u{1B}" : "\u{FFFD}") + String(piece).shown
    }.joined()
  }

  /// The same on one line: a name cannot forge a second one.
  public var onOneLine: String { replacingUnshown { _ in false } }

  private func replacingUnshown(except isKept: (UInt32) -> Bool) -> String {
    let isPlain = utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F || byte > 0x7F && byte != 0xC2 && byte != 0xE2 || isKept(UInt32(byte))
    }
    if isPlain { return self }
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
        result.append(isKept(scalar.value) ? scalar : "\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
