import Foundation
import XLSX

/// What fills a blank of a message: the same in both languages, or a word of each.
public struct MessageValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public var text: LocalizedText

  public init(_ text: LocalizedText) { self.text = text }
  public init(_ text: String) { self.text = LocalizedText(zh: text, en: text) }
  public init(stringLiteral value: String) { self.init(value) }
  public init(_ number: Int) { self.init(String(number)) }
  public init(_ figure: Decimal) { self.init("\(figure)") }
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
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { return result + rest[open...] }
      result += value(String(rest[rest.index(after: open)..<close])) ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
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
