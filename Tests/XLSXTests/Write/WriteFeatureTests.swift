import Testing
import XLSX

/// Each feature as it stands in the file.
@Suite("Writing what a sheet has besides values")
struct WriteFeatureTests {
  private func written(_ fill: (Workbook, Worksheet) throws -> Void) throws -> [String: XMLTree] {
    let book = Workbook()
    try fill(book, try book.addSheet(named: "表"))
    return PackageCheck.check(try book.serialized())
  }

  private func sheet(_ fill: (Worksheet) throws -> Void) throws -> XMLTree {
    let parts = try written { try fill($1) }
    return try #require(parts["/xl/worksheets/sheet1.xml"])
  }

  @Test("An empty sheet is a sheet")
  func empty() throws {
    let sheet = try sheet { _ in }
    #expect(sheet.first("sheetData")?.children.isEmpty == true)
    #expect(sheet.first("dimension")?["ref"] == "A1")
  }

  @Test("Equal styles are one; fonts, fills and borders are shared between styles")
  func styles() throws {
    let parts = try written { _, sheet in
      sheet.setStyle(Style(font: Font(bold: true)), for: "A1:C3")
      sheet.setStyle(Style(font: Font(bold: true)), at: "D4")
      sheet.setStyle(Style(font: Font(bold: true), borders: .thin), at: "E5")
    }
    let styles = try #require(parts["/xl/styles.xml"])
    #expect(styles.first("cellXfs")?.children.count == 3)
    #expect(styles.first("fonts")?.children.count == 2)
    #expect(styles.first("borders")?.children.count == 2)
    let cells = parts["/xl/worksheets/sheet1.xml"]?.all.filter { $0.name == "c" }
    #expect(cells?.map { $0["s"] } == Array(repeating: "1", count: 10) + ["2"])
  }

