import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("What on a sheet belongs to another table")
struct LocateGroupTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  private func one(_ drawing: String) throws -> Submission {
    // Small tables are forms by their titles.
    let isRows = drawing.contains("送文艺")
    let title = isRows ? "“中国梦·劳动美·工会情”文化活动进基层情况统计表" : "“劳模工匠进校园”活动开展情况统计表"
    let found = bench.read(Grid.drawn("| \(title) |\n" + drawing))
    #expect(found.count == 1)
    return try #require(found.first)
  }

  /// Two rows of 送文艺 and two of 送电影 in two groups of columns: the first group's figures have one digit, the second's two.
  private func groups(_ first: String, _ second: String) throws -> Submission {
    try one(
      """
      |        |          | \(first) | < | < | \(second) | < | < |
      | ^      | ^        | 线上 | 线下 | 合计 | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    | 10   | 20   | 30   |
      | ^      | 参加人数 | 4    | 5    | 9    | 40   | 50   | 90   |
      | 送电影 | 场次     | 1    | 1    | 2    | 11   | 12   | 23   |
      | ^      | 参加人数 | 2    | 2    | 4    | 22   | 22   | 44   |
      """)
  }

  @Test(
    "of two groups the one whose words ask for it counts, wherever it stands",
    arguments: [
      ("上年同期", "本年"), ("计划数", "完成数"), ("本月", "本年累计"), ("2023年", "2024年"), ("上期", "本期"), ("任务", "任务完成情况"),
      ("去年", "城区"), ("其中：乡镇", "全部"), ("本期", "累计"),
    ])
  func decidedGroups(_ other: String, _ own: String) throws {
    for (form, factor) in [(try groups(other, own), 10), (try groups(own, other), 1)] {
      #expect(form.shape.undecided == nil)
      #expect(form.figure("送文艺/场次/线上") == Decimal(factor))
      #expect(form.figure("送文艺/参加人数/合计") == Decimal(factor * 9))
      #expect(form.shape.grandTotals.isEmpty && form.shape.extras.isEmpty)
    }
  }

  @Test("groups of columns that the rows divide once more: last year's are not taken for this year's")
  func groupsOverHalfSaidColumns() throws {
    let form = try one(
      """
      |          | 上年 | <    | <    | <    | 本年 | <    | <    | <    |
      | ^        | 送文艺 | <  | 送电影 | <  | 送文艺 | <  | 送电影 | <  |
      | ^        | 线上 | 线下 | 线上 | 线下 | 线上 | 线下 | 线上 | 线下 |
      | 场次     | 1    | 2    | 3    | 4    | 10   | 20   | 30   | 40   |
      | 参加人数 | 5    | 6    | 7    | 8    | 50   | 60   | 70   | 80   |
      """)
    #expect(form.figure("送文艺/场次/线上") == 10)
    #expect(form.figure("送电影/参加人数/线下") == 80)
  }

  @Test(
    "where no word decides nothing is taken, and the groups are named",
    arguments: [("城区", "乡镇"), ("上半年", "下半年"), ("2022年", "2023年"), ("实际数", "完成数")])
  func undecidedGroups(_ first: String, _ second: String) throws {
    let form = try groups(first, second)
    #expect(form.figures.isEmpty)
    #expect(form.shape.undecided?.groups == [first, second])
    #expect(form.shape.undecided?.headings == ["线上", "线下", "合计"])
    let rules = try RulesSample.engine().findings(form).map(\.rule)
    #expect(rules.contains("F07") && !rules.contains("C01") && !rules.contains("D04"))
  }

  @Test("the word of a group may stand in the heading's own cell")
  func fusedWords() throws {
    let form = try one(
      """
      |        |          | 上年线上 | 本年线上 | 线下（上年） | 线下（本年） | 合计 |
      | 送文艺 | 场次     | 1        | 10       | 2            | 20           | 30   |
      |        | 参加人数 | 4        | 40       | 5            | 50           | 90   |
      """)
    #expect(form.figure("送文艺/场次/线上") == 10 && form.figure("送文艺/参加人数/线下") == 50)
    #expect(form.shape.undecided == nil && form.shape.extras.isEmpty)
  }

  @Test("groups may divide the kinds of a table of one row")
  func groupsInside() throws {
    let form = try one(
      """
      | 活动场次（场） | < | < | < | 覆盖人数（万人次） | < | < | < | 媒体报道（篇次） |
      | 上年 | < | 本年 | < | 上年 | < | 本年 | < | ^ |
      | 线上 | 线下 | 线上 | 线下 | 线上 | 线下 | 线上 | 线下 | ^ |
      | 8 | 9 | 3 | 4 | 0.8 | 0.9 | 0.3 | 0.4 | 7 |
      """)
    #expect(
      form.figures == [
        "活动场次/线上": 3, "活动场次/线下": 4, "覆盖人数/线上": Decimal(string: "0.3"), "覆盖人数/线下": Decimal(string: "0.4"),
        "媒体报道": 7,
      ])
  }

  @Test("rows of another year, in a column of their own or under a caption, are not the form's")
  func groupsOfRows() throws {
    let beside = try one(
      """
      |      |        |          | 线上 | 线下 | 合计 |
      | 上年 | 送文艺 | 场次     | 1    | 2    | 3    |
      | ^    | ^      | 参加人数 | 4    | 5    | 9    |
      | 本年 | 送文艺 | 场次     | 10   | 20   | 30   |
      | ^    | ^      | 参加人数 | 40   | 50   | 90   |
      """)
    #expect(beside.figure("送文艺/参加人数/线上") == 40 && beside.figures.count == 6)
    let single = try one(
      """
      | 年度   | 活动场次 | <    | 覆盖人数 | <    | 媒体报道 |
      | ^      | 线上     | 线下 | 线上     | 线下 | ^        |
      | 2023   | 8        | 9    | 0.8      | 0.9  | 70       |
      | 2024   | 3        | 4    | 0.3      | 0.4  | 7        |
      """)
    #expect(single.figure("活动场次/线上") == 3 && single.figure("媒体报道") == 7)
  }

  @Test("months under a heading are its figure by their 小计, and nothing without it")
  func months() throws {
    func form(_ last: String, _ rest: String) throws -> Submission {
      try one(
        """
        |        |          | 线上 | <    | <        | 线下 | <    | <        | 合计 |
        | ^      | ^        | 5月  | 6月  | \(last)  | 5月  | 6月  | \(last)  | ^    |
        | 送文艺 | 场次     | 1    | 2    | \(rest)  | 4    | 5    | 9        | 12   |
        | ^      | 参加人数 | 10   | 20   | 30       | 40   | 50   | 90       | 120  |
        """)
    }
    let summed = try form("小计", "3")
    #expect(summed.figure("送文艺/场次/线上") == 3 && summed.figure("送文艺/参加人数/线下") == 90)
    #expect(summed.figure("送文艺/场次/合计") == 12 && summed.shape.undecided == nil)
    let open = try form("7月", "3")
    #expect(open.figures.isEmpty && open.shape.undecided?.groups == ["5月", "6月", "7月"])
    #expect(open.shape.undecided?.isDivision == true)
  }

  @Test(
    "figures under a label that the form does not have are told once each; remarks and numbers of rows are none"
  )
  func extras() throws {
    let form = try one(
      """
      | 序号 |        |          | 线上 | 线下 | 合计 | 其他 | 备注 | 完成率 |
      | 1    | 送文艺 | 场次     | 1    | 2    | 3    | 4    | 5    | 60     |
      | ^    | ^      | 参加人数 | 4    | 5    | 9    | 6    |      | 70     |
      | 2    | 送法律 | 场次     | 7    |      | 7    |      |      |        |
      | ^    | ^      | 参加人数 | 0    | 90   | 90   |      |      |        |
      | 3    | 送科技 | 场次     | 0    | 0    | 0    |      |      |        |
      """)
    #expect(
      form.shape.extras == [
        FormShape.Extra(label: "其他", cell: "G3", count: 2),
        FormShape.Extra(label: "送法律", cell: "D5", count: 5),
      ])
    let told = try RulesSample.engine().findings(form).filter { $0.rule == "F08" }
    #expect(told.map(\.message.chinese).first?.contains("“其他”，2个数未计入") == true && told.count == 2)
    #expect(told.allSatisfy { $0.severity == .warning })
  }

  @Test(
    "a page with the title and the headings again is the same form's, unless another unit's name stands over it"
  )
  func continued() throws {
    func pages(_ between: String) -> [Submission] {
      bench.read(
        Grid.drawn(
          """
          | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
          | 填报单位：温县总工会 |
          |        |          | 线上 | 线下 | 合计 |
          | 送文艺 | 场次     | 1    | 2    | 3    |
          | ^      | 参加人数 | 4    | 5    | 9    |
          | “中国梦·劳动美·工会情”文化活动进基层情况统计表（续） |
          | \(between) |
          |        |          | 线上 | 线下 | 合计 |
          | 送电影 | 场次     | 10   | 20   | 30   |
          | ^      | 参加人数 | 40   | 50   | 90   |
          """))
    }
    for between in ["填报单位：温县总工会", "第2页"] {
      let found = pages(between)
      #expect(found.count == 1)
      #expect(found.first?.figure("送文艺/场次/线上") == 1 && found.first?.figure("送电影/场次/线上") == 10)
    }
    #expect(pages("填报单位：博爱县总工会").count == 2)
  }

  @Test("a form goes on on the next sheet, and each figure knows its sheet")
  func continuedOnTheNextSheet() throws {
    let first = Grid.drawn(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
      | 填报单位：温县总工会 |
      |        |          | 线上 | 线下 | 合计 |
      | 送文艺 | 场次     | 1    | 2    | 3    |
      | ^      | 参加人数 | 4    | 5    | 9    |
      """, name: "第1页")
    let second = Grid.drawn(
      """
      | “中国梦·劳动美·工会情”文化活动进基层情况统计表（续） |
      |        |          | 线上 | 线下 | 合计 |
      | 送电影 | 场次     | 10   | x    | 30   |
      | ^      | 参加人数 | 40   | 50   | 90   |
      | 填报人：王芳 |
      """, name: "第2页")
    let found = bench.read(first, second)
    #expect(found.count == 1)
    let form = try #require(found.first)
    #expect(form.figure("送文艺/场次/线上") == 1 && form.figure("送电影/参加人数/合计") == 90)
    #expect(form.filledBy == "王芳" && form.shape.missingHeadings == [["送书画"], ["送讲座"], ["送培训"]])
    let finding = try RulesSample.engine().findings(form).first { $0.rule == "C01" }
    #expect(finding?.sheet == "第2页" && finding?.cell == "D3")
    // The same rows again are another version.
    var again = first
    again.name = "2"
    #expect(bench.read(first, again).count == 2)
  }

  @Test(
    "a sheet of examples is left out where the form is elsewhere, and read with a warning where it is not")
  func samples() throws {
    let drawing =
      "| “五送”活动情况统计表 |\n| | | 线上 | 线下 | 合计 |\n| 送文艺 | 场次 | 1 | 2 | 3 |\n| ^ | 参加人数 | 4 | 5 | 9 |"
    func tables(_ names: String...) -> SampleTables {
      let book = GridBook(format: .xlsx, grids: names.map { Grid.drawn(drawing, name: $0) })
      return SampleTables(bench.locator.locate(in: book), in: book, words: bench.locator.words.groups)
    }
    let both = tables("填写示例", "附件2")
    #expect(both.forms.map(\.sheet) == [1] && both.ignored == ["填写示例"])
    #expect(tables("示范区", "样表说明（不填）").forms.map(\.sheet) == [0])
    let alone = tables("样表", "封面")
    #expect(alone.ignored == ["样表"] && alone.forms.count == 1)
    let only = tables("样表", "范例")
    #expect(only.forms.count == 2 && only.forms.allSatisfy { $0.shape.sample != nil })
    #expect(tables("样表").forms.map(\.shape.sample) == [nil])
  }

  @Test("the words are a campaign's own")
  func ownWords() throws {
    let campaign = try CampaignSample.load([
      "words: {totals: [合计, 总计]}": "words: {totals: [合计, 总计], ours: [丰水], others: [枯水]}"
    ])
    let bench = LocateBench(campaign)
    let form = try #require(
      bench.read(
        Grid.drawn(
          """
          |      | 枯水 | <    | <    | 丰水 | <    | <    |
          | ^    | 日间 | 夜间 | 合计 | 日间 | 夜间 | 合计 |
          | 巡查 | 1    | 2    | 3    | 10   | 20   | 30   |
          | 里程 | 1    | 2    | 3    | 11   | 22   | 33   |
          """)
      ).first)
    #expect(form.figure("巡查/日间") == 10 && form.figure("里程/合计") == 33)
    #expect(
      TableWords.builtin[.others].contains("上年")
        && TableWords.List.allCases.allSatisfy { !TableWords.builtin[$0].isEmpty })
  }
}
