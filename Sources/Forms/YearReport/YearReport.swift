import DOCX
import Foundation
import XLSX

extension Consolidation {
  /// The year-end report as a Word document: paragraphs made of the figures, charts, and the tables of the workbook. The
  /// same report gives the same bytes.
  ///
  /// - Throws: `XLSXError` for a chart whose figures no workbook can hold.
  public func wordReport(language: Language) throws -> [UInt8] {
    try YearReport(consolidation: self, language: language).document.bytes()
  }
}

/// Puts the report together: what came in, then each form with its sentences and charts, then what the checks found, the
/// signature, and the tables on pages of their own.
struct YearReport {
  let consolidation: Consolidation
  let language: Language
  private let style: OfficialStyle
  private let words: PageWords

  /// By this, among the document's properties, a report that lies among what came in is known and not counted again.
  static let mark = "huizong-report"

  /// Longer lists are for the workbook.
  private static let mostRows = 600

  init(consolidation: Consolidation, language: Language) {
    self.consolidation = consolidation
    self.language = language
    style = OfficialStyle(consolidation.campaign.forms.first?.layout ?? FormLayout())
    words = PageWords(language, names: consolidation.campaign.englishNames)
  }

  private var campaign: Campaign { consolidation.campaign }
  private var wording: ReportWording { campaign.correspondence.report }
  private var asOf: CalendarDate { consolidation.report.asOf }

  var document: Document {
    let signature = signature
    let indents = Self.signatureIndents(signature)
    var document = Document(styles: style.styles(signatureIndent: indents))
    document.title = title
    document.author = words.name(campaign.office)
    document.keywords = Self.mark
    let page = style.page()
    document.sections.append(
      .init(page: page, blocks: text(width: page.textWidth) + self.blocks(ofSignature: signature)))
    for (title, draft) in tables {
      var page = style.page(isLandscape: draft.pageSetup.orientation == .landscape)
      page.linePitch = nil
      var table = DraftTable(draft, page: page)
      table.translate = words.translate
      if language == .english {
        table.showsLines = false
        table.title = title
      }
      let blocks = table.blocks
      if !blocks.isEmpty { document.sections.append(.init(page: page, blocks: blocks)) }
    }
    return document
  }

  private var title: String {
    let title = words.name(campaign.title)
    let values = ["title": title, "office": words.name(campaign.office), "year": String(campaign.year)]
    return wording.fill(.title, values, in: language) ?? title
  }

  // The text.

  private func text(width: Double) -> [Document.Block] {
    var numbers = OutlineNumbers(language)
    var blocks: [Document.Block] = []
    func paragraph(_ text: String, _ style: String) {
      blocks.append(.paragraph(Paragraph(text, style: style)))
    }
    paragraph(BalancedTitle.lines(title, width: 20).joined(separator: "\n"), OfficialStyle.Name.title)
    let narratives = consolidation.forms.map {
      FormNarrative($0, wording: wording, words: words, asOf: asOf)
    }
    paragraph(numbers.heading(wording[.receivedHeading, language]), OfficialStyle.Name.heading)
    for narrative in narratives {
      for sentence in narrative.received { paragraph(sentence, OfficialStyle.Name.text) }
    }
    for (narrative, form) in zip(narratives, consolidation.forms) {
      paragraph(numbers.heading(narrative.heading), OfficialStyle.Name.heading)
      for part in narrative.parts {
        paragraph(numbers.subheading(part.heading), OfficialStyle.Name.subheading)
        for sentence in part.paragraphs { paragraph(sentence, OfficialStyle.Name.text) }
      }
      blocks += ReportCharts(form: form, words: words, width: width).all.map { .chart($0) }
    }
    paragraph(numbers.heading(wording[.qualityHeading, language]), OfficialStyle.Name.heading)
    paragraph(findings, OfficialStyle.Name.text)
    for narrative in narratives {
      if let sentence = narrative.disputed { paragraph(sentence, OfficialStyle.Name.text) }
    }
    let names = tables.map(\.title)
    if !names.isEmpty {
      paragraph(numbers.heading(wording[.tablesHeading, language]), OfficialStyle.Name.heading)
      for (position, name) in names.enumerated() {
        paragraph("\(position + 1). \(name)", OfficialStyle.Name.text)
      }
    }
    return blocks
  }

  private var findings: String {
    let all = consolidation.report.allFindings
    if all.isEmpty {
      let files = String(consolidation.report.files.count)
      return wording.fill(.noFindings, ["files": files], in: language) ?? ""
    }
    return wording.fill(
      .findings,
      [
        "errors": String(all.count(.error)), "warnings": String(all.count(.warning)),
        "infos": String(all.count(.info)),
      ], in: language) ?? ""
  }

  // The signature.

  private var signature: (office: String, date: String) {
    let date = language == .chinese ? asOf.longText : asOf.description
    let name = words.name(campaign.office)
    return (wording.fill(.signature, ["office": name, "asOf": date], in: language) ?? name, date)
  }

  /// The date stands four characters from the right, the office's name above it in the middle of the date.
  private static func signatureIndents(_ signature: (office: String, date: String)) -> (
    office: Double, date: Double
  ) {
    let (office, date) = (Double(signature.office.displayWidth) / 2, Double(signature.date.displayWidth) / 2)
    // A name that is longer than the date stands two characters from the right, and the date below its middle.
    if office > date { return (2, max(4, 2 + (office - date) / 2)) }
    return (4 + (date - office) / 2, 4)
  }

  private func blocks(ofSignature signature: (office: String, date: String)) -> [Document.Block] {
    [
      .paragraph(Paragraph(signature.office, style: OfficialStyle.Name.signature)),
      .paragraph(Paragraph(signature.date, style: OfficialStyle.Name.signatureDate)),
    ]
  }

  // The tables.

  /// The forms' official layout, results against targets, and who still has something to do, each with its name.
  private var tables: [(title: String, draft: SheetDraft)] {
    var tables = consolidation.reportDrafts(longest: Self.mostRows).map { draft in
      var title = DraftLayout(draft).plainTitle ?? draft.name
      // How many have reported stands in the text.
      if language == .english, let mark = title.firstRange(of: "（已报") {
        title = String(title[..<mark.lowerBound])
      }
      return (words.title(of: draft.name, title), draft)
    }
    let open = OpenMatters(consolidation, title: wording[.openTable, language], language: language)
    if let draft = open.draft(longest: Self.mostRows) { tables.append((draft.name, draft)) }
    return tables
  }
}

extension DraftLayout {
  /// The title on one line.
  fileprivate var plainTitle: String? {
    titleLine.map { text(of: $0.value, $0.style).replacing("\n", with: "") }
  }
}
