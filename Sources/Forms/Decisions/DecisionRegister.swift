import Foundation
import XLSX

/// The two lists of decisions that an office keeps in its working folder, written line by line: the same lists that
/// `check --suggest` and `check --notes-template` begin and `merge --corrections --notes` takes. What somebody else wrote
/// into them stays as it is.
package enum DecisionRegister {
  /// A 更正 to be written.
  package struct NewCorrection: Sendable {
    package var file: String
    package var sheet: String
    package var cell: String
    package var field: String?
    package var old: String
    package var new: String
    /// Whether its field holds a number; what looks like one elsewhere (an id, a telephone) is a text.
    package var isFigure = true
    package var rule = ""
    package var unit: String?
    package var form: String?
    package var message = ""
    package var officer: String
    package var reason: String

    package init(
      file: String, sheet: String, cell: String, field: String?, old: String, new: String, officer: String,
      reason: String
    ) {
      (self.file, self.sheet, self.cell, self.field) = (file, sheet, cell, field)
      (self.old, self.new, self.officer, self.reason) = (old, new, officer, reason)
    }
  }

  /// A 说明 to be written.
  package struct NewExplanation: Sendable {
    package var unit: String
    package var form: String
    package var rule: String
    package var field: String
    package var cell: String
    package var message = ""
    package var text: String
    package var officer: String

    package init(
      unit: String, form: String, rule: String, field: String, cell: String, text: String, officer: String
    ) {
      (self.unit, self.form, self.rule, self.field) = (unit, form, rule, field)
      (self.cell, self.text, self.officer) = (cell, text, officer)
    }
  }

  /// The list with more lines, as the bytes of a workbook; the file itself stays as it is.
  ///
  /// Lines that go together are written as such; a line that was accepted for one of their cells is no longer.
  ///
  /// - Parameter path: The list; need not be there.
  /// - Returns: The bytes, and the rows of the new lines.
  /// - Throws: ``FormsError`` (`input`) for a list that cannot be read or lacks a column, `XLSXError`.
  package static func adding(
    _ corrections: [NewCorrection], to path: String, campaign: Campaign
  ) throws -> (bytes: [UInt8], lines: [Int]) {
    typealias Heading = CorrectionList.Heading
    let list = try open(
      path, sheet: CheckReport.suggestionSheet(look(campaign)), title: "\(campaign.title)更正",
      needed: CorrectionList.neededColumns, optional: CorrectionList.optionalColumns, campaign)
    if let table = list.table {
      for line in table.lines where CorrectionList.isAccepted(line.text(Heading.accepted)) {
        let place = (line.text(Heading.file), line.value(Heading.sheet).words, line.text(Heading.cell))
        if corrections.contains(where: { ($0.file, $0.sheet, $0.cell) == place }) {
          list.put(.text("否"), Heading.accepted, row: line.number)
        }
      }
    }
    let groups = list.table?.lines.compactMap {
      Int($0.text(Heading.group).prefix { $0.isASCII && $0.isNumber })
    }
    let together =
      corrections.count > 1 ? "\(((groups ?? []).max() ?? 0) &+ 1)（\(CorrectionList.GroupKind.together)）" : ""
    let lines = corrections.map { correction in
      list.append([
        "单位": .words(correction.unit), "表": .words(correction.form), Heading.field: .words(correction.field),
        "问题": .words(correction.message), Heading.old: value(correction.old, correction.isFigure),
        Heading.group: .words(together), Heading.accepted: .text("是"),
        Heading.value: value(correction.new, correction.isFigure),
        Heading.officer: .words(correction.officer), Heading.reason: .words(correction.reason),
        Heading.rule: .words(correction.rule), Heading.file: .words(correction.file),
        Heading.sheet: .words(correction.sheet), Heading.cell: .words(correction.cell),
      ])
    }
    return (try list.book.serialized(), lines)
  }

  /// The list with one more 说明; otherwise as ``adding(_:to:campaign:)-(_,_,_)``.
  package static func adding(
    _ explanation: NewExplanation, to path: String, campaign: Campaign
  ) throws -> (bytes: [UInt8], line: Int) {
    typealias Heading = ExplanationList.Heading
    let list = try open(
      path, sheet: CheckReport.explanationSheet(look(campaign)), title: "\(campaign.title)核实说明",
      needed: Heading.all.filter(\.isRequired), optional: Heading.all.filter { !$0.isRequired }, campaign)
    let line = list.append([
      Heading.unit.name: .words(explanation.unit), Heading.form.name: .words(explanation.form),
      Heading.rule.name: .words(explanation.rule), Heading.field.name: .words(explanation.field),
      Heading.cell.name: .words(explanation.cell), "问题": .words(explanation.message),
      Heading.text.name: .words(explanation.text), Heading.officer.name: .words(explanation.officer),
    ])
    return (try list.book.serialized(), line)
  }

  /// The list of corrections where the accepted line of a cell says 否; `nil` if there is none.
  package static func withdrawing(
    file: String, sheet: String, cell: String, from path: String, campaign: Campaign
  ) throws -> [UInt8]? {
    typealias Heading = CorrectionList.Heading
    let list = try open(
      path, sheet: CheckReport.suggestionSheet(look(campaign)), title: "",
      needed: CorrectionList.neededColumns, optional: CorrectionList.optionalColumns, campaign)
    let lines = (list.table?.lines ?? []).filter { CorrectionList.isAccepted($0.text(Heading.accepted)) }
    guard
      let line = lines.first(where: {
        ($0.text(Heading.file), $0.value(Heading.sheet).words, $0.text(Heading.cell)) == (file, sheet, cell)
      })
    else { return nil }
    // What belongs together is taken back together.
    let group = line.text(Heading.group)
    for other in lines
    where other.number == line.number
      || (group.contains(CorrectionList.GroupKind.together) && other.text(Heading.group) == group)
    {
      list.put(.text("否"), Heading.accepted, row: other.number)
    }
    return try list.book.serialized()
  }

  /// The list of explanations without the text of a line; `nil` if it has none there.
  package static func withdrawing(
    explanation line: Int, from path: String, campaign: Campaign
  ) throws -> [UInt8]? {
    typealias Heading = ExplanationList.Heading
    let list = try open(
      path, sheet: CheckReport.explanationSheet(look(campaign)), title: "",
      needed: Heading.all.filter(\.isRequired), optional: Heading.all.filter { !$0.isRequired }, campaign)
    guard let found = list.table?.lines.first(where: { $0.number == line }),
      !found.text(Heading.text.name).isEmpty
    else { return nil }
    list.put(.empty, Heading.text.name, row: line)
    return try list.book.serialized()
  }

  private static func look(_ campaign: Campaign) -> SheetLook {
    SheetLook(campaign.forms.first?.layout ?? FormLayout())
  }

  private static func value(_ text: String, _ isFigure: Bool) -> CellValue {
    isFigure ? Decimal(decision: .text(text)).map { .figure($0) } ?? .words(text) : .words(text)
  }

  private static func open(
    _ path: String, sheet: DecisionSheet, title: String, needed: [DecisionTable.Column],
    optional: [DecisionTable.Column], _ campaign: Campaign
  ) throws -> OpenList {
    guard FileManager.default.fileExists(atPath: path) else {
      let book = Workbook()
      try sheet.paint(rows: [], isBanded: [], ifNone: "").add(to: book)
      book.properties.title = title
      book.properties.creator = campaign.office
      book.properties.application = "huizong"
      let columns = Dictionary(
        sheet.columns.enumerated().map { ($1.heading, $0 + 1) }, uniquingKeysWith: { first, _ in first })
      let painted = try book.sheet(named: sheet.name)
      // The line that says that there is nothing.
      for range in painted.mergedRanges where range.first.row >= DecisionSheet.firstRow {
        painted.unmerge(range)
        painted[range.first] = .empty
      }
      return OpenList(
        book: book, sheet: painted, table: nil, columns: columns, heading: DecisionSheet.headingRow,
        painter: sheet)
    }
    // What people call other columns does not matter: they are for people.
    let table = try DecisionTable(
      path: path,
      columns: needed + optional
        + sheet.columns.map(\.heading).filter { heading in
          !(needed + optional).contains { $0.name == heading }
        }
        .map { .init(name: $0, isRequired: false) })
    let book: Workbook
    do {
      book = try Workbook(contentsOf: URL(fileURLWithPath: path))
    } catch let error as XLSXError where error.code == .notASpreadsheet || error.code == .legacyFormat {
      throw FormsError(
        .input,
        LocalizedText(zh: "不是 .xlsx 工作簿，请另存为 .xlsx", en: "is no .xlsx workbook; save it as one"), file: path)
    }
    return OpenList(
      book: book, sheet: try book.sheet(named: table.sheet), table: table, columns: table.columns,
      heading: table.headingRow, painter: sheet)
  }
}

