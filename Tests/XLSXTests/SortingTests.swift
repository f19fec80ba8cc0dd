import Testing

@testable import XLSX

@Suite("Sorting, sparklines, charts of more kinds")
struct SortingTests {
  @Test("rows are sorted by several keys, with looks, links, comments and formulas")
  func rows() throws {
    let book = Workbook.filled([
      "A1": "乙", "B1": 2, "C1": .formula("B1*10", cached: 20), "A2": "甲", "B2": 3,
      "C2": .formula("B2*10", cached: 30),
      "A3": "丙", "B3": 2, "C3": .formula("$B$3+B3", cached: 4), "A4": "丁", "C4": "no number",
      "E1": .formula("B1", cached: 2),
    ])
    let sheet = try book.sheet(at: 0)
    sheet.comments["A2"] = CellComment("甲的批注")
    try sheet.sort("A1:C4", by: [.descending("B"), .ascending("A")])
    #expect(["A1", "A2", "A3", "A4"].map { sheet[$0 as CellReference].text } == ["甲", "丙", "乙", "丁"])
    #expect(sheet["C1"].formula?.text == "B1*10")
    // Absolute references stay, as when cells are copied.
    #expect(sheet["C2"].formula?.text == "$B$3+B2")
    #expect(sheet["C3"].formula?.text == "B3*10")
    // What refers to the cells from elsewhere points where it pointed.
    #expect(sheet["E1"].formula?.text == "B1")
    #expect(sheet.comments["A1"]?.text.plainText == "甲的批注" && sheet.comments["A2"] == nil)
  }

