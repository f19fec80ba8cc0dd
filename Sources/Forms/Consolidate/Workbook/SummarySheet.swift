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
    let disputed = consolidation.disputed
    let isDisputed = !consolidation.disputedUnits.isEmpty
    var note = "注：本表由各单位报表汇总" + (isDisputed ? "（含待更正数）" : "") + "，见“\(table.sheet)”。"
    if !disputed.isEmpty { note += "红底各数含待更正数。" }
    note += consolidation.standLine(asOf: asOf)
    let page = FormPage(
      form: form, title: consolidation.titleLine(title ?? FormPage.printedTitle(of: form)),
      headLine: { line in
        switch line.role {
        case .unit: campaign.office
        case .filledOn: "\(asOf.year)年\(asOf.month)月\(asOf.day)日"
        // Unless the campaign says who signs the paper, they write them.
        case .filledBy: campaign.officeContact.name
        case .phone: campaign.officeContact.phone
        }
      },
      value: { field, cells in
        LiveFormula.together(
          field, giving: consolidation.totals[field.key], range: { table.unitsReference($0) },
          sum: { formula(for: field, cells: cells) })
      },
      note: note, fill: { disputed.contains($0.key) ? SheetLook.errorFill : nil })
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
