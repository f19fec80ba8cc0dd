import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("What units do to a form's shape")
struct LocateShapeTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  private func one(_ drawing: String, _ change: (inout Grid) -> Void = { _ in }) throws -> Submission {
    var grid = Grid.drawn(drawing)
    change(&grid)
    let found = bench.read(grid)
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test(
    "a kind and a column that are not there are named once each, and their figures are missing, not blank")
  func missingHeadings() throws {
    let form = try one(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      |        |          | 线上 | 合计 |
      | 送文艺 | 场次     | 1    | 3    |
      |        | 参加人数 | 4    | 9    |
      | 送书画 | 场次     | 13   | 27   |
      |        | 参加人数 |      | 33   |
      """)
    #expect(form.shape.missingHeadings == [["送电影"], ["送讲座"], ["送培训"], ["线下"]])
    #expect(form.reading("送书画/参加人数/线上")?.state == .blank)
    #expect(form.reading("送书画/参加人数/线下")?.state == .missing)
    #expect(form.figures.count == 7)
  }

  @Test("a form whose column headings were deleted is still this form, with the columns missing")
  func halfForm() throws {
    let form = try one(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      | 填报单位：温县总工会 |
      | 送文艺 | 场次     | 1 | 2 | 3 |
      |        | 参加人数 | 4 | 5 | 9 |
      | 送电影 | 场次     | 1 | 2 | 3 |
      |        | 参加人数 | 4 | 5 | 9 |
      | 送书画 | 场次     | 1 | 2 | 3 |
      |        | 参加人数 | 4 | 5 | 9 |
      | 送讲座 | 场次     | 1 | 2 | 3 |
      |        | 参加人数 | 4 | 5 | 9 |
      """)
    #expect(form.shape.missingHeadings == [["送培训"], ["线上"], ["线下"], ["合计"]])
    #expect(form.figures.isEmpty && form.unit?.name == "温县总工会")
  }

