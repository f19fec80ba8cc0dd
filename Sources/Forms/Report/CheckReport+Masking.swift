extension Campaign {
  /// Whether its forms ask for what says who somebody is.
  public var hasPersonalData: Bool {
    forms.contains { $0.fields.contains { $0.type.isPersonal } }
  }
}

extension CheckReport {
  /// The report as others may see it: no citizen's id or telephone number in a finding is whole. The lines of lists are
  /// masked where they are written.
  public func masked(for campaign: Campaign) -> CheckReport {
    guard campaign.hasPersonalData else { return self }
    var report = self
    report.findings = findings.map(\.masked)
    for index in files.indices { report.files[index].findings = files[index].findings.map(\.masked) }
    for index in submissions.indices {
      report.submissions[index].findings = submissions[index].findings.map(\.masked)
    }
    return report
  }
}

extension Finding {
  var masked: Finding {
    var finding = self
    finding.message = LocalizedText(
      zh: PersonalData.masked(message.chinese), en: PersonalData.masked(message.english))
    if case .text(let text)? = found { finding.found = .text(PersonalData.masked(text)) }
    finding.candidates = candidates.map { candidate in
      var candidate = candidate
      candidate.text = candidate.text.map { PersonalData.masked($0) }
      return candidate
    }
    return finding
  }
}
