import XLSX

/// `附件2汇总`: the city's figures in the form's own layout, ready to be stamped.
struct SummarySheet {
  let consolidation: FormConsolidation
  let table: UnitTable
  let campaign: Campaign
  let asOf: CalendarDate
  let name: String
  let title: String?

  func paint() -> SheetDraft {
    let form = consolidation.form
    let page = FormPage(
      form: form, title: consolidation.titleLine(title ?? FormPage.printedTitle(of: form)),
      headLine: { line in
        switch line.role {
        case .unit: campaign.office
        case .filledOn: "\(asOf.year)年\(asOf.month)月\(asOf.day)日"
        // Whoever signs the paper writes them.
        case .filledBy, .phone: nil
        }
      },
      value: { field, cells in
        .formula(formula(for: field, cells: cells), giving: consolidation.totals[field.key])
      },
      note: "注：本表由各单位报表汇总，见“\(table.sheet)”。" + consolidation.standLine(asOf: asOf))
    return page.draft(named: name)
  }

  /// An input is the sum over the units' rows, a total the sum of this sheet's own cells.
  private func formula(for field: Field, cells: (FieldKey) -> CellReference?) -> String {
    switch field.role {
    case .input: LiveFormula.sum(table.unitsReference(field.key).map { [$0] } ?? [])
    case .total(let parts): LiveFormula.sum(LiveFormula.references(to: parts.compactMap(cells)))
    }
  }
}
