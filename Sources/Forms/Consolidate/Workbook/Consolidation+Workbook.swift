import Foundation
import XLSX

extension Consolidation {
  static let application = "huizong"

  /// The consolidated workbook with the sheets of the campaign's plan: usually for each form the official layout and one
  /// row per unit, completion of each table of targets, then 报送情况, 问题清单 and 来源.
  ///
  /// Every total is a formula over the units' rows and carries its value, so that programs that do not calculate show it
  /// too. The same report gives the same bytes.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse, such as two forms with one label.
  ///
  /// - Parameter isMasked: Whether citizens' ids and telephone numbers are masked.
  public func workbook(isMasked: Bool = false) throws -> Workbook {
    let book = Workbook()
    try forEachSheet(isMasked) { try $0.add(to: book) }
    setProperties(&book.properties)
    return book
  }

  /// Writes the same workbook to a file, sheet by sheet and row by row: what is in memory of it does not grow with the
  /// units.
  ///
  /// - Throws: ``XLSXError`` as ``workbook()``, or for a file that cannot be written; then nothing is there.
  public func write(to path: String, isMasked: Bool = false) throws {
    let writer = try StreamingWorkbookWriter(
      to: URL(fileURLWithPath: path), sharedTextLimit: Self.sharedTextLimit)
    try forEachSheet(isMasked) { try $0.write(to: writer) }
    setProperties(&writer.properties)
    try writer.finish()
  }

  /// Names and words come first and fit in; of what comes then nearly every text is another one.
  private static let sharedTextLimit = 6 << 20

  private func setProperties(_ properties: inout DocumentProperties) {
    properties.title = "\(campaign.title)汇总"
    properties.creator = campaign.office
    properties.application = Self.application
  }

  private func forEachSheet(_ isMasked: Bool, _ body: (SheetDraft) throws -> Void) throws {
    let plan = campaign.workbookPlan
    let provenance = Provenance(forms)
    var tables: [String: UnitTable] = [:]
    for form in forms {
      if let sheet = plan.name(of: .units(form: form.form.id)) {
        tables[form.form.id] = UnitTable(form, sheet: sheet)
      }
    }
    for sheet in plan.sheets {
      if case .lines(let id) = sheet.content {
        for lines in lineSheets(sheet, of: id, isMasked: isMasked) { try body(lines) }
      }
      let draft = draft(sheet, plan: plan, tables: tables, provenance: provenance, isMasked: isMasked)
      if let draft { try body(draft) }
      switch sheet.content {
      case .units(let id):
        if let offices = officeSheet(id, tables: tables) { try body(offices) }
      case .groups(let id):
        if let offices = listOfficeSheet(id, sums: sheet.name) { try body(offices) }
      default: break
      }
    }
  }

  /// The workbook's official layouts and results against targets, for a document.
  ///
  /// - Parameter longest: Sheets of more rows are for the workbook alone.
  func reportDrafts(longest: Int) -> [SheetDraft] {
    let plan = campaign.workbookPlan
    let provenance = Provenance([])
    var tables: [String: UnitTable] = [:]
    for form in forms {
      if let sheet = plan.name(of: .units(form: form.form.id)) {
        tables[form.form.id] = UnitTable(form, sheet: sheet)
      }
    }
    return plan.sheets.compactMap { sheet -> SheetDraft? in
      switch sheet.content {
      case .summary, .groups, .completion:
        guard
          let draft = draft(sheet, plan: plan, tables: tables, provenance: provenance, isNarrow: true),
          draft.rowCount <= longest
        else { return nil }
        return draft
      default: return nil
      }
    }
  }

  /// The workbook's sheets for a page: all but the list of sources, findings in the page's language and no more of them
  /// than a page can hold.
  func drafts(for language: Language, mostFindings: Int) -> [SheetDraft] {
    let plan = campaign.workbookPlan
    let provenance = Provenance([])
    var tables: [String: UnitTable] = [:]
    for form in forms {
      if let sheet = plan.name(of: .units(form: form.form.id)) {
        tables[form.form.id] = UnitTable(form, sheet: sheet)
      }
    }
    return plan.sheets.flatMap { sheet -> [SheetDraft] in
      switch sheet.content {
      case .provenance, .lines: return []
      case .findings:
        let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
        // Where not all can be shown, the gravest are.
        let findings = report.listedFindings(of: campaign).prefix(mostFindings).map { finding in
          var finding = campaign.hasPersonalData ? finding.masked : finding
          if language == .english { finding.message.chinese = finding.message.english }
          return finding
        }
        return [
          FindingSheet(
            findings: findings, campaign: campaign, look: look, name: sheet.name, title: sheet.title
          ).paint()
        ]
      case .units(let id):
        return [
          draft(sheet, plan: plan, tables: tables, provenance: provenance), officeSheet(id, tables: tables),
        ]
        .compactMap(\.self)
      case .groups(let id):
        return [
          draft(sheet, plan: plan, tables: tables, provenance: provenance),
          listOfficeSheet(id, sums: sheet.name),
        ]
        .compactMap(\.self)
      case .summary, .completion, .delivery:
        return [draft(sheet, plan: plan, tables: tables, provenance: provenance)].compactMap(\.self)
      }
    }
  }

