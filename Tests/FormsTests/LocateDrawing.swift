import Foundation
import XLSX

@testable import Forms

extension Grid {
  /// A sheet as it looks, one line of text a row, cells between bars:
  ///
  ///     |        |          | 线上 | 线下 | 合计   |
  ///     | 送文艺 | 场次     | 3    | 12   | =C2+D2 |
  ///     | ^      | 参加人数 | 90   | 8    |        |
  ///
  /// `<` and `^` are merged into the cell to the left or above, `⏎` is a line break, `␣` a space, `'12` text. The table
  /// starts at A1 or at `origin`.
  static func drawn(_ drawing: String, at origin: CellReference = "A1", name: String = "Sheet1") -> Grid {
    var grid = Grid(name: name)
    grid.draw(drawing, at: origin)
    return grid
  }

  mutating func draw(_ drawing: String, at origin: CellReference = "A1") {
    var owner: [CellReference: CellReference] = [:]
    for (row, line) in drawing.split(separator: "\n").enumerated() {
      var parts = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.first == "" { parts.removeFirst() }
      if parts.last == "" { parts.removeLast() }
      for (column, text) in parts.enumerated() {
        let cell = origin.offset(rows: row, columns: column)
        if text == "<" { owner[cell] = owner[cell.offset(columns: -1)] ?? cell.offset(columns: -1) }
        if text == "^" { owner[cell] = owner[cell.offset(rows: -1)] ?? cell.offset(rows: -1) }
        if text == "<" || text == "^" || text.isEmpty { continue }
        cells[cell] = GridCell.drawn(text)
      }
    }
    let spans = Dictionary(grouping: owner.keys, by: { owner[$0] ?? $0 })
    for (anchor, covered) in spans {
      merges.append(covered.reduce(CellRange(anchor)) { $0.union(CellRange($1)) })
    }
    merges.sort { $0.first < $1.first }
  }
}

extension GridCell {
  fileprivate static func drawn(_ text: String) -> GridCell {
    if text.hasPrefix("=") { return GridCell(.blank, formula: String(text.dropFirst())) }
    if text.hasPrefix("'") { return GridCell(.text(String(text.dropFirst()))) }
    if Double(text) != nil, let number = Decimal(string: text) {
      return GridCell(.number(number))
    }
    return GridCell(
      .text(text.replacingOccurrences(of: "⏎", with: "\n").replacingOccurrences(of: "␣", with: " ")))
  }
}

/// The built-in campaign, and what its locator and reader make of a sheet.
struct LocateBench {
  let campaign: Campaign
  let locator: FormLocator
  let reader: FormReader

  init(_ campaign: Campaign) {
    self.campaign = campaign
    locator = FormLocator(campaign)
    reader = FormReader(campaign)
  }

  /// The forms of the 2024 notice.
  static let notice = Result {
    LocateBench(try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")))
  }

  func read(_ grids: Grid..., file: String = "表.xlsx") -> [Submission] { read(grids, file: file) }

  func read(_ grids: [Grid], file: String = "表.xlsx") -> [Submission] {
    let book = GridBook(format: .xlsx, grids: grids)
    return locator.locate(in: book).map { reader.read($0, in: book, file: file) }
  }
}

extension Submission {
  /// The figures by field, those that are there.
  var figures: [String: Decimal] {
    Dictionary(
      uniqueKeysWithValues: readings.compactMap { reading in
        reading.figure.map { (reading.field.rawValue, $0) }
      })
  }
}
