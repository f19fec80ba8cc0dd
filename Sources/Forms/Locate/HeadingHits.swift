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

  /// - Complexity: O(*n*) for *n* headings.
  init(_ sheet: SheetText) {
    let neighbours = Self.neighbours(in: sheet)
    var pointed: [(cell: Int, form: Int, side: HeadingSide, meanings: [HeadingMeaning])] = []
    // Levels by track, of the headings that can be only one thing.
    var plain: [Place: Int] = [:]
    for (index, heading) in sheet.headings.enumerated() {
      var bySide: [Int: [HeadingSide: [HeadingMeaning]]] = [:]
      for meaning in heading.meanings {
        let side = Self.side(of: meaning, at: heading.reference, neighbours)
        bySide[meaning.form, default: [:]][side, default: []].append(meaning)
      }
      for (form, sides) in bySide {
        for (side, meanings) in sides {
          pointed.append((index, form, side, meanings))
          if heading.meanings.count(where: { $0.form == form }) == 1 {
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

  /// The different headings of one level in each track.
  private static func neighbours(in sheet: SheetText) -> [Place: Set<HeadingLine.Content>] {
    var neighbours: [Place: Set<HeadingLine.Content>] = [:]
    for heading in sheet.headings {
      for meaning in heading.meanings {
        let content = HeadingLine.Content(rows: meaning.rows, columns: meaning.columns)
        for side in HeadingSide.allCases {
          for place in places(of: meaning, form: meaning.form, side: side, at: heading.reference) {
            neighbours[place, default: []].insert(content)
          }
        }
      }
    }
    return neighbours
  }

  private static func side(
    of meaning: HeadingMeaning, at cell: CellReference, _ neighbours: [Place: Set<HeadingLine.Content>]
  ) -> HeadingSide {
    let counts = HeadingSide.allCases.map { side in
      places(of: meaning, form: meaning.form, side: side, at: cell).map { neighbours[$0]?.count ?? 0 }.max()
        ?? 0
    }
    if counts[0] != counts[1] { return counts[0] > counts[1] ? .left : .above }
    return meaning.levels.isSubset(of: .columns) ? .above : .left
  }
}
