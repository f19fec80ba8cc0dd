import Foundation
import XLSX

extension WriteGallery {
  /// A picture of 16 by 16 pixels.
  static var png: [UInt8] {
    let text = """
      iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAABlklEQVR42hXRURVEIQhFUSMYgQhGMAIRiGCEE8EIRiACEYhABCLM\
      G7/ZrMt1jMEcyGAN9kAHNjgDBnfwBj6IQQ5q0IMxJnMikzXZE53Y5EyY3Mmb+CQmOalJzw8IUxBhCVtQwYQjIFzhCS6EkEIJLR9Y\
      zIUs1mIvdGGLs2BxF2/hi1jkoha9PrCZG9mszd7oxjZnw+Zu3sY3sclNbXp/QJmKKEvZiiqmHAXlKk9xJZRUSmn9gDENMZaxDTXM\
      OAbGNZ7hRhhplNH2gcM8yGEd9kEPdjgHDvfwDn6IQx7q0OcD/wK/Sr4jv9hfkG/1N/x/Fx44BCQU9Pc94zIvclmXfdGLXc79j9/L\
      u/glLnmpS98PPOZDHuuxH/qwx3n/5ffxHv6IRz7q0e8DznTEWc521DHn+D/KdZ7jTjjplNP+gWAGEqxgBxpYcOIf/AYv8CCCDCro\
      +EAyE0lWshNNLDn5P/MmL/Ekkkwq6fxAMQspVrELLaw49S/lFq/wIoosquj6QDMbaVazG22sOf2v8Dav8SaabKrp5geIAnAQC3Nf\
      wAAAAABJRU5ErkJggg==
      """
    return Array(Data(base64Encoded: text) ?? Data())
  }

  /// Every kind of chart, a picture twice, and tables with and without totals.
  static func addDrawings(to book: Workbook) throws {
    let sheet = try book.addSheet(named: "图表")
    let units = ["沁阳市总工会", "孟州市总工会", "博爱县总工会", "武陟县总工会"]
    sheet["A1"] = "单位"
    sheet["B1"] = "目标"
    sheet["C1"] = "完成"
    for (place, unit) in units.enumerated() {
      sheet[CellReference(row: 2 + place, column: 1)] = .text(unit)
      sheet[CellReference(row: 2 + place, column: 2)] = 60
      sheet[CellReference(row: 2 + place, column: 3)] = .number(Double(40 + place * 9))
    }
    try sheet.addTable("完成情况", range: "A1:C5")
    let categories = "'图表'!$A$2:$A$5"
    let both = [
      Chart.Series(name: "目标", categories: categories, values: "'图表'!$B$2:$B$5"),
      Chart.Series(name: "完成", categories: categories, values: "'图表'!$C$2:$C$5", color: .rgb(0xC00000)),
    ]
    var column = Chart(.column, title: "任务完成情况", series: both, area: "E1:L15")
    column.categoryAxisTitle = "单位"
    column.valueAxisTitle = "场次"
    column.showsDataLabels = true
    try sheet.addChart(column)
    try sheet.addChart(Chart(.bar, title: "横条", series: both, area: "E17:L31"))
    try sheet.addChart(Chart(.line, series: both, area: "A17:D31"))
    var pie = Chart(.pie, title: "份额\n第二行", series: [both[0]], area: "N1:T15")
    pie.showsDataLabels = true
    pie.numberFormat = "0"
    try sheet.addChart(pie)
    try sheet.addPicture(Picture(png, format: .png, at: "N18", width: 96, height: 96, description: "渐变"))
    try sheet.addPicture(Picture(png, format: .png, at: "Q18", width: 30, height: 60))

    sheet["A8"] = "项目"
    sheet["B8"] = "第一行\n第二行"
    sheet["C8"] = "数"
    sheet["A9"] = "甲"
    sheet["B9"] = 1
    sheet["C9"] = 2
    sheet["A10"] = "乙"
    sheet["B10"] = 3
    sheet["C10"] = 4
    sheet["A11"] = "合计"
    sheet["B11"] = .formula("SUBTOTAL(109,B9:B10)", cached: 4)
    var table = Table(
      "Totals", range: "A8:C11", columns: ["项目", "第一行\n第二行", "数"], styleName: "TableStyleLight9")
    table.showsTotals = true
    table.showsFilter = false
    try sheet.addTable(table)
    sheet.autofitColumns("A:C")
  }
}
