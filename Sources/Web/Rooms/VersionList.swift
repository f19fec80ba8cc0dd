import Forms

/// Earlier versions of the forms in a file, with the figures that differ.
struct VersionList {
  let exchange: Exchange
  let view: FolderView
  let content: SheetContent

  private static let most = 40

  var html: String {
    var parts: [String] = []
    for submission in content.submissions {
      guard let unit = submission.unit, submission.list == nil else { continue }
      let others = view.decided.submissions.filter {
        $0.form == submission.form && $0.unit == unit && $0.file != submission.file && $0.list == nil
      }
      for other in others { parts.append(comparison(submission, other)) }
    }
    guard !parts.isEmpty else { return "" }
    return
      "<section class=\"versions\"><h2>\(exchange.say("同一单位的其他来件", "Other files of this unit"))</h2>\(parts.joined(separator: "\n"))</section>"
  }

  private func comparison(_ own: Submission, _ other: Submission) -> String {
    let figures = Dictionary(
      other.readings.map { ($0.field, $0.figure) }, uniquingKeysWith: { first, _ in first })
    let differing = own.readings.filter { reading in
      figures[reading.field].map { $0 != reading.figure } ?? false
    }
    let address = exchange.address("/sheet", [("file", other.file), ("sheet", other.sheet)])
    let state =
      own.isSuperseded
      ? exchange.say("较新，以它为准", "later; it counts") : exchange.say("被本件替代", "replaced by this one")
    let head = "\(Markup.link(address, Downloads.name(of: other.file))) <small>\(Markup.text(state))</small>"
    guard !differing.isEmpty else {
      return "<p>\(head)：\(exchange.say("数字相同", "the same figures"))</p>"
    }
    let rows = differing.prefix(Self.most).map { reading -> [Markup.Cell] in
      [
        .head(Markup.text(exchange.name(reading.field.path.joined(separator: " "), view.campaign))),
        .figure(figures[reading.field] ?? nil), .figure(reading.figure),
        .words(reading.cell?.description ?? ""),
      ]
    }
    return "<p>\(head)</p>"
      + Markup.table(
        [
          exchange.say("数据项", "Figure"), exchange.say("那一份", "there"), exchange.say("本份", "here"),
          exchange.say("单元格", "Cell"),
        ], rows, class: "list",
        caption: exchange.say("有\(differing.count)处不同", "\(differing.count) figures differ"))
  }
}
