/// Adds sparklines to a sheet, behind those that it has, and takes groups or some of their small charts out.
struct SparklineEditing {
  private let groups: [SparklineGroup]
  /// Groups that go, by their number in the part.
  private var removed: Set<Int> = []
  /// The cells that keep a small chart, of groups that lose some.
  private var kept: [Int: Set<CellReference>] = [:]
  private var hasOtherChanges = false

  init(adding groups: [SparklineGroup]) { self.groups = groups }

  init(from old: [SparklineGroup], to new: [SparklineGroup]) {
    let changes = ObjectChanges(from: old, to: new)
    groups = changes.added
    hasOtherChanges = changes.isReordered
    removed = Set(changes.removed.map(\.mark.place))
    for (mark, old, new) in changes.changed {
      var rest = old
      let cells = Set(new.sparklines.map(\.cell))
      rest.sparklines.removeAll { !cells.contains($0.cell) }
      if rest == new { kept[mark.place] = cells } else { hasOtherChanges = true }
    }
  }

  var isEmpty: Bool { groups.isEmpty && removed.isEmpty && kept.isEmpty && !hasOtherChanges }

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for another look of sparklines that are there.
  func apply(to sheet: inout SheetMarkup) throws {
    if hasOtherChanges {
      throw XLSXError(
        .unsupportedChange,
        "The look of sparklines that the file holds cannot be changed; take them away and add new ones.",
        part: sheet.part, sheet: sheet.sheet)
    }
    if !removed.isEmpty || !kept.isEmpty { try removeFrom(&sheet) }
    if groups.isEmpty { return }
    for group in groups { try SparklineXML.check(group, sheet: sheet.sheet) }
    let elements = groups.compactMap { group -> MarkupElement? in
      var made = MarkupElement(prefix: "") { SparklineXML.append(group, to: &$0) }
      made?["xmlns:x14"] = Namespace.x14
      made?["xmlns:xm"] = Namespace.excelMain
      return made
    }
    try sheet.extend("sparklineGroups", uri: SparklineXML.uri, with: elements)
  }

  private func removeFrom(_ sheet: inout SheetMarkup) throws {
    var number = 0
    try sheet.changeExtensions { element in
      guard element.has("sparklineGroups") else { return true }
      element.change("sparklineGroups") { list in
        list.changeAll("sparklineGroup") { _, group in
          defer { number += 1 }
          if removed.contains(number) { return group = nil }
          guard let cells = kept[number] else { return }
          group?.change("sparklines") { charts in
            charts.changeAll("sparkline") { _, chart in
              let cell = chart?.child("sqref").flatMap { CellRange($0.text.trimmingXMLSpace)?.first }
              if cell.map(cells.contains) != true { chart = nil }
            }
          }
        }
      }
      return element.child("sparklineGroups")?.has("sparklineGroup") == true
    }
  }
}
