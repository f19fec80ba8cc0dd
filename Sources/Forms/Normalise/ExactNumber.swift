import Foundation

/// A decimal number while it is read from text: whole digits and a power of ten, so that nothing is ever rounded.
struct ExactNumber: Hashable {
  /// At most 18 digits: more than any figure of a form, and exact in an Int.
  private(set) var significand: Int
  private(set) var exponent: Int

  init(_ whole: Int) {
    significand = whole
    exponent = 0
  }

  /// Reads digits, `.` and digits. `nil` for anything else and for more than 18 digits.
  init?(digits: some Sequence<Unicode.Scalar>) {
    significand = 0
    exponent = 0
    var seenPoint = false
    var count = 0
    for scalar in digits {
      if scalar == "." {
        if seenPoint { return nil }
        seenPoint = true
        continue
      }
      guard 0x30...0x39 ~= scalar.value else { return nil }
      if significand != 0 || scalar != "0" { count += 1 }
      if count > 18 { return nil }
      significand = significand * 10 + Int(scalar.value - 0x30)
      if seenPoint { exponent -= 1 }
      if exponent < -18 { return nil }
    }
  }

  var isWhole: Bool { exponent >= 0 }

  func timesPowerOfTen(_ power: Int) -> ExactNumber {
    var result = self
    result.exponent += power
    return result
  }

  /// The sum; `nil` beyond 18 digits.
  static func + (a: ExactNumber, b: ExactNumber) -> ExactNumber? {
    let exponent = min(a.exponent, b.exponent)
    guard let x = a.scaled(to: exponent), let y = b.scaled(to: exponent) else { return nil }
    let (sum, overflow) = x.addingReportingOverflow(y)
    if overflow { return nil }
    var result = ExactNumber(sum)
    result.exponent = exponent
    return result
  }

  private func scaled(to target: Int) -> Int? {
    var value = significand
    for _ in 0..<max(0, exponent - target) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  var decimal: Decimal {
    // The same figure always in the same form: 2 百 and 200 print and hash alike.
    var digits = significand
    var power = exponent
    while digits != 0, digits % 10 == 0, power < 0 {
      digits /= 10
      power += 1
    }
    return Decimal(sign: .plus, exponent: power, significand: Decimal(digits))
  }
}
