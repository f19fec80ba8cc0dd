import Foundation
import Testing
import XLSX

@testable import Forms

/// `Examples/劳模培训`: a list of people from five units, with the mistakes that such lists have.
@Suite struct TraineeListTests {
  private static let example = ConsolidatePlanTests.example.deletingLastPathComponent()
    .appendingPathComponent("劳模培训")

  private static func merged() throws -> Consolidation {
    let campaign = try Campaign.load(example.path, workingDirectory: example)
    let asOf = try #require(CalendarDate(iso: "2025-10-10"))
    let inbox = example.appendingPathComponent("收件").path
    return Consolidation(
      report: try CheckRun.check(paths: [inbox], campaign: campaign, asOf: asOf), campaign: campaign)
  }

  @Test("Every mistake that was put in is told, and nothing else")
  func mistakes() throws {
    let report = try Self.merged().report
    let told = report.submissions.flatMap { submission in
      submission.findings.filter { $0.severity != .info }.map {
        "\(submission.unit?.name ?? "") \($0.rule) \($0.cell?.description ?? "")"
      }
    }
    #expect(
      Set(told) == [
        "白水县总工会 L06 D10", "白水县总工会 L04 D8", "白水县总工会 Z01 I11", "临江区总工会 L02 F8", "临江区总工会 L01 B12",
        "临江区总工会 L03 D16", "临江区总工会 L05 H19", "南塘区总工会 L05 K11", "机械冶金工会 Z02 F4", "机械冶金工会 D01 E2",
      ])
    // 第2行 of 临江区: one character is another's look-alike.
    let choice = report.submissions.flatMap(\.findings).first { $0.rule == "L02" }
    #expect(choice?.message.chinese.contains("可能是：省级劳动模范") == true)
  }

  @Test("36 people cost 55,640 yuan; the report says so, and how many of them are in doubt")
  func report() throws {
    let merged = try Self.merged()
    #expect(merged.forms[0].listSums?.rows == 36)
    func text(_ language: Language) throws -> String {
      let bytes = try merged.wordReport(language: language)
      let grids = try WordGridReader().read(bytes, format: .docx, limits: .default).grids
      return grids.flatMap {
        $0.cells.values.compactMap { if case .text(let text) = $0.value { text } else { nil } }
      }
      .joined(separator: "\n")
    }
    let chinese = try text(.chinese)
    // A number with two digits changed about, and a line that is there twice.
    #expect(chinese.contains("共报送36人（含待更正；不含 34人）"))
    #expect(chinese.contains("培训经费小计55640元"))
    #expect(chinese.contains("按荣誉称号：全国劳动模范3人"))
    #expect(chinese.contains("白水县总工会5人（含待更正；不含 4人）"))
    // English names come from the campaign.
    let english = try text(.english)
    #expect(english.contains("Annex 1 (Trainees, model workers and craftsmen, 2025)"))
    #expect(english.contains("Reported: 36 trainees") && english.contains("Baishui 5 trainees"))
    #expect(!english.contains("学员名册") && !english.contains("总工会"))
  }

  @Test("An English name for what the campaign does not have is refused, with the line")
  func unknownName() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for name in ["campaign.yaml", "trainees.yaml"] {
      var text = try String(contentsOf: Self.example.appendingPathComponent(name), encoding: .utf8)
      text = text.replacing("  荣誉称号: Title", with: "  荣誉称好: Title")
      try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
    }
    let error = #expect(throws: FormsError.self) {
      try Campaign.load(folder.url.path, workingDirectory: folder.url)
    }
    #expect(error?.message.chinese.contains("荣誉称好") == true)
  }

  @Test("On the blank list an id has room for 18 digits, and the list fills its page")
  func widths() throws {
    let campaign = try Campaign.load(Self.example.path, workingDirectory: Self.example)
    let widths = FormGeometry(campaign.forms[0]).columnWidths
    #expect(widths.count == 14)
    // 序号, 姓名, 性别, 身份证号
    #expect(widths[3] > 18 && widths[0] < 8 && widths[2] < 8)
  }
}
