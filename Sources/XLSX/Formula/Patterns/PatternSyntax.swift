/// A regular expression as Excel's `REGEX` functions take it (PCRE2), taken apart. What PCRE2 knows beyond it, or reads in more
/// than one way, is not computed rather than guessed.
indirect enum PatternNode {
  /// One character out of a set.
  case character(PatternSet)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// A group by the number that its text is remembered by.
  case group(Int, PatternNode)
  case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
  case place(PatternPlace)
  /// What stands before or behind, without taking it.
  case around(PatternNode, isBehind: Bool, isNegated: Bool)
  case reference(Int, ignoresCase: Bool)

  /// How many characters it takes, if that is always the same.
  var length: Int? {
    switch self {
    case .character: return 1
    case .place, .around: return 0
    case .reference: return nil
    case .group(_, let node): return node.length
    case .sequence(let nodes):
      var sum = 0
      for node in nodes {
        guard let length = node.length else { return nil }
        sum += length
      }
      return sum
    case .alternatives(let nodes):
      guard let first = nodes.first?.length, nodes.allSatisfy({ $0.length == first }) else { return nil }
      return first
    case .repeated(let node, let least, let most, _):
      guard least == most, let length = node.length else { return nil }
      return least * length
    }
  }
}

/// A place between characters.
enum PatternPlace {
  case start, end, lineStart, lineEnd, wordBoundary, noWordBoundary
  /// The end, or before a line break that ends the text.
  case lastLineEnd
}

enum PatternError: Error {
  /// What PCRE2 refuses, too.
  case invalid
  /// What is not computed here.
  case unsupported(String)
}

/// Reads a pattern.
struct PatternParser {
  private let scalars: [UInt32]
  private var place = 0
  private var flags: Flags
  private(set) var groups = 0
  /// Beyond any pattern that people write.
  private static let maximumDepth = 60
  static let maximumRepeats = 1_000
  private var depth = 0

  struct Flags {
    var ignoresCase: Bool
    var isMultiline = false
    var dotTakesBreaks = false
  }

  /// - Parameter ignoresCase: Whether large and small letters are the same.
  static func parse(_ pattern: String, ignoresCase: Bool) throws -> (node: PatternNode, groups: Int) {
    var parser = PatternParser(pattern, Flags(ignoresCase: ignoresCase))
    let node = try parser.alternatives()
    guard parser.place == parser.scalars.count else { throw PatternError.invalid }
    return (node, parser.groups)
  }

  private init(_ pattern: String, _ flags: Flags) {
    scalars = pattern.unicodeScalars.map(\.value)
    self.flags = flags
  }

  private var next: UInt32? { place < scalars.count ? scalars[place] : nil }

