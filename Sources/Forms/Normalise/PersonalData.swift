/// Masks what says who somebody is: `4108**********1234`, `138****5678`.
public enum PersonalData {
  /// A text with every citizen's id and telephone number in it masked.
  ///
  /// - Complexity: O(length)
  public static func masked(_ text: String) -> String {
    guard text.utf8.count(where: { 0x30...0x39 ~= $0 }) >= 7 else { return text }
    var result = String.UnicodeScalarView()
    var run: [Unicode.Scalar] = []
    func close() {
      result.append(contentsOf: masked(run))
      run.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      let isDigit = Numeral.isDigit(TextFolding.halfWidth(scalar))
      if isDigit || (run.count == 17 && "XxＸｘ".unicodeScalars.contains(scalar)) {
        run.append(scalar)
      } else {
        close()
        result.append(scalar)
      }
    }
    close()
    return String(result)
  }

  /// A value of a field; of a personal one nothing but its ends is left, however it is written.
  package static func masked(_ text: String, type: FieldType?) -> String {
    guard let type, type.isPersonal else { return masked(text) }
    let scalars = Array(text.unicodeScalars)
    let (head, tail) = type == .citizenID ? (4, 4) : (3, 2)
    guard scalars.count > head + tail else { return String(repeating: "*", count: scalars.count) }
    return String(String.UnicodeScalarView(scalars.prefix(head)))
      + String(repeating: "*", count: scalars.count - head - tail)
      + String(String.UnicodeScalarView(scalars.suffix(tail)))
  }

  private static func masked(_ digits: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let head: Int
    switch digits.count {
    // An id of 18 places, an old one of 15, and one that has a digit too few or too many.
    case 15...20: head = 4
    case 11 where digits[0] == "1": head = 3
    default: return digits
    }
    let stars = [Unicode.Scalar](repeating: "*", count: digits.count - head - 4)
    return digits.prefix(head) + stars + digits.suffix(4)
  }
}
