import XLSX

/// Reads the lines of one form on one side of its tables.
///
/// A line's headings may stand all in it; or a parent stands only in the group's first line, merged over the others
/// or not; or above its children in the same column. The parent is then carried to the line.
struct HeadingLineBuilder {
  /// Where an unmerged parent stands among its children.
  enum Carry: CaseIterable {
    /// In the first line.
    case first
    /// In the last line.
    case last
    /// In the middle.
    case nearest
  }

  let sheet: SheetText
  let side: HeadingSide
  let form: Int
  /// By line, then track.
  let hits: [HeadingHit]
  private let hitsByCell: [Int: Int]
  /// The stretch of the sheet that each line with a heading belongs to: no parent is carried from one to the next.
  private let stretches: [Int: Int]

  /// Lines without headings that may lie between two of one table, one less than this.
  private static let longestStep = 3

  /// Columns (rows) that may stand between two headings of a line: 序号, a blank column.
  private static let widestGap = 4

  init(sheet: SheetText, side: HeadingSide, form: Int, hits: [HeadingHit]) {
    self.sheet = sheet
    self.side = side
    self.form = form
    self.hits = hits.sorted {
      ($0.lines.lowerBound, $0.tracks.lowerBound) < ($1.lines.lowerBound, $1.tracks.lowerBound)
    }
    hitsByCell = Dictionary(
      self.hits.enumerated().map { ($1.cell, $0) }, uniquingKeysWith: { first, _ in first })
    var stretches: [Int: Int] = [:]
    var last: Int?
    for line in self.hits.map(\.lines.lowerBound) where line != last {
      let current = last.flatMap { stretches[$0] } ?? 0
      let isParted =
        last.map { last in
          line - last > Self.longestStep
            || side == .left && ((last + 1)..<line).contains(where: sheet.rowsWithHeadLines.contains)
        } ?? false
      stretches[line] = isParted ? current + 1 : current
      last = line
    }
    self.stretches = stretches
  }

  /// The lines, by line then track, read with the carry that leaves the fewest headings without a place.
  func lines() -> [HeadingLine] {
    let drafts = drafts()
    let usual = drafts.map { completed($0, carry: .first) }
    if usual.allSatisfy(\.isSettled) { return usual }
    var lines = usual
    // Tables on one sheet may differ in this.
    for run in HeadingRun.groups(of: usual, side: side) where !run.allSatisfy({ usual[$0].isSettled }) {
      var best = HeadingRun.looseness(of: run.map { usual[$0] }, side: side)
      for carry in [Carry.last, .nearest] {
        let other = run.map { completed(drafts[$0], carry: carry) }
        let looseness = HeadingRun.looseness(of: other, side: side)
        if looseness < best {
          best = looseness
          for (index, line) in zip(run, other) { lines[index] = line }
        }
      }
    }
    return lines
  }

  /// The lines with the headings that stand in them.
  private func drafts() -> [HeadingLine] {
    var drafts: [HeadingLine] = []
    var open: HeadingLine?
    for hit in hits {
      if let line = open, line.lines.lowerBound == hit.lines.lowerBound,
        isNear(line.tracks.upperBound, hit.tracks.lowerBound, in: hit.lines.lowerBound),
        let joined = joined(line, hit)
      {
        open = joined
      } else {
        if let open { drafts.append(open) }
        open = draft(hit)
      }
    }
    if let open { drafts.append(open) }
    return drafts
  }

  /// Whether two headings of a line belong together: not far from each other, and nothing else between them but, left
  /// of a row, its number, or the name of a group: 上年 between 活动场次 and 线上.
  private func isNear(_ track: Int, _ next: Int, in line: Int) -> Bool {
    guard next - track <= Self.widestGap else { return false }
    var numbers = 0
    for between in (track + 1)..<max(track + 1, next) {
      let cell = side.cell(line: line, track: between)
      guard let content = sheet.grid.cells[cell], content.isFilled, sheet.headingIndices[cell] == nil else {
        continue
      }
      if case .text(let text) = content.shown, sheet.words.groups.standing(of: text) != .neutral { continue }
      guard side == .left, case .number = content.shown else { return false }
      numbers += 1
    }
    return numbers <= 1
  }

