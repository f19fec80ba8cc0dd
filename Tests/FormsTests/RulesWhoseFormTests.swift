import Foundation
import Testing

@testable import Forms

@Suite("Whose form it is, and which of several counts")
struct RulesWhoseFormTests {
  /// 附件4 as a CSV.
  private static func campus(
    _ unit: String, date: String = "2024-11-10", title: String = "", figures: String = "12,9,0.5057,0.5613,24"
  ) -> String {
    """
    \(title)
    填报单位（盖章）：\(unit)
    填报时间：\(date)
    活动场次（场）,,覆盖人数（万人次）,,媒体报道（篇次）
    线上,线下,线上,线下,
    \(figures)
    填报人：杨帆
    联系电话：3914585

    """
  }

  private static func check(_ files: [String: String]) throws -> CheckReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: "whose-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(filePath: "/"))
    let asOf = try #require(CalendarDate(iso: "2024-12-01"))
    return try CheckRun.check(paths: [folder.path(percentEncoded: false)], campaign: campaign, asOf: asOf)
  }

  private static func findings(_ rule: String, in report: CheckReport) -> [Finding] {
    (report.submissions.flatMap(\.findings) + report.files.flatMap(\.findings) + report.findings).filter {
      $0.rule == rule
    }
  }

  @Test("a name with a look-alike is taken and told, another place is not taken")
  func lookAlike() throws {
    let report = try Self.check(["a.csv": Self.campus("武涉县总工会"), "b.csv": Self.campus("修水县总工会")])
    #expect(report.submissions.map(\.unit?.name) == ["武陟县总工会", nil])
    #expect(Self.findings("D09", in: report).map(\.message.chinese).joined().contains("“武涉县总工会”按“武陟县总工会”读取"))
    #expect(report.files.map(\.state) == [.adopted, .rejected])
  }

  @Test("a file's name with a look-alike tells the unit where the form does not")
  func misspeltFileName() throws {
    let report = try Self.check(["孟洲市附件4.csv": Self.campus("")])
    #expect(report.submissions.first?.unit?.name == "孟州市总工会")
    #expect(Self.findings("D09", in: report).count == 1)
  }

  @Test("a street's form is its district's matter and does not count")
  func street() throws {
    let report = try Self.check(["山阳区/街道.csv": Self.campus("东方红街道总工会")])
    #expect(report.submissions.isEmpty)
    #expect(report.files.map(\.state) == [.ignored])
    #expect(Self.findings("D10", in: report).map(\.unit) == ["山阳区总工会"])
    #expect(Self.findings("D02", in: report).contains { $0.unit == "山阳区总工会" })
    let unknown = try Self.check(["街道.csv": Self.campus("东方红街道总工会")])
    #expect(Self.findings("D06", in: unknown).count == 1)
  }

  @Test(
    "the year of the title is held against the year of the campaign",
    arguments: [
      ("2023年“劳模工匠进校园”活动开展情况统计表", 1), ("二〇二三年度“劳模工匠进校园”活动开展情况统计表", 1), ("2024年“劳模工匠进校园”活动开展情况统计表", 0),
      ("2023—2024年“劳模工匠进校园”活动开展情况统计表", 0), ("“劳模工匠进校园”活动开展情况统计表", 0),
    ])
  func titleYear(title: String, count: Int) throws {
    let report = try Self.check(["a.csv": Self.campus("温县总工会", title: title)])
    #expect(Self.findings("H03", in: report).count == count)
  }

  @Test("a day that has not come makes no version newer")
  func future() throws {
    let report = try Self.check([
      "附件4.csv": Self.campus("温县总工会", date: "2024-12-18", figures: "2,9,0.5,0.5,24"),
      "附件4（更正）.csv": Self.campus("温县总工会", figures: "3,9,0.5,0.5,24"),
    ])
    #expect(report.submissions.first { !$0.isSuperseded }?.file.hasSuffix("（更正）.csv") == true)
    #expect(Self.findings("H02", in: report).count == 1)
  }

  @Test(
    "months, halves and additions are called so, a newer version is not",
    arguments: [
      ("温县9月.csv", "5,6,0.2,0.3,9", "温县10月.csv", "4,7,0.3,0.2,8", "分月"),
      ("温县1.csv", "5,6,,,", "温县2.csv", ",,0.2,0.3,9", "互补"),
      ("温县1.csv", "15,16,0.5,0.6,19", "温县2.csv", "1,0,0.02,0,1", "疑为增量"),
      ("温县1.csv", "15,16,0.5,0.6,19", "温县2.csv", "15,17,0.5,0.6,19", ""),
    ])
  func versions(first: String, older: String, second: String, newer: String, word: String) throws {
    let report = try Self.check([
      first: Self.campus("温县总工会", date: "2024-11-10", figures: older),
      second: Self.campus("温县总工会", date: "2024-11-12", figures: newer),
    ])
    let told = Self.findings("D05", in: report).map(\.message.chinese)
    #expect(told.count == 1)
    let words = ["分月", "互补", "疑为增量"].filter { word in told.contains { $0.contains(word) } }
    #expect(words == (word.isEmpty ? [] : [word]))
  }

  @Test("a list with a line for each unit is as many forms, each at its line")
  func list() throws {
    let report = try Self.check([
      "收集表.csv": """
      序号,填报单位,活动场次线上,活动场次线下,覆盖人数线上,覆盖人数线下,媒体报道
      1,温县总工会,12,9,0.5,0.5,24
      2,武涉县总工会,13,8,0.6,0.4,25
      3,中原区总工会,1,2,0.1,0.2,3
      合计,,26,19,1.2,1.1,52

      """
    ])
    #expect(report.submissions.map(\.unit?.name) == ["温县总工会", "武陟县总工会", nil])
    #expect(report.submissions.map { $0.readings.first?.cell?.description } == ["C2", "C3", "C4"])
    #expect(Self.findings("D06", in: report).count == 1)
    #expect(Self.findings("H01", in: report).isEmpty)
  }

  @Test("the headings of a list may stand in two rows")
  func listWithTwoRowsOfHeadings() throws {
    let report = try Self.check([
      "收集表.csv": """
      单位,活动场次,,覆盖人数,,媒体报道
      ,线上,线下,线上,线下,
      温县总工会,12,9,0.5,0.5,24
      马村区,13,8,0.6,0.4,25

      """
    ])
    #expect(report.submissions.map(\.unit?.name) == ["温县总工会", "马村区总工会"])
    #expect(report.submissions.map { $0.readings.last?.cell?.description } == ["F3", "F4"])
    #expect(Self.findings("F05", in: report).isEmpty)
  }
}
