import XLSX

/// Decides for every heading on a sheet which way it points and, where its word stands for several headings, which one
/// it is.
///
/// Headings of one level stand side by side: those along a column point to the right, those along a row point down.
/// So it does not matter which axis of the definition they belong to, and a form with its axes swapped is read too.
struct HeadingHits {
  private struct Place: Hashable {
    var form: Int
    var level: UInt32
    var side: HeadingSide
    var track: Int
  }

  private var hits: [Int: [HeadingSide: [HeadingHit]]] = [:]

  /// The forms of which a heading was found.
  var forms: [Int] { hits.keys.sorted() }

  func hits(of form: Int, on side: HeadingSide) -> [HeadingHit] { hits[form]?[side] ?? [] }

  /// - Parameter isOpen: Whether a heading, by its position, may be a form's; all may without it.
  /// - Complexity: O(*n*) for *n* headings.
  init(_ sheet: SheetText, isOpen: ((_ heading: Int, _ form: Int) -> Bool)? = nil) {
    let neighbours = Self.neighbours(in: sheet, isOpen)
    var pointed: [(cell: Int, form: Int, side: HeadingSide, meanings: [HeadingMeaning])] = []
    // Levels by track, of the headings that can be only one thing.
    var plain: [Place: Int] = [:]
    for (index, heading) in sheet.headings.enumerated() {
      var bySide: [Int: [HeadingSide: [HeadingMeaning]]] = [:]
      var sides: [Int: HeadingSide] = [:]
      let plainMeanings = heading.plainMeanings
      for meaning in plainMeanings + heading.meanings.filter({ !plainMeanings.contains($0) })
      where isOpen?(index, meaning.form) ?? true {
        // A second way to read a cell points where the first one does.
        let isSecond = meaning.isFused && !plainMeanings.contains(meaning)
        let side =
          (isSecond ? sides[meaning.form] : nil)
          ?? Self.side(of: meaning, at: heading.extent, neighbours, in: sheet.grid)
        sides[meaning.form] = side
        bySide[meaning.form, default: [:]][side, default: []].append(meaning)
      }
      for (form, sides) in bySide {
        for (side, meanings) in sides {
          pointed.append((index, form, side, meanings))
          if plainMeanings.count(where: { $0.form == form }) == 1 {
            for place in Self.places(of: meanings[0], form: form, side: side, at: heading.reference) {
              plain[place, default: 0] += 1
            }
          }
        }
      }
    }
    for (cell, form, side, meanings) in pointed {
      let heading = sheet.headings[cell]
      let ranked = meanings.enumerated().map { index, meaning in
        let agreeing =
          Self.places(of: meaning, form: form, side: side, at: heading.reference)
          .map { plain[$0] ?? 0 }.min() ?? 0
        return (meaning: meaning, agreeing: agreeing, index: index)
      }.sorted {
        // A track holds one level; after that the form's own word counts, then the higher level.
        ($1.agreeing, $0.meaning.wording, $0.index) < ($0.agreeing, $1.meaning.wording, $1.index)
      }
      hits[form, default: [:]][side, default: []].append(
        HeadingHit(
          cell: cell, meanings: ranked.map(\.meaning), lines: side.lines(of: heading.extent),
          tracks: side.tracks(of: heading.extent)))
    }
  }

  private static func places(
    of meaning: HeadingMeaning, form: Int, side: HeadingSide, at cell: CellReference
  ) -> [Place] {
    levels(of: meaning).map { Place(form: form, level: $0, side: side, track: side.track(of: cell)) }
  }

  private static func levels(of meaning: HeadingMeaning) -> [UInt32] {
    var bits = meaning.levels.rawValue
    var levels: [UInt32] = []
    while bits != 0 {
      levels.append(bits & (~bits &+ 1))
      bits &= bits &- 1
    }
    return levels
  }

  /// The headings of one level in one track, in order.
  private struct Neighbours {
    var lines: [ClosedRange<Int>] = []
    var contents: [HeadingLine.Content] = []

    /// Whether the same heading stands in the track once more.
    func isRepeated(_ content: HeadingLine.Content) -> Bool {
      guard contents.count > 1 else { return false }
      return contents.prefix(64).count { $0 == content } > 1
    }

