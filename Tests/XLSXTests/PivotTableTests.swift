import Testing

@testable import XLSX

@Suite("Pivot tables")
struct PivotTableTests {
  /// Two cities, two quarters, and one record without a quarter.
  private func list() throws -> Workbook {
    let book = Workbook.filled([
      "A1": "市", "B1": "季度", "C1": "场次", "A2": "乙", "B2": "一", "C2": 1, "A3": "甲", "B3": "二", "C3": 2,
      "A4": "乙", "B4": "二",
      "C4": 4, "A5": "甲", "C5": 8,
    ])
    try book.addSheet(named: "透视")
    return book
  }

  @Test("rows, columns, totals; the cells show at once what Excel will make of the list")
  func cells() throws {
    let book = try list()
    let sheet = try book.sheet(named: "透视")
    try sheet.addPivotTable(
      PivotTable(
        "P", source: "表!A1:C5", at: "B3", rows: ["市"], columns: ["季度"], values: [.init("场次", caption: "合计")]))
    let rows = (3...7).map { row in (2...6).map { sheet[CellReference(row: row, column: $0)] } }
    #expect(
      rows == [
        ["合计", "季度", nil, nil, nil], ["市", "二", "一", "(blank)", "Grand Total"], ["甲", 2, nil, 8, 10],
        ["乙", 4, 1, nil, 5], ["Grand Total", 6, 1, 8, 15],
      ])
    let read = try Workbook(bytes: book.serialized())
    #expect(try read.sheet(named: "透视").pivotTables == sheet.pivotTables)
    #expect(sheet.pivotTables.first?.area == "B3:F7")
    // Kept when the list is changed, and in step with rows that come in front.
    try read.sheet(named: "表").insertRows(at: 1, count: 2)
    let again = try Workbook(bytes: read.serialized()).sheet(named: "透视")
    #expect(again.pivotTables.first?.source == "'表'!A3:C7")
  }

  @Test(
    "a sheet that is taken out takes its pivot table along, and the cache with the last table that stands on it"
  )
  func removedSheet() throws {
    let book = try list()
    try book.sheet(named: "透视").addPivotTable(
      PivotTable("P", source: "表!A1:C5", at: "B3", rows: ["市"], values: [.init("场次")]))
    let opened = try Workbook(bytes: book.serialized())
    try opened.copySheet("透视", as: "副本")
    func parts(_ word: String) throws -> [String] {
      try PackageParts(opened.serialized()).names.filter { $0.contains(word) && $0.hasSuffix(".xml") }
        .sorted()
    }
    try opened.removeSheet(named: "透视")
    #expect(try parts("pivotTable").count == 1 && parts("pivotCache").count == 2)
    #expect(try PackageParts(opened.serialized())["xl/workbook.xml"].contains("<pivotCache "))
    try opened.removeSheet(named: "副本")
    #expect(try parts("pivot") == [])
    #expect(try !PackageParts(opened.serialized())["xl/workbook.xml"].contains("pivotCache"))
    #expect(try Workbook(bytes: opened.serialized()).sheets.map(\.name) == ["表"])
  }

  @Test("two levels of rows, several figures, functions, a filter above")
  func levels() throws {
    let book = try list()
    let sheet = try book.sheet(named: "透视")
    try sheet.addPivotTable(
      PivotTable(
        "P", source: "表!A1:C5", at: "A4", rows: ["市", "季度"], filters: [],
        values: [.init("场次", .max, caption: "最多"), .init("场次", .count, caption: "次数")]))
    let rows = (4...9).map { row in (1...4).map { sheet[CellReference(row: row, column: $0)] } }
    #expect(
      rows == [
        ["市", "季度", "最多", "次数"], ["甲", "二", 2, 1], [nil, "(blank)", 8, 1], ["乙", "二", 4, 1],
        [nil, "一", 1, 1],
        ["Grand Total", nil, 8, 4],
      ])
    try sheet.addPivotTable(
      PivotTable("Q", source: "表!A1:C5", at: "G4", rows: ["市"], filters: ["季度"], values: [.init("场次")]))
    #expect(sheet["G2"] == "季度" && sheet["H2"] == "(All)" && sheet["H4"] == "Sum of 场次")
  }

  @Test("what Excel would refuse is refused by name")
  func refusals() throws {
    let book = try list()
    let sheet = try book.sheet(named: "透视")
    func add(_ change: (inout PivotTable) -> Void) throws {
      var pivot = PivotTable("P", source: "表!A1:C5", at: "B3", rows: ["市"], values: [.init("场次")])
      change(&pivot)
      try sheet.addPivotTable(pivot)
    }
    #expect(throws: XLSXError.self) { try add { $0.rows = ["none"] } }
    #expect(throws: XLSXError.self) { try add { $0.source = "none!A1:C5" } }
    #expect(throws: XLSXError.self) { try add { $0.source = "表!A1:D5" } }
    #expect(throws: XLSXError.self) { try add { $0.columns = ["市"] } }
    #expect(throws: XLSXError.self) { try add { $0.values = [.init("场次", caption: "市")] } }
    try add { _ in }
    #expect(throws: XLSXError.self) { try add { $0.area = "H3:H3" } }
    #expect(throws: XLSXError.self) {
      try add {
        $0.name = "Q"
        $0.area = "C4:C4"
      }
    }
    #expect(throws: XLSXError.self) { try sheet.insertRows(at: 4) }
  }
}
