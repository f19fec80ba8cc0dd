/// Reads XML Spreadsheet 2003 (Microsoft, "XML Spreadsheet Reference", 2001–2003), which office systems save under the name
/// of an .xls.
enum SpreadsheetMLReader {
  static func read(_ bytes: [UInt8], limits: Limits, into book: ImportedBook) throws {
    let handler = SpreadsheetMLHandler(book)
    let parser = try XMLPushParser(part: "Workbook", limits: limits, handler: handler)
    // Nothing may stand before the declaration; pages that make such files often begin with an empty line.
    let start = bytes.firstIndex { !($0 == 0x20 || 0x09...0x0D ~= $0) } ?? 0
    try bytes.withUnsafeBytes { all in
      let name = subset(all, from: start)
      try parser.feed(UnsafeRawBufferPointer(rebasing: all[start..<name.lowerBound]))
      if !name.isEmpty { try parser.feed("GB18030") }
      try parser.feed(UnsafeRawBufferPointer(rebasing: all[name.upperBound...]))
    }
    try parser.finish()
  }

  /// Where the declaration names GB2312 or GBK; empty if it does not. What calls itself so has characters of GB18030, of which
  /// both are parts.
  private static func subset(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Range<Int> {
    let declaration = bytes[start..<min(start + 200, bytes.count)].prefix { $0 != UInt8(ascii: ">") }
    for name in ["gb2312", "gbk"] {
      let wanted = Array(name.utf8)
      var index = declaration.startIndex
      while index + wanted.count <= declaration.endIndex {
        if zip(declaration[index...], wanted).allSatisfy({ $0 | 0x20 == $1 }) {
          return index..<(index + wanted.count)
        }
        index += 1
      }
    }
    return start..<start
  }
}

/// Takes the elements of the text as libxml2 finds them.
private final class SpreadsheetMLHandler: XMLHandler {
  private enum Place {
    case outside, styles, worksheet, table, row, cell, data, options
    case ignored
  }

  private let book: ImportedBook
  private var places: [Place] = []
  private var styles = SpreadsheetMLStyles()
  /// The names of sheets that are not visible come after their rows.
  private var sheet: ImportedSheet?
  /// What the option that is being read says.
  private var option = ""
  private var optionText = ""

  // The place of the next row, column and cell.
  private var row = 1
  private var nextRow = 1
  private var column = 1
  private var rowStyle: String?
  private var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []
  private var nextColumn = 1

  // The cell being read.
  private var cellStyle: String?
  private var type = ""
  private var text = RichText([])
  private var fonts: [Font?] = []
  private var across = 0
  private var down = 0

  init(_ book: ImportedBook) {
    self.book = book
    book.styles = [.default]
  }

  func start(_ element: XMLStart) throws {
    switch places.last ?? .outside {
    case .ignored: places.append(.ignored)
    case .styles:
      styles.start(XMLElement(element))
      places.append(.styles)
    case .data:
      let font = Self.font(element, over: fonts.last ?? nil)
      fonts.append(font)
      places.append(.data)
    case .cell: startData(element)
    case .options:
      option = String(decoding: element.name, as: UTF8.self)
      optionText = ""
      places.append(.options)
    case .outside, .worksheet, .table, .row: try startElement(element)
    }
  }

  private func startElement(_ element: XMLStart) throws {
    let attributes = element.attributes
    if element.name == "Workbook" {
      places.append(.outside)
    } else if element.name == "Styles" {
      places.append(.styles)
    } else if element.name == "WorksheetOptions" || element.name == "ExcelWorkbook" {
      places.append(.options)
    } else if element.name == "Worksheet" {
      sheet = try book.addSheet(named: Self.value("Name", attributes) ?? "")
      places.append(.worksheet)
    } else if element.name == "Table", sheet != nil {
      nextRow = 1
      nextColumn = 1
      columnStyles = []
      places.append(.table)
    } else if element.name == "Column", places.last == .table {
      try takeColumn(attributes)
      places.append(.ignored)
    } else if element.name == "Row", places.last == .table, sheet?.isFull == false {
      beginRow(attributes)
      places.append(.row)
    } else if element.name == "Cell", places.last == .row {
      beginCell(attributes)
      places.append(.cell)
    } else {
      places.append(.ignored)
    }
  }

  private func startData(_ element: XMLStart) {
    guard element.name == "Data", type.isEmpty else { return places.append(.ignored) }
    type = Self.value("Type", element.attributes) ?? "String"
    fonts = [nil]
    places.append(.data)
  }

  func end() throws {
    switch places.popLast() ?? .outside {
    case .styles: styles.end()
    case .data: _ = fonts.popLast()
    case .cell: try endCell()
    case .options: takeOption()
    case .worksheet: sheet = nil
    case .outside, .table, .row, .ignored: break
    }
  }

  func text(_ bytes: XMLBytes) throws {
    switch places.last {
    case .data:
      let font = fonts.last ?? nil
      let piece = String(decoding: bytes, as: UTF8.self)
      if let last = text.runs.indices.last, text.runs[last].font == font {
        text.runs[last].text += piece
      } else {
        text.runs.append(.init(piece, font: font))
      }
    case .options: optionText += String(decoding: bytes, as: UTF8.self)
    default: break
    }
  }

  // What surrounds the cells

