import Foundation
import Testing

@testable import Forms

@Suite struct ConsolidateModelTests {
  let result = Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)

  @Test("Totals add up reported parts, never typed totals; a blank adds nothing and is not zero")
  func totals() throws {
    let outreach = try #require(result.form("outreach"))
    // 甲 3, 乙 blank, 市总本级 1; 甲 12, 乙 8, 市总本级 4. 乙 typed 9 as its total, which counts nowhere.
    #expect(outreach.totals["送文艺/场次/线上"] == 4)
    #expect(outreach.totals["送文艺/场次/线下"] == 24)
    #expect(outreach.totals["送文艺/场次/合计"] == 28)
    let second = try #require(outreach.units.first { $0.unit.code == "T2" })
    #expect(second.figures["送文艺/场次/线上"] == nil)
    #expect(second.figures["送文艺/场次/合计"] == 8)
    #expect(second.doubtful == ["送文艺/场次/线上": .error])
  }

  @Test("A field that nobody reported has no total, not 0")
  func blankTotal() throws {
    let campus = try #require(result.form("campus"))
    #expect(campus.totals["覆盖人数/线上"] == Decimal(string: "0.62"))
    #expect(campus.totals["媒体报道"] == 2)
    var report = ConsolidateSample.report
    report.submissions.removeAll { $0.file == "收件/丙.xlsx" }
    let without = Consolidation(report: report, campaign: ConsolidateSample.campaign)
    #expect(without.form("campus")?.totals["媒体报道"] == nil)
    let json = without.json(language: .chinese)
    #expect(json["forms"]?["campus"]?["totals"]?["媒体报道"] == .null)
  }

  @Test("The office's own figures count in the totals, outside the n units and the targets")
  func outside() throws {
    let outreach = try #require(result.form("outreach"))
    #expect(outreach.units.map(\.unit.name) == ["甲县总工会", "乙县总工会", "丙区总工会", "某市总工会"])
    #expect(outreach.reported == 2)
    #expect(outreach.expected == 3)
    #expect(outreach.missing.map(\.name) == ["丙区总工会"])
    let own = try #require(outreach.units.last)
    #expect(own.standing == .outside)
    #expect(own.target == nil)
    #expect(own.rate == nil)
    // 甲 21 + 乙 11; 市总本级's 5 stay outside the targets.
    #expect(outreach.completed == 32)
  }

  @Test("Targets are met in their own unit: 万人次 become 人次, exactly")
  func completion() throws {
    let first = try #require(result.form("outreach")?.units.first)
    #expect(first.target == 20)
    #expect(first.completed == 21)
    #expect(first.rate == Decimal(string: "1.05"))
    let campus = try #require(result.form("campus"))
    #expect(campus.units[0].completed == 10000)
    #expect(campus.units[0].rate == 1)
    // Reported without a target: counted, no rate.
    #expect(campus.units[2].completed == 2000)
    #expect(campus.units[2].target == nil)
    #expect(campus.units[2].rate == nil)
    #expect(campus.completed == 10000)
  }

  @Test("A superseded form is not counted")
  func superseded() throws {
    var report = ConsolidateSample.report
    var older = ConsolidateSample.submission(
      ConsolidateSample.outreach, of: ConsolidateSample.units[0], file: "收件/甲（旧）.xlsx",
      figures: Array(repeating: "1000", count: 12))
    older.isSuperseded = true
    report.submissions.insert(older, at: 0)
    let again = Consolidation(report: report, campaign: ConsolidateSample.campaign)
    #expect(again.form("outreach")?.totals == result.form("outreach")?.totals)
  }

  @Test("A form of an unknown unit is counted nowhere, and that is said")
  func unknownUnit() throws {
    var report = ConsolidateSample.report
    report.submissions[3].unit = nil
    let again = try #require(
      Consolidation(report: report, campaign: ConsolidateSample.campaign).form("outreach"))
    #expect(again.totals["送文艺/场次/线上"] == 1)
    #expect(again.standLine(asOf: report.asOf).hasSuffix("未报：甲县总工会、丙区总工会；另有1份表填报单位不明，未计入。"))
  }

  @Test("merge --format json lists totals, and the units that reported")
  func json() throws {
    let json = result.json(language: .chinese)
    let outreach = try #require(json["forms"]?["outreach"])
    #expect(outreach["reported"] == 2)
    #expect(outreach["expected"] == 3)
    #expect(outreach["totals"]?["送电影/参加人数/合计"] == 400)
    let units = try #require(outreach["units"]?.elements)
    #expect(units.map { $0["unit"] } == ["甲县总工会", "乙县总工会", "某市总工会"])
    #expect(units[0].serialised().hasSuffix(#""target":20,"completed":21,"rate":1.05}"#))
    #expect(units[1]["values"]?["送文艺/场次/线上"] == .null)
    let rules = try #require(json["findings"]?.elements).map { $0["rule"] }
    #expect(rules == ["H01", "T02", "D03", "D02", "D02"])
    #expect(json["findings"]?.elements?[0]["unit"] == "乙县总工会")
  }

  @Test("status says who reported, who is late, who is missing, per form")
  func status() throws {
    let json = result.statusJSON(language: .chinese)
    let campus = try #require(json["forms"]?["campus"])
    #expect(campus["late"] == 1)
    #expect(campus["missing"] == 1)
    #expect(campus["units"]?.elements?.first?["daysLate"] == 2)
    #expect(campus["units"]?.elements?[1]["state"] == "missing")
    let text = result.statusText(language: .chinese)
    #expect(text.contains("甲县总工会  已报 2024-11-18  逾期2天报送 2024-12-02     0     0"))
    #expect(text.contains("附件2：已报2/3，截止2024-11-20；未报：丙区总工会"))
  }
}
