import Forms
import Foundation
import Testing
import XLSX

/// A blank form goes out, is filled in, and comes back: the checker reads it as what it is.
@Suite("A blank form that comes back")
struct TemplateRoundTripTests {
  let campaign: Campaign
  let asOf = CalendarDate(iso: "2024-11-15") ?? .epoch

  init() throws { campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")) }

  /// Checks the form of a unit after `fill` has put something into its cells.
  private func returned(
    _ label: String, unit: String?, _ fill: (Worksheet) -> Void
  ) throws -> (submission: Submission, findings: [Finding]) {
    let form = try #require(campaign.form(label))
    let unit = try unit.map { try #require(campaign.unit(named: $0)) }
    let book = try BlankForm.workbook(for: form, campaign: campaign, unit: unit)
    fill(try book.sheet(named: label))
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try book.save(to: folder.url.appendingPathComponent("来件.xlsx"))
    let report = try CheckRun.check(paths: [folder.url.path], campaign: campaign, asOf: asOf)
    let submission = try #require(report.submissions.first)
    return (submission, submission.findings)
  }

  private func fillHead(_ sheet: Worksheet, _ cells: [CellReference], unit: String? = nil) {
    if let unit { sheet[cells[0]] = .text(unit) }
    // What Excel makes of a typed 2024-11-12.
    sheet[cells[1]] = 45_608
    sheet[cells[2]] = "张静"
    sheet[cells[3]] = "13839112345"
  }

  @Test("附件2 filled in properly has every figure and nothing to complain of")
  func cultureOutreach() throws {
    let (submission, findings) = try returned("附件2", unit: "沁阳市总工会") { sheet in
      fillHead(sheet, ["C3", "B4", "B16", "B17"])
      for row in stride(from: 6, through: 14, by: 2) {
        sheet[CellReference(row: row, column: 3)] = 2
        sheet[CellReference(row: row, column: 4)] = 12
        sheet[CellReference(row: row + 1, column: 3)] = 200
        sheet[CellReference(row: row + 1, column: 4)] = 1200
        for (row, total) in [(row, 14.0), (row + 1, 1400)] {
          let cell = CellReference(row: row, column: 5)
          if let formula = sheet[cell].formula { sheet[cell] = .formula(formula, cached: .number(total)) }
        }
      }
    }
    #expect(submission.unit?.code == "JZ01" && submission.filledOn?.description == "2024-11-12")
    #expect(submission.filledBy == "张静" && submission.phone == "13839112345")
    #expect(submission.figure("送培训/参加人数/线下") == 1200 && submission.figure("送文艺/场次/合计") == 14)
    #expect(submission.readings.allSatisfy { $0.figure != nil })
    #expect(findings.filter { $0.severity != .info }.map(\.rule) == [])
  }

  @Test("附件4 on a generic blank form is read by its headings and the unit that was typed in")
  func modelWorkerCampus() throws {
    let (submission, findings) = try returned("附件4", unit: nil) { sheet in
      fillHead(sheet, ["B3", "B4", "B8", "B9"], unit: "教育工会")
      sheet["A7"] = 3
      sheet["B7"] = 5
      sheet["C7"] = 0.57
      sheet["D7"] = 0.5
      sheet["E7"] = 4
    }
    #expect(submission.unit?.code == "JZ15" && submission.filledBy == "张静")
    #expect(submission.figure("覆盖人数/线上")?.description == "0.57" && submission.figure("媒体报道") == 4)
    #expect(findings.filter { $0.severity != .info }.map(\.rule) == [])
  }

  @Test("a form that comes back blank reports nothing: its empty totals are no zeros")
  func blank() throws {
    let (submission, findings) = try returned("附件2", unit: "温县总工会") { _ in }
    #expect(submission.unit?.name == "温县总工会")
    #expect(submission.readings.allSatisfy { $0.state == .blank })
    #expect(findings.contains { $0.rule == "D04" } && !findings.contains { $0.rule == "T05" })
  }

  @Test("one part left blank leaves its total blank too, and only the blank is told")
  func onePartBlank() throws {
    let (submission, findings) = try returned("附件2", unit: "温县总工会") { sheet in
      fillHead(sheet, ["C3", "B4", "B16", "B17"])
      for row in 6...15 {
        for column in 3...4 where (row, column) != (8, 3) {
          sheet[CellReference(row: row, column: column)] = row.isMultiple(of: 2) ? 6 : 300
        }
        let cell = CellReference(row: row, column: 5)
        if row != 8, let formula = sheet[cell].formula {
          sheet[cell] = .formula(formula, cached: row.isMultiple(of: 2) ? 12 : 600)
        }
      }
    }
    #expect(submission.reading("送电影/场次/线上")?.state == .blank)
    #expect(submission.reading("送电影/场次/合计")?.state == .blank)
    #expect(findings.contains { $0.rule == "C04" && $0.field == "送电影/场次/线上" })
    #expect(!findings.contains { ["T02", "T03", "T05"].contains($0.rule) })
  }
}
