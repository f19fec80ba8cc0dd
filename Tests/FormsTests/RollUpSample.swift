import Foundation
import Testing
import XLSX

@testable import Forms

/// A province of three cities on the forms of ``ConsolidateSample``, and its cities' workbooks. 甲市 has two counties and a
/// 教育工会; 乙市 a county and a 教育工会; 丙市 sends nothing.
enum RollUpSample {
  static let folder = "收件"

  static func campaign(_ office: String, _ units: [ReportingUnit], outside: [String] = []) -> Campaign {
    var forms = [ConsolidateSample.outreach, ConsolidateSample.campus]
    for index in forms.indices { forms[index].dueFrom = units.map(\.code).filter { !outside.contains($0) } }
    return Campaign(
      id: "test-2024", title: "文化活动进基层", office: office, year: 2024, units: units, forms: forms,
      outsideUnits: outside)
  }

  /// A city with units of these names, and itself as a unit outside the list.
  static func city(_ name: String, _ units: [String]) -> Campaign {
    campaign(
      name, [ReportingUnit(code: "0", name: name)] + units.map { ReportingUnit(code: $0, name: $0) },
      outside: ["0"])
  }

  static let first = city("甲市总工会", ["子县总工会", "丑县总工会", "教育工会"])
  static let second = city("乙市总工会", ["寅县总工会", "教育工会"])

  /// The province, which lists its cities and nothing else.
  static let province = campaign(
    "某省总工会", ["甲市总工会", "乙市总工会", "丙市总工会"].map { ReportingUnit(code: $0, name: $0) })

  /// 附件2 of a unit: every 场次 is `events`, every 参加人数 a hundred times that.
  static func form(
    _ unit: String, in campaign: Campaign, events: Int, file: String? = nil, filledOn: String = "2024-11-18"
  ) throws -> Submission {
    let unit = try #require(campaign.unit(named: unit))
    let kind = [events, events, 2 * events, 100 * events, 100 * events, 200 * events].map(String.init)
    return ConsolidateSample.submission(
      ConsolidateSample.outreach, of: unit, file: file ?? "收件/\(unit.name).xlsx", filledOn: filledOn,
      figures: kind + kind)
  }

  /// The bytes of the workbook that an office makes of forms.
  static func workbook(_ campaign: Campaign, _ forms: [Submission], asOf: String = "2024-12-01") throws
    -> [UInt8]
  {
    var report = CheckReport(campaign: campaign.id, asOf: ConsolidateSample.date(asOf))
    report.submissions = forms
    report.files = Set(forms.map(\.file)).sorted().map { ConsolidateSample.file($0) }
    return try Consolidation(report: report, campaign: campaign).workbook().serialized()
  }

  static func firstCity(_ events: [Int] = [1, 2, 3]) throws -> [UInt8] {
    try workbook(
      first,
      zip(["子县总工会", "丑县总工会", "教育工会"], events).map { try form($0, in: first, events: $1) })
  }

  /// 教育工会 and the city's own 4 events; 寅县 is missing.
  static func secondCity() throws -> [UInt8] {
    try workbook(
      second,
      [form("教育工会", in: second, events: 10), form("乙市总工会", in: second, events: 4)])
  }

  /// Reads and judges files by name.
  static func check(_ files: KeyValuePairs<String, [UInt8]>, campaign: Campaign) throws -> CheckReport {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for (name, bytes) in files { try Data(bytes).write(to: folder.url.appendingPathComponent(name)) }
    var report = try CheckRun.check(
      paths: [folder.url.path], campaign: campaign, asOf: ConsolidateSample.date("2024-12-05"))
    // The folder's name is different in every run.
    for index in report.submissions.indices {
      report.submissions[index].file = name(report.submissions[index].file)
    }
    for index in report.files.indices { report.files[index].file = name(report.files[index].file) }
    return report
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// 送文艺 场次 线下 of the lines of a consolidation, by unit.
  static func events(_ form: FormConsolidation) -> [String: Decimal] {
    Dictionary(
      uniqueKeysWithValues: form.units.compactMap { line in
        line.figures["送文艺/场次/线下"].map { (line.unit.name, $0) }
      })
  }
}
