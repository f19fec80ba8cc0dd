import XLSX

/// `报送情况`: what each unit has sent, form by form.
struct DeliverySheet {
  let consolidation: Consolidation
  let look: SheetLook
  let name: String
  let title: String?

  private static let perForm: [(heading: String, width: Double)] = [
    ("状态", 10), ("填报时间", 11.5), ("填报人", 9), ("联系电话", 14), ("错误", 5.5), ("核实", 5.5), ("文件", 28),
  ]
  private static let firstRow = 5
  /// The folder that every file came from, with its slash: `收件/`.
  private let commonFolder: String

  init(consolidation: Consolidation, look: SheetLook, name: String, title: String?) {
    self.consolidation = consolidation
    self.look = look
    self.name = name
    self.title = title
    let files = consolidation.forms.lazy.flatMap { $0.units.lazy.compactMap(\.submission?.file) }
    var common = files.first ?? ""
    for file in files where !file.hasPrefix(common) { common = file.commonPrefix(with: common) }
    commonFolder = common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }

  func paint() -> SheetDraft {
    let sheet = SheetDraft(name)
    let forms = consolidation.forms
    let documents = consolidation.documents
    let firstDocument = 3 + forms.count * Self.perForm.count
    let lastColumn = firstDocument - 1 + documents.count
    sheet.put(
      .text(title ?? "\(consolidation.campaign.title)报送情况"), over: CellRange(row: 1, columns: 1...lastColumn),
      look.title(18))
    sheet.height(34, of: 1)
    let stands = forms.map { "\($0.form.label)：" + $0.standLine(asOf: consolidation.report.asOf) }
    sheet.put(
      .text(stands.joined(separator: "\n")), over: CellRange(row: 2, columns: 1...lastColumn), look.note())
    sheet.height(18 * Double(max(1, stands.count)) + 4, of: 2)

    for (column, word) in [(1, "序号"), (2, "单位")] {
      sheet.put(.text(word), over: CellRange(rows: 3...4, column: column), look.heading)
    }
    for (position, form) in forms.enumerated() {
      let first = 3 + position * Self.perForm.count
      sheet.put(
        .text("\(form.form.label)（\(form.form.deadline)截止）"),
        over: CellRange(row: 3, columns: first...(first + Self.perForm.count - 1)), look.heading)
      for (offset, column) in Self.perForm.enumerated() {
        sheet.put(.text(column.heading), row: 4, column: first + offset, look.heading)
        sheet.width(column.width, of: first + offset)
      }
    }
    for (position, delivery) in documents.enumerated() {
      let column = firstDocument + position
      let text = "\(delivery.document.name)（\(delivery.document.deadline)截止）"
      sheet.put(.text(text), over: CellRange(rows: 3...4, column: column), look.heading)
      sheet.width(14, of: column)
    }
    let longest = documents.map { $0.document.name.displayWidth + 16 }.max() ?? 0
    sheet.height(max(24, Double((longest + 13) / 14) * 8 + 8), of: 3)
    sheet.height(max(24, Double((longest + 13) / 14) * 8 + 8), of: 4)

    let units = consolidation.listedUnits
    let lines = consolidation.positionsByUnit
    // As in the sheets of units: whoever reports outside the list is none of the n.
    var numbers: [Int?] = []
    var owing = 0
    for unit in units {
      let owes = zip(forms, lines).contains { form, lines in
        lines[unit.code].map { form.units[$0].standing == .owing } ?? false
      }
      if owes { owing += 1 }
      numbers.append(owes ? owing : nil)
    }
    let looks = Looks(sheet, look)
    sheet.paintLater(rows: Self.firstRow..<(Self.firstRow + units.count)) { row, sheet in
      let unit = units[row - Self.firstRow]
      let number = numbers[row - Self.firstRow].map { CellValue.number(Double($0)) }
      let lines = zip(forms, lines).map { form, lines in lines[unit.code].map { form.units[$0] } }
      paint(
        unit, lines: lines, number: number ?? .text(UnitTable.outsideMark), row: row, looks: looks, on: sheet)
      for (offset, delivery) in documents.enumerated() {
        let isReceived = delivery.isReceived(from: unit)
        let isLate = isReceived == false && delivery.isClosed
        sheet.put(
          .text(isReceived == nil ? "—" : delivery.word(for: unit, language: .chinese)),
          row: row, column: firstDocument + offset, isLate ? looks.late : looks.text)
      }
    }
    sheet.width(5.5, of: 1)
    sheet.width(min(36, max(16, (units.map { Double($0.name.displayWidth) }.max() ?? 0) + 3)), of: 2)
    PageFit.whole(width: sheet.widths.values.reduce(0, +)).apply(to: &sheet.pageSetup)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = 3...4
    sheet.autoFilter = CellRange(
      CellReference(row: 4, column: 1),
      CellReference(row: Self.firstRow + max(units.count, 1) - 1, column: lastColumn))
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 3)
    return sheet
  }

  private func paint(
    _ unit: ReportingUnit, lines: [UnitFigures?], number: CellValue, row: Int, looks: Looks,
    on sheet: SheetDraft
  ) {
    sheet.put(number, row: row, column: 1, looks.text)
    sheet.put(.words(unit.name), row: row, column: 2, looks.name)
    var longestFile = 0
    for (index, form) in consolidation.forms.enumerated() {
      let first = 3 + index * Self.perForm.count
      guard let line = lines[index] else {
        for offset in Self.perForm.indices {
          sheet.put(.text("—"), row: row, column: first + offset, looks.text)
        }
        continue
      }
      let findings = line.submission?.findings ?? []
      let state = line.daysLate(after: form.form.deadline).map { "逾期\($0)天" } ?? line.state.word.chinese
      // The whole path stands among the sources; here the folder that all share would only take the room.
      var file = line.submission.map { String($0.file.dropFirst(commonFolder.count)) }
      if case .misspelt(let text)? = line.submission?.unitSource {
        file = (file ?? "") + "（单位写作“\(text)”）"
      }
      let values: [CellValue] = [
        .text(state), .words(line.submission?.filledOn?.description), .words(line.submission?.filledBy),
        .words(line.submission?.phone),
        line.isReported ? .number(Double(findings.count(.error))) : .empty,
        line.isReported ? .number(Double(findings.count(.warning))) : .empty, .words(file),
      ]
      for (offset, value) in values.enumerated() {
        let style =
          offset == 0 ? looks.state(line.state) : offset == values.count - 1 ? looks.file : looks.text
        sheet.put(value, row: row, column: first + offset, style)
      }
      longestFile = max(longestFile, file?.displayWidth ?? 0)
    }
    sheet.height(max(24, Double((longestFile + 24) / 25) * 15 + 6), of: row)
  }

  /// The looks of the cells of a unit's row, looked up once for the sheet.
  private struct Looks {
    let text: SheetDraft.Look
    let name: SheetDraft.Look
    let file: SheetDraft.Look
    let late: SheetDraft.Look
    private let lacking: SheetDraft.Look

    init(_ sheet: SheetDraft, _ look: SheetLook) {
      text = sheet.look(look.text())
      name = sheet.look(look.text(wraps: false))
      file = sheet.look(look.text(.left))
      late = sheet.look(look.text().filled(SheetLook.warningFill))
      lacking = sheet.look(look.text().filled(SheetLook.errorFill))
    }

    func state(_ state: UnitFigures.State) -> SheetDraft.Look {
      switch state {
      case .reported: text
      case .late: late
      case .missing, .rejected: lacking
      }
    }
  }
}
