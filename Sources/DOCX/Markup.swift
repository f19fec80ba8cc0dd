/// XML on its way into a part.
struct Markup {
  private(set) var text = ""

  /// A part's beginning.
  static func part() -> Markup {
    var markup = Markup()
    markup.text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    return markup
  }

  mutating func raw(_ markup: String) { text += markup }

  /// An element without content: `<w:jc w:val="center"/>`.
  mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    open(name, attributes)
    text.removeLast()
    text += "/>"
  }

  mutating func value(_ name: String, _ value: String) { empty(name, ["w:val": value]) }
  mutating func value(_ name: String, _ value: Int) { empty(name, ["w:val": String(value)]) }

  mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    text += "<" + name
    for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    text += ">"
  }

  mutating func close(_ name: String) { text += "</\(name)>" }

  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: (inout Markup) -> Void
  ) {
    open(name, attributes)
    body(&self)
    close(name)
  }

  mutating func append(text: String) { self.text += Self.escaped(text) }

  /// Text without what XML gives a meaning, and without characters that it cannot hold.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x09, 0x0A, 0x0D: result.unicodeScalars.append(scalar)
      case ..<0x20, 0xFFFE, 0xFFFF: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Points in twentieths, as most of WordprocessingML counts.
  static func twentieths(_ points: Double) -> Int { whole(points * 20) }
  /// Points in English metric units, as DrawingML counts.
  static func metricUnits(_ points: Double) -> Int { whole(points * 12_700) }

  private static func whole(_ value: Double) -> Int {
    value.isFinite ? Int(max(-1e9, min(1e9, value.rounded()))) : 0
  }
}
