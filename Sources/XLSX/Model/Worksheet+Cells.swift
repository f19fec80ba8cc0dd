extension Worksheet {
  /// A cell in its sheet: what it holds, how it looks, what is attached to it. It is a place, not a copy: what is set is set in
  /// the sheet.
  public struct Cell {
    let sheet: Worksheet
    /// Where the cell is.
    public let reference: CellReference

    /// What the cell holds.
    public var value: CellValue {
      get { sheet[reference] }
      nonmutating set { sheet[reference] = newValue }
    }

    /// The number; of a formula the stored one.
    public var number: Double? { value.number }
    /// The text; of a formula the stored one.
    public var text: String? { value.text }
    /// Whether the cell holds nothing.
    public var isEmpty: Bool { value.isEmpty }
    /// The day and time, if the cell's number format makes its number one.
    public var date: CellDate { CellDate(sheet.date(at: reference)) }

    /// What Excel shows, with the cell's number format.
    public var displayedText: String { sheet.displayedText(at: reference) }

    /// How the cell looks.
    public var style: Style {
      get { sheet.style(at: reference) }
      nonmutating set { sheet.setStyle(newValue, at: reference) }
    }

    /// The comment on the cell.
    public var comment: CellComment? {
      get { sheet.comment(at: reference) }
      nonmutating set { sheet.setComment(newValue, at: reference) }
    }

    /// Where the cell leads.
    public var link: Hyperlink? {
      get { sheet.hyperlink(at: reference) }
      nonmutating set { sheet.setHyperlink(newValue, at: reference) }
    }
  }

  /// The cells of a range, row by row, empty ones too.
  ///
  ///     let total = sheet["B2:B9"].numbers.reduce(0, +)
  ///     sheet["A1:D1"].style.font.isBold = true
  public struct Cells: RandomAccessCollection {
    let sheet: Worksheet
    /// Which cells.
    public let range: CellRange

    /// 0, the first cell of the range.
    public var startIndex: Int { 0 }
    /// How many cells the range has.
    public var endIndex: Int { range.count }

    /// A cell by its place, counted along the rows from 0.
    public subscript(index: Int) -> Cell {
      let width = range.columns.count
      return Cell(
        sheet: sheet,
        reference: CellReference(
          row: range.first.row + index / width, column: range.first.column + index % width))
    }

    /// The numbers among the values, in order.
    ///
    /// - Complexity: O(stored cells of the range's rows)
    public var numbers: [Double] { stored.compactMap(\.number) }

    /// The texts among the values, in order.
    public var texts: [String] { stored.compactMap(\.text) }

    /// All values, in order, ``CellValue/empty`` for empty cells.
    public var values: [CellValue] { map(\.value) }

    /// The values that are there, in order.
    private var stored: [CellValue] {
      let rows = sheet.content.cells.rows
      var values: [CellValue] = []
      for row in rows[rows.binarySearch(range.first.row, by: \.index).insertion...] {
        if row.index > range.last.row { break }
        for cell in row.cells where range.columns.contains(cell.column) { values.append(cell.value) }
      }
      return values
    }

    /// How the cells look. What is changed of it is changed in every cell, and the rest of each cell's look stays; read, it is
    /// the look of the first cell.
    public var style: Style {
      get { sheet.style(at: range.first) }
      nonmutating _modify {
        let old = sheet.style(at: range.first)
        var new = old
        yield &new
        sheet.changeStyle(for: range) { $0.take(changesFrom: old, to: new) }
      }
    }

    /// Fills the cells with values, row by row; what is left over on either side stays as it is.
    public func fill(with values: some Sequence<CellValue>) {
      for (cell, value) in zip(self, values) { cell.value = value }
    }
  }

  /// The cells of a range.
  @_disfavoredOverload
  public subscript(range: CellRange) -> Cells { Cells(sheet: self, range: range) }

  /// The cells of a range, where the range is no literal.
  public func cells(_ range: CellRange) -> Cells { Cells(sheet: self, range: range) }

  /// One cell.
  public func cell(_ reference: CellReference) -> Cell { Cell(sheet: self, reference: reference) }

  /// A column from its first row to the sheet's last one that holds something.
  ///
  ///     sheet.column("C").numbers.reduce(0, +)
  public func column(_ column: ColumnRange) -> Cells {
    let last = usedRange?.last.row ?? 1
    return Cells(
      sheet: self,
      range: CellRange(
        CellReference(row: 1, column: column.indices.lowerBound),
        CellReference(row: last, column: column.indices.upperBound)))
  }

  /// A column by its number, from 1.
  public func column(_ column: Int) -> Cells { self.column(ColumnRange(column...column)) }

  /// The rows from the first to the last that holds something, by number:
  ///
  ///     for row in sheet.rows { print(row.cells.map(\.displayedText)) }
  ///     sheet.rows[3].isHidden = true
  public var rows: Rows { Rows(sheet: self) }

  /// The rows of a sheet, by number from 1.
  public struct Rows: RandomAccessCollection {
    let sheet: Worksheet

    /// 1, the first row.
    public var startIndex: Int { 1 }
    /// The row behind the last one that holds something.
    public var endIndex: Int { (sheet.usedRange?.last.row ?? 0) + 1 }

    /// A row, also one behind the last that holds something.
    public subscript(row: Int) -> Row { Row(sheet: sheet, index: row) }

    /// The rows as the file has them, streamed: for one pass over many cells.
    ///
    ///     let rows = try sheet.rows()
    ///
    /// - Throws: As ``Worksheet/cursor()``.
    public func callAsFunction() throws -> RowCursor { try sheet.cursor() }
  }

  /// A row in its sheet.
  public struct Row {
    let sheet: Worksheet
    /// The row's number, from 1.
    public let index: Int

    /// The cells from column A to the last one that is stored.
    public var cells: Cells {
      let last = sheet.content.cells.row(index)?.cells.last?.column ?? 0
      return Cells(
        sheet: sheet,
        range: CellRange(
          CellReference(row: index, column: 1), CellReference(row: index, column: max(last, 1))))
    }

    /// One cell, by its column.
    public subscript(column: ColumnRange) -> Cell {
      sheet.cell(CellReference(row: index, column: column.indices.lowerBound))
    }

    /// In points; `nil` is the sheet's default.
    public var height: Double? {
      get { sheet.rowSettings(index).height }
      nonmutating set { sheet.setRowHeight(newValue, for: index) }
    }

    /// Whether the row is hidden.
    public var isHidden: Bool {
      get { sheet.rowSettings(index).isHidden }
      nonmutating set { sheet.hideRows(index, newValue) }
    }

    /// How far the row is folded in: 0 (not at all) to 7.
    public var outlineLevel: Int {
      get { sheet.rowSettings(index).outlineLevel }
      nonmutating set { sheet.updateRows(index...index) { $0.outlineLevel = newValue } }
    }
  }

  /// The columns, by letters or number:
  ///
  ///     sheet.columns["B"].width = 20
  ///     sheet.columns["D:F"].isHidden = true
  public var columns: Columns { Columns(sheet: self) }

  /// The columns of a sheet.
  public struct Columns {
    let sheet: Worksheet

    /// One column, or several that get the same.
    public subscript(columns: ColumnRange) -> Column { Column(sheet: sheet, columns: columns) }
    /// One column by its number, from 1.
    public subscript(column: Int) -> Column { self[ColumnRange(column...column)] }
  }

  /// A column in its sheet, or several side by side. What is read is the first one's.
  public struct Column {
    let sheet: Worksheet
    /// Which columns.
    public let columns: ColumnRange

    private var settings: ColumnSettings { sheet.columnSettings(columns.indices.lowerBound) }

    /// In characters of the default font; `nil` is the sheet's default.
    public var width: Double? {
      get { settings.width }
      nonmutating set { sheet.setColumnWidth(newValue, for: columns) }
    }

    /// Whether the column is hidden.
    public var isHidden: Bool {
      get { settings.isHidden }
      nonmutating set { sheet.hideColumns(columns, newValue) }
    }

    /// How far the column is folded in: 0 (not at all) to 7.
    public var outlineLevel: Int {
      get { settings.outlineLevel }
      nonmutating set { sheet.updateColumns(columns.indices) { $0.outlineLevel = newValue } }
    }

    /// The cells down to the sheet's last row that holds something.
    public var cells: Cells { sheet.column(columns) }
  }

  /// Makes columns as wide as what they show; ``autofitColumns(_:minimum:maximum:)`` says how.
  public func autoFit(_ columns: ColumnRange? = nil) { autofitColumns(columns) }
}
