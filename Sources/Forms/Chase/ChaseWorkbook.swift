import XLSX

extension Consolidation {
  /// The workbook 催报: a list of what every unit still has to do, ready to print, and 报送情况.
  ///
  /// - Throws: `XLSXError` for what Excel would refuse.
  public func chaseWorkbook(due: CalendarDate? = nil) throws -> Workbook {
    let book = Workbook()
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    try ChaseSheet(consolidation: self, look: look, due: due).paint().add(to: book)
    try DeliverySheet(consolidation: self, look: look, name: SheetNames.delivery, title: nil).paint()
      .add(to: book)
    book.properties.title = "\(campaign.title)催报名单"
    book.properties.creator = campaign.office
    book.properties.application = "huizong"
    return book
  }
}

/// `催报名单`
private struct ChaseSheet {
  let consolidation: Consolidation
  let look: SheetLook
  let due: CalendarDate?

  private static let columns: [(heading: String, width: Double)] = [
    ("序号", 6), ("单位", 18), ("表", 8), ("事由", 10), ("截止日期", 12), ("逾期天数", 9), ("错误", 6), ("核实", 6),
    ("说明", 46), ("填报人", 10), ("联系电话", 15), ("已催记录", 16),
  ]
  private static let firstRow = 4

  func paint() -> SheetDraft {
    let sheet = SheetDraft("催报名单")
    let last = Self.columns.count
    let campaign = consolidation.campaign
    let entries = consolidation.chase
    let overdue = consolidation.overdueDocuments
    let documents = campaign.units.flatMap { unit in (overdue[unit.code] ?? []).map { (unit, $0) } }
    sheet.put(.text("\(campaign.title)催报名单"), over: CellRange(row: 1, columns: 1...last), look.title(18))
    sheet.height(34, of: 1)
    let counts = ChaseEntry.Kind.allCases.compactMap { kind -> String? in
      let count = entries.count { $0.kind == kind }
      return count == 0 ? nil : "\(kind.word)\(count)份"
    }
    let owed = documents.isEmpty ? [] : ["材料未报\(documents.count)份"]
    let day = due ?? consolidation.chaseDue(for: entries)
    let note =
      entries.isEmpty && documents.isEmpty
      ? "截至\(consolidation.report.asOf.longText)，各单位均已按时报送，没有需要改正的问题。"
      : "截至\(consolidation.report.asOf.longText)：" + (counts + owed).joined(separator: "，")
        + "。请于\(day.longText)前办理。"
    sheet.put(.text(note), over: CellRange(row: 2, columns: 1...last), look.note())
    sheet.height(22, of: 2)
    for (position, column) in Self.columns.enumerated() {
      sheet.put(.text(column.heading), row: 3, column: position + 1, look.heading)
      sheet.width(column.width, of: position + 1)
    }
    sheet.height(24, of: 3)
    for (position, entry) in entries.enumerated() { paint(entry, at: position, on: sheet) }
    let contacts = consolidation.contacts
    for (position, (unit, document)) in documents.enumerated() {
      paint(
        document, of: unit, contact: contacts.contact(of: unit, form: nil), at: entries.count + position,
        on: sheet)
    }
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 3)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = 3...3
    return sheet
  }

  private func paint(_ entry: ChaseEntry, at position: Int, on sheet: SheetDraft) {
    let row = Self.firstRow + position
    let isReturned = entry.kind == .errors
    let text = explanation(of: entry)
    let values: [CellValue] = [
      .number(Double(position + 1)), .words(entry.unit.name), .words(entry.form.label),
      .words(entry.kind.word), .words(entry.form.deadline.description),
      entry.daysLate.map { .number(Double($0)) } ?? .empty,
      isReturned ? .number(Double(entry.errors)) : .empty,
      isReturned ? .number(Double(entry.warnings)) : .empty,
      .words(text), .words(entry.contact.name), .words(entry.contact.phone), .empty,
    ]
    for (offset, value) in values.enumerated() {
      let style = offset == 8 ? look.text(.left) : look.text()
      sheet.put(value, row: row, column: offset + 1, style.filled(offset == 3 ? fill(entry.kind) : nil))
    }
    let lines = max(1, Int((Double(text.displayWidth) / (Self.columns[8].width - 3)).rounded(.up)))
    sheet.height(max(24, Double(lines) * 15 + 8), of: row)
  }

  private func paint(
    _ document: DueDocument, of unit: ReportingUnit, contact: Contact, at position: Int, on sheet: SheetDraft
  ) {
    let days = consolidation.report.asOf.dayNumber - document.deadline.dayNumber
    let values: [CellValue] = [
      .number(Double(position + 1)), .words(unit.name), .words(document.name),
      .words(ChaseEntry.Kind.missing.word), .words(document.deadline.description), .number(Double(days)),
      .empty, .empty, .words("截止日期已过，尚未收到"), .words(contact.name), .words(contact.phone), .empty,
    ]
    for (offset, value) in values.enumerated() {
      let style = offset == 8 ? look.text(.left) : look.text()
      sheet.put(
        value, row: Self.firstRow + position, column: offset + 1,
        style.filled(offset == 3 ? SheetLook.warningFill : nil))
    }
    sheet.height(24, of: Self.firstRow + position)
  }

  private func explanation(of entry: ChaseEntry) -> String {
    let file = entry.file.map { "“\(ReturnSheet.lastPart(of: $0))”" } ?? ""
    switch entry.kind {
    case .missing: return "截止日期已过，尚未收到"
    case .upcoming: return "尚未收到，请按时报送"
    case .rejected: return "\(file)无法使用：\(entry.reason ?? "内容无法使用")"
    case .errors: return "\(file)已退回，请改正后重新报送"
    case .late:
      return "\(file)填报时间\(entry.submission?.filledOn?.description ?? "")，晚于截止日期"
    }
  }

  private func fill(_ kind: ChaseEntry.Kind) -> Fill? {
    switch kind {
    case .missing, .rejected: SheetLook.errorFill
    case .errors: SheetLook.warningFill
    case .late, .upcoming: nil
    }
  }
}
