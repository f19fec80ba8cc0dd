import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Tables beside one another, and figures beside a form's own")
struct LocateNeighbourTests {
  let bench: LocateBench

  init() throws { bench = try LocateBench.notice.get() }

  private static let outreach = "| “中国梦·劳动美·工会情”文化活动进基层情况统计表 |\n"
  private static let campus = "| “劳模工匠进校园”活动开展情况统计表 |\n"

  private func one(_ drawing: String) throws -> Submission {
    let found = bench.read(.drawn(drawing))
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test("a second column beside 数量 is told as more than the form asks for, not mixed into its figures")
  func columnBesideQuantity() throws {
    for (own, other) in [("数量", "其他"), ("填报数", "志愿者人数"), ("", "辐射学校数")] {
      let form = try one(
        Self.campus + """
          | 项目     | <    | \(own) | \(other) |
          | 活动场次 | 线上 | 4      | 65 |
          | ^        | 线下 | 3      | 67 |
          | 覆盖人数 | 线上 | 0.42   | 87 |
          | ^        | 线下 | 0.78   | 16 |
          | 媒体报道 | <    | 6      | 47 |
          """)
      #expect(form.figure("活动场次/线上") == 4 && form.figure("媒体报道") == 6)
      #expect(form.shape.extras.map(\.label) == [other])
      #expect(form.shape.extras.first?.count == 5)
    }
  }

  @Test("a list of one line, with the unit's name in it, has the lines around it too")
  func unitInTheLine() throws {
    let form = try one(
      Self.campus + """
        | 填报单位： | 中站区总工会 | 填报时间： | 2024-11-15 | 填报人： | 李明 |
        | 单位 | 活动场次 | < | 覆盖人数 | < | 媒体报道 |
        | ^    | 线上 | 线下 | 线上 | 线下 | ^ |
        | 中站区总工会 | 4 | 3 | 0.1 | 0.2 | 6 |
        """)
    #expect(form.unit?.name == "中站区总工会")
    #expect(form.filledOn?.description == "2024-11-15")
    #expect(form.filledBy == "李明")
    #expect(form.figure("媒体报道") == 6)
  }

  @Test("单位 over the units' column is no line for the unit, and the group's word beside it no value")
  func unitHeadingBesideGroups() throws {
    let form = try one(
      Self.campus + """
        | 填报单位： | 财贸工会 |
        | 单位 | 去年 | < | < | < | < | 今年 | < | < | < | < |
        | ^    | 活动场次 | < | 覆盖人数 | < | 媒体报道 | 活动场次 | < | 覆盖人数 | < | 媒体报道 |
        | ^    | 线上 | 线下 | 线上 | 线下 | ^ | 线上 | 线下 | 线上 | 线下 | ^ |
        | 财贸工会 | 41 | 42 | 1.1 | 1.2 | 43 | 4 | 3 | 0.1 | 0.2 | 6 |
        """)
    #expect(form.unit?.name == "财贸工会")
    #expect(form.figure("活动场次/线上") == 4 && form.figure("媒体报道") == 6)
  }

  @Test("what stands under labels beside one another are values, not the names of groups")
  func valuesUnderLabels() throws {
    let form = try one(
      Self.outreach + """
        | 填报单位 | 填报时间 | 填报人 | 联系电话 |
        | 温县总工会 | 2024-11-15 | 李明 | 15819890357 |
        |        |      | 实际 | < | < | 上年 | < | < |
        |        |      | 线上 | 线下 | 合计 | 线上 | 线下 | 合计 |
        | 送文艺 | 场次 | 1 | 2 | 3 | 10 | 20 | 30 |
        | ^      | 参加人数 | 4 | 5 | 9 | 40 | 50 | 90 |
        | 送电影 | 场次 | 1 | 1 | 2 | 11 | 12 | 23 |
        | ^      | 参加人数 | 2 | 2 | 4 | 22 | 22 | 44 |
        """)
    #expect(form.shape.undecided == nil)
    #expect(form.figure("送文艺/场次/线上") == 1)
  }

  @Test("the name beside 填报人 below the table is no row that the form does not have")
  func personBelow() throws {
    let form = try one(
      Self.outreach + """
        | 序号 | 项目   |      | 线上 | 线下 | 合计 |
        | 1    | 送文艺 | 场次 | 1 | 2 | 3 |
        |      | ^      | 参加人数 | 4 | 5 | 9 |
        | 2    | 送电影 | 场次 | 1 | 1 | 2 |
        |      | ^      | 参加人数 | 2 | 2 | 4 |
        | 填报人（签字） | 王芳 | 手机号码： | 15320606955 |
        """)
    #expect(form.shape.extras.isEmpty)
  }

  @Test("rows of the next form on the sheet are none of this one's, though they are called the same")
  func nextFormBelow() {
    let found = bench.read(
      .drawn(
        Self.outreach + """
          |      | 送文艺 | < | 送电影 | < | 送书画 | < | 送讲座 | < | 送培训 | < |
          |      | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 | 场次 | 参加人数 |
          | 线上 | 3 | 70 | 2 | 32 | 3 | 46 | 2 | 12 | 3 | 66 |
          | 线下 | 4 | 66 | 2 | 19 | 1 | 15 | 1 | 14 | 11 | 97 |
          | 合计 | 7 | 136 | 4 | 51 | 4 | 61 | 3 | 26 | 14 | 163 |
          | |
          | 经办人： | 赵静 |
          |      | 活动场次 | 覆盖人数 | 媒体报道 |
          | 线上 | 5 | 0.41 | 8 |
          | 线下 | 9 | 0.59 |
          """))
    let outreach = found.first { $0.form == "culture-outreach" }
    #expect(outreach?.figure("送文艺/场次/线上") == 3 && outreach?.figure("送电影/场次/线下") == 2)
    let campus = found.first { $0.form == "model-worker-campus" }
    #expect(campus?.figure("活动场次/线上") == 5 && campus?.figure("覆盖人数/线下") == Decimal(string: "0.59"))
  }

  @Test("线上 under another form's parent, beside a form's own columns, is none of them")
  func columnsUnderForeignParents() throws {
    let forms = bench.read(
      .drawn(
        """
        | “中国梦·劳动美·工会情”文化活动进基层情况统计表 |
        |        |          | 完成 | < | < | 目标 | < | < | | 活动场次 |  | 覆盖人数（万人次） | | 媒体报道 |
        |        |          | 线上 | 线下 | 合计 | 线上 | 线下 | 合计 | | 线下 | 线上 | 线下 | 线上 | |
        | 送文艺 | 场次     | 2 | 5 | 7 | 9 | 9 | 18 | | 4 | 3 | 1.3 | 0.5 | 6 |
        | ^      | 参加人数 | 20 | 50 | 70 | 90 | 90 | 180 |
        | 送电影 | 场次     | 1 | 3 | 4 | 9 | 9 | 18 |
        | ^      | 参加人数 | 10 | 30 | 40 | 90 | 90 | 180 |
        | 送书画 | 场次     | 1 | 3 | 4 | 9 | 9 | 18 |
        | ^      | 参加人数 | 10 | 30 | 40 | 90 | 90 | 180 |
        | 送讲座 | 场次     | 1 | 3 | 4 | 9 | 9 | 18 |
        | ^      | 参加人数 | 10 | 30 | 40 | 90 | 90 | 180 |
        | 送培训 | 场次     | 1 | 3 | 4 | 9 | 9 | 18 |
        | ^      | 参加人数 | 10 | 30 | 40 | 90 | 90 | 180 |
        """))
    let outreach = try #require(forms.first { $0.form == "culture-outreach" })
    #expect(outreach.figure("送文艺/场次/线上") == 2 && outreach.figure("送培训/参加人数/合计") == 40)
    let campus = try #require(forms.first { $0.form == "model-worker-campus" })
    #expect(campus.figure("活动场次/线下") == 4 && campus.figure("覆盖人数/线上") == 0.5)
  }

  @Test("headings put together are read for each form by what says most there")
  func headingsPutTogether() throws {
    let form = try one(
      Self.outreach + """
        |      | 送文艺 | 送电影 | 送书画 | 送讲座 | 送培训 |
        | 线上场次（场） | 1 | 2 | 3 | 4 | 5 |
        | 线上参加人数(人) | 10 | 20 | 30 | 40 | 50 |
        | 线下活动场次（场） | 6 | 7 | 8 | 9 | 1 |
        | 线下活动参加人数 | 60 | 70 | 80 | 90 | 10 |
        """)
    #expect(form.figure("送文艺/场次/线下") == 6)
    #expect(form.figure("送培训/参加人数/线下") == 10)
    let row = try one(
      Self.outreach + """
        | 培训-场次-线上 | 培训-场次-线下 | 培训-场次-合计 | 送电影-场次-线上 | 送电影-场次-线下 | 送电影-场次-合计 |
        | 1 | 2 | 3 | 4 | 5 | 9 |
        """)
    #expect(row.figure("送培训/场次/线上") == 1 && row.figure("送电影/场次/合计") == 9)
  }

  @Test("a kind in a line of its own is none of the rows above it, whose figures are texts")
  func kindsInLinesOfTheirOwn() throws {
    let form = try one(
      Self.outreach + """
        | 类别     | 线上 | 线下 | 合计 |
        | 送文艺 |
        | 场次     | 1    | １０ | 十一 |
        | 参加人数 | 47人 | 17人 | 64人 |
        | 送电影 |
        | 场次     | 1    | 2    | 3    |
        | 参加人数 | 47   | 17   | 64   |
        """)
    #expect(!form.shape.rowsReordered)
    #expect(form.figure("送电影/参加人数/合计") == 64)
  }

  @Test("a column 汇总 beside kinds in columns is a sum of them")
  func sumOfKindsInColumns() throws {
    let form = try one(
      Self.outreach + """
        |      |      | 送文艺 | 送电影 | 送书画 | 送讲座 | 培训 | 汇总 |
        | 场次 | 线上 | 1 | 3 | 2 | 2 | 3 | 10 |
        | ^    | 线下 | 10 | 1 | 13 | 13 | 1 | 38 |
        | ^    | 合计 | 11 | 4 | 15 | 15 | 4 | 49 |
        """)
    #expect(form.shape.grandTotals.map(\.figure) == [10, 38, 49])
    #expect(form.shape.grandTotals.first?.parts.count == 5)
  }

  @Test("a form with half of its headings is this form, and says what is missing")
  func halfOfTheHeadings() throws {
    let form = try one(
      """
      | 填报单位：财贸工会 |
      | 序号 | 活动项目 |  | 场次 |
      | 1 | 送文艺 | 线上 | 3场 |
      |   | ^ | 线下 | 9 |
      |   | ^ | 合计 | 12 |
      | 2 | 送电影 | 线上 | 1 |
      |   | ^ | 线下 | 3 |
      |   | ^ | 合计 | 4 |
      | 3 | 送书画 | 线上 | 0 |
      |   | ^ | 线下 | 4 |
      |   | ^ | 合计 | 4 |
      """)
    #expect(form.figure("送文艺/场次/合计") == 12)
    #expect(form.shape.missingHeadings.contains(["送文艺", "参加人数"]))
  }
}
