import XLSX

/// Tells groups of rows or columns apart that have the same headings: this year's beside last year's, done beside planned.
///
/// One group is the form's: the one that its words say is asked for. What belongs to the others is set aside. Where no word
/// decides, nobody can say which figures count.
struct HeadingGroups {
  let sheet: SheetText
  let side: HeadingSide
  /// Where the headings of the other side stand, and in which lines.
  let opposite: [HeadingHit]

  /// Headings that belong together, of which some were set aside or could not be told apart.
  struct Block: Sendable {
    /// The headings that were kept, as positions in ``SheetText/headings``.
    var headings: Set<Int>
    /// The lines of figures that are not the form's.
    var aside: [ClosedRange<Int>]
    /// Their headings.
    var asideHeadings: Set<Int> = []
    /// The names of the groups, if nothing says which one counts.
    var undecided: [String]
    /// The headings that stand in each of them.
    var names: [String]
    /// Whether the groups are parts of one heading's figures.
    var isDivision = false
    var side = HeadingSide.above
  }

  /// Columns without headings between two groups, at most; rows may have more.
  private static let widestGap = (columns: 3, rows: 12)
  /// How far above (left of) the headings the names of groups are looked for.
  private static let depth = 3

  private struct Label {
    var cells: [CellReference] = []
    var texts: [String] = []
    var standing = GroupWords.Standing.neutral
    var key: String { texts.joined(separator: " ") }
  }

  /// The lines that are the form's, in the same order.
  func sorted(_ lines: [HeadingLine]) -> (lines: [HeadingLine], blocks: [Block]) {
    // Most sheets say everything once.
    var seen: Set<HeadingLine.Content> = []
    guard lines.contains(where: { isSaid($0) && !seen.insert($0.content).inserted }) else {
      return (lines, [])
    }
    var removed: Set<Int> = []
    var blocks: [Block] = []
    for block in adjoining(lines) {
      if let found = decide(block, of: lines, removed: &removed) { blocks.append(found) }
    }
    return (lines.indices.filter { !removed.contains($0) }.map { lines[$0] }, blocks)
  }

  /// Whether a line says all that its side has to say: one leaf, or what the other side's headings divide into single ones,
  /// as 场次 and 参加人数 on the left divide 送文艺 above.
  private func isSaid(_ line: HeadingLine) -> Bool {
    if line.isSettled { return true }
    func isDivided(_ leaves: LeafSet, _ part: (HeadingMeaning) -> LeafSet) -> Bool {
      var found: Set<Int> = []
      for hit in opposite {
        for meaning in hit.meanings {
          if let leaf = part(meaning).intersection(leaves).single { found.insert(leaf) }
        }
      }
      return found.count == leaves.count
    }
    let meaning = line.meaning
    return
      (meaning.levels.isDisjoint(with: .rows) || meaning.rows.single != nil
      || isDivided(meaning.rows, \.rows))
      && (meaning.levels.isDisjoint(with: .columns) || meaning.columns.single != nil
        || isDivided(meaning.columns, \.columns))
  }

  // Lines that stand side by side in one table.

  private func adjoining(_ lines: [HeadingLine]) -> [[Int]] {
    let between = Set(opposite.flatMap { $0.tracks.prefix(8) })
    var blocks: [(members: [Int], tracks: ClosedRange<Int>, last: Int)] = []
    for (index, line) in lines.enumerated() {
      let start = max(0, blocks.count - 4)
      let near = blocks.indices[start...].last { block in
        blocks[block].tracks.overlaps(line.tracks)
          && !isParted(after: blocks[block].last, before: line, headings: between)
      }
      if let near {
        blocks[near].members.append(index)
        blocks[near].tracks =
          min(
            blocks[near].tracks.lowerBound, line.tracks.lowerBound)...max(
            blocks[near].tracks.upperBound, line.tracks.upperBound)
        blocks[near].last = max(blocks[near].last, line.lines.upperBound)
      } else {
        blocks.append(([index], line.tracks, line.lines.upperBound))
      }
    }
    return blocks.map(\.members)
  }

  /// Whether what stands between two lines makes them lines of two tables.
  private func isParted(after last: Int, before line: HeadingLine, headings: Set<Int>) -> Bool {
    let next = line.lines.lowerBound
    guard next > last + 1 else { return side == .above && beginsTable(line) }
    let between = (last + 1)..<next
    guard between.count <= (side == .left ? Self.widestGap.rows : Self.widestGap.columns) else { return true }
    if between.contains(where: headings.contains) { return true }
    if side == .left {
      return between.contains { row in
        sheet.rowsWithHeadLines.contains(row)
          || sheet.titles.contains { $0.cell.row == row }
      }
    }
    // The headings of another table's rows.
    let rows = (line.tracks.upperBound + 1)...(line.tracks.upperBound + 12)
    return beginsTable(line)
      || between.contains { column in
        rows.contains { row in
          if case .text? = sheet.grid.cells[CellReference(row: row, column: column)]?.shown {
            true
          } else {
            false
          }
        }
      }
  }

