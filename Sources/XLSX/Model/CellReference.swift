/// The address of one cell: `E6` is row 6, column 5.
///
/// Rows and columns count from 1, as Excel shows them and as the file format stores them (ECMA-376 Part 1, 18.18.62).
/// A reference can name a place outside the grid; whoever writes checks ``isInGrid``.
public struct CellReference: Hashable, Sendable {
  /// The row, from 1 to ``maximumRow``.
  public var row: Int
  /// The column, from 1 (`A`) to ``maximumColumn`` (`XFD`).
  public var column: Int

  /// The last row of a sheet, 1,048,576.
  public static let maximumRow = 1_048_576
  /// The last column of a sheet, 16,384 (`XFD`).
  public static let maximumColumn = 16_384

  /// A cell by its row and column, both from 1.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Whether the reference lies inside Excel's grid.
  public var isInGrid: Bool {
    1...Self.maximumRow ~= row && 1...Self.maximumColumn ~= column
  }

  /// The reference moved by a number of rows and columns; it may leave the grid.
  public func offset(rows: Int = 0, columns: Int = 0) -> CellReference {
    CellReference(row: row + rows, column: column + columns)
  }

  /// The letters of a column: 1 is `A`, 28 is `AB`. Empty for numbers below 1.
  public static func columnName(_ column: Int) -> String {
    if 1...26 ~= column { return String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(column - 1))) }
    var letters: [UInt8] = []
    var rest = column
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}

extension CellReference: LosslessStringConvertible {
  /// Reads `E6`, `$E$6`, `e6`. `nil` if the text is no reference inside the grid.
  public init?(_ text: some StringProtocol) {
    var row = 0
    var column = 0
    var letters = 0
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "$"):
        continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where digits == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
        letters += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z") where digits == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
        letters += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where letters > 0:
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
      default:
        return nil
      }
      if letters > 3 || digits > 7 { return nil }
    }
    self.init(row: row, column: column)
    if digits == 0 || !isInGrid { return nil }
  }

  /// A cell of its A1 text, `E6`; `nil` for a text that is none, or one outside the grid.
  public init?(_ description: String) { self.init(description[...]) }

  /// The reference as Excel writes it: `E6`.
  public var description: String { Self.columnName(column) + String(row) }
}

extension CellReference: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// A reference written in source code, `"E6"` or `"A\(row)"`.
  ///
  /// A text that is no reference inside the grid gives ``nowhere``: such a cell is empty, and saving refuses what was written
  /// into it. ``init(_:)-(String)`` tells at once.
  public init(stringLiteral value: String) {
    let reference: CellReference? = CellReference(value[...])
    self = reference ?? .nowhere
  }

  /// The reference that stands for a text that names no cell; it lies outside the grid.
  public static let nowhere = CellReference(row: 0, column: 0)
}

extension CellReference: Comparable {
  /// Row by row, then column by column: the order in which a sheet stores its cells.
  public static func < (a: CellReference, b: CellReference) -> Bool {
    a.row != b.row ? a.row < b.row : a.column < b.column
  }
}
