import Forms
import Foundation

/// Pieces of HTML. Whatever comes from files, people or campaigns goes through ``text(_:)``.
enum Markup {
  static func text(_ words: String) -> String { PageText.escaped(words) }

  /// An attribute with its value: ` title="…"`.
  static func attribute(_ name: String, _ value: String?) -> String {
    value.map { " \(name)=\"\(PageText.escaped($0))\"" } ?? ""
  }

  static func link(_ address: String, _ words: String, class name: String? = nil, download: Bool = false)
    -> String
  {
    "<a href=\"\(text(address))\"\(attribute("class", name))\(download ? " download" : "")>\(text(words))</a>"
  }

  /// A table whose first row is its headings.
  static func table(
    _ headings: [String], _ rows: [[Cell]], class name: String, caption: String, foot: String = ""
  )
    -> String
  {
    var lines = [
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(text(caption))\"><table class=\"\(name)\"><caption class=\"quiet\">\(text(caption))</caption>"
    ]
    lines.append(
      "<thead><tr>"
        + headings.enumerated().map { index, words in
          // Headings stand over their figures.
          let isFigure =
            rows.first.map { $0.indices.contains(index) && $0[index].html.hasPrefix("<td class=\"n\"") }
            ?? false
          return "<th scope=\"col\"\(isFigure ? " class=\"n\"" : "")>\(text(words))</th>"
        }.joined() + "</tr></thead><tbody>")
    for row in rows {
      lines.append("<tr>" + row.map(\.html).joined() + "</tr>")
    }
    lines.append("</tbody>\(foot.isEmpty ? "" : "<tfoot>\(foot)</tfoot>")</table></div>")
    return lines.joined(separator: "\n")
  }

  struct Cell {
    var html: String

    /// A cell with words.
    static func words(_ words: String, class name: String? = nil) -> Cell {
      Cell(html: "<td\(attribute("class", name))>\(text(words))</td>")
    }

    /// The cell that says what the row is about.
    static func head(_ markup: String) -> Cell { Cell(html: "<th scope=\"row\">\(markup)</th>") }

    static func markup(_ markup: String, class name: String? = nil) -> Cell {
      Cell(html: "<td\(attribute("class", name))>\(markup)</td>")
    }

    static func figure(_ figure: Decimal?, to address: String? = nil) -> Cell {
      let shown = figure.map { PageWords.grouped($0) } ?? "—"
      return Cell(
        html: "<td class=\"n\">" + (address.map { link($0, shown) } ?? text(shown)) + "</td>")
    }
  }

  /// So many units are looked through at a glance; beyond that there is a field to find one.
  static let few = 30

  /// A field that leaves those to be seen in which its words stand.
  static func find(_ selector: String, in exchange: Exchange) -> String {
    let words = exchange.say("找单位", "Find a unit")
    return
      "<input type=\"search\" class=\"find\" data-find=\"\(text(selector))\" placeholder=\"\(words)\" aria-label=\"\(words)\">"
  }

  /// `11月20日`
  static func day(_ day: CalendarDate, in language: Language) -> String {
    language == .chinese ? "\(day.month)月\(day.day)日" : day.description
  }

  /// `1 day`, `2 days`
  static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// `还有3天`, `已逾期5天`
  ///
  /// - Parameter isOwed: Whether something is still to come; otherwise a day that is over is only that: `已过5天`.
  static func left(
    until deadline: CalendarDate, asOf: CalendarDate, isOwed: Bool, in language: Language
  ) -> String {
    let days = deadline.dayNumber - asOf.dayNumber
    if language == .chinese {
      let over = isOwed ? "已逾期\(-days)天" : "已过\(-days)天"
      return days < 0 ? over : days == 0 ? "今天截止" : "还有\(days)天"
    }
    return days < 0
      ? "\(Markup.days(-days)) \(isOwed ? "overdue" : "ago")"
      : days == 0 ? "due today" : "\(Markup.days(days)) left"
  }

  private static let paths: [String: String] = [
    "overview": "M3 3h8v8H3zM13 3h8v8h-8zM3 13h8v8H3zM13 13h8v8h-8z",
    "inbox": "M3 13l3-9h12l3 9v7H3zM3 13h5l2 3h4l2-3h5",
    "sheet": "M4 3h16v18H4zM4 8h16M4 13h16M10 8v13",
    "returns": "M9 6L3 12l6 6M3 12h12a6 6 0 0 1 6 6v2",
    "merge": "M5 4h14M5 20h14M17 7H8l5 5-5 5h9",
    "blanks": "M6 3h9l4 4v14H6zM14 3v5h5",
    "campaign": "M4 6h10M18 6h2M4 12h2M10 12h10M4 18h12M16 4v4M8 10v4M18 16v4",
    "log": "M12 3a9 9 0 1 0 9 9M12 7v5l3 3",
    "stop": "M12 3v9M6.5 7a8 8 0 1 0 11 0",
  ]

  static func icon(_ name: String) -> String {
    "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"22\" height=\"22\" aria-hidden=\"true\" focusable=\"false\"><path d=\"\(paths[name] ?? "")\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/></svg>"
  }
}
