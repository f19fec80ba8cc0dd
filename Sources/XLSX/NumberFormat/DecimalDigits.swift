/// A number as Excel sees it for display: at most 15 decimal digits and a power of ten.
///
/// Excel rounds to 15 significant digits before anything else, so 0.1 + 0.2 shows as 0.3 and 1.005 rounds to 1.01.
struct DecimalDigits: Equatable {
  /// The digits 0…9, most significant first, without leading or trailing zeros; empty for zero.
  fileprivate(set) var digits: [UInt8]
  /// Where the decimal point stands: the value is 0.DIGITS × 10^`point`.
  fileprivate(set) var point: Int
  fileprivate(set) var isNegative: Bool

  static let significantDigits = 15

  init(_ value: Double, significantDigits: Int = DecimalDigits.significantDigits) {
    digits = []
    digits.reserveCapacity(17)
    point = 0
    isNegative = value.sign == .minus && value != 0
    guard value.isFinite, value != 0 else { return }
    // The shortest text that reads back as the same number: 123.456, 1.5e-07.
    var fractionDigits = 0
    var sawPoint = false
    var exponent = 0
    var exponentIsNegative = false
    var inExponent = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): sawPoint = true
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): exponentIsNegative = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if inExponent {
          exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
        } else {
          digits.append(byte - UInt8(ascii: "0"))
          if sawPoint { fractionDigits += 1 }
        }
      default: break
      }
    }
    point = digits.count - fractionDigits + (exponentIsNegative ? -exponent : exponent)
    normalize()
    round(keeping: significantDigits)
  }

  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the first digit: 0 for 1…9.99, −2 for 0.05.
  var exponent: Int { isZero ? 0 : point - 1 }

  /// The number with the decimal point moved right: times 10^`places`.
  func scaled(by places: Int) -> DecimalDigits {
    var copy = self
    if !isZero { copy.point += places }
    return copy
  }

  /// Rounded half away from zero to a number of digits after the decimal point.
  func rounded(toFractionDigits count: Int) -> DecimalDigits {
    var copy = self
    copy.round(keeping: point + count)
    return copy
  }

  /// Rounded half away from zero to a number of significant digits.
  func rounded(toSignificantDigits count: Int) -> DecimalDigits {
    var copy = self
    copy.round(keeping: count)
    return copy
  }

  /// The digits before the decimal point; empty for numbers below 1.
  var integerDigits: [UInt8] {
    guard point > 0 else { return [] }
    if point <= digits.count { return Array(digits[..<point]) }
    return digits + Array(repeating: 0, count: point - digits.count)
  }

  /// The digits after the decimal point, without trailing zeros.
  var fractionDigits: [UInt8] {
    if isZero || point >= digits.count { return [] }
    if point >= 0 { return Array(digits[point...]) }
    return Array(repeating: 0, count: -point) + digits
  }

  fileprivate mutating func normalize() {
    while digits.last == 0 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    if digits.isEmpty { point = 0 }
  }

  private mutating func round(keeping count: Int) {
    guard count < digits.count else { return }
    if count < 0 {
      digits = []
      point = 0
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp, Self.step(&digits, at: count - 1) { point += 1 }
    normalize()
  }
}

extension DecimalDigits {
  /// The digits behind a decimal place dropped.
  func truncated(toFractionDigits count: Int) -> DecimalDigits {
    guard point + count < digits.count else { return self }
    return DecimalDigits(
      digits: Array(digits.prefix(max(0, point + count))), point: point, isNegative: isNegative)
  }

  /// One more in a decimal place, away from zero. The digits behind it must be zero.
  func steppedAwayFromZero(atFractionDigit count: Int) -> DecimalDigits {
    var result = integerDigits + fractionDigits
    var resultPoint = integerDigits.count
    // The place, counted from the first digit; before the first digit there are zeros.
    var place = resultPoint + count - 1
    if place < 0 {
      result.insert(contentsOf: Array(repeating: 0, count: -place), at: 0)
      resultPoint -= place
      place = 0
    }
    while result.count <= place { result.append(0) }
    if Self.step(&result, at: place) { resultPoint += 1 }
    return DecimalDigits(digits: result, point: resultPoint, isNegative: isNegative)
  }

  /// One more in a place.
  ///
  /// - Returns: Whether there is a digit more in front.
  private static func step(_ digits: inout [UInt8], at place: Int) -> Bool {
    var index = place
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    guard index < 0 else {
      digits[index] += 1
      return false
    }
    digits.insert(1, at: 0)
    return true
  }

  private init(digits: [UInt8], point: Int, isNegative: Bool) {
    self.digits = digits
    self.point = point
    self.isNegative = isNegative
    normalize()
  }

  /// The number nearest to these digits.
  var value: Double {
    if isZero { return 0 }
    let text =
      (isNegative ? "-0." : "0.") + String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double(text + "e\(point)") ?? 0
  }
}
