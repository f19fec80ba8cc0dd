import Foundation
import XLSX

/// Where every figure of the consolidated workbook came from, line by line as the sheet `来源` lists it.
struct Provenance {
  struct Entry {
    var form: String
    var formLabel: String
    var unit: String
    var unitName: String
    var field: FieldKey
    var figure: Decimal?
    var file: String
    var sheet: String
    var cell: CellReference?
    var raw: String
    var note: String

    /// `收件/沁阳.xlsx Sheet1!C6`
    var tooltip: String { "\(file) \(sheet)!\(cell?.description ?? "")" }
  }

  /// The rows above the entries: title, note, headings.
  static let firstRow = 4

  let entries: [Entry]
  private let rows: [Key: Int]

  private struct Key: Hashable {
    var form: String
    var unit: String
    var field: FieldKey
  }

  init(_ forms: [FormConsolidation]) {
    var entries: [Entry] = []
    for form in forms {
      for unit in form.units {
        guard let submission = unit.submission else { continue }
        entries += Self.entries(of: submission, unit: unit.unit, form: form.form)
      }
    }
    self.entries = entries
    rows = Dictionary(
      entries.enumerated().map { position, entry in
        (Key(form: entry.form, unit: entry.unit, field: entry.field), Self.firstRow + position)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The row of a figure's line on the sheet, and the line.
  func row(form: String, unit: String, field: FieldKey) -> (row: Int, entry: Entry)? {
    guard let row = rows[Key(form: form, unit: unit, field: field)] else { return nil }
    return (row, entries[row - Self.firstRow])
  }

  var lastRow: Int { Self.firstRow + max(entries.count, 1) - 1 }

  /// Every field that something stands at; what is blank came from nowhere.
  private static func entries(of submission: Submission, unit: ReportingUnit, form: FormDefinition) -> [Entry]
  {
    let readings = Dictionary(
      submission.readings.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
    return form.fields.compactMap { field in
      guard let reading = readings[field.key], reading.state != .blank, reading.state != .missing else {
        return nil
      }
      let origin = submission.origins[field.key]
      // A total that the workbook below has worked out was never reported.
      if !submission.origins.isEmpty, origin == nil, !field.isInput { return nil }
      var note = note(on: reading, field: field)
      if origin != nil {
        // What an office below handed up keeps its first place; by which workbook it came is told beside it.
        let way = "经“\(submission.file)”\(submission.sheet)!\(reading.cell?.description ?? "")"
        note = note.isEmpty ? way : "\(note)；\(way)"
      }
      return Entry(
        form: form.id, formLabel: form.label, unit: unit.code, unitName: unit.name, field: field.key,
        figure: reading.figure, file: origin?.file ?? submission.file,
        sheet: origin?.sheet ?? submission.sheet,
        cell: origin == nil ? reading.cell : origin?.cell, raw: origin?.raw ?? reading.raw, note: note)
    }
  }

  private static func note(on reading: Reading, field: Field) -> String {
    var notes: [String] = []
    if reading.figure == nil { notes.append("不能读作数字，未计入") }
    if !field.isInput { notes.append("所填合计，只作核对") }
    for note in reading.notes {
      switch note {
      case .normalised: notes.append("由文字读出")
      case .approximate: notes.append("约数")
      case .merged: notes.append("合并单元格")
      case .staleFormula, .evaluated: notes.append("由公式算出")
      case .notEvaluated: notes.append("公式未能重算，取存储值")
      case .notANumber, .error: break
      }
    }
    if reading.isHidden { notes.append("在隐藏的行列中") }
    return notes.joined(separator: "；")
  }
}