/// A list that lines are written into.
private final class OpenList {
  let book: Workbook
  let sheet: Worksheet
  let table: DecisionTable?
  private let columns: [String: Int]
  private let painter: DecisionSheet
  private var last: Int

  init(
    book: Workbook, sheet: Worksheet, table: DecisionTable?, columns: [String: Int], heading: Int,
    painter: DecisionSheet
  ) {
    (self.book, self.sheet, self.table, self.columns) = (book, sheet, table, columns)
    self.painter = painter
    last = heading
    guard let used = sheet.usedRange else { return }
    // Rows that only look as if something were in them do not count.
    last =
      stride(from: used.last.row, to: heading, by: -1).first { row in
        used.columns.contains { !sheet[CellReference(row: row, column: $0)].isEmpty }
      } ?? heading
  }

  func put(_ value: CellValue, _ column: String, row: Int) {
    guard let place = columns[column] else { return }
    sheet[CellReference(row: row, column: place)] = value
  }

  /// - Returns: The row.
  func append(_ values: [String: CellValue]) -> Int {
    last += 1
    let hasNumbers = columns["序号"] != nil
    for (heading, column) in columns {
      let cell = CellReference(row: last, column: column)
      sheet[cell] =
        heading == "序号" && hasNumbers
        ? .number(Double(last - (table?.headingRow ?? DecisionSheet.headingRow))) : values[heading] ?? .empty
      let known = painter.columns.first { $0.heading == heading }
      let style = painter.look.text(known?.isLong == true ? .left : .center)
      sheet.setStyle(style.filled(known?.isOpen == true ? SheetLook.openFill : nil), at: cell)
    }
    return last
  }
}
