/// One `table:table-cell` while it is read: its attributes, and its paragraphs as far as they have come.
struct OpenDocumentCell {
  /// What `office:value-type` says, as far as it matters for how the number is shown.
  enum Kind: Hashable {
    case other, date, time, percentage
  }

  private(set) var repetitions = 1
  private(set) var span = (rows: 1, columns: 1)
  private(set) var style: String?
  private(set) var formula: String?
  private(set) var kind = Kind.other
  private var typed: CellValue?
  private var isError = false
  private var stringValue: String?
  /// The text, in runs that differ in their fonts.
  private var runs: [RichText.Run] = []
  private var hasParagraph = false
  /// The fonts of the elements that are open inside the paragraph.
  private var fonts: [Font?] = []

  init() {}

  init(_ attributes: XMLAttributes) {
    repetitions = OpenDocumentHandler.count(
      attributes.openDocument("number-columns-repeated", .odTable), limit: CellReference.maximumColumn)
    span.rows = OpenDocumentHandler.count(
      attributes.openDocument("number-rows-spanned", .odTable), limit: CellReference.maximumRow)
    span.columns = OpenDocumentHandler.count(
      attributes.openDocument("number-columns-spanned", .odTable), limit: CellReference.maximumColumn)
    style = attributes.openDocument("style-name", .odTable)
    formula = attributes.openDocument("formula", .odTable).flatMap(OpenFormula.excel)
    isError = attributes.value("value-type", .calcExtension) == "error"
    stringValue = attributes.openDocument("string-value", .odOffice)
    switch attributes.openDocument("value-type", .odOffice) ?? attributes.value("value-type", .calcExtension)
    {
    case "float", "currency", "percentage":
      if attributes.openDocument("value-type", .odOffice) == "percentage" { kind = .percentage }
      typed = attributes.openDocument("value", .odOffice).flatMap(Self.number)
    case "date":
      kind = .date
      typed = attributes.openDocument("date-value", .odOffice).flatMap(OpenDocumentTime.serial(ofDate:)).map {
        .number($0)
      }
    case "time":
      kind = .time
      typed = attributes.openDocument("time-value", .odOffice).flatMap(OpenDocumentTime.days(ofDuration:)).map
      { .number($0) }
    case "boolean":
      typed = attributes.openDocument("boolean-value", .odOffice).map { .bool($0 == "true" || $0 == "1") }
    default: break
    }
    // A date or a time that cannot be read is what is shown.
    if typed == nil { kind = .other }
  }

  private static func number(_ text: String) -> CellValue? {
    var text = text.trimmingXMLSpace
    return text.withUTF8 { NumberParser.parse($0) }.map { .number($0) }
  }

  // Paragraphs

  mutating func beginParagraph() {
    if hasParagraph { append("\n") }
    hasParagraph = true
    fonts = [nil]
  }

  /// Begins an element inside a paragraph.
  ///
  /// - Returns: Whether its text belongs to the cell's.
  mutating func start(_ element: XMLStart, styles: OpenDocumentStyles) -> Bool {
    if element.name == "annotation" || element.name == "ruby-text" || element.name == "note"
      || element.name == "frame"
    {
      return false
    }
    if element.name == "s" {
      let count = OpenDocumentHandler.count(element.attributes.openDocument("c", .odText), limit: 1_000)
      append(String(repeating: " ", count: count))
    } else if element.name == "tab" {
      append("\t")
    } else if element.name == "line-break" {
      append("\n")
    }
    var font = fonts.last ?? nil
    if element.name == "span", let name = element.attributes.openDocument("style-name", .odText) {
      font = styles.textFont(name) ?? font
    }
    fonts.append(font)
    return true
  }

  mutating func end() { _ = fonts.popLast() }

  mutating func append(_ bytes: XMLBytes) { append(String(decoding: bytes, as: UTF8.self)) }

  private mutating func append(_ text: String) {
    let font = fonts.last ?? nil
    if let last = runs.indices.last, runs[last].font == font {
      runs[last].text += text
    } else {
      runs.append(.init(text, font: font))
    }
  }

  // What it holds

  func value() -> CellValue {
    if isError {
      let shown = RichText(runs).plainText
      return shown.isEmpty ? .empty : .error(CellError(shown))
    }
    if let typed { return typed }
    let text = RichText(runs)
    let plain = text.plainText
    // OpenDocument 1.3 Part 3, 19.387: the attribute counts where it stands beside paragraphs.
    if let stringValue, !stringValue.isEmpty, stringValue != plain { return .text(stringValue) }
    if plain.isEmpty { return .empty }
    if formula != nil, CellError.names.contains(plain) { return .error(CellError(plain)) }
    return text.hasFonts ? .richText(text) : .text(plain)
  }
}

extension CellError {
  /// The errors that every spreadsheet program has.
  static let names: Set<String> = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A",
  ]
}

/// Dates and durations as OpenDocument writes them.
enum OpenDocumentTime {
  /// The serial of an ISO 8601 date, with its time of day if it has one, in days from 1899-12-30.
  static func serial(ofDate text: String) -> Double? {
    guard let date = CalendarDateTime(iso8601: text.trimmingXMLSpace), date.day > 0 else { return nil }
    let days = DateSystem.daysSince1970(year: date.year, month: date.month, day: date.day) + 25_569
    let seconds = date.hour * 3_600 + date.minute * 60 + date.second
    return Double(days) + (Double(seconds) * 1_000 + Double(date.millisecond)) / 86_400_000
  }

  /// The days that an ISO 8601 duration lasts: `PT26H30M` is 1.104…
  static func days(ofDuration text: String) -> Double? {
    var rest = text.trimmingXMLSpace[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative { rest.removeFirst() }
    guard rest.popFirst() == "P" else { return nil }
    var seconds = 0.0
    var isTime = false
    while let first = rest.first {
      if first == "T" {
        isTime = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits.replacing(",", with: ".")), let unit = rest.popFirst() else {
        return nil
      }
      switch (unit, isTime) {
      case ("D", false): seconds += number * 86_400
      case ("H", true): seconds += number * 3_600
      case ("M", true): seconds += number * 60
      case ("S", true): seconds += number
      // Months and years have no length of their own.
      default: return nil
      }
    }
    return (isNegative ? -seconds : seconds) / 86_400
  }
}