  @Test("A style changed in part keeps the rest, and whole columns and rows store no cells")
  func partialStyles() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet.setStyle(Style(font: Font(bold: true)), for: "A1:B1")
    sheet.changeStyle(for: "B1:C1") { $0.protection = .unlocked }
    sheet.setStyle(Style(numberFormat: .percent), for: "E1:F1048576")
    sheet.setStyle(Style(fill: .solid(.rgb(0xFFFF00))), for: "A9:XFD9")
    let back = try Workbook(bytes: try book.serialized()).sheet(named: "表")
    #expect(back.style(at: "A1").protection.isLocked)
    #expect(back.style(at: "B1") == sheet.style(at: "B1"))
    #expect(back.style(at: "B1").font.isBold && !back.style(at: "B1").protection.isLocked)
    #expect(!back.style(at: "C1").font.isBold && !back.style(at: "C1").protection.isLocked)
    #expect(back.style(at: "F77").numberFormat == .percent)
    #expect(back.style(at: "E9").fill == .solid(.rgb(0xFFFF00)))
    #expect(back.usedRange == "A1:C1")
  }

  @Test("Column settings divide runs of columns, and columns keep their width")
  func columns() throws {
    let sheet = try sheet {
      $0.setColumnWidth(20, for: "B:F")
      $0.hideColumns("D")
      $0.groupColumns(2...3)
      $0.setColumnWidth(nil, for: 8)
    }
    let columns = sheet.first("cols")?.children ?? []
    #expect(columns.map { $0["min"] } == ["2", "4", "5"])
    #expect(columns.map { $0["max"] } == ["3", "4", "6"])
    #expect(columns.map { $0["width"] } == ["20", "20", "20"])
    #expect(columns.map { $0["hidden"] } == [nil, "1", nil])
    #expect(columns.map { $0["outlineLevel"] } == ["1", nil, nil])
    #expect(sheet.first("sheetFormatPr")?["outlineLevelCol"] == "1")
  }

  @Test("Columns are fitted to what they show: Chinese characters count two, numbers as formatted")
  func autofit() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "沁阳市总工会"
    sheet["A2"] = "ab\ncdef"
    sheet["B1"] = 0.5
    sheet.setStyle(Style(numberFormat: "0.000000%"), at: "B1")
    sheet["C1"] = "This title is merged over several columns and counts for none"
    try sheet.merge("C1:F1")
    sheet["C2"] = .formula("1+1", cached: 2)
    sheet.autofitColumns()
    #expect(sheet.columnSettings(1).width == 14)
    #expect(sheet.columnSettings(2).width == 12)
    #expect(sheet.columnSettings(3).width == 6)
    #expect(sheet.columnSettings(4).width == nil)
  }

  @Test("Frozen rows and columns have a pane and its selections")
  func panes() throws {
    for (cell, active, selections) in [
      ("A2", "bottomLeft", 1), ("B1", "topRight", 1), ("C4", "bottomRight", 3),
    ] {
      let sheet = try sheet { $0.freeze(at: CellReference(cell)) }
      let view = try #require(sheet.first("sheetViews")?.first("sheetView"))
      #expect(view.first("pane")?["topLeftCell"] == cell)
      #expect(view.first("pane")?["activePane"] == active)
      #expect(view.children(named: "selection").count == selections)
    }
    #expect(try sheet { $0.freeze(at: "A1") }.all.contains { $0.name == "pane" } == false)
  }

  @Test("Protection forbids what is not allowed, and guards objects")
  func protection() throws {
    let sheet = try sheet { $0.protect(allowing: [.selectUnlockedCells, .formatCells]) }
    let protection = try #require(sheet.first("sheetProtection"))
    #expect(
      protection.attributes == [
        "sheet": "1", "objects": "1", "scenarios": "1", "selectLockedCells": "1", "formatCells": "0",
      ])
  }

  @Test("Print set-up, filter and printed titles become names that belong to their sheet")
  func names() throws {
    let parts = try written { book, _ in
      let sheet = try book.addSheet(named: "It's")
      sheet.pageSetup.printArea = ["A1:D6", "F1"]
      sheet.pageSetup.repeatedRows = 1...2
      sheet.pageSetup.repeatedColumns = 1...1
      sheet.autoFilter = "A2:D6"
      try book.addName("总数", for: "B3", in: sheet)
    }
    let names = parts["/xl/workbook.xml"]?.first("definedNames")?.children ?? []
    #expect(
      names.map { "\($0["name"] ?? "") \($0["localSheetId"] ?? "-") \($0.text)" } == [
        "_xlnm._FilterDatabase 1 'It''s'!$A$2:$D$6", "_xlnm.Print_Area 1 'It''s'!$A$1:$D$6,'It''s'!$F$1",
        "_xlnm.Print_Titles 1 'It''s'!$A:$A,'It''s'!$1:$2", "总数 - 'It''s'!$B$3",
      ])
    #expect(names.first?["hidden"] == "1")
  }

  @Test("Links: an address leads outside through a relationship, the same one once; a place does not")
  func links() throws {
    let parts = try written { _, sheet in
      sheet.setHyperlink("https://example.com/a b", tooltip: "提示", at: "A1")
      sheet.setHyperlink("https://example.com/a b", at: "A2")
      sheet.setHyperlink(to: "C3", of: sheet, at: "A3")
    }
    let links = parts["/xl/worksheets/sheet1.xml"]?.first("hyperlinks")?.children ?? []
    #expect(links.map { $0["r:id"] } == ["rId1", "rId1", nil])
    #expect(links.last?["location"] == "'表'!C3")
    let relationships = parts["/xl/worksheets/_rels/sheet1.xml.rels"]?.children ?? []
    #expect(relationships.map { $0["Target"] } == ["https://example.com/a%20b"])
    #expect(relationships.first?["TargetMode"] == "External")
  }

  @Test("Comments have a box for each, beside its cell and as large as its text")
  func comments() throws {
    let parts = try written { book, sheet in
      sheet.setComment("短", author: "甲", at: "B2")
      sheet.setComment(String(repeating: "很长的说明", count: 40), author: "乙", at: "A1")
      sheet.setComment(CellComment("看得见", author: "甲", isVisible: true), at: "XFD1048576")
      try book.addSheet(named: "二").setComment("x", at: "A1")
    }
    let comments = try #require(parts["/xl/comments1.xml"])
    #expect(comments.first("authors")?.children.map(\.text) == ["乙", "甲"])
    #expect(comments.first("commentList")?.children.map { $0["ref"] } == ["A1", "B2", "XFD1048576"])
    let shapes = parts["/xl/drawings/vmlDrawing1.vml"]?.children(named: "v:shape") ?? []
    #expect(shapes.count == 3)
    func rows(_ shape: XMLTree?) -> Int {
      let anchor = shape?.all.first { $0.name == "x:Anchor" }?.text.split(separator: ",").compactMap {
        Int($0.filter { $0 != " " })
      }
      guard let anchor, anchor.count == 8 else { return 0 }
      return anchor[6] - anchor[2]
    }
    #expect(rows(shapes.first) > rows(shapes.dropFirst().first) + 5)
    #expect(shapes.last?.all.contains { $0.name == "x:Visible" } == true)
    // No two shapes of the workbook have one id.
    let other = parts["/xl/drawings/vmlDrawing2.vml"]?.children(named: "v:shape") ?? []
    #expect(Set((shapes + other).compactMap { $0["id"] }).count == 4)
  }

  @Test("A conversation has its entries, their authors, and a comment as its twin")
  func conversations() throws {
    let parts = try written { _, sheet in
      sheet.setThread(
        CommentThread(
          [
            .init("请核对", author: "市总", date: "2024-11-20T08:00:00Z"), .init("已改", author: "沁阳"),
          ], isResolved: true), at: "B2")
      sheet.setComment("普通", author: "市总", at: "A1")
    }
    let entries = parts["/xl/threadedComments/threadedComment1.xml"]?.children ?? []
    #expect(entries.map { $0["ref"] } == ["B2", "B2"])
    #expect(entries.map { $0.first("text")?.text } == ["请核对", "已改"])
    #expect(entries.map { $0["dT"] } == ["2024-11-20T08:00:00.00", nil])
    #expect(entries.map { $0["done"] } == ["1", nil])
    let root = try #require(entries.first?["id"])
    #expect(entries.last?["parentId"] == root && entries.last?["id"] != root)
    let persons = parts["/xl/persons/person.xml"]?.children ?? []
    #expect(persons.map { $0["displayName"] } == ["市总", "沁阳"])
    #expect(entries.map { $0["personId"] } == persons.map { $0["id"] })
    let comments = try #require(parts["/xl/comments1.xml"])
    #expect(comments.first("authors")?.children.map(\.text) == ["市总", "tc=\(root)"])
    let twin = comments.first("commentList")?.children.last
    #expect(twin?["xr:uid"] == root)
    #expect(twin?.all.last?.text.hasSuffix("注释:\n    请核对\n答复:\n    已改") == true)
  }

  @Test("A comment in place of a conversation ends it")
  func conversationReplaced() throws {
    let parts = try written { _, sheet in
      sheet.setThread(CommentThread([.init("一", author: "甲")]), at: "A1")
      #expect(sheet.comment(at: "A1")?.text.plainText == "一")
      sheet.setComment("二", at: "A1")
    }
    #expect(parts["/xl/persons/person.xml"] == nil)
    #expect(parts["/xl/comments1.xml"]?.all.last { $0.name == "t" }?.text == "二")
  }

  @Test("A data bar is there for Excel 2007, and in full for Excel 2010, under one identifier")
  func dataBars() throws {
    let sheet = try sheet {
      try $0.addConditionalFormat(
        .dataBar(DataBar(.rgb(0x63C384), solid: true, border: .rgb(0x2E7D32), axis: .middle)), for: "A1:A5")
      try $0.addConditionalFormat(
        .iconSet("3Stars", thresholds: [.percent(0), .percent(33), .number(4)]), for: "B1:B5")
    }
    let old = sheet.children(named: "conditionalFormatting")
    #expect(old.map { $0["sqref"] } == ["A1:A5"])
    #expect(old.first?.all.filter { $0.name == "cfvo" }.map { $0["type"] } == ["min", "max"])
    let id = old.first?.all.first { $0.name == "x14:id" }?.text
    let new = sheet.first("extLst")?.all.filter { $0.name == "x14:cfRule" } ?? []
    #expect(new.first?["id"] == id)
    let bar = try #require(new.first?.first("x14:dataBar"))
    #expect(bar["gradient"] == "0" && bar["border"] == "1" && bar["axisPosition"] == "middle")
    #expect(
      bar.children.map(\.name) == [
        "x14:cfvo", "x14:cfvo", "x14:borderColor", "x14:negativeFillColor", "x14:axisColor",
      ])
    #expect(bar.children(named: "x14:cfvo").map { $0["type"] } == ["autoMin", "autoMax"])
    let icons = try #require(new.last?.first("x14:iconSet"))
    #expect(icons["iconSet"] == "3Stars")
    #expect(icons.children.map { $0.first("xm:f")?.text } == ["0", "33", "4"])
  }

  @Test("First and even pages have headers of their own, and the sheet says so")
  func headers() throws {
    let sheet = try sheet {
      $0.pageSetup.header = "&C表"
      $0.pageSetup.firstHeader = ""
      $0.pageSetup.evenFooter = "&P"
    }
    let headers = try #require(sheet.first("headerFooter"))
    #expect(headers.attributes == ["differentOddEven": "1", "differentFirst": "1"])
    #expect(headers.children.map(\.name) == ["oddHeader", "evenFooter", "firstHeader"])
  }

  @Test("Stacked columns stand on each other")
  func stacking() throws {
    let parts = try written { _, sheet in
      sheet["A1"] = 1
      let series = Chart.Series(name: "a", categories: "", values: "'表'!$A$1")
      var chart = Chart(.column, series: [series, series], area: "C1:H9")
      chart.stacking = .percentStacked
      try sheet.addChart(chart)
    }
    let bars = try #require(parts["/xl/charts/chart1.xml"]?.all.first { $0.name == "c:barChart" })
    #expect(bars.first("c:grouping")?["val"] == "percentStacked")
    #expect(bars.first("c:overlap")?["val"] == "100")
  }

  @Test("Validations say what they check, what they ask and what they answer")
  func validations() throws {
    let sheet = try sheet {
      try $0.addValidation(
        DataValidation(
          ["A1:A3", "C1"], kind: .decimal, operator: .greaterThan, formula1: "0", errorStyle: .warning,
          prompt: .init(title: "填", text: "一\n二"), error: .init(text: "错")))
      try $0.addValidation(DataValidation(["B1"], kind: .list, formula1: "$H$1:$H$3", showsDropDown: false))
      try $0.addValidation(ofWords: ["是", "\"否\""], for: "D1")
    }
    let all = sheet.first("dataValidations")?.children ?? []
    #expect(
      all.first?.attributes == [
        "type": "decimal", "operator": "greaterThan", "errorStyle": "warning", "allowBlank": "1",
        "showInputMessage": "1", "showErrorMessage": "1", "promptTitle": "填", "prompt": "一\n二", "error": "错",
        "sqref": "A1:A3 C1",
      ])
    #expect(all.dropFirst().first?["showDropDown"] == "1")
    #expect(all.last?.first("formula1")?.text == "\"是,\"\"否\"\"\"")
  }

  @Test("A table repeats its header's texts, line breaks coded, and its totals")
  func tables() throws {
    let parts = try written { _, sheet in
      sheet["A1"] = "项\n目"
      sheet["B1"] = "数"
      sheet["B2"] = 3
      sheet["A3"] = "合计"
      sheet["B3"] = .formula("SUBTOTAL(109,B2:B2)", cached: 3)
      var table = Table("T_1", range: "A1:B3", columns: ["项\n目", "数"])
      table.showsTotals = true
      try sheet.addTable(table)
      try sheet.addTable("空", range: "D1:E2".asTable(on: sheet))
    }
    let first = try #require(parts["/xl/tables/table1.xml"])
    #expect(first.first("autoFilter")?["ref"] == "A1:B2")
    let columns = first.first("tableColumns")?.children ?? []
    #expect(columns.map { $0["name"] } == ["项_x000a_目", "数"])
    #expect(columns.first?["totalsRowLabel"] == "合计")
    #expect(columns.last?.first("totalsRowFormula")?.text == "SUBTOTAL(109,B2:B2)")
    #expect(parts["/xl/tables/table2.xml"]?["id"] == "2")
  }

  @Test("A picture used twice is stored once")
  func pictures() throws {
    let parts = try written { _, sheet in
      for cell in ["A1", "C9"] as [CellReference] {
        try sheet.addPicture(Picture(WriteGallery.png, format: .png, at: cell, width: 48, height: 30))
      }
    }
    let drawing = try #require(parts["/xl/drawings/drawing1.xml"])
    #expect(drawing.children.count == 2)
    // A point has 12,700 English Metric Units.
    #expect(drawing.children.first?.first("xdr:ext")?.attributes == ["cx": "609600", "cy": "381000"])
    #expect(drawing.children.last?.first("xdr:from")?.children.map(\.text) == ["2", "0", "8", "0"])
    #expect(parts["/xl/drawings/_rels/drawing1.xml.rels"]?.children.count == 2)
    let targets = parts["/xl/drawings/_rels/drawing1.xml.rels"]?.children.compactMap { $0["Target"] }
    #expect(targets == ["../media/image1.png", "../media/image1.png"])
  }

  @Test("A chart carries what its ranges hold")
  func charts() throws {
    let parts = try written { _, sheet in
      for row in 1...3 {
        sheet[CellReference(row: row, column: 1)] = .text("单位\(row)")
        sheet[CellReference(row: row, column: 2)] =
          row == 2 ? .empty : .formula("1+1", cached: .number(Double(row)))
      }
      try sheet.addChart(
        Chart(
          .column, title: "图",
          series: [.init(name: "数", categories: "'表'!$A$1:$A$3", values: "'表'!$B$1:$B$3")], area: "D1:H9"))
    }
    let series = try #require(parts["/xl/charts/chart1.xml"]?.all.first { $0.name == "c:ser" })
    #expect(series.first("c:cat")?.all.filter { $0.name == "c:v" }.map(\.text) == ["单位1", "单位2", "单位3"])
    #expect(series.first("c:val")?.all.filter { $0.name == "c:pt" }.map { $0["idx"] } == ["0", "2"])
    #expect(series.first("c:val")?.all.filter { $0.name == "c:v" }.map(\.text) == ["1", "3"])
  }

  @Test("Links, comments, merges, names and settings are read back")
  func readBack() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "标题"
    try sheet.merge("A1:C1")
    sheet.setRowHeight(33, for: 1)
    sheet.setHyperlink("https://example.com/", tooltip: "t", at: "A2")
    sheet.setComment("说明\n二", author: "甲", at: "A3")
    sheet.hideRows(5...6)
    sheet.setColumnWidth(17, for: "B")
    try book.addName("起", for: "A1", in: sheet)
    try book.addSheet(named: "藏", visibility: .veryHidden)
    let back = try Workbook(bytes: try book.serialized())
    #expect(back.sheets.map(\.visibility) == [.visible, .veryHidden])
    #expect(back.definedNames.contains { $0.name == "起" && $0.formula == "'表'!$A$1" })
    let read = try back.sheet(named: "表")
    #expect(read.mergedRanges == ["A1:C1"])
    #expect(read.rowSettings(1).height == 33)
    #expect(read.rowSettings(5).isHidden)
    #expect(read.columnSettings(2).width == 17)
  }
}

extension String {
  /// Two header cells and a row of data at a range.
  fileprivate func asTable(on sheet: Worksheet) -> CellRange {
    guard let range = CellRange(self) else { return "A1" }
    sheet[range.first] = "一"
    sheet[range.last.offset(rows: -1)] = "二"
    return range
  }
}
