import Foundation
import Testing
import XLSX

@testable import Forms

/// `Examples/劳模培训`: a list of people in which an office corrects names, choices, days and ids.
@Suite("Corrections of what is no figure")
struct DecisionsWordTests {
  private static let example = ConsolidatePlanTests.example.deletingLastPathComponent()
    .appendingPathComponent("劳模培训")
  private static let file = example.appendingPathComponent("收件").path + "/临江区总工会学员名册.xlsx"
  private static let other = example.appendingPathComponent("收件").path + "/附件1-白水县.xlsx"

  private let campaign: Campaign
  private let folder: TemporaryFolder

  init() throws {
    campaign = try Campaign.load(Self.example.path, workingDirectory: Self.example)
    folder = try TemporaryFolder()
  }

  private var path: String { folder.url.appendingPathComponent("更正.xlsx").path }

  private func report(_ corrections: CorrectionList? = nil) throws -> CheckReport {
    var options = CheckRun.Options()
    options.corrections = corrections
    return try CheckRun.check(
      paths: [Self.example.appendingPathComponent("收件").path], campaign: campaign,
      asOf: #require(CalendarDate(iso: "2025-10-10")), options: options)
  }

  private func new(_ file: String, _ cell: String, _ old: String, _ new: String, isFigure: Bool = false)
    throws -> DecisionRegister.NewCorrection
  {
    let submission = try #require(try report().submissions.first { $0.file == file })
    var made = DecisionRegister.NewCorrection(
      file: file, sheet: submission.sheet, cell: cell, field: nil, old: old, new: new, officer: "李晓红",
      reason: "电话核实")
    made.isFigure = isFigure
    return made
  }

  /// Writes decisions as the page does and reads them as `merge` does.
  private func decided(_ wanted: [DecisionRegister.NewCorrection]) throws -> CheckReport {
    for one in wanted {
      try Data(DecisionRegister.adding([one], to: path, campaign: campaign).bytes)
        .write(to: URL(fileURLWithPath: path))
    }
    return try report(CorrectionList(path: path))
  }

  private func told(_ report: CheckReport, _ file: String) -> Set<String> {
    Set(
      report.submissions.filter { $0.file == file }.flatMap(\.findings).filter { $0.severity != .info }
        .map { "\($0.rule) \($0.cell?.description ?? "")" })
  }

  @Test("A choice, a name that is missing and an id are corrected, and the rules that asked fall silent")
  func corrected() throws {
    defer { folder.remove() }
    let before = try report()
    let choice = try #require(before.submissions.flatMap(\.findings).first { $0.rule == "L02" }?.found)
    guard case .text(let written) = choice else { return #expect(Bool(false)) }
    let id = try #require(
      before.submissions.first { $0.file == Self.other }?.list?.lines.lines(inRow: 10).first)
    let oldID = try #require(
      before.submissions.first { $0.file == Self.other }?.list?.lines.values(id)[3]?.text)
    let after = try decided([
      try new(Self.file, "F8", written, "省劳模"), try new(Self.file, "B12", "", "周海燕"),
      try new(Self.other, "D10", oldID, "440300 19700102 4523"),
    ])
    #expect(after.corrections?.map(\.refusal?.chinese) == [nil, nil, nil])
    // An alias counts under the choice's name, an id without its spaces.
    #expect(after.corrections?.map(\.new) == ["省级劳动模范", "周海燕", "440300197001024523"])
    #expect(told(before, Self.file).subtracting(told(after, Self.file)) == ["L02 F8", "L01 B12"])
    #expect(told(before, Self.other).subtracting(told(after, Self.other)) == ["L06 D10"])
    // The lines of all units carry it, and say what stood there.
    let merged = Consolidation(report: after, campaign: campaign)
    let output = folder.url.appendingPathComponent("汇总.xlsx")
    try merged.write(to: output.path)
    let book = try Workbook(contentsOf: output)
    let sheet = try book.sheet(named: "附件1明细")
    let last = try #require(sheet.usedRange)
    let rows = (4...last.last.row).map { row in
      last.columns.map { sheet[CellReference(row: row, column: $0)].text ?? "" }
    }
    #expect(sheet[CellReference(row: 3, column: last.last.column)].text == "更正")
    let line = try #require(rows.first { $0.contains("周海燕") })
    #expect(line.last == "姓名更正：原值空白，李晓红：电话核实")
    #expect(rows.contains { $0.contains("440300197001024523") })
    #expect(rows.contains { $0.last == "荣誉称号更正：原值\(written)，李晓红：电话核实" })
    #expect(rows.filter { $0.last?.isEmpty == false }.count == 3)
  }

