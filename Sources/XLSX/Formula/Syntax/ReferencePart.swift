/// One corner of a reference as a formula writes it: a cell, a column or a row, each with or without `$`.
struct ReferencePart: Equatable {
  /// `nil` in a reference to whole rows, `3:5`.
  var column: Int?
  var columnIsAbsolute = false
  /// `nil` in a reference to whole columns, `A:C`.
  var row: Int?
  var rowIsAbsolute = false

  /// Reads `E6`, `$E$6`, `E`, `$E`, `6`, `$6`; `nil` for anything else and for what lies outside the grid, which makes
  /// it a name (`ABCD1`) or a number.
  init?(_ bytes: some Collection<UInt8>) {
    var columnNumber = 0
    var rowNumber = 0
    var letters = 0
    var digits = 0
    var dollar = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "$"):
        if dollar || digits > 0 { return nil }
        dollar = true
        continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if digits == 0 {
          if byte == UInt8(ascii: "0") { return nil }
          rowIsAbsolute = dollar
          dollar = false
        }
        digits += 1
        if digits > 7 { return nil }
        rowNumber = rowNumber * 10 + Int(byte &- UInt8(ascii: "0"))
      default:
        guard FormulaLexer.isLetter(byte), digits == 0 else { return nil }
        if letters == 0 {
          columnIsAbsolute = dollar
          dollar = false
        } else if dollar {
          return nil
        }
        letters += 1
        if letters > 3 { return nil }
        columnNumber = columnNumber * 26 + Int((byte | 0x20) &- UInt8(ascii: "a")) + 1
      }
    }
    if dollar || letters + digits == 0 { return nil }
    if letters > 0 { column = columnNumber }
    if digits > 0 { row = rowNumber }
    guard columnNumber <= CellReference.maximumColumn, rowNumber <= CellReference.maximumRow else {
      return nil
    }
  }

  var isCell: Bool { row != nil && column != nil }
  var isColumn: Bool { row == nil }
  var isRow: Bool { column == nil }

  /// The part moved; absolute coordinates stay. `nil` if it leaves the grid and does not wrap.
  func shifted(rows: Int, columns: Int, wraps: Bool = false) -> ReferencePart? {
    func moved(_ place: Int, by distance: Int, maximum: Int) -> Int? {
      let (moved, overflow) = place.addingReportingOverflow(distance)
      if overflow { return nil }
      if 1...maximum ~= moved { return moved }
      guard wraps else { return nil }
      let remainder = (moved &- 1) % maximum
      return (remainder < 0 ? remainder + maximum : remainder) + 1
    }
    var part = self
    if let column, !columnIsAbsolute {
      guard let column = moved(column, by: columns, maximum: CellReference.maximumColumn) else { return nil }
      part.column = column
    }
    if let row, !rowIsAbsolute {
      guard let row = moved(row, by: rows, maximum: CellReference.maximumRow) else { return nil }
      part.row = row
    }
    return part
  }

  var text: String {
    let columnText = column.map { (columnIsAbsolute ? "$" : "") + CellReference.columnName($0) } ?? ""
    let rowText = row.map { (rowIsAbsolute ? "$" : "") + String($0) } ?? ""
    return columnText + rowText
  }
}
