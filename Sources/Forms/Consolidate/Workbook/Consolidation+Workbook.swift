import Foundation
import XLSX

extension Consolidation {
  /// The consolidated workbook: for each form the official layout and one row per unit, completion of each table of
  /// targets, then 报送情况, 问题清单 and 来源.
  ///
  /// Every total is a formula over the units' rows and carries its value, so that programs that do not calculate show it
  /// too. The same report gives the same bytes.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse, such as two forms with one label.
  public func workbook() throws -> Workbook {
    let book = Workbook()
    let look = SheetLook(campaign.forms.first?.layout ?? FormLayout())
    let provenance = Provenance(forms)
    let tables = forms.map(UnitTable.init)
    for (form, table) in zip(forms, tables) {
      try SummarySheet(consolidation: form, table: table, campaign: campaign, asOf: report.asOf).paint().add(
        to: book)
      try UnitSheet(
        table: table, consolidation: form, look: look, provenance: provenance, asOf: report.asOf
      ).paint().add(to: book)
    }
    for (form, table) in zip(forms, tables) {
      guard let targets = form.targetTable else { continue }
      try CompletionSheet(
        consolidation: form, targetTable: targets, table: table, look: look, asOf: report.asOf
      ).paint().add(to: book)
    }
    try DeliverySheet(consolidation: self, look: look).paint().add(to: book)
    try FindingSheet(findings: placedFindings, campaign: campaign, look: look).paint().add(to: book)
    try ProvenanceSheet(provenance: provenance, files: report.files, look: look).paint().add(to: book)
    book.properties.title = "\(campaign.title)汇总"
    book.properties.creator = campaign.office
    book.properties.application = "huizong"
    return book
  }
}
