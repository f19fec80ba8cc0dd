/// Horizontal bars as inline SVG, one for each row: a length, or several parts end to end.
///
/// Everything that a colour says is written out too, beside the bar or in the legend, so that the chart can be read in
/// print without colours and by a screen reader.
struct BarChart {
  struct Series {
    var name: String
    var color: String
  }

  struct Row {
    var label: String
    /// The length of each part; as many as there are series.
    var parts: [Double]
    /// Written behind the bar.
    var note: String
    /// What the length stands for where that is one figure, in full where the bar is cut; `nil` where there is none yet.
    var figure: Double?
    /// In place of the series' colour.
    var color: String?
    /// Whether the bar is shorter than its figure, lest it make all others too short to be seen: it is drawn broken.
    var isCut = false
  }

  /// Colours that stay apart for the colour-blind and in grey.
  static let palette = [
    "#1f4e79", "#9dc3e6", "#c55a11", "#ffd966", "#7f7f7f", "#a9d18e", "#203864", "#f4b183",
  ]
  static let reached = "#2e75b6"
  static let lacking = "#c00000"

  var title: String
  /// What the chart shows, for whoever does not see it.
  var summary: String
  var series: [Series]
  var rows: [Row]
  /// A line across all bars, with what it means: the target.
  var mark: (value: Double, name: String)?
  /// The length of the whole width; the longest bar if `nil`.
  var whole: Double?

  private static let width = 780.0
  private static let labelWidth = 190.0
  private static let noteWidth = 190.0
  private static let rowHeight = 24.0
  private static let barHeight = 14.0
  private static let legendHeight = 28.0
  /// More bars than that are drawn as several pictures, so that none is larger than a page.
  private static let rowsPerPicture = 32
  private static let charactersOfLabel = 13

  /// The chart as a `<figure>`.
  ///
  /// - Parameter id: Unique on the page.
  func figure(id: String) -> String {
    var pictures: [String] = []
    var start = 0
    repeat {
      let end = min(rows.count, start + Self.rowsPerPicture)
      pictures.append(svg(rows[start..<end], id: start == 0 ? id : "\(id)-\(start)"))
      start = end
    } while start < rows.count
    return
      "<figure>\n\(PageText.element("figcaption", title))\n\(pictures.joined(separator: "\n"))\n</figure>"
  }

  private var longest: Double {
    let bars = rows.map { $0.parts.reduce(0) { $0 + max(0, $1) } }
    return max(whole ?? 0, bars.max() ?? 0, mark?.value ?? 0, .leastNonzeroMagnitude)
  }

  private func svg(_ rows: ArraySlice<Row>, id: String) -> String {
    let scale = (Self.width - Self.labelWidth - Self.noteWidth) / longest
    let top = Self.legendHeight
    let height = top + Double(rows.count) * Self.rowHeight + 6
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.number(Self.width)) \(Self.number(height))\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">",
      PageText.element("title", title, attributes: "id=\"\(id)-t\""),
      PageText.element("desc", summary, attributes: "id=\"\(id)-d\""),
    ]
    lines += legend()
    for (position, row) in rows.enumerated() {
      lines += bar(row, y: top + Double(position) * Self.rowHeight, scale: scale)
    }
    if let mark {
      let x = Self.number(Self.labelWidth + mark.value * scale)
      lines.append(
        "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"\(Self.number(top - 4))\" y2=\"\(Self.number(height - 4))\" stroke=\"#111\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"/>"
      )
      lines.append(text(mark.name, x: Self.labelWidth + mark.value * scale, y: top - 9, anchor: "middle"))
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }

  private func legend() -> [String] {
    guard series.count > 1 else { return [] }
    var lines: [String] = []
    var x = Self.labelWidth
    for entry in series {
      lines.append(
        "<rect x=\"\(Self.number(x))\" y=\"6\" width=\"12\" height=\"12\" fill=\"\(entry.color)\" stroke=\"#333\" stroke-width=\".5\"/>"
      )
      lines.append(text(entry.name, x: x + 17, y: 16, anchor: "start"))
      x += 17 + Double(entry.name.displayWidth) * 6.2 + 20
    }
    return lines
  }

  private func bar(_ row: Row, y: Double, scale: Double) -> [String] {
    let middle = y + Self.rowHeight / 2 + 4
    let isLong = row.label.count > Self.charactersOfLabel
    let label = isLong ? String(row.label.prefix(Self.charactersOfLabel - 1)) + "…" : row.label
    var lines = [
      text(label, x: Self.labelWidth - 8, y: middle, anchor: "end", full: isLong ? row.label : nil)
    ]
    var x = Self.labelWidth
    for (position, part) in row.parts.enumerated() where part > 0 {
      let width = part * scale
      let color = row.color ?? (series.indices.contains(position) ? series[position].color : Self.reached)
      let name = series.indices.contains(position) ? series[position].name : ""
      let edge = row.parts.count > 1 ? " stroke=\"#fff\" stroke-width=\".8\"" : ""
      lines.append(
        "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y + (Self.rowHeight - Self.barHeight) / 2))\" width=\"\(Self.number(max(width, 0.5)))\" height=\"\(Self.number(Self.barHeight))\" fill=\"\(color)\"\(edge)>"
          + PageText.element("title", "\(row.label) \(name) \(row.note)") + "</rect>")
      x += width
    }
    if row.isCut {
      let (left, top) = (x - 18, y + (Self.rowHeight - Self.barHeight) / 2 - 1)
      let points = [
        (left, top + Self.barHeight + 2), (left + 5, top), (left + 10, top),
        (left + 5, top + Self.barHeight + 2),
      ]
      let list = points.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
      lines.append("<polygon points=\"\(list)\" fill=\"#fff\"/>")
    }
    lines.append(text(row.note, x: x + 6, y: middle, anchor: "start"))
    return lines
  }

  private func text(_ words: String, x: Double, y: Double, anchor: String, full: String? = nil) -> String {
    let title = full.map { PageText.element("title", $0) } ?? ""
    return
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"12\" text-anchor=\"\(anchor)\">\(title)\(PageText.escaped(words))</text>"
  }

  private static func number(_ value: Double) -> String { PageText.number(value) }
}
