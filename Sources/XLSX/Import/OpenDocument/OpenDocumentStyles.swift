/// The styles of a document as far as they decide what a cell's value means: number formats, struck, raised and hidden
/// text, tables that are not displayed (OpenDocument 1.3 Part 3, 16).
struct OpenDocumentStyles {
  private struct CellStyle {
    var parent: String?
    var dataStyle: String?
    var font = FontMarks()
  }

  /// What a style says about a font; `nil` is what its parent says.
  private struct FontMarks {
    var isStruck: Bool?
    var position: Font.VerticalPosition?

    func over(_ parent: FontMarks) -> FontMarks {
      FontMarks(isStruck: isStruck ?? parent.isStruck, position: position ?? parent.position)
    }

    var font: Font? {
      guard isStruck == true || position.map({ $0 != .baseline }) == true else { return nil }
      return Font(strikethrough: isStruck ?? false, verticalPosition: position ?? .baseline)
    }
  }

  private struct Key: Hashable {
    var style: String?
    var kind: OpenDocumentCell.Kind
  }

  /// The elements that are open, outermost first.
  private var open: [XMLElement] = []
  private var cellStyles: [String: CellStyle] = [:]
  private var textStyles: [String: FontMarks] = [:]
  private var formats: [String: String] = [:]
  private var hiddenTables: Set<String> = []
  private var indices: [Key: Int] = [:]
  private var made: [Style: Int] = [.default: 0]

  // Reading

  mutating func start(_ element: XMLElement) { open.append(element) }

  mutating func text(_ bytes: XMLBytes) {
    guard let last = open.indices.last else { return }
    open[last].text += String(decoding: bytes, as: UTF8.self)
  }

  mutating func end() {
    guard let element = open.popLast() else { return }
    if let parent = open.indices.last {
      open[parent].children.append(element)
    } else {
      take(element)
    }
  }

  private mutating func take(_ element: XMLElement) {
    guard let name = element[openDocument: "name", .odStyle] else { return }
    switch element.name {
    case "style": take(style: element, named: name)
    case "number-style", "currency-style", "percentage-style", "date-style", "time-style", "boolean-style",
      "text-style":
      formats[name] = OpenDocumentFormat.code(element)
    default: return
    }
  }

  private mutating func take(style: XMLElement, named name: String) {
    let text = style.child("text-properties")
    var marks = FontMarks()
    if let line = text?[openDocument: "text-line-through-style", .odStyle]
      ?? text?[openDocument: "text-line-through-type", .odStyle]
    {
      marks.isStruck = line != "none"
    }
    if let position = text?[openDocument: "text-position", .odStyle] {
      let word = position.split(separator: " ").first ?? ""
      let height =
        word.hasSuffix("%") ? Double(word.dropLast()) ?? 0 : word == "super" ? 1 : word == "sub" ? -1 : 0
      marks.position = height > 0 ? .superscript : height < 0 ? .subscript : .baseline
    }
    switch style[openDocument: "family", .odStyle] {
    case "table-cell":
      cellStyles[name] = CellStyle(
        parent: style[openDocument: "parent-style-name", .odStyle],
        dataStyle: style[openDocument: "data-style-name", .odStyle], font: marks)
    case "text": textStyles[name] = marks
    default:
      if style.child("table-properties")?[openDocument: "display", .odTable] == "false" {
        hiddenTables.insert(name)
      }
    }
  }

  // Asking

  func hidesTable(_ style: String) -> Bool { hiddenTables.contains(style) }

  /// The font that a text style gives; `nil` if it changes nothing that matters.
  func textFont(_ style: String) -> Font? { textStyles[style]?.font }

  /// The index of a cell's style, which is added to a workbook's if it is new there.
  ///
  /// - Parameter kind: What the value is: a date is shown as one, whatever its style says.
  mutating func index(of style: String?, _ kind: OpenDocumentCell.Kind, in styles: inout [Style]) -> Int {
    let key = Key(style: style, kind: kind)
    if let known = indices[key] { return known }
    var marks = FontMarks()
    var dataStyle: String?
    var next = style
    // Styles may name one another in a circle.
    for _ in 0..<16 {
      guard let name = next, let found = cellStyles[name] else { break }
      marks = marks.over(found.font)
      dataStyle = dataStyle ?? found.dataStyle
      next = found.parent
    }
    let format = dataStyle.flatMap { formats[$0] }.map { NumberFormat($0) } ?? .general
    let result = Style(font: marks.font ?? Font(), numberFormat: Self.fitted(format, to: kind))
    let index = made[result] ?? styles.count
    if index == styles.count { styles.append(result) }
    made[result] = index
    indices[key] = index
    return index
  }

