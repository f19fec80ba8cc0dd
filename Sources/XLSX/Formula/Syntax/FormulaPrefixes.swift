/// The prefixes with which files store what came after Excel 2007 ([MS-XLSX] 2.2.2, future functions): `_xlfn.TEXTJOIN(…)`,
/// `_xlfn._xlws.SORT(…)`, and `_xlpm.` before the names that `LET` and `LAMBDA` give. Without them Excel shows `#NAME?`.
/// Formulas are read and given without them.
enum FormulaPrefixes {
  /// The formula as a file stores it. Prefixes that are there stay.
  ///
  /// - Complexity: O(length)
  static func stored(_ formula: String) -> String {
    guard needsPrefix(formula) else { return formula }
    var writer = PrefixWriter(formula)
    return writer.text()
  }

  /// The formula as people write it.
  ///
  /// - Complexity: O(length)
  static func shown(_ formula: String) -> String {
    guard formula.utf8.contains(UInt8(ascii: "_")), formula.lowercased().contains("_xl") else {
      return formula
    }
    var tokens = FormulaTokens(formula)
    for place in tokens.tokens.indices where tokens.kind(place) == .word {
      let word = tokens.text(place)
      if word.utf8.first == UInt8(ascii: "_") { tokens.replace(place...place, with: bare(word)) }
    }
    return tokens.finished()
  }

  private static let prefixes = ["_xlfn.", "_xlws.", "_xlpm.", "_xleta.", "_xludf."].map { Array($0.utf8) }

