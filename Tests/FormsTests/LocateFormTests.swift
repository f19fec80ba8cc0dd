import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Finding the notice's forms")
struct LocateFormTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  static let annex2 = """
    | 附件2 |
    | “中国梦·劳动美·工会情”文化活动进基层情况统计表 | < | < | < | < |
    | 填报单位（盖章）：沁阳市总工会 | < | < | < | < |
    | 填报时间：2024年11月11日 | < | < | < | < |
    |        | <        | 线上 | 线下 | 合计 |
    | 送文艺 | 场次     | 1    | 2    | 3    |
    | ^      | 参加人数 | 4    | 5    | 9    |
    | 送电影 | 场次     | 7    | 8    | 15   |
    | ^      | 参加人数 | 10   | 11   | 21   |
    | 送书画 | 场次     | 13   | 14   | 27   |
    | ^      | 参加人数 | 16   | 17   | 33   |
    | 送讲座 | 场次     | 19   | 20   | 39   |
    | ^      | 参加人数 | 22   | 23   | 45   |
    | 送培训 | 场次     | 25   | 26   | 51   |
    | ^      | 参加人数 | 28   | 29   | 57   |
    | 填报人：宋佳 | < | < | 联系电话：0391-2918019 | < |
    """

  static let annex4 = """
    | 附件4 |
    | 2024年“劳模工匠进校园”活动开展情况统计表 |
    | 填报单位（盖章）： | 沁阳市总工会 | | 填报时间： | 2024.11.20 |
    | 活动场次⏎（场） | < | 覆盖人数⏎（万人次） | < | 媒体报道⏎（篇次） |
    | 线上 | 线下 | 线上 | 线下 | ^ |
    | 4    | 3    | 0.1269 | 0.1752 | 6 |
    | 填报人： | 秦明 | | 联系电话： | '8832721 |
    """

  @Test("the form as it is printed gives every figure, its cell and the four lines")
  func printed() throws {
    let found = bench.read(.drawn(Self.annex2))
    let form = try #require(found.first)
    #expect(found.count == 1 && form.form == "culture-outreach")
    #expect(form.figures.count == 30)
    #expect(form.figure("送文艺/场次/线上") == 1 && form.reading("送文艺/场次/线上")?.cell == "C6")
    #expect(form.figure("送培训/参加人数/合计") == 57 && form.reading("送培训/参加人数/合计")?.cell == "E15")
    #expect(form.unit?.name == "沁阳市总工会" && form.filledOn?.description == "2024-11-11")
    #expect(form.filledBy == "宋佳" && form.phone == "0391-2918019")
    #expect(
      form.shape.aliases.isEmpty && form.shape.missingHeadings.isEmpty && form.shape.grandTotals.isEmpty)
    #expect(!form.shape.rowsReordered && !form.shape.columnsReordered)
    #expect(form.shape.table == "A5:E15")
  }

  @Test("a form with headings on one side gives the row under them")
  func oneSide() throws {
    let form = try #require(bench.read(.drawn(Self.annex4, at: "C7")).first)
    #expect(form.form == "model-worker-campus")
    #expect(
      form.figures == [
        "活动场次/线上": 4, "活动场次/线下": 3, "覆盖人数/线上": Decimal(string: "0.1269"),
        "覆盖人数/线下": Decimal(string: "0.1752"), "媒体报道": 6,
      ])
    #expect(form.reading("媒体报道")?.cell == "G12" && form.unit?.name == "沁阳市总工会")
    #expect(form.filledBy == "秦明" && form.phone == "8832721" && form.filledOn?.description == "2024-11-20")
  }

  @Test("two forms on one sheet keep their own figures and lines, one below the other and side by side")
  func twoForms() throws {
    for origin in ["A30", "A18", "J4", "K9"] as [CellReference] {
      var grid = Grid.drawn(Self.annex2)
      grid.draw(Self.annex4.replacingOccurrences(of: "秦明", with: "杨帆"), at: origin)
      let found = bench.read(grid)
      #expect(found.map(\.form) == ["culture-outreach", "model-worker-campus"], "\(origin)")
      #expect(found.map(\.figures.count) == [30, 5], "\(origin)")
      #expect(found.map(\.filledBy) == ["宋佳", "杨帆"], "\(origin)")
      #expect(found.map(\.filledOn?.description) == ["2024-11-11", "2024-11-20"], "\(origin)")
    }
  }

  @Test("tables of targets, lists and texts are no forms")
  func noForm() {
    let others = """
      | “中国梦·劳动美·工会情”文化活动进基层任务分解表 |
      | 单位 | 活动场次 | 单位 | 活动场次 |
      | 沁阳市总工会 | 60 | 孟州市总工会 | 60 |
      | 总计 | | | 620 |
      | 2024年“劳模工匠进校园”活动覆盖面指标 |
      | 单位 | 覆盖人数（人次） | 单位 | 覆盖人数（人次） |
      | 沁阳市总工会 | 10000 | 孟州市总工会 | 10000 |
      | “送讲座”活动签到表 |
      | 序号 | 姓名 | 单位 | 联系电话 |
      | 1 | 王磊 | 焦作市第一小学 | 13954454631 |
      """
    #expect(bench.read(.drawn(others)).isEmpty)
  }
}

@Suite("Sheets that are no form, or hardly one")
struct LocateOddSheetTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  @Test(
    "a blank form that the program wrote is found with its hidden names, also where a heading was rewritten")
  func markers() throws {
    let form = bench.campaign.forms[0]
    var grid = Grid.drawn(LocateFormTests.annex2)
    grid.cells["A10"] = GridCell(.text("翰墨丹青"))
    var book = GridBook(format: .xlsx, grids: [grid])
    #expect(bench.locator.locate(in: book).first?.shape.missingHeadings == [["送书画"]])
    book.markers = [
      .init(name: FormMarker.table.name(form: form.id), sheet: "Sheet1", range: "A5:E15"),
      .init(name: FormMarker.figures.name(form: form.id), sheet: "Sheet1", range: "C6:E15"),
    ]
    let found = try #require(bench.locator.locate(in: book).first)
    #expect(found.shape.missingHeadings.isEmpty)
    #expect(found.shape.aliases.map(\.written) == ["翰墨丹青"])
    #expect(bench.reader.read(found, in: book, file: "表.xlsx").figure("送书画/参加人数/线下") == 17)
    // Where the rows were moved, the headings win.
    book.markers[1].range = "C7:E16"
    #expect(bench.locator.locate(in: book).first?.shape.missingHeadings == [["送书画"]])
  }

  @Test("thousands of headings on a sheet are read in one go, and are no form")
  func hostile() {
    let words = ["送文艺", "场次", "线上", "合计", "参加人数", "活动场次", "填报人："]
    var grid = Grid(name: "Sheet1")
    for index in 0..<6_000 {
      let cell = CellReference(row: index / 50 + 1, column: index % 50 + 1)
      grid.cells[cell] = GridCell(.text(words[(index &* 7 &+ index / 50 &* 3) % words.count]))
    }
    _ = bench.read(grid)
    var column = Grid(name: "Sheet1")
    for row in 1...6_000 {
      column.cells[CellReference(row: row, column: 1)] = GridCell(.text(row % 2 == 0 ? "场次" : "线上"))
      if row % 9 == 0 { column.merges.append(CellRange(rows: row...(row + 3), columns: 1...16_384)) }
    }
    #expect(bench.read(column).isEmpty)
  }
}
