import Foundation
import XLSX

/// A workbook with everything that can be written, for the checks that other programs make.
enum WriteGallery {
  static func workbook() throws -> Workbook {
    let book = Workbook()
    book.properties.title = "汇总 & <展示>"
    book.properties.creator = "焦作市总工会"
    book.properties.created = "2024-11-20T08:00:00Z"
    book.properties.company = "工会"
    book.properties.application = "huizong"
    book.protection = WorkbookProtection()
    try addCells(to: book)
    try addForm(to: book)
    try addFormats(to: book)
    try addDrawings(to: book)
    let hidden = try book.addSheet(named: "隐藏", visibility: .hidden)
    hidden["A1"] = "hidden"
    try book.addName("单位数", formula: "COUNTA('表 格'!$A$2:$A$6)")
    try book.addName("_内部", formula: "'值'!$A$1", hidden: true)
    return book
  }

  /// Every kind of value.
  private static func addCells(to book: Workbook) throws {
    let sheet = try book.addSheet(named: "值")
    sheet["A1"] = 12
    sheet["A2"] = -0.1
    sheet["A3"] = .number(1e300)
    sheet["A4"] = .number(0.1 + 0.2)
    sheet["A5"] = true
    sheet["A6"] = .error(.notAvailable)
    sheet["A7"] = "文字 & <tag> \"quotes\""
    sheet["A8"] = "  leading and\ntrailing\t "
    sheet["A9"] = "control \u{1}\u{FFFF} _x0041_ \r end"
    sheet["A10"] = .richText(
      RichText([
        .init("红", font: Font(name: "黑体", size: 14, bold: true, color: .rgb(0xC00000))), .init(" plain "),
        .init("2", font: Font(name: "Arial", size: 8, verticalPosition: .superscript)),
      ]))
    sheet["A11"] = .formula("A1*2", cached: 24)
    sheet["A12"] = .formula("A7&\"<&>\"", cached: "文字 & <tag> \"quotes\"<&>")
    sheet["A13"] = .formula("A1>3", cached: true)
    sheet["A14"] = .formula("1/0", cached: .error(.divisionByZero))
    sheet["A15"] = .formula("SUM(A1:A2)", cached: .empty)
    sheet["B1"] = .formula(Formula("A1:A2*2", arrayRange: "B1:B2"), cached: 24)
    sheet["B2"] = -0.2
    sheet["AB30"] = 1
    sheet.setHyperlink("https://example.com/a b?q=\"<中文>\"#frag", tooltip: "网页", at: "C1")
    sheet["C1"] = "link"
    sheet.setStyle(Style(font: Font(underline: .single, color: .rgb(0x0563C1))), at: "C1")
    sheet.setHyperlink(to: "A1:B2", of: sheet, at: "C2")
    sheet["C2"] = "inside"
    sheet.setComment("合计应为15\n请核对", author: "市总", at: "C3")
    sheet.setComment(
      CellComment(
        RichText([.init("粗", font: Font(name: "宋体", size: 9, bold: true)), .init("细")]), isVisible: true),
      at: "D9")
    sheet.setColumnWidth(30, for: "A")
    sheet.setColumnWidth(14, for: 2...3)
    sheet.hideColumns("H:I")
    sheet.groupColumns("K:L")
    sheet.groupRows(20...22, collapsed: true)
    sheet.setRowHeight(40, for: 8)
    sheet.freeze(at: "B2")
    sheet.view.zoom = 120
    sheet.tabColor = .rgb(0x00B050)
  }

