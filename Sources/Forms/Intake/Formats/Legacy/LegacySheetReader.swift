import Foundation
import XLSX

/// Reads the records of one sheet ([MS-XLS] 2.1.7.20.5).
struct LegacySheetReader {
  private(set) var grid: Grid
  private let globals: LegacyGlobals
  private let offset: Int
  private var hiddenRows: Set<Int> = []
  private var hiddenColumns: [ClosedRange<Int>] = []
  /// A formula whose text result comes in the next record.
  private var pendingText: CellReference?

  init(_ sheet: LegacyGlobals.Sheet, globals: LegacyGlobals) {
    grid = Grid(name: sheet.name, isHidden: sheet.isHidden)
    self.globals = globals
    offset = sheet.offset
  }

  /// - Throws: ``IntakeProblem`` if the sheet is not there or has no end.
  mutating func read(_ stream: [UInt8]) throws(IntakeProblem) {
    var records = LegacyRecords(stream, at: offset)
    guard let start = records.next(), start.type == 0x0809 else { throw .truncated }
    // Charts inside the sheet are substreams of their own.
    var depth = 1
    while depth > 0 {
      guard let record = records.next() else { throw .truncated }
      switch record.type {
      case 0x0809: depth += 1
      case 0x000A: depth -= 1
      default: if depth == 1 { take(record) }
      }
    }
    let used = Set(grid.cells.keys.map(\.column))
    grid.hiddenRows = hiddenRows.intersection(grid.cells.keys.map(\.row))
    let runs = hiddenColumns
    grid.hiddenColumns = used.filter { column in runs.contains { $0.contains(column) } }
  }

  private mutating func take(_ record: LegacyRecords.Record) {
    switch record.type {
    case 0x0208: takeRow(record.data)
    case 0x007D: takeColumns(record.data)
    case 0x00E5: takeMerges(record.data)
    case 0x0203:
      guard let bits = bits(record.data, at: 6) else { return }
      put(number: Double(bitPattern: bits), record.data)
    case 0x027E:
      guard let value = record.data.uint32(at: 6) else { return }
      put(number: Self.number(compressed: value), record.data)
    case 0x00BD: takeNumbers(record.data)
    case 0x00FD:
      guard let index = record.data.uint32(at: 6), globals.strings.indices.contains(index) else { return }
      put(text: globals.strings[index], record.data)
    case 0x0204, 0x00D6:
      if let text = globals.string(record, at: 6) { put(text: text, record.data) }
    case 0x0205: takeBoolOrError(record.data, at: 6)
    case 0x0006, 0x0206, 0x0406: takeFormula(record.data)
    case 0x0207:
      guard let cell = pendingText else { return }
      pendingText = nil
      if let text = globals.string(record, at: 0), !text.isEmpty { put(.text(text), at: cell) }
    default: return
    }
  }

  private mutating func takeRow(_ data: ByteReader) {
    guard let row = data.uint16(at: 0), let options = data.uint16(at: 12), options & 0x20 != 0 else { return }
    hiddenRows.insert(row + 1)
  }

  private mutating func takeColumns(_ data: ByteReader) {
    guard let first = data.uint16(at: 0), let last = data.uint16(at: 2), let options = data.uint16(at: 8),
      options & 1 != 0, first <= last
    else { return }
    hiddenColumns.append(first + 1...last + 1)
  }

  private mutating func takeMerges(_ data: ByteReader) {
    guard let count = data.uint16(at: 0) else { return }
    for index in 0..<count {
      let start = 2 + 8 * index
      guard let top = data.uint16(at: start), let bottom = data.uint16(at: start + 2),
        let left = data.uint16(at: start + 4), let right = data.uint16(at: start + 6)
      else { return }
      let range = CellRange(
        CellReference(row: top + 1, column: left + 1), CellReference(row: bottom + 1, column: right + 1))
      if !range.isSingleCell { grid.merges.append(range) }
    }
  }