  @Test(
    "What the field cannot hold is refused, with what it can",
    arguments: [
      ("F8", "劳动模凡", "全国劳动模范、省级劳动模范"), ("G8", "2025年6月", "缺日"), ("G8", "2024年6月3日", "不在本年度"),
      ("D8", "440300197001024525", "校验位"), ("M8", "138", "不是电话号码"), ("K8", "很多", "不是数字"),
    ])
  func refused(cell: String, value: String, words: String) throws {
    defer { folder.remove() }
    let submission = try #require(try report().submissions.first { $0.file == Self.file })
    let place = try #require(CellReference(cell))
    let old = try #require(
      submission.correctableFigures(at: place, sheet: submission.sheet, campaign: campaign).first?.old)
    let after = try decided([try new(Self.file, cell, old, value)])
    let refusal = try #require(after.corrections?.first?.refusal?.chinese)
    #expect(refusal.contains(words))
    #expect(after.submissions.first { $0.file == Self.file }?.list?.lines.corrections.isEmpty == true)
  }

  @Test("A day typed in Excel, where it is a number that looks like a day, is that day")
  func day() throws {
    defer { folder.remove() }
    let submission = try #require(try report().submissions.first { $0.file == Self.file })
    let place: CellReference = "G8"
    let old = try #require(
      submission.correctableFigures(at: place, sheet: submission.sheet, campaign: campaign).first?.old)
    try Data(
      DecisionRegister.adding([try new(Self.file, "G8", old, "x")], to: path, campaign: campaign).bytes
    ).write(to: URL(fileURLWithPath: path))
    let book = try Workbook(contentsOf: URL(fileURLWithPath: path))
    let sheet = try book.sheet(at: 0)
    let columns = (1...17).map { sheet[CellReference(row: 3, column: $0)].text ?? "" }
    let column = try #require(columns.firstIndex(of: "更正值")) + 1
    let cell = CellReference(row: 4, column: column)
    // 2025-06-03
    sheet[cell] = .number(45_811)
    var style = Style()
    style.numberFormat = NumberFormat("yyyy/m/d")
    sheet.setStyle(style, at: cell)
    try book.save(to: URL(fileURLWithPath: path))
    let after = try report(CorrectionList(path: path))
    #expect(after.corrections?.first?.refusal == nil)
    #expect(after.corrections?.first?.new == "2025-06-03")
  }

  @Test("The list of proposals has a row for each word in doubt, where words may be typed")
  func proposals() throws {
    defer { folder.remove() }
    try report().suggestions(campaign: campaign).save(to: URL(fileURLWithPath: path))
    let sheet = try Workbook(contentsOf: URL(fileURLWithPath: path)).sheet(at: 0)
    let columns = (1...17).map { sheet[CellReference(row: 3, column: $0)].text ?? "" }
    let rows = (4...(sheet.usedRange?.last.row ?? 4)).map { row in
      Dictionary(
        columns.enumerated().map {
          ($1, sheet[CellReference(row: row, column: $0 + 1)].text ?? "")
        }, uniquingKeysWith: { first, _ in first })
    }
    #expect(rows.contains { $0["单元格"] == "F8" && $0["建议值"] == "省级劳动模范" })
    #expect(rows.contains { $0["单元格"] == "B12" && $0["建议值"] == "" && $0["依据"] == "请向单位核实" })
    let value = try #require(columns.firstIndex(of: "更正值")) + 1
    for (offset, row) in rows.enumerated() where row["单元格"] == "F8" || row["单元格"] == "H19" {
      let cell = CellReference(row: offset + 4, column: value)
      let isGuarded = sheet.validations.contains { $0.ranges.contains { $0.contains(cell) } }
      #expect(isGuarded == (row["单元格"] == "H19"))
    }
  }

  @Test(
    "A share is read as a unit's own is: 85, 85 % and 0.85 are the same, and a cell that shows 120 % is more than a whole",
    arguments: [("85", "0.85"), ("85%", "0.85"), ("0.85", "0.85"), ("8.5", "0.085")])
  func share(typed: String, counts: String) throws {
    defer { folder.remove() }
    let place = Self.example.deletingLastPathComponent().appendingPathComponent("防汛物资")
    let flood = try Campaign.load(place.path, workingDirectory: place)
    let inbox = place.appendingPathComponent("收件").path
    func check(_ list: CorrectionList?) throws -> CheckReport {
      var options = CheckRun.Options()
      options.corrections = list
      return try CheckRun.check(
        paths: [inbox], campaign: flood, asOf: #require(CalendarDate(iso: "2025-06-30")), options: options)
    }
    let submission = try #require(try check(nil).submissions.first)
    let form = try #require(flood.form(submission.form))
    let column = try #require(submission.listCells(of: FieldKey(["完好率"]), in: form)).first
    let old = try #require(
      submission.correctableFigures(at: column, sheet: submission.sheet, campaign: flood).first
    ).old
    let new = DecisionRegister.NewCorrection(
      file: submission.file, sheet: submission.sheet, cell: column.description, field: "完好率", old: old,
      new: typed, officer: "李晓红", reason: "电话核实")
    try Data(DecisionRegister.adding([new], to: path, campaign: flood).bytes)
      .write(to: URL(fileURLWithPath: path))
    let after = try check(CorrectionList(path: path))
    #expect(after.corrections?.first?.refusal == nil)
    #expect(after.corrections?.first?.value?.description == counts)
  }

  @Test(
    "Who somebody is stays out of what is shown of a correction: in JSON, in a refusal, in a masked workbook")
  func masked() throws {
    defer { folder.remove() }
    let line = try #require(
      try report().submissions.first { $0.file == Self.other }?.list?.lines.lines(inRow: 10).first)
    let old = try #require(
      try report().submissions.first { $0.file == Self.other }?.list?.lines.values(line)[3]?.text)
    var wanted = try new(Self.other, "D10", old, "440300197001024523")
    wanted.reason = "本人电话13800138000告知"
    var after = try decided([wanted])
    let output = folder.url.appendingPathComponent("汇总.xlsx").path
    let merged = Consolidation(report: after, campaign: campaign)
    let json = merged.json(language: .chinese).serialised()
    #expect(!json.contains("440300197001024523") && !json.contains(old))
    #expect(json.contains("4403**********4523"))
    try merged.write(to: output, isMasked: true)
    let sheet = try Workbook(contentsOf: URL(fileURLWithPath: output)).sheet(named: "附件1明细")
    let texts = (4...40).compactMap {
      sheet[CellReference(row: $0, column: sheet.usedRange?.last.column ?? 1)].text
    }
    #expect(texts.contains { $0.contains("138****8000") && !$0.contains(old) })
    // A list that is out of date says so without the id.
    after = try decided([try new(Self.other, "D10", "440300197001024523", "440300197001024523")])
    let refusal = try #require(after.corrections?.first?.refusal?.chinese)
    #expect(refusal.contains("原值已不是") && !refusal.contains(old) && !refusal.contains("440300197001024523"))
  }
}
