import Testing

@testable import XLSX

/// Pictures, charts and tables put into workbooks that were opened.
@Suite("Pictures, charts and tables in opened workbooks")
struct ObjectEditingTests {
  /// The smallest thing that begins like a PNG file.
  private let picture = Picture([0x89, 0x50, 0x4E, 0x47], format: .png, at: "F2", width: 20, height: 10)

  private func chart(_ area: CellRange) -> Chart {
    Chart(
      .column,
      series: [.init(name: "场次", categories: "'表'!$A$2:$A$3", values: "'表'!$B$2:$B$3")],
      area: area)
  }

  /// - Parameter isDrawn: Whether the sheet has a picture, a chart and a table already.
  private func file(isDrawn: Bool) throws -> [UInt8] {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1:B3"].fill(with: ["单位", "场次", "沁阳", 3, "孟州", 5])
    if isDrawn {
      sheet["H1:I2"].fill(with: ["甲", "乙", 1, 2])
      try sheet.addTable("旧表", range: "H1:I2")
      try sheet.addPicture(picture)
      try sheet.addChart(chart("D5:H12"))
    }
    return try book.serialized()
  }

  @Test("They stand beside those that were there, and everything else stays", arguments: [false, true])
  func added(isDrawn: Bool) throws {
    let before = try file(isDrawn: isDrawn)
    let book = try Workbook(bytes: before)
    let sheet = try book.sheet(named: "表")
    try sheet.addTable("新表", range: "A1:B3")
    try sheet.addPicture(picture)
    try sheet.addChart(chart("D15:H22"))
    try sheet.addChart(chart("D25:H32"))
    let after = try book.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after).sheet(named: "表")
    let old = isDrawn ? 1 : 0
    #expect(again.tables.map(\.name) == (isDrawn ? ["旧表", "新表"] : ["新表"]))
    #expect(again.tables.last?.columns == ["单位", "场次"])
    #expect(again.pictures.count == 1 + old && again.charts.count == 2 + old)
    #expect(again.charts.last?.area == "D25:H32" && again.charts.last?.series.first?.cachedValues == [3, 5])
    #expect(again["B3"] == 5)
    let changed = try PackageParts(before).differences(to: PackageParts(after)).filter {
      !$0.contains("rels")
    }
    #expect(!changed.contains("xl/styles.xml") && !changed.contains("xl/workbook.xml"))
    #expect(!isDrawn || !changed.contains("xl/charts/chart1.xml"))
  }

  @Test("A sheet that is added brings its own along")
  func newSheet() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    let sheet = try book.addSheet(named: "图")
    sheet["A1:B2"].fill(with: ["单位", "场次", "温县", 4])
    try sheet.addTable("图表", range: "A1:B2")
    try sheet.addPicture(picture)
    try sheet.addChart(chart("D5:H12"))
    let after = try book.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after).sheet(named: "图")
    #expect(again.tables.count == 1 && again.pictures.count == 1 && again.charts.count == 1)
  }

  @Test("A table whose name another has, also on a sheet that was not read, is refused")
  func taken() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    let sheet = try book.addSheet(named: "图")
    sheet["A1:B2"].fill(with: ["单位", "场次", "温县", 4])
    try sheet.addTable("旧表", range: "A1:B2")
    #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
  }

  /// The sheet after a change of the file with a picture, a chart and a table, and the names of the parts that differ.
  private func changed(_ change: (Worksheet) throws -> Void) throws -> (
    sheet: Worksheet, parts: Set<String>, bytes: [UInt8]
  ) {
    let before = try file(isDrawn: true)
    let book = try Workbook(bytes: before)
    try change(book.sheet(named: "表"))
    let after = try book.serialized()
    PackageCheck.check(after)
    return (
      try Workbook(bytes: after).sheet(named: "表"),
      try PackageParts(before).differences(to: PackageParts(after)), after
    )
  }

  @Test("A chart gets another title, place and series; what else it says stays")
  func changedChart() throws {
    let (sheet, parts, _) = try changed { sheet in
      sheet["A4:B4"].fill(with: ["温县", 8])
      sheet.charts[0].title = "场次\n2025"
      sheet.charts[0].valueAxisTitle = "场"
      sheet.charts[0].valueAxisMaximum = 20
      sheet.charts[0].showsLegend = false
      sheet.charts[0].area = "D20:H30"
      sheet.charts[0].series[0].name = "新"
      sheet.charts[0].series[0].values = "'表'!$B$2:$B$4"
    }
    let chart = try #require(sheet.charts.first)
    #expect(chart.title == "场次\n2025" && chart.valueAxisTitle == "场" && chart.area == "D20:H30")
    #expect(chart.valueAxisMaximum == 20 && !chart.showsLegend)
    #expect(chart.series.first?.name == "新" && chart.series.first?.cachedValues == [3, 5, 8])
    #expect(chart.series.first?.cachedCategories == ["沁阳", "孟州"])
    #expect(
      parts == ["xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/worksheets/sheet1.xml"])
  }

  @Test("Series of a chart come and go, and get colours")
  func series() throws {
    let (sheet, parts, bytes) = try changed { sheet in
      sheet["C1:C3"].fill(with: ["人次", 30, 50])
      sheet.charts[0].series.append(
        .init(name: "人次", categories: "'表'!$A$2:$A$3", values: "'表'!$C$2:$C$3", color: .rgb(0x00FF00)))
      sheet.charts[0].series[0].color = .rgb(0xFF0000)
    }
    let chart = try #require(sheet.charts.first)
    #expect(chart.series.map(\.name) == ["场次", "人次"])
    #expect(chart.series.map(\.color) == [.rgb(0xFF0000), .rgb(0x00FF00)])
    #expect(chart.series[1].cachedValues == [30, 50] && parts.contains("xl/charts/chart1.xml"))
    let again = try Workbook(bytes: bytes)
    try again.sheet(named: "表").charts[0].series.removeFirst()
    let last = try again.serialized()
    PackageCheck.check(last)
    #expect(try Workbook(bytes: last).sheet(named: "表").charts.first?.series.map(\.name) == ["人次"])
  }

  @Test("With the last series on the second axis that axis goes")
  func secondAxis() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1:C2"].fill(with: [1, 2, 3, 4, 5, 6])
    var line = Chart.Series(name: "线", categories: "", values: "'表'!$B$1:$B$2")
    (line.kind, line.usesSecondaryAxis) = (.line, true)
    let bars = Chart.Series(name: "柱", categories: "", values: "'表'!$A$1:$A$2")
    try sheet.addChart(Chart(.column, series: [bars, line], area: "D1:H9"))
    let opened = try Workbook(bytes: book.serialized())
    try opened.sheet(named: "表").charts[0].series.removeLast()
    let after = try opened.serialized()
    PackageCheck.check(after)
    let xml = try PackageParts(after)["xl/charts/chart1.xml"]
    #expect(xml.ranges(of: "<c:valAx>").count == 1 && xml.ranges(of: "<c:catAx>").count == 1)
    #expect(!xml.contains("lineChart"))
  }

  @Test("What makes another chart of a chart is refused by name")
  func anotherChart() throws {
    let changes: [(Worksheet) -> Void] = [
      { $0.charts[0].kind = .pie }, { $0.charts[0].stacking = .stacked },
      { $0.charts[0].series[0].trend = .linear }, { $0.charts[0].numberFormat = .percent },
    ]
    for change in changes {
      let book = try Workbook(bytes: file(isDrawn: true))
      change(try book.sheet(named: "表"))
      let error = failure { _ = try book.serialized() }
      #expect(error?.code == .unsupportedChange && error?.cell == "D5")
    }
  }

  @Test("A picture gets another place, size, description and bytes")
  func changedPicture() throws {
    let (sheet, parts, _) = try changed { sheet in
      sheet.pictures[0].anchor = "C9"
      sheet.pictures[0].width = 55
      sheet.pictures[0].description = "徽 <章>"
      sheet.pictures[0].data = [0xFF, 0xD8, 0xFF, 1]
      sheet.pictures[0].format = .jpeg
    }
    let picture = try #require(sheet.pictures.first)
    #expect(picture.anchor == "C9" && picture.width == 55 && picture.height == 10)
    #expect(picture.description == "徽 <章>" && picture.data == [0xFF, 0xD8, 0xFF, 1])
    #expect(!parts.contains("xl/charts/chart1.xml") && !parts.contains("xl/worksheets/sheet1.xml"))
    #expect(parts.contains("xl/media/image1.png") && parts.contains("xl/media/image1.jpeg"))
  }

  @Test("What is taken away takes its parts along, and leaves those of others")
  func removed() throws {
    let (sheet, parts, _) = try changed { $0.pictures = [] }
    #expect(sheet.pictures.isEmpty && sheet.charts.count == 1)
    #expect(parts.contains("xl/media/image1.png") && !parts.contains("xl/charts/chart1.xml"))
    let (empty, all, _) = try changed { sheet in
      sheet.charts = []
      sheet.pictures.removeAll()
      try sheet.removeTable(named: "旧表")
    }
    #expect(empty.pictures.isEmpty && empty.charts.isEmpty && empty.tables.isEmpty && empty["H2"] == 1)
    #expect(all.contains("xl/drawings/drawing1.xml") && all.contains("xl/tables/table1.xml"))
  }

  @Test("A picture that two places show stays for the other")
  func shared() throws {
    let (sheet, _, _) = try changed { sheet in
      var copy = sheet.pictures[0]
      copy.anchor = "A9"
      sheet.pictures.append(copy)
      sheet.pictures.swapAt(0, 1)
    }
    #expect(sheet.pictures.map(\.anchor) == ["A9", "F2"])
  }

  @Test("A table grows, loses a column, gets another name and look; formulas follow")
  func changedTable() throws {
    let before = try file(isDrawn: true)
    let book = try Workbook(bytes: before)
    let sheet = try book.sheet(named: "表")
    sheet["L1"] = .formula(Formula("SUM(旧表[甲])"))
    sheet["L2"] = .formula(Formula("SUM(旧表[乙])"))
    let opened = try Workbook(bytes: book.serialized())
    let second = try opened.sheet(named: "表")
    try second.changeTable(named: "旧表") { table in
      table.name = "新表"
      table.range = "H1:H4"
      table.styleName = "TableStyleLight1"
      table.showsFilter = false
    }
    let after = try opened.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after).sheet(named: "表")
    let table = try #require(again.tables.first)
    #expect(table == second.tables.first && table.name == "新表" && table.range == "H1:H4")
    #expect(table.columns == ["甲"] && table.styleName == "TableStyleLight1" && !table.showsFilter)
    #expect(again["L1"].formula?.text == "SUM(新表[甲])" && again["L2"].formula?.text == "SUM(新表[#REF!])")
  }

  @Test(
    "Formulas that use a table get its cells when it is taken away, as where Excel converts it to a range")
  func convertedTable() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    let sheet = try book.sheet(named: "表")
    try sheet.changeTable(named: "旧表") { $0.range = "H1:I3" }
    for (cell, formula) in [
      ("L1", "SUM(旧表[乙])"), ("L2", "旧表[[#This Row],[甲]]*2+旧表[[#This Row],[乙]]"),
      ("L3", "COUNTA(旧表[#Headers])&ROWS(旧表[#All])"),
    ] as [(CellReference, String)] { sheet[cell] = .formula(Formula(formula)) }
    try book.addName("量", formula: "旧表[甲]")
    let opened = try Workbook(bytes: book.serialized())
    try opened.sheet(named: "表").removeTable(named: "旧表")
    let after = try opened.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after)
    let plain = try again.sheet(named: "表")
    #expect(plain.tables.isEmpty && plain["L1"].formula?.text == "SUM('表'!$I$2:$I$3)")
    #expect(plain["L2"].formula?.text == "'表'!$H2*2+'表'!$I2")
    #expect(plain["L3"].formula?.text == "COUNTA('表'!$H$1:$I$1)&ROWS('表'!$H$1:$I$3)")
    #expect(again.definedNames.first { $0.name == "量" }?.formula == "'表'!$H$2:$H$3")
    // A row that the table does not have has no cells.
    sheet["L9"] = .formula(Formula("旧表[[#This Row],[甲]]"))
    let used = failure { try sheet.removeTable(named: "旧表") }
    #expect(used?.code == .invalidContent && used?.cell == "L9" && sheet.tables.count == 1)
  }

  @Test("A table that grows to the right names the new columns, and asks for its row of headings")
  func grownTable() throws {
    let (sheet, _, _) = try changed { sheet in
      sheet["J1"] = "丙"
      try sheet.changeTable(named: "旧表") { $0.range = "H1:K3" }
    }
    #expect(sheet.tables.first?.columns == ["甲", "乙", "丙", "Column1"] && sheet["K1"] == "Column1")
    let book = try Workbook(bytes: file(isDrawn: true))
    let other = try book.sheet(named: "表")
    #expect(failure { try other.changeTable(named: "旧表") { $0.range = "H2:I3" } }?.code == .invalidContent)
    #expect(failure { try other.changeTable(named: "无") { _ in } }?.code == .invalidContent)
  }

  @Test("Pivot tables are added to opened workbooks and taken away, the cache with the last")
  func pivots() throws {
    let before = try file(isDrawn: false)
    let book = try Workbook(bytes: before)
    let sheet = try book.sheet(named: "表")
    let pivot = PivotTable("P", source: "表!A1:B3", at: "E1", rows: ["单位"], values: [.init("场次")])
    try sheet.addPivotTable(pivot)
    let other = try book.addSheet(named: "透视")
    try other.addPivotTable(PivotTable("Q", source: "表!A1:B3", at: "A1", rows: ["单位"], values: [.init("场次")]))
    let after = try book.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after)
    #expect(try again.sheet(named: "表").pivotTables == sheet.pivotTables)
    #expect(try again.sheet(named: "透视")["B4"] == 8)
    try again.sheet(named: "表").removePivotTable(named: "p")
    try again.sheet(named: "透视").removePivotTable(named: "Q")
    let last = try again.serialized()
    PackageCheck.check(last)
    #expect(try PackageParts(last).names.allSatisfy { !$0.contains("pivot") })
    #expect(!(try PackageParts(last)["xl/workbook.xml"].contains("pivotCaches")))
    #expect(try Workbook(bytes: last).sheet(named: "透视")["B4"] == 8)
  }

  @Test("Conversations are opened, answered, closed and ended; what was said before keeps its identifier")
  func conversations() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    let sheet = try book.sheet(named: "表")
    sheet.setComment("旧批注", author: "甲", at: "A1")
    sheet.setThread(
      CommentThread([.init("请核对", author: "市总", date: "2024-11-20T08:00:00Z")]), at: "B2")
    sheet.setThread(CommentThread([.init("问", author: "甲"), .init("答", author: "乙")]), at: "B3")
    let first = try book.serialized()
    PackageCheck.check(first)
    let opened = try Workbook(bytes: first)
    let second = try opened.sheet(named: "表")
    #expect(second.threads == sheet.threads && second.comments == sheet.comments)
    second.threads["B2"]?.entries.append(.init("已更正", author: "沁阳"))
    second.threads["B2"]?.isResolved = true
    second.setThread(nil, at: "B3")
    let after = try opened.serialized()
    PackageCheck.check(after)
    let again = try Workbook(bytes: after).sheet(named: "表")
    #expect(again.threads == second.threads && again.comments == second.comments)
    #expect(again.comments.keys.sorted() == ["A1", "B2"])
    let part = "xl/threadedComments/threadedComment1.xml"
    func identifier(_ bytes: [UInt8]) throws -> String? {
      MarkupElement(try PackageParts(bytes).parts[part] ?? [])?.children("threadedComment").first?["id"]
    }
    #expect(try identifier(after) == identifier(first) && identifier(first) != nil)
  }

  @Test("Conditional formats and sparklines go, in whole and in part, and change places")
  func rules() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    let sheet = try book.sheet(named: "表")
    try sheet.addConditionalFormat(.expression("$B2>3", .init(fill: .rgb(0xFFFF00))), for: "A2:B3")
    try sheet.addConditionalFormat(.dataBar(DataBar(.rgb(0x5B9BD5))), for: "B2:B3")
    try sheet.addConditionalFormat(.cell(.lessThan, "2", nil, .init(bold: true)), for: "B2:B3")
    try sheet.addSparklines(SparklineGroup(.line, in: "C2:C3", rowsOf: "A2:B3", sheet: "表"))
    let opened = try Workbook(bytes: book.serialized())
    let second = try opened.sheet(named: "表")
    second.conditionalFormats.remove(at: 1)
    second.conditionalFormats.swapAt(0, 1)
    second.conditionalFormats[0].ranges = ["B2:B9"]
    second.removeSparklines(in: "C2")
    let after = try opened.serialized()
    PackageCheck.check(after)
    let third = try Workbook(bytes: after)
    let again = try third.sheet(named: "表")
    #expect(again.conditionalFormats == second.conditionalFormats && again.conditionalFormats.count == 2)
    #expect(again.sparklines.map { $0.sparklines.map(\.cell) } == [["C3"]])
    again.sparklines = []
    again.conditionalFormats = []
    let last = try third.serialized()
    PackageCheck.check(last)
    #expect(!(try PackageParts(last)["xl/worksheets/sheet1.xml"].contains("x14")))
  }

  @Test("A workbook of the Strict format takes all of it under the names of that format")
  func strict() throws {
    let names = [
      ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "officeDocument/relationships"),
      ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "spreadsheetml/main"),
      ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
      ("http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
      ("http://schemas.openxmlformats.org/drawingml/2006/chart", "drawingml/chart"),
    ]
    let parts = try PackageParts(file(isDrawn: true))
    var package = PartsPackage()
    for name in parts.names {
      let text = names.reduce(parts[name]) {
        $0.replacing($1.0, with: "http://purl.oclc.org/ooxml/\($1.1)")
      }
      if name.hasSuffix(".png") { package.add(name, "") } else { package.add(name, text) }
      if name.hasSuffix(".png") { package.replace(name, bytes: parts.parts[name] ?? []) }
    }
    let book = try Workbook(bytes: package.bytes())
    let sheet = try book.sheet(named: "表")
    #expect(sheet.charts.count == 1 && sheet.pictures.count == 1 && sheet.tables.count == 1)
    try sheet.addChart(chart("D25:H32"))
    try sheet.addPicture(picture)
    try sheet.addTable("新表", range: "A1:B3")
    sheet.charts[0].title = "新"
    try book.addSheet(named: "透视").addPivotTable(
      PivotTable("P", source: "表!A1:B3", at: "A1", rows: ["单位"], values: [.init("场次")]))
    let after = try book.serialized()
    let again = try Workbook(bytes: after)
    let read = try again.sheet(named: "表")
    #expect(read.charts.map(\.title) == ["新", nil] && read.pictures.count == 2 && read.tables.count == 2)
    #expect(try again.sheet(named: "透视").pivotTables.count == 1)
    let written = try PackageParts(after)
    for name in written.names where name.hasPrefix("xl/") && name != "xl/styles.xml" {
      for (transitional, _) in names { #expect(!written[name].contains(transitional), "\(name)") }
    }
    #expect(written["xl/charts/chart2.xml"].contains("gapWidth val=\"60%\""))
  }

  @Test(
    "Sizes that are no whole units, colours of the theme and long axes are saved as near as a file has them")
  func rounded() throws {
    let (sheet, _, _) = try changed { sheet in
      sheet.pictures[0].width = 100.3333
      sheet.charts[0].series[0].color = .theme(5, tint: 0)
      sheet.charts[0].valueAxisMaximum = 0.1 + 0.2
    }
    #expect(abs((sheet.pictures.first?.width ?? 0) - 100.3333) < 0.001)
    #expect(sheet.charts.first?.valueAxisMaximum == 0.1 + 0.2 && sheet.charts.first?.series[0].color == nil)
  }

  @Test("An order of series beyond any chart traps nobody, and another order is refused by its name")
  func orders() throws {
    let parts = try PackageParts(file(isDrawn: true))
    var package = PartsPackage()
    for name in parts.names {
      package.add(name, "")
      package.replace(name, bytes: parts.parts[name] ?? [])
    }
    let part = "xl/charts/chart1.xml"
    package.replace(part, parts[part].replacing("order val=\"0\"", with: "order val=\"9223372036854775807\""))
    let book = try Workbook(bytes: package.bytes())
    let sheet = try book.sheet(named: "表")
    sheet.charts[0].series[0].name = "新"
    sheet.charts[0].series.append(
      .init(name: "二", categories: "'表'!$A$2:$A$3", values: "'表'!$B$2:$B$3"))
    let again = try Workbook(bytes: book.serialized())
    let read = try again.sheet(named: "表")
    #expect(read.charts.first?.series.map(\.name) == ["新", "二"])
    read.charts[0].series.swapAt(0, 1)
    let error = failure { _ = try again.serialized() }
    #expect(error?.code == .unsupportedChange && error?.message.contains("order of series") == true)
  }

  @Test("The protection of a workbook comes and goes")
  func protection() throws {
    let book = try Workbook(bytes: file(isDrawn: false))
    book.protection = WorkbookProtection(locksStructure: true)
    let again = try Workbook(bytes: book.serialized())
    #expect(again.protection == WorkbookProtection(locksStructure: true))
    again.protection = nil
    let last = try again.serialized()
    PackageCheck.check(last)
    #expect(try Workbook(bytes: last).protection == nil)
  }
}
