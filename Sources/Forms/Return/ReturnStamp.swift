import XLSX

/// What a file that was returned once says of it: the sheet 退回说明 in front, by which it is known again whatever program
/// saved it since. The sheet is no part of what the unit reports.
public struct ReturnStamp: Hashable, Sendable, Codable {
  /// The day on which it was returned last.
  public var returnedOn: CalendarDate
  /// How many times it was returned.
  public var round: Int

  /// The name of the sheet: public.
  public static let sheetName = "退回说明"
  static let headings = ["序号", "级别", "位置", "数据项", "问题", "现为", "应为／可能", "处理"]
  /// Rows in which the stamp and the headings are looked for.
  private static let searchedRows = 1...24

  public init(returnedOn: CalendarDate, round: Int) {
    self.returnedOn = returnedOn
    self.round = round
  }

  /// The line that the sheet carries: `退回日期：2024-12-01（第1次退回）`.
  var line: String { "退回日期：\(returnedOn)（第\(round)次退回）" }

  /// Reads the stamp of a sheet.
  ///
  /// - Parameters:
  ///   - name: The sheet's name, which may have got a number behind it.
  ///   - text: The text of a cell; `nil` or empty without one.
  /// - Returns: `nil` for any sheet that is not one of these.
  init?(sheet name: String, text: (CellReference) -> String?) {
    guard name.hasPrefix(Self.sheetName) else { return nil }
    var stamp: ReturnStamp?
    var hasHeadings = false
    for row in Self.searchedRows {
      let cells = (1...Self.headings.count).map { text(CellReference(row: row, column: $0)) ?? "" }
      if let found = cells.lazy.compactMap({ Self(line: $0) }).first { stamp = found }
      // What stands to the right may be moved; the first three are enough.
      if zip(cells, Self.headings).prefix(3).allSatisfy({ $0 == $1 }) { hasHeadings = true }
    }
    guard let stamp, hasHeadings else { return nil }
    self = stamp
  }

  private init?(line: String) {
    guard let start = line.firstRange(of: "退回日期："),
      let date = CalendarDate(iso: line[start.upperBound...].prefix(10)),
      let mark = line.firstRange(of: "（第"), let end = line.firstRange(of: "次退回"),
      mark.upperBound <= end.lowerBound, let round = Int(line[mark.upperBound..<end.lowerBound]),
      0..<1_000 ~= round
    else { return nil }
    self.init(returnedOn: date, round: round)
  }
}

extension GridBook {
  /// Takes out the sheets that this program put in when the file was returned.
  ///
  /// - Returns: What they say; `nil` if there are none.
  mutating func takeReturnStamp() -> ReturnStamp? {
    var stamp: ReturnStamp?
    grids.removeAll { grid in
      let found = ReturnStamp(sheet: grid.name) { cell in
        if case .text(let text)? = grid.cells[cell]?.value { text } else { nil }
      }
      if let found, found.round >= stamp?.round ?? 0 { stamp = found }
      return found != nil
    }
    return stamp
  }
}
