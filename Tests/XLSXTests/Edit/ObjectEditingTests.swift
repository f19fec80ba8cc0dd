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

  @Test("What was there cannot be changed without losing what is not modelled")
  func changed() throws {
    let book = try Workbook(bytes: file(isDrawn: true))
    try book.sheet(named: "表").content.charts[0].title = "新"
    #expect(failure { _ = try book.serialized() }?.code == .unsupportedChange)
  }
}