  @Test("numbers, texts, truth values, errors; empty cells last either way; equal rows stay in order")
  func types() throws {
    let book = Workbook.filled([
      "A1": true, "A2": "b", "A4": 2, "A5": .error(.value), "A6": "B", "A7": -1, "B2": 1, "B6": 2,
    ])
    let sheet = try book.sheet(at: 0)
    try sheet.sort("A1:B7", by: [.ascending("A")])
    #expect(
      (1...7).map { sheet[CellReference(row: $0, column: 1)] } == [
        -1, 2, "b", "B", true, .error(.value), .empty,
      ])
    try sheet.sort("A1:B7", by: [.descending("A")])
    #expect(
      (1...7).map { sheet[CellReference(row: $0, column: 1)] } == [
        .error(.value), true, "b", "B", 2, -1, .empty,
      ])
  }

  @Test("merged cells and columns outside of the range are refused; a table keeps its heading")
  func refusals() throws {
    let book = Workbook.filled(["A1": "n", "A2": 3, "A3": 1])
    let sheet = try book.sheet(at: 0)
    try sheet.addTable(Table("T", range: "A1:A3", columns: ["n"]))
    try sheet.sortTable("T", by: [("n", false)])
    #expect(sheet["A1"] == "n" && sheet["A2"] == 1 && sheet["A3"] == 3)
    #expect(throws: XLSXError.self) { try sheet.sort("A2:A3", by: [.ascending("B")]) }
    try sheet.merge("C2:D2")
    #expect(throws: XLSXError.self) { try sheet.sort("A1:D3", by: [.ascending("A")]) }
  }

  @Test("a sorted sheet of an opened workbook is saved")
  func opened() throws {
    let book = try Workbook(
      bytes: Workbook.filled(["A1": 2, "A2": 1, "B1": "two", "B2": "one"]).serialized())
    try book.sheet(at: 0).sort("A1:B2", by: [.ascending("A")])
    let read = try Workbook(bytes: book.serialized()).sheet(at: 0)
    #expect(read["B1"] == "one" && read["B2"] == "two")
  }

  @Test("sparklines: written, read, added to an opened workbook, in step with rows that come and go")
  func sparklines() throws {
    let book = Workbook.filled(["A1": 1, "B1": 2, "A2": 3, "B2": 1])
    let sheet = try book.sheet(at: 0)
    try sheet.addSparklines(SparklineGroup(.column, in: "C1:C2", rowsOf: "A1:B2", sheet: "表"))
    let opened = try Workbook(bytes: book.serialized())
    let read = try opened.sheet(at: 0)
    #expect(read.sparklines == sheet.sparklines)
    try read.addSparklines(SparklineGroup(.line, in: "D1:D2", rowsOf: "A1:B2", sheet: "表"))
    try read.insertRows(at: 1, count: 2)
    let again = try Workbook(bytes: opened.serialized())
    let groups = try again.sheet(at: 0).sparklines
    #expect(groups == read.sparklines && groups.count == 2)
    #expect(groups.first?.sparklines.first == SparklineGroup.Sparkline(in: "C3", source: "'表'!A3:B3"))
    try again.sheet(at: 0).removeRow(3)
    let last = try Workbook(bytes: again.serialized()).sheet(at: 0).sparklines
    #expect(last.map(\.sparklines.count) == [1, 1])
    #expect(throws: XLSXError.self) { try sheet.addSparklines(SparklineGroup(.line, [])) }
  }

  @Test("charts of every kind come back as they were written")
  func charts() throws {
    let book = Workbook.filled(["A1": 1, "A2": 2, "B1": 3, "B2": 5])
    let sheet = try book.sheet(at: 0)
    for kind in [Chart.Kind.area, .doughnut, .radar, .scatter] {
      var series = Chart.Series(
        name: "s", categories: "表!$A$1:$A$2", values: "表!$B$1:$B$2", color: .rgb(0x123456))
      if kind == .scatter {
        series.showsLine = true
        series.trend = .polynomial(order: 3)
      }
      var chart = Chart(kind, title: "t", series: [series], area: "D1:H9")
      chart.categoryAxisTitle = kind == .doughnut ? nil : "x"
      chart.valueAxisMinimum = kind == .doughnut ? nil : -1
      try sheet.addChart(chart)
    }
    var line = Chart.Series(name: "l", categories: "", values: "表!$B$1:$B$2")
    line.kind = .line
    line.usesSecondaryAxis = true
    let column = Chart.Series(name: "c", categories: "", values: "表!$A$1:$A$2")
    var combined = Chart(.column, series: [line, column], area: "J1:P9")
    combined.secondaryAxisTitle = "rate"
    try sheet.addChart(combined)
    let read = try Workbook(bytes: book.serialized()).sheet(at: 0).charts
    for (chart, written) in zip(read.dropLast(), sheet.charts) {
      #expect(chart.kind == written.kind && chart.categoryAxisTitle == written.categoryAxisTitle)
      #expect(chart.valueAxisMinimum == written.valueAxisMinimum)
      #expect(
        chart.series.first?.color == written.series.first?.color || chart.kind == .doughnut, "\(chart.kind)")
      #expect(chart.series.first?.trend == written.series.first?.trend)
      #expect(chart.series.first?.showsLine == written.series.first?.showsLine)
    }
    // The first plot of the file is the line's.
    let last = try #require(read.last)
    #expect(last.series.map(\.name) == ["l", "c"])
    #expect(last.series.map { $0.kind ?? last.kind } == [.line, .column])
    var pie = combined
    pie.kind = .pie
    #expect(throws: XLSXError.self) { try sheet.addChart(pie) }
  }

  @Test("a table's column that goes is #REF! in formulas, and so is a table")
  func lostColumns() throws {
    let book = Workbook.filled([
      "A1": "n", "B1": "m", "A2": 1, "B2": 2, "D1": .formula("SUM(T[n])"), "D2": .formula("SUM(T[m])"),
    ])
    let sheet = try book.sheet(at: 0)
    try sheet.addTable(Table("T", range: "A1:B2", columns: ["n", "m"]))
    let opened = try Workbook(bytes: book.serialized())
    for book in [book, opened] {
      try book.sheet(at: 0).removeColumns("A")
      let read = try Workbook(bytes: book.serialized()).sheet(at: 0)
      #expect(read["C1"].formula?.text == "SUM(T[#REF!])")
      #expect(read["C2"].formula?.text == "SUM(T[m])")
    }
  }
}
