extension [UInt8] {
  /// `0a1b…`
  package var hexadecimal: String {
    var text = ""
    text.reserveCapacity(count * 2)
    for byte in self {
      if byte < 16 { text += "0" }
      text += String(byte, radix: 16)
    }
    return text
  }
}
