/// The numerals that `[DBNum1]`, `[DBNum2]` and `[DBNum3]` ask for, as Excel writes them in Chinese.
enum ChineseNumerals: Hashable, Sendable {
  case none
  /// 一百二十三.
  case lower
  /// 壹佰贰拾叁, for amounts.
  case upper
  /// １百２十３.
  case fullWidth

  /// Reads the inside of a bracket, `dbnum1`, in lower case.
  init?(_ name: String) {
    switch name {
    case "dbnum1", "natnum4", "natnum7": self = .lower
    case "dbnum2", "natnum5", "natnum8": self = .upper
    case "dbnum3", "natnum3", "natnum6": self = .fullWidth
    case "dbnum4", "natnum0", "natnum1": self = .none
    default: return nil
    }
  }

  var digits: [Character] {
    switch self {
    case .none: Array("0123456789")
    case .lower: Array("〇一二三四五六七八九")
    case .upper: Array("零壹贰叁肆伍陆柒捌玖")
    case .fullWidth: Array("０１２３４５６７８９")
    }
  }

  private var units: [String] { self == .upper ? ["", "拾", "佰", "仟"] : ["", "十", "百", "千"] }
  /// What ends each group of four digits, from the right.
  private static let groups = ["", "万", "亿", "万", "亿"]

  /// Every digit replaced by itself: 2024 → 二〇二四.
  func digitByDigit(_ text: String) -> String {
    guard self != .none else { return text }
    let digits = digits
    return String(
      text.map { character in
        guard let value = character.wholeNumberValue, character.isASCII else { return character }
        return digits[value]
      })
  }

  /// A count in words: 105 → 一百〇五. What is no plain decimal number is replaced digit by digit.
  ///
  /// - Parameter shortTen: Says 十一 for 11 as dates do, not 一十一.
  func positional(_ text: String, shortTen: Bool) -> String {
    guard self != .none else { return text }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let integer = (parts.first ?? "").drop { $0 == "-" }
    guard !integer.isEmpty, integer.count <= 20, integer.allSatisfy(\.isASCII), integer.allSatisfy(\.isNumber)
    else {
      return digitByDigit(text)
    }
    let sign = text.hasPrefix("-") ? "-" : ""
    let fraction = parts.count > 1 ? "." + digitByDigit(String(parts[1])) : ""
    return sign + words(integer.compactMap(\.wholeNumberValue), shortTen: shortTen) + fraction
  }

  private func words(_ values: [Int], shortTen: Bool) -> String {
    let digits = digits
    var result = ""
    var needsZero = false
    var groupHasDigits = false
    var needsHundredMillions = false
    for (index, value) in values.enumerated() {
      let place = values.count - 1 - index
      if value == 0 {
        needsZero = true
      } else {
        if needsZero, !result.isEmpty { result.append(digits[0]) }
        needsZero = false
        groupHasDigits = true
        let isShort = shortTen && self != .upper && value == 1 && place == 1 && values.count == 2
        if !isShort { result.append(digits[value]) }
        result += units[place % 4]
      }
      if place % 4 == 0 {
        // 万 of 亿: 一万亿 has its 亿 although the group of 亿 itself is empty.
        if groupHasDigits || (place == 8 && needsHundredMillions) {
          result += Self.groups[min(place / 4, Self.groups.count - 1)]
        }
        needsHundredMillions = place == 12 && groupHasDigits
        groupHasDigits = false
      }
    }
    return result.isEmpty ? String(digits[0]) : result
  }
}
