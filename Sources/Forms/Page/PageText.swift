/// Text as HTML.
package enum PageText {
  /// Text in which nothing is markup: unit names, cells and file names come from strangers.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // What HTML has no character for (the C0 controls but tab and line breaks), and what turns the direction of writing
      // of everything behind it.
      case "\u{0}"..."\u{8}", "\u{B}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `<p class="note">…</p>`, the text escaped and its line breaks kept.
  package static func element(_ name: String, _ text: String, attributes: String = "") -> String {
    let space = attributes.isEmpty ? "" : " "
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
    return "<\(name)\(space)\(attributes)>\(lines.joined(separator: "<br>"))</\(name)>"
  }

  /// A length or coordinate with at most one decimal, the same on every machine.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}
