import Foundation
import XLSX

/// Pictures and charts.
extension Gallery {
  static let drawings: [Feature] = [
    Feature("pictures") { book in
      let sheet = try sheet("图片 Pictures", in: book)
      try sheet.addPicture(Picture(star, format: .png, at: "A3", width: 72, height: 72, description: "红底黄星"))
      try sheet.addPicture(
        Picture(gradient, format: .jpeg, at: "D3", width: 108, height: 72, description: "渐变"))
      // The same bytes again are stored once.
      try sheet.addPicture(Picture(star, format: .png, at: "H4", width: 36, height: 36))
      sheet["A9"] = "PNG"
      sheet["D9"] = "JPEG"
    },
    Feature("charts") { book in
      let sheet = try sheet("图表 Charts", in: book)
      put(figures(), at: "A3", on: sheet)
      let place = "'\(sheet.name)'"
      func series(_ column: Int, _ color: Color? = nil) -> Chart.Series {
        let letter = CellReference.columnName(column)
        return Chart.Series(
          name: sheet[CellReference(row: 3, column: column)].text ?? "", categories: "\(place)!$A$4:$A$9",
          values: "\(place)!$\(letter)$4:$\(letter)$9", color: color)
      }
      var column = Chart(
        .column, title: "柱形图", series: [series(2), series(3, .rgb(0xC00000))], area: "G3:M17")
      column.categoryAxisTitle = "城市"
      column.valueAxisTitle = "场次"
      column.showsDataLabels = true
      try sheet.addChart(column)
      try sheet.addChart(Chart(.bar, title: "条形图", series: [series(4), series(5)], area: "N3:T17"))
      try sheet.addChart(
        Chart(.line, title: "折线图", series: [series(2), series(3), series(4)], area: "G19:M33"))
      var pie = Chart(.pie, title: "饼图\n四季度", series: [series(5)], area: "N19:T33")
      pie.showsDataLabels = true
      pie.numberFormat = "0"
      try sheet.addChart(pie)
      var stacked = Chart(.column, title: "堆积柱形图", series: (2...5).map { series($0) }, area: "A19:F33")
      stacked.stacking = .stacked
      stacked.numberFormat = "#,##0"
      try sheet.addChart(stacked)
    },
    Feature("more-charts") { book in
      let sheet = try sheet("更多图表 More charts", in: book)
      put(figures(), at: "A3", on: sheet)
      let place = "'\(sheet.name)'"
      func series(_ column: Int) -> Chart.Series {
        let letter = CellReference.columnName(column)
        return Chart.Series(
          name: sheet[CellReference(row: 3, column: column)].text ?? "", categories: "\(place)!$A$4:$A$9",
          values: "\(place)!$\(letter)$4:$\(letter)$9")
      }
      var area = Chart(.area, title: "堆积面积图", series: [series(2), series(3)], area: "G3:M17")
      area.stacking = .stacked
      try sheet.addChart(area)
      var points = Chart.Series(name: "散点", categories: "\(place)!$B$4:$B$9", values: "\(place)!$C$4:$C$9")
      points.trend = .linear
      var scatter = Chart(.scatter, title: "散点图", series: [points], area: "N3:T17")
      scatter.categoryAxisTitle = "一季度"
      scatter.valueAxisTitle = "二季度"
      scatter.valueAxisMinimum = 0
      try sheet.addChart(scatter)
      try sheet.addChart(Chart(.doughnut, title: "圆环图", series: [series(4)], area: "G19:M33"))
      try sheet.addChart(Chart(.radar, title: "雷达图", series: [series(2), series(5)], area: "N19:T33"))
      var line = series(5)
      line.kind = .line
      line.usesSecondaryAxis = true
      line.trend = .movingAverage(period: 2)
      var combined = Chart(.column, title: "组合图", series: [series(2), line], area: "A11:F25")
      combined.secondaryAxisTitle = "四季度"
      try sheet.addChart(combined)
      var whole = Chart(.line, title: "百分比折线", series: [series(2), series(3)], area: "A27:F40")
      whole.stacking = .percentStacked
      try sheet.addChart(whole)
    },
    Feature("sparklines") { book in
      let sheet = try sheet("迷你图 Sparklines", in: book)
      put(figures(), at: "A3", on: sheet)
      for (place, head) in (["折线", "柱形", "盈亏"] as [CellValue]).enumerated() {
        sheet[CellReference(row: 3, column: 6 + place)] = head
      }
      var lines = SparklineGroup(.line, in: "F4:F9", rowsOf: "B4:E9", sheet: sheet.name)
      lines.marksHigh = true
      lines.marksLow = true
      try sheet.addSparklines(lines)
      var columns = SparklineGroup(.column, in: "G4:G9", rowsOf: "B4:E9", sheet: sheet.name)
      columns.minimum = 0
      columns.color = .rgb(0x70AD47)
      try sheet.addSparklines(columns)
      try sheet.addSparklines(SparklineGroup(.winLoss, in: "H4:H9", rowsOf: "B4:E9", sheet: sheet.name))
    },
    Feature("pivot-tables") { book in
      let list = try sheet("明细 Records", in: book)
      var records: [[CellValue]] = [["市", "季度", "场次", "人次"]]
      for place in 0..<24 {
        records.append(
          [
            .text(cities[place % 4]), .text(["一季度", "二季度", "三季度"][place / 4 % 3]),
            .number(Double(place * 7 % 13 + 1)),
            .number(Double(place * 37 % 211 + 20)),
          ])
      }
      put(records, at: "A3", on: list)
      let sheet = try sheet("透视 Pivot", in: book)
      let source = "'\(list.name)'!A3:D27"
      try sheet.addPivotTable(
        PivotTable("按市", source: source, at: "A3", rows: ["市"], values: [.init("场次", caption: "场次合计")]))
      try sheet.addPivotTable(
        PivotTable(
          "市和季度", source: source, at: "E3", rows: ["市"], columns: ["季度"],
          values: [.init("人次", .average, caption: "平均人次")]))
      try sheet.addPivotTable(
        PivotTable(
          "两层", source: source, at: "A15", rows: ["市", "季度"], filters: [],
          values: [.init("场次", caption: "场次和"), .init("人次", .max, caption: "最多人次")]))
      try sheet.addPivotTable(
        PivotTable(
          "筛选", source: source, at: "L5", rows: ["季度"], filters: ["市"],
          values: [.init("人次", .count, caption: "次数")]))
    },
  ]

