/// The `Styles` of an XML Spreadsheet 2003: number formats, and struck or raised text.
struct SpreadsheetMLStyles {
  private struct Entry {
    var parent: String?
    var format: NumberFormat?
    var isStruck: Bool?
    var position: Font.VerticalPosition?
  }

  /// The elements that are open, outermost first.
  private var open: [XMLElement] = []
  private var entries: [String: Entry] = [:]
  private var indices: [String?: Int] = [:]
  private var made: [Style: Int] = [.default: 0]

  mutating func start(_ element: XMLElement) { open.append(element) }

  mutating func end() {
    guard let element = open.popLast() else { return }
    if let parent = open.indices.last {
      open[parent].children.append(element)
    } else if element.name == "Style", let id = element.spreadsheet("ID") {
      let font = element.child("Font")
      var entry = Entry(parent: element.spreadsheet("Parent"))
      entry.format = element.child("NumberFormat").map { Self.format($0.spreadsheet("Format") ?? "General") }
      entry.isStruck = font?.spreadsheet("StrikeThrough").map { $0 == "1" }
      entry.position = font?.spreadsheet("VerticalAlign").map {
        $0 == "Superscript" ? .superscript : $0 == "Subscript" ? .subscript : .baseline
      }
      entries[id] = entry
    }
  }

  /// The index of a style, which is added to a workbook's if it is new there. Without one a cell has the style `Default`.
  mutating func index(of id: String?, in styles: inout [Style]) -> Int {
    if let known = indices[id] { return known }
    var entry = Entry()
    var next = id ?? "Default"
    // Styles may name one another in a circle.
    for _ in 0..<16 {
      guard let found = entries[next] else { break }
      entry.format = entry.format ?? found.format
      entry.isStruck = entry.isStruck ?? found.isStruck
      entry.position = entry.position ?? found.position
      next = found.parent ?? (next == "Default" ? "" : "Default")
    }
    let style = Style(
      font: Font(strikethrough: entry.isStruck ?? false, verticalPosition: entry.position ?? .baseline),
      numberFormat: entry.format ?? .general)
    let index = made[style] ?? styles.count
    if index == styles.count { styles.append(style) }
    made[style] = index
    indices[id] = index
    return index
  }

  /// The formats that have names instead of codes.
  private static func format(_ name: String) -> NumberFormat {
    switch name {
    case "General Number": .general
    case "General Date": "m/d/yyyy h:mm"
    case "Long Date": "yyyy\"年\"m\"月\"d\"日\""
    case "Medium Date": "d-mmm-yy"
    case "Short Date": "yyyy/m/d"
    case "Long Time": "h:mm:ss"
    case "Medium Time": "h:mm AM/PM"
    case "Short Time": "h:mm"
    case "Currency", "Euro Currency": "#,##0.00"
    case "Fixed": "0.00"
    case "Standard": "#,##0.00"
    case "Percent": "0.00%"
    case "Scientific": "0.00E+00"
    case "Yes/No", "True/False", "On/Off": .general
    default: NumberFormat(name)
    }
  }
}

extension XMLElement {
  /// An attribute of XML Spreadsheet 2003, whose prefix some writers leave out.
  fileprivate func spreadsheet(_ name: String) -> String? { self[name, .spreadsheet2003] ?? self[name] }
}
