/// Text cut into parts, values as text, and what counts in bytes.
extension FunctionTable {
  static let textParts: [String: FormulaFunction] = [
    "TEXTBEFORE": .operands(2...6) { try part($0, isBefore: true) },
    "TEXTAFTER": .operands(2...6) { try part($0, isBefore: false) },
    "TEXTSPLIT": .operands(2...6) { call in
      let text = try call.text(0)
      let ignoresEmpty = try call.bool(3)
      let ignoresCase = try call.integer(4) == 1
      func delimiters(_ index: Int) throws -> [[UInt16]] {
        guard call.has(index) else { return [] }
        let found = try call.matrix(index).values.map { Array(try Coercion.text($0).utf16) }
        guard found.allSatisfy({ !$0.isEmpty }) else { throw Interruption.error(.value) }
        return found
      }
      let (across, down) = try (delimiters(1), delimiters(2))
      guard !across.isEmpty || !down.isEmpty else { throw Interruption.error(.value) }
      try call.evaluator.charge(text.utf16.count * (across.count + down.count) / 8)
      var rows: [[String]] = []
      for line in split(Array(text.utf16), down, ignoresCase) where !(ignoresEmpty && line.isEmpty) {
        let parts = split(line, across, ignoresCase).filter { !(ignoresEmpty && $0.isEmpty) }
        rows.append(parts.map { String(decoding: $0, as: UTF16.self) })
      }
      let columns = rows.map(\.count).max() ?? 0
      guard columns > 0 else { throw Interruption.error(.calculation) }
      try call.checkSize(rows.count, columns)
      let padding: Scalar = call.has(5) ? try call.scalar(5) : .error(.notAvailable)
      let values = rows.flatMap { row in
        row.map { Scalar.text($0) } + Array(repeating: padding, count: columns - row.count)
      }
      return .array(Matrix(rows: rows.count, columns: columns, values: values))
    },
    "VALUETOTEXT": FormulaFunction(
      arguments: 1...2,
      body: .scalarsWithErrors { values, call in
        let format = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 0
        guard 0...1 ~= format else { return .error(.value) }
        return checked(asText(values[0], isStrict: format == 1))
      }),
    "ARRAYTOTEXT": .operands(1...2) { call in
      let (matrix, format) = try (call.matrix(0), call.integer(1))
      guard 0...1 ~= format else { throw Interruption.error(.value) }
      let isStrict = format == 1
      let rows = (0..<matrix.rows).map { row in
        (0..<matrix.columns).map { asText(matrix[row, $0], isStrict: isStrict) }
          .joined(separator: isStrict ? "," : ", ")
      }
      return .scalar(
        checked(isStrict ? "{" + rows.joined(separator: ";") + "}" : rows.joined(separator: ", ")))
    },
    "LENB": .scalars(1...1) { values, _ in
      .number(Double(try Coercion.text(values[0]).unicodeScalars.reduce(0) { $0 + width($1) }))
    },
    "LEFTB": .scalars(1...2) { values, call in
      let scalars = Array(try Coercion.text(values[0]).unicodeScalars)
      let count = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 1
      return count < 0 ? .error(.value) : .text(string(fitting: scalars, count))
    },
    "RIGHTB": .scalars(1...2) { values, call in
      let scalars = Array(try Coercion.text(values[0]).unicodeScalars)
      let count = values.count > 1 ? try Coercion.integer(values[1], call.dateSystem) : 1
      guard count >= 0 else { return .error(.value) }
      var left = count
      let kept = scalars.reversed().prefix { scalar in
        left -= width(scalar)
        return left >= 0
      }
      return .text(String(String.UnicodeScalarView(kept.reversed())))
    },
    "MIDB": .scalars(3...3) { values, call in
      let scalars = Array(try Coercion.text(values[0]).unicodeScalars)
      let (start, count) = try (
        Coercion.integer(values[1], call.dateSystem), Coercion.integer(values[2], call.dateSystem)
      )
      guard start >= 1, count >= 0 else { return .error(.value) }
      var before = start - 1
      let rest = scalars.drop { scalar in
        before -= width(scalar)
        return before >= 0
      }
      return .text(string(fitting: Array(rest), count))
    },
    "ASC": .scalars(1...1) { values, _ in
      .text(
        String(
          String.UnicodeScalarView(
            try Coercion.text(values[0]).unicodeScalars.map { scalar in
              switch scalar.value {
              case 0x3000: " "
              case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
              default: scalar
              }
            })))
    },
    "DBCS": .scalars(1...1, wide), "JIS": .scalars(1...1, wide),
    "ENCODEURL": .scalars(1...1) { values, _ in
      var result = ""
      for byte in try Coercion.text(values[0]).utf8 {
        let isPlain =
          FormulaLexer.isLetter(byte) || FormulaLexer.isDigit(byte) || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
        let hex = String(byte, radix: 16, uppercase: true)
        result += isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + hex
      }
      return checked(result)
    },
    "FORMULATEXT": .operands(1...1) { call in
      let area = try call.area(0)
      let value = try call.evaluator.context.cell(area.range.first, sheet: area.sheet)
      guard let formula = value.formula else { throw Interruption.error(.notAvailable) }
      return .scalar(.text("=" + formula.text))
    },
    "SHEETS": .operands(0...1) { call in
      if call.count > 0, case .areas(let areas) = try call.operand(0) {
        return .scalar(.number(Double(Set(areas.map(\.sheet)).count)))
      }
      guard call.count == 0, let count = call.evaluator.context.sheetCount else {
        throw Interruption.error(.value)
      }
      return .scalar(.number(Double(count)))
    },
    "SHEET": .operands(0...1) { call in
      guard call.count > 0 else { return .scalar(.number(Double(call.scope.sheet + 1))) }
      let operand = try call.operand(0)
      if case .areas(let areas) = operand, let area = areas.first {
        return .scalar(.number(Double(area.sheet + 1)))
      }
      let name = try Coercion.text(call.evaluator.scalar(operand, call.scope))
      guard let position = call.evaluator.context.position(ofSheet: name) else {
        throw Interruption.error(.notAvailable)
      }
      return .scalar(.number(Double(position + 1)))
    },
  ]

