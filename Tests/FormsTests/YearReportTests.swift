import Foundation
import Testing
import XLSX

@testable import Forms

/// `merge --docx`: the year-end report, read back by the reader that reads the units' Word documents.
@Suite struct YearReportTests {
  private static func lines(_ language: Language, previous: PreviousFigures? = nil) throws -> [String] {
    let report = Consolidation(
      report: ConsolidateSample.report, campaign: ConsolidateSample.campaign, previous: previous)
    let bytes = try report.wordReport(language: language)
    let book = try WordGridReader().read(bytes, format: .docx, limits: .default)
    return book.grids.flatMap { grid in
      grid.cells.sorted { $0.key < $1.key }.compactMap { cell -> String? in
        switch cell.value.value {
        case .text(let text): text
        case .number(let number): number.plainText
        default: nil
        }
      }
    }
  }

  private static var previous: PreviousFigures {
    var previous = PreviousFigures(file: "2023.xlsx")
    previous[form: "outreach", unit: "T1"] = ["送文艺/场次/线上": 10, "送电影/场次/线下": 4]
    return previous
  }

  @Test("Units that are missing are named, and the sum is the workbook's: 甲县 15+6 of 20, 105.0 %")
  func figures() throws {
    let lines = try Self.lines(.chinese)
    let text = lines.joined(separator: "\n")
    #expect(text.contains("应报3个单位，已报2个"))
    #expect(text.contains("未报1个：丙区总工会"))
    #expect(text.contains("甲县总工会（105.0%）"))
    #expect(text.contains("一、报送情况"))
    #expect(text.contains("某市总工会"))
  }

  @Test(
    "Without last year's workbook nothing is said of last year; with it 甲县's 21 stand beside 14: 50.0 % more")
  func lastYear() throws {
    #expect(!(try Self.lines(.chinese)).contains { $0.contains("上年") })
    let text = try Self.lines(.chinese, previous: Self.previous).joined(separator: "\n")
    #expect(text.contains("上年完成14场，本年完成21场，增加7场，增长50.0%"))
    let english = try Self.lines(.english, previous: Self.previous).joined(separator: "\n")
    #expect(english.contains("14 场 last year, 21 场 this year, 7 场 more (up 50.0%)"))
  }

  @Test("In English no sentence is Chinese")
  func english() throws {
    let text = try Self.lines(.english).joined(separator: "\n")
    #expect(text.contains("2 of 3 units have reported"))
    for word in ["截至", "应报", "已报", "未报", "超额", "经审核"] { #expect(!text.contains(word), "\(word)") }
  }

  @Test("The same report gives the same bytes")
  func same() throws {
    let report = Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign)
    #expect(try report.wordReport(language: .chinese) == report.wordReport(language: .chinese))
  }

  @Test(
    "A sentence's brackets go where a blank in them is empty, the sentence where one outside is",
    arguments: [
      ("已报{reported}个[，逾期{late}个]。", ["reported": "15", "late": "2"], "已报15个，逾期2个。"),
      ("已报{reported}个[，逾期{late}个]。", ["reported": "15"], "已报15个。"),
      ("已报{reported}个[，逾期{late}个[（{names}）]]。", ["reported": "1", "late": "1"], "已报1个，逾期1个。"),
      ("已报{reported}个。", [:], nil),
    ] as [(String, [String: String], String?)])
  func sentences(_ template: String, _ values: [String: String], _ expected: String?) {
    #expect(SentenceTemplate(template).fill { values[$0] } == expected)
  }

  @Test(
    "A campaign cannot write a figure by hand, nor leave a bracket open, nor ask for what the form does not have",
    arguments: [
      ("exceeded: 超额完成的单位12个：{units}。", "不能直接写数字"), ("exceeded: \"超额[完成：{units}。\"", "不成对"),
      ("forms: {表1: \"共{送法律}\"}", "不认识的“{送法律}”"), ("forms: {附件9: \"共{sums}\"}", "没有“附件9”这张表"),
    ])
  func refused(_ line: String, _ message: String) throws {
    let wording = "id: river-2025\ncorrespondence:\n  report:\n    zh:\n      \(line)"
    do {
      _ = try CampaignSample.load(["id: river-2025": wording])
      Issue.record("taken: \(line)")
    } catch let error as FormsError {
      #expect(error.message.chinese.contains(message), "\(error.message.chinese)")
    }
  }
}
