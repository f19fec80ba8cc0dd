import Foundation

extension YAMLNode {
  /// Text. A number or a date written without quotation marks is text too (`code: 01`); nothing at all is not.
  public func string() throws -> String {
    guard case .scalar(let text, _) = content else { throw mismatch(zh: "文字", en: "a text") }
    let trimmed = text.withoutSpaceAround
    guard !trimmed.isEmpty else { throw error(zh: "此处不能为空", en: "this must not be empty") }
    return trimmed
  }

  /// A whole number, optionally within bounds.
  public func int(in bounds: ClosedRange<Int>? = nil) throws -> Int {
    guard let text = plainScalar, let number = Int(text), text.allSatisfy({ $0.isASCII }) else {
      throw mismatch(zh: "整数", en: "a whole number")
    }
    if let bounds, !bounds.contains(number) {
      throw error(
        zh: "应在\(bounds.lowerBound)到\(bounds.upperBound)之间，现为\(number)",
        en: "must lie between \(bounds.lowerBound) and \(bounds.upperBound), is \(number)")
    }
    return number
  }

  /// A decimal number, exactly as written: `0.001`. At most 30 digits; no exponent.
  public func decimal() throws -> Decimal {
    guard let text = plainScalar else { throw mismatch(zh: "数字", en: "a number") }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, digits.count <= 31,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    else { throw mismatch(zh: "数字", en: "a number") }
    return number
  }

  /// A number as a `Double`, for sizes on paper.
  public func double() throws -> Double { (try decimal() as NSDecimalNumber).doubleValue }

  /// `true`, `yes`, `是`; `false`, `no`, `否`.
  public func bool() throws -> Bool {
    switch plainScalar?.lowercased() {
    case "true", "yes", "是": return true
    case "false", "no", "否": return false
    default: throw mismatch(zh: "true 或 false", en: "true or false")
    }
  }

  /// A day that exists: `2024-11-20`.
  public func date() throws -> CalendarDate {
    guard case .scalar(let text, _) = content else { throw mismatch(zh: "日期", en: "a date") }
    guard let date = CalendarDate(iso: text) else {
      throw error(
        zh: "“\(text)”不是存在的日期，请按 2024-11-20 的样式填写",
        en: "\"\(text)\" is no date that exists; write it like 2024-11-20")
    }
    return date
  }

  /// One of the raw values of an enumeration.
  public func choice<Choice>(_ type: Choice.Type = Choice.self) throws -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      let allowed = Choice.allCases.map(\.rawValue)
      throw error(
        zh: "“\(text)”不在可选值之内：\(allowed.joined(separator: "、"))",
        en: "\"\(text)\" is not one of: \(allowed.joined(separator: ", "))")
    }
    return choice
  }

  /// The elements of a list.
  public func list() throws -> [YAMLNode] {
    guard case .sequence(let nodes) = content else { throw mismatch(zh: "列表", en: "a list") }
    return nodes
  }

  /// A list, each element read by `element`.
  public func list<Element>(of element: (YAMLNode) throws -> Element) throws -> [Element] {
    try list().map(element)
  }

  /// A list of texts without repetition, or a single text.
  public func strings() throws -> [String] {
    if isScalar { return [try string()] }
    var seen: Set<String> = []
    return try list().map { node in
      let text = try node.string()
      guard seen.insert(text).inserted else {
        throw node.error(zh: "“\(text)”重复", en: "\"\(text)\" is there twice")
      }
      return text
    }
  }

  /// A mapping with known keys; any other key is refused, a mistyped one with the key that was probably meant.
  public func mapping(keys known: [String]) throws -> YAMLMapping {
    let map = try mapping()
    for entry in map.entries where !known.contains(entry.key) {
      let near = known.first { $0.lowercased() == entry.key.lowercased() || Self.isNear($0, entry.key) }
      throw map.error(
        at: entry.key,
        zh: "不认识的项“\(entry.key)”" + (near.map { "，是否应为“\($0)”" } ?? "")
          + "；此处可用：\(known.joined(separator: "、"))",
        en: "unknown key \"\(entry.key)\"" + (near.map { ", did you mean \"\($0)\"" } ?? "")
          + "; known here: \(known.joined(separator: ", "))")
    }
    return map
  }

  /// A mapping whose keys are names of the campaign's own: units, forms.
  public func mapping() throws -> YAMLMapping {
    guard case .mapping(let entries) = content else {
      throw mismatch(zh: "“项: 值”", en: "a mapping of keys to values")
    }
    return YAMLMapping(node: self, entries: entries)
  }

  /// A plain scalar's text; numbers and truth values in quotation marks are texts, not numbers.
  private var plainScalar: String? {
    if case .scalar(let text, isPlain: true) = content { text } else { nil }
  }

  private func mismatch(zh chinese: String, en english: String) -> FormsError {
    let found: (zh: String, en: String) =
      switch content {
      case .null: ("空", "nothing")
      case .scalar(let text, isPlain: true): ("“\(text)”", "\"\(text)\"")
      case .scalar(let text, isPlain: false): ("加引号的文字“\(text)”", "the quoted text \"\(text)\"")
      case .sequence: ("列表", "a list")
      case .mapping: ("“项: 值”", "a mapping")
      }
    return error(zh: "此处应为\(chinese)，现为\(found.zh)", en: "expected \(english), found \(found.en)")
  }

  /// Whether two keys differ by one letter added, dropped or changed, or by two neighbours swapped.
  private static func isNear(_ a: String, _ b: String) -> Bool {
    let a = Array(a)
    let b = Array(b)
    guard abs(a.count - b.count) <= 1, min(a.count, b.count) >= 3 else { return false }
    let prefix = zip(a, b).prefix { $0 == $1 }.count
    let suffix = zip(a.dropFirst(prefix).reversed(), b.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
    let restA = a.dropFirst(prefix).dropLast(suffix)
    let restB = b.dropFirst(prefix).dropLast(suffix)
    return max(restA.count, restB.count) <= 1
      || (restA.count == 2 && restB.count == 2 && restA.elementsEqual(restB.reversed()))
  }
}

extension String {
  /// Without white space and line breaks at either end.
  fileprivate var withoutSpaceAround: String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{200B}" }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
