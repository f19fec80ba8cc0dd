import Foundation
import Testing
import XLSX

@testable import Forms

/// An inbox that is checked in parts, its lines put together again.
@Suite struct CheckedLineTests {
  private static let examples = ConsolidatePlanTests.example.deletingLastPathComponent()
  private let campaign: Campaign
  private let asOf = ConsolidateSample.date("2024-12-05")
  private let inbox: String
  private let folder: URL

  init() throws {
    campaign = try Campaign.load("jiaozuo-2024", workingDirectory: FileManager.default.temporaryDirectory)
    inbox = Self.examples.appendingPathComponent("收件").path
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("lines-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func lines(_ paths: [String], resuming: String? = nil) throws -> (
    bytes: [UInt8], summary: CheckRun.LineSummary
  ) {
    let bytes = Bytes()
    let summary = try CheckRun.writeLines(
      paths: paths, inbox: inbox, campaign: campaign, asOf: asOf, language: .chinese, resuming: resuming
    ) { bytes.all += $0 }
    return (bytes.all, summary)
  }

  private final class Bytes {
    var all: [UInt8] = []
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  private func text(_ paths: [String]) throws -> String {
    var options = CheckRun.Options()
    options.takesCheckedLines = true
    let report = try CheckRun.check(paths: paths, campaign: campaign, asOf: asOf, options: options)
    return report.json(campaign: campaign, language: .chinese).serialised()
      + Consolidation(report: report, campaign: campaign).json(language: .chinese).serialised()
  }

  private var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: inbox).sorted().map { inbox + "/" + $0 }
    }
  }

  @Test("Every other file in another part, the lines backwards: the same report as of the folder")
  func parts() throws {
    let files = try files
    var parts: [String] = []
    for rest in 0..<3 {
      let part = files.indices.filter { $0 % 3 == rest }.map { files[$0] }
      let bytes = try lines(part).bytes
      let backwards = bytes.split(separator: UInt8(ascii: "\n")).reversed().joined(separator: [
        UInt8(ascii: "\n")
      ])
      parts.append(try file("\(rest).jsonl", Array(backwards)))
    }
    #expect(try text(parts.reversed()) == text([inbox]))
  }

  @Test("A run that was broken off is gone on with, and is not merged before it is whole")
  func interrupted() throws {
    let whole = try lines([inbox])
    #expect(whole.summary.finishedBefore == 0)
    let half = try file("half.jsonl", Array(whole.bytes.prefix(whole.bytes.count / 2)))
    #expect(throws: FormsError.self) { try text([half]) }
    let rest = try lines([inbox], resuming: half)
    #expect(rest.summary.finishedBefore > 0 && rest.summary.finishedBefore < rest.summary.files)
    #expect(try text([file("rest.jsonl", rest.bytes)]) == text([inbox]))
    let again = try lines([inbox], resuming: file("done.jsonl", whole.bytes))
    #expect(again.summary.finishedBefore == again.summary.files)
    #expect(again.bytes == whole.bytes)
  }

  @Test("A line that is lost, damaged or of another campaign is told, never passed over")
  func lost() throws {
    let bytes = try lines([inbox]).bytes
    let all = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    func with(_ lines: [[UInt8]]) throws -> String {
      try file("\(UUID()).jsonl", Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    }
    for record in ["submission", "file", "run"] {
      let mark = Array("{\"record\":\"\(record)\"".utf8)
      let place = try #require(all.firstIndex { $0.starts(with: mark) })
      var without = all
      without.remove(at: place)
      #expect(throws: FormsError.self, "\(record)") { try text([with(without)]) }
      var cut = all
      cut[place] = Array(cut[place].prefix(cut[place].count / 2))
      #expect(throws: FormsError.self, "\(record)") { try text([with(cut)]) }
    }
    var other = campaign
    other.fingerprint = "0"
    var options = CheckRun.Options()
    options.takesCheckedLines = true
    #expect(throws: FormsError.self) {
      try CheckRun.check(paths: [with(all)], campaign: other, asOf: asOf, options: options)
    }
  }

  @Test("All that is read of a form goes through its line and back")
  func submissions() throws {
    let report = try CheckRun.check(paths: [inbox], campaign: campaign, asOf: asOf)
    #expect(!report.submissions.isEmpty)
    for submission in report.submissions {
      let bytes = try JSONEncoder().encode(submission)
      let back = try JSONDecoder().decode(Submission.self, from: bytes)
      #expect(back.readings == submission.readings)
      #expect(back.head == submission.head)
      #expect(back.shape == submission.shape)
      #expect(back.unit == submission.unit && back.unitSource == submission.unitSource)
      #expect(back.findings == submission.findings)
      #expect(back.derived == submission.derived)
    }
  }

  @Test(
    "Figures keep every digit on their way through a line",
    arguments: ["0.57", "-0.1", "12345678901234567890.123456789", "0", "110000", "0.000000001"])
  func digits(_ text: String) throws {
    let figure = try #require(Decimal(string: text))
    var submission = Submission(file: "a", sheet: "b", form: "c")
    submission.readings = [Reading(field: "x", cell: "C6", raw: text, state: .figure(figure))]
    let finding = Finding(
      rule: "T01", severity: .error, message: LocalizedText(zh: "", en: ""), found: .figure(figure),
      expected: figure)
    submission.findings = [finding]
    let back = try JSONDecoder().decode(Submission.self, from: JSONEncoder().encode(submission))
    #expect(back.readings == submission.readings)
    #expect(back.findings == submission.findings)
  }

  @Test("Packed figures of a workbook from below are unpacked as they were")
  func packed() {
    let keys: [FieldKey] = ["甲/线上", "甲/线下", "甲/合计", "乙", "丙"]
    var submission = Submission(file: "省.xlsx", sheet: "附件2分单位", form: "outreach")
    let states: [Reading.State] = [
      .figure(12), .figure(Decimal(string: "-0.0571") ?? 0), .blank, .unreadable, .missing,
    ]
    submission.readings = zip(keys, states).enumerated().map { place, pair in
      Reading(
        field: pair.0, cell: place == 4 ? nil : CellReference(row: 60_000, column: 4 + place),
        raw: ["12", "-0.0571", "", "约三场", ""][place], state: pair.1)
    }
    submission.origins = [
      "甲/线上": FigureOrigin(file: "收件/甲.xlsx", sheet: "Sheet1", cell: "C6", raw: "１２场"),
      "甲/线下": FigureOrigin(file: "收件/乙.xlsx", sheet: "表", cell: nil, raw: "-0.0571"),
    ]
    var packed = submission
    packed.pack(keys: keys)
    #expect(packed.readings == submission.readings)
    #expect(packed.origins == submission.origins)
    packed.readings[0].raw = "13"
    #expect(packed.readings[0].raw == "13" && packed.origins == submission.origins)
  }
}