  private func has(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes in
      place + bytes.count <= scalars.count
        && bytes.indices.allSatisfy { scalars[place + $0] == UInt32(bytes[$0]) }
    }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    guard has(text) else { return false }
    place += text.utf8CodeUnitCount
    return true
  }

  private mutating func alternatives() throws -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw PatternError.unsupported("a pattern of \(depth) levels") }
    let outer = flags
    defer { flags = outer }
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != 0x7C, scalar != 0x29 {
      if let node = try atom() { nodes.append(try quantified(node)) }
    }
    return .sequence(nodes)
  }

  // Quantifiers

  private mutating func quantified(_ node: PatternNode) throws -> PatternNode {
    guard let (least, most) = try quantifier() else { return node }
    if case .place = node { throw PatternError.unsupported("a repeated place") }
    if case .around = node { throw PatternError.unsupported("a repeated look around") }
    let isLazy = take("?")
    if has("+") { throw PatternError.unsupported("a possessive repetition") }
    let result = PatternNode.repeated(node, least: least, most: most, isLazy: isLazy)
    if has("*") || has("?") { throw PatternError.invalid }
    return result
  }

  private mutating func quantifier() throws -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard has("{") else { return nil }
    let start = place
    place += 1
    if has(",") || has(" ") { throw PatternError.unsupported("{ followed by a comma or a space") }
    guard let least = number() else {
      place = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = has("}") ? nil : number() }
    if has(" ") { throw PatternError.unsupported("a space inside {}") }
    guard take("}") else {
      // Not closed it stands for itself.
      place = start
      return nil
    }
    guard least <= Self.maximumRepeats, (most ?? 0) <= Self.maximumRepeats else {
      throw PatternError.unsupported("more than \(Self.maximumRepeats) repetitions")
    }
    if let most, most < least { throw PatternError.invalid }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, 0x30...0x39 ~= scalar {
      value = min((value ?? 0) * 10 + Int(scalar - 0x30), 1_000_000)
      place += 1
    }
    return value
  }

  // Atoms

  /// The next atom; `nil` for flags, which stand for nothing.
  private mutating func atom() throws -> PatternNode? {
    guard let scalar = next else { return nil }
    place += 1
    switch Character(Unicode.Scalar(scalar) ?? " ") {
    case "(": return try group()
    case "[": return .character(try set())
    case ".":
      return .character(
        PatternSet(
          anyBut: flags.dotTakesBreaks ? [] : [0x0A],
          warnsOf: flags.dotTakesBreaks ? [] : [0x0D, 0x85, 0x2028, 0x2029]))
    case "^": return .place(flags.isMultiline ? .lineStart : .start)
    case "$": return .place(flags.isMultiline ? .lineEnd : .lastLineEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw PatternError.invalid
    case "{":
      // Alone it stands for itself, but what looks like a quantifier repeats nothing.
      place -= 1
      let start = place
      if try quantifier() != nil { throw PatternError.invalid }
      place = start + 1
      return .character(PatternSet(scalar, flags.ignoresCase))
    default: return .character(PatternSet(scalar, flags.ignoresCase))
    }
  }

  private mutating func group() throws -> PatternNode? {
    guard take("?") else {
      if has("*") { throw PatternError.unsupported("a verb of PCRE2") }
      return try captured()
    }
    if take(":") { return try closed(try alternatives()) }
    if take("=") { return .around(try closed(try alternatives()), isBehind: false, isNegated: false) }
    if take("!") { return .around(try closed(try alternatives()), isBehind: false, isNegated: true) }
    if take("<=") { return try behind(isNegated: false) }
    if take("<!") { return try behind(isNegated: true) }
    if take("P<") || take("<") {
      let start = place
      while let scalar = next, PatternSet.isASCIIWord(scalar) { place += 1 }
      guard place > start, !(0x30...0x39 ~= scalars[start]), take(">") else { throw PatternError.invalid }
      return try captured()
    }
    return try flagged()
  }

  private mutating func captured() throws -> PatternNode {
    groups += 1
    let number = groups
    return .group(number, try closed(try alternatives()))
  }

  private mutating func behind(isNegated: Bool) throws -> PatternNode {
    let node = try closed(try alternatives())
    guard node.length != nil else { throw PatternError.unsupported("a look behind of several lengths") }
    return .around(node, isBehind: true, isNegated: isNegated)
  }

  private mutating func closed(_ node: PatternNode) throws -> PatternNode {
    guard take(")") else { throw PatternError.invalid }
    return node
  }

  /// `(?i)`, `(?i-s)` for the rest of the group, `(?i:…)` for a group.
  private mutating func flagged() throws -> PatternNode? {
    let outer = flags
    var isOn = true
    while let scalar = next, scalar != 0x29, scalar != 0x3A {
      switch Character(Unicode.Scalar(scalar) ?? " ") {
      case "-" where isOn: isOn = false
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotTakesBreaks = isOn
      default: throw PatternError.unsupported("a group that begins with (?")
      }
      place += 1
    }
    if take(")") { return nil }
    guard take(":") else { throw PatternError.invalid }
    let node = try alternatives()
    flags = outer
    return try closed(node)
  }

  // Escapes and sets

  private mutating func escape() throws -> PatternNode {
    guard let scalar = next else { throw PatternError.invalid }
    switch Character(Unicode.Scalar(scalar) ?? " ") {
    case "b": place += 1; return .place(.wordBoundary)
    case "B": place += 1; return .place(.noWordBoundary)
    case "A": place += 1; return .place(.start)
    case "z": place += 1; return .place(.end)
    case "Z": place += 1; return .place(.lastLineEnd)
    case "1"..."9":
      guard let number = number(), number < 10 else {
        throw PatternError.unsupported("a reference of two digits")
      }
      return .reference(number, ignoresCase: flags.ignoresCase)
    default:
      if let kind = try classEscape() { return .character(kind) }
      return .character(PatternSet(try character(inSet: false), flags.ignoresCase))
    }
  }

  /// `\d` and its kin; the backslash is taken already.
  private mutating func classEscape() throws -> PatternSet? {
    guard let scalar = next else { return nil }
    var set = PatternSet()
    switch Character(Unicode.Scalar(scalar) ?? " ") {
    case "d": set.kinds = [(.digit, false)]
    case "D": set.kinds = [(.digit, true)]
    case "w": set.kinds = [(.word, false)]
    case "W": set.kinds = [(.word, true)]
    case "s": set.kinds = [(.space, false)]
    case "S": set.kinds = [(.space, true)]
    default: return nil
    }
    place += 1
    return set
  }

  /// A character written with a backslash, which is taken already.
  private mutating func character(inSet: Bool) throws -> UInt32 {
    guard let scalar = next else { throw PatternError.invalid }
    place += 1
    switch Character(Unicode.Scalar(scalar) ?? " ") {
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "f": return 0x0C
    case "e": return 0x1B
    case "a": return 0x07
    case "b" where inSet: return 0x08
    case "x":
      let isBraced = take("{")
      var value: UInt32 = 0
      var digits = 0
      while let digit = next.flatMap({ Unicode.Scalar($0) }).flatMap({ Character($0).hexDigitValue }),
        digits < (isBraced ? 6 : 2)
      {
        value = value * 16 + UInt32(digit)
        digits += 1
        place += 1
      }
      guard digits > 0, !isBraced || take("}"), Unicode.Scalar(value) != nil else {
        throw PatternError.unsupported("a \\x without a number")
      }
      return value
    default:
      if scalar < 0x80, PatternSet.isASCIIWord(scalar), scalar != 0x5F {
        throw PatternError.unsupported("\\\(Character(Unicode.Scalar(scalar) ?? " "))")
      }
      return scalar
    }
  }

  private mutating func set() throws -> PatternSet {
    var set = PatternSet()
    set.ignoresCase = flags.ignoresCase
    set.isNegated = take("^")
    var isFirst = true
    while true {
      guard let scalar = next else { throw PatternError.invalid }
      if scalar == 0x5D, !isFirst {
        place += 1
        return set
      }
      isFirst = false
      if has("[:") {
        try posixClass(&set)
        continue
      }
      if has("[.") || has("[=") { throw PatternError.unsupported("a collating element") }
      place += 1
      var low = scalar
      if scalar == 0x5C {
        if let kind = try classEscape() {
          set.kinds += kind.kinds
          if has("-"), place + 1 < scalars.count, scalars[place + 1] != 0x5D {
            throw PatternError.unsupported("a range that begins with a class")
          }
          continue
        }
        low = try character(inSet: true)
      }
      guard has("-"), place + 1 < scalars.count, scalars[place + 1] != 0x5D else {
        set.ranges.append(low...low)
        continue
      }
      place += 1
      guard var high = next else { throw PatternError.invalid }
      if has("[:") { throw PatternError.unsupported("a range that ends with a class") }
      place += 1
      if high == 0x5C {
        if try classEscape() != nil { throw PatternError.unsupported("a range that ends with a class") }
        high = try character(inSet: true)
      }
      guard low <= high else { throw PatternError.invalid }
      set.ranges.append(low...high)
    }
  }

  private mutating func posixClass(_ set: inout PatternSet) throws {
    let names: [(StaticString, PatternSet.Kind)] = [
      ("[:alpha:]", .alphabetic), ("[:digit:]", .digit), ("[:alnum:]", .alphanumeric), ("[:upper:]", .upper),
      ("[:lower:]", .lower), ("[:space:]", .space), ("[:punct:]", .punctuation), ("[:word:]", .word),
    ]
    for (name, kind) in names where take(name) {
      set.kinds.append((kind, false))
      return
    }
    throw PatternError.unsupported("a class in [: :]")
  }
}
