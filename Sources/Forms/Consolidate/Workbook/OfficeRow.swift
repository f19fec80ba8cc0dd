/// A row of a sheet `…分级`: an office of any level, or a unit at the top that has nobody below it.
struct OfficeRow {
  var figures: UnitFigures
  var depth: Int
  /// Its units, as positions in ``FormConsolidation/units``.
  var lines: Range<Int>
  var reported: Int
  var expected: Int

  static func rows(of consolidation: FormConsolidation) -> [OfficeRow] {
    var rows: [OfficeRow] = []
    var next = 0
    func addUnits(to end: Int) {
      for position in next..<max(next, end) {
        let unit = consolidation.units[position]
        let isOwing = unit.standing == .owing
        rows.append(
          OfficeRow(
            figures: unit, depth: 0, lines: position..<(position + 1),
            reported: isOwing && unit.isReported ? 1 : 0, expected: isOwing ? 1 : 0))
      }
      next = max(next, end)
    }
    for office in consolidation.offices {
      if office.depth == 0 {
        addUnits(to: office.lines.lowerBound)
        next = office.lines.upperBound
      }
      rows.append(
        OfficeRow(
          figures: office.figures, depth: office.depth, lines: office.lines, reported: office.reported,
          expected: office.expected))
    }
    addUnits(to: consolidation.units.count)
    return rows
  }
}
