import XLSX

/// What goes back, file by file, and what does not, with the reason.
struct ReturnPlan {
  struct Kept {
    var file: InputFile
    var reason: LocalizedText
  }

  private(set) var cases: [ReturnCase] = []
  private(set) var kept: [Kept] = []
  private let campaign: Campaign

  init(_ report: CheckReport, campaign: Campaign) {
    self.campaign = campaign
    let byFile = Dictionary(grouping: report.submissions, by: \.file)
    let usable = Set(
      report.submissions.lazy.filter(\.isUsable).compactMap { submission in
        submission.unit.map { "\(submission.form)/\($0.name)" }
      })
    let replaced = Set(
      report.submissions.lazy.filter(\.isSuperseded).compactMap { submission in
        submission.unit.map { "\(submission.form)/\($0.name)" }
      })
    let free = Dictionary(
      grouping: report.findings.filter { $0.file != nil }, by: { $0.file ?? "" })
    for file in report.files {
      let submissions = (byFile[file.file] ?? []).filter { !$0.isSuperseded }
      switch file.state {
      case .ignored: kept.append(Kept(file: file, reason: file.reason))
      case .superseded: kept.append(Kept(file: file, reason: file.reason))
      case .adopted, .rejected:
        if submissions.isEmpty {
          planWithoutForm(file, usable: usable)
        } else {
          plan(file, submissions, other: file.findings + (free[file.file] ?? []), replaced: replaced)
        }
      }
    }
  }

  private mutating func plan(
    _ file: InputFile, _ submissions: [Submission], other: [Finding], replaced: Set<String>
  ) {
    var result = ReturnCase(kind: Self.kind(of: file), file: file)
    var asks = other.contains { $0.severity != .info }
    var findings = other.map { ReturnItem(finding: $0) }
    for submission in submissions {
      guard let form = campaign.form(submission.form) else { continue }
      if !result.forms.contains(form) { result.forms.append(form) }
      if let unit = submission.unit?.name, !result.units.contains(unit) { result.units.append(unit) }
      result.stamp = result.stamp ?? submission.returned
      let places = FindingPlace(submission: submission, form: form)
      findings += submission.findings.map { finding in
        ReturnItem(
          finding: finding, form: form, place: places.place(of: finding),
          found: Self.found(finding, in: submission))
      }
      let hasOlder = submission.unit.map { replaced.contains("\(form.id)/\($0.name)") } ?? false
      asks = asks || Self.asksForMore(submission, hasOlder: hasOlder)
    }
    guard asks else {
      let hasInfos = !findings.isEmpty
      kept.append(
        Kept(
          file: file,
          reason: hasInfos
            ? LocalizedText(zh: "没有需要单位修改的问题，只有提示", en: "nothing for the unit to correct, only hints")
            : LocalizedText(zh: "没有发现问题", en: "nothing was found")))
      return
    }
    result.items = Self.inOrder(findings)
    cases.append(result)
  }

  /// Whether anything is for the unit to mend or to explain. That a form is late, or that it replaced another one, is not.
  static func asksForMore(_ submission: Submission, hasOlder: Bool) -> Bool {
    // The first D05 of a form with an older version tells of the versions.
    let versions = hasOlder ? 1 : 0
    let copies = submission.findings.count { $0.rule == "D05" } > versions
    return copies
      || submission.findings.contains {
        $0.severity != .info && !["D01", "D05", "R03"].contains($0.rule)
      }
  }

  /// A file that cannot be read, or that holds no form.
  private mutating func planWithoutForm(_ file: InputFile, usable: Set<String>) {
    guard file.state == .rejected else {
      return kept.append(Kept(file: file, reason: file.reason))
    }
    // Told together with others of its kind, of which nobody knows whose they are.
    if file.findings.isEmpty, file.format.isScan { return kept.append(Kept(file: file, reason: file.reason)) }
    var result = ReturnCase(kind: .notice, file: file)
    for finding in file.findings {
      if let unit = finding.unit, !result.units.contains(unit) { result.units.append(unit) }
      if let form = finding.form.flatMap({ campaign.form($0) }), !result.forms.contains(form) {
        result.forms.append(form)
      }
    }
    let owed = result.forms.isEmpty ? campaign.forms : result.forms
    let isElsewhere =
      !result.units.isEmpty
      && result.units.allSatisfy { unit in owed.allSatisfy { usable.contains("\($0.id)/\(unit)") } }
    if isElsewhere {
      kept.append(
        Kept(
          file: file,
          reason: LocalizedText(
            zh: "该单位另有可用的报表，此件不再退回", en: "another file of the unit can be used; this one needs no answer")))
      return
    }
    result.items = Self.inOrder(
      file.findings.isEmpty
        ? [
          ReturnItem(finding: Finding(rule: "F01", severity: .error, file: file.file, message: file.reason))
        ] : file.findings.map { ReturnItem(finding: $0) })
    cases.append(result)
  }

  private static func kind(of file: InputFile) -> ReturnCase.Kind {
    switch file.format {
    case .xlsx, .xlsm, .xltx, .docx, .odt, .ods: .copy
    default: .rendering
    }
  }

  private static func inOrder(_ items: [ReturnItem]) -> [ReturnItem] {
    let grades: [Severity] = [.error, .warning, .info]
    return grades.flatMap { grade in
      items.enumerated().filter { $0.element.finding.severity == grade }.sorted { a, b in
        switch (a.element.place, b.element.place) {
        case (let x?, let y?) where x != y: (x.sheet, x.cell) < (y.sheet, y.cell)
        case (nil, .some): true
        case (.some, nil): false
        default: a.offset < b.offset
        }
      }.map(\.element)
    }
  }

  private static func found(_ finding: Finding, in submission: Submission) -> String? {
    switch finding.found {
    case .figure(let figure): return figure.plainText
    case .text(let text): return text.isEmpty ? "（空）" : text
    case nil: break
    }
    guard let cell = finding.cell, let reading = submission.readings.first(where: { $0.cell == cell }) else {
      return nil
    }
    return reading.raw.isEmpty ? "（空）" : reading.raw
  }
}
