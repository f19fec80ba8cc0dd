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
    let editor = try WorkbookEditor(bytes: bytes, limits: limits)
    let stamp = try removeEarlierSheets(editor) ?? earlier
    let marks = try placedMarks(editor.workbook)
    if stamp != nil { try clearEarlierMarks(editor, except: marks) }
    for (sheet, cells) in marks.sorted(by: { $0.key < $1.key }) {
      let content = try editor.workbook.sheet(named: sheet)
      for (cell, items) in cells.sorted(by: { $0.key < $1.key }) {
        let severity: Severity = items.contains { $0.finding.severity == .error } ? .error : .warning
        try editor.mark(
          cell, inSheet: sheet, with: ReturnMark.color(severity, on: content.style(at: cell)))
        try editor.setComment(
          ReturnComment.comment(
            for: items, office: campaign.office, day: asOf, below: content.comment(at: cell)), at: cell,
          inSheet: sheet)
      }
    }
    let taken = editor.workbook.sheets.map(\.name)
    let earlier = try Self.earlierSheets(editor.workbook).map(\.name)
    var name = ReturnStamp.sheetName
    var number = 2
    while taken.contains(where: { $0.lowercased() == name.lowercased() && !earlier.contains($0) }) {
      name = "\(ReturnStamp.sheetName)(\(number))"
      number += 1
    }
    try editor.insertFirstSheet(
      of: page(
        named: name, after: stamp,
        hidden: Set(editor.workbook.sheets.filter { $0.visibility != .visible }.map(\.name))))
    return (try editor.serialized(), marks.values.reduce(0) { $0 + $1.count })
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

  private func removeEarlierSheets(_ editor: WorkbookEditor) throws -> ReturnStamp? {
    let earlier = try Self.earlierSheets(editor.workbook)
    for sheet in earlier { try editor.removeSheet(named: sheet.name) }
    return earlier.map(\.stamp).max { $0.round < $1.round }
  }

  private func clearEarlierMarks(
    _ editor: WorkbookEditor, except marks: [String: [CellReference: [ReturnItem]]]
  ) throws {
    let earlier = Set(try Self.earlierSheets(editor.workbook).map(\.name))
    for info in editor.workbook.sheets where info.kind == .worksheet && !earlier.contains(info.name) {
      let kept = marks[info.name] ?? [:]
      for cell in try editor.cells(filledWith: ReturnMark.all, inSheet: info.name) where kept[cell] == nil {
        try editor.unmark(cell, inSheet: info.name)
      }
      for (cell, comment) in try editor.workbook.sheet(named: info.name).comments where kept[cell] == nil {
        let rest = ReturnComment.withoutOurs(comment)
        if rest == comment { continue }
        if let rest {
          try editor.setComment(rest, at: cell, inSheet: info.name)
        } else {
          try editor.removeComment(at: cell, inSheet: info.name)
        }
      }
    }
  }
}
