import XLSX

/// Reads comma-separated values (RFC 4180) as Excel and WPS write them in China: GB18030 or UTF-8 or UTF-16, with commas,
/// tabs or semicolons, `="0391"` for text.
///
/// A text file does not say which of its values were numbers; what looks like a plain number is taken for one.
struct CSVGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    var consumer = GridConsumer(limit: limits.sheetCells)
    try CSVText(bytes).scan(into: &consumer)
    return GridBook(format: .csv, grids: [consumer.grid])
  }
}

/// Puts the fields of a CSV into a grid.
private struct GridConsumer: CSVConsumer {
  var grid = Grid(name: "CSV")
  private var cell = CellReference(row: 1, column: 1)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func field(_ bytes: UnsafeRawBufferPointer) {
    if cell.isInGrid, grid.cutBelow == nil, let value = Self.value(bytes) {
      if grid.cells.count < limit { grid.cells[cell] = GridCell(value) } else { grid.cutBelow = cell.row }
    }
    cell.column += 1
  }

  mutating func endRecord() {
    cell = CellReference(row: cell.row + 1, column: 1)
  }

  /// What a field holds; `nil` for nothing.
  private static func value(_ bytes: UnsafeRawBufferPointer) -> GridValue? {
    if bytes.isEmpty { return nil }
    var field = String(decoding: bytes, as: UTF8.self)
    // What is no character of any text got there by mistake.
    if bytes.contains(where: { $0 < 0x20 && !(0x09...0x0D ~= $0) }) {
      field.unicodeScalars.removeAll { $0.value < 0x20 && !(0x09...0x0D ~= $0.value) }
    }
    field = CSVFormulaGuard.removed(from: field)
    // ="0391" is text whatever it looks like.
    if field.hasPrefix("=\""), field.hasSuffix("\""), field.utf8.count > 2 {
      return .text(String(field.dropFirst(2).dropLast()))
    }
    var trimmed = field[...]
    while let first = trimmed.first, first == " " || first == "\t" { trimmed.removeFirst() }
    while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
    if trimmed.isEmpty { return nil }
    if trimmed.first == "#", trimmed.last == "!" || trimmed.last == "?" || trimmed == "#N/A" {
      return .error(String(trimmed))
    }
    return PlainNumber.read(trimmed).map { .number($0) } ?? .text(field)
  }
}

/// The byte that parts the fields: the one that Excel names in a first line `sep=;`, or else the commonest of comma, tab
/// and semicolon outside quotes.
struct CSVDelimiter {
  let byte: UInt8
  /// The length of the line that names it.
  let markLength: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.count > 4, bytes.starts(with: "sep=".utf8) {
      byte = bytes[4]
      markLength = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      return
    }
    markLength = 0
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for next in bytes.prefix(1 << 16) {
      switch next {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ","), UInt8(ascii: ";"), 0x09: if !isQuoted { counts[next, default: 0] += 1 }
      default: continue
      }
    }
    let comma = UInt8(ascii: ",")
    byte = [0x09, UInt8(ascii: ";"), comma].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? comma
  }
}
