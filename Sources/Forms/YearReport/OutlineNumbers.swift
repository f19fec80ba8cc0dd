/// The numbers before headings: 一、 and （一） as official documents have them; 1. and 1.1 in English.
struct OutlineNumbers {
  let language: Language
  private var first = 0
  private var second = 0

  init(_ language: Language) { self.language = language }

  mutating func heading(_ text: String) -> String {
    first += 1
    second = 0
    return language == .chinese ? "\(Self.chinese(first))、\(text)" : "\(first). \(text)"
  }

  mutating func subheading(_ text: String) -> String {
    second += 1
    return language == .chinese ? "（\(Self.chinese(second))）\(text)" : "\(first).\(second) \(text)"
  }

  /// 1…99; larger ones in digits.
  static func chinese(_ number: Int) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    guard 1...99 ~= number else { return String(number) }
    let (tens, ones) = (number / 10, number % 10)
    return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[ones]
  }
}
