import Foundation

extension RuleEngine {
  /// Applies the rules about all that came in together: which of several versions counts, who copied whom, who is
  /// missing, who sent only a scan; and gives every file its final state.
  ///
  /// Each submission is to be judged by itself before. Findings of superseded versions are dropped: nobody needs to
  /// correct them.
  ///
  /// - Complexity: O(submissions × pairs of figures × log submissions + files × names)
  public func judge(_ report: inout CheckReport) {
    var judge = ReportJudge(report: report, engine: self)
    // Held in one place, so that nothing is copied when it changes.
    report = CheckReport(campaign: report.campaign, asOf: report.asOf)
    judge.judge()
    report = judge.report
  }
}

extension Submission {
  /// Whether the submission counts: the latest version, of a unit that is known, with something filled in.
  public var isUsable: Bool {
    !isSuperseded && unit != nil && hasFigures
  }

  /// Whether anything is filled in.
  var hasFigures: Bool { !findings.contains { $0.rule == "D04" } }
}

/// Everything that came in, on its way through the rules that need to see it all.
struct ReportJudge {
  var report: CheckReport
  let engine: RuleEngine
  /// With the units that came from below.
  let campaign: Campaign
  let tree: UnitTree
  /// Who has replaced whom, by position among the submissions.
  var replacedBy: [Int: Int] = [:]

  /// A unit and a form.
  struct Obligation: Hashable {
    var form: String
    var unit: String
  }

  init(report: CheckReport, engine: RuleEngine) {
    self.report = report
    self.engine = engine
    campaign = engine.campaign.adding(report.below)
    tree = UnitTree(campaign)
  }

  mutating func judge() {
    judgeVersions()
    judgeCopies()
    judgeRollUps()
    setStates()
    judgeUnlikeness()
    judgeSharedKeys()
    judgeAcrossForms()
    let usable = Set(
      report.submissions.lazy.filter(\.isUsable).compactMap { submission in
        submission.unit.map { Obligation(form: submission.form, unit: $0.code) }
      })
    let scanned = judgeScans(usable: usable)
    judgeDocuments()
    nameRejected()
    judgeMissing(except: usable.union(scanned))
    for index in report.submissions.indices {
      report.submissions[index].findings = report.submissions[index].findings.inOrder()
    }
  }

  /// Says of files that cannot be used whose they are, where their names tell.
  private mutating func nameRejected() {
    for index in report.files.indices where report.files[index].state == .rejected {
      let file = report.files[index]
      guard file.findings.contains(where: { $0.unit == nil }) else { continue }
      let units = engine.register.find(inNameOf: file)
      let forms = campaign.forms.filter { Self.names($0, in: file.file) }
      for finding in file.findings.indices where file.findings[finding].unit == nil {
        if units.count == 1 { report.files[index].findings[finding].unit = units[0].name }
        if forms.count == 1, file.findings[finding].form == nil {
          report.files[index].findings[finding].form = forms[0].id
        }
      }
    }
  }

  /// D02: in the campaign's order. Where nothing came from an office it is told, and not each of its units; where only
  /// its own form came, that stands for its units.
  private mutating func judgeMissing(except told: Set<Obligation>) {
    for form in campaign.forms {
      let isClosed = engine.asOf > form.deadline
      let owing = RollUpLines(form: form, tree: tree, outside: campaign.outsideUnits) {
        told.contains(Obligation(form: form.id, unit: $0))
      }
      for line in owing.lines where line.isOwing && !line.hasReported {
        report.findings.append(
          RuleCatalogue.finding(
            "D02", severity: isClosed ? .error : .info, form: form.id, unit: line.unit.name,
            settings: form.rules,
            [
              "unit": MessageValue(line.unit.name), "form": MessageValue(form.label),
              "deadline": MessageValue(form.deadline),
            ]))
      }
    }
  }

  /// The positions of the submissions of each file, by the file's position.
  private func submissionsByFile() -> (Int) -> [Int] {
    // A run has both in the same order.
    var ranges: [Range<Int>] = []
    var next = 0
    for file in report.files {
      let start = next
      while next < report.submissions.count, report.submissions[next].file == file.file { next += 1 }
      ranges.append(start..<next)
    }
    if next == report.submissions.count { return { [ranges] in Array(ranges[$0]) } }
    let byName = Dictionary(grouping: report.submissions.indices, by: { report.submissions[$0].file })
    return { [files = report.files] in byName[files[$0].file] ?? [] }
  }

  /// The state of every file in which a form was found.
  private mutating func setStates() {
    let byFile = submissionsByFile()
    for index in report.files.indices {
      let found = byFile(index)
      guard !found.isEmpty else { continue }
      if found.contains(where: { report.submissions[$0].isUsable }) {
        report.files[index].state = .adopted
      } else if let superseded = found.first(where: { report.submissions[$0].isSuperseded }) {
        report.files[index].state = .superseded
        let newer = replacedBy[superseded].map { report.submissions[$0] }
        report.files[index].reason = FileReason.superseded(
          by: newer?.file ?? "", differs: isDifferent(superseded))
      } else {
        report.files[index].state = .rejected
        let isKnown = found.contains { report.submissions[$0].unit != nil }
        report.files[index].reason = isKnown ? FileReason.blankForm : FileReason.unknownUnit
      }
    }
  }
}
