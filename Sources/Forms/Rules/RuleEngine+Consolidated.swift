import Foundation

extension RuleEngine {
  /// R01 as ``judge(totals:ofUnits:form:file:)``, for units of which only inputs are at hand: a total is held against the
  /// inputs behind it.
  func judge(
    totals: [FieldKey: Decimal], ofInputs units: [[FieldKey: Decimal]], form: FormDefinition, file: String
  ) -> [Finding] {
    var sums: [FieldKey: Decimal] = [:]
    for inputs in units {
      for (field, figure) in inputs { sums[field, default: 0] += figure }
    }
    return judge(totals: totals, ofUnits: [form.figures(fromInputs: sums)], form: form, file: file)
  }

  /// R01: holds the totals of a consolidated workbook against the sum of its units.
  ///
  /// A field without a total, or that no unit reports, cannot be judged; a unit's blank adds nothing.
  ///
  /// - Parameters:
  ///   - totals: The consolidated figures as they stand in the workbook.
  ///   - units: The figures of each unit in it.
  public func judge(
    totals: [FieldKey: Decimal], ofUnits units: [[FieldKey: Decimal]], form: FormDefinition, file: String
  ) -> [Finding] {
    form.fields.compactMap { field in
      guard field.ratio == nil, let total = totals[field.key] else { return nil }
      let parts = units.compactMap { $0[field.key] }
      let sum = parts.reduce(0, +)
      guard !parts.isEmpty, !Self.isSame(total, as: sum) else { return nil }
      var finding = RuleCatalogue.finding(
        "R01", file: file, form: form.id, settings: form.rules,
        [
          "field": MessageValue(field.key.path.joined(separator: " ")), "value": MessageValue(total),
          "sum": MessageValue(sum),
        ])
      finding.field = field.key
      finding.found = .figure(total)
      finding.expected = sum
      return finding
    }
  }

  /// Whether a spreadsheet's total is a sum, but for what is lost when doubles are added: Excel's 15 digits, of which
  /// adding some hundred figures takes a few. A total that somebody typed wrong is further off than that.
  private static func isSame(_ total: Decimal, as sum: Decimal) -> Bool {
    let lost = Decimal(sign: .plus, exponent: -11, significand: 1) * max(1, abs(sum))
    return abs(total - sum) <= lost
  }
}
