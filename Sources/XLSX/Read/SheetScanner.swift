/// The bytes of one buffer as the scanners see them: a cursor that cannot run away.
///
/// Behind the last byte lie ``padding`` zero bytes. No token holds a zero byte, so that every loop over a token's bytes
/// ends there at the latest, and fixed words can be compared without looking at the end first.
struct ScanBuffer {
  /// Zero bytes that must follow the data.
  static let padding = 64

  let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// Whether the data end here: then what is cut off is not plain, instead of incomplete.
  let isLast: Bool
}

/// Reads the rows and cells of `sheetData` from plain bytes, as every common program writes them: no prefixes, comments,
/// CDATA or processing instructions, no references in attributes, nothing unknown.
///
/// What is not plain is left where it stands, between two tokens, for libxml2 to go on with. Both call the same
/// ``SheetBuilder``, and so a sheet reads the same whoever reads it.
struct SheetScanner: ~Copyable {
  enum Outcome {
    /// All whole tokens are done with; the rest of the buffer is the beginning of one.
    case more
    /// `</sheetData>` has been read.
    case ended
    /// Something that this scanner leaves to libxml2 begins here.
    case notPlain
  }

  /// Whether the scanner stands inside a `<row>`.
  private(set) var isInRow = false
  /// Text of the cell being read, references resolved.
  var scratch = ByteArena()

  /// Reads all whole tokens from a position on, and moves it behind them.
  mutating func scan(
    _ buffer: ScanBuffer, from position: inout UnsafePointer<UInt8>, into builder: inout SheetBuilder
  ) throws -> Outcome {
    var at = position
    while true {
      while Self.isSpace(at[0]) { at += 1 }
      position = at
      guard at[0] == UInt8(ascii: "<") else {
        return at >= buffer.end && !buffer.isLast ? .more : .notPlain
      }
      let isDone: Bool
      if isInRow {
        if at[1] == UInt8(ascii: "c"), at[2] == 0x20 {
          isDone = try cell(&at, into: &builder)
        } else if Self.matches(at, "</row") {
          at += 5
          isDone = Self.closeTag(&at)
          if isDone {
            builder.endRow()
            isInRow = false
          }
        } else if at[1] == UInt8(ascii: "c"), at[2] == UInt8(ascii: ">") || at[2] == UInt8(ascii: "/") {
          isDone = try cell(&at, into: &builder)
        } else {
          isDone = false
        }
      } else if Self.matches(at, "<row") {
        isDone = try row(&at, into: &builder)
      } else if Self.matches(at, "</sheetData") {
        at += 11
        isDone = Self.closeTag(&at)
        if isDone {
          position = at
          return .ended
        }
      } else {
        isDone = false
      }
      // A token that fails near the end of the buffer may only be cut in two.
      if !isDone { return buffer.end - at < 32 && !buffer.isLast ? .more : .notPlain }
    }
  }

  // Rows

  /// Names of a row's attributes; any other is for libxml2.
  private static let rowAttributes: [StaticString] = [
    "r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed",
    "thickTop",
    "thickBot", "ph", "x14ac:dyDescent",
  ]

  private mutating func row(_ at: inout UnsafePointer<UInt8>, into builder: inout SheetBuilder) throws -> Bool
  {
    let attributes = at + 4
    at = attributes
    // The first pass makes sure that the tag is whole and plain, and finds the row's number; the second takes the rest.
    var seen: UInt32 = 0
    var number: Int?
    while let attribute = Self.attribute(&at) {
      guard let index = Self.rowAttributes.firstIndex(where: { attribute.name == $0 }),
        seen & (1 << index) == 0
      else { return false }
      seen |= 1 << index
      if index == 0 {
        guard let value = SheetBuilder.integer(attribute.value) else { return false }
        number = value
      }
    }
    let isEmpty = at[0] == UInt8(ascii: "/")
    if isEmpty { at += 1 }
    guard at[0] == UInt8(ascii: ">") else { return false }
    at += 1
    try builder.beginRow(number)
    // Most rows have a number and spans only.
    if seen & ~0b11 != 0 {
      var again = attributes
      while let attribute = Self.attribute(&again) { builder.rowAttribute(attribute.name, attribute.value) }
    }
    if isEmpty { builder.endRow() } else { isInRow = true }
    return true
  }

