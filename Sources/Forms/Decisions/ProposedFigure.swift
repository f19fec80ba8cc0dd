import Foundation
import XLSX

/// A value of a submission that can be corrected, with what stands there as the list of corrections has it.
package struct ProposedFigure: Sendable {
  package var field: FieldKey
  /// What the field holds.
  package var type: FieldType
  /// What can be chosen from: the names of a choice, 是 and 否.
  package var choices: [String]
  package var sheet: String
  package var cell: CellReference
  package var old: String
  /// What may be meant, as the list has it; empty where nothing is proposed.
  package var new = ""
  /// The stable word for why it may be meant.
  package var why = ""
  package var reason = LocalizedText(zh: "", en: "")

  /// - Parameter definition: The reading's field; `nil` for a sum of lines.
  fileprivate init?(_ reading: Reading, _ definition: Field?, of submission: Submission) {
    guard let cell = reading.cell else { return nil }
    field = reading.field
    type = definition?.type ?? .number
    choices =
      switch type {
      case .choice: definition?.choices.map(\.name) ?? []
      case .yesNo: [FieldValue.truth(true).text, FieldValue.truth(false).text]
      default: []
      }
    sheet = reading.sheet ?? submission.sheet
    self.cell = cell
    old = reading.oldText
  }
}

extension Submission {
  /// What a finding proposes, in lines of lists too.
  package func proposedFigures(for finding: Finding, campaign: Campaign) -> [ProposedFigure] {
    CheckReport.proposals(for: finding, in: self, campaign).compactMap { proposal in
      let field = campaign.form(form)?.field(proposal.reading.field)
      guard var figure = ProposedFigure(proposal.reading, field, of: self) else { return nil }
      (figure.new, figure.why, figure.reason) = (proposal.shown, proposal.why, proposal.reason)
      if figure.type == .percent, let share = proposal.value { figure.new = (share * 100).plainText + "%" }
      return figure
    }
  }

  /// The values that stand in a cell.
  package func correctableFigures(at cell: CellReference, sheet: String, campaign: Campaign)
    -> [ProposedFigure]
  {
    guard list != nil || sheet == self.sheet || readings.contains(where: { $0.sheet == sheet }) else {
      return []
    }
    let definition = campaign.form(form)
    return figures(at: cell, sheet: sheet, campaign).compactMap {
      ProposedFigure($0.reading, definition?.field($0.reading.field), of: self)
    }.filter { $0.sheet == sheet }
  }
}
