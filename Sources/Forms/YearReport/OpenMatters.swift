import XLSX

/// The table of who still has something to do: units whose form is missing, cannot be used, or goes back.
struct OpenMatters {
  private let entries: [ChaseEntry]
  private let look: SheetLook
  private let title: String
  private let words: PageWords

  private static let columns: [(heading: String, width: Double)] = [
    ("序号", 6), ("单位", 20), ("表", 9), ("事由", 11), ("截止日期", 13), ("逾期天数", 10), ("填报人", 10), ("联系电话", 16),
  ]

  init(_ consolidation: Consolidation, title: String, language: Language) {
    entries = consolidation.chase.filter { $0.kind != .late }
    look = SheetLook(consolidation.campaign.forms.first?.layout ?? FormLayout())
    self.title = title
    words = PageWords(language, names: consolidation.campaign.englishNames)
  }

  /// - Parameter longest: With more lines than that the table ends and says so.
  /// - Returns: `nil` where nothing is open.
  func draft(longest: Int) -> SheetDraft? {
    guard !entries.isEmpty else { return nil }
    let sheet = SheetDraft(title)
    let last = Self.columns.count
    sheet.put(.text(title), over: CellRange(row: 1, columns: 1...last), look.title(18))
    for (position, column) in Self.columns.enumerated() {
      sheet.put(.text(column.heading), row: 2, column: position + 1, look.heading)
      sheet.width(column.width, of: position + 1)
    }
    for (position, entry) in entries.prefix(longest).enumerated() {
      let values: [CellValue] = [
        .number(Double(position + 1)), .words(entry.unit.name), .words(entry.form.label),
        .words(entry.kind.word), .words(entry.form.deadline.description),
        entry.daysLate.map { .number(Double($0)) } ?? .text("—"), .words(entry.contact.name),
        .words(entry.contact.phone),
      ]
      for (offset, value) in values.enumerated() {
        sheet.put(value, row: position + 3, column: offset + 1, look.text())
      }
      sheet.height(24, of: position + 3)
    }
    if entries.count > longest {
      sheet.put(
        .text(words.more(entries.count - longest)),
        over: CellRange(row: longest + 3, columns: 1...last), look.note())
    }
    sheet.pageSetup.repeatedRows = 2...2
    return sheet
  }
}
