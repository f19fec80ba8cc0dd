/// OpenFormula (OpenDocument 1.3 Part 4) in Excel's notation: `of:=SUM([.C6:.D6];1)` is `SUM(C6:D6,1)`.
enum OpenFormula {
  /// `nil` for another formula language than OpenFormula.
  static func excel(_ text: String) -> String? {
    guard let sign = text.firstIndex(of: "="), ["", "of:", "oooc:"].contains(text[..<sign]) else {
      return nil
    }
    var result = ""
    var isQuoted = false
    var reference: String?
    for character in text[text.index(after: sign)...] {
      if character == "\"" { isQuoted.toggle() }
      if isQuoted {
        result.append(character)
      } else if character == "[" {
        reference = ""
      } else if character == "]", let found = reference {
        result += excel(reference: found)
        reference = nil
      } else if reference != nil {
        reference?.append(character)
      } else {
        result.append(character == ";" ? "," : character)
      }
    }
    return result
  }

  /// `.C6:.D6` is `C6:D6`, `$'附件 2'.C6` is `'附件 2'!C6`; the second half of a range names no sheet in Excel.
  private static func excel(reference: String) -> String {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in reference {
      if character == "'" { isQuoted.toggle() }
      if character == ":", !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    let cells = parts.enumerated().map { index, part in
      guard let dot = part.lastIndex(of: ".") else { return part }
      let sheet = part[..<dot].drop { $0 == "$" }
      let cell = part[part.index(after: dot)...]
      return sheet.isEmpty || index > 0 ? String(cell) : "\(sheet)!\(cell)"
    }
    return cells.joined(separator: ":")
  }
}
