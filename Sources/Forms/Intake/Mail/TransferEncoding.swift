/// How the body of a part was made fit for mail (RFC 2045, 6): decoded leniently, as mailers do.
enum TransferEncoding {
  /// The bytes of a body.
  ///
  /// - Parameter name: The value of `Content-Transfer-Encoding`; what is unknown is taken as it is.
  /// - Complexity: O(bytes)
  static func decoded(_ body: ArraySlice<UInt8>, _ name: String) -> [UInt8] {
    switch name.lowercased() {
    case "base64": base64(body)
    case "quoted-printable": quotedPrintable(body)
    case "x-uuencode", "uuencode", "x-uue": uuencoded(body) ?? Array(body)
    default: Array(body)
    }
  }

  /// RFC 4648; what is no character of the alphabet is skipped, as line breaks are.
  static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      if byte == UInt8(ascii: "=") {
        // Padding ends a group. Some mailers join several encoded pieces, each with padding of its own.
        bits = 0
        count = 0
        continue
      }
      let value = base64Values[Int(byte)]
      guard value < 64 else { continue }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }

  private static let base64Values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated()
    {
      values[Int(byte)] = UInt8(truncatingIfNeeded: value)
    }
    return values
  }()

  /// RFC 2045, 6.7; with `_` for a space in encoded words (RFC 2047, 4.2).
  static func quotedPrintable(_ text: ArraySlice<UInt8>, isWord: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if isWord, byte == UInt8(ascii: "_") {
        result.append(0x20)
      } else if byte == UInt8(ascii: "=") {
        if index + 1 < text.endIndex, let high = hexValue(text[index]), let low = hexValue(text[index + 1]) {
          result.append(high << 4 | low)
          index += 2
        } else if index < text.endIndex, text[index] == 0x0A {
          index += 1
        } else if index + 1 < text.endIndex, text[index] == 0x0D, text[index + 1] == 0x0A {
          index += 2
        } else if index < text.endIndex {
          result.append(byte)
        }
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// The lines between `begin` and `end`; `nil` without them.
  private static func uuencoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var isInside = false
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: true) {
      if !isInside {
        isInside = line.starts(with: "begin ".utf8)
        continue
      }
      if line.starts(with: "end".utf8) { break }
      guard let first = line.first, first >= 0x20 else { continue }
      let length = Int((first - 0x20) & 63)
      var group: [UInt8] = []
      var out: [UInt8] = []
      for byte in line.dropFirst() where byte >= 0x20 {
        group.append((byte - 0x20) & 63)
        if group.count == 4 {
          out.append(group[0] << 2 | group[1] >> 4)
          out.append(group[1] << 4 | group[2] >> 2)
          out.append(group[2] << 6 | group[3])
          group.removeAll(keepingCapacity: true)
        }
      }
      result += out.prefix(length)
    }
    return isInside ? result : nil
  }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
