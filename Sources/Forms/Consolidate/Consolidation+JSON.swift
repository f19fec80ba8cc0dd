import Foundation

extension Consolidation {
  /// The consolidation as `merge --format json` prints it.
  ///
  /// `totals` lists every field of the form, `null` where nobody reported anything; `units` lists who reported.
  public func json(language: Language) -> JSONValue {
    [
      "forms": .object(forms.map { .init($0.form.id, $0.json) }),
      "corrections": [],
      "findings": .array(placedFindings.map { $0.freeJSON(language: language) }),
    ]
  }

  /// Every finding, each with its file, form and unit, in the order of `check`: files, their forms, the rest.
  var placedFindings: [Finding] {
    let byFile = Dictionary(grouping: report.submissions, by: \.file)
    var findings: [Finding] = []
    for file in report.files {
      findings += file.findings.map { $0.placed(file: file.file) }
      for submission in byFile[file.file] ?? [] {
        findings += submission.findings.inOrder().map {
          $0.placed(file: file.file, form: submission.form, unit: submission.unit?.name)
        }
      }
    }
    return findings + report.findings
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

extension FormConsolidation {
  var json: JSONValue {
    [
      "reported": .integer(reported), "expected": .integer(expected),
      "totals": .object(values(of: totals)),
      "units": .array(
        units.filter(\.isReported).map { unit in
          .object(
            [
              .init("unit", .string(unit.unit.name)),
              .init("file", .string(orNull: unit.submission?.file)),
              .init("values", .object(values(of: unit.figures))),
              .init("target", unit.target.map(JSONValue.integer) ?? .null),
              .init("completed", .number(orNull: unit.completed)),
              .init("rate", .number(orNull: unit.rate)),
            ])
        }),
    ]
  }

  private func values(of figures: [FieldKey: Decimal]) -> [JSONValue.Member] {
    form.fields.map { .init($0.key.rawValue, .number(orNull: figures[$0.key])) }
  }
}
