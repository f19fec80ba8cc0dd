import Foundation
import XLSX

/// Reads .xlsx, .xlsm and .xltx, transitional and Strict.
struct WorkbookGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    try GridBook(workbook: Workbook(bytes: bytes, limits: limits.package), format: format, limits: limits)
  }

  /// Reads a workbook and learns what others of its kind will have in common with it.
  func read(
    _ bytes: [UInt8], format: FileFormat, limits: IntakeLimits, learning memory: WorkbookMemory
  ) throws -> GridBook {
    let workbook = try Workbook(bytes: bytes, limits: limits.package)
    let book = try GridBook(workbook: workbook, format: format, limits: limits)
    // Consolidated ones have limits of their own, and nobody sends thousands of them. A drawing may say something else in
    // the next workbook, and the memory does not read it.
    if !workbook.isConsolidated, !workbook.hasDrawings {
      memory.learn(bytes, from: workbook, note: FileFormat.allCases.firstIndex(of: format) ?? 0)
    }
    return book
  }

  /// Reads a workbook of a kind that is known; `nil` for any other.
  func read(
    _ bytes: [UInt8], limits: IntakeLimits = .default, from memory: WorkbookMemory
  ) -> (book: GridBook, format: FileFormat)? {
    guard let known = memory.read(bytes), FileFormat.allCases.indices.contains(known.note) else { return nil }
    let format = FileFormat.allCases[known.note]
    return (try? GridBook(known: known, format: format, limits: limits)).map { ($0, format) }
  }
}

extension Workbook {
  /// Whether this program consolidated it, as its sheets or its properties say.
  fileprivate var isConsolidated: Bool {
    SheetNames.areThoseOfConsolidated(sheets.map(\.name))
      || properties.application == Consolidation.application
  }
}

extension GridBook {
  /// What the forms see of a workbook: the cells with something in them, streamed sheet by sheet.
  ///
  /// Sheets that are no worksheets have no cells and are left out. Of a sheet with more than a hundred thousand filled
  /// cells only the first rows are kept (``Grid/cutBelow``); a form is rarely that far down.
  ///
  /// - Throws: `XLSXError` for a damaged sheet, or one that passes a limit.
  /// - Complexity: O(cells stored in the file)
  public init(workbook: Workbook, format: FileFormat = .xlsx, limits: IntakeLimits = .default) throws {
    var grids: [Grid] = []
    // A consolidated workbook has a row for each unit of a province, and all of them count.
    let isConsolidated = workbook.isConsolidated
    let limit = isConsolidated ? GridBounds.consolidatedCells : limits.sheetCells
    var text = TextBudget(isConsolidated ? GridBounds.consolidatedTextBytes : limits.textBytes)
    var sources: [String: SourceGrid] = [:]
    for (position, info) in workbook.sheets.enumerated() where info.kind == .worksheet {
      var taken = SourceGrid()
      let isSources = isConsolidated && info.name == SheetNames.provenance
      var count = 0
      // The lines of lists come to more than the rows of units.
      let limit = isConsolidated && info.name.contains(SheetNames.linesSuffix) ? GridBounds.listCells : limit
      var grid = try Grid(
        rows: workbook.rows(inSheetAt: position), dateSystem: workbook.dateSystem, info: info, limit: limit,
        text: &text,
        take: isSources
          ? { row, number throws(IntakeProblem) in
            guard taken.take(row, number: number) else { return false }
            count += row.count
            if count >= limit { throw IntakeProblem.tooManyCells }
            return true
          } : nil)
      if isSources { sources[info.name] = taken }
      grid.textBoxes = try workbook.textBoxes(inSheetAt: position).prefix(GridBounds.textBoxes).map {
        FloatingText(FormattedText($0.text, base: nil).seenText, over: $0.cells)
      }
      if isConsolidated, grid.cells.count >= limit { throw IntakeProblem.tooManyCells }
      grids.append(grid)
    }
    self.init(
      format: format, grids: grids, names: workbook.definedNames, modified: workbook.properties.modified,
      formulaLimit: isConsolidated ? GridBounds.consolidatedFormulas : GridBounds.formulas)
    self.sources = sources
  }

