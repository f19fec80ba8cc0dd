/// The marks of footnotes that people type behind a figure, a label or a name: ①, ⑴, `[1]`, `[注1]`, `（注1）`, ², `*`, ※.
enum FootnoteMarks {
  /// A figure's text without the marks in it, and the marks; `nil` for a text without any.
  ///
  /// A mark stands behind a digit, a unit or another mark, and no digit follows: `3*4` and `12①5` are left as they are, for
  /// nobody can say what they mean.
  ///
  /// - Complexity: O(length)
  static func parted(_ text: String) -> (text: String, marks: [LeftOut])? {
    guard text.unicodeScalars.contains(where: mayBegin), text.utf8.count <= 400 else { return nil }
    let scalars = Array(text.unicodeScalars)
    var rest: [Unicode.Scalar] = []
    var marks: [LeftOut] = []
    var index = 0
    while index < scalars.count {
      guard let before = rest.last(where: { !TextFolding.isInvisible($0) }), isWritten(before),
        let end = end(ofMarkAt: index, in: scalars, behind: before)
      else {
        rest.append(scalars[index])
        index += 1
        continue
      }
      // Several marks stand side by side: 1600①②.
      var last = end
      while let next = Self.end(ofMarkAt: last, in: scalars, behind: before) { last = next }
      let following = scalars[last...].first { !TextFolding.isInvisible($0) }
      if let following, Numeral.isDigit(TextFolding.halfWidth(following)) { return nil }
      marks.append(LeftOut(.footnote, String(scalars[index..<last])))
      index = last
    }
    return marks.isEmpty ? nil : (String(rest), marks)
  }

  /// Whether a mark that compatibility mapping would make a digit stands between two digits.
  static func standsInside(_ text: String) -> Bool {
    guard text.utf8.count <= 400, text.unicodeScalars.contains(where: { $0.value >= 0x2460 && isSign($0) })
    else { return false }
    let scalars = text.unicodeScalars.map(TextFolding.halfWidth).filter { !TextFolding.isInvisible($0) }
    return scalars.indices.dropFirst().dropLast().contains { index in
      isSign(scalars[index]) && Numeral.isDigit(scalars[index - 1]) && Numeral.isDigit(scalars[index + 1])
    }
  }

  /// A name without the marks at its end.
  static func stripped(_ name: String) -> String {
    guard let (text, marks) = parted(name), let last = marks.last,
      name.trimmedOfInvisible.hasSuffix(last.text)
    else { return name }
    return text
  }

  private static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    isSign(scalar) || isSuperscript(scalar) || opening.contains(scalar) || scalar == "注"
  }

  private static let opening: [Unicode.Scalar] = ["[", "［", "(", "（", "【", "〔", "﹝"]

  /// What can carry a mark: a digit, an ideograph, a letter, a closing bracket.
  private static func isWritten(_ scalar: Unicode.Scalar) -> Bool {
    Numeral.isDigit(TextFolding.halfWidth(scalar)) || TextFolding.isAlphabetic(scalar)
      || LabelText.isClosingBracket(scalar) || scalar == "%"
  }

  static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // ①…⑳, ⑴…⒇, ㈠…㈩, ㊀…㊉, ❶…➓, ⓐ…, ⓪⓫…⓿
    case 0x2460...0x2487, 0x24D0...0x24FF, 0x2776...0x2793, 0x3220...0x3229, 0x3280...0x3289: true
    default: ["*", "＊", "﹡", "∗", "⁎", "※", "†", "‡", "★", "☆"].contains(scalar)
    }
  }

  private static func isSuperscript(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xB2, 0xB3, 0xB9, 0x2070...0x208E: true
    default: false
    }
  }

  /// The position behind a mark; `nil` where none begins.
  static func end(
    ofMarkAt start: Int, in scalars: [Unicode.Scalar], behind before: Unicode.Scalar
  ) -> Int? {
    guard start < scalars.count else { return nil }
    let scalar = scalars[start]
    if isSign(scalar) { return start + 1 }
    if isSuperscript(scalar) {
      // m² is a unit.
      if before.isASCII, before.properties.isAlphabetic { return nil }
      return scalars[start...].firstIndex { !isSuperscript($0) } ?? scalars.count
    }
    if opening.contains(scalar) {
      let isSquare = ["[", "［", "【", "〔", "﹝"].contains(scalar)
      guard let close = scalars[start...].prefix(10).firstIndex(where: LabelText.isClosingBracket) else {
        return nil
      }
      let inner = scalars[(start + 1)..<close].map(TextFolding.halfWidth).filter {
        !TextFolding.isInvisible($0)
      }
      return isNote(inner) || isSquare && isNumber(inner) ? close + 1 : nil
    }
    // 1600注1; 注 alone may be a word's.
    guard scalar == "注" else { return nil }
    let digits = scalars[(start + 1)...].prefix { Numeral.isDigit(TextFolding.halfWidth($0)) || isSign($0) }
    return start + 1 + digits.count == scalars.count ? scalars.count : nil
  }

  /// `注`, `注1`, `注：1`, `备注2`, `见注3`, `注①`
  private static func isNote(_ inner: [Unicode.Scalar]) -> Bool {
    guard let word = inner.firstIndex(of: "注"), word <= 1,
      word == 0 || inner[0] == "备" || inner[0] == "见" || inner[0] == "脚" || inner[0] == "附"
    else { return false }
    return inner[(word + 1)...].allSatisfy {
      Numeral.isDigit($0) || $0 == ":" || $0 == "." || isSign($0) || "一二三四五六七八九十".unicodeScalars.contains($0)
    }
  }

  private static func isNumber(_ inner: [Unicode.Scalar]) -> Bool {
    1...3 ~= inner.count && (inner.allSatisfy(Numeral.isDigit) || inner.allSatisfy(isSign))
  }
}