  /// Behind the rows of units, where units stand below other units.
  private func officeSheet(_ id: String, tables: [String: UnitTable]) -> SheetDraft? {
    guard let form = form(id), let table = tables[id], !form.offices.isEmpty else { return nil }
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    return OfficeSheet(consolidation: form, table: table, look: look, asOf: report.asOf).paint()
  }

  private func listOfficeSheet(_ id: String, sums: String) -> SheetDraft? {
    guard let form = form(id), let list = form.form.list, !form.offices.isEmpty else { return nil }
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    return ListOfficeSheet(consolidation: form, list: list, sums: sums, look: look, asOf: report.asOf).paint()
  }

  private func lineSheets(_ sheet: WorkbookPlan.Sheet, of id: String, isMasked: Bool) -> [SheetDraft] {
    guard let form = form(id), let table = ListTable(form, sheet: sheet.name) else { return [] }
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    return ListLinesSheet(table: table, look: look, title: sheet.title, isMasked: isMasked).paint()
  }

  /// - Returns: `nil` for a form that the campaign does not have, or without the rows of units that it would add up; the
  ///   loader refuses a campaign that asks for one.
  private func draft(
    _ sheet: WorkbookPlan.Sheet, plan: WorkbookPlan, tables: [String: UnitTable], provenance: Provenance,
    isMasked: Bool = false, isNarrow: Bool = false
  ) -> SheetDraft? {
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    let asOf = report.asOf
    switch sheet.content {
    case .summary(let id):
      guard let form = form(id), let table = tables[id] else { return nil }
      return SummarySheet(
        consolidation: form, table: table, campaign: campaign, asOf: asOf, name: sheet.name,
        title: sheet.title
      ).paint()
    case .units(let id):
      guard let form = form(id), let table = tables[id] else { return nil }
      return UnitSheet(
        table: table, consolidation: form, look: look, provenance: provenance, asOf: asOf, title: sheet.title,
        names: (plan.name(of: .findings), plan.name(of: .provenance))
      ).paint()
    case .lines: return nil
    case .groups(let id):
      guard let form = form(id), let name = plan.name(of: .lines(form: id)),
        let table = ListTable(form, sheet: name)
      else { return nil }
      return ListSummarySheet(
        consolidation: form, table: table, look: look, asOf: asOf, name: sheet.name, title: sheet.title,
        previousFile: previousFile, isNarrow: isNarrow
      ).paint()
    case .completion(let label):
      guard let form = (forms + furtherTargets).first(where: { $0.targetTable?.label == label }),
        let targets = form.targetTable
      else { return nil }
      let table = tables[form.form.id]
      let sums = plan.name(of: .groups(form: form.form.id)).flatMap { ListSummaryPlaces(form, sheet: $0) }
      guard table != nil || sums != nil else { return nil }
      return CompletionSheet(
        consolidation: form, targetTable: targets, source: table, sums: sums, look: look, asOf: asOf,
        name: sheet.name,
        title: sheet.title, showsChart: sheet.showsChart, previousFile: previousFile
      ).paint()
    case .delivery:
      return DeliverySheet(consolidation: self, look: look, name: sheet.name, title: sheet.title).paint()
    case .findings:
      return FindingSheet(
        findings: report.listedFindings(of: campaign).map { isMasked ? $0.masked : $0 }, campaign: campaign,
        look: look, name: sheet.name, title: sheet.title,
        corrections: (report.corrections ?? []).count { $0.isApplied }
      ).paint()
    case .provenance:
      return ProvenanceSheet(
        provenance: provenance, files: report.files, look: look, name: sheet.name, title: sheet.title,
        tables: tables
      ).paint()
    }
  }
}