  private func takeOption() {
    let value = optionText.trimmingXMLSpace
    switch option {
    case "Date1904":
      if value != "0", value.lowercased() != "false" { book.dateSystem = .excel1904 }
    case "Visible":
      guard places.contains(where: { $0 == .worksheet }), let last = book.sheets.indices.last else { break }
      if value == "SheetHidden" { book.sheets[last].info.visibility = .hidden }
      if value == "SheetVeryHidden" { book.sheets[last].info.visibility = .veryHidden }
    default: break
    }
    option = ""
  }

  private func takeColumn(_ attributes: XMLAttributes) throws {
    let first = Self.number("Index", attributes) ?? nextColumn
    guard 1...CellReference.maximumColumn ~= first else { return }
    let span = min(max(0, Self.number("Span", attributes) ?? 0), CellReference.maximumColumn - first)
    let columns = first...(first + span)
    nextColumn = columns.upperBound + 1
    if Self.isHidden(attributes, size: "Width") { try sheet?.hide(columns: columns) }
    if let style = Self.value("StyleID", attributes),
      columnStyles.last.map({ $0.columns.upperBound < first }) ?? true
    {
      columnStyles.append((columns, style))
    }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    row =
      Self.number("Index", attributes).flatMap { 1...CellReference.maximumRow ~= $0 ? $0 : nil } ?? nextRow
    let span = min(max(0, Self.number("Span", attributes) ?? 0), CellReference.maximumRow)
    nextRow = min(row + span, CellReference.maximumRow) + 1
    if Self.isHidden(attributes, size: "Height") {
      for hidden in row..<nextRow where hidden - row < 10_000 { sheet?.hide(row: hidden) }
    }
    rowStyle = Self.value("StyleID", attributes)
    column = 1
  }

  private func beginCell(_ attributes: XMLAttributes) {
    if let index = Self.number("Index", attributes), 1...CellReference.maximumColumn ~= index {
      column = index
    }
    cellStyle = Self.value("StyleID", attributes)
    across = min(max(0, Self.number("MergeAcross", attributes) ?? 0), CellReference.maximumColumn)
    down = min(max(0, Self.number("MergeDown", attributes) ?? 0), CellReference.maximumRow)
    type = ""
    text = RichText([])
  }

  private func endCell() throws {
    let place = CellReference(row: row, column: column)
    column = min(column + 1 + across, CellReference.maximumColumn + 1)
    guard let sheet, place.isInGrid else { return }
    if across + down > 0 { try sheet.merge(CellRange(place, place.offset(rows: down, columns: across))) }
    let value = self.value()
    guard value != .empty else { return }
    let style = styles.index(of: cellStyle ?? rowStyle ?? columnStyle(at: place.column), in: &book.styles)
    try sheet.put(value, at: place, style: style)
  }

  private func columnStyle(at column: Int) -> String? {
    var low = 0
    var high = columnStyles.count
    while low < high {
      let middle = (low + high) / 2
      if columnStyles[middle].columns.upperBound < column { low = middle + 1 } else { high = middle }
    }
    return low < columnStyles.count && columnStyles[low].columns.contains(column)
      ? columnStyles[low].style : nil
  }

  /// What the cell holds; what should be a number or a date and is none stays the text it is.
  private func value() -> CellValue {
    let plain = text.plainText
    if plain.isEmpty { return .empty }
    var word = plain.trimmingXMLSpace
    switch type {
    case "Number":
      if let number = word.withUTF8({ NumberParser.parse($0) }) { return .number(number) }
    case "Boolean": return .bool(word == "1" || word.lowercased() == "true")
    case "DateTime":
      if let serial = Self.serial(word, book.dateSystem) { return .number(serial) }
    case "Error": return .error(CellError(word))
    default: break
    }
    return text.hasFonts ? .richText(text) : .text(plain)
  }

  /// The serial of a date; a time without a day stands on the day before the first one.
  private static func serial(_ text: String, _ system: DateSystem) -> Double? {
    if let serial = system.serial(fromISO8601: text) { return serial }
    guard let date = CalendarDateTime(iso8601: text), date.day > 0 else { return nil }
    let days = DateSystem.daysSince1970(year: date.year, month: date.month, day: date.day)
    let seconds = date.hour * 3_600 + date.minute * 60 + date.second
    let serial = Double(days) + (Double(seconds) * 1_000 + Double(date.millisecond)) / 86_400_000
    return system == .excel1900 ? serial + 25_568 : serial + 24_107
  }

  private static func font(_ element: XMLStart, over font: Font?) -> Font? {
    var result = font ?? Font()
    if element.name == "S" || element.name == "Strike" || element.name == "s" {
      result.isStruckThrough = true
    } else if element.name == "Sup" {
      result.verticalPosition = .superscript
    } else if element.name == "Sub" {
      result.verticalPosition = .subscript
    } else {
      return font
    }
    return result
  }

  // Attributes: in the format's own namespace; some writers leave the prefix out.

  static func value(_ name: StaticString, _ attributes: XMLAttributes) -> String? {
    attributes.value(name, .spreadsheet2003) ?? attributes.value(name, .none)
  }

  private static func number(_ name: StaticString, _ attributes: XMLAttributes) -> Int? {
    value(name, attributes).flatMap { Int($0.trimmingXMLSpace) }
  }

  private static func isHidden(_ attributes: XMLAttributes, size: StaticString) -> Bool {
    if let hidden = value("Hidden", attributes) { return hidden == "1" || hidden.lowercased() == "true" }
    return value(size, attributes).flatMap { Double($0) } == 0
  }
}
