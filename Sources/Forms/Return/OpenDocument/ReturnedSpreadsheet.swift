import XLSX

/// Marks, annotations and the sheet 退回说明 in a unit's own OpenDocument spreadsheet, everything else in it untouched.
struct ReturnedSpreadsheet {
  let item: ReturnCase
  let campaign: Campaign
  let asOf: CalendarDate
  let due: CalendarDate

  /// - Returns: The spreadsheet, and how many cells are marked.
  /// - Throws: `XLSXError` or ``IntakeProblem`` for one that cannot be changed, or would read otherwise afterwards.
  func annotated(_ bytes: [UInt8], limits: IntakeLimits) throws -> (bytes: [UInt8], cells: Int) {
    var book = try SpreadsheetGridReader().read(bytes, format: .ods, limits: limits)
    let stamps = book.grids.map(\.name).filter { $0.hasPrefix(ReturnStamp.sheetName) }
    let earlier = book.takeReturnStamp()
    var editor = try OpenDocumentEditor(bytes, limits: limits.package)
    var count = 0
    for (sheet, cells) in item.marks.sorted(by: { $0.key < $1.key }) {
      guard let grid = book.grids.first(where: { $0.name == sheet }) else { continue }
      let placed = Dictionary(grouping: cells) { cell, _ in
        grid.merges.first { $0.contains(cell) }?.first ?? cell
      }
      for (cell, found) in placed.sorted(by: { $0.key < $1.key }) {
        let items = found.sorted { $0.key < $1.key }.flatMap(\.value)
        let severity: Severity = items.contains { $0.finding.severity == .error } ? .error : .warning
        let comment = ReturnComment.comment(for: items, office: campaign.office, day: asOf, below: nil)
        editor.mark(
          .init(
            cell: cell, color: ReturnMark.hex(severity),
            comment: OpenDocumentComment(
              text: comment.text.plainText, author: campaign.office, date: asOf.description)), inSheet: sheet)
        count += 1
      }
    }
    let stamp = ReturnStamp(returnedOn: asOf, round: (earlier?.round ?? 0) + 1)
    var name = ReturnStamp.sheetName
    var number = 2
    while book.grids.contains(where: { $0.name == name }) {
      name = "\(ReturnStamp.sheetName)(\(number))"
      number += 1
    }
    editor.insertFront(
      ReturnSheet(
        item: item, name: name, stamp: stamp, due: due, campaign: campaign,
        hiddenSheets: Set(book.grids.filter(\.isHidden).map(\.name))
      ).draft())
    // What is new is put in first: of changes that begin at one place the first is made.
    if earlier != nil {
      let kept = Set(book.grids.map(\.name))
      for name in stamps where !kept.contains(name) { editor.removeSheet(named: name) }
      editor.clearMarks(
        colors: ReturnMark.hexColors, opening: ReturnComment.opening, closing: ReturnComment.closing)
    }
    let result = try editor.bytes()
    var copy = try SpreadsheetGridReader().read(result, format: .ods, limits: limits)
    let found = copy.takeReturnStamp()
    guard found == stamp, copy.reads(as: book) else { throw GridBook.readsOtherwise }
    return (result, count)
  }
}

extension GridBook {
  static let readsOtherwise = XLSXError(
    .unsupportedChange, "The document would read otherwise after being marked.")

  /// Whether another book has the same sheets with the same cells: nothing goes out that does not read as what came in.
  func reads(as other: GridBook) -> Bool {
    grids.count == other.grids.count
      && zip(grids, other.grids).allSatisfy { mine, theirs in
        mine.name == theirs.name && mine.merges == theirs.merges && mine.isHidden == theirs.isHidden
          && mine.hiddenRows == theirs.hiddenRows && mine.cells.keys == theirs.cells.keys
          && mine.cells.values == theirs.cells.values
      }
  }
}
