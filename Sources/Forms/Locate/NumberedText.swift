/// A text with a number in front: `1.送文艺`, `（一）送文艺`, `②送文艺`, `第二部分　乡镇`.
struct NumberedText {
  /// 一, 二, 三 and not 1, 2, 3.
  var isChinese = false
  var isBracketed = false
  /// 第 in front.
  var isOrdinal = false
  /// What stands behind the number; `nil` for ②, which needs nothing.
  var sign: Unicode.Scalar?
  /// What stands behind that.
  var rest: Substring.UnicodeScalarView

  /// `nil` for a text without a number of one to three digits and something behind it.
  init?(_ text: String) {
    rest = text.unicodeScalars.drop(while: TextFolding.isInvisible)
    // ① to ⑳
    if let first = rest.first, 0x2460...0x2473 ~= first.value {
      rest = rest.dropFirst()
      return
    }
    if rest.first == "第" {
      isOrdinal = true
      rest.removeFirst()
    }
    if let first = rest.first, LabelText.isOpeningBracket(first) {
      isBracketed = true
      rest.removeFirst()
    }
    let digits = rest.prefix { Self.isArabic($0) || Self.isChinese($0) }
    isChinese = digits.allSatisfy(Self.isChinese)
    rest = rest.dropFirst(digits.count).drop(while: TextFolding.isInvisible)
    guard 1...3 ~= digits.count, let sign = rest.first else { return nil }
    self.sign = sign
    rest = rest.dropFirst()
  }

  private static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
    0x30...0x39 ~= TextFolding.halfWidth(scalar).value
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    "一二三四五六七八九十".unicodeScalars.contains(scalar)
  }

  /// The heading behind the number: 送文艺. `9场` is a figure, not heading no. 9.
  var heading: Substring.UnicodeScalarView? {
    guard !isOrdinal else { return nil }
    guard let sign else { return rest }
    return LabelText.isClosingBracket(sign) || ".．、,，:：·".unicodeScalars.contains(sign) ? rest : nil
  }

  /// Whether it reads as the title of a part of a list: `一、…`, `（三）…`, `第二部分 …`.
  var isTitleOfPart: Bool {
    guard isChinese, let sign, rest.contains(where: { !TextFolding.isInvisible($0) }) else { return false }
    return isBracketed
      ? LabelText.isClosingBracket(sign) : "、.．,，部类批组".unicodeScalars.contains(sign)
  }
}