    /// How far the nearest heading of another meaning is; repeats of the same one (送文艺 before each of its rows) are
    /// passed over.
    func distance(from line: ClosedRange<Int>, _ content: HeadingLine.Content) -> Int? {
      let limit = 64
      let own = lines.partitioningIndex { $0.lowerBound >= line.lowerBound }
      let before = stride(from: own - 1, through: max(0, own - limit), by: -1).first {
        contents[$0] != content
      }
      let after = (own..<min(lines.count, own + limit)).first {
        contents[$0] != content && lines[$0].lowerBound != line.lowerBound
      }
      return [
        before.map { line.lowerBound - lines[$0].upperBound },
        after.map { lines[$0].lowerBound - line.upperBound },
      ].compactMap(\.self).map { max(1, $0) }.min()
    }
  }

  private static func neighbours(
    in sheet: SheetText, _ isOpen: ((_ heading: Int, _ form: Int) -> Bool)?
  ) -> [Place: Neighbours] {
    var neighbours: [Place: Neighbours] = [:]
    for (index, heading) in sheet.headings.enumerated() {
      for meaning in heading.plainMeanings where isOpen?(index, meaning.form) ?? true {
        let content = HeadingLine.Content(rows: meaning.rows, columns: meaning.columns)
        for side in HeadingSide.allCases {
          for place in places(of: meaning, form: meaning.form, side: side, at: heading.reference) {
            // Reading order is the order within a row and within a column.
            neighbours[place, default: Neighbours()].lines.append(side.lines(of: heading.extent))
            neighbours[place]?.contents.append(content)
          }
        }
      }
    }
    return neighbours
  }

  /// Headings of one level stand side by side: where its nearest neighbour is, that way the level runs.
  private static func side(
    of meaning: HeadingMeaning, at extent: CellRange, _ neighbours: [Place: Neighbours], in grid: Grid
  ) -> HeadingSide {
    let content = HeadingLine.Content(rows: meaning.rows, columns: meaning.columns)
    func distancesFrom(_ cell: CellReference) -> [Int] {
      HeadingSide.allCases.map { side in
        places(of: meaning, form: meaning.form, side: side, at: cell)
          .compactMap { neighbours[$0]?.distance(from: side.lines(of: extent), content) }.min() ?? .max
      }
    }
    var distances = distancesFrom(extent.first)
    // 合计 merged over the numbers and the names of lines stands beside the names.
    if distances.allSatisfy({ $0 == .max }), extent.last != extent.first {
      distances = distancesFrom(extent.last)
    }
    if distances[0] != distances[1] { return distances[0] < distances[1] ? .left : .above }
    // A heading without others of its level: the others are missing. Its repeats show which way they would have run, or
    // how it is merged, or the figures next to it.
    let isRepeated = HeadingSide.allCases.map { side in
      places(of: meaning, form: meaning.form, side: side, at: extent.first)
        .contains { neighbours[$0]?.isRepeated(content) ?? false }
    }
    if distances[0] == .max, isRepeated[0] != isRepeated[1] { return isRepeated[0] ? .left : .above }
    if distances[0] == .max, let side = side(byFiguresAt: extent, in: grid) { return side }
    return meaning.levels.isSubset(of: .columns) ? .above : .left
  }

  /// Where the figures of a heading stand that is alone: to the right of it or below.
  private static func side(byFiguresAt extent: CellRange, in grid: Grid) -> HeadingSide? {
    if extent.columns.count != extent.rows.count {
      return extent.columns.count > extent.rows.count ? .above : .left
    }
    func isNumber(_ cell: CellReference) -> Bool {
      if case .number? = grid.cells[cell]?.shown { true } else { false }
    }
    let next = CellReference(row: extent.first.row, column: extent.last.column + 1)
    let under = CellReference(row: extent.last.row + 1, column: extent.first.column)
    let (right, below) = (isNumber(next), isNumber(under))
    if right != below { return right ? .left : .above }
    let isFilled = (right: grid.cells[next]?.isFilled ?? false, below: grid.cells[under]?.isFilled ?? false)
    return isFilled.right == isFilled.below ? nil : isFilled.right ? .left : .above
  }
}
