import Foundation
import XLSX

/// R01, R04: what no longer adds up in a workbook from below, or was changed there by hand.
extension ConsolidatedWorkbook {
  /// Totals that are not the sum of the units, on the sheet of the units and on the one in the form's layout; figures that
  /// are not those of their source; rows that are gone.
  func findings(by engine: RuleEngine) -> [Finding] {
    unknownOffice
      + forms.flatMap { form in
        let units = form.lines.map { inputs(of: $0, form: form.form) }
        return totals(form.totals, of: units, form: form, sheet: form.sheet, engine: engine)
          + (form.summary.map {
            totals($0.figures, of: units, form: form, sheet: $0.sheet, engine: engine)
          } ?? []) + changedFigures(form) + lostRows(form)
      } + findings(aboutLists: engine)
  }

  /// D06, once for the workbook: its rows are then told by their names alone.
  private var unknownOffice: [Finding] {
    guard isOfUnknownOffice else { return [] }
    return [
      RuleCatalogue.finding("D06", "office", file: file, ["text": MessageValue(office ?? "")])
    ]
  }

  private func inputs(of line: Line, form: FormDefinition) -> [FieldKey: Decimal] {
    var inputs: [FieldKey: Decimal] = [:]
    for (field, reading) in zip(form.fields, line.readings) where field.isInput {
      if let figure = reading.figure { inputs[field.key] = figure }
    }
    return inputs
  }

  private func totals(
    _ totals: [FieldKey: Decimal], of units: [[FieldKey: Decimal]], form: Form, sheet: String,
    engine: RuleEngine
  ) -> [Finding] {
    engine.judge(totals: totals, ofInputs: units, form: form.form, file: file).map { finding in
      var finding = finding
      finding.sheet = sheet
      return finding
    }
  }

  /// A workbook without any sources, made by hand after the model of one, has nothing to be held against.
  private func changedFigures(_ form: Form) -> [Finding] {
    guard !sources.isEmpty else { return [] }
    return form.lines.flatMap { line -> [Finding] in
      let told = sources.figures(label: form.label, unit: line.unitName, fields: form.form.fields) ?? [:]
      return zip(form.form.fields, line.readings).compactMap { field, reading in
        guard field.isInput, reading.state != .missing, reading.figure != told[field.key] else { return nil }
        // What could not be read stands in the sources too, without a figure.
        if reading.figure == nil, told[field.key] == nil { return nil }
        let origin = line.origins[field.key]
        let source =
          origin.map { "\($0.file) \($0.sheet)!\($0.cell?.description ?? "")" } ?? SheetNames.provenance
        var finding = finding(
          told[field.key] == nil ? "unsourced" : "edited", form.form, on: form.sheet,
          unit: line.unit?.name ?? line.unitName,
          [
            "field": MessageValue(field.key.path.joined(separator: " ")),
            "value": reading.figure.map { MessageValue($0) }
              ?? MessageValue(reading.raw.isEmpty ? "—" : reading.raw),
            "origin": told[field.key].map { MessageValue($0) } ?? MessageValue("—"),
            "source": MessageValue(source),
          ])
        finding.cell = reading.cell
        finding.field = field.key
        finding.found = reading.figure.map { .figure($0) }
        finding.expected = told[field.key]
        return finding
      }
    }
  }

  /// R04: what the office below knew to be wrong and passed on, where the figures alone do not show it. It marks the figures as
  /// to be corrected, as it did below.
  ///
  /// - Parameter submission: A unit's line, judged.
  func openErrors(_ listed: [OpenErrorGrid.OpenError], of submission: Submission) -> [Finding] {
    guard !listed.isEmpty, let form = forms.first(where: { $0.form.id == submission.form }) else { return [] }
    return openErrors(listed, of: submission, form: form.form, on: form.sheet) { key in
      zip(form.form.fields, submission.readings).first { $0.0.key == key }?.1.cell
    }
  }

  /// - Parameter place: The cell of a field.
  func openErrors(
    _ listed: [OpenErrorGrid.OpenError], of submission: Submission, form: FormDefinition, on sheet: String,
    place: (FieldKey) -> CellReference?
  ) -> [Finding] {
    let name = submission.unit?.name ?? submission.unitAsWritten ?? ""
    return listed.compactMap { error in
      // What is owed and what is late says nothing about figures.
      if error.rule.hasPrefix("D") { return nil }
      let field = form.fields.first { $0.key.rawValue == error.field }?.key
      if submission.findings.contains(where: { $0.rule == error.rule && $0.field == field }) { return nil }
      var (rule, words) = (error.rule, error.words)
      // Two levels below: what it was there, not that it was passed on.
      if rule == "R04", let opening = words.firstIndex(of: "（"), let end = words.range(of: "）：") {
        rule = String(words[words.index(after: opening)..<max(end.lowerBound, words.index(after: opening))])
        words = String(words[end.upperBound...])
      }
      var finding = finding(
        "", of: "R04", form, on: sheet, unit: name,
        ["rule": MessageValue(rule), "words": MessageValue(words)])
      finding.field = field
      finding.cell = field.flatMap(place)
      return finding
    }
  }

  private func lostRows(_ form: Form) -> [Finding] {
    sources.units(label: form.label).subtracting(form.lines.map(\.unitName)).sorted().map {
      finding("lost", form.form, on: form.sheet, unit: $0, [:])
    }
  }

  private func finding(
    _ variant: String, of rule: String = "R01", _ form: FormDefinition, on sheet: String, unit: String,
    _ values: [String: MessageValue]
  ) -> Finding {
    var finding = RuleCatalogue.finding(
      rule, variant, file: file, form: form.id, unit: unit, settings: form.rules,
      values.merging(["unit": MessageValue(unit)]) { first, _ in first })
    finding.sheet = sheet
    return finding
  }
}
