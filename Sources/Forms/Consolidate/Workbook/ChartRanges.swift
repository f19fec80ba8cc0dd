import XLSX

/// What a chart looks at, where some units in between are left out.
enum ChartRanges {
  /// `'任务完成情况'!$A$4:$A$9`; of several ranges their union in brackets, as Excel writes it.
  static func reference(_ ranges: [CellRange], onSheet sheet: String) -> String {
    let places = ranges.map { LiveFormula.quoted(sheet) + "!" + $0.absolute }
    return places.count == 1 ? places[0] : "(" + places.joined(separator: ",") + ")"
  }

  /// The cells of a column in some rows, neighbours joined.
  ///
  /// - Parameter rows: From the top down.
  static func runs(of rows: [Int], column: Int) -> [CellRange] {
    var runs: [CellRange] = []
    for row in rows {
      let cell = CellReference(row: row, column: column)
      if let last = runs.last, last.last.row + 1 == row {
        runs[runs.count - 1] = CellRange(last.first, cell)
      } else {
        runs.append(CellRange(cell))
      }
    }
    return runs
  }

  /// Where the axis ends lest one bar flatten all others: at a multiple of the largest target, if a bar goes past it;
  /// `nil` if none does.
  static func longestBar(_ bars: [Double?], targets: [Double?], multiple: Double) -> Double? {
    guard let target = targets.compactMap(\.self).max(), target > 0,
      let longest = bars.compactMap(\.self).max(), longest > target * multiple
    else { return nil }
    return target * multiple
  }
}
