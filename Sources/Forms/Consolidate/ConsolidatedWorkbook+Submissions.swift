import XLSX

extension ConsolidatedWorkbook {
  /// The lines as submissions, one for every unit that had reported, for a consolidation above this one. Each keeps the
  /// place where its figures were first reported.
  var submissions: [Submission] {
    forms.flatMap { form in
      form.lines.filter(\.isReported).map { submission(of: $0, form: form) }
    }
  }

  /// Totals that are not the sum of the units above them (R01).
  func findings(by engine: RuleEngine) -> [Finding] {
    forms.flatMap { form in
      let units = form.lines.map { line in
        Dictionary(
          line.readings.compactMap { reading in reading.figure.map { (reading.field, $0) } },
          uniquingKeysWith: { first, _ in first })
      }
      return engine.judge(totals: form.totals, ofUnits: units, form: form.form, file: file).map { finding in
        var finding = finding
        finding.sheet = form.sheet
        return finding
      }
    }
  }

  private func submission(of line: Line, form: Form) -> Submission {
    var submission = Submission(file: file, sheet: form.sheet, form: form.form.id)
    submission.unit = line.unit
    submission.unitSource = line.unit == nil ? .none : .name
    submission.unitAsWritten = line.unitName
    submission.filledOn = line.head.filledOn
    submission.filledBy = line.head.filledBy
    submission.phone = line.head.phone
    let row = line.readings.lazy.compactMap(\.cell?.row).first
    submission.head = [
      .unit: HeadReading(
        cell: row.map { CellReference(row: $0, column: UnitTable.unitColumn) }, raw: line.unitName),
      .filledOn: HeadReading(cell: nil, raw: line.head.filledOn?.description ?? ""),
      .filledBy: HeadReading(cell: nil, raw: line.head.filledBy ?? ""),
      .phone: HeadReading(cell: nil, raw: line.head.phone ?? ""),
    ]
    submission.readings = line.readings
    submission.origins = line.origins
    return submission
  }
}