  private static let widestAnchor = 4

  private func draft(_ hit: HeadingHit) -> HeadingLine? {
    guard let meaning = hit.meanings.first else { return nil }
    // 合计 over the numbers and the names of lines belongs to the run of the names.
    let anchors = hit.tracks.count <= Self.widestAnchor ? Array(hit.tracks) : [hit.tracks.lowerBound]
    return HeadingLine(
      form: form, lines: hit.lines, tracks: hit.tracks, anchors: anchors, meaning: meaning,
      headings: [hit.cell], alternatives: Array(hit.meanings.dropFirst()))
  }

  private func joined(_ line: HeadingLine, _ hit: HeadingHit) -> HeadingLine? {
    var result = line
    result.lines =
      line.lines
      .lowerBound...max(
        line.lines.lowerBound, min(line.lines.upperBound, hit.lines.upperBound))
    result.tracks = line.tracks.lowerBound...max(line.tracks.upperBound, hit.tracks.upperBound)
    result.anchors.append(hit.tracks.lowerBound)
    result.headings.append(hit.cell)
    for own in [line.meaning] + line.alternatives {
      for meaning in hit.meanings {
        guard let joined = own.joined(with: meaning) else { continue }
        result.meaning = joined
        result.alternatives = []
        return result
      }
    }
    // A heading that was merged and is no more may have left its text in each cell.
    if hit.tracks.lowerBound == line.tracks.upperBound + 1, hit.meanings.first == line.meaning {
      return result
    }
    return nil
  }

  /// The line with the parents that stand in other lines.
  private func completed(_ draft: HeadingLine, carry: Carry) -> HeadingLine {
    var choices: [HeadingLine] = []
    for meaning in [draft.meaning] + draft.alternatives {
      var line = draft
      line.meaning = meaning
      line.alternatives = []
      let first = draft.tracks.lowerBound
      let last = draft.anchors.last ?? first
      for track in stride(from: last, through: max(1, first - 4 * Self.widestGap), by: -1)
      where !draft.anchors.contains(track) {
        if line.field != nil { break }
        guard let parent = parent(of: line, inTrack: track, carry: carry) else { continue }
        guard isNear(parent.tracks.upperBound, first, in: line.lines.lowerBound),
          isNear(parent.tracks.upperBound, first, in: parent.lines.lowerBound)
        else { continue }
        add(parent, to: &line)
      }
      addIndentedParents(to: &line)
      choices.append(line)
    }
    // A word of two levels is the one that its surroundings complete.
    guard var best = choices.first else { return draft }
    if !best.isSettled, let settled = choices.first(where: \.isSettled) { best = settled }
    best.alternatives = choices.filter { $0.content != best.content }.map(\.meaning)
    return best
  }

  private func add(_ parent: HeadingHit, to line: inout HeadingLine) {
    let own = line.meaning
    guard let joined = parent.meanings.lazy.compactMap({ own.joined(with: $0) }).first else { return }
    line.meaning = joined
    line.tracks =
      min(
        line.tracks.lowerBound, parent.tracks.lowerBound)...max(
        line.tracks.upperBound, min(parent.tracks.upperBound, line.anchors.last ?? parent.tracks.upperBound))
    line.anchors.append(parent.tracks.lowerBound)
    line.headings.append(parent.cell)
  }

