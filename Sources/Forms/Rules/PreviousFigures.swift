import Foundation

/// Last year's figures, against which Y01–Y03 hold this year's.
public struct PreviousFigures: Hashable, Sendable {
  /// The workbook they come from, as shown to people.
  public var file: String
  /// Whom last year's workbook names for a unit, by its code.
  public var contacts: [String: Contact] = [:]
  private var figures: [String: [String: [FieldKey: Decimal]]] = [:]

  public init(file: String) { self.file = file }

  /// The figures of a unit on a form, by the unit's code and the form's id. Totals may be left out: they are never
  /// compared.
  public subscript(form form: String, unit unit: String) -> [FieldKey: Decimal]? {
    get { figures[form]?[unit] }
    set { figures[form, default: [:]][unit] = newValue }
  }

  public var isEmpty: Bool { figures.isEmpty }
}

extension PreviousFigures {
  /// The figures of last year's consolidated workbook.
  public init(_ workbook: ConsolidatedWorkbook) {
    self.init(file: workbook.file)
    contacts = workbook.contacts
    for line in workbook.previousFigures { self[form: line.form, unit: line.unit] = line.figures }
  }
}
