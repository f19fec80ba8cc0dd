import Foundation

/// Turns the many ways in which a Chinese office writes one character into one: full-width forms to half-width, the
/// radicals that PDF text is made of to the characters they look like.
enum TextFolding {
  /// The half-width form of a full-width character (U+FF01–U+FF5E); anything else as it is.
  @inline(__always)
  static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard 0xFF01...0xFF5E ~= scalar.value else { return scalar }
    return Unicode.Scalar(scalar.value &- 0xFEE0) ?? scalar
  }

  /// Whether nothing is seen where the character stands: spaces of every width, line breaks, controls, zero-width
  /// characters, the byte order mark.
  @inline(__always)
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x7E, 0x4E00...0x9FFF, 0xFF01...0xFFEE: false
    case 0...0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F,
      0x3000, 0x3164,
      0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }

  /// Whether the character is a letter or an ideograph.
  @inline(__always)
  static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    0x4E00...0x9FFF ~= scalar.value || scalar.properties.isAlphabetic
  }

  /// Whether only the slow way of Unicode's compatibility mapping gives the plain character: CJK radicals, which look
  /// like `工` and are not, compatibility ideographs, circled and squared forms.
  @inline(__always)
  static func needsCompatibilityMapping(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2460...0x24FF, 0x2E80...0x2FDF, 0x3200...0x33FF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// The text's scalars, half-width, without anything invisible at either end; runs of invisible characters inside
  /// become one space.
  static func scalars(of text: some StringProtocol) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.utf8.count)
    var pendingSpace = false
    func append(_ scalar: Unicode.Scalar) {
      if isInvisible(scalar) {
        // A zero-width character parts nothing.
        if !isZeroWidth(scalar) { pendingSpace = !result.isEmpty }
        return
      }
      if pendingSpace {
        result.append(" ")
        pendingSpace = false
      }
      result.append(halfWidth(scalar))
    }
    for scalar in text.unicodeScalars {
      if needsCompatibilityMapping(scalar) {
        for mapped in String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars {
          append(mapped)
        }
      } else {
        append(scalar)
      }
    }
    return result
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }
}

extension String {
  /// - Complexity: O(length), with one allocation.
  init(_ scalars: some Collection<Unicode.Scalar>) {
    self.init(unsafeUninitializedCapacity: scalars.reduce(0) { $0 + $1.utf8.count }) { buffer in
      var end = 0
      for scalar in scalars {
        for unit in scalar.utf8 where end < buffer.count {
          buffer[end] = unit
          end += 1
        }
      }
      return end
    }
  }
}
