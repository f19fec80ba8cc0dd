import XLSX

/// Finds headings whose figures the sheet divides further than the form does, and the part that counts: the 小计 of the months
/// under 线上, 本年 beside 上年 under 合计.
struct HeadingSplits {
  let sheet: SheetText
  let side: HeadingSide
  /// In the rows (columns) of the other side's headings stand figures, not headings.
  private let bodyTracks: Set<Int>

  /// The parts of a heading that are looked at.
  private static let partLimit = 60
  /// Rows (columns) of headings over one another.
  private static let deepestHeadings = 3

  init(sheet: SheetText, side: HeadingSide, opposite: [HeadingHit]) {
    self.sheet = sheet
    self.side = side
    bodyTracks = Set(opposite.flatMap { $0.lines.prefix(Self.partLimit) })
  }

  /// A part of a heading's figures.
  private struct Part {
    var cell: CellReference
    var text: String
    var lines: ClosedRange<Int>
    var standing: GroupWords.Standing
  }

  /// The headings, each over the lines that count, and what was decided.
  func resolved(_ hits: [HeadingHit]) -> (hits: [HeadingHit], groups: [HeadingGroups.Block]) {
    let known = Dictionary(hits.enumerated().map { ($1.cell, $0) }, uniquingKeysWith: { first, _ in first })
    var result = hits
    var removed: Set<Int> = []
    var blocks: [HeadingGroups.Block] = []
    for (index, hit) in hits.enumerated() {
      guard let parts = parts(of: hit, among: hits, known: known) else { continue }
      // Which part counts is for the words to say.
      sheet.probe.isUsed = true
      let best = parts.map(\.standing).max() ?? .other
      let winners = parts.filter { $0.standing == best }
      let isDecided = winners.count == 1 && best > .other
      guard let chosen = winners.first else { continue }
      result[index].lines = chosen.lines
      for part in parts {
        if let heading = sheet.headingIndices[part.cell], let hit = known[heading] { removed.insert(hit) }
      }
      blocks.append(
        HeadingGroups.Block(
          headings: [hit.cell], aside: parts.map(\.lines).filter { $0 != chosen.lines },
          undecided: isDecided ? [] : parts.map { $0.text.squeezed },
          names: isDecided ? [] : [sheet.headings[hit.cell].text.squeezed], isDivision: true, side: side))
    }
    if removed.isEmpty { return (result, blocks) }
    return (result.indices.filter { !removed.contains($0) }.map { result[$0] }, blocks)
  }

  /// The parts of a leaf heading, if it is divided.
  private func parts(of hit: HeadingHit, among hits: [HeadingHit], known: [Int: Int]) -> [Part]? {
    guard let meaning = hit.meanings.first, meaning.nodes.allSatisfy({ $0.leaves.count == 1 }) else {
      return nil
    }
    let track = hit.tracks.upperBound + 1
    guard !bodyTracks.contains(track) else { return nil }
    let isMerged = hit.lines.count > 1
    let lines = isMerged ? hit.lines : reach(of: hit)
    guard lines.count > 1 else { return nil }
    var parts: [Part] = []
    var siblings: Set<HeadingLine.Content> = []
    for line in lines.prefix(Self.partLimit) {
      let cell = sheet.merges.anchor(of: side.cell(line: line, track: track))
      if parts.last?.cell == cell { continue }
      guard let content = sheet.grid.cells[cell], content.isFilled, side.track(of: cell) == track else {
        if isMerged { continue }
        break
      }
      guard let text = label(in: content, at: cell) else { return nil }
      if let heading = sheet.headingIndices[cell], let index = known[heading] {
        let other = hits[index]
        if other.meanings.contains(where: { meaning.joined(with: $0) != nil }) { return nil }
        if let first = other.meanings.first {
          siblings.insert(HeadingLine.Content(rows: first.rows, columns: first.columns))
        }
      }
      let own = side.lines(of: sheet.merges.extent(of: cell))
      parts.append(
        Part(
          cell: cell, text: text, lines: own.clamped(to: lines),
          standing: sheet.words.groups.standing(of: text)))
    }
    // 线上 and 线下 below 合计 make it the name of a group, not a heading of figures.
    return parts.count > 1 && siblings.count < 2 ? parts : nil
  }

  /// How far an unmerged heading reaches: to the next one beside it, or over it: 媒体报道 over an empty cell beside 线上.
  private func reach(of hit: HeadingHit) -> ClosedRange<Int> {
    let first = hit.lines.lowerBound
    let filled =
      side == .left
      ? sheet.filledRows(inColumn: hit.tracks.upperBound) : sheet.filledColumns(inRow: hit.tracks.upperBound)
    let position = filled.partitioningIndex { $0 > first }
    var next = position < filled.count ? filled[position] : first + Self.partLimit + 1
    if side == .left, next > first + 1,
      let end = ((first + 1)..<next).first(where: sheet.rowsWithHeadLines.contains)
    {
      next = end
    }
    let over = (hit.tracks.lowerBound - Self.deepestHeadings)..<hit.tracks.lowerBound
    let beginnings = sheet.headings.lazy.filter { over.contains(side.track(of: $0.reference)) }.map {
      side.lines(of: $0.extent).lowerBound
    }
    return first...max(first, min(next, beginnings.filter { $0 > first }.min() ?? next) - 1)
  }

  /// The words in a cell below a heading; `nil` where figures stand.
  private func label(in content: GridCell, at cell: CellReference) -> String? {
    switch content.shown {
    case .text(let text):
      if bodyTracks.isEmpty {
        if sheet.headingIndices[cell] == nil { sheet.probe.isUsed = true }
        if case .figure = FigureText.read(text, measure: Measure(unit: "")).state { return nil }
      }
      return text.utf8.count <= 90 ? text : nil
    case .number: return sheet.probe.year(of: cell, in: sheet.grid).map(String.init)
    default: return nil
    }
  }
}