  /// A form as an office prints it.
  private static func addForm(to book: Workbook) throws {
    let sheet = try book.addSheet(named: "表 格")
    sheet["A1"] = "“中国梦·劳动美·工会情”情况统计表"
    try sheet.merge("A1:D1")
    sheet.setStyle(Style(font: Font(name: "黑体", size: 18), alignment: .centered), for: "A1:D1")
    for (column, title) in ["项目", "线上", "线下", "合计"].enumerated() {
      sheet[CellReference(row: 2, column: column + 1)] = .text(title)
    }
    for row in 3...6 {
      sheet[CellReference(row: row, column: 1)] = "第\(row)项"
      sheet[CellReference(row: row, column: 2)] = .number(Double(row))
      sheet[CellReference(row: row, column: 3)] = .number(Double(row * 10))
      sheet[CellReference(row: row, column: 4)] = .formula(
        Formula("B\(row)+C\(row)"), cached: .number(Double(row * 11)))
    }
    sheet.setStyle(
      Style(font: Font(name: "仿宋_GB2312", size: 12), borders: .thin, alignment: .centered), for: "A2:D6")
    sheet.changeStyle(for: "B3:C6") { $0.protection = .unlocked }
    sheet.changeStyle(for: "A2:D2") { $0.fill = .solid(.rgb(0xDDEBF7)) }
    try sheet.addValidation(
      DataValidation(
        ["B3:C6"], kind: .whole, operator: .greaterThanOrEqual, formula1: "0",
        prompt: .init(title: "填写", text: "请填整数\n不小于 0"), error: .init(title: "有误", text: "只能填 0 或正整数")))
    try sheet.addValidation(ofWords: ["是", "否", "\"其他\""], for: "F3:F6")
    sheet.protect()
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.margins = .centimetres(left: 2, right: 2, top: 2.5, bottom: 2)
    sheet.pageSetup.scaling = .fit(width: 1, height: nil)
    sheet.pageSetup.centersHorizontally = true
    sheet.pageSetup.header = "&L附件2&R&D"
    sheet.pageSetup.footer = "&C第 &P 页，共 &N 页"
    sheet.pageSetup.printArea = ["A1:D6"]
    sheet.pageSetup.repeatedRows = 1...2
    sheet.pageSetup.rowBreaks = [4]
    for row in 1...6 { sheet.setRowHeight(28, for: row) }
    sheet.setColumnWidth(16, for: "A:D")
  }

  /// Conditional formats, styles, a filter.
  private static func addFormats(to book: Workbook) throws {
    let sheet = try book.addSheet(named: "Form's & formats")
    for column in 1...6 {
      sheet[CellReference(row: 1, column: column)] = .text("列\(column)")
      for row in 2...11 {
        sheet[CellReference(row: row, column: column)] = .number(Double((row * 7 * column) % 23))
      }
    }
    sheet.autoFilter = "A1:F11"
    let red = ConditionalFormat.Appearance(fill: .rgb(0xFFC7CE), fontColor: .rgb(0x9C0006), bold: true)
    try sheet.addConditionalFormat(.cell(.between, "5", "10", red), for: "A2:A11")
    try sheet.addConditionalFormat(
      .expression("MOD($B2,2)=0", .init(italic: true, borders: .thin)), for: "B2:B11")
    try sheet.addConditionalFormat(.dataBar(.rgb(0x638EC6)), for: "C2:C11")
    try sheet.addConditionalFormat(
      .colorScale([
        .init(at: .minimum, color: .rgb(0xF8696B)), .init(at: .percentile(50), color: .rgb(0xFFEB84)),
        .init(at: .maximum, color: .rgb(0x63BE7B)),
      ]), for: "D2:D11")
    try sheet.addConditionalFormat(
      .iconSet("3TrafficLights1", thresholds: [.percent(0), .percent(33), .percent(67)]), for: "E2:E11")
    try sheet.addConditionalFormat(
      ConditionalFormat(["F2:F6", "F8:F11"], .cell(.greaterThan, "'值'!$A$1", nil, red), stopsIfTrue: true))
    let formats: [(NumberFormat, Double)] = [
      ("0.0%", 0.953), ("#,##0.00", 1234.5), ("yyyy\"年\"m\"月\"d\"日\"", 45614), ("[红色]-0;0", -3),
      (.isoDate, 45614),
    ]
    for (place, (format, value)) in formats.enumerated() {
      let cell = CellReference(row: 13 + place, column: 1)
      sheet[cell] = .number(value)
      sheet.setStyle(Style(numberFormat: format), at: cell)
    }
    sheet.setStyle(
      Style(fill: .pattern("lightGrid", foreground: .rgb(0xFF0000), background: .theme(4, tint: 0.6))),
      at: "C13")
    sheet.setStyle(
      Style(borders: Borders(left: .init(.thick), bottom: .init(.double, color: .rgb(0xFF)))), at: "C15")
    sheet["C17"] = "竖排"
    sheet.setStyle(
      Style(alignment: Alignment(horizontal: .center, wrapsText: true, rotation: 255)), at: "C17")
    sheet["D17"] = "斜"
    sheet.setStyle(Style(alignment: Alignment(rotation: -45)), at: "D17")
  }
}
