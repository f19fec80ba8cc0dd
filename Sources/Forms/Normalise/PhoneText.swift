import Foundation

/// What a telephone line says.
public enum PhoneReading: Hashable, Sendable {
  case blank
  /// At least one number, each of a possible length.
  case valid
  case invalid
}

/// Checks telephone numbers as units write them: `3999920`, `0391-3999920`, `(0391)3999920转801`, `13938112233`, several of
/// them side by side, with a name in front, as text or as a number that has lost its leading 0.
public enum PhoneText {
  public static func read(_ value: GridValue) -> PhoneReading {
    switch value {
    case .blank: .blank
    case .text(let text): read(text)
    case .number(let number): read(number.description)
    case .bool, .error: .invalid
    }
  }

  public static func read(_ text: String) -> PhoneReading {
    let scalars = TextFolding.scalars(of: text).filter { $0 != "_" }
    guard scalars.contains(where: { $0 != " " }) else { return .blank }
    let numbers = split(scalars)
    guard !numbers.isEmpty else { return .invalid }
    for (position, number) in numbers.enumerated() where !isPossible(number) {
      // 3999920/21 shares the front of the number before it.
      guard position > 0, number.count <= 4, isPossible(numbers[position - 1]) else { return .invalid }
    }
    return .valid
  }

  /// The digits of each number. Dashes, dots, brackets and spaces are inside a number, anything else is between two;
  /// what stands behind 转 is an extension and left out.
  private static func split(_ text: [Unicode.Scalar]) -> [String] {
    var numbers: [String] = []
    var digits = ""
    var isExtension = false
    func close() {
      if !digits.isEmpty, !isExtension { numbers.append(digits) }
      digits = ""
      isExtension = false
    }
    for (index, scalar) in text.enumerated() {
      if Numeral.isDigit(scalar) {
        digits.unicodeScalars.append(scalar)
      } else if scalar == "转" || scalar == "轉" || scalar == "x" || scalar == "#" {
        close()
        isExtension = true
      } else if scalar == " " {
        // 3999920 13938112233 are two numbers, 139 3811 2233 is one, 0391 3999920 too.
        if isPossible(digits), text[(index + 1)...].prefix(while: Numeral.isDigit).count >= 7 { close() }
      } else if FigureWords.isDash(scalar) {
        // 3999920-801: an extension; 0391-3999920: one number.
        if isLandline(digits), !isAreaCode(digits),
          text[(index + 1)...].prefix(while: Numeral.isDigit).count <= 5
        {
          close()
          isExtension = true
        }
      } else if scalar == "(" || scalar == ")" || scalar == "." || scalar == "+" || scalar == "·" {
        continue
      } else {
        close()
      }
    }
    close()
    return numbers
  }

  private static func isPossible(_ digits: String) -> Bool {
    isMobile(digits) || isLandline(digits) || isService(digits)
  }

  /// Eleven digits that start with 1, after 86 or 0086 too.
  private static func isMobile(_ digits: String) -> Bool {
    let national = withoutCountryCode(digits)
    return national.count == 11 && national.first == "1"
  }

  /// Seven or eight digits, alone or behind an area code of three or four digits; a number cell drops the code's 0.
  private static func isLandline(_ digits: String) -> Bool {
    if digits.count == 7 || digits.count == 8 { return digits.first != "0" }
    let national = withoutCountryCode(digits)
    if national.first == "0" { return 10...12 ~= national.count && national.dropFirst().first != "0" }
    guard let first = national.first, first != "1" || national.hasPrefix("10") else { return false }
    return national.count == 10 || (national.count == 11 && first != "1")
  }

  private static func isAreaCode(_ digits: String) -> Bool {
    digits.first == "0" && 3...4 ~= digits.count
  }

  /// `400-123-4567`
  private static func isService(_ digits: String) -> Bool {
    digits.count == 10 && (digits.hasPrefix("400") || digits.hasPrefix("800"))
  }

  private static func withoutCountryCode(_ digits: String) -> Substring {
    for code in ["0086", "86"] where digits.hasPrefix(code) && digits.count - code.count >= 10 {
      return digits.dropFirst(code.count)
    }
    return digits[...]
  }
}