  /// MULRK: one row's numbers, each with a format of its own.
  private mutating func takeNumbers(_ data: ByteReader) {
    guard let row = data.uint16(at: 0), let first = data.uint16(at: 2) else { return }
    for index in 0..<max(0, (data.bytes.count - 6) / 6) {
      guard let format = data.uint16(at: 4 + 6 * index), let value = data.uint32(at: 6 + 6 * index) else {
        return
      }
      put(
        number: Self.number(compressed: value), at: CellReference(row: row + 1, column: first + index + 1),
        format: format)
    }
  }

  private mutating func takeBoolOrError(_ data: ByteReader, at offset: Int) {
    guard let cell = cell(data), let bytes = data.slice(at: offset, count: 2) else { return }
    let value = bytes[bytes.startIndex]
    put(bytes[bytes.startIndex + 1] == 0 ? .bool(value != 0) : .error(Self.error(value)), at: cell)
  }

  /// The stored result of a formula ([MS-XLS] 2.5.133): a number, or a mark and what it marks.
  private mutating func takeFormula(_ data: ByteReader) {
    guard let cell = cell(data), let result = data.slice(at: 6, count: 8), let bits = bits(data, at: 6) else {
      return
    }
    pendingText = nil
    let start = result.startIndex
    guard result[start + 6] == 0xFF, result[start + 7] == 0xFF else {
      return put(number: Double(bitPattern: bits), data)
    }
    switch result[start] {
    case 0: pendingText = cell
    case 1: put(.bool(result[start + 2] != 0), at: cell)
    case 2: put(.error(Self.error(result[start + 2])), at: cell)
    default: return
    }
  }

  private func cell(_ data: ByteReader) -> CellReference? {
    guard let row = data.uint16(at: 0), let column = data.uint16(at: 2) else { return nil }
    return CellReference(row: row + 1, column: column + 1)
  }

  private mutating func put(text: String, _ data: ByteReader) {
    if let cell = cell(data), !text.isEmpty { put(.text(text), at: cell) }
  }

  private mutating func put(number: Double, _ data: ByteReader) {
    if let cell = cell(data) { put(number: number, at: cell, format: data.uint16(at: 4) ?? 0) }
  }

  private mutating func put(number: Double, at cell: CellReference, format: Int) {
    let isDate = globals.areDates.indices.contains(format) && globals.areDates[format]
    guard let value = Decimal(shortest: number) else { return put(.error("#NUM!"), at: cell) }
    // Days of the 1904 system count from 1,462 days later.
    put(.number(isDate && globals.is1904 ? value + 1_462 : value), at: cell, isDate: isDate)
  }

  private mutating func put(_ value: GridValue, at cell: CellReference, isDate: Bool = false) {
    guard grid.cells.count < GridBounds.cells, cell.isInGrid else { return }
    grid.cells[cell] = GridCell(value, isDate: isDate)
  }

  private func bits(_ data: ByteReader, at offset: Int) -> UInt64? {
    guard let low = data.uint32(at: offset), let high = data.uint32(at: offset + 4) else { return nil }
    return UInt64(high) << 32 | UInt64(low)
  }

  /// An RK number ([MS-XLS] 2.5.217): 30 bits of an integer or of a double, perhaps a hundredfold.
  static func number(compressed value: Int) -> Double {
    let isInteger = value & 2 != 0
    let number =
      isInteger
      ? Double(Int32(truncatingIfNeeded: value) >> 2)
      : Double(bitPattern: UInt64(UInt32(truncatingIfNeeded: value) & 0xFFFF_FFFC) << 32)
    return value & 1 != 0 ? number / 100 : number
  }

  private static func error(_ code: UInt8) -> String {
    switch code {
    case 0x00: "#NULL!"
    case 0x07: "#DIV/0!"
    case 0x0F: "#VALUE!"
    case 0x17: "#REF!"
    case 0x1D: "#NAME?"
    case 0x24: "#NUM!"
    default: "#N/A"
    }
  }
}
