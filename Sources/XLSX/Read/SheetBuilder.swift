/// Builds the records of a sheet from the pieces that a parser finds, whichever parser it is: what a missing reference, a
/// type, a shared formula mean is decided here, once.
struct SheetBuilder: ~Copyable {
  /// What a `t` attribute says (ECMA-376 Part 1, 18.18.11).
  enum ValueType: UInt8 {
    case number, sharedString, formulaText, inlineText, bool, error, date
  }

  /// A formula that several cells share, with the cell it is written for.
  struct Master {
    var formula: SharedFormula
    var row: Int
    var column: Int
  }

  /// Cells that one row may have; more than there are columns means that cells are repeated.
  private static let maximumCells = 1 << 16

  var batch = SheetBatch()
  /// The shared formulas met so far, which cells refer to by position.
  private(set) var masters: [Master] = []
  private var mastersByIndex: [Int: Int] = [:]
  private let dateSystem: DateSystem
  private var row = 0
  private var column = 0
  private var cell = CellRecord()
  private(set) var type: ValueType = .number
  /// Whether a formula has come, and whether one was a what-if table, of which no record is kept.
  private(set) var hasFormulas = false
  private(set) var hasDataTables = false
  /// The largest index of a shared string met so far.
  private(set) var largestSharedString = -1

  init(dateSystem: DateSystem) { self.dateSystem = dateSystem }

  /// The row that the next cell without a row of its own belongs to.
  var currentRow: Int { row }
  var currentColumn: Int { column }

  /// A copy of the batch, with what its cells refer to.
  func frozen() -> SheetBuilder {
    var copy = SheetBuilder(dateSystem: dateSystem)
    copy.masters = masters
    copy.batch = batch.copy()
    return copy
  }

  /// Drops the complete rows of the batch.
  mutating func removeCompleteRows() { batch.removeCompleteRows(pending: &cell) }

  // Rows

  /// Begins a row. Without a number it follows the one before.
  mutating func beginRow(_ number: Int?) throws {
    let index = number ?? row + 1
    guard 1...CellReference.maximumRow ~= index else { throw Self.outside("row \(index)") }
    row = index
    column = 0
    openRow(index)
  }

  private mutating func openRow(_ index: Int) {
    batch.rows.append(
      RowRecord(
        index: Int32(truncatingIfNeeded: index), firstCell: batch.cells.count, firstText: batch.text.count,
        firstFormula: batch.formulas.count, firstRichText: batch.richTexts.count))
    batch.isLastRowOpen = true
  }

  /// Takes an attribute of the `<row>` that has just begun.
  mutating func rowAttribute(_ name: XMLBytes, _ value: XMLBytes) {
    guard let last = batch.rows.indices.last else { return }
    if name == "ht" {
      batch.rows[last].height = NumberParser.parse(value) ?? .nan
    } else if name == "hidden" {
      batch.rows[last].isHidden = Self.isTrue(value)
    } else if name == "collapsed" {
      batch.rows[last].isCollapsed = Self.isTrue(value)
    } else if name == "outlineLevel" {
      batch.rows[last].outlineLevel = UInt8(clamping: min(7, Self.integer(value) ?? 0))
    } else if name == "s" {
      batch.rows[last].style = Int32(truncatingIfNeeded: min(Self.integer(value) ?? -1, 1 << 20))
    }
  }

  mutating func endRow() { batch.isLastRowOpen = false }

  // Cells

  /// Begins a cell. Without a place it follows the one before.
  @inline(__always)
  mutating func beginCell(row: Int, column: Int, style: UInt32, type: ValueType) throws {
    self.column = column
    self.type = type
    cell = CellRecord()
    cell.column = UInt16(truncatingIfNeeded: column)
    cell.style = style
    if row != self.row { try moveToRow(row) }
  }

  /// A cell that names another row than the one around it is believed: it opens that row.
  @inline(never)
  private mutating func moveToRow(_ index: Int) throws {
    row = index
    if let last = batch.rows.indices.last, batch.rows[last].firstCell == batch.cells.count,
      batch.isLastRowOpen
    {
      batch.rows[last].index = Int32(truncatingIfNeeded: index)
    } else {
      openRow(index)
    }
  }

  @inline(__always)
  mutating func endCell() throws {
    batch.cells.append(cell)
    if let last = batch.rows.last, batch.cells.count &- last.firstCell > Self.maximumCells {
      try tooManyCells()
    }
  }

  /// Notes that the cell that has just ended has metadata of its value.
  mutating func markMetadata() {
    if let last = batch.cells.indices.last { batch.cells[last].hasMetadata = true }
  }

  /// Notes that the cell that has just ended has metadata of the cell, which only formulas that spill have.
  mutating func markDynamic() {
    if let last = batch.cells.last, batch.formulas.indices.contains(Int(last.formula)) {
      batch.formulas[Int(last.formula)].isDynamic = true
    }
  }

  private func tooManyCells() throws {
    throw XLSXError(
      .malformedPart,
      "A row holds more cells than a sheet has columns; save the workbook again in Excel or WPS.")
  }

  // Values

  @inline(__always)
  mutating func setNumber(_ number: Double) {
    cell.kind = .number
    cell.bits = number.bitPattern
  }

  @inline(__always)
  mutating func setSharedString(_ index: Int) {
    if index > largestSharedString { largestSharedString = index }
    cell.kind = .sharedString
    cell.bits = UInt64(truncatingIfNeeded: index)
  }

  @inline(__always)
  mutating func setBool(_ value: Bool) {
    cell.kind = .bool
    cell.bits = value ? 1 : 0
  }

