/// The form in which parsed cells wait to be used: flat records, no object and no `String` for a cell.
///
/// Both parsers of sheets, the byte scanner and libxml2, produce it; the row cursor and the loader consume it.
struct CellRecord {
  enum Kind: UInt8 {
    case empty
    /// `bits` is the bit pattern of the `Double`.
    case number
    /// `bits` is the index into the shared strings.
    case sharedString
    /// `bits` is a place in the batch's text.
    case text
    /// `bits` is an index into the batch's rich texts.
    case richText
    case bool
    /// `bits` is a place in the batch's text.
    case error
  }

  var bits: UInt64 = 0
  var style: UInt32 = 0
  /// Index into the batch's formulas; −1 without one.
  var formula: Int32 = -1
  var column: UInt16 = 0
  var kind: Kind = .empty
  /// Whether the value has metadata (`vm`): it stands for something that is no plain value, such as a picture.
  var hasMetadata = false

  /// Packs a place in the batch's text.
  @inline(__always)
  static func place(_ offset: Int, _ count: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: offset) << 32 | UInt64(UInt32(truncatingIfNeeded: count))
  }

  /// Adjusts the record for its row's having become the first of the batch.
  fileprivate mutating func move(to row: RowRecord) {
    switch kind {
    case .text, .error: bits = Self.place(textOffset &- row.firstText, textCount)
    case .richText: bits &-= UInt64(truncatingIfNeeded: row.firstRichText)
    default: break
    }
    if formula >= 0 { formula &-= Int32(truncatingIfNeeded: row.firstFormula) }
  }

  @inline(__always)
  var textOffset: Int { Int(bits >> 32) }
  @inline(__always)
  var textCount: Int { Int(bits & 0xFFFF_FFFF) }
}

/// One row of a batch.
struct RowRecord {
  var index: Int32
  var firstCell = 0
  /// Where the row's text begins in the batch's text.
  var firstText = 0
  var firstFormula = 0
  var firstRichText = 0
  var height = Double.nan
  var style: Int32 = -1
  var outlineLevel: UInt8 = 0
  var isHidden = false
  var isCollapsed = false

  var settings: RowSettings {
    var settings = RowSettings()
    if height.isFinite { settings.height = height }
    settings.isHidden = isHidden
    settings.isCollapsed = isCollapsed
    settings.outlineLevel = Int(outlineLevel)
    if style >= 0 { settings.style = Int(style) }
    return settings
  }
}

/// The formula of a cell of a batch.
struct FormulaRecord {
  enum Kind: UInt8 {
    case plain
    /// Fills `range`.
    case array
    /// A copy of `shared`'s formula, moved to this cell.
    case shared
  }

  var kind: Kind
  var textOffset = 0
  var textCount = 0
  var range: CellRange?
  /// Whether an array formula spills as far as its result goes (`cm`).
  var isDynamic = false
  /// Index into the sheet's shared formulas.
  var shared = -1
}

/// Some rows of a sheet. The last one may still be growing.
struct SheetBatch: ~Copyable {
  var rows: [RowRecord] = []
  var cells: [CellRecord] = []
  var formulas: [FormulaRecord] = []
  var richTexts: [RichText] = []
  var text = ByteArena()
  /// Whether the last row has not ended yet.
  var isLastRowOpen = false

  /// The same records in memory of their own.
  func copy() -> SheetBatch {
    var copy = SheetBatch()
    (copy.rows, copy.cells, copy.formulas, copy.richTexts) = (rows, cells, formulas, richTexts)
    copy.text.append(text.bytes(at: 0, count: text.count))
    copy.isLastRowOpen = isLastRowOpen
    return copy
  }

  /// Rows that are complete.
  var completeRows: Int { rows.count - (isLastRowOpen ? 1 : 0) }

  /// The cells of a row, as a range of ``cells``.
  func cells(ofRow position: Int) -> Range<Int> {
    guard rows.indices.contains(position) else { return 0..<0 }
    let next = position + 1
    return rows[position].firstCell..<(next < rows.count ? rows[next].firstCell : cells.count)
  }

  /// Drops the complete rows; what there is of an open one moves to the front.
  ///
  /// - Parameter pending: The cell that is being read, and not in the batch yet.
  mutating func removeCompleteRows(pending: inout CellRecord) {
    guard isLastRowOpen, var open = rows.last else {
      rows.removeAll(keepingCapacity: true)
      cells.removeAll(keepingCapacity: true)
      formulas.removeAll(keepingCapacity: true)
      richTexts.removeAll(keepingCapacity: true)
      text.truncate(to: 0)
      return
    }
    guard rows.count > 1 else { return }
    rows.removeFirst(rows.count - 1)
    cells.removeFirst(open.firstCell)
    formulas.removeFirst(open.firstFormula)
    richTexts.removeFirst(open.firstRichText)
    text.removeFirst(open.firstText)
    for index in cells.indices { cells[index].move(to: open) }
    pending.move(to: open)
    for index in formulas.indices { formulas[index].textOffset -= open.firstText }
    open.firstCell = 0
    open.firstText = 0
    open.firstFormula = 0
    open.firstRichText = 0
    rows[0] = open
  }
}
