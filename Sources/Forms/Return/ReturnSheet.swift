import XLSX

/// The sheet 退回说明: what is to be mended, where, and by when. It is a page that can be printed and signed for.
struct ReturnSheet {
  let item: ReturnCase
  let name: String
  let stamp: ReturnStamp
  let due: CalendarDate
  let campaign: Campaign
  /// The sheets of the workbook that are hidden: a link to one leads nowhere.
  let hiddenSheets: Set<String>

  private static let widths: [Double] = [6, 6.5, 14, 19, 41, 11, 21, 25]
  private static var columns: Int { widths.count }
  private static let headingRow = 7
  private static let red = Color.rgb(0xC00000)

  func workbook() throws -> Workbook {
    let book = Workbook()
    try draft().add(to: book)
    return book
  }

  private var look: SheetLook {
    SheetLook((item.forms.first ?? campaign.forms.first)?.layout ?? FormLayout())
  }

  func draft() -> SheetDraft {
    let sheet = SheetDraft(name)
    for (position, width) in Self.widths.enumerated() { sheet.width(width, of: position + 1) }
    paintHead(sheet)
    for (position, heading) in ReturnStamp.headings.enumerated() {
      sheet.put(.text(heading), row: Self.headingRow, column: position + 1, look.heading)
    }
    sheet.height(24, of: Self.headingRow)
    for (position, entry) in item.items.enumerated() { paint(entry, at: position, on: sheet) }
    let last = Self.headingRow + item.items.count
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = Self.headingRow...Self.headingRow
    sheet.pageSetup.printArea = [
      CellRange(CellReference(row: 1, column: 1), CellReference(row: last, column: Self.columns))
    ]
    sheet.frozenAt = CellReference(row: Self.headingRow + 1, column: 1)
    return sheet
  }

  private func paintHead(_ sheet: SheetDraft) {
    sheet.put(
      .text(ReturnStamp.sheetName), over: CellRange(row: 1, columns: 1...Self.columns), look.title(22))
    sheet.height(40, of: 1)
    let left = 1...(Self.columns - 2)
    var strong = look.note()
    strong.font = Font(name: look.headingFont, size: 14)
    line(words.units, strong, row: 2, columns: left, lineHeight: 20, on: sheet)
    line(words.source, look.note(), row: 3, columns: left, lineHeight: 16, on: sheet)
    line(
      "\(stamp.line)　退回单位：\(campaign.office)", look.note(), row: 4, columns: left, lineHeight: 18,
      on: sheet)
    line(words.note, look.note(), row: 5, columns: 1...Self.columns, lineHeight: 16, on: sheet)
    let hint = item.kind == .notice ? "" : "红色为错误，必须改正；黄色为核实，改正或作出说明；点“位置”可跳到该单元格。"
    line(
      "共\(words.counts)。\(hint)", look.note(), row: 6, columns: 1...Self.columns, lineHeight: 18, on: sheet)
    paintStamp(sheet)
  }

  /// The look of a stamp: red, framed, beside the unit's name.
  private func paintStamp(_ sheet: SheetDraft) {
    let right = (Self.columns - 1)...Self.columns
    let frame = Borders.Line(.medium, color: Self.red)
    var style = Style(
      font: Font(name: look.headingFont, size: 20, bold: true, color: Self.red),
      alignment: Alignment(horizontal: .center, vertical: .center))
    style.borders = Borders(left: frame, right: frame, top: frame, bottom: frame)
    sheet.put(
      .text("退 回 修 改"),
      over: CellRange(
        CellReference(row: 2, column: right.lowerBound), CellReference(row: 3, column: right.upperBound)),
      style)
    style.font = Font(name: look.headingFont, size: 12, bold: true, color: Self.red)
    sheet.put(.text("请于\(due.longText)前报送"), over: CellRange(row: 4, columns: right), style)
  }

  private var words: ReturnWords { ReturnWords(item: item, due: due, campaign: campaign) }

  /// A line of text over some columns, as high as it needs.
  private func line(
    _ text: String, _ style: Style, row: Int, columns: ClosedRange<Int>, lineHeight: Double,
    on sheet: SheetDraft
  ) {
    let width = columns.reduce(0) { $0 + Self.widths[$1 - 1] } - 2
    sheet.put(.words(text), over: CellRange(row: row, columns: columns), style)
    sheet.height(Double(Self.lines(of: text, width: width)) * lineHeight + 6, of: row)
  }

  private static func lines(of text: String, width: Double) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
      $0 + max(1, Int((Double($1.displayWidth) * 1.06 / max(1, width)).rounded(.up)))
    }
  }

  private func paint(_ entry: ReturnItem, at position: Int, on sheet: SheetDraft) {
    let row = Self.headingRow + 1 + position
    let place = entry.place.map { place in
      "\(place.sheet)!\(place.cell)" + (hiddenSheets.contains(place.sheet) ? "（隐藏）" : "")
    }
    let values: [(text: String?, isLong: Bool)] = [
      (nil, false), (entry.finding.severity.word.chinese, false), (place, false), (entry.fieldName, true),
      (entry.finding.message.chinese, true), (entry.found, false), (entry.expected, true),
      (entry.advice, true),
    ]
    for (offset, value) in values.enumerated() {
      var style = look.text(value.isLong ? .left : .center)
      if offset == 1 { style = style.filled(ReturnMark.fill(entry.finding.severity)) }
      if offset == 2, place != nil {
        style.font.underline = .single
        style.font.color = .rgb(0x0563C1)
      }
      let content: CellValue = offset == 0 ? .number(Double(position + 1)) : .words(value.text)
      sheet.put(content, row: row, column: offset + 1, style)
    }
    if let place = entry.place {
      sheet.link(
        CellReference(row: row, column: 3), to: "\(LiveFormula.quoted(place.sheet))!\(place.cell)",
        tooltip: entry.finding.message.chinese)
    }
    let lines = zip(values, Self.widths).map { Self.lines(of: $0.text ?? "", width: $1 - 2) }.max() ?? 1
    sheet.height(max(24, Double(min(lines, 24)) * 15 + 8), of: row)
  }

  static func lastPart(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }
}

extension CalendarDate {
  /// `2024年12月4日`
  var longText: String { "\(year)年\(month)月\(day)日" }
}
