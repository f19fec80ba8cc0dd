import XLSX

/// The comment on a marked cell. It begins and ends with marks of its own, so that it is found again in a file that comes
/// back, and whatever the unit itself wrote there stays.
enum ReturnComment {
  static let opening = "【退回】"
  static let closing = "【完】"

  /// The comment for the findings at a cell, below the one that the cell has.
  static func comment(
    for items: [ReturnItem], office: String, day: CalendarDate, below existing: CellComment?
  ) -> CellComment {
    var lines = ["\(opening)\(day)"]
    for item in items {
      lines.append("\(item.finding.severity.word.chinese)：\(item.finding.message.chinese)")
      if let expected = item.expected {
        let word = item.finding.expected == nil ? "可能" : "应为"
        lines.append("\(word)：\(expected.replacing("\n", with: "；"))")
      }
      lines.append("处理：\(item.advice)")
    }
    let own = RichText.Run(String(lines.joined(separator: "\n").prefix(8_000)) + closing)
    guard let existing = existing.flatMap(withoutOurs), !existing.text.plainText.isEmpty else {
      return CellComment(RichText([own]), author: office)
    }
    var comment = existing
    comment.text.runs += [RichText.Run("\n"), own]
    return comment
  }

  /// A comment without what an earlier return wrote; `nil` if nothing else was there.
  static func withoutOurs(_ comment: CellComment) -> CellComment? {
    let text = comment.text.plainText
    guard let start = text.firstRange(of: opening)?.lowerBound else { return comment }
    let end = text[start...].firstRange(of: closing)?.upperBound ?? text.endIndex
    let cut = text.distance(from: text.startIndex, to: start)..<text.distance(from: text.startIndex, to: end)
    var result = comment
    var position = 0
    result.text.runs = comment.text.runs.compactMap { run in
      let range = position..<(position + run.text.count)
      position = range.upperBound
      guard range.overlaps(cut) else { return run }
      var kept = run
      kept.text =
        String(run.text.prefix(max(0, cut.lowerBound - range.lowerBound)))
        + String(run.text.suffix(max(0, range.upperBound - cut.upperBound)))
      return kept.text.isEmpty ? nil : kept
    }
    let rest = result.text.plainText
    if rest.allSatisfy(\.isWhitespace) { return nil }
    // The line break that stood between the two.
    if let last = result.text.runs.last, last.text == "\n" { result.text.runs.removeLast() }
    return result
  }
}
