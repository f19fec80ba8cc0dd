/// What Excel refuses or "repairs", as checks that throw before anything is written.
///
/// Every rule names itself in the error's message. Lengths are in UTF-16 units, as Excel counts.
enum ContentRules {
  static let maximumTextLength = 32_767
  static let maximumFormulaLength = 8_192
  static let maximumURLLength = 2_079
  static let maximumHyperlinks = 65_530
  static let maximumCellFormats = 65_490
  static let maximumColumnWidth = 255.0
  static let maximumRowHeight = 409.5

  static func invalid(
    _ message: String, sheet: String? = nil, cell: CellReference? = nil
  ) -> XLSXError {
    XLSXError(.invalidContent, message, sheet: sheet, cell: cell)
  }

  /// 1 to 31 units, none of `[ ] : * ? / \`, no apostrophe at either end, no control characters; `History` is taken.
  static func checkSheetName(_ name: String) throws(XLSXError) {
    let problem: String? =
      if name.isEmpty || name.utf16.count > 31 {
        "it must have 1 to 31 characters"
      } else if name.contains(where: { "[]:*?/\\".contains($0) }) {
        "it must hold none of [ ] : * ? / \\"
      } else if name.hasPrefix("'") || name.hasSuffix("'") {
        "it must not begin or end with an apostrophe"
      } else if name.unicodeScalars.contains(where: {
        $0.value < 0x20 || $0.value == 0xFFFE || $0.value == 0xFFFF
      }) {
        "it must hold no control characters"
      } else if name.lowercased() == "history" {
        "Excel keeps this name for itself"
      } else {
        nil
      }
    if let problem { throw invalid("The sheet name \"\(name)\" is not allowed: \(problem)") }
  }

  /// A letter, `_` or `\` first, then also digits, `.` and `?`; at most 255 units; nothing that reads as a cell.
  static func checkDefinedName(_ name: String) throws(XLSXError) {
    let bare = name.hasPrefix("_xlnm.") ? String(name.dropFirst(6)) : name
    let first = bare.unicodeScalars.first
    let problem: String? =
      if first == nil || name.utf16.count > 255 {
        "it must have 1 to 255 characters"
      } else if first.map({ $0 != "_" && $0 != "\\" && !$0.properties.isAlphabetic }) ?? true {
        "it must begin with a letter, _ or \\"
      } else if !bare.unicodeScalars.allSatisfy(isNameScalar) {
        "it may hold only letters, digits, _ . \\ and ?"
      } else if readsAsReference(bare) {
        "it reads as a cell reference"
      } else {
        nil
      }
    if let problem { throw invalid("The name \"\(name)\" is not allowed: \(problem)") }
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return scalar.properties.isAlphabetic || "0"..."9" ~= scalar || "_.\\?".unicodeScalars.contains(scalar)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.isIDContinue
  }

  /// `A1`, `R1C1`, `R`, `C`, `RC5` ….
  private static func readsAsReference(_ name: String) -> Bool {
    if CellReference(name) != nil { return true }
    let text = name.uppercased()
    if text == "R" || text == "C" { return true }
    guard text.hasPrefix("R") || text.hasPrefix("C") else { return false }
    var rest = text[...]
    for letter in ["R", "C"] where rest.hasPrefix(letter) {
      rest = rest.dropFirst().drop { $0.isASCII && $0.isNumber }
    }
    return rest.isEmpty
  }

  static func checkInGrid(_ range: CellRange, _ what: String, sheet: String) throws(XLSXError) {
    if !range.first.isInGrid || !range.last.isInGrid {
      throw invalid(
        "\(what) lies outside the sheet's 1,048,576 rows and 16,384 columns", sheet: sheet, cell: range.first)
    }
  }

  static func checkLength(
    _ text: String, atMost limit: Int, _ what: String, sheet: String? = nil, cell: CellReference? = nil
  ) throws(XLSXError) {
    // A UTF-16 unit takes at least one byte of UTF-8, and Swift knows that count at once.
    if text.utf8.count > limit, text.utf16.count > limit {
      throw invalid(
        "\(what) has \(text.utf16.count) characters; Excel takes at most \(limit)", sheet: sheet, cell: cell)
    }
  }

