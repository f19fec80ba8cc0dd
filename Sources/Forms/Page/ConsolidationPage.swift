import Foundation
import XLSX

extension Consolidation {
  /// The consolidation as one self-contained page to look at and to print: how complete it is, charts, and the tables of
  /// the workbook. The same report gives the same bytes.
  public func page(language: Language) -> String {
    ConsolidationPage(consolidation: self, words: PageWords(language, names: campaign.englishNames)).html()
  }
}

/// Builds the page of a consolidation from the sheets of its workbook: no figure is worked out a second time.
struct ConsolidationPage {
  let consolidation: Consolidation
  let words: PageWords

  /// Longer lists are for the workbook: a browser that prints fifty thousand rows helps nobody.
  private static let mostRows = 600

  /// A part of the page.
  private struct Section {
    var id: String
    /// What the list of contents calls it.
    var name: String
    var isWide = false
    var html: String
  }

  func html() -> String {
    let sections = overview + tables + [files].compactMap(\.self)
    let title = words.name(consolidation.campaign.title) + words.report
    var body = [head(title)]
    body.append("<nav aria-label=\"\(words.contents)\"><ul>")
    for section in sections {
      body.append("<li><a href=\"#\(section.id)\">\(PageText.escaped(section.name))</a></li>")
    }
    body.append("</ul></nav>\n<main>")
    for section in sections {
      let isWide = section.isWide ? " class=\"wide\"" : ""
      body.append(
        "<section id=\"\(section.id)\"\(isWide) aria-label=\"\(PageText.escaped(section.name))\">\n\(section.html)\n</section>"
      )
    }
    body.append("</main>")
    return HTMLPage(title: title, language: words.language, body: body).html()
  }

  private func head(_ title: String) -> String {
    let asOf = consolidation.report.asOf
    return """
      <header>
      \(PageText.element("h1", title))
      \(PageText.element("p", words.issued(by: words.name(consolidation.campaign.office), on: asOf), attributes: "class=\"note\""))
      </header>
      """
  }

  // Overview: the figures that matter, and the charts.

  private var overview: [Section] {
    var parts = [PageText.element("h2", words.overview), figures]
    for form in consolidation.forms {
      let stand = words.stand(of: form, asOf: consolidation.report.asOf)
      parts.append(
        PageText.element(
          "p", "\(words.name(form.form.label))\(words.language == .chinese ? "：" : ": ")\(stand)",
          attributes: "class=\"note\""))
    }
    var sections = [Section(id: "overview", name: words.overview, html: parts.joined(separator: "\n"))]
    for (index, form) in consolidation.forms.enumerated() {
      let charts = ConsolidationCharts(form: form, words: words).all
      guard !charts.isEmpty else { continue }
      let pictures = charts.enumerated().map { $1.figure(id: "c\(index + 1)-\($0 + 1)") }
      sections.append(
        Section(
          id: "charts-\(index + 1)", name: words.charts(words.name(form.form.label)),
          html: ([PageText.element("h2", words.charts(words.name(form.form.label)))] + pictures).joined(
            separator: "\n")))
    }
    return sections
  }

  private var figures: String {
    var cards: [String] = []
    func card(_ term: String, _ figure: String, _ detail: String) {
      cards.append(
        "<div>\(PageText.element("dt", term))<dd>\(PageText.escaped(figure))<small>\(PageText.escaped(detail))</small></dd></div>"
      )
    }
    for form in consolidation.forms {
      var detail = words.states(of: form)
      for level in form.levels.dropFirst() { detail += words.below(level) }
      card(words.reported(words.name(form.form.label)), "\(form.reported)/\(form.expected)", detail)
      if let table = form.targetTable, form.target > 0 {
        let measure = form.targetUnit
        card(
          words.completion(words.name(table.label)), form.rateText(in: words.language),
          words.ofTarget(
            form.completedText(in: words.language, show: PageWords.grouped),
            PageWords.grouped(Decimal(form.target)), words.name(measure)))
      }
    }
    let all = consolidation.report.allFindings
    card(
      words.findings, "\(all.count(.error))",
      words.counts(warnings: all.count(.warning), infos: all.count(.info)))
    return "<dl class=\"figures\">\n\(cards.joined(separator: "\n"))\n</dl>"
  }

  // The tables of the workbook.

  private var tables: [Section] {
    var sections: [Section] = []
    for (position, sheet) in consolidation.drafts(for: words.language, mostFindings: Self.mostRows)
      .enumerated()
    {
      let id = "t\(position + 1)"
      let isWide = sheet.pageSetup.orientation == .landscape
      let rows = sheet.rowCount
      guard rows <= Self.mostRows + 20 else {
        let note = PageText.element("p", words.tooLong(sheet.name, rows: rows), attributes: "class=\"note\"")
        sections.append(
          Section(id: id, name: sheet.name, html: PageText.element("h2", words.translate(sheet.name)) + note))
        continue
      }
      var table = SheetTable(sheet)
      table.translate = words.translate
      table.showsLines = words.language == .chinese
      let name = words.translate(sheet.name)
      let title =
        words.language == .chinese
        ? "" : PageText.element("h2", words.title(of: sheet.name, table.title ?? "")) + "\n"
      let isForm = sheet.pageSetup.repeatedRows == nil
      let html =
        isForm
        ? "<div class=\"form\(isWide ? " wide" : "")\">\n\(title)\(table.html())\n</div>"
        : title + table.html()
      sections.append(Section(id: id, name: name, isWide: isWide, html: html))
    }
    return sections
  }

  /// What became of every file that came in.
  private var files: Section? {
    let files = consolidation.report.files
    guard !files.isEmpty else { return nil }
    var lines = [
      PageText.element("h2", words.files), "<div class=\"scroll\">", "<table>",
      "<colgroup><col style=\"width:6%\"><col style=\"width:44%\"><col style=\"width:12%\"><col style=\"width:38%\"></colgroup>",
      "<thead><tr>"
        + words.fileHeadings.map { PageText.element("th", $0, attributes: "scope=\"col\" class=\"box\"") }
        .joined()
        + "</tr></thead>", "<tbody>",
    ]
    for (position, file) in files.prefix(Self.mostRows).enumerated() {
      lines.append(
        "<tr><td class=\"box\">\(position + 1)</td>"
          + PageText.element("th", file.file, attributes: "scope=\"row\" class=\"box l\"")
          + PageText.element("td", file.state.word.text(in: words.language), attributes: "class=\"box\"")
          + PageText.element("td", file.reason.text(in: words.language), attributes: "class=\"box l\"")
          + "</tr>")
    }
    lines += ["</tbody>", "</table>", "</div>"]
    if files.count > Self.mostRows {
      lines.append(
        PageText.element("p", words.more(files.count - Self.mostRows), attributes: "class=\"note\""))
    }
    return Section(id: "files", name: words.files, html: lines.joined(separator: "\n"))
  }
}
