import Foundation
import XLSX

/// What fills a blank of a message: the same in both languages, or a word of each.
public struct MessageValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public var text: LocalizedText

  public init(_ text: LocalizedText) { self.text = text }
  /// - Parameter text: What a cell says; its line breaks are no part of a message.
  public init(_ text: String) {
    let text =
      text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
      ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text
    self.text = LocalizedText(zh: text, en: text)
  }
  public init(stringLiteral value: String) { self.init(value) }
  public init(_ number: Int) { self.init(String(number)) }
  public init(_ figure: Decimal) { self.init(figure.whole.map { String($0) } ?? "\(figure)") }
  public init(_ cell: CellReference?) { self.init(cell?.description ?? "") }
  public init(_ date: CalendarDate) { self.init(date.description) }
}

/// Messages with blanks: `{cell}未填，如为零请填0`.
enum MessageTemplate {
  static func fill(_ template: LocalizedText, _ values: [String: MessageValue]) -> LocalizedText {
    LocalizedText(
      zh: fill(template.chinese) { values[$0]?.text.chinese },
      en: fill(template.english) { values[$0]?.text.english })
  }

  /// A blank without a value stays empty.
  private static func fill(_ template: String, _ value: (String) -> String?) -> String {
    var result = ""
    // The braces are ASCII, and no byte of another character looks like one.
    let bytes = template.utf8
    var start = bytes.startIndex
    while let open = bytes[start...].firstIndex(of: UInt8(ascii: "{")) {
      result += template[start..<open]
      guard let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")) else {
        return result + template[open...]
      }
      result += value(String(template[bytes.index(after: open)..<close])) ?? ""
      start = bytes.index(after: close)
    }
    return result + template[start...]
  }

  /// The names of the blanks of a text.
  static func placeholders(in template: String) -> Set<String> {
    var names: Set<String> = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      names.insert(String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return names
  }
}
