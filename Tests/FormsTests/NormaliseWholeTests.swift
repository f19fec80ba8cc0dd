import Foundation
import Testing

@testable import Forms

@Suite("Whole figures")
struct WholeFigureTests {
  @Test(
    "are told from others, and read exactly",
    arguments: [
      ("0", 0), ("12", 12), ("-7", -7), ("1200", 1_200), ("70000", 70_000), ("4294967296", 4_294_967_296),
      ("281474976710655", 281_474_976_710_655), ("999999999999999000", nil), ("0.57", nil), ("-0.5", nil),
      ("NaN", nil), ("12345678901234567890123", nil), ("3e17", 300_000_000_000_000_000),
    ] as [(String, Int?)])
  func whole(_ text: String, _ whole: Int?) {
    let number = Decimal(string: text) ?? .nan
    // Some whole numbers of many digits are left to Foundation.
    if let found = number.whole { #expect(Decimal(found) == number) }
    if let whole, whole < 1 << 48 { #expect(number.whole == whole) }
    if whole == nil, !text.hasSuffix("000") { #expect(number.whole == nil) }
  }

  @Test("the least number that 64 bits hold is read like any other")
  func leastInteger() {
    #expect(Decimal(shortest: -9_223_372_036_854_775_808) == Decimal(string: "-9223372036854780000"))
    #expect(Decimal(shortest: 9_007_199_254_740_991) == 9_007_199_254_740_991)
  }

  @Test("are the same after sums and products")
  func arithmetic() {
    var numbers = SeededNumbers(1)
    for _ in 0..<500 {
      let a = Int.random(in: -99_999...99_999, using: &numbers)
      let b = Int.random(in: -9_999...9_999, using: &numbers)
      #expect((Decimal(a) + Decimal(b)).whole == a + b)
      #expect((Decimal(a) * Decimal(b)).whole == a * b)
      #expect((Decimal(a) - Decimal(b)).plainText == String(a - b))
    }
  }

  @Test("add up exactly, with whatever stands behind the point and however large they are")
  func exactSums() {
    var numbers = SeededNumbers(2)
    for _ in 0..<200 {
      var fast = ExactSum()
      var slow: Decimal = 0
      for _ in 0..<40 {
        let digits = Decimal(Int.random(in: -999_999...999_999_999, using: &numbers))
        let exponent = Int.random(in: -9...4, using: &numbers)
        let figure = Decimal(sign: .plus, exponent: exponent, significand: digits)
        fast += figure
        slow += figure
      }
      #expect(fast.value == slow)
      #expect(fast.value.plainText == slow.plainText)
    }
    var sum = ExactSum()
    for text in ["9000000000000", "9000000000000", "0.1", "0.2", "-18000000000000", "0.0000001"] {
      sum += Decimal(string: text) ?? .nan
    }
    #expect(sum.value.plainText == "0.3000001")
    #expect(ExactSum().value == 0)
  }
}
