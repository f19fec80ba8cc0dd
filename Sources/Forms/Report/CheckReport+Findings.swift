extension CheckReport {
  /// Every finding, each with its file, form and unit, in the order of `check`: files, their forms, the rest.
  var placedFindings: [Finding] { findingsOfFiles + findings }

  /// The findings about files and the forms in them.
  var findingsOfFiles: [Finding] {
    let byFile = Dictionary(
      grouping: submissions.indices.lazy.filter { !submissions[$0].findings.isEmpty },
      by: { submissions[$0].file })
    return files.flatMap { file in
      file.findings.map { $0.placed(file: file.file) }
        + (byFile[file.file] ?? []).flatMap { position in
          let submission = submissions[position]
          return submission.findings.inOrder().map {
            $0.placed(file: file.file, form: submission.form, unit: submission.unit?.name)
          }
        }
    }
  }

  /// Every finding in the order in which people read them.
  func listedFindings(of campaign: Campaign) -> [Finding] {
    placedFindings.gravestFirst(units: campaign.units.map(\.name))
  }
}

extension Finding {
  /// The finding with its place filled in where it does not say it itself.
  func placed(file: String, form: String? = nil, unit: String? = nil) -> Finding {
    var finding = self
    finding.file = file
    finding.form = finding.form ?? form
    finding.unit = finding.unit ?? unit
    return finding
  }
}