  @Test("other words for headings are named, synonyms of totals are not")
  func aliases() throws {
    let form = try one(
      """
      |          |          | 网上 | 线下 | 总计 |
      | 文艺演出 | 场次     | 1    | 2    | 3    |
      |          | 参与人数 | 4    | 5    | 9    |
      | 送 电 影 | 场次     | 1    | 2    | 3    |
      |          | 参加人数 | 4    | 5    | 9    |
      """)
    #expect(
      form.shape.aliases.map { "\($0.label)←\($0.written) \($0.cell)" } == [
        "线上←网上 C1", "送文艺←文艺演出 A2", "参加人数←参与人数 B3",
      ])
  }

  @Test("rows and columns in another order are read by their headings, and the order is told")
  func reordered() throws {
    let form = try one(
      """
      |        |          | 合计 | 线下 | 线上 |
      | 送讲座 | 参加人数 | 9    | 5    | 4    |
      |        | 场次     | 3    | 2    | 1    |
      | 送文艺 | 场次     | 30   | 20   | 10   |
      |        | 参加人数 | 90   | 50   | 40   |
      """)
    #expect(form.shape.rowsReordered && form.shape.columnsReordered)
    #expect(form.figure("送讲座/参加人数/线上") == 4 && form.figure("送文艺/场次/合计") == 30)
  }

  @Test(
    "rows of totals that a unit added are verified by their own columns and measures, never read as the form's"
  )
  func addedRows() throws {
    let form = try one(
      """
      |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    |
      |        | 参加人数 | 40   | 50   | 90   |
      | 送电影 | 场次     | 5    | 6    | 11   |
      |        | 参加人数 | 70   | 80   | 150  |
      | 总 计  | 场次     | 6    | 8    | 14   |
      |        | 参加人数 | 110  | 130  | 241  |
      """)
    #expect(form.figures.count == 12)
    let totals = form.shape.grandTotals.map {
      "\($0.label) \($0.column) \($0.cell) \($0.figure) \($0.parts.map(\.rawValue))"
    }
    #expect(totals.count == 6)
    #expect(totals.first == "总计 场次 线上 C6 6 [\"送文艺/场次/线上\", \"送电影/场次/线上\"]")
    #expect(totals.last == "总计 参加人数 合计 E7 241 [\"送文艺/参加人数/合计\", \"送电影/参加人数/合计\"]")
  }

  @Test("a row of sums may be called 核对数 or 五送合计, and a check sum adds up every figure above it")
  func checkSums() throws {
    for (word, figure, parts) in [("核对数", 7, 2), ("五送合计", 110, 2), ("核对数", 116, 4), ("总计", 111, 2)] {
      let form = try one(
        """
        |        |          | 线上      | 线下 | 合计 |
        | 送文艺 | 场次     | 1         | 2    | 3    |
        |        | 参加人数 | 40        | 50   | 90   |
        | 送电影 | 场次     | 5         | 6    | 11   |
        |        | 参加人数 | 70        | 80   | 150  |
        | \(word) |        | \(figure) |      |      |
        """)
      #expect(form.shape.grandTotals.map(\.parts.count) == [parts], "\(word) \(figure)")
      #expect(form.figures.count == 12)
    }
  }

  @Test("累计 and 汇总 are rows of sums, and 场次合计 says which measure it adds up")
  func sumsInOtherWords() throws {
    for (word, figure, parts) in [
      ("累计", 6, 2), ("汇总", 9, 2), ("场次合计", 110, 2), ("合计（参加人数）", 6, 2), ("全部合计", 6, 2),
    ] {
      let form = try one(
        """
        |        |          | 线上      | 线下 | 合计 |
        | 送文艺 | 场次     | 1         | 2    | 3    |
        |        | 参加人数 | 40        | 50   | 90   |
        | 送电影 | 场次     | 5         | 6    | 11   |
        |        | 参加人数 | 70        | 80   | 150  |
        | \(word) |        | \(figure) |      |      |
        """)
      let total = try #require(form.shape.grandTotals.first, "\(word)")
      #expect(total.parts.count == parts)
      let measure = word.contains("人数") ? "参加人数" : "场次"
      #expect(total.parts.allSatisfy { $0.path[1] == measure }, "\(word)")
    }
  }

  @Test("a heading over its rows in a line of its own is their parent, whatever the form's order of levels")
  func headingInALineOfItsOwn() throws {
    let form = try one(
      """
      |          | 线上 | 线下 | 合计 |
      | 场次     |      |      |      |
      | 送文艺   | 1    | 2    | 3    |
      | 送电影   | 5    | 6    | 11   |
      | 参加人数 |      |      |      |
      | 送文艺   | 40   | 50   | 90   |
      | 送电影   | 70   | 80   | 150  |
      """)
    #expect(form.figure("送电影/场次/线下") == 6 && form.figure("送文艺/参加人数/合计") == 90)
    let crossed = try one(
      """
      |          | 送文艺 | 送电影 | 送书画 | 送讲座 | 送培训 |
      | 场次     |        |        |        |        |        |
      | 线上     | 1      | 2      | 3      | 4      | 5      |
      | 线下     | 1      | 1      | 1      | 1      | 1      |
      | 合计     | 2      | 3      | 4      | 5      | 6      |
      | 参加人数 |        |        |        |        |        |
      | 线上     | 10     | 20     | 30     | 40     | 50     |
      | 线下     | 11     | 12     | 13     | 14     | 15     |
      | 合计     | 21     | 32     | 43     | 54     | 65     |
      """)
    #expect(crossed.figure("送讲座/参加人数/线下") == 14 && crossed.figure("送文艺/场次/合计") == 2)
  }

  @Test("where one measure is missing, the other one's heading still says which way it points")
  func oneMeasureAlone() throws {
    let form = try one(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      |      | 参加人数 | 参加人数 | 参加人数 | 参加人数 | 参加人数 |
      |      | 送文艺   | 送电影   | 送书画   | 送讲座   | 送培训   |
      | 线上 | 10       | 20       | 30       | 40       | 50       |
      | 线下 | 11       | 12       | 13       | 14       | 15       |
      | 合计 | 21       | 32       | 43       | 54       | 65       |
      """)
    #expect(form.figure("送书画/参加人数/线下") == 13 && form.figures.count == 15)
    let fused = try one(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      | 项目       | 参加人数 | 备注 |
      | 送文艺线上 | 10       | 含直播 |
      | 送文艺线下 | 11       |      |
      | 送文艺合计 | 21       |      |
      | 送电影线上 | 5        |      |
      | 送电影线下 | 6        |      |
      | 送电影合计 | 11       |      |
      """)
    #expect(fused.figure("送电影/参加人数/线下") == 6)
  }

  @Test("what stands under another form's title is that form's, also where both share every word")
  func formsUnderTheirTitles() throws {
    let found = bench.read(
      Grid.drawn(
        """
        | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
        |      | 送文艺 | < | 送电影 | < | 送书画 | < | 送讲座 | < | 送培训 | < |
        |      | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 |
        | 线上 | 1 | 60 | 2 | 70 | 3 | 80 | 4 | 90 | 5 | 95 |
        | 线下 | 15 | 651 | 9 | 778 | 9 | 1243 | 5 | 755 | 12 | 691 |
        | 合计 | 16 | 711 | 11 | 848 | 12 | 1323 | 9 | 845 | 17 | 786 |
        | |
        | 附件4 |
        | 项目 | | 数量 |
        | 活动场次 | 线上 | 11 |
        | 活动场次 | 线下 | 9 |
        | 覆盖面 | 线上 | 0.54 |
        | 覆盖面 | 线下 | 0.96 |
        | 媒体报道 | | 12 |
        """))
    #expect(found.map(\.form) == ["culture-outreach", "model-worker-campus"])
    #expect(found.first?.figure("送文艺/参加人数/线下") == 651)
    #expect(found.last?.figures.count == 5 && found.last?.figure("覆盖人数/线上") == Decimal(string: "0.54"))
  }

  @Test("a single row of totals adds up the measure that it fits; an added column of totals is verified too")
  func addedLine() throws {
    let two = try one(
      """
      |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    |
      |        | 参加人数 | 40   | 50   | 90   |
      | 送电影 | 场次     | 5    | 6    | 11   |
      |        | 参加人数 | 70   | 80   | 150  |
      | 合计   |          | 6    | 8    | 14   |
      """)
    #expect(two.figures.count == 12)
    #expect(two.shape.grandTotals.map { $0.parts.map(\.rawValue) }.first == ["送文艺/场次/线上", "送电影/场次/线上"])
    let four = try one(
      """
      | 活动场次（场） | < | < | 覆盖人数（万人次） | < | < | 媒体报道（篇次） |
      | 线上 | 线下 | 小计 | 线上 | 线下 | 小计 | ^ |
      | 4 | 3 | 7 | 0.1 | 0.2 | 0.4 | 6 |
      """)
    #expect(four.figures.count == 5)
    #expect(
      four.shape.grandTotals.map { "\($0.cell) \($0.figure) \($0.parts.map(\.rawValue))" } == [
        "C3 7 [\"活动场次/线上\", \"活动场次/线下\"]", "F3 0.4 [\"覆盖人数/线上\", \"覆盖人数/线下\"]",
      ])
  }

  @Test("one cell merged over two figures is nobody's; a wide column with merged cells is one figure")
  func merged() throws {
    let form = try one(
      """
      |        |          | 线上 | < | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | < | 2    | 3    |
      |        | 参加人数 | 90   | < | <    | 90   |
      | 送电影 | 场次     | 5    |   | 6    | 11   |
      |        | 参加人数 |      | 7 | 8    | 15   |
      """)
    #expect(form.figure("送文艺/场次/线上") == 1 && form.figure("送电影/参加人数/线上") == 7)
    #expect(form.reading("送电影/参加人数/线上")?.cell == "D5")
    for key in ["送文艺/参加人数/线上", "送文艺/参加人数/线下"] as [FieldKey] {
      #expect(form.reading(key)?.state == .unreadable && form.reading(key)?.notes == [.merged("C3:E3")])
    }
  }

  @Test("two filled rows that claim to be the same one leave the figure open, with both as candidates")
  func contradiction() throws {
    let form = try one(
      """
      |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    |
      | 送文艺 | 参加人数 | 40   | 50   | 90   |
      | 送电影 | 场次     | 1    | 2    | 3    |
      | 送电影 | 参加人数 | 40   | 50   | 90   |
      | 送电影 | 参加人数 | 41   |      | 91   |
      """)
    let reading = try #require(form.reading("送电影/参加人数/线上"))
    #expect(reading.state == .unreadable && reading.notes == [.notANumber(candidates: [40, 41])])
    #expect(form.figure("送电影/参加人数/线下") == 50)
  }

  @Test("a merged cell names what it covers: 线上 and 线下 of a row, 场次 and 参加人数 of a column")
  func mergedNames() throws {
    let engine = try RulesSample.engine()
    for (range, fields, words) in [
      ("C6:D6", ["送文艺/场次/线上", "送文艺/场次/线下"], "无法区分线上、线下"),
      ("C6:C7", ["送文艺/场次/线上", "送文艺/参加人数/线上"], "无法区分场次、参加人数"),
    ] {
      let merged = try #require(CellRange(range))
      let findings = engine.findings(try RulesSample.outreach()) { submission in
        for field in fields {
          submission.change(FieldKey(rawValue: field)) {
            ($0.state, $0.notes) = (.unreadable, [.merged(merged)])
          }
        }
      }
      #expect(findings.first { $0.rule == "C07" }?.message.chinese.contains(words) == true)
    }
  }

  @Test("hidden rows, columns and sheets are told by each reading")
  func hidden() throws {
    let form = try one(LocateFormTests.annex2) {
      $0.hiddenRows = [7]
      $0.hiddenColumns = [5]
    }
    #expect(form.readings.filter(\.isHidden).map(\.field.rawValue).count == 12)
  }

  @Test("a formula counts with what it gives: evaluated, stale, or as stored where it cannot be evaluated")
  func formulas() throws {
    let form = try one(LocateFormTests.annex2) {
      $0.cells["E6"] = GridCell(.blank, formula: "C6+D6", computed: .value(.number(3)))
      $0.cells["E7"] = GridCell(.number(8), formula: "C7+D7", computed: .value(.number(9)))
      $0.cells["E8"] = GridCell(.number(15), formula: "[1]x!A1", computed: .failed("外部引用"))
      $0.cells["E9"] = GridCell(.text(""), formula: "IF(C9=\"\",\"\",1)", computed: .value(.text("")))
    }
    #expect(form.figure("送文艺/场次/合计") == 3 && form.reading("送文艺/场次/合计")?.notes == [.evaluated])
    #expect(form.figure("送文艺/参加人数/合计") == 9)
    #expect(form.reading("送文艺/参加人数/合计")?.notes == [.staleFormula(cached: 8, computed: 9)])
    #expect(form.figure("送电影/场次/合计") == 15)
    #expect(form.reading("送电影/场次/合计")?.notes == [.notEvaluated("外部引用")])
    #expect(form.reading("送电影/参加人数/合计")?.state == .blank)
  }

  @Test("several rows of figures under one head: the unit's own total counts, or none")
  func severalRows() throws {
    let head = """
      | | 活动场次（场） | < | 覆盖人数（万人次） | < | 媒体报道（篇次） |
      | | 线上 | 线下 | 线上 | 线下 | ^ |
      """
    let summed = try one(
      head
        + "\n| 一月 | 1 | 2 | 0.1 | 0.2 | 3 |\n| 二月 | 1 | 2 | 0.1 | 0.2 | 3 |\n| 合计 | 2 | 4 | 0.2 | 0.4 | 6 |")
    #expect(summed.figure("活动场次/线下") == 4 && summed.figure("媒体报道") == 6)
    let open = bench.read(.drawn(head + "\n| 一月 | 1 | 2 | 0.1 | 0.2 | 3 |\n| 二月 | 4 | 5 | 0.3 | 0.4 | 6 |"))
    #expect(open.count == 1 && open.flatMap(\.figures).isEmpty)
    #expect(open.first?.reading("媒体报道")?.notes == [.notANumber(candidates: [3, 6])])
  }

  @Test(
    "a form in parts is one form: its head repeated on the next page, over every kind, or beside the first half"
  )
  func parts() throws {
    let page = """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    |
      | ^      | 参加人数 | 40   | 50   | 90   |
      | |
      |        |          | 线上 | 线下 | 合计 |
      | 送电影 | 场次     | 5    | 6    | 11   |
      | ^      | 参加人数 | 70   | 80   | 150  |
      """
    let beside = """
      |        |          | 线上 | 线下 | 合计 |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    | 送书画 | 场次     | 7    | 8    | 15   |
      | ^      | 参加人数 | 40   | 50   | 90   | ^      | 参加人数 | 10   | 20   | 30   |
      | 送电影 | 场次     | 5    | 6    | 11   | 送讲座 | 场次     | 9    | 9    | 18   |
      | ^      | 参加人数 | 70   | 80   | 150  | ^      | 参加人数 | 30   | 30   | 60   |
      """
    let kinds = """
      | 送文艺   | 线上 | 线下 | 合计 |
      | 场次     | 1    | 2    | 3    |
      | 参加人数 | 40   | 50   | 90   |
      | 送电影   | 线上 | 线下 | 合计 |
      | 场次     | 5    | 6    | 11   |
      | 参加人数 | 70   | 80   | 150  |
      """
    for (drawing, count) in [(page, 12), (beside, 24), (kinds, 12)] {
      let form = try one(drawing)
      #expect(form.figures.count == count && !form.shape.columnsReordered && !form.shape.rowsReordered)
      #expect(form.figure("送文艺/参加人数/线下") == 50 && form.figure("送电影/场次/合计") == 11)
    }
  }

  @Test(
    "合计 over the numbers and the names of the lines, merged or with nothing beside it, is the row of the sums",
    arguments: ["<", ""])
  func sumOverTheNumbers(beside: String) throws {
    let form = FormDefinition(
      id: "waste", label: "附件1", title: "垃圾分类情况统计表", deadline: ConsolidateSample.date("2024-11-20"),
      dueFrom: ["T1"],
      rows: [
        Heading(name: "阳光花园"), Heading(name: "翠竹园"), Heading(name: "合计", totalOf: ["阳光花园", "翠竹园"]),
      ],
      columns: [
        Heading(name: "户数", measure: Measure(unit: "户")), Heading(name: "投放点", measure: Measure(unit: "个")),
      ], headLines: ConsolidateSample.headLines)
    let campaign = Campaign(
      id: "waste-2024", title: "垃圾分类", office: "某市", year: 2024,
      units: Array(ConsolidateSample.units.prefix(1)), forms: [form])
    let found = LocateBench(campaign).read(
      Grid.drawn(
        """
        | 垃圾分类情况统计表 |
        | 序号 | 小区名称 | 户数 | 投放点 |
        | 1   | 阳光花园 | 100 | 3     |
        | 2   | 翠竹园   | 101 | 4     |
        | 合计 | \(beside) | 201 | 7     |
        """))
    let submission = try #require(found.first)
    #expect(submission.shape.missingHeadings.isEmpty)
    #expect(submission.figures["合计/户数"] == 201 && submission.figures["合计/投放点"] == 7)
  }
}