  /// A wide character counts as two bytes, as in a Chinese or Japanese Excel.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    scalar.value < 0x80 || 0xFF61...0xFF9F ~= scalar.value ? 1 : 2
  }

  private static func string(fitting scalars: [Unicode.Scalar], _ count: Int) -> String {
    var left = count
    return String(
      String.UnicodeScalarView(
        scalars.prefix { scalar in
          left -= width(scalar)
          return left >= 0
        }))
  }

  @Sendable private static func wide(_ values: [Scalar], _ call: FunctionCall) throws -> Scalar {
    .text(
      String(
        String.UnicodeScalarView(
          try Coercion.text(values[0]).unicodeScalars.map { scalar in
            switch scalar.value {
            case 0x20: "\u{3000}"
            case 0x21...0x7E: Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
            default: scalar
            }
          })))
  }

  static func asText(_ value: Scalar, isStrict: Bool) -> String {
    switch value {
    case .blank: ""
    case .number(let number): GeneralFormat.formulaText(for: number)
    case .bool(let bool): bool ? "TRUE" : "FALSE"
    case .error(let error): error.text
    case .text(let text):
      isStrict ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
  }

  private static func folded(_ units: [UInt16], _ ignoresCase: Bool) -> [UInt16] {
    guard ignoresCase else { return units }
    let lower = Array(String(decoding: units, as: UTF16.self).lowercased().utf16)
    // Only where every character stays as long as it was.
    return lower.count == units.count ? lower : units
  }

  /// The parts between delimiters, of which the one that comes first counts, and of those the longest.
  private static func split(_ text: [UInt16], _ delimiters: [[UInt16]], _ ignoresCase: Bool) -> [[UInt16]] {
    if delimiters.isEmpty { return [text] }
    let places = FunctionTable.places(text, delimiters, ignoresCase)
    var parts: [[UInt16]] = []
    var start = 0
    for place in places {
      parts.append(Array(text[start..<place.lowerBound]))
      start = place.upperBound
    }
    parts.append(Array(text[start...]))
    return parts
  }

  /// Where delimiters stand, without overlaps.
  private static func places(_ text: [UInt16], _ delimiters: [[UInt16]], _ ignoresCase: Bool) -> [Range<Int>]
  {
    let folded = folded(text, ignoresCase)
    let wanted = delimiters.map { FunctionTable.folded($0, ignoresCase) }.sorted { $0.count > $1.count }
    var places: [Range<Int>] = []
    var index = 0
    while index < folded.count {
      if let found = wanted.first(where: { folded[index...].starts(with: $0) }) {
        places.append(index..<(index + found.count))
        index += found.count
      } else {
        index += 1
      }
    }
    return places
  }

  /// Text, delimiters, which of them (from the end with a minus), whether case is ignored, whether the end is a delimiter, and
  /// what to give if there is none.
  private static func part(_ call: FunctionCall, isBefore: Bool) throws -> Operand {
    let text = Array(try call.text(0).utf16)
    let delimiters = try call.matrix(1).values.map { Array(try Coercion.text($0).utf16) }
    let instance = try call.integer(2, default: 1)
    let (ignoresCase, matchesEnd) = try (call.integer(3) == 1, call.integer(4) == 1)
    guard instance != 0 else { throw Interruption.error(.value) }
    guard instance.magnitude <= max(1, text.count) else { throw Interruption.error(.value) }
    try call.evaluator.charge(text.count * delimiters.count / 8)
    // An empty delimiter stands at the beginning, and from the end at the end.
    if delimiters.contains(where: \.isEmpty) {
      let atStart = instance > 0
      return .scalar(string(isBefore == atStart ? [] : text))
    }
    var places = FunctionTable.places(text, delimiters, ignoresCase)
    if matchesEnd {
      if instance > 0 { places.append(text.count..<text.count) } else { places.insert(0..<0, at: 0) }
    }
    let index = instance > 0 ? instance - 1 : places.count + instance
    guard places.indices.contains(index) else {
      if call.has(5) { return try call.operand(5) }
      throw Interruption.error(.notAvailable)
    }
    return .scalar(string(isBefore ? text[..<places[index].lowerBound] : text[places[index].upperBound...]))
  }
}
