import Foundation
import Testing

@testable import XLSX

/// The code of the documentation's articles, compiled and run. What stands between `// snippet` and `// end` is what the
/// articles show: ``ArticleTests`` holds both to each other.
@Suite("Cookbook")
struct CookbookTests {
  let folder: TemporaryFolder
  let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.url("表.xlsx")
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "填报时间"
    sheet["B1"] = 45614
    sheet.setStyle(Style(font: Font(bold: true)), at: "A1")
    sheet.setStyle(Style(numberFormat: .isoDate), at: "B1")
    sheet.setComment("原有", at: "A1")
    sheet.setHyperlink("https://example.com", at: "A3")
    sheet["C6"] = 3
    sheet["D6"] = 12
    sheet["E6"] = .formula("C6+D6", cached: 14)
    try sheet.addValidation(ofWords: ["是", "否"], for: "F6")
    try sheet.merge("A8:B8")
    sheet.pageSetup.printArea = ["A1:F8"]
    try book.addName("合计", for: "E6", in: sheet)
    try book.save(to: url)
  }

  @Test("getting started")
  func gettingStarted() throws {
    let reportURL = folder.url("汇总.xlsx")
    // snippet
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "附件2")
    let total = sheet["E6"].number
    // end
    #expect(total == 14)
    // snippet
    sheet["C6"] = 4
    sheet.setComment("与上月一致，请核对", author: "市总工会", at: "C6")
    try book.save(to: url)
    // end
    let again = try Workbook(contentsOf: url).sheet(named: "附件2")
    #expect(again["C6"] == 4 && again.comments.count == 2)
    // snippet
    let report = Workbook()
    let summary = try report.addSheet(named: "汇总")
    summary["A1"] = "场次"
    summary["B1"] = .formula("SUM(B2:B3)", cached: 15)
    summary["B2"] = 3
    summary["B3"] = 12
    summary.setStyle(Style(font: .init(name: "黑体", size: 12, bold: true), borders: .thin), for: "A1:B1")
    try report.save(to: reportURL)
    // end
    #expect(try Workbook(contentsOf: reportURL).sheet(at: 0)["B1"].number == 15)
  }

  @Test("reading")
  func reading() throws {
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "附件2")
    func print(_ what: Any) { printed.append("\(what)") }
    var printed: [String] = []
    // snippet
    switch sheet["E6"] {
    case .formula(let formula, let cached): print("=\(formula.text) gives \(cached.number ?? 0)")
    case .number(let number): print(number)
    case .text(let text): print(text)
    default: print("something else, or nothing")
    }
    // end
    #expect(printed == ["=C6+D6 gives 14.0"])
    // snippet
    let day = sheet.date(at: "B1")?.iso8601
    let shown = sheet.displayedText(at: "B1")
    // end
    #expect(day == "2024-11-18" && shown == "2024-11-18")
    #expect(sheet.date(at: "C6") == nil && sheet.date(at: "A1") == nil)
    // snippet
    let merged = sheet.mergedRanges
    let note = sheet.comment(at: "A1")?.text.plainText
    let link = sheet.hyperlink(at: "A3")?.target
    let rules = sheet.validations.map(\.kind)
    let isBold = sheet.style(at: "A1").font.isBold
    let printsOn = sheet.pageSetup.printArea
    let names = book.definedNames.map(\.name)
    // end
    #expect(merged == ["A8:B8"] && note == "原有" && link == .external("https://example.com"))
    #expect(rules == [.list] && isBold && printsOn == ["A1:F8"] && names == ["合计"])
  }

  @Test("editing through the model")
  func editing() throws {
    // snippet
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "附件2")
    sheet["C6"] = 4
    sheet["D6"] = nil
    sheet.changeStyle(for: "C6:E6") { $0.fill = .solid(.rgb(0xFFFF00)) }
    sheet.setComment("合计应为4", author: "市总工会", at: "E6")
    try sheet.addValidation(
      DataValidation(["C6:D6"], kind: .whole, operator: .greaterThanOrEqual, formula1: "0"))
    sheet.setColumnWidth(24, for: "A")
    sheet.hideColumns("H:J")
    sheet.setHyperlink("https://example.com/2024", at: "A20")
    sheet.setHyperlink(nil as Hyperlink?, at: "A21")
    try book.renameSheet(named: "附件2", to: "附件2（更正）")
    let reason = try book.addSheet(named: "退回说明")
    reason["A1"] = "E6 的合计与分项不符"
    book.properties.lastModifiedBy = "市总工会"
    try book.save(to: url)
    // end
    let again = try Workbook(contentsOf: url)
    #expect(again.sheets.map(\.name) == ["附件2（更正）", "退回说明"])
    let first = try again.sheet(at: 0)
    #expect(first["C6"] == 4 && first["D6"].isEmpty && first.validations.count == 2)
    #expect(first.style(at: "D6").fill == .solid(.rgb(0xFFFF00)))
    #expect(first.columnSettings(1).width == 24 && first.columnSettings(9).isHidden)
    #expect(first.hyperlink(at: "A20") == Hyperlink(.external("https://example.com/2024")))
    #expect(again.properties.lastModifiedBy == "市总工会")
    // snippet
    sheet.freeze(at: "A3")
    sheet.view.zoom = 85
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = 1...2
    sheet.protect(allowing: [.selectUnlockedCells])
    sheet.autoFilter = "A2:E6"
    sheet.validations.removeAll { $0.kind == .list }
    try book.setVisibility(.hidden, ofSheetNamed: "退回说明")
    // end
    try book.save(to: url)
    let settings = try Workbook(contentsOf: url)
    #expect(settings.sheets.map(\.visibility) == [.visible, .hidden])
    let shown = try settings.sheet(at: 0)
    #expect(shown.view.frozenAt == "A3" && shown.pageSetup.repeatedRows == 1...2)
    #expect(shown.protection?.allowed == [.selectUnlockedCells] && shown.autoFilter == "A2:E6")
    #expect(shown.validations.map(\.kind) == [.whole])
    func print(_ what: Any) { printed.append("\(what)") }
    var printed: [String] = []
    // snippet
    book.dateSystem = .excel1904
    do {
      try book.save(to: url)
    } catch let error as XLSXError where error.code == .unsupportedChange {
      print(error.message)
    }
    // end
    #expect(printed.first?.contains("date system") == true)
  }

  @Test("changing what lies on a sheet")
  func objects() throws {
    let new = Workbook()
    let list = try new.addSheet(named: "明细")
    list["A1:B4"].fill(with: ["单位", "场次", "甲", 1, "乙", 2, "丙", 4])
    try list.addTable("明细表", range: "A1:B3")
    try list.addChart(
      Chart(
        .column, title: "2024",
        series: [.init(name: "场次", categories: "明细!$A$2:$A$3", values: "明细!$B$2:$B$3")],
        area: "D2:J16"))
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
    try list.addPicture(Picture(png, format: .png, at: "A1", width: 30, height: 30))
    try list.addPicture(Picture(png, format: .png, at: "K1", width: 30, height: 30))
    try new.save(to: url)
    // snippet
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "明细")
    sheet.pictures.removeAll { $0.anchor == "A1" }
    sheet.charts[0].title = "2025 年"
    sheet.charts[0].series[0].categories = "明细!$A$2:$A$4"
    sheet.charts[0].series[0].values = "明细!$B$2:$B$4"
    try sheet.changeTable(named: "明细表") { $0.range = "A1:B4" }
    sheet.setThread(CommentThread([.init("请核对", author: "市总")]), at: "B4")
    try book.addSheet(named: "透视").addPivotTable(
      PivotTable("按单位", source: "明细!A1:B4", at: "A1", rows: ["单位"], values: [.init("场次")]))
    try book.save(to: url)
    // end
    let again = try Workbook(contentsOf: url)
    let changed = try again.sheet(named: "明细")
    #expect(changed.pictures.map(\.anchor) == ["K1"] && changed.tables.first?.range == "A1:B4")
    #expect(
      changed.charts.first?.title == "2025 年"
        && changed.charts.first?.series.first?.cachedValues == [1, 2, 4])
    #expect(changed.thread(at: "B4")?.entries.first?.author == "市总")
    #expect(try again.sheet(named: "透视").pivotTables.map(\.name) == ["按单位"])
    PackageCheck.check([UInt8](try Data(contentsOf: url)))
  }

  @Test("editing cell by cell")
  func cellByCell() throws {
    // snippet
    let book = try Workbook(contentsOf: url)
    try book.set(12, at: "D6", inSheet: "附件2")
    try book.save(to: url)
    // end
    #expect(try Workbook(contentsOf: url).sheet(at: 0)["D6"] == 12)
  }

  @Test("writing")
  func writing() throws {
    // snippet
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "五送活动统计表"
    try sheet.merge("A1:C1")
    sheet.setStyle(Style(font: .init(name: "黑体", size: 16), alignment: .centered), for: "A1:C1")
    sheet["A2"] = "单位"
    sheet["B2"] = "场次"
    sheet["C2"] = "完成率"
    sheet["A3"] = "沁阳市总工会"
    sheet["B3"] = 15
    sheet["C3"] = .formula("B3/60", cached: 0.25)
    sheet.changeStyle(for: "A2:C3") { $0.borders = .thin }
    sheet.changeStyle(for: "C3") { $0.numberFormat = .percent }
    sheet.setColumnWidth(18, for: "A:C")
    sheet.freeze(at: "A3")
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.scaling = .fit(width: 1, height: nil)
    try sheet.addValidation(ofWords: ["是", "否"], for: "D3:D20")
    sheet.setHyperlink("https://www.acftu.org", at: "A3")
    try book.save(to: url)
    // end
    PackageCheck.check([UInt8](try Data(contentsOf: url)))
    #expect(try Workbook(contentsOf: url).sheet(at: 0).displayedText(at: "C3") == "25.0%")
  }

  @Test("streaming")
  func streaming() throws {
    try write()
    let book = try Workbook(contentsOf: url)
    // snippet
    let rows = try book.rows(inSheet: "明细")
    var sum = 0.0
    while let row = try rows.next() {
      for cell in row.cells { sum += cell.number ?? 0 }
    }
    // end
    #expect(sum == 500_500)
  }

  private func write() throws {
    // snippet
    let writer = try StreamingWorkbookWriter(to: url)
    try writer.addSheet(named: "明细")
    try writer.appendRow(["单位", "场次"])
    for count in 1...1000 { try writer.appendRow(["沁阳市总工会", .number(Double(count))]) }
    try writer.finish()
    // end
  }

  @Test("formulas")
  func formulas() throws {
    let book = try Workbook(contentsOf: url)
    let sheet = try book.sheet(named: "附件2")
    func print(_ what: Any) { printed.append("\(what)") }
    var printed: [String] = []
    // snippet
    let stored = sheet["E6"].number
    let computed = try book.computedValue(of: "E6", inSheet: "附件2").number
    if stored != computed { print("E6 is stale: \(stored ?? 0) instead of \(computed ?? 0)") }
    // end
    #expect(printed == ["E6 is stale: 14.0 instead of 15.0"])
    // snippet
    let calculator = book.calculator(now: CalendarDateTime(year: 2024, month: 12, day: 1))
    let year = try calculator.evaluate("YEAR(TODAY())", in: "A1", sheet: 0)
    // end
    #expect(year == 2024)
  }

  @Test("arrays that spill")
  func spilling() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    for (row, figures) in [("丙", 3, 200), ("甲", 1, 50), ("丙", 2, 150)].enumerated() {
      sheet[CellReference(row: row + 2, column: 1)] = .text(figures.0)
      sheet[CellReference(row: row + 2, column: 2)] = .number(Double(figures.1))
      sheet[CellReference(row: row + 2, column: 3)] = .number(Double(figures.2))
    }
    try {
      // snippet
      sheet["H2"] = .formula("SORT(UNIQUE(A2:A99))")
      sheet["J2"] = .formula(.dynamic("B2:B4*C2:C4"))

      let calculator = book.calculator()
      let filled = try calculator.spillRange(of: "H2", sheet: 0)  // H2:H7
      let rows = try calculator.evaluateArray("FILTER(A2:C99,C2:C99>100)", in: "A1", sheet: 0)
      // end
      // The empty cells of the range are a value too, shown as 0.
      #expect(filled == "H2:H4")
      #expect(rows == [["丙", 3, 200], ["丙", 2, 150]])
      #expect(try calculator.value(of: "J4", sheet: 0) == 300)
    }()
  }

  @Test("sorting, sparklines, combined charts")
  func analysing() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "月报")
    let heads: [CellValue] = ["单位", "1月", "2月", "3月", "完成率"]
    for (column, head) in heads.enumerated() { sheet[CellReference(row: 1, column: column + 1)] = head }
    for row in 2...9 {
      sheet[CellReference(row: row, column: 1)] = .text("单位\(row)")
      for column in 2...4 {
        sheet[CellReference(row: row, column: column)] = .number(Double((row * column * 7) % 31))
      }
      sheet[CellReference(row: row, column: 5)] = .number(Double(row) / 10)
    }
    // snippet
    try sheet.sort("A2:E9", by: [.descending("E"), .ascending("A")])
    try sheet.addSparklines(SparklineGroup(.line, in: "F2:F9", rowsOf: "B2:D9", sheet: "月报"))

    var rate = Chart.Series(name: "完成率", categories: "月报!$A$2:$A$9", values: "月报!$E$2:$E$9")
    rate.kind = .line
    rate.usesSecondaryAxis = true
    let month = Chart.Series(name: "3月", categories: "月报!$A$2:$A$9", values: "月报!$D$2:$D$9")
    try sheet.addChart(Chart(.column, title: "3月", series: [month, rate], area: "H2:P18"))
    // end
    #expect(sheet["A2"] == "单位9" && sheet["A9"] == "单位2")
    let read = try Workbook(bytes: book.serialized()).sheet(at: 0)
    #expect(read.sparklines == sheet.sparklines)
    #expect(read.charts.first?.series.last?.usesSecondaryAxis == true)
  }

  @Test("errors and limits")
  func errors() throws {
    func print(_ what: Any) { printed.append("\(what)") }
    var printed: [String] = []
    func open(_ url: URL) throws {
      // snippet
      do {
        _ = try Workbook(contentsOf: url)
      } catch let error as XLSXError {
        switch error.code {
        case .encrypted: print("Ask for the file without a password.")
        case .legacyFormat: print("Save it as .xlsx.")
        case .limitExceeded: print("The file is too large.")
        default: print(error)
        }
      }
      // end
    }
    let old = folder.url("旧.xls")
    try Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).write(to: old)
    try open(old)
    try open(url)
    #expect(printed == ["Save it as .xlsx."])
    // snippet
    var limits = Limits()
    limits.fileSize = 20 << 20
    limits.inflatedSize = 200 << 20
    let book = try Workbook(contentsOf: url, limits: limits)
    // end
    #expect(book.sheets.count == 1)
  }
}