  /// Whether a title or a line for the unit stands over a column.
  private func beginsTable(_ line: HeadingLine) -> Bool {
    let rows = max(1, line.tracks.lowerBound - 8)...line.tracks.lowerBound
    let column = line.lines.lowerBound
    return sheet.titles.contains { rows.contains($0.cell.row) && $0.cell.column == column && column > 2 }
      || sheet.headLines.contains { head in
        rows.contains(head.reference.row) && head.reference.column == column && column > 2
          && head.matches.contains { $0.roles.values.contains(.unit) }
      }
  }

  // Which group counts.

  private struct Group {
    var label: Label
    var members: [Int] = []
    var contents: Set<HeadingLine.Content> = []
  }

  private func decide(_ block: [Int], of lines: [HeadingLine], removed: inout Set<Int>) -> Block? {
    var count: [HeadingLine.Content: Int] = [:]
    for index in block where isSaid(lines[index]) { count[lines[index].content, default: 0] += 1 }
    let repeated = Set(count.filter { $0.value > 1 }.keys)
    if repeated.isEmpty { return nil }
    var groups = labelled(block, of: lines)
    if groups.count == 1 {
      // Rows that nothing tells apart are two claims to one field, which is told figure by figure.
      guard side == .above else { return nil }
      groups = byOccurrence(block, of: lines)
    }
    for index in groups.indices {
      groups[index].contents = Set(
        groups[index].members.filter { isSaid(lines[$0]) }.map { lines[$0].content })
    }
    let rivals = groups.indices.filter { !groups[$0].contents.isDisjoint(with: repeated) }
    guard rivals.count > 1 else { return nil }
    let best = rivals.map { groups[$0].label.standing }.max() ?? .other
    var winners = rivals.filter { groups[$0].label.standing == best }
    if winners.count == 1, best > .neutral,
      let plain = rivals.first(where: { groups[$0].label.texts.isEmpty }),
      groups[plain].members.count > 2 * groups[winners[0]].members.count
    {
      // A column 本年合计 beside a whole table is no table.
      winners = [plain]
    }
    let isDecided = winners.count == 1 && groups[winners[0]].label.standing > .other
    guard let chosen = winners.first else { return nil }
    var result = Block(headings: [], aside: [], undecided: [], names: [], side: side)
    for (index, group) in groups.enumerated() {
      let isKept = index == chosen || group.label.texts.isEmpty && !rivals.contains(index)
      for member in group.members {
        let isOwn =
          isKept
          || group.label.texts.isEmpty && !groups[chosen].contents.contains(lines[member].content)
        if isOwn {
          result.headings.formUnion(lines[member].headings)
        } else {
          removed.insert(member)
          result.aside.append(lines[member].lines)
          result.asideHeadings.formUnion(lines[member].headings)
        }
      }
    }
    if !isDecided {
      result.undecided = rivals.map { name(of: groups[$0], in: lines) }
      result.names = names(of: repeated, block, of: lines)
    }
    return result
  }

