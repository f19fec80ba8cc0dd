import XLSX

/// How the columns of a sheet `…分单位` are spread over pages: on one as long as its figures stay readable, else in groups
/// below one topmost heading, with the units' names on each page.
struct UnitPages {
  /// The least that a point of the sheet may become on paper.
  private static let leastScale = 0.5
  /// What it becomes where the columns are spread, if a group of them lets it.
  private static let wantedScale = 0.75

  /// The columns after which a page ends.
  let breaks: [Int]
  /// What the widest page needs.
  let fit: PageFit
  /// The columns over which title and notes stand, and their width: those of the first page, without the names where these
  /// are printed again on the next.
  let textColumns: ClosedRange<Int>
  let textWidth: Double

  /// - Parameter widths: Of all columns from the first.
  init(table: UnitTable, widths: [Double]) {
    let whole = PageFit.whole(width: widths.reduce(0, +))
    guard whole.scale < Self.leastScale else {
      (breaks, fit, textColumns, textWidth) = ([], whole, 1...table.lastColumn, widths.reduce(0, +))
      return
    }
    let names = widths.prefix(UnitTable.stateColumn).reduce(0, +)
    let room = PageFit.landscapeCharacters / Self.wantedScale
    var ends: [Int] = []
    var pages: [Double] = []
    for block in HeadingBlock.blocks(of: table.headings, depth: table.headingDepth)
    where block.levels.lowerBound == 0 {
      let columns = block.leaves.map { UnitTable.firstFigureColumn + $0 }
      let width = columns.reduce(0) { $0 + (widths.indices.contains($1 - 1) ? widths[$1 - 1] : 0) }
      if let last = pages.last, last + width <= room {
        pages[pages.count - 1] += width
        ends[ends.count - 1] = columns.last ?? ends[ends.count - 1]
      } else {
        pages.append(names + width)
        ends.append(columns.last ?? table.lastColumn)
      }
    }
    breaks = Array(ends.dropLast())
    // Programs differ in how wide a character is, by the fonts at hand: a page that holds a little less is never cut.
    fit = PageFit(width: (pages.max() ?? names) / 0.84, isLandscape: true)
    let last = max(ends.first ?? table.lastColumn, UnitTable.firstFigureColumn)
    textColumns = UnitTable.firstFigureColumn...last
    textWidth = max(1, (pages.first ?? names) - names)
  }
}
