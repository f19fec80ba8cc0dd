import XLSX

extension ConsolidatedWorkbook {
  /// The lines as submissions, judged, one for every unit that had reported, for a consolidation above this one. Each keeps the
  /// place where its figures were first reported.
  func submissions(judgedBy engine: RuleEngine) -> [Submission] {
    lists(judgedBy: engine)
      + forms.flatMap { form in
        form.lines.filter(\.isReported).map { line in
          var submission = submission(of: line, form: form)
          engine.judge(&submission)
          submission.findings += openErrors(line.openErrors, of: submission)
          return submission
        }
      }
  }

  private func submission(of line: Line, form: Form) -> Submission {
    var submission = submission(
      of: form.form, on: form.sheet, unit: line.unit, written: line.unitName, head: line.head, cell: line.cell
    )
    submission.readings = line.readings
    submission.origins = line.origins
    return submission
  }

  /// What a unit handed up, but for its figures.
  ///
  /// - Parameter cell: The cell with its name.
  func submission(
    of form: FormDefinition, on sheet: String, unit: ReportingUnit?, written: String, head: DeliveryGrid.Head,
    cell: CellReference
  ) -> Submission {
    var submission = Submission(file: file, sheet: sheet, form: form.id)
    submission.office = office ?? ""
    submission.modified = modified
    submission.unit = unit
    submission.unitSource = unit == nil ? .none : .name
    submission.unitAsWritten = written
    submission.filledOn = head.filledOn
    submission.filledBy = head.filledBy
    submission.phone = head.phone
    submission.head = submission.headOfRow(unit: cell)
    return submission
  }
}
