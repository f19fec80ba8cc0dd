/// Regular expressions: `REGEXTEST`, `REGEXEXTRACT`, `REGEXREPLACE`. What Excel's documentation leaves open is not computed.
extension FunctionTable {
  static let patterns: [String: FormulaFunction] = [
    "REGEXTEST": .scalars(2...3) { values, call in
      var search = try PatternSearch(values, case: 2, call)
      return .bool(try search.first(from: 0) != nil)
    },
    "REGEXEXTRACT": .operands(2...4) { call in
      let values = try [call.scalar(0), call.scalar(1), call.has(3) ? call.scalar(3) : .number(0)]
      if case .error(let error)? = values.first(where: { if case .error = $0 { true } else { false } }) {
        throw Interruption.error(error)
      }
      let mode = try call.integer(2)
      guard 0...2 ~= mode else { throw Interruption.error(.value) }
      var search = try PatternSearch(values, case: 2, call)
      guard let match = try search.first(from: 0), let whole = match[0] else {
        throw Interruption.error(.notAvailable)
      }
      switch mode {
      case 0: return .scalar(.text(search.string(whole)))
      case 1:
        // Whether several stand below or beside each other is not written down.
        if try search.first(from: whole.upperBound, notEmptyAtStart: whole.isEmpty) != nil {
          throw Interruption.failure(.unsupported("several matches of a regular expression"))
        }
        return .scalar(.text(search.string(whole)))
      default:
        guard match.count > 1 else { throw Interruption.error(.value) }
        let groups = try match.dropFirst().map { group -> Scalar in
          guard let group else {
            throw Interruption.failure(.unsupported("a group of a regular expression that takes no part"))
          }
          return .text(search.string(group))
        }
        return .array(Matrix(rows: 1, columns: groups.count, values: groups))
      }
    },
    "REGEXREPLACE": .scalars(3...5) { values, call in
      var search = try PatternSearch(values, case: 4, call)
      let replacement = try Coercion.text(values[2])
      let occurrence = values.count > 3 ? try Coercion.integer(values[3], call.dateSystem) : 0
      let parts = try PatternSearch.parts(of: replacement, groups: search.groups)
      return try search.replaced(by: parts, occurrence: occurrence).map { checked($0) } ?? .error(.value)
    },
  ]
}

/// A text that a pattern is looked for in.
private struct PatternSearch {
  /// What a match is replaced by.
  enum Part {
    case text(String)
    case group(Int)
  }

  private let call: FunctionCall
  private let program: PatternProgram
  private var run: PatternProgram.Run

  var groups: Int { program.groups }

  /// - Parameter index: Where among the values it stands whether large and small letters are the same.
  init(_ values: [Scalar], case index: Int, _ call: FunctionCall) throws {
    let ignoresCase = values.count > index ? try Coercion.integer(values[index], call.dateSystem) : 0
    guard 0...1 ~= ignoresCase else { throw Interruption.error(.value) }
    let (text, pattern) = try (Coercion.text(values[0]), Coercion.text(values[1]))
    self.call = call
    program = try Self.mended { try PatternProgram(pattern, ignoresCase: ignoresCase == 1) }
    run = PatternProgram.Run(program, text.unicodeScalars.map(\.value))
  }

  mutating func first(from start: Int, notEmptyAtStart: Bool = false) throws -> PatternProgram.Match? {
    let before = run.steps
    let match = try Self.mended { try run.first(from: start, notEmptyAtStart: notEmptyAtStart) }
    try call.evaluator.charge((run.steps - before) / 8)
    return match
  }

  func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    for value in run.text[range] { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
    return String(text)
  }

  private static func mended<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch PatternError.invalid {
      throw Interruption.error(.value)
    } catch PatternError.unsupported(let what) {
      throw Interruption.failure(.unsupported("\(what) in a regular expression"))
    }
  }

  /// `$1`, `${1}` and `$$` in a replacement.
  static func parts(of replacement: String, groups: Int) throws -> [Part] {
    var parts: [Part] = []
    var rest = replacement[...]
    while let place = rest.firstIndex(of: "$") {
      if place > rest.startIndex { parts.append(.text(String(rest[..<place]))) }
      rest = rest[rest.index(after: place)...]
      if rest.first == "$" {
        parts.append(.text("$"))
        rest = rest.dropFirst()
        continue
      }
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      if isBraced {
        guard rest.first == "}" else {
          throw Interruption.failure(.unsupported("a named group in the replacement of a regular expression"))
        }
        rest = rest.dropFirst()
      }
      guard let number = Int(digits), number <= groups else {
        if digits.isEmpty, rest.first?.isLetter == true {
          throw Interruption.failure(.unsupported("a named group in the replacement of a regular expression"))
        }
        throw Interruption.error(.value)
      }
      parts.append(.group(number))
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }

  /// The text with one match or all replaced; `nil` where it gets longer than a cell holds.
  ///
  /// - Parameter occurrence: Which match, from 1; from the last backwards if negative; 0 for all.
  mutating func replaced(by parts: [Part], occurrence: Int) throws -> String? {
    var matches: [PatternProgram.Match] = []
    var (start, isAfterEmpty) = (0, false)
    while let match = try first(from: start, notEmptyAtStart: isAfterEmpty), let whole = match[0] {
      matches.append(match)
      (start, isAfterEmpty) = (whole.upperBound, whole.isEmpty)
    }
    if occurrence != 0 {
      let place = occurrence > 0 ? occurrence - 1 : matches.count + max(occurrence, -1_000_000)
      matches = matches.indices.contains(place) ? [matches[place]] : []
    }
    var result = ""
    var copied = 0
    for match in matches {
      guard let whole = match[0] else { continue }
      result += string(copied..<whole.lowerBound)
      for part in parts {
        switch part {
        case .text(let text): result += text
        case .group(let number):
          guard let group = match[number] else {
            throw Interruption.failure(.unsupported("a group of a regular expression that takes no part"))
          }
          result += string(group)
        }
        guard result.utf8.count <= 4 * FunctionTable.maximumText else { return nil }
      }
      copied = whole.upperBound
    }
    return result + string(copied..<run.text.count)
  }
}
