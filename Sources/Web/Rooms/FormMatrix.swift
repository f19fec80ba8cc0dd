import Forms
import Foundation

/// A form's sums in the layout of the form, each figure leading to where it comes from.
struct FormMatrix {
  let form: FormConsolidation
  let exchange: Exchange
  let campaign: Campaign

  var html: String {
    let definition = form.form
    guard definition.kind == .matrix else { return list }
    let (rows, columns) = (definition.rowLeaves, definition.columnLeaves)
    let (depth, height) = (definition.rowHeadingDepth, max(1, definition.columnHeadingDepth))
    var lines: [String] = []
    for level in 0..<height {
      var cells = ""
      if level == 0, depth > 0 {
        cells += "<td class=\"corner\" colspan=\"\(depth)\" rowspan=\"\(height)\"></td>"
      }
      cells += headings(columns, level: level, height: height, scope: "col")
      lines.append("<tr>\(cells)</tr>")
    }
    var body: [String] = []
    for (index, row) in rows.enumerated() {
      var cells = ""
      for level in 0..<depth where level < row.count {
        let path = row.prefix(level + 1).map(\.name)
        if index > 0, rows[index - 1].prefix(level + 1).map(\.name) == path { continue }
        let span = rows[index...].prefix { $0.prefix(level + 1).map(\.name) == path }.count
        let width = level == row.count - 1 ? depth - level : 1
        cells +=
          "<th scope=\"row\"\(span > 1 ? " rowspan=\"\(span)\"" : "")\(width > 1 ? " colspan=\"\(width)\"" : "")>\(Markup.text(exchange.name(row[level].printed, campaign)))</th>"
      }
      for column in columns { cells += cell(FieldKey((row + column).map(\.name))) }
      body.append("<tr>\(cells)</tr>")
    }
    return table(lines, body)
  }

  private func headings(_ leaves: [[Heading]], level: Int, height: Int, scope: String) -> String {
    var cells = ""
    for (index, leaf) in leaves.enumerated() where level < leaf.count {
      let path = leaf.prefix(level + 1).map(\.name)
      if index > 0, leaves[index - 1].prefix(level + 1).map(\.name) == path { continue }
      let span = leaves[index...].prefix { $0.prefix(level + 1).map(\.name) == path }.count
      let rows = level == leaf.count - 1 ? height - level : 1
      cells +=
        "<th scope=\"\(scope)\"\(span > 1 ? " colspan=\"\(span)\"" : "")\(rows > 1 ? " rowspan=\"\(rows)\"" : "")>\(Markup.text(exchange.name(leaf[level].printed, campaign)))</th>"
    }
    return cells
  }

  private func cell(_ key: FieldKey) -> String {
    guard form.form.field(key) != nil else { return "<td></td>" }
    let total = form.totals[key]
    let name = form.disputed.contains(key) ? "n doubt" : "n"
    let address = exchange.address("/merge", [("form", form.form.id), ("field", key.rawValue)])
    let shown = total.map { Markup.link(address, PageWords.grouped($0)) } ?? "—"
    return "<td class=\"\(name)\">\(shown)</td>"
  }

  /// The sums of a list's columns, one below the other.
  private var list: String {
    let rows = form.form.fields.filter { form.totals[$0.key] != nil }.map { field in
      "<tr><th scope=\"row\">\(Markup.text(exchange.name(field.key.path.joined(separator: " "), campaign)))</th>\(cell(field.key))</tr>"
    }
    return table([], rows)
  }

  private func table(_ head: [String], _ body: [String]) -> String {
    """
    <div class="scroll" tabindex="0" role="region" aria-label="\(Markup.text(exchange.name(form.form.label, campaign)))"><table class="matrix"><caption class="unseen">\(Markup.text(exchange.name(form.form.title, campaign)))</caption>\(head.isEmpty ? "" : "<thead>\(head.joined())</thead>")<tbody>\(body.joined(separator: "\n"))</tbody></table></div>
    """
  }
}
