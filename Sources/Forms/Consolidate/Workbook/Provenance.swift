import Foundation
import XLSX

/// Where every figure of the consolidated workbook came from, line by line as the sheet `来源` lists it.
struct Provenance {
  struct Entry {
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

  /// In place of a field's name on a line about all figures of a form: their cells and the figures themselves follow in the
  /// order of the form's fields, `—` where there is none.
  static let allFields = "（全部指标）"
  /// Excel keeps at most 65,530 links on a sheet and calls more of them damage; beyond that a unit's name is linked, and
  /// no more its every figure.
  static let linksPerSheet = 65_000

  /// Whether a line is about all figures of a unit's form.
  let isByUnit: Bool
  private let parts: [Part]
  /// How many lines there are.
  let count: Int

  /// The lines of one form: made again whenever they are asked for, since those of a country are longer than its figures.
  private struct Part {
    var form: FormConsolidation
    /// The row of each unit's first line, and behind them the row after the last one.
    var rows: [Int]
  }

  init(_ forms: [FormConsolidation]) {
    let figures = forms.reduce(0) { sum, form in
      sum + form.units.count { $0.isReported } * form.form.fields.count
    }
    let isByUnit = figures > Self.linksPerSheet
    var next = Self.firstRow
    var parts: [Part] = []
    for form in forms {
      var rows: [Int] = []
      rows.reserveCapacity(form.units.count + 1)
      for unit in form.units {
        rows.append(next)
        let found = Self.found(in: unit, form: form.form)
        next += isByUnit ? Self.places(of: found) : found.count
      }
      rows.append(next)
      parts.append(Part(form: form, rows: rows))
    }
    self.isByUnit = isByUnit
    self.parts = parts
    count = next - Self.firstRow
  }

  var lastRow: Int { Self.firstRow + max(count, 1) - 1 }

  /// The lines of the unit at a position of a form, in the order of the form's fields, and the row of the first.
  func lines(ofUnit position: Int, form id: String) -> (row: Int, lines: [Entry]) {
    guard let part = parts.first(where: { $0.form.form.id == id }), part.form.units.indices.contains(position)
    else { return (Self.firstRow, []) }
    return (part.rows[position], lines(part.form.units[position], part.form.form))
  }

  /// Whose lines a row is among, and the rows of all of them.
  ///
  /// - Complexity: O(log units)
  fileprivate func unit(atRow row: Int) -> (form: FormConsolidation, position: Int, rows: Range<Int>)? {
    guard let part = parts.first(where: { row < $0.rows[$0.rows.count - 1] }), row >= part.rows[0] else {
      return nil
    }
    var (low, high) = (0, part.rows.count - 1)
    // The last unit whose lines begin in the row or above: those without lines begin where the next one does.
    while high - low > 1 {
      let middle = (low + high) / 2
      if part.rows[middle] <= row { low = middle } else { high = middle }
    }
    return (part.form, low, part.rows[low]..<part.rows[low + 1])
  }

  private func lines(_ unit: UnitFigures, _ form: FormDefinition) -> [Entry] {
    let entries = Self.entries(of: unit, form: form)
    return isByUnit ? Self.joined(entries, form: form) : entries
  }

  /// A figure that a line is about.
  private struct Found {
    var field: Field
    var reading: Reading
    var origin: FigureOrigin?
    var file: String
    var sheet: String
  }

  /// Every field that something stands at; what is blank came from nowhere.
  private static func found(in unit: UnitFigures, form: FormDefinition) -> [Found] {
    guard let submission = unit.submission else { return [] }
    var readings: [Reading] = []
    var origins: [FieldKey: FigureOrigin] = [:]
    submission.forEachReading { reading, origin in
      readings.append(reading)
      if let origin { origins[reading.field] = origin }
    }
    if readings.count != form.fields.count || !zip(form.fields, readings).allSatisfy({ $0.key == $1.field }) {
      let byField = Dictionary(readings.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
      readings = form.fields.map { byField[$0.key] ?? Reading(field: $0.key, state: .missing) }
    }
    return zip(form.fields, readings).compactMap { field, reading in
      guard reading.state != .blank, reading.state != .missing else { return nil }
      let origin = origins[field.key]
      // A total that the workbook below has worked out was never reported.
      if !origins.isEmpty, origin == nil, !field.isInput { return nil }
      return Found(
        field: field, reading: reading, origin: origin, file: origin?.file ?? submission.file,
        sheet: origin?.sheet ?? reading.sheet ?? submission.sheet)
    }
  }

  /// How many sheets figures of a form came from.
  private static func places(of found: [Found]) -> Int {
    var places: [(file: String, sheet: String)] = []
    for figure in found where !places.contains(where: { $0.file == figure.file && $0.sheet == figure.sheet })
    {
      places.append((figure.file, figure.sheet))
    }
    return places.count
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

  private static func entries(of unit: UnitFigures, form: FormDefinition) -> [Entry] {
    guard let submission = unit.submission else { return [] }
    return found(in: unit, form: form).map { found in
      let (reading, origin) = (found.reading, found.origin)
      var note = note(on: reading, field: found.field)
      if case .misspelt(let text) = submission.unitSource {
        note = (note.isEmpty ? "" : note + "；") + "单位写作“\(text)”"
      }
      if origin != nil {
        // What an office below handed up keeps its first place; by which workbook it came is told beside it.
        let way = "经“\(submission.file)”\(submission.sheet)!\(reading.cell?.description ?? "")"
        note = note.isEmpty ? way : "\(note)；\(way)"
      }
      return Entry(
        field: found.field.key, figure: reading.figure, file: found.file, sheet: found.sheet,
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

/// Looks lines up one after the other; those of a unit are made once for all their rows.
final class ProvenanceCursor {
  private let provenance: Provenance
  private var current: (form: FormConsolidation, position: Int, rows: Range<Int>)?
  private var lines: [Provenance.Entry] = []

  init(_ provenance: Provenance) { self.provenance = provenance }

  func line(atRow row: Int) -> (form: FormConsolidation, position: Int, entry: Provenance.Entry)? {
    if current?.rows.contains(row) != true {
      current = provenance.unit(atRow: row)
      lines = current.map { provenance.lines(ofUnit: $0.position, form: $0.form.form.id).lines } ?? []
    }
    guard let current, lines.indices.contains(row - current.rows.lowerBound) else { return nil }
    return (current.form, current.position, lines[row - current.rows.lowerBound])
  }
}
