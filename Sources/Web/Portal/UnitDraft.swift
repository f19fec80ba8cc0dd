import Forms
import Foundation
import XLSX

/// A file that a unit has handed in and not sent yet: checked by itself, seen by nobody else.
struct UnitDraft: Sendable {
  let id: String
  let name: String
  let hash: String
  let report: CheckReport
  let picture: SubmissionPicture?
  let items: [SheetContent.Item]

  static let folder = ".huizong/drafts"

  static func path(_ id: String) -> String { "\(folder)/\(id)" }

  /// Reads and judges a draft.
  ///
  /// - Returns: `nil` where there is none of that name, or it is another unit's.
  static func open(_ id: String, unit: ReportingUnit, campaign: Campaign, asOf: CalendarDate, sheet: String?)
    throws
    -> UnitDraft?
  {
    guard id.utf8.count == 32,
      id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      return nil
    }
    let place = "\(path(id))-\(unit.code)"
    guard let name = try? FileManager.default.contentsOfDirectory(atPath: place).first else { return nil }
    let path = place + "/" + name
    let report = try CheckRun.check(paths: [path], campaign: campaign, asOf: asOf)
    guard let file = report.files.first?.file else { return nil }
    var items: [SheetContent.Item] = []
    func add(_ finding: Finding, _ submission: Submission?) {
      items.append(
        SheetContent.Item(number: items.count, finding: finding, submission: submission, campaign: campaign))
    }
    for finding in report.files.flatMap(\.findings) { add(finding, nil) }
    for submission in report.submissions {
      for finding in submission.findings.gravestFirst() { add(finding, submission) }
    }
    var marks: [String: [CellReference: SheetPicture.Mark]] = [:]
    for item in items {
      guard let sheet = item.sheet, let cell = item.cell else { continue }
      var mark = marks[sheet]?[cell] ?? .init(severity: item.finding.severity, findings: [])
      mark.findings.append(item.number)
      marks[sheet, default: [:]][cell] = mark
    }
    let first = sheet ?? items.first { $0.sheet != nil }?.sheet ?? report.submissions.first?.sheet
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return UnitDraft(
      id: id, name: name, hash: try MessageDigest(.sha256).hash(Array(bytes)).hexadecimal, report: report,
      picture: try SubmissionPicture.open(file, in: [path], sheet: first, report: report, marks: marks),
      items: items)
  }

  /// Drafts that nobody has sent for two days.
  static func removeOld() {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = folder + "/" + name
      let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      if let changed, Date().timeIntervalSince(changed) > 2 * 86_400 { try? files.removeItem(atPath: path) }
    }
  }
}
