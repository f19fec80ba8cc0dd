import XLSX

extension Finding {
  /// Whether a finding stands before another one: by sheet, row, column, rule; what names no cell comes before what does.
  static func isInOrder(_ a: Finding, _ b: Finding) -> Bool {
    let sheets = (a.sheet ?? "", b.sheet ?? "")
    if sheets.0 != sheets.1 { return sheets.0 < sheets.1 }
    let outside = CellReference(row: 0, column: 0)
    let cells = (a.cell ?? outside, b.cell ?? outside)
    if cells.0 != cells.1 { return cells.0 < cells.1 }
    if a.rule != b.rule { return a.rule < b.rule }
    return (a.field?.rawValue ?? "") < (b.field?.rawValue ?? "")
  }
}

extension [Finding] {
  /// The findings in the order in which every command prints them; equal ones keep theirs.
  package func inOrder() -> [Finding] {
    if zip(self, dropFirst()).allSatisfy({ !Finding.isInOrder($1, $0) }) { return self }
    return enumerated().sorted { a, b in
      if Finding.isInOrder(a.element, b.element) { return true }
      return Finding.isInOrder(b.element, a.element) ? false : a.offset < b.offset
    }.map(\.element)
  }

  /// The findings as people read them: errors first, then what is to be confirmed, then hints; those of one severity in
  /// the order of the units, and within a unit as every command prints them.
  ///
  /// - Parameter units: The names of the units in the campaign's order; what is of no unit comes last.
  package func gravestFirst(units: [String] = []) -> [Finding] {
    let positions = Dictionary(units.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let ranks = Dictionary(
      Severity.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func key(_ finding: Finding) -> (Int, Int) {
      (ranks[finding.severity] ?? .max, finding.unit.flatMap { positions[$0] } ?? .max)
    }
    return enumerated().map { (key: key($1), offset: $0, finding: $1) }.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      if a.finding.file == b.finding.file {
        if Finding.isInOrder(a.finding, b.finding) { return true }
        if Finding.isInOrder(b.finding, a.finding) { return false }
      }
      return a.offset < b.offset
    }.map(\.finding)
  }

  /// How many are open: a warning that a 说明 releases is none.
  package func count(_ severity: Severity) -> Int { count { $0.severity == severity && $0.note == nil } }

  var explainedCount: Int { count { $0.note != nil } }
}