  private static func fitted(_ format: NumberFormat, to kind: OpenDocumentCell.Kind) -> NumberFormat {
    switch kind {
    case .date: format.isDate ? format : .isoDate
    case .time: format.temporalKind == nil ? NumberFormat("[h]:mm:ss") : format
    case .percentage: format == .general ? NumberFormat("0%") : format
    case .other: format
    }
  }
}

/// A data style in Excel's notation (OpenDocument 1.3 Part 3, 16.29).
enum OpenDocumentFormat {
  static func code(_ style: XMLElement) -> String {
    let isElapsed = style[openDocument: "truncate-on-overflow", .odNumber] == "false"
    var code = ""
    for part in style.children where part.namespace.mayBe(.odNumber) {
      let isLong = part[openDocument: "style", .odNumber] == "long"
      switch part.name {
      case "number": code += number(part)
      case "scientific-number": code += number(part) + "E+00"
      case "fraction": code += "# ?/?"
      case "text": code += quoted(part.text)
      case "currency-symbol": code += quoted(part.text)
      case "year": code += isLong ? "yyyy" : "yy"
      case "month":
        let isName = part[openDocument: "textual", .odNumber] == "true"
        code += isName ? (isLong ? "mmmm" : "mmm") : isLong ? "mm" : "m"
      case "day": code += isLong ? "dd" : "d"
      case "day-of-week": code += isLong ? "dddd" : "ddd"
      case "hours": code += isElapsed ? "[h]" : isLong ? "hh" : "h"
      case "minutes": code += isLong ? "mm" : "m"
      case "seconds":
        let places = min(9, max(0, part[openDocument: "decimal-places", .odNumber].flatMap { Int($0) } ?? 0))
        code += (isLong ? "ss" : "s") + (places > 0 ? "." + String(repeating: "0", count: places) : "")
      case "am-pm": code += "AM/PM"
      case "text-content": code += "@"
      case "boolean": code += "General"
      default: continue
      }
    }
    return code.isEmpty ? "General" : code
  }

  private static func number(_ part: XMLElement) -> String {
    func count(_ name: String, _ fallback: Int) -> Int {
      min(30, max(0, part[name, .odNumber].flatMap { Int($0) } ?? fallback))
    }
    guard
      part[openDocument: "decimal-places", .odNumber] != nil
        || part[openDocument: "min-integer-digits", .odNumber] != nil,
      part[openDocument: "decimal-places", .odNumber] != nil
        || part[openDocument: "grouping", .odNumber] == "true"
        || count("min-integer-digits", 1) > 1
    else { return "General" }
    let digits = String(repeating: "0", count: count("min-integer-digits", 1))
    let whole =
      part[openDocument: "grouping", .odNumber] == "true"
      ? "#,##" + (digits.isEmpty ? "#" : digits) : digits.isEmpty ? "#" : digits
    let places = count("decimal-places", 0)
    let sure = min(places, count("min-decimal-places", places))
    let fraction = String(repeating: "0", count: sure) + String(repeating: "#", count: places - sure)
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  private static func quoted(_ text: String) -> String {
    // What every format may hold as it is; a percent sign must not be quoted.
    if text.allSatisfy({ " -/:.,()%".contains($0) }) { return text }
    return "\"" + text.replacing("\"", with: "\"\\\"\"") + "\""
  }
}

extension XMLNamespace {
  /// Whether a name is one of OpenDocument's: writers before the standard, and careless ones, have namespaces of their own.
  func mayBe(_ namespace: XMLNamespace) -> Bool { self == namespace || self == .none }
}

extension XMLAttributes {
  /// An attribute of OpenDocument.
  func openDocument(_ name: StaticString, _ namespace: XMLNamespace) -> String? {
    value(name, namespace) ?? value(name, .none)
  }
}

extension XMLElement {
  /// An attribute of OpenDocument.
  fileprivate subscript(openDocument name: String, _ namespace: XMLNamespace) -> String? {
    self[name, namespace] ?? self[name]
  }
}
