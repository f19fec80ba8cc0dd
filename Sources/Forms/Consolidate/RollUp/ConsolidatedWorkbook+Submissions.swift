import XLSX

extension ConsolidatedWorkbook {
  /// The lines as submissions, judged, one for every unit that had reported, for a consolidation above this one. Each keeps the
  /// place where its figures were first reported.
  func submissions(judgedBy engine: RuleEngine) -> [Submission] {
    forms.flatMap { form in
      form.lines.filter(\.isReported).map { line in
        var submission = submission(of: line, form: form)
        engine.judge(&submission)
        submission.findings += openErrors(line.openErrors, of: submission)
        return submission
      }
    }
  }

  private func submission(of line: Line, form: Form) -> Submission {
    var submission = Submission(file: file, sheet: form.sheet, form: form.form.id)
    submission.office = office ?? ""
    submission.modified = modified
    submission.unit = line.unit
    submission.unitSource = line.unit == nil ? .none : .name
    submission.unitAsWritten = line.unitName
    submission.filledOn = line.head.filledOn
    submission.filledBy = line.head.filledBy
    submission.phone = line.head.phone
    submission.head = submission.headOfRow(unit: line.cell)
    submission.readings = line.readings
    submission.origins = line.origins
    return submission
  }
}
