import XLSX

/// Changes what lies on the sheets of a workbook, for `.ci/objects.py`:
///
///     xlsx-structure change.xlsx out.xlsx objects/dropPictures
///
/// - Returns: How much was changed.
func changeObjects(_ book: Workbook, _ kind: String) throws -> Int {
  var count = 0
  if kind == "addPivot" {
    let list = try book.addSheet(named: "名单 objects")
    list["A1:C4"].fill(with: ["市", "季度", "场次", "甲", "一", 3, "乙", "二", 5, "甲", "二", 8])
    let sheet = try book.addSheet(named: "透视 objects")
    try sheet.addPivotTable(
      PivotTable(
        "P objects", source: "'名单 objects'!A1:C4", at: "A3", rows: ["市"], columns: ["季度"],
        values: [.init("场次")]))
    return 1
  }
  if kind == "add" {
    let list = try book.addSheet(named: "名单 objects")
    list["A1:B3"].fill(with: ["市", "场次", "甲", 3, "乙", 5])
    try list.addTable("T_objects", range: "A1:B3")
    for sheet in try book.worksheets {
      try sheet.addPicture(Picture(dot, format: .png, at: "F30", width: 20, height: 20, description: "点"))
      for (place, kind) in [Chart.Kind.column, .line, .doughnut].enumerated() {
        let series = Chart.Series(
          name: "场次", categories: "'名单 objects'!$A$2:$A$3", values: "'名单 objects'!$B$2:$B$3")
        let area = CellRange("H\(20 + place * 20):N\(35 + place * 20)")
        try sheet.addChart(Chart(kind, title: "新", series: [series], area: area))
      }
    }
    return 1
  }
  for sheet in try book.worksheets {
    switch kind {
    case "dropPictures":
      count += sheet.pictures.count
      sheet.pictures = []
    case "dropPicture":
      count += min(1, sheet.pictures.count)
      sheet.pictures = Array(sheet.pictures.dropLast())
    case "changePictures":
      for place in sheet.pictures.indices {
        sheet.pictures[place].anchor = CellReference(row: 3, column: 2 + place)
        sheet.pictures[place].width = 90
        sheet.pictures[place].height = 60
        sheet.pictures[place].description = "图 <\(place)>"
      }
      count += sheet.pictures.count
    case "dropCharts":
      count += sheet.charts.count
      sheet.charts = []
    case "changeCharts":
      for place in sheet.charts.indices {
        sheet.charts[place].title = "新标题\n第 \(place) 张"
        sheet.charts[place].area = CellRange("B\(2 + place * 20):H\(16 + place * 20)")
        for series in sheet.charts[place].series.indices {
          sheet.charts[place].series[series].name = "系列 \(series)"
          // They are taken from the cells again.
          if !sheet.charts[place].series[series].values.isEmpty {
            sheet.charts[place].series[series].cachedValues = []
          }
        }
      }
      count += sheet.charts.count
    case "dropTables":
      for table in sheet.tables {
        // A table of which formulas say what no cells hold stays.
        if (try? sheet.removeTable(named: table.name)) != nil { count += 1 }
      }
    case "changeTables":
      for table in sheet.tables {
        try sheet.changeTable(named: table.name) {
          $0.name = "T_\(table.name)"
          $0.styleName = "TableStyleMedium7"
        }
        count += 1
      }
    case "dropPivots":
      for pivot in sheet.pivotTables {
        try sheet.removePivotTable(named: pivot.name)
        count += 1
      }
    case "threads":
      for cell in sheet.threads.keys { sheet.threads[cell]?.entries.append(.init("已更正", author: "沁阳")) }
      let free = CellReference(row: 7, column: 26)
      sheet.setThread(
        CommentThread([.init("请核对", author: "市总", date: "2024-11-20T08:00:00Z"), .init("好", author: "沁阳")]),
        at: free)
      count += 1
    case "dropComments":
      count += sheet.comments.count
      sheet.comments = [:]
    case "dropFormats":
      let half = (sheet.conditionalFormats.count + 1) / 2
      count += half
      sheet.conditionalFormats.removeFirst(half)
    case "turnFormats":
      if sheet.conditionalFormats.count > 1 { count += 1 }
      sheet.conditionalFormats.reverse()
    case "dropSparklines":
      count += sheet.sparklines.count
      if sheet.sparklines.count > 1 { sheet.sparklines.removeFirst() } else { sheet.sparklines = [] }
    default: throw XLSXError(.invalidContent, "There is no change of objects “\(kind)”.")
    }
  }
  return count
}

/// A PNG file of one red point.
private let dot: [UInt8] = [
  0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
  0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xDE, 0x00, 0x00, 0x00,
  0x0C, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0xCF, 0xC0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0xC9,
  0xFE, 0x92, 0xEF, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
]
