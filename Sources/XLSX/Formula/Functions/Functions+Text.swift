/// Text functions count UTF-16 units, as Excel does: most Chinese characters are one, emoji are two.
extension FunctionTable {
  static let text: [String: FormulaFunction] = [
    "LEN": .scalars(1...1) { values, _ in .number(Double(try Coercion.text(values[0]).utf16.count)) },
    "LEFT": .scalars(1...2) { values, call in
      let units = Array(try Coercion.text(values[0]).utf16)
      return string(units.prefix(try length(values, 1, call)))
    },
    "RIGHT": .scalars(1...2) { values, call in
      let units = Array(try Coercion.text(values[0]).utf16)
      return string(units.suffix(try length(values, 1, call)))
    },
    "MID": .scalars(3...3) { values, call in
      let units = Array(try Coercion.text(values[0]).utf16)
      let start = try Coercion.integer(values[1], call.dateSystem)
      guard start >= 1 else { return .error(.value) }
      return string(units.dropFirst(start - 1).prefix(try length(values, 2, call)))
    },
    "REPLACE": .scalars(4...4) { values, call in
      let units = Array(try Coercion.text(values[0]).utf16)
      let start = try Coercion.integer(values[1], call.dateSystem)
      guard start >= 1 else { return .error(.value) }
      let before = units.prefix(start - 1)
      let after = units.dropFirst(before.count).dropFirst(try length(values, 2, call))
      return string(before + Array(try Coercion.text(values[3]).utf16) + after)
    },
    "TRIM": .scalars(1...1) { values, _ in
      .text(try Coercion.text(values[0]).split(separator: " ").joined(separator: " "))
    },
    "CLEAN": .scalars(1...1) { values, _ in
      .text(
        String(
          String.UnicodeScalarView(try Coercion.text(values[0]).unicodeScalars.filter { $0.value >= 32 })))
    },
    "UPPER": .scalars(1...1) { values, _ in .text(try Coercion.text(values[0]).uppercased()) },
    "LOWER": .scalars(1...1) { values, _ in .text(try Coercion.text(values[0]).lowercased()) },
    "PROPER": .scalars(1...1) { values, _ in
      var result = ""
      var followsLetter = false
      for character in try Coercion.text(values[0]) {
        result += followsLetter ? character.lowercased() : character.uppercased()
        followsLetter = character.isLetter
      }
      return .text(result)
    },
    "REPT": .scalars(2...2) { values, call in
      let text = try Coercion.text(values[0])
      let count = try Coercion.integer(values[1], call.dateSystem)
      guard count >= 0, count <= 32_767, text.utf16.count * count <= maximumText else {
        return .error(.value)
      }
      return .text(String(repeating: text, count: count))
    },
    "EXACT": .scalars(2...2) { values, _ in
      .bool(
        try Coercion.text(values[0]).unicodeScalars.elementsEqual(Coercion.text(values[1]).unicodeScalars))
    },
    "CONCATENATE": .scalars(1...255) { values, _ in checked(try values.map(Coercion.text).joined()) },
    "CONCAT": .operands(1...255) { call in
      var result = ""
      try call.forEachValue { value, _ in
        result += try Coercion.text(value)
        // A character has at most four bytes: this is more than a cell holds, whatever follows.
        guard result.utf8.count <= 4 * maximumText else { throw Interruption.error(.value) }
      }
      return .scalar(checked(result))
    },
    "TEXTJOIN": .operands(3...255) { call in
      let separator = try call.text(0)
      let skipsEmpty = try call.bool(1, default: true)
      var parts: [String] = []
      var length = 0
      for index in 2..<call.count {
        let matrix = try call.evaluator.matrix(call.operand(index))
        for value in matrix.values {
          let text = try Coercion.text(value)
          if !skipsEmpty || !text.isEmpty { parts.append(text) }
          length += text.utf8.count + separator.utf8.count
          guard length <= 8 * maximumText else { throw Interruption.error(.value) }
        }
      }
      return .scalar(checked(parts.joined(separator: separator)))
    },
    "CHAR": .scalars(1...1) { values, call in
      let code = try Coercion.integer(values[0], call.dateSystem)
      guard 1...255 ~= code, let scalar = Unicode.Scalar(WindowsLatin.scalar(UInt8(code))) else {
        return .error(.value)
      }
      return .text(String(Character(scalar)))
    },
    "CODE": .scalars(1...1) { values, _ in
      guard let scalar = try Coercion.text(values[0]).unicodeScalars.first else { return .error(.value) }
      return .number(Double(WindowsLatin.code(scalar.value)))
    },
    "UNICHAR": .scalars(1...1) { values, call in
      let code = try Coercion.integer(values[0], call.dateSystem)
      guard code > 0, let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value) else {
        return .error(.value)
      }
      return .text(String(Character(scalar)))
    },
    "UNICODE": .scalars(1...1) { values, _ in
      guard let scalar = try Coercion.text(values[0]).unicodeScalars.first else { return .error(.value) }
      return .number(Double(scalar.value))
    },
  ]

  /// The most characters that a cell holds.
  static let maximumText = 32_767

  static func checked(_ text: String) -> Scalar {
    text.utf16.count <= maximumText ? .text(text) : .error(.value)
  }

  static func string(_ units: some Collection<UInt16>) -> Scalar {
    checked(String(decoding: Array(units), as: UTF16.self))
  }

  private static func length(_ values: [Scalar], _ index: Int, _ call: FunctionCall) throws -> Int {
    guard index < values.count else { return 1 }
    let length = try Coercion.integer(values[index], call.dateSystem)
    guard length >= 0 else { throw Interruption.error(.value) }
    return length
  }
}

/// Windows code page 1252, in which `CHAR` and `CODE` count.
enum WindowsLatin {
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D, 0x8F, 0x90,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]

  static func scalar(_ code: UInt8) -> UInt32 { 0x80..<0xA0 ~= code ? upper[Int(code) - 0x80] : UInt32(code) }

  /// The code of a character, `?` for those that the page does not have.
  static func code(_ scalar: UInt32) -> UInt32 {
    if let index = upper.firstIndex(of: scalar) { return UInt32(index) + 0x80 }
    return scalar < 0x100 ? scalar : 63
  }
}
