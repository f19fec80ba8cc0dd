import XLSX

/// Marks, comments and the sheet 退回说明 in a workbook, everything else in it untouched.
struct ReturnedCopy {
  let item: ReturnCase
  let campaign: Campaign
  let asOf: CalendarDate
  let due: CalendarDate
  /// The names that sheets have in the workbook, where they differ from those of the findings.
  var sheetNames: [String: String] = [:]
  /// The stamp of a file whose sheet 退回说明 was left out when it was turned into a workbook.
  var earlier: ReturnStamp?

  /// - Returns: The workbook, and how many cells are marked.
  /// - Throws: `XLSXError` for a workbook that cannot be changed.
  func annotated(_ bytes: [UInt8], limits: Limits) throws -> (bytes: [UInt8], cells: Int) {
    let book = try Workbook(bytes: bytes, limits: limits)
    let stamp = try removeEarlierSheets(book) ?? earlier
    let marks = try placedMarks(book)
    if stamp != nil { try clearEarlierMarks(book, except: marks) }
    for (name, cells) in marks.sorted(by: { $0.key < $1.key }) {
      let sheet = try book.sheet(named: name)
      for (cell, items) in cells.sorted(by: { $0.key < $1.key }) {
        let severity: Severity = items.contains { $0.finding.severity == .error } ? .error : .warning
        let color = ReturnMark.color(severity, on: sheet.style(at: cell))
        sheet.changeStyle(for: CellRange(cell)) { $0.fill = .solid(color) }
        // A conversation stays as it is; its cell is filled and listed.
        guard sheet.thread(at: cell) == nil else { continue }
        sheet.setComment(
          ReturnComment.comment(
            for: items, office: campaign.office, day: asOf, below: sheet.comment(at: cell)), at: cell)
      }
    }
    let taken = Set(book.sheets.map { $0.name.lowercased() })
    var name = ReturnStamp.sheetName
    var number = 2
    while taken.contains(name.lowercased()) {
      name = "\(ReturnStamp.sheetName)(\(number))"
      number += 1
    }
    let hidden = Set(book.sheets.filter { $0.visibility != .visible }.map(\.name))
    let page = try page(named: name, after: stamp, hidden: hidden)
    try book.copySheet(page.sheet(at: 0), as: name)
    try book.moveSheet(named: name, to: 0)
    try book.activateSheet(named: name)
    return (try book.serialized(), marks.values.reduce(0) { $0 + $1.count })
  }

  /// A workbook with the sheet 退回说明 alone.
  func notice() throws -> [UInt8] {
    try page(named: ReturnStamp.sheetName, after: nil, hidden: []).serialized()
  }

  private func page(named name: String, after stamp: ReturnStamp?, hidden: Set<String>) throws -> Workbook {
    var item = item
    for index in item.items.indices {
      if let sheet = item.items[index].place?.sheet, let own = sheetNames[sheet] {
        item.items[index].place?.sheet = own
      }
    }
    return try ReturnSheet(
      item: item, name: name, stamp: ReturnStamp(returnedOn: asOf, round: (stamp?.round ?? 0) + 1), due: due,
      campaign: campaign, hiddenSheets: hidden
    ).workbook()
  }

  /// The cells to be marked, merged ranges by their first cell; a sheet that the workbook does not have is left out.
  private func placedMarks(_ workbook: Workbook) throws -> [String: [CellReference: [ReturnItem]]] {
    var placed: [String: [CellReference: [ReturnItem]]] = [:]
    for (sheet, cells) in item.marks {
      let name = sheetNames[sheet] ?? sheet
      guard workbook.sheets.contains(where: { $0.name == name && $0.kind == .worksheet }) else { continue }
      let merges = try workbook.sheet(named: name).mergedRanges
      for (cell, items) in cells.sorted(by: { $0.key < $1.key }) {
        let shown = merges.first { $0.contains(cell) }?.first ?? cell
        placed[name, default: [:]][shown, default: []] += items
      }
    }
    return placed
  }

  // What an earlier return left.

  private static func earlierSheets(_ workbook: Workbook) throws -> [(name: String, stamp: ReturnStamp)] {
    try workbook.sheets.filter { $0.kind == .worksheet && $0.name.hasPrefix(ReturnStamp.sheetName) }
      .compactMap { info in
        let sheet = try workbook.sheet(named: info.name)
        return ReturnStamp(sheet: info.name) { sheet[$0].text }.map { (info.name, $0) }
      }
  }

  private func removeEarlierSheets(_ book: Workbook) throws -> ReturnStamp? {
    let earlier = try Self.earlierSheets(book)
    for sheet in earlier { try book.removeSheet(named: sheet.name) }
    return earlier.map(\.stamp).max { $0.round < $1.round }
  }

  private func clearEarlierMarks(
    _ book: Workbook, except marks: [String: [CellReference: [ReturnItem]]]
  ) throws {
    for sheet in try book.worksheets {
      let kept = marks[sheet.name] ?? [:]
      let marked = sheet.cells {
        if case .solid(let color) = $0.fill { ReturnMark.all.contains(color) } else { false }
      }
      for cell in marked where kept[cell] == nil {
        sheet.changeStyle(for: CellRange(cell)) { $0.fill = .none }
      }
      for (cell, comment) in sheet.comments where kept[cell] == nil && sheet.thread(at: cell) == nil {
        let rest = ReturnComment.withoutOurs(comment)
        if rest != comment { sheet.setComment(rest, at: cell) }
      }
    }
  }
}
