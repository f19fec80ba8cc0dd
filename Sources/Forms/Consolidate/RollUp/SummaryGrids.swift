import Foundation
import XLSX

/// The sheets `…汇总` of an older workbook: each a form in its own layout with the office's figures and the office's name.
struct SummaryGrids {
  /// 填报单位, the office.
  private(set) var office: String?
  /// 填报时间.
  private(set) var madeOn: CalendarDate?
  private var figures: [String: (sheet: String, figures: [FieldKey: Decimal])] = [:]

  init(_ book: GridBook, campaign: Campaign) {
    var sheets = book
    let names = campaign.forms.map { campaign.workbookPlan.name(of: .summary(form: $0.id)) }
    sheets.grids = book.grids.filter {
      $0.name.hasSuffix(SheetNames.summarySuffix) || names.contains($0.name)
    }
    sheets.markers = []
    guard !sheets.grids.isEmpty else { return }
    for located in FormLocator(campaign).locate(in: sheets) where sheets.grids.indices.contains(located.sheet)
    {
      let grid = sheets.grids[located.sheet]
      func raw(_ role: FormDefinition.HeadLine.Role) -> String? {
        located.head[role].flatMap { $0.raw.isEmpty ? nil : $0.raw }
      }
      office = office ?? raw(.unit)
      if let text = raw(.filledOn), case .date(let date) = DateText.read(text, campaignYear: campaign.year) {
        madeOn = max(madeOn ?? date, date)
      }
      var found: [FieldKey: Decimal] = [:]
      for reading in FigureReader(located, grid: grid, year: campaign.year).readings() {
        if let figure = reading.figure { found[reading.field] = figure }
      }
      if figures[located.form.id] == nil { figures[located.form.id] = (grid.name, found) }
    }
  }

  subscript(form: String) -> (sheet: String, figures: [FieldKey: Decimal])? { figures[form] }
}