  private static let star = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAAGAAAABgAgMAAACf9p+rAAAACVBMVEX/////zADAAAAn35ELAAAB2ElEQVR42t2VO27DMAyGf7EO
    YGTK4O4ZA/QSOoLHjtlzCV2ie5YCLXIJLz1CgY4+gqfAQA27gymJpJOm6NZ68EO/+PElWcD/uFx+XR8xPqYvkuOgl6VAx3wHgLv4
    8jo/Vg+NtljHCTtj8ZyiYROyMWCrRnYiaoV6EqnNLLKkyCJJagRrFoIqU0gCk6ZOsAgASl3Y0rodBvFBIic1RsJ3NwnvZLOIBLrW
    WhJBNZwhSha2l2YL1AR0WgwLB0FZDMCgLC4Etr0RLl8dMCmhXE4vlUWTeogbJdmm/FKGBBQAcErzPk8AcO8Z5Q3GRx+VHl8xLcht
    BQAbIHBUfkFioVqQWHCGlBOsxT72UiiyUKiSOEtKtaoNKQmFISXBGVIue61JWSgM8rtGhbiqxCP8aPlcETrReRba5fQRv/PRi/8I
    P3tj4a+gVpUWxhjmxsWwW2XhvGy92JxFrq3YnANQA86n/UmIqbvcv5GFPrdoZvUq3Fp1FsSWHa+GzcTs9COrxIqOPzK0ohyeM44+
    3iK7kudHn9cZHEdJHLcXJW7zafCu9toh+/iQ42fRj1EKrTxYJOsgO/hhSVEYLSltmHU8MuNxSxqQoWmL8fl73tvlM+7zXa+r8x7y
    PP9j1xd35WDi9c/z/gAAAABJRU5ErkJggg==
    """)
  private static let gradient = bytes(
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7
    gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8
    fHx8fHx8fHz/wAARCABAAGADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAgMFBv/EABYQAAMAAAAAAAAAAAAAAAAAAAAB
    Av/EABgBAQEBAQEAAAAAAAAAAAAAAAIEAwYF/8QAFhEBAQEAAAAAAAAAAAAAAAAAAgAB/9oADAMBAAIRAxEAPwDl1A1BVQJQe1qs
    S6SgagqoEoBqqC6SgagooGoBqqC6SgagooGoDqqC6SgagooGoBqqC6SgagooGoBqqC7LUCUFVA1BtquNLpKBKCqgagGqoLpKBKCq
    gagGqoLpKBKCqgagOqoLpKBKCqgagGqoLpKBKCqgagGqoLstQJQVUCUG2q40umoEoKqBKAaqgukoGoKqBKA6qgukoGoKqBKAaqgu
    koGoKqBKAaqgukoGoKqBKA6qguy1A1BVQJQa6rjS6SgagooGoBqqC6SgagooGoDqqC6SgagooGoBqqC6SgagooGoBqqC6SgagooG
    oDqqC7//2Q==
    """)

  private static func bytes(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
  }
}