  /// A formula must have text, no more of it than Excel takes, and nothing that XML cannot hold.
  static func checkFormula(
    _ text: String, _ what: String, sheet: String? = nil, cell: CellReference? = nil
  ) throws(XLSXError) {
    if text.isEmpty { throw invalid("\(what) is empty", sheet: sheet, cell: cell) }
    try checkLength(text, atMost: maximumFormulaLength, what, sheet: sheet, cell: cell)
    if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
      throw invalid("\(what) holds a control character; use CHAR()", sheet: sheet, cell: cell)
    }
    if let problem = FormulaBalance.problem(in: text) {
      throw invalid("\(what) \(problem): \(text.prefix(80))", sheet: sheet, cell: cell)
    }
  }

  static func checkHeight(_ height: Double?, ofRow row: Int, sheet: String) throws(XLSXError) {
    if let height, !(0...maximumRowHeight).contains(height) {
      throw invalid("Row \(row) is \(height) points high; Excel takes 0 to 409.5", sheet: sheet)
    }
  }

  static func checkWidth(_ width: Double?, ofColumn column: Int, sheet: String) throws(XLSXError) {
    if let width, !(0...maximumColumnWidth).contains(width) {
      throw invalid(
        "Column \(CellReference.columnName(column)) is \(width) wide; Excel takes 0 to 255", sheet: sheet)
    }
  }

  static func checkDefaultHeight(_ height: Double?, sheet: String) throws(XLSXError) {
    if let height, !(0...maximumRowHeight).contains(height) {
      throw invalid("The default height of rows is \(height) points; Excel takes 0 to 409.5", sheet: sheet)
    }
  }

  static func checkDefaultWidth(_ width: Double?, sheet: String) throws(XLSXError) {
    if let width, !(0...maximumColumnWidth).contains(width) {
      throw invalid("The default width of columns is \(width); Excel takes 0 to 255", sheet: sheet)
    }
  }

  static func checkColumns(_ columns: ClosedRange<Int>, sheet: String) throws(XLSXError) {
    if columns.lowerBound < 1 || columns.upperBound > CellReference.maximumColumn {
      throw invalid("Settings of columns \(columns) outside the sheet's 16,384", sheet: sheet)
    }
  }

  /// Excel repairs a file whose dates are not in W3CDTF.
  static func checkDate(
    _ text: String, _ what: String, sheet: String? = nil, cell: CellReference? = nil
  ) throws(XLSXError) {
    let pattern = "0000-00-00T00:00:00Z"
    let fits =
      text.utf8.count == pattern.utf8.count
      && zip(text.utf8, pattern.utf8).allSatisfy {
        $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1
      }
    if !fits {
      throw invalid("\(what) \"\(text)\" is not written as 2024-11-20T08:00:00Z", sheet: sheet, cell: cell)
    }
  }

  /// Ranges of one kind must not overlap: merged cells, tables.
  ///
  /// - Complexity: O(n log n) for ranges that do not share rows; a sweep over rows.
  static func checkNoOverlap(_ ranges: [CellRange], _ what: String, sheet: String) throws(XLSXError) {
    let ordered = ranges.sorted { $0.first < $1.first }
    var earlier = RangeIndex()
    for range in ordered {
      if let other = earlier.first(overlapping: range) {
        throw invalid("\(what) \(other) and \(range) overlap", sheet: sheet, cell: range.first)
      }
      earlier.append(range)
    }
  }
}

/// How a sheet is named inside a formula.
enum SheetReference {
  /// `'附件2分单位'` : always in apostrophes, which Excel accepts for every name, apostrophes inside doubled.
  static func quoted(_ name: String) -> String {
    "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// `'附件2'!$A$1:$E$16`; a single cell as `'附件2'!$A$1`, unless it has to be a range.
  static func absolute(_ range: CellRange, sheet: String, alwaysAsRange: Bool = false) -> String {
    let first = "$\(CellReference.columnName(range.first.column))$\(range.first.row)"
    let last = "$\(CellReference.columnName(range.last.column))$\(range.last.row)"
    return "\(quoted(sheet))!\(range.isSingleCell && !alwaysAsRange ? first : "\(first):\(last)")"
  }
}
