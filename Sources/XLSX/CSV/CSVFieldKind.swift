/// What a field of a CSV file becomes in a workbook.
enum CSVFieldKind: Equatable {
  case empty
  /// The bytes are a number as they stand: `12`, `-0.57`, `1e-06`.
  case number
  case bool(Bool)
  case text

  /// Numbers are what a spreadsheet can hold without changing it. Codes and telephone numbers are not among them: a
  /// leading zero or more than 15 digits would be lost in a number cell, so both stay text. An exponent counts only with
  /// its sign, as programs write it: `12E4` is a code. Quotes around a field say nothing, as in Excel: many programs put
  /// them around everything.
  init(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else {
      self = .empty
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      self = Self.isNumber(bytes) ? .number : .text
    case UInt8(ascii: "T") where bytes.elementsEqual("TRUE".utf8): self = .bool(true)
    case UInt8(ascii: "F") where bytes.elementsEqual("FALSE".utf8): self = .bool(false)
    default: self = .text
    }
  }

  private static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // Longer ones have more digits than a cell can hold.
    guard bytes.count <= 38 else { return false }
    var position = bytes[0] == UInt8(ascii: "-") ? 1 : 0
    let whole = position
    var significant = 0
    func isDigit(_ position: Int) -> Bool { position < bytes.count && bytes[position] &- 0x30 < 10 }
    while isDigit(position) {
      if significant > 0 || bytes[position] != 0x30 { significant += 1 }
      position += 1
    }
    let wholeDigits = position - whole
    if wholeDigits == 0 || (wholeDigits > 1 && bytes[whole] == 0x30) { return false }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let fraction = position
      while isDigit(position) {
        if significant > 0 || bytes[position] != 0x30 { significant += 1 }
        position += 1
      }
      if position == fraction { return false }
    }
    // The shortest form of a double has up to 17 digits; a fraction with that many was written by a program.
    if significant > (position - whole == wholeDigits ? 15 : 17) { return false }
    guard position < bytes.count else { return true }
    guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return false }
    position += 1
    guard position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
    else { return false }
    position += 1
    let exponent = position
    while isDigit(position) { position += 1 }
    // Beyond a double's range the figure would be lost.
    let digits = position - exponent
    guard 1...3 ~= digits, digits < 3 || bytes[exponent] <= UInt8(ascii: "2") else { return false }
    return position == bytes.count
  }
}

extension CellValue {
  /// What a text that a person or a program wrote plainly is: nothing, a number, a truth value (`TRUE`, `FALSE`), or else
  /// the text itself. Codes stay text: those with a leading zero, more than 15 digits, or an exponent without a sign.
  package init(plainText text: String) {
    var text = text
    self = text.withUTF8 { CellValue(csvField: UnsafeRawBufferPointer($0)) ?? .empty }
  }

  /// The same of a field of CSV in UTF-8; `nil` for an empty one.
  package init?(csvField bytes: UnsafeRawBufferPointer) {
    switch CSVFieldKind(bytes) {
    case .empty: return nil
    case .bool(let bool): self = .bool(bool)
    case .number:
      self =
        NumberParser.parse(bytes.bindMemory(to: UInt8.self)).map { .number($0) }
        ?? .text(String(decoding: bytes, as: UTF8.self))
    case .text: self = .text(String(decoding: bytes, as: UTF8.self))
    }
  }
}
