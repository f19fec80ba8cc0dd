import XLSX

/// F04–F08: what the locator saw of the form's shape.
extension SubmissionJudge {
  mutating func judgeShape() {
    let shape = submission.shape
    judgeLikeness(shape)
    if let name = shape.sample {
      tell("F04", "sample", cell: shape.table?.first, ["name": MessageValue(name)])
    }
    for path in shape.missingHeadings {
      let inRows = path.first.map { first in plan.form.rows.contains { $0.name == first } } ?? false
      tell(
        "F05", inRows ? "row" : "column", key: FieldKey(path), cell: shape.table?.first,
        ["label": MessageValue(path.joined(separator: " "))])
    }
    judgeHidden()
    judgeGroups(shape)
  }

  /// F07, F08: what stands in the form more than once, and what the form does not ask for.
  private mutating func judgeGroups(_ shape: FormShape) {
    if let undecided = shape.undecided {
      let headings = undecided.headings.prefix(4)
      let count = undecided.groups.count
      tell(
        "F07", undecided.isDivision ? "parts" : "", cell: shape.table?.first,
        [
          "headings": MessageValue(
            LocalizedText(
              zh: headings.map { "“\($0)”" }.joined(), en: headings.map { "“\($0)”" }.joined(separator: ", "))
          ),
          "count": MessageValue(LocalizedText(zh: count == 2 ? "两" : "\(count)", en: "\(count)")),
          "groups": Self.list(undecided.groups, limit: 12),
        ])
    }
    for extra in shape.extras {
      tell(
        "F08", cell: extra.cell,
        ["label": MessageValue(extra.label), "count": MessageValue(extra.count)])
    }
  }

  private mutating func judgeLikeness(_ shape: FormShape) {
    var what: [MessageValue] = shape.aliases.map { alias in
      MessageValue(
        RuleCatalogue.message(
          "F04", "alias", ["label": MessageValue(alias.label), "written": MessageValue(alias.written)]))
    }
    if shape.rowsReordered { what.append(MessageValue(RuleCatalogue.message("F04", "rows", [:]))) }
    if shape.columnsReordered { what.append(MessageValue(RuleCatalogue.message("F04", "columns", [:]))) }
    guard !what.isEmpty else { return }
    let text = LocalizedText(
      zh: what.map(\.text.chinese).joined(separator: "、"),
      en: what.map(\.text.english).joined(separator: ", "))
    tell("F04", cell: shape.aliases.first?.cell ?? shape.table?.first, ["what": MessageValue(text)])
  }

  private mutating func judgeHidden() {
    let hidden = submission.readings.indices.filter {
      submission.readings[$0].isHidden && figures[$0] != nil && cell($0) != nil
    }
    guard let first = hidden.first else { return }
    let found = submission.readings.indices.filter { cell($0) != nil }
    if found.allSatisfy({ submission.readings[$0].isHidden }) {
      tell("F06", "sheet", cell: cell(first), ["sheet": MessageValue(submission.sheet)])
    } else {
      tell("F06", cell: cell(first), ["cells": Self.list(hidden.compactMap { cell($0)?.description })])
    }
  }

  /// The first few of a list, and how many there are.
  static func list(_ items: [String], limit: Int = 6) -> MessageValue {
    guard items.count > limit else {
      return MessageValue(
        LocalizedText(zh: items.joined(separator: "、"), en: items.joined(separator: ", ")))
    }
    let shown = items.prefix(limit)
    return MessageValue(
      LocalizedText(
        zh: shown.joined(separator: "、") + "等\(items.count)处",
        en: shown.joined(separator: ", ") + " … (\(items.count) in all)"))
  }

  /// T06: grand totals that the unit added.
  mutating func judgeGrandTotals() {
    guard !submission.shape.grandTotals.isEmpty else { return }
    let index = Dictionary(
      plan.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for grand in submission.shape.grandTotals {
      let parts = grand.parts.compactMap { index[$0] }
      // A sum of ratios says nothing, and what a unit puts there may be their mean.
      guard parts.count == grand.parts.count, !parts.contains(where: { plan.fields[$0].ratio != nil }),
        let sum = usableSum(parts), sum != grand.figure
      else {
        continue
      }
      tell(
        "T06", cell: grand.cell, found: .figure(grand.figure), expected: sum,
        [
          "cell": MessageValue(grand.cell), "label": MessageValue(grand.label),
          "column": MessageValue(grand.column),
          "value": MessageValue(grand.figure), "sum": MessageValue(sum),
        ])
    }
  }
}
