import Foundation
import Testing

@testable import Forms

@Suite struct ReportJSONTests {
  @Test(
    "A number is printed with all its digits, never by way of binary floating point",
    arguments: [
      ("0", "0"), ("-0.57", "-0.57"), ("1.50", "1.5"), ("120", "120"), ("0.0001", "0.0001"),
      ("1e30", "1" + String(repeating: "0", count: 30)),
      ("12345678901234567890.123", "12345678901234567890.123"), ("100.00", "100"),
      ("1e-20", "0.00000000000000000001"),
    ])
  func plainNumbers(written: String, printed: String) throws {
    let number = try #require(Decimal(string: written))
    #expect(number.plainText == printed)
    #expect(JSONValue.number(number).serialised() == printed)
  }

  @Test("Keys keep their order, and only what must be escaped is escaped")
  func order() {
    let value: JSONValue = [
      "z": 1, "a": ["文", nil, true], "引号": "\"\\\n\t\u{1}/", "empty": .object([]),
    ]
    #expect(value.serialised() == #"{"z":1,"a":["文",null,true],"引号":"\"\\\n\t\u0001/","empty":{}}"#)
  }
}

@Suite struct CheckReportTests {
  let report = ConsolidateSample.report
  let campaign = ConsolidateSample.campaign

  @Test("check --format json has the contract's keys in the contract's order")
  func keys() throws {
    let json = report.json(campaign: campaign, language: .chinese)
    #expect(keys(of: json) == ["campaign", "asOf", "files", "submissions", "findings", "summary"])
    let submission = try #require(json["submissions"]?.elements?.first)
    #expect(
      keys(of: submission) == [
        "file", "sheet", "form", "unit", "unitAsWritten", "filledOn", "filledBy", "phone", "values", "cells",
        "derived", "findings",
      ])
    #expect(
      keys(of: try #require(submission["values"])) == ConsolidateSample.outreach.fields.map(\.key.rawValue))
    #expect(submission["values"]?["送文艺/场次/线上"] == .null)
    #expect(submission["values"]?["送文艺/场次/线下"] == 8)
    #expect(submission["derived"] == ["送文艺/场次/线上": 1])
    #expect(submission["cells"]?["送文艺/场次/线下"] == "D6")
  }

  @Test("A report of many submissions is written piece by piece as it is written whole")
  func pieces() {
    var large = report
    large.submissions = (0..<2_500).map { number in
      var submission = report.submissions[number % report.submissions.count]
      submission.file = "收件/\(number).xlsx"
      return submission
    }
    var bytes: [UInt8] = []
    large.writeJSON(campaign: campaign, language: .chinese) { bytes += $0 }
    #expect(bytes == large.json(campaign: campaign, language: .chinese).utf8())
  }

  @Test("A submission's finding carries all its keys, null where there is nothing to say")
  func findingKeys() throws {
    let submission = try #require(
      report.json(campaign: campaign, language: .chinese)["submissions"]?.elements?.first)
    // The finding without a cell comes first: findings go by sheet, row, column, rule.
    let findings = try #require(submission["findings"]?.elements)
    #expect(findings.map { $0["rule"] } == ["H01", "T02"])
    #expect(
      findings[1].serialised()
        == #"{"rule":"T02","severity":"error","sheet":"Sheet1","cell":"C6","field":"送文艺/场次/线上","#
        + #""message":"C6未填，按合计推算为1，请确认","found":null,"expected":1,"#
        + #""candidates":[{"field":"送文艺/场次/线上","value":1,"why":"deduced"}]}"#)
  }

  @Test(
    "What is wrong with a whole file stands at the top level with the file's name, like what no file shows")
  func topLevelFindings() throws {
    let json = report.json(campaign: campaign, language: .english)
    let findings = try #require(json["findings"]?.elements)
    #expect(findings.map { $0["rule"] } == ["D03", "D02", "D02"])
    #expect(findings[0]["file"] == "收件/扫描.pdf")
    #expect(
      findings[1].serialised()
        == #"{"rule":"D02","severity":"error","form":"outreach","unit":"丙区总工会","message":"丙区总工会 has not sent 附件2"}"#
    )
    #expect(
      json["summary"]?.serialised() == #"{"files":5,"submissions":5,"errors":4,"warnings":1,"infos":0}"#)
  }

  @Test("The text groups findings by file and lines up Chinese columns")
  func text() {
    let text = report.text(campaign: campaign, language: .chinese)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "文化活动进基层（截至2024-12-05）")
    #expect(lines.contains("甲县总工会  附件2  2024-11-18     0     0     0  采用  收件/甲.xlsx"))
    #expect(lines.contains("  错误 T02  Sheet1!C6  C6未填，按合计推算为1，请确认"))
    #expect(lines.contains("      → 送文艺/场次/线上＝1（按合计关系推算）"))
    #expect(lines.contains("  退回  收件/扫描.pdf  是PDF，需要电子表格"))
    #expect(lines.contains("共5个文件、5份表：错误4，核实1，提示0"))
    #expect(!text.contains("\u{1B}"))
    #expect(report.text(campaign: campaign, language: .chinese, usesColor: true).contains("\u{1B}[31m错误"))
  }

  private func keys(of value: JSONValue) -> [String] {
    if case .object(let members) = value { members.map(\.key) } else { [] }
  }
}
