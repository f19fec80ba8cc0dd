/// Numbers and addresses in the spelling that a sheet part has.
extension ByteBuffer {
  /// A whole number in decimal digits.
  @inline(__always)
  mutating func append(decimal value: Int) {
    reserve(20)
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    appendUnchecked(limit: 20) { target in
      if rest < 10 {
        target[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
        return 1
      }
      var length = 1
      var bound: UInt = 10
      while rest >= bound {
        length &+= 1
        if length == 20 { break }
        bound &*= 10
      }
      var place = length
      while place > 0 {
        place &-= 1
        let quotient = rest / 10
        target[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
        rest = quotient
      }
      return length
    }
  }

  /// A finite number in the shortest decimal text that reads back as the same number.
  ///
  /// Excel writes up to 17 digits, `0.1` as `0.1`; programs that print with `%.16g` lose the last bit of some numbers.
  /// Most figures are whole or have few decimals. Those take a path without Swift's float printer: a number equal to
  /// `n / 10^k`, computed in one correctly rounded division of two exact numbers, is what the text `n·10^-k` reads as.
  mutating func append(number value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      append(decimal: whole)
      return
    }
    let magnitude = value.magnitude
    if magnitude < 1e9, magnitude >= 1e-5 {
      let scaled = (magnitude * 1e6).rounded()
      if scaled / 1e6 == magnitude {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(millionths: Int(scaled))
        return
      }
    }
    append(raw: value.description)
  }

  /// `n / 1,000,000` without trailing zeros; `n` is no multiple of a million.
  private mutating func append(millionths value: Int) {
    append(decimal: value / 1_000_000)
    var fraction = value % 1_000_000
    appendUnchecked(limit: 8) { target in
      target[0] = UInt8(ascii: ".")
      var place = 6
      while place > 0 {
        target[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: fraction % 10)
        fraction /= 10
        place &-= 1
      }
      var length = 7
      while length > 2, target[length &- 1] == UInt8(ascii: "0") { length &-= 1 }
      return length
    }
  }

  /// The letters of a column, 1…16,384; nothing outside.
  @inline(__always)
  mutating func append(column: Int) {
    let packed = ColumnLetters.packed(column)
    appendUnchecked(limit: 4) { target in
      target[0] = UInt8(truncatingIfNeeded: packed)
      target[1] = UInt8(truncatingIfNeeded: packed >> 8)
      target[2] = UInt8(truncatingIfNeeded: packed >> 16)
      return Int(packed >> 24)
    }
  }

  mutating func append(reference: CellReference) {
    append(column: reference.column)
    append(decimal: reference.row)
  }

  mutating func append(range: CellRange) {
    append(reference: range.first)
    if range.isSingleCell { return }
    append(UInt8(ascii: ":"))
    append(reference: range.last)
  }
}

/// The letters of all 16,384 columns, made once: up to three bytes and, in the top byte, how many.
private enum ColumnLetters {
  private static let table: [UInt32] = (0...CellReference.maximumColumn).map { column in
    let letters = Array(CellReference.columnName(column).utf8)
    var packed = UInt32(letters.count) << 24
    for (place, letter) in letters.enumerated() { packed |= UInt32(letter) << (8 * place) }
    return packed
  }

  static func packed(_ column: Int) -> UInt32 {
    table.indices.contains(column) ? table[column] : 0
  }
}
