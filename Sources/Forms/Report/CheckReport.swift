/// Everything that `check` knows: the files, the forms found in them, and what is wrong. `status`, `merge` and `return`
/// start from it.
public struct CheckReport: Sendable {
  public var campaign: String
  public var asOf: CalendarDate
  /// By name.
  public var files: [InputFile]
  /// By file, then by place in the file; superseded ones included.
  public var submissions: [Submission]
  /// What is wrong with no single file: missing units (D02), contradictory campaigns.
  public var findings: [Finding]
  /// Units that the campaign does not list and consolidated workbooks from below brought along.
  public var below: [UnitBelow] = []
  /// The documents beside the forms that came, each with whose it is.
  public var documents: [ReceivedDocument] = []
  /// What became of the corrections that were to be applied; `nil` if none were given.
  public var corrections: [Correction]?
  /// What became of the explanations; `nil` if none were given.
  public var explanations: [Explanation]?

  public init(
    campaign: String, asOf: CalendarDate, files: [InputFile] = [], submissions: [Submission] = [],
    findings: [Finding] = []
  ) {
    self.campaign = campaign
    self.asOf = asOf
    self.files = files
    self.submissions = submissions
    self.findings = findings
  }

  /// Whether anything is of severity error: what the exit code says.
  public var hasErrors: Bool { findingCounts.errors > 0 }

  /// How many findings there are of each severity, wherever they hang.
  var findingCounts: (errors: Int, warnings: Int, infos: Int) {
    var counts = (errors: 0, warnings: 0, infos: 0)
    func add(_ findings: [Finding]) {
      for finding in findings {
        switch finding.severity {
        case .error: counts.errors += 1
        case .warning: counts.warnings += 1
        case .info: counts.infos += 1
        }
      }
    }
    for file in files { add(file.findings) }
    for submission in submissions { add(submission.findings) }
    add(findings)
    return counts
  }

  /// The report without the warnings that a 说明 releases: what a unit still has to answer.
  public var withoutExplained: CheckReport {
    var report = self
    report.findings.removeAll { $0.note != nil }
    for index in files.indices { report.files[index].findings.removeAll { $0.note != nil } }
    for index in submissions.indices { report.submissions[index].findings.removeAll { $0.note != nil } }
    return report
  }

  /// Every finding, wherever it hangs.
  public var allFindings: [Finding] {
    files.flatMap(\.findings) + submissions.flatMap(\.findings) + findings
  }
}
