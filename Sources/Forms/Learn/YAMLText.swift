/// A YAML document as a person would write it: short lists and mappings on one line, everything else in blocks.
enum YAMLText {
  struct Entry {
    var key: String
    var value: YAMLText

    init(_ key: String, _ value: YAMLText) {
      self.key = key
      self.value = value
    }
  }

  case text(String)
  /// A number, a date, `true`: never quoted.
  case plain(String)
  case list([YAMLText])
  case map([Entry])

  /// A mapping of pairs.
  static func pairs(_ pairs: [YAMLPair]) -> YAMLText { .map(pairs.map { Entry($0.key, $0.value) }) }

  /// The pairs of a mapping.
  var pairs: [YAMLPair]? {
    if case .map(let entries) = self { entries.map { ($0.key, $0.value) } } else { nil }
  }

  static func texts(_ texts: [String]) -> YAMLText { .list(texts.map { .text($0) }) }

  private static let width = 116

  /// The lines of a block at an indent.
  func lines(indent: Int = 0) -> [String] {
    let space = String(repeating: " ", count: indent)
    switch self {
    case .map(let entries): return entries.flatMap { Self.entry($0.key, $0.value, indent: indent) }
    case .list(let items):
      return items.flatMap { item -> [String] in
        if let flow = item.flow, flow.displayWidth + indent + 2 <= Self.width || item.isFlat {
          return wrapped(space + "- " + flow, indent: indent + 4)
        }
        var lines = item.lines(indent: indent + 2)
        if let first = lines.first { lines[0] = space + "- " + first.dropFirst(indent + 2) }
        return lines
      }
    case .text, .plain: return [space + (flow ?? "")]
    }
  }

  private static func entry(_ key: String, _ value: YAMLText, indent: Int) -> [String] {
    let head = String(repeating: " ", count: indent) + quoted(key) + ":"
    switch value {
    case .text, .plain: return [head + " " + (value.flow ?? "")]
    case .list(let items) where items.allSatisfy(\.isScalar):
      return value.wrapped(head + " " + (value.flow ?? "[]"), indent: indent + 2)
    case .map(let entries) where !entries.isEmpty && indent > 0 && entries.allSatisfy({ $0.value.isScalar }):
      let line = head + " " + (value.flow ?? "{}")
      if line.displayWidth <= width, entries.count <= 4 { return [line] }
      return [head] + value.lines(indent: indent + 2)
    default: return [head] + value.lines(indent: indent + 2)
    }
  }

  private var isScalar: Bool {
    switch self {
    case .text, .plain: true
    default: false
    }
  }

  /// A list of words, which may be broken anywhere between them.
  private var isFlat: Bool {
    if case .list(let items) = self { items.allSatisfy(\.isScalar) } else { isScalar }
  }

  /// On one line.
  private var flow: String? {
    switch self {
    case .text(let text): return Self.quoted(text)
    case .plain(let text): return text
    case .list(let items):
      let parts = items.compactMap(\.flow)
      return parts.count == items.count ? "[" + parts.joined(separator: ", ") + "]" : nil
    case .map(let entries):
      let parts = entries.compactMap { entry in entry.value.flow.map { Self.quoted(entry.key) + ": " + $0 } }
      return parts.count == entries.count ? "{" + parts.joined(separator: ", ") + "}" : nil
    }
  }

  /// Breaks a long list of words at its commas.
  private func wrapped(_ line: String, indent: Int) -> [String] {
    guard line.displayWidth > Self.width, !line.contains("\"") else { return [line] }
    var lines: [String] = []
    var current = ""
    let space = String(repeating: " ", count: indent)
    for (index, part) in line.split(separator: ", ", omittingEmptySubsequences: false).enumerated() {
      let piece = (index == 0 ? "" : " ") + part
      if !current.isEmpty, (current + "," + piece).displayWidth > Self.width - 1 {
        lines.append(current + ",")
        current = space + part
      } else {
        current += (index == 0 ? "" : ",") + piece
      }
    }
    lines.append(current)
    return lines
  }

  /// A text without quotation marks where it can stand so.
  static func quoted(_ text: String) -> String {
    let special = Set(":#{}[],&*!|>'\"%@`\\")
    let isPlain =
      !text.isEmpty && !text.contains(where: { special.contains($0) || $0.isNewline }) && text.first != " "
      && text.last != " "
      && !"-?~=<.".contains(text.first ?? "-") && text.first?.isASCIIDigit != true
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    if text.allSatisfy({ $0.isASCIIDigit }), !text.isEmpty { return "\"" + text + "\"" }
    var result = ""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where character.isNewline: result += "\\n"
      default: result.append(character)
      }
    }
    return "\"" + result + "\""
  }
}

extension YAMLText {
  /// What was read from a campaign's file, to be written again.
  init(_ node: YAMLNode) {
    switch node.content {
    case .null: self = .plain("~")
    case .scalar(let text, let isPlain):
      self = isPlain && !YAMLText.needsQuotes(text) ? .plain(text) : .text(text)
    case .sequence(let nodes): self = .list(nodes.map { YAMLText($0) })
    case .mapping(let entries): self = .map(entries.map { Entry($0.key, YAMLText($0.value)) })
    }
  }

  /// Inside brackets a plain text may not hold what stands there for itself.
  private static func needsQuotes(_ text: String) -> Bool {
    text.contains(where: { ",[]{}#\n\"'".contains($0) }) || text.contains(": ") || text.hasSuffix(":")
  }
}

/// One `key: value`.
typealias YAMLPair = (key: String, value: YAMLText)
