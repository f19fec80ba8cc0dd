/// One thing that a unit still has to do about one form: what 催报 is about.
public struct ChaseEntry: Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nothing came, and the deadline has passed.
    case missing
    /// What came cannot be used.
    case rejected
    /// It came and goes back to be corrected.
    case errors
    /// It came late; nothing is left to do.
    case late
    /// Nothing came yet, and there is still time.
    case upcoming
  }

  public var kind: Kind
  public var unit: ReportingUnit
  public var form: FormDefinition
  /// After the deadline: of today, or of the day on which the form was filled in.
  public var daysLate: Int?
  public var file: String?
  /// Why the file cannot be used.
  public var reason: String?
  public var errors = 0
  public var warnings = 0
  public var submission: Submission?
  /// Whom to call: from this form, else from another of the unit's, else from the campaign's list, else from last year.
  public var contact = Contact()
}

extension ChaseEntry.Kind {
  package var word: String {
    switch self {
    case .missing: "未报"
    case .rejected: "退回"
    case .errors: "待改正"
    case .late: "逾期报送"
    case .upcoming: "待报"
    }
  }
}

extension Consolidation {
  /// What every unit still has to do, in the order of the units, then of the forms.
  public var chase: [ChaseEntry] {
    let rejected = RejectedFiles(report)
    let replaced = Set(
      report.submissions.lazy.filter(\.isSuperseded).compactMap { submission in
        submission.unit.map { "\(submission.form)/\($0.code)" }
      })
    let contacts = contacts
    let positions = positionsByUnit
    return campaign.units.flatMap { unit in
      zip(forms, positions).flatMap { form, positions -> [ChaseEntry] in
        guard let line = positions[unit.code].map({ form.units[$0] }) else { return [] }
        let hasOlder = replaced.contains("\(form.form.id)/\(unit.code)")
        return entries(line, form.form, rejected: rejected, hasOlder: hasOlder).map { entry in
          var entry = entry
          entry.contact = contacts.contact(of: unit, form: form.form)
          return entry
        }
      }
    }
  }

  /// Whom to call.
  var contacts: Contacts { Contacts(report, campaign: campaign, previous: previousContacts) }

  private func entries(
    _ line: UnitFigures, _ form: FormDefinition, rejected: RejectedFiles, hasOlder: Bool
  ) -> [ChaseEntry] {
    let days = report.asOf > form.deadline ? report.asOf.dayNumber - form.deadline.dayNumber : nil
    switch line.state {
    case .missing:
      return [
        ChaseEntry(kind: days == nil ? .upcoming : .missing, unit: line.unit, form: form, daysLate: days)
      ]
    case .rejected:
      let file = rejected.file(of: line.unit, form: form)
      return [
        ChaseEntry(
          kind: .rejected, unit: line.unit, form: form, daysLate: days, file: file?.file,
          reason: file?.reason.chinese)
      ]
    case .reported, .late:
      guard let submission = line.submission else { return [] }
      var entries: [ChaseEntry] = []
      if ReturnPlan.asksForMore(submission, hasOlder: hasOlder) {
        entries.append(
          ChaseEntry(
            kind: .errors, unit: line.unit, form: form, file: submission.file,
            errors: submission.findings.count(.error), warnings: submission.findings.count(.warning),
            submission: submission))
      }
      if let late = line.daysLate(after: form.deadline) {
        entries.append(
          ChaseEntry(
            kind: .late, unit: line.unit, form: form, daysLate: late, file: submission.file,
            submission: submission))
      }
      return entries
    }
  }
}

/// The files that cannot be used, by whose they are.
private struct RejectedFiles {
  private var files: [String: [(form: String?, file: InputFile)]] = [:]

  init(_ report: CheckReport) {
    let bySubmission = Dictionary(grouping: report.submissions.filter { !$0.isUsable }, by: \.file)
    for file in report.files where file.state == .rejected {
      for finding in file.findings {
        if let unit = finding.unit { files[unit, default: []].append((finding.form, file)) }
      }
      for submission in bySubmission[file.file] ?? [] {
        if let unit = submission.unit { files[unit.name, default: []].append((submission.form, file)) }
      }
    }
  }

  /// The last one by name of those that are about a form, or about any.
  func file(of unit: ReportingUnit, form: FormDefinition) -> InputFile? {
    let own = files[unit.name] ?? []
    return (own.last { $0.form == form.id } ?? own.last { $0.form == nil })?.file
  }
}
