import Foundation
import XLSX

/// L04: the same key in the lists of two units.
extension ReportJudge {
  /// Where a key was seen first.
  private struct Place {
    var submission: Int32
    var line: Int32
  }

  /// A finding for each key that a later unit reports again, as far as anyone would read on; how many more there are is told.
  private static let mostFindings = 1_000

  /// - Complexity: O(lines)
  mutating func judgeSharedKeys() {
    for form in campaign.forms {
      guard let list = form.list, !list.key.isEmpty, let plan = engine.plans[form.id] else { continue }
      let fields = list.key.compactMap { key in plan.fields.firstIndex { $0.key == key } }
      let owners = report.submissions.indices.filter {
        report.submissions[$0].form == form.id && report.submissions[$0].isUsable
      }
      guard owners.count > 1, !fields.isEmpty else { continue }
      judgeSharedKeys(of: form, fields: fields, among: owners)
    }
  }

  private mutating func judgeSharedKeys(of form: FormDefinition, fields: [Int], among owners: [Int]) {
    var places: [UInt64: Place] = [:]
    places.reserveCapacity(owners.reduce(0) { $0 + (report.submissions[$1].list?.lines.count ?? 0) })
    var told: Set<UInt64> = []
    for owner in owners {
      guard let lines = report.submissions[owner].list?.lines else { continue }
      let wanted = lines.mask(fields)
      for line in 0..<lines.count {
        guard let key = ListKey(lines.states(line, of: wanted), fields: fields) else { continue }
        guard let first = places[key.hash] else {
          places[key.hash] = Place(submission: Int32(clamping: owner), line: Int32(clamping: line))
          continue
        }
        let other = Int(first.submission)
        guard other != owner, report.submissions[other].unit?.code != report.submissions[owner].unit?.code,
          let otherLines = report.submissions[other].list?.lines,
          ListKey(otherLines.states(Int(first.line)), fields: fields)?.text == key.text,
          told.insert(key.hash).inserted, told.count <= Self.mostFindings
        else { continue }
        tell(
          key.text, of: form, fields: fields, owner: owner, line: line, other: other,
          otherLine: Int(first.line))
      }
    }
    guard told.count > Self.mostFindings else { return }
    report.findings.append(
      RuleCatalogue.finding(
        "L04", "more", form: form.id, settings: form.rules,
        ["form": MessageValue(form.label), "n": MessageValue(told.count - Self.mostFindings)]))
  }

  private mutating func tell(
    _ key: String, of form: FormDefinition, fields: [Int], owner: Int, line: Int, other: Int, otherLine: Int
  ) {
    let submission = report.submissions[owner]
    guard let lines = submission.list?.lines, let otherLines = report.submissions[other].list?.lines else {
      return
    }
    func place(_ lines: ListLines, _ line: Int) -> MessageValue {
      MessageValue(LocalizedText(zh: "第\(lines.row(line))行", en: "line \(lines.row(line))"))
    }
    var finding = RuleCatalogue.finding(
      "L04", file: submission.file, form: form.id, unit: submission.unit?.name, settings: form.rules,
      [
        "fields": MessageValue(
          fields.map { form.fields[$0].key.path.joined(separator: " ") }.joined(separator: "、")),
        "value": MessageValue(key), "form": MessageValue(form.label),
        "unit": MessageValue(submission.unit?.name ?? ""), "place": place(lines, line),
        "other": MessageValue(report.submissions[other].unit?.name ?? ""),
        "otherPlace": place(otherLines, otherLine),
      ])
    finding.sheet = lines.sheet(of: line) ?? submission.sheet
    finding.row = lines.row(line)
    finding.cell = lines.cell(line, fields[0])
    finding.field = form.fields[fields[0]].key
    report.submissions[owner].findings.append(finding)
  }
}