  /// Takes the text of `<v>`, references resolved, and reads it by the cell's type.
  mutating func setValue(_ bytes: XMLBytes) throws {
    switch type {
    case .number:
      if let number = NumberParser.parse(bytes) {
        setNumber(number)
      } else {
        setUnreadable(bytes)
      }
    case .sharedString:
      if let index = Self.integer(bytes), index >= 0 {
        setSharedString(index)
      } else if !Self.isBlank(bytes) {
        throw XLSXError(
          .malformedPart,
          "A cell refers to a shared string that does not exist; save the workbook again in Excel.",
          cell: CellReference(row: row, column: column))
      }
    case .formulaText, .inlineText:
      setText(bytes)
    case .bool:
      if Self.isBlank(bytes) { return }
      cell.kind = .bool
      cell.bits = Self.isTrue(bytes) ? 1 : 0
    case .error:
      if Self.isBlank(bytes) { return }
      setPlace(bytes, .error)
    case .date:
      if let serial = dateSystem.serial(fromISO8601: String(decoding: bytes, as: UTF8.self)) {
        setNumber(serial)
      } else if let number = NumberParser.parse(bytes) {
        setNumber(number)
      } else {
        setUnreadable(bytes)
      }
    }
  }

  /// What should be a number and is none is kept as text: the reader then sees what is there, and loses nothing.
  private mutating func setUnreadable(_ bytes: XMLBytes) {
    if !Self.isBlank(bytes) { setPlace(bytes, .text) }
  }

  private mutating func setPlace(_ bytes: XMLBytes, _ kind: CellRecord.Kind) {
    cell.kind = kind
    cell.bits = CellRecord.place(batch.text.count, bytes.count)
    batch.text.append(bytes)
  }

  /// Sets a text, its `_xHHHH_` escapes still in it.
  mutating func setText(_ bytes: XMLBytes) {
    let mark = batch.text.count
    batch.text.append(bytes)
    finishText(since: mark)
  }

  /// Makes what was appended to the batch's text since a mark the cell's text.
  mutating func finishText(since mark: Int) {
    EscapedText.decode(&batch.text, since: mark)
    cell.kind = .text
    cell.bits = CellRecord.place(mark, batch.text.count - mark)
  }

  /// As ``finishText(since:)``, for text whose escapes are decoded already.
  mutating func finishDecodedText(since mark: Int) {
    cell.kind = .text
    cell.bits = CellRecord.place(mark, batch.text.count - mark)
  }

  mutating func setRichText(_ rich: RichText) {
    cell.kind = .richText
    cell.bits = UInt64(batch.richTexts.count)
    batch.richTexts.append(rich)
  }

  // Formulas

  /// Takes an `<f>`: its attributes as far as they matter, and its text, references resolved.
  mutating func setFormula(type: FormulaType, sharedIndex: Int?, range: CellRange?, text: XMLBytes) {
    var record = FormulaRecord(kind: .plain)
    hasFormulas = true
    switch type {
    case .dataTable:
      // A what-if table has values only; its "formula" lies in the attributes and is kept with the file.
      hasDataTables = true
      if text.isEmpty { return }
    case .array:
      record.kind = .array
      record.range = range
    case .shared:
      if text.isEmpty {
        // A follower whose master is not there has a value and no formula.
        guard let sharedIndex, let master = mastersByIndex[sharedIndex] else { return }
        record.kind = .shared
        record.shared = master
      } else if let sharedIndex {
        mastersByIndex[sharedIndex] = masters.count
        masters.append(
          Master(formula: SharedFormula(String(decoding: text, as: UTF8.self)), row: row, column: column))
      }
    case .normal:
      if text.isEmpty { return }
    }
    record.textOffset = batch.text.count
    record.textCount = text.count
    batch.text.append(text)
    cell.formula = Int32(truncatingIfNeeded: batch.formulas.count)
    batch.formulas.append(record)
  }

  enum FormulaType {
    case normal, shared, array, dataTable

    init(_ bytes: XMLBytes) {
      self =
        bytes == "shared" ? .shared : bytes == "array" ? .array : bytes == "dataTable" ? .dataTable : .normal
    }
  }

  // Attribute values

  static func valueType(_ bytes: XMLBytes) -> ValueType {
    if bytes == "s" { return .sharedString }
    if bytes == "str" { return .formulaText }
    if bytes == "inlineStr" { return .inlineText }
    if bytes == "b" { return .bool }
    if bytes == "e" { return .error }
    if bytes == "d" { return .date }
    return .number
  }

  /// A style index; 0 for what is none.
  static func style(_ bytes: XMLBytes) -> UInt32 { integer(bytes).flatMap { UInt32(exactly: $0) } ?? 0 }

  /// A whole number, blanks around it apart; `nil` for anything else and for what no `Int32` holds.
  static func integer(_ bytes: XMLBytes) -> Int? {
    var value = 0
    var digits = 0
    var isNegative = false
    var ended = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !ended:
        value = value * 10 + Int(byte &- UInt8(ascii: "0"))
        digits += 1
        if value > Int(Int32.max) { return nil }
      case UInt8(ascii: "-") where digits == 0 && !isNegative: isNegative = true
      case 0x20, 0x09, 0x0A, 0x0D: ended = digits > 0 || isNegative
      default: return nil
      }
    }
    return digits == 0 ? nil : isNegative ? -value : value
  }

  static func isTrue(_ bytes: XMLBytes) -> Bool {
    guard let first = bytes.first(where: { !($0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09) }) else {
      return false
    }
    return first == UInt8(ascii: "1") || first | 0x20 == UInt8(ascii: "t") || bytes == "on"
  }

  private static func isBlank(_ bytes: XMLBytes) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  static func outside(_ place: String) -> XLSXError {
    XLSXError(
      .malformedPart,
      "The sheet names \(place), which lies outside the grid; save the workbook again in Excel or WPS.")
  }
}