  /// One word without its prefixes.
  static func bare(_ word: String) -> String {
    guard word.utf8.first == UInt8(ascii: "_") else { return word }
    var bytes = Array(word.utf8)[...]
    while let prefix = prefixes.first(where: { starts(bytes, with: $0) }) {
      bytes = bytes.dropFirst(prefix.count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func starts(_ word: ArraySlice<UInt8>, with prefix: [UInt8]) -> Bool {
    word.count > prefix.count && zip(word, prefix).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  /// Whether a newer function is called, or a spilled range or an implicit intersection is written with its sign.
  private static func needsPrefix(_ formula: String) -> Bool {
    var formula = formula
    return formula.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices {
        let byte = bytes[index]
        if FormulaLexer.isWord(byte) { continue }
        if byte == UInt8(ascii: "("), index - start > 2, index - start < 32 {
          let word = UnsafeBufferPointer(rebasing: bytes[start..<index])
          if prefix(of: String(decoding: word, as: UTF8.self)) != nil { return true }
        } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@") {
          return true
        }
        start = index + 1
      }
      return false
    }
  }

  /// Whether a formula calls a function that gives arrays, which Excel lets spill.
  ///
  /// - Complexity: O(length)
  static func givesArray(_ formula: String) -> Bool {
    guard formula.utf8.contains(UInt8(ascii: "(")) || formula.utf8.contains(UInt8(ascii: "#")) else {
      return false
    }
    let tokens = FormulaTokens(formula)
    return tokens.tokens.indices.contains { place in
      guard tokens.kind(place) == .word else { return false }
      return tokens.isSymbol(place + 1, "#")
        || tokens.isSymbol(place + 1, "(") && arrayFunctions.contains(bare(tokens.text(place)).uppercased())
    }
  }

  private static let arrayFunctions: Set<String> = [
    "ANCHORARRAY", "BYCOL", "BYROW", "CHOOSECOLS", "CHOOSEROWS", "DROP", "EXPAND", "FILTER", "GROUPBY",
    "HSTACK",
    "LAMBDA", "LET", "MAKEARRAY", "MAP", "PIVOTBY", "RANDARRAY", "REDUCE", "SCAN", "SEQUENCE", "SORT",
    "SORTBY",
    "TAKE", "TEXTSPLIT", "TOCOL", "TOROW", "TRIMRANGE", "UNIQUE", "VSTACK", "WRAPCOLS", "WRAPROWS",
  ]

  /// The prefix that a function's name wants; `nil` for one that needs none or has it.
  static func prefix(of name: String) -> String? {
    let name = name.uppercased()
    if worksheetFunctions.contains(name) { return "_xlfn._xlws." }
    return functions.contains(name) ? "_xlfn." : nil
  }

  private static let worksheetFunctions: Set<String> = ["SORT", "FILTER"]

  /// What Excel 2010 and later added, save the four that were in the standard already (`NETWORKDAYS.INTL`, `WORKDAY.INTL`,
  /// `ISO.CEILING`, `ECMA.CEILING`).
  private static let functions: Set<String> = Set(
    """
    ACOT ACOTH AGGREGATE ANCHORARRAY ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV \
    BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV \
    CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COPILOT COT COTH \
    COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL DETECTLANGUAGE DROP ENCODEURL ERF.PRECISE ERFC.PRECISE EXPAND \
    EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FIELDVALUE FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS \
    FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST \
    GAMMA.INV GAMMALN.PRECISE GAUSS GROUPBY HSTACK HYPGEOM.DIST IFNA IFS IMAGE IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH \
    IMSINH IMTAN ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS \
    MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC \
    PERCENTILE.INC PERCENTOF PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST PQSOURCE PY \
    QUARTILE.EXC QUARTILE.INC QUERYSTRING RANDARRAY RANK.AVG RANK.EQ REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST RRI SCAN \
    SEC SECH SEQUENCE SHEET SHEETS SINGLE SKEW.P SORTBY STDEV.P STDEV.S STOCKHISTORY SWITCH T.DIST T.DIST.2T T.DIST.RT \
    T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW TRANSLATE TRIMRANGE UNICHAR UNICODE \
    UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
    """.split(separator: " ").map(String.init))
}

/// Writes one formula with its prefixes.
private struct PrefixWriter {
  private let bytes: [UInt8]
  private let tokens: [FormulaLexer.Token]
  /// The closing token of each opening parenthesis or brace.
  private var closing: [Int: Int] = [:]
  private var result: [UInt8] = []
  /// The names that `LET` and `LAMBDA` have given so far, in small letters, with how often.
  private var given: [String: Int] = [:]
  /// Functions that take a function as an argument.
  private static let callers: Set<String> = [
    "BYCOL", "BYROW", "GROUPBY", "MAKEARRAY", "MAP", "PIVOTBY", "REDUCE", "SCAN",
  ]
  /// Deeper than any formula that Excel accepts.
  private static let maximumDepth = 128

  init(_ formula: String) {
    (bytes, tokens) = FormulaLexer.tokens(formula)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() where token.kind == .symbol {
      switch bytes[token.range.lowerBound] {
      case UInt8(ascii: "("), UInt8(ascii: "{"): open.append(index)
      case UInt8(ascii: ")"), UInt8(ascii: "}"): if let start = open.popLast() { closing[start] = index }
      default: break
      }
    }
  }

  mutating func text() -> String {
    write(0..<tokens.count, depth: 0)
    return String(decoding: result, as: UTF8.self)
  }

  private func symbol(_ index: Int) -> UInt8? {
    tokens.indices.contains(index) && tokens[index].kind == .symbol
      ? bytes[tokens[index].range.lowerBound] : nil
  }

  private func word(_ index: Int) -> String {
    String(decoding: bytes[tokens[index].range], as: UTF8.self)
  }

  private mutating func write(_ range: Range<Int>, depth: Int) {
    var index = range.lowerBound
    while index < range.upperBound {
      if tokens[index].kind == .word, symbol(index + 1) == UInt8(ascii: "("), depth < Self.maximumDepth,
        let end = closing[index + 1], end < range.upperBound
      {
        writeCall(index, end, depth)
        index = end + 1
      } else if let end = spillEnd(index), end < range.upperBound {
        // `A1#` is stored as a function, as is `@A1:A9`.
        result += "_xlfn.ANCHORARRAY(".utf8
        for part in index..<end { writeTokenOnly(part) }
        result += ")".utf8
        index = end + 1
      } else if symbol(index) == UInt8(ascii: "@"), depth < Self.maximumDepth {
        let end = min(operandEnd(index + 1), range.upperBound)
        result += "_xlfn.SINGLE(".utf8
        write((index + 1)..<end, depth: depth + 1)
        result += ")".utf8
        index = end
      } else {
        writeToken(index)
        index += 1
      }
    }
  }

  /// The place behind a sheet's name and its mark, if they stand there.
  private func afterSheet(_ index: Int) -> Int {
    guard tokens.indices.contains(index), tokens[index].kind == .word || tokens[index].kind == .quotedName,
      symbol(index + 1) == UInt8(ascii: "!")
    else { return index }
    return index + 2
  }

  /// The number sign behind the reference that begins here; `nil` if there is none.
  private func spillEnd(_ index: Int) -> Int? {
    let cell = afterSheet(index)
    guard tokens.indices.contains(cell), tokens[cell].kind == .word, symbol(cell + 1) == UInt8(ascii: "#")
    else {
      return nil
    }
    return cell + 1
  }

  /// Behind the reference or call that begins here.
  private func operandEnd(_ index: Int) -> Int {
    if symbol(index) == UInt8(ascii: "("), let end = closing[index] { return end + 1 }
    let first = afterSheet(index)
    guard tokens.indices.contains(first), tokens[first].kind == .word else {
      return min(first + 1, tokens.count)
    }
    if symbol(first + 1) == UInt8(ascii: "("), let end = closing[first + 1] { return end + 1 }
    if symbol(first + 1) == UInt8(ascii: "#") { return first + 2 }
    let isRange =
      symbol(first + 1) == UInt8(ascii: ":") && tokens.indices.contains(first + 2)
      && tokens[first + 2].kind == .word
    return isRange ? first + 3 : first + 1
  }

  private mutating func writeToken(_ index: Int) {
    if tokens[index].kind == .word, isGiven(index) { result += "_xlpm.".utf8 }
    let token = bytes[tokens[index].range]
    if tokens[index].kind == .bracket, token.dropFirst().first == UInt8(ascii: "@") {
      writeThisRow(token)
    } else {
      result += token
    }
  }

  /// `[@Price]` and `[@[Unit price]]` are stored as `[[#This Row],[Price]]`, `[@]` as `[#This Row]`.
  private mutating func writeThisRow(_ token: ArraySlice<UInt8>) {
    let inside = token.dropFirst(2).dropLast()
    if inside.isEmpty {
      result += "[#This Row]".utf8
    } else if inside.first == UInt8(ascii: "[") {
      result += "[[#This Row],".utf8 + inside + "]".utf8
    } else {
      result += "[[#This Row],[".utf8 + inside + "]]".utf8
    }
  }

  /// Whether a word is a name that was given, and no part of a reference with a sheet.
  private func isGiven(_ index: Int) -> Bool {
    !given.isEmpty && symbol(index + 1) != UInt8(ascii: "!") && symbol(index - 1) != UInt8(ascii: "!")
      && given[word(index).lowercased(), default: 0] > 0
  }

  private mutating func writeCall(_ index: Int, _ end: Int, _ depth: Int) {
    let name = word(index)
    if isGiven(index) {
      writeToken(index)
    } else {
      result += (FormulaPrefixes.prefix(of: name) ?? "").utf8
      result += name.utf8
    }
    writeTokenOnly(index + 1)
    let arguments = self.arguments(from: index + 2, to: end)
    switch FormulaPrefixes.shown(name.uppercased()) {
    case "LET": writeLet(arguments, depth)
    case "LAMBDA": writeLambda(arguments, depth)
    case let caller where Self.callers.contains(caller):
      for argument in arguments {
        // A function by its name alone, as in `BYROW(A1:C9,SUM)`.
        if argument == arguments.last, let name = self.name(in: argument), given[name, default: 0] == 0,
          FormulaLambda(builtIn: name) != nil
        {
          result += "_xleta.".utf8
        }
        writeArgument(argument, depth)
      }
    default: for argument in arguments { writeArgument(argument, depth) }
    }
    writeTokenOnly(end)
  }

  private mutating func writeTokenOnly(_ index: Int) { result += bytes[tokens[index].range] }

  private mutating func writeArgument(_ range: Range<Int>, _ depth: Int) {
    write(range, depth: depth + 1)
    if symbol(range.upperBound) == UInt8(ascii: ",") { writeTokenOnly(range.upperBound) }
  }

  /// `LET(name, value, …, result)`: a name is known to what follows it.
  private mutating func writeLet(_ arguments: [Range<Int>], _ depth: Int) {
    var names: [String] = []
    for (position, argument) in arguments.enumerated() {
      guard position % 2 == 0, position + 1 < arguments.count, let name = self.name(in: argument) else {
        writeArgument(argument, depth)
        continue
      }
      give(name)
      names.append(name)
      writeArgument(argument, depth)
    }
    for name in names { given[name, default: 1] -= 1 }
  }

  /// `LAMBDA(name, …, result)`.
  private mutating func writeLambda(_ arguments: [Range<Int>], _ depth: Int) {
    let names = arguments.dropLast().compactMap { name(in: $0) }
    for name in names { give(name) }
    for argument in arguments { writeArgument(argument, depth) }
    for name in names { given[name, default: 1] -= 1 }
  }

  private mutating func give(_ name: String) { given[name, default: 0] += 1 }

  /// The one word of an argument, unless it has its prefix already.
  private func name(in range: Range<Int>) -> String? {
    let words = range.filter { tokens[$0].kind != .space }
    guard words.count == 1, tokens[words[0]].kind == .word else { return nil }
    let name = word(words[0]).lowercased()
    return name.hasPrefix("_xlpm.") ? nil : name
  }

  /// The tokens of each argument, commas left out.
  private func arguments(from start: Int, to end: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var first = start
    var index = start
    while index < end {
      if let close = closing[index], close < end {
        index = close
      } else if symbol(index) == UInt8(ascii: ",") {
        found.append(first..<index)
        first = index + 1
      }
      index += 1
    }
    found.append(first..<end)
    return found
  }
}
