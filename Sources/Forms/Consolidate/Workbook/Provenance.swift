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
    /// The figures and cells of a line about all of them.
    var figures: String?
    var cells: String?

    /// `收件/沁阳.xlsx Sheet1!C6`
    var tooltip: String { "\(file) \(sheet)!\(cells ?? cell?.description ?? "")" }
  }

  /// The rows above the entries: title, note, headings.
  static let firstRow = 4

  let entries: [Entry]
  private let rows: [Key: Int]
  /// Whether a line is about all figures of a unit's form.
  let isByUnit: Bool

  /// In place of a field's name on a line about all figures of a form: their cells and the figures themselves follow in the
  /// order of the form's fields, `—` where there is none.
  static let allFields = "（全部指标）"
  /// Excel keeps at most 65,530 links on a sheet and calls more of them damage; beyond that a unit's name is linked, and
  /// no more its every figure.
  static let linksPerSheet = 65_000

  private struct Key: Hashable {
    var form: String
    var unit: String
    var field: FieldKey
  }

  init(_ forms: [FormConsolidation]) {
    let figures = forms.reduce(0) { sum, form in
      sum + form.units.count { $0.isReported } * form.form.fields.count
    }
    let isByUnit = figures > Self.linksPerSheet
    var entries: [Entry] = []
    for form in forms {
      for unit in form.units {
        guard let submission = unit.submission else { continue }
        let found = Self.entries(of: submission, unit: unit.unit, form: form.form)
        entries += isByUnit ? Self.joined(found, form: form.form) : found
      }
    }
    self.isByUnit = isByUnit
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

  /// The line about all figures of a unit's form.
  func row(form: String, unit: String) -> (row: Int, entry: Entry)? {
    isByUnit ? row(form: form, unit: unit, field: FieldKey(rawValue: Self.allFields)) : nil
  }

  /// One line for each sheet that figures of a form came from.
  private static func joined(_ entries: [Entry], form: FormDefinition) -> [Entry] {
    var lines: [Entry] = []
    var rest = entries[...]
    while let first = rest.first {
      let same = rest.filter { $0.file == first.file && $0.sheet == first.sheet }
      rest = rest.filter { $0.file != first.file || $0.sheet != first.sheet }
      let byField = Dictionary(same.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
      var line = first
      line.field = FieldKey(rawValue: allFields)
      line.figure = nil
      line.figures = form.fields.map { byField[$0.key]?.figure?.plainText ?? "—" }.joined(separator: " ")
      line.cells = form.fields.map { byField[$0.key]?.cell?.description ?? "—" }.joined(separator: " ")
      line.raw = ""
      lines.append(line)
    }
    return lines
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
      if case .misspelt(let text) = submission.unitSource {
        note = (note.isEmpty ? "" : note + "；") + "单位写作“\(text)”"
      }
      if origin != nil {
        // What an office below handed up keeps its first place; by which workbook it came is told beside it.
        let way = "经“\(submission.file)”\(submission.sheet)!\(reading.cell?.description ?? "")"
        note = note.isEmpty ? way : "\(note)；\(way)"
      }
      return Entry(
        form: form.id, formLabel: form.label, unit: unit.code, unitName: unit.name, field: field.key,
        figure: reading.figure, file: origin?.file ?? submission.file,
        sheet: origin?.sheet ?? reading.sheet ?? submission.sheet,
        cell: origin == nil ? reading.cell : origin?.cell, raw: origin?.raw ?? reading.raw, note: note)
    }
  }

  private static func note(on reading: Reading, field: Field) -> String {
    var notes: [String] = []
    if reading.value == nil { notes.append("不能读作数字，未计入") }
    if !field.isInput { notes.append("所填合计，只作核对") }
    for note in reading.notes {
      switch note {
      case .normalised: notes.append("由文字读出")
      case .approximate: notes.append("约数")
      case .merged: notes.append("合并单元格")
      case .staleFormula, .evaluated: notes.append("由公式算出")
      case .notEvaluated: notes.append("公式未能重算，取存储值")
      case .corrected(let correction): notes.append(correction.remark)
      case .leftOut(let pieces): notes.append("未计\(pieces.map(\.words.chinese).joined(separator: "、"))")
      case .shownAs(let text): notes.append("显示为“\(text)”")
      case .notANumber, .notAFigure, .error, .wrong: break
      }
    }
    if reading.isHidden { notes.append("在隐藏的行列中") }
    return notes.joined(separator: "；")
  }
}
