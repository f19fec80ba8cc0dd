import DOCX
import Foundation
import XLSX

/// The filled-in forms of one file in another format: the official layout with the unit's figures, normalised.
///
/// Nothing is added or put right: what was blank stays blank, a typed total stays what was typed, and what could not be
/// read stands there as it was written.
public struct FormConversion: Sendable {
  /// The file they come from, as shown to people.
  public var file: String
  public var submissions: [Submission]
  private let campaign: Campaign

  public init(file: String, submissions: [Submission], campaign: Campaign) {
    self.file = file
    self.submissions = submissions
    self.campaign = campaign
  }

  /// A workbook with a sheet for each form, named by the form's label.
  public func workbook() throws -> Workbook {
    let book = Workbook()
    for draft in drafts { try draft.add(to: book) }
    book.properties.title = submissions.compactMap { $0.unit?.name ?? $0.unitAsWritten }.first
    return book
  }

  /// The forms' layout as CSV, an empty line between two.
  ///
  /// It begins with a byte order mark unless told otherwise: without one, Excel takes the text for GBK on a Chinese system.
  public func csv(hasByteOrderMark: Bool = true) -> String {
    (hasByteOrderMark ? "\u{FEFF}" : "") + drafts.map { $0.csv() }.joined(separator: "\r\n")
  }

  /// A page that prints like the forms, each on a sheet of its own.
  public func html(language: Language = .chinese) -> String {
    let sections = drafts.map { draft in
      let isWide = draft.pageSetup.orientation == .landscape
      return
        "<section class=\"form\(isWide ? " wide" : "")\" aria-label=\"\(PageText.escaped(draft.name))\">\n\(SheetTable(draft).html())\n</section>"
    }
    let title = submissions.first?.unit?.name ?? file
    return HTMLPage(title: title, language: language, body: ["<main>"] + sections + ["</main>"]).html()
  }

  /// A Word document that prints like the forms, each on a page of its own.
  ///
  /// - Throws: `XLSXError` when memory is out.
  public func word() throws -> [UInt8] {
    let layout = submissions.first.flatMap(form)?.layout ?? FormLayout()
    var document = Document(styles: OfficialStyle(layout).styles())
    document.title = submissions.first?.unit?.name ?? ""
    document.sections = drafts.map { draft in
      let page = PageLayout(draft.pageSetup)
      return .init(page: page, blocks: DraftTable(draft, page: page).blocks)
    }
    return try document.bytes()
  }

  /// The submissions as `check --format json` has them.
  public func json(language: Language) -> [JSONValue] {
    submissions.map { $0.json(form: form(of: $0), language: language) }
  }

  private func form(of submission: Submission) -> FormDefinition? {
    campaign.forms.first { $0.id == submission.form }
  }

  private var drafts: [SheetDraft] {
    var names: Set<String> = []
    return submissions.compactMap { submission in
      guard let form = form(of: submission) else { return nil }
      // Two of the same form in one file are told apart by a number, as a workbook's sheets must be.
      var name = form.label
      var number = 2
      while !names.insert(name).inserted {
        name = "\(form.label)（\(number)）"
        number += 1
      }
      return Self.page(of: submission, form: form).draft(named: name)
    }
  }

  private static func page(of submission: Submission, form: FormDefinition) -> FormPage {
    guard let list = submission.list else { return matrixPage(of: submission, form: form) }
    var form = form
    form.list?.blankLines = max(1, list.lines.count)
    if list.totals.isEmpty { form.list?.totals = [] }
    var page = matrixPage(of: submission, form: form)
    let lines = list.lines
    let table = (0..<lines.count).map { lines.states($0) }
    page.lineValue = { line, field in
      guard table.indices.contains(line) else { return .empty }
      if form.fields[field].type == .index { return .number(Double(line + 1)) }
      return value(table[line][field], raw: lines.raw(line, field))
    }
    page.totalValue = { field in
      let key = ListRules.totalKey(field.key)
      return list.totals.first { $0.field == key }.map { value($0.state, raw: $0.raw) } ?? .empty
    }
    return page
  }

  private static func value(_ state: Reading.State, raw: String) -> CellValue {
    switch state {
    case .figure(let figure): .figure(figure)
    case .value(let value): .words(value.text)
    case .unreadable: .words(raw)
    case .blank, .missing: .empty
    }
  }

  private static func matrixPage(of submission: Submission, form: FormDefinition) -> FormPage {
    FormPage(
      form: form, title: FormPage.printedTitle(of: form),
      headLine: { line in
        switch line.role {
        case .unit: submission.unit?.name ?? submission.unitAsWritten
        case .filledOn:
          submission.filledOn.map { "\($0.year)年\($0.month)月\($0.day)日" } ?? submission.head[.filledOn]?.raw
        case .filledBy: submission.filledBy
        case .phone: submission.phone
        }
      },
      value: { field, _ in
        guard let reading = submission.reading(field.key) else { return .empty }
        return Self.value(reading.state, raw: reading.raw)
      })
  }
}
