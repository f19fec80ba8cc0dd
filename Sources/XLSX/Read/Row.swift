/// One row that a ``RowCursor`` has read.
public struct Row {
  let context: RowContext
  let record: RowRecord
  let position: Int

  /// The row's number, from 1.
  public var index: Int { Int(record.index) }
  /// Whether the row is hidden.
  public var isHidden: Bool { record.isHidden }
  /// Height, visibility and outline.
  public var settings: RowSettings { record.settings }

  /// The cells that the file stores, in its order.
  public var cells: Cells {
    Cells(context: context, row: index, range: context.handler.builder.batch.cells(ofRow: position))
  }

  /// The cell of a column (from 1); `nil` if the file stores none.
  ///
  /// - Complexity: O(cells of the row)
  public subscript(column: Int) -> Cell? { cells.last { $0.reference.column == column } }

  /// The cells of a row.
  public struct Cells: RandomAccessCollection {
    let context: RowContext
    let row: Int
    let range: Range<Int>

    /// The place of the first cell.
    public var startIndex: Int { range.lowerBound }
    /// The place behind the last cell.
    public var endIndex: Int { range.upperBound }

    /// A cell by its place; ``Row`` itself finds one by its column.
    public subscript(index: Int) -> Cell {
      let cells = context.handler.builder.batch.cells
      return Cell(
        context: context, row: row, record: cells.indices.contains(index) ? cells[index] : CellRecord())
    }
  }

  /// One cell of a row. Nothing is made of its bytes before it is asked for.
  public struct Cell {
    /// What a cell holds, without its value.
    public enum Kind: Hashable, Sendable {
      case empty, number, text, bool, error
    }

    let context: RowContext
    let row: Int
    let record: CellRecord

    /// Where the cell is.
    public var reference: CellReference { CellReference(row: row, column: Int(record.column)) }

    /// What the cell holds; for a formula, what its stored result is.
    public var kind: Kind {
      switch record.kind {
      case .empty: .empty
      case .number: .number
      case .sharedString, .text, .richText: .text
      case .bool: .bool
      case .error: .error
      }
    }

    /// The value, with its formula if there is one.
    public var value: CellValue {
      context.handler.builder.value(of: record, row: row, strings: context.strings)
    }

    /// The number, or the stored one of a formula.
    public var number: Double? { record.kind == .number ? Double(bitPattern: record.bits) : nil }
    /// The truth value, or the stored one of a formula.
    public var bool: Bool? { record.kind == .bool ? record.bits != 0 : nil }

    /// The text, of whatever kind, or the text of an error value.
    public var text: String? { withText { String(decoding: $0, as: UTF8.self) } }

    /// The text's bytes, UTF-8, without making a `String`; `nil` if the cell holds no text and no error.
    public func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result? {
      switch record.kind {
      case .sharedString: try body(context.strings.bytes(Int(truncatingIfNeeded: record.bits)))
      case .text, .error:
        try body(context.handler.builder.batch.text.bytes(at: record.textOffset, count: record.textCount))
      case .richText:
        if case .richText(let rich) = value.result {
          try Array(rich.plainText.utf8).withUnsafeBufferPointer(body)
        } else {
          nil
        }
      case .empty, .number, .bool: nil
      }
    }

    /// The text with its fonts, where parts of it have fonts of their own; `nil` for any other cell.
    ///
    /// - Complexity: O(1) for a cell without.
    public var richText: RichText? {
      switch record.kind {
      case .sharedString: context.strings.richText(Int(truncatingIfNeeded: record.bits))
      case .richText: if case .richText(let rich) = value.result { rich } else { nil }
      default: nil
      }
    }

    /// Whether the value has metadata (`vm`): it then stands for something else, as an error does for a picture in the
    /// cell.
    public var hasMetadata: Bool { record.hasMetadata }

    /// Whether a formula gives the value.
    public var hasFormula: Bool { record.formula >= 0 }

    /// The formula; one that is shared is written for this cell.
    public var formula: Formula? { context.handler.builder.formula(of: record, row: row) }

    /// The index of the cell's format, equal for cells that look the same: what is worked out for a format can be kept
    /// by it.
    public var styleIndex: Int { Int(record.style) }
    /// How the cell looks.
    public var style: Style { context.styles[Int(record.style)] }

    /// Whether the number format makes the cell's number a date or a time of day.
    public var isDate: Bool { context.styles.isDate(Int(record.style)) }
  }
}
