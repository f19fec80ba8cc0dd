/// The years in the title of a form.
enum TitleYears {
  private static let digits: [Unicode.Scalar: Int] = [
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// Years of this century and the last before 年, or joined to one by a stroke: 2023年, 二〇二三年度, 2023—2024年.
  ///
  /// - Complexity: O(length)
  static func years(in text: some StringProtocol) -> [Int] {
    guard text.unicodeScalars.contains("年") else { return [] }
    let scalars = TextFolding.scalars(of: text).filter { $0 != " " }
    var years: [Int] = []
    var index = 0
    while index < scalars.count {
      let start = index
      var year = 0
      while index < scalars.count, index - start < 5, let digit = digit(scalars[index]) {
        year = year * 10 + digit
        index += 1
      }
      if index == start {
        index += 1
        continue
      }
      if index - start == 4, 1900..<2100 ~= year, isYear(scalars[index...]) { years.append(year) }
    }
    return years
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    if 0x30...0x39 ~= scalar.value { return Int(scalar.value) - 0x30 }
    return digits[scalar]
  }

  /// Whether what follows four digits makes a year of them.
  private static func isYear(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = rest.first else { return false }
    if first == "年" { return true }
    guard "-—–－~～至到/、和".unicodeScalars.contains(first) else { return false }
    return rest.prefix(12).contains("年")
  }
}