  /// What the forms see of a workbook of a kind that is known already.
  ///
  /// - Throws: `XLSXError`, as ``init(workbook:format:)``.
  init(known: WorkbookMemory.Known, format: FileFormat, limits: IntakeLimits) throws {
    var grids: [Grid] = []
    var text = TextBudget(limits.textBytes)
    for (info, rows) in known.sheets {
      grids.append(
        try Grid(
          rows: rows, dateSystem: known.dateSystem, info: info, limit: limits.sheetCells, text: &text))
    }
    self.init(
      format: format, grids: grids, names: known.definedNames, modified: known.modified,
      formulaLimit: GridBounds.formulas)
  }

  private init(
    format: FileFormat, grids: [Grid], names: [DefinedName], modified: String?, formulaLimit: Int
  ) {
    self.init(format: format, grids: grids, markers: Self.markers(among: names), modified: modified)
    computeFormulas(
      names: Dictionary(
        names.map { ($0.name.lowercased(), $0.formula) }, uniquingKeysWith: { first, _ in first }),
      limit: formulaLimit)
  }

  /// The hidden names that stand for a range.
  private static func markers(among names: [DefinedName]) -> [Marker] {
    names.compactMap { name in
      guard name.isHidden, !name.name.hasPrefix("_xlnm."), let mark = name.formula.lastIndex(of: "!"),
        let range = CellRange(name.formula[name.formula.index(after: mark)...])
      else { return nil }
      var sheet = name.formula[..<mark]
      if sheet.hasPrefix("'"), sheet.hasSuffix("'"), sheet.count >= 2 { sheet = sheet.dropFirst().dropLast() }
      return Marker(name: name.name, sheet: sheet.replacingOccurrences(of: "''", with: "'"), range: range)
    }
  }
}

/// The texts that a file may still have, counted before they fill the memory.
private struct TextBudget {
  private var rest: Int

  init(_ bytes: Int) { rest = bytes }

  mutating func take(_ text: String) throws(IntakeProblem) {
    rest -= text.utf8.count
    guard rest >= 0, text.utf8.count <= 4 * GridBounds.cellCharacters else { throw .tooMuchText }
  }
}

extension Grid {
  /// - Parameter take: Takes the filled cells of a row; where it returns `true`, the grid does not keep them.
  fileprivate init(
    rows: RowCursor, dateSystem: DateSystem, info: SheetInfo, limit: Int, text: inout TextBudget,
    take: (([(column: Int, cell: GridCell)], _ row: Int) throws(IntakeProblem) -> Bool)? = nil
  ) throws {
    var content: [(column: Int, cell: GridCell)] = []
    self.init(name: info.name, isHidden: info.visibility != .visible)
    // Days of the 1904 system count from 1,462 days later.
    let dateShift: Decimal = dateSystem == .excel1904 ? 1_462 : 0
    var looks = StyleLooks()
    while let row = try rows.next() {
      guard cells.count < limit else {
        guard row.cells.contains(where: { $0.kind != .empty || $0.hasFormula }) else { continue }
        cutBelow = cells.keys.last?.row
        break
      }
      var isUsed = false
      content.removeAll(keepingCapacity: true)
      for cell in row.cells where cell.kind != .empty || cell.hasFormula {
        guard let found = GridCell(cell, dateShift: dateShift, looks: &looks) else { continue }
        if case .text(let words) = found.value { try text.take(words) }
        if take == nil {
          cells[cell.reference] = found
        } else {
          content.append((cell.reference.column, found))
        }
        isUsed = true
      }
      if let take {
        if try take(content, row.index) { continue }
        for (column, cell) in content { cells[CellReference(row: row.index, column: column)] = cell }
      }
      if isUsed, row.isHidden || row.settings.height == 0 { hiddenRows.insert(row.index) }
    }
    merges = rows.mergedRanges
    let hidden = rows.hiddenColumns
    if !hidden.isEmpty {
      hiddenColumns = Set(cells.keys.lazy.map(\.column)).filter { column in
        hidden.contains { $0.contains(column) }
      }
    }
  }
}