  // Cells

  /// Reads `<c …>…</c>` whole, or leaves the builder as it was.
  private mutating func cell(_ at: inout UnsafePointer<UInt8>, into builder: inout SheetBuilder) throws
    -> Bool
  {
    at += 2
    var row = builder.currentRow
    var column = builder.currentColumn &+ 1
    var style: UInt32 = 0
    var type = SheetBuilder.ValueType.number
    var seen: UInt8 = 0
    while Self.isSpace(at[0]) {
      repeat { at += 1 } while Self.isSpace(at[0])
      if at[1] == UInt8(ascii: "="), at[2] == UInt8(ascii: "\"") {
        switch at[0] {
        case UInt8(ascii: "r"):
          guard seen & 1 == 0, Self.reference(&at, &row, &column) else { return false }
          seen |= 1
        case UInt8(ascii: "s"):
          guard seen & 2 == 0 else { return false }
          seen |= 2
          at += 3
          var value: UInt32 = 0
          var digits = 0
          while at[0] &- UInt8(ascii: "0") < 10, digits < 8 {
            value = value &* 10 &+ UInt32(at[0] &- UInt8(ascii: "0"))
            digits &+= 1
            at += 1
          }
          guard digits > 0, at[0] == UInt8(ascii: "\"") else { return false }
          style = value
          at += 1
        case UInt8(ascii: "t"):
          guard seen & 4 == 0 else { return false }
          seen |= 4
          at += 3
          guard Self.type(&at, &type) else { return false }
        default: return false
        }
      } else if at[0] == UInt8(ascii: "c") || at[0] == UInt8(ascii: "v") || at[0] == UInt8(ascii: "p") {
        // cm, vm and ph: metadata of the value, and whether its phonetic guide shows.
        let bit: UInt8 =
          Self.matches(at, "cm=\"") ? 8 : Self.matches(at, "vm=\"") ? 16 : Self.matches(at, "ph=\"") ? 32 : 0
        guard bit != 0, seen & bit == 0 else { return false }
        seen |= bit
        at += 4
        while at[0] &- UInt8(ascii: "0") < 10 { at += 1 }
        guard at[0] == UInt8(ascii: "\"") else { return false }
        at += 1
      } else {
        break
      }
    }
    guard column <= CellReference.maximumColumn else { throw SheetBuilder.outside("column \(column)") }
    if at[0] == UInt8(ascii: "/") {
      guard at[1] == UInt8(ascii: ">") else { return false }
      at += 2
      try builder.beginCell(row: row, column: column, style: style, type: type)
      try builder.endCell()
      return true
    }
    guard at[0] == UInt8(ascii: ">") else { return false }
    at += 1

    // The common cell: one plain value.
    if at[0] == UInt8(ascii: "<"), at[1] == UInt8(ascii: "v"), at[2] == UInt8(ascii: ">"), seen & 16 == 0 {
      var value = at + 3
      switch type {
      case .number:
        if let number = Self.number(&value), Self.matches(value, "</v></c>") {
          at = value + 8
          try builder.beginCell(row: row, column: column, style: style, type: type)
          builder.setNumber(number)
          try builder.endCell()
          return true
        }
      case .sharedString, .bool:
        if let index = Self.shortInteger(&value), Self.matches(value, "</v></c>"),
          type == .sharedString || index <= 1
        {
          at = value + 8
          try builder.beginCell(row: row, column: column, style: style, type: type)
          if type == .sharedString { builder.setSharedString(index) } else { builder.setBool(index == 1) }
          try builder.endCell()
          return true
        }
      default: break
      }
    }
    guard try content(&at, row: row, column: column, style: style, type: type, into: &builder) else {
      return false
    }
    if seen & 16 != 0 { builder.markMetadata() }
    if seen & 8 != 0 { builder.markDynamic() }
    return true
  }
}
