/// Lines side by side whose headings stand in the same tracks: the head of a table, or its stub.
struct HeadingRun: Sendable {
  let form: Int
  let side: HeadingSide
  /// In order.
  private(set) var lines: [HeadingLine]
  private var contents: Set<HeadingLine.Content>

  /// Lines without headings that may lie inside a table.
  private static let widestGap = 40

  private init(_ line: HeadingLine, side: HeadingSide) {
    form = line.form
    self.side = side
    lines = [line]
    contents = [line.content]
  }

  /// From the first line to the last.
  var extent: ClosedRange<Int> {
    let first = lines.first?.lines.lowerBound ?? 0
    return first...max(first, lines.last?.lines.upperBound ?? 0)
  }

  /// The tracks of all headings.
  var tracks: ClosedRange<Int> {
    let first = lines.map(\.tracks.lowerBound).min() ?? 0
    return first...max(first, lines.map(\.tracks.upperBound).max() ?? 0)
  }

  var levels: HeadingLevels { lines.reduce(into: []) { $0.formUnion($1.meaning.levels) } }

  /// Lines whose headings share tracks and are not far apart, as positions; they are read in one way.
  static func groups(of lines: [HeadingLine], side: HeadingSide) -> [[Int]] {
    var groups: [[Int]] = []
    var latest: [Int: Int] = [:]
    for (index, line) in lines.enumerated() {
      let near = line.anchors.compactMap { latest[$0] }.max().flatMap { group -> Int? in
        let last = groups[group].last.map { lines[$0].lines.upperBound } ?? 0
        return line.lines.lowerBound - last <= widestGap ? group : nil
      }
      let group = near ?? groups.count
      if near == nil { groups.append([]) }
      groups[group].append(index)
      for track in line.anchors { latest[track] = group }
    }
    return groups
  }

  /// Puts lines, ordered by line, into runs. A line that says what an earlier one said starts another table.
  static func runs(of lines: [HeadingLine], side: HeadingSide) -> [HeadingRun] {
    var runs: [HeadingRun] = []
    var latest: [Int: Int] = [:]
    for line in lines {
      let index = line.anchors.compactMap { latest[$0] }.max()
      if let index, !runs[index].contents.contains(line.content),
        line.lines.lowerBound - runs[index].extent.upperBound <= widestGap
      {
        runs[index].append(line)
        for track in line.anchors { latest[track] = index }
      } else {
        for track in line.anchors { latest[track] = runs.count }
        runs.append(HeadingRun(line, side: side))
      }
    }
    return runs
  }

  /// How ill lines are read: into how many tables they fall apart, then how many figures their headings leave open.
  static func looseness(of lines: [HeadingLine], side: HeadingSide) -> (tables: Int, open: Int) {
    let open = lines.reduce(0) { $0 + $1.meaning.rows.count * $1.meaning.columns.count }
    return (runs(of: lines, side: side).count, open)
  }

  private mutating func append(_ line: HeadingLine) {
    // A heading merged over several lines ends where the next one starts.
    if let last = lines.last, last.lines.upperBound >= line.lines.lowerBound {
      lines[lines.count - 1].lines =
        last.lines.lowerBound...max(last.lines.lowerBound, line.lines.lowerBound - 1)
    }
    lines.append(line)
    contents.insert(line.content)
  }
}