/// How cells of each format look, worked out once for a format.
private struct StyleLooks {
  struct Look {
    /// What the font says of all that stands in the cell.
    var mark: LeftOut.Kind?
    /// How the number format makes numbers look.
    var number: CellAppearance?
    /// Whether a number is in the file and not on the sheet.
    var hidesNumbers: Bool
  }

  private var looks: [Look?] = []

  mutating func look(of cell: Row.Cell) -> Look {
    let index = cell.styleIndex
    if looks.indices.contains(index), let known = looks[index] { return known }
    let style = cell.style
    let look = Look(
      mark: style.font.mark, number: ShownAs(style.numberFormat).map { CellAppearance(shownAs: $0) },
      hidesNumbers: style.hidesNumbers)
    // Files that name formats which they do not have are damaged; theirs are not kept.
    guard index < 1 << 16 else { return look }
    while looks.count <= index { looks.append(nil) }
    looks[index] = look
    return look
  }
}

extension Font {
  /// What the font says of the text that is set in it.
  fileprivate var mark: LeftOut.Kind? {
    isStruckThrough ? .struck : verticalPosition == .baseline ? nil : .raised
  }
}

extension Style {
  /// Whether a number other than zero is not seen: its format says nothing (`;;;`), or it has the colour of what it stands on.
  fileprivate var hidesNumbers: Bool {
    if numberFormat.mayHide,
      CompiledNumberFormat(numberFormat, language: .chinese).text(forNumber: 1).isInvisible
    {
      return true
    }
    switch (font.color, fill) {
    case (let color?, .none): return color.isPaper
    case (let color?, .solid(let ground)): return color == ground || color.isPaper && ground.isPaper
    default: return false
    }
  }
}

extension NumberFormat {
  /// Whether a one may not be seen. What begins with a digit that is always written shows it, and so does the usual
  /// `#,##0`; `#,` in thousands may not.
  fileprivate var mayHide: Bool {
    !code.hasPrefix("0") && !code.hasPrefix("#,##0") && code != Self.general.code
  }
}

extension Color {
  /// White, as files say it: by value, as the theme's background, or of the old palette.
  fileprivate var isPaper: Bool {
    switch self {
    case .argb(let value): value & 0xFF_FFFF == 0xFF_FFFF
    case .theme(let index, let tint): index == 0 && tint == 0
    case .indexed(let index): index == 1 || index == 9
    case .automatic: false
    }
  }
}

extension FormattedText {
  /// - Parameter base: What the cell's own font says, for runs without one.
  fileprivate init(_ rich: RichText, base: LeftOut.Kind?) {
    self.init()
    for run in rich.runs { append(run.text, run.font.map(\.mark) ?? base) }
  }
}

extension GridCell {
  /// `nil` for a text cell without text.
  fileprivate init?(_ cell: Row.Cell, dateShift: Decimal, looks: inout StyleLooks) {
    var value: GridValue
    switch cell.kind {
    case .empty: value = .blank
    case .number: value = cell.number.flatMap { Decimal(shortest: $0) }.map { .number($0) } ?? .error("#NUM!")
    case .text: value = .text(cell.text ?? "")
    case .bool: value = .bool(cell.bool ?? false)
    case .error: value = .error(cell.text ?? "#VALUE!")
    }
    if case .text(let text) = value, text.isEmpty {
      guard cell.hasFormula else { return nil }
      value = .blank
    }
    let isDate = cell.kind == .number && cell.isDate
    if isDate, dateShift != 0, case .number(let serial) = value { value = .number(serial + dateShift) }
    let look = looks.look(of: cell)
    var appearance = cell.kind == .number || cell.hasFormula ? look.number : nil
    if cell.kind == .error, cell.hasMetadata {
      appearance = .blank
    } else if let rich = cell.richText {
      appearance = FormattedText(rich, base: look.mark).appearance()
    } else if let mark = look.mark, mark != .raised {
      appearance = CellAppearance(seen: .blank, leftOut: [LeftOut(mark, CellFigure.text(value))])
    } else if look.hidesNumbers, case .number(let number) = value, number != 0 {
      appearance = CellAppearance(seen: .blank, leftOut: [LeftOut(.hidden, CellFigure.text(value))])
    }
    self.init(
      value, formula: cell.hasFormula ? cell.formula?.text : nil, isDate: isDate, appearance: appearance)
  }
}
