import Foundation
import XLSX

/// A figure of a submission that can be corrected, with what stands there as the list of corrections has it.
package struct ProposedFigure: Sendable {
  package var field: FieldKey
  package var sheet: String
  package var cell: CellReference
  package var old: String
  /// What may be meant; `nil` where nothing is proposed.
  package var value: Decimal?
  /// The stable word for why it may be meant.
  package var why = ""
  package var reason = LocalizedText(zh: "", en: "")

  fileprivate init?(_ reading: Reading, of submission: Submission) {
    guard let cell = reading.cell else { return nil }
    field = reading.field
    sheet = reading.sheet ?? submission.sheet
    self.cell = cell
    old = reading.figure?.description ?? reading.raw.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Submission {
  /// What a finding proposes, in lines of lists too.
  package func proposedFigures(for finding: Finding, campaign: Campaign) -> [ProposedFigure] {
    CheckReport.proposals(for: finding, in: self, campaign).compactMap { proposal in
      guard var figure = ProposedFigure(proposal.reading, of: self) else { return nil }
      (figure.value, figure.why, figure.reason) = (proposal.value, proposal.why, proposal.reason)
      return figure
    }
  }

  /// The figures that stand in a cell.
  package func correctableFigures(at cell: CellReference, sheet: String, campaign: Campaign)
    -> [ProposedFigure]
  {
    guard list != nil || sheet == self.sheet || readings.contains(where: { $0.sheet == sheet }) else {
      return []
    }
    return figures(at: cell, sheet: sheet, campaign).compactMap { ProposedFigure($0.reading, of: self) }
      .filter { $0.sheet == sheet }
  }
}
