/// A table of plain text whose columns line up in a terminal, Chinese characters counted as two columns.
struct TextTable {
  enum Alignment {
    case left, right
  }

  private let headings: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []
  /// No column is made wider than this.
  private let widest = 48

  /// How wide a line may be at most: the last column gives way, and its texts lose their beginnings.
  private let widestLine: Int?

  /// - Parameter alignments: Of the columns from the first; columns without one stand left.
  init(_ headings: [String], alignments: [Alignment] = [], widestLine: Int? = nil) {
    self.headings = headings
    self.alignments = alignments
    self.widestLine = widestLine
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ row: [String]) { rows.append(row.map(\.onOneLine)) }

  /// The lines of the table: headings, a rule, the rows.
  ///
  /// - Parameter style: Applied to a cell's text once its width is known, by row (`nil` for the headings) and column.
  func lines(style: (_ row: Int?, _ column: Int, _ text: String) -> String = { $2 }) -> [String] {
    var widths = headings.map(\.displayWidth)
    for row in rows {
      for (column, text) in row.enumerated() where column < widths.count {
        widths[column] = min(widest, max(widths[column], text.displayWidth))
      }
    }
    if let widestLine, let last = widths.last {
      let others = widths.dropLast().reduce(0) { $0 + $1 + 2 }
      widths[widths.count - 1] = min(last, max(12, widestLine - others))
    }
    func line(_ row: Int?, _ cells: [String]) -> String {
      var line = ""
      for (column, width) in widths.enumerated() {
        let isLast = column == widths.count - 1
        let cell = column < cells.count ? cells[column] : ""
        let text = isLast && widestLine != nil ? cell.ending(in: width) : cell.shortened(to: width)
        let isRight = column < alignments.count && alignments[column] == .right
        let space = String(repeating: " ", count: max(0, width - text.displayWidth))
        let styled = style(row, column, text)
        line += isRight ? space + styled : isLast ? styled : styled + space
        if !isLast { line += "  " }
      }
      return line
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return [line(nil, headings), rule] + rows.enumerated().map { line($0.offset, $0.element) }
  }
}

/// How text is made to stand out on a terminal.
struct TextStyle {
  /// Whether escape sequences may be written at all.
  var usesColor: Bool

  enum Mark: String {
    case red = "31"
    case yellow = "33"
    case green = "32"
    case dim = "2"
    case bold = "1"
  }

  /// What follows the escape character in the sequences that are written.
  static let codes = ["[31m", "[33m", "[32m", "[2m", "[1m", "[0m"]

  func mark(_ text: String, _ mark: Mark?) -> String {
    guard usesColor, let mark, !text.isEmpty else { return text }
    return "\u{1B}[\(mark.rawValue)m\(text)\u{1B}[0m"
  }
}