  /// The words of the headings that stand in every group, in the order of the sheet.
  private func names(of contents: Set<HeadingLine.Content>, _ block: [Int], of lines: [HeadingLine])
    -> [String]
  {
    var names: [String] = []
    for index in block where contents.contains(lines[index].content) {
      guard let heading = lines[index].headings.first else { continue }
      let name = sheet.headings[heading].text.squeezed
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private func name(of group: Group, in lines: [HeadingLine]) -> String {
    if !group.label.texts.isEmpty { return group.label.key }
    let members = group.members.map { lines[$0].lines }
    guard let first = members.map(\.lowerBound).min(), let last = members.map(\.upperBound).max() else {
      return ""
    }
    let names = [first, last].map { line in
      side == .left ? String(line) : CellReference(row: 1, column: line).description.filter(\.isLetter)
    }
    let range = names[0] == names[1] ? names[0] : names.joined(separator: "—")
    return side == .left ? "\(range)行" : "\(range)列"
  }

  private func labelled(_ block: [Int], of lines: [HeadingLine]) -> [Group] {
    let first = block.map { lines[$0].lines.lowerBound }.min() ?? 1
    let taken = Set(block.map { lines[$0].lines.lowerBound })
    var labels = block.map { label(of: lines[$0], from: first, taken: taken) }
    // What stands over all of them tells nothing apart.
    let common = labels.dropFirst().reduce(Set(labels.first?.cells ?? [])) { $0.intersection($1.cells) }
    for index in labels.indices where !common.isEmpty {
      let kept = labels[index].cells.indices.filter { !common.contains(labels[index].cells[$0]) }
      labels[index] = label(kept.map { (labels[index].cells[$0], labels[index].texts[$0]) })
    }
    var groups: [Group] = []
    var positions: [String: Int] = [:]
    for (member, label) in zip(block, labels) {
      let position = positions[label.key] ?? groups.count
      if position == groups.count {
        groups.append(Group(label: label))
        positions[label.key] = position
      }
      groups[position].members.append(member)
    }
    return groups
  }

  /// The first, the second … time that everything is said.
  private func byOccurrence(_ block: [Int], of lines: [HeadingLine]) -> [Group] {
    var groups: [Group] = []
    var count: [HeadingLine.Content: Int] = [:]
    for index in block {
      let number = count[lines[index].content, default: 0]
      count[lines[index].content] = number + 1
      while groups.count <= number { groups.append(Group(label: Label())) }
      groups[number].members.append(index)
    }
    return groups
  }

  private func label(_ parts: [(CellReference, String)]) -> Label {
    let standings = parts.map { sheet.words.groups.standing(of: $0.1) }
    return Label(
      cells: parts.map(\.0), texts: parts.map(\.1),
      standing: standings.contains(.other) ? .other : standings.max() ?? .neutral)
  }

  /// The words that name a line's group: above it, between its headings, or in them.
  private func label(of line: HeadingLine, from first: Int, taken: Set<Int>) -> Label {
    var parts: [(CellReference, String)] = []
    for heading in line.headings {
      if let words = sheet.headings[heading].groupWords {
        parts.append((sheet.headings[heading].reference, words))
      }
    }
    let position = line.lines.lowerBound
    let lowest = max(1, line.tracks.lowerBound - Self.depth)
    var track = line.tracks.upperBound + 1
    while track > lowest {
      track -= 1
      // The unit's name behind 填报单位： over the table names no group.
      if side == .above, track < line.tracks.lowerBound,
        isAround(track, line) || sheet.rowsUnderLabels.contains(track)
      {
        break
      }
      guard let cell = caption(of: position, inTrack: track, from: first) else { continue }
      let extent = sheet.merges.extent(of: cell)
      if track > line.tracks.lowerBound, side.lines(of: extent).contains(position) {
        // All tracks of a merged cell show the same, and a hostile sheet merges over sixteen thousand.
        track = min(track, max(side.tracks(of: extent).lowerBound, line.tracks.lowerBound))
      }
      guard let text = captionText(cell, of: line) else {
        if track < line.tracks.lowerBound, !isHeading(cell) { break }
        continue
      }
      if !parts.contains(where: { $0.0 == cell }) { parts.append((cell, text)) }
    }
    if parts.isEmpty, side == .left, let part = captionRow(over: line, from: first, taken: taken) {
      parts.append(part)
    }
    return label(parts)
  }

  /// Whether a row above a heading is one of the lines around its table. 单位 over the units' column is a heading of its own, and
  /// what stands further right belongs to the table beside it.
  private func isAround(_ row: Int, _ line: HeadingLine) -> Bool {
    sheet.headLines(inRow: row).prefix(64).contains { head in
      guard head.reference.column <= line.lines.upperBound, !head.extent.rows.overlaps(line.tracks) else {
        return false
      }
      guard head.matches.count == 1, head.matches[0].value.isEmpty, head.matches[0].certainty == .alone,
        let next = sheet.filledColumns(inRow: row).first(where: { $0 > head.extent.last.column }),
        case .text(let text)? = sheet.grid.cells[CellReference(row: row, column: next)]?.shown
      else { return true }
      return sheet.words.groups.standing(of: text) == .neutral
    }
  }

  private func isHeading(_ cell: CellReference) -> Bool { sheet.headingIndices[cell] != nil }

  /// The cell that stands over a line in a track: merged over it, or the last filled one before it.
  private func caption(of line: Int, inTrack track: Int, from first: Int) -> CellReference? {
    for position in stride(from: line, through: max(first, line - 40), by: -1) {
      let cell = sheet.merges.anchor(of: side.cell(line: position, track: track))
      guard sheet.grid.cells[cell]?.isFilled == true else { continue }
      let extent = side.lines(of: sheet.merges.extent(of: cell))
      return extent.contains(line) || extent.count == 1 ? cell : nil
    }
    return nil
  }

  /// The words in a cell, if they can name a group: no title, no line around the table, no heading but one for a sum.
  private func captionText(_ cell: CellReference, of line: HeadingLine) -> String? {
    if let heading = sheet.headingIndices[cell] {
      guard !line.headings.contains(heading), side.track(of: cell) < line.tracks.lowerBound,
        sheet.words.headings.isTotalWord(sheet.headings[heading].text)
      else { return nil }
      return sheet.headings[heading].text.squeezed
    }
    if sheet.titleCells.contains(cell) { return nil }
    switch sheet.grid.cells[cell]?.shown {
    case .text(let text)?:
      guard text.utf8.count <= 90, sheet.words.headLines.matches(in: text).isEmpty else { return nil }
      // Groups have any names; next time they may be others.
      sheet.probe.isUsed = true
      return text.squeezed
    case .number?: return sheet.probe.year(of: cell, in: sheet.grid).map(String.init)
    default: return nil
    }
  }

  /// A row of its own that names the group of the rows below it.
  private func captionRow(
    over line: HeadingLine, from first: Int, taken: Set<Int>
  ) -> (CellReference, String)? {
    for row in stride(from: line.lines.lowerBound - 1, through: max(1, first - 2), by: -1)
    where !taken.contains(row) {
      for column in 1...max(1, line.tracks.upperBound) {
        let cell = CellReference(row: row, column: column)
        if !isHeading(cell), let text = captionText(cell, of: line) { return (cell, text) }
      }
    }
    return nil
  }
}