  /// The heading in a track that holds for a line: the one merged over it, or the unmerged one with nothing else
  /// between the two.
  private func parent(of line: HeadingLine, inTrack track: Int, carry: Carry) -> HeadingHit? {
    let filled = side == .left ? sheet.filledRows(inColumn: track) : sheet.filledColumns(inRow: track)
    let position = line.lines.lowerBound
    let next = filled.partitioningIndex { $0 > position }
    let before = next > 0 ? hit(line: filled[next - 1], track: track) : nil
    if let before, before.lines.contains(position) { return fits(before, line) ? before : nil }
    let after = next < filled.count ? hit(line: filled[next], track: track) : nil
    // A merged heading says itself how far it reaches.
    let carried = [before, after].map { hit in
      hit.flatMap { hit in
        hit.lines.count == 1 && fits(hit, line) && stretches[hit.lines.lowerBound] == stretches[position]
          ? hit : nil
      }
    }
    switch carry {
    case .first: return carried[0]
    case .last: return carried[1].flatMap { isAncestor($0, of: line) ? $0 : nil }
    case .nearest:
      let above = carried[0].flatMap { isAncestor($0, of: line) ? $0 : nil }
      let below = carried[1].flatMap { isAncestor($0, of: line) ? $0 : nil }
      guard let above, let below else { return above ?? below }
      return position - above.lines.upperBound <= below.lines.lowerBound - position ? above : below
    }
  }

  /// Whether a heading's level is above those that a line speaks of already.
  private func isAncestor(_ hit: HeadingHit, of line: HeadingLine) -> Bool {
    hit.meanings.contains { $0.levels.rawValue < line.meaning.levels.rawValue }
  }

  private func fits(_ hit: HeadingHit, _ line: HeadingLine) -> Bool {
    hit.meanings.contains { line.meaning.joined(with: $0) != nil }
  }

  /// Whether a heading says of a line what its own do not say yet.
  private func addsMeaning(_ hit: HeadingHit, to line: HeadingLine) -> Bool {
    hit.meanings.lazy.compactMap { line.meaning.joined(with: $0) }.first.map {
      $0.rows != line.meaning.rows || $0.columns != line.meaning.columns
    } ?? false
  }

  /// Adds the headings further up in the track of the line's own first heading, where children stand under their
  /// parents. The form's own order of levels decides what a parent is, unless the heading has its line to itself:
  /// 参加人数 over the five kinds.
  private func addIndentedParents(to line: inout HeadingLine) {
    guard line.field == nil, let track = line.anchors.min() else { return }
    let filled = side == .left ? sheet.filledRows(inColumn: track) : sheet.filledColumns(inRow: track)
    let position = filled.partitioningIndex { $0 >= line.lines.lowerBound }
    let figures = figures(in: line.lines.lowerBound)
    var latest = line.meaning
    for index in stride(from: position - 1, through: max(0, position - 96), by: -1) {
      guard let hit = hit(line: filled[index], track: track), let meaning = hit.meanings.first else { return }
      if addsMeaning(hit, to: line),
        !line.isSettled && isAncestor(hit, of: line)
          || side == .left
            && self.figures(in: filled[index]) * 2 < max(1, figures)
      {
        add(hit, to: &line)
        latest = meaning
        if line.field != nil { return }
      } else if meaning == latest {
        // Siblings and their children may stand between; the same heading again belongs to another group.
        return
      }
    }
  }

  /// How many numbers stand in a row.
  private func figures(in row: Int) -> Int {
    guard side == .left else { return 0 }
    return sheet.filledColumns(inRow: row).count { isNumber(row: row, column: $0) }
  }

  /// Whether a cell holds a number, or a text that begins as one: `12场`, `４７人`, `十二`.
  private func isNumber(row: Int, column: Int) -> Bool {
    let cell = CellReference(row: row, column: column)
    switch sheet.grid.cells[cell]?.shown {
    case .number?: return true
    case .text(let text)?:
      guard sheet.headingIndices[cell] == nil,
        let first = text.unicodeScalars.first(where: { !TextFolding.isInvisible($0) })
      else { return false }
      sheet.probe.isUsed = true
      return 0x30...0x39 ~= TextFolding.halfWidth(first).value
        || "零〇一二三四五六七八九十百千万两".unicodeScalars.contains(first)
    default: return false
    }
  }

  private func hit(line: Int, track: Int) -> HeadingHit? {
    guard let cell = sheet.headingIndices[side.cell(line: line, track: track)],
      let index = hitsByCell[cell]
    else { return nil }
    return hits[index]
  }
}

extension Array {
  /// The first position whose element fulfils a condition that all later elements fulfil too.
  func partitioningIndex(_ isLater: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isLater(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
