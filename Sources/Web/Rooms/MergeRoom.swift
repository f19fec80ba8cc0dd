import Forms
import Foundation

/// 汇总: the figures, from where they come, what still stands in the way, and the downloads.
struct MergeRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    let frame = Frame(
      exchange: exchange, desk: desk, room: .merge, title: exchange.say(Frame.Room.merge.name), view: view)
    if let form = exchange.query["form"].flatMap({ view.consolidation.form($0) }),
      let field = exchange.query["field"]
    {
      return .html(frame.html(try origin(FieldKey(rawValue: field), of: form, view.campaign)))
    }
    return .html(frame.html(body(view)))
  }

  private func body(_ view: FolderView) -> String {
    let downloads = [
      ("xlsx", exchange.say("汇总工作簿 .xlsx", "Workbook .xlsx")),
      ("docx", exchange.say("年终报告 .docx", "Report .docx")),
      ("pdf", exchange.say("年终报告 .pdf", "Report .pdf")), ("html", exchange.say("汇总页 .html", "Page .html")),
    ].filter { $0.0 != "pdf" || Downloads.hasOffice }
    let links = downloads.enumerated().map { index, item in
      Markup.link(
        exchange.address("/api/v1/report.\(item.0)"), item.1, class: index == 0 ? "button" : "button plain",
        download: true)
    }
    let forms = view.consolidation.forms.map { form in
      """
      <section class="result" aria-label="\(Markup.text(form.form.label))">
      <h2>\(Markup.text(exchange.name(form.form.label, view.campaign)))<small>\(Markup.text(exchange.name(form.form.title, view.campaign)))</small></h2>
      <p class="quiet">\(exchange.say("已报\(form.reported)/\(form.expected)", "\(form.reported) of \(form.expected) units"))\(lines(form, view.campaign)) · \(exchange.say("点任一数字，看它由哪些格相加而来", "choose a figure to see which cells it comes from"))</p>
      \(FormMatrix(form: form, exchange: exchange, campaign: view.campaign).html)
      \(completion(form, view.campaign))
      \(charts(form, view.campaign))
      </section>
      """
    }
    return """
      <h1>\(exchange.say("汇总", "Totals"))</h1>
      <p class="buttons">\(links.joined(separator: "\n"))<button type="button" class="button plain" id="write-report">\(exchange.say("存入 汇总 文件夹", "Store in 汇总"))</button></p>
      <div id="live">
      \(obstacles(view))
      \(decisions(view))
      \(forms.joined(separator: "\n"))
      </div>
      """
  }

  /// `，共36人`
  private func lines(_ form: FormConsolidation, _ campaign: Campaign) -> String {
    guard let sums = form.listSums, let list = form.form.list else { return "" }
    let word = list.counted.isEmpty ? exchange.say("行", "lines") : exchange.name(list.counted, campaign)
    return Markup.text(exchange.say("，共\(sums.rows)\(word)", ", \(sums.rows) \(word)"))
  }

  private func charts(_ form: FormConsolidation, _ campaign: Campaign) -> String {
    let figures = form.chartFigures(exchange.language, names: campaign.englishNames)
    guard !figures.isEmpty else { return "" }
    return
      "<details class=\"charts\"\(form.units.count > 2 * Markup.few ? "" : " open")><summary>\(exchange.say("图表", "Charts"))</summary>\(figures.joined(separator: "\n"))</details>"
  }

  // What still stands in the way.

  private func obstacles(_ view: FolderView) -> String {
    let standings = Standing.of(view)
    let labels = view.consolidation.forms.map(\.form.label)
    var items: [String] = []
    for standing in standings {
      for (index, cell) in standing.cells.enumerated() where index < labels.count {
        guard cell.isDue, cell.state != .reported, cell.state != .none else { continue }
        let words =
          "\(exchange.name(standing.unit.ownName, view.campaign)) \(exchange.name(labels[index], view.campaign))"
        let address =
          cell.file.map { exchange.address("/sheet", [("file", $0), ("sheet", cell.sheet)]) }
          ?? exchange.address("/returns", [("unit", standing.unit.name)]) + "#u-\(standing.unit.code)"
        items.append(
          "<li>\(Markup.link(address, words)) <span class=\"\(cell.mark)\">\(Markup.text(cell.text(in: exchange.language)))</span></li>"
        )
      }
    }
    let refused = (view.decided.corrections ?? []).compactMap { correction in
      correction.refusal.map {
        "<li>\(Markup.text("\(WorkingFolder.corrections) \(correction.line)：\(correction.file) \(correction.cell?.description ?? "")")) <span class=\"bad\">\(Markup.text(exchange.say($0)))</span></li>"
      }
    }
    let unknown = view.consolidation.forms.reduce(0) { $0 + $1.unattributed }
    if unknown > 0 {
      items.append(
        "<li>\(Markup.link(exchange.address("/inbox", [("state", "rejected")]), exchange.say("有\(unknown)张表不知是哪个单位的", "\(unknown) forms of unknown units"))) <span class=\"bad\">\(exchange.say("未计入", "not counted"))</span></li>"
      )
    }
    items += refused
    guard !items.isEmpty else {
      return
        "<p class=\"all-well\">\(exchange.say("各单位已报齐，没有待处理的问题。", "Everything is in, and nothing is left to settle."))</p>"
    }
    return """
      <details class="todo"\(items.count > 2 * Markup.few ? "" : " open")><summary>\(exchange.say("还差\(items.count)项", "\(items.count) matters left"))</summary><ul>\(items.joined(separator: "\n"))</ul></details>
      """
  }

  private func decisions(_ view: FolderView) -> String {
    let applied = (view.decided.corrections ?? []).filter(\.isApplied)
    guard !applied.isEmpty else { return "" }
    let rows = applied.map { correction -> [Markup.Cell] in
      let field = correction.form.flatMap { view.campaign.form($0) }.flatMap { form in
        correction.field.flatMap { form.field($0) }
      }
      let shown = [correction.old, correction.new].map { text -> Markup.Cell in
        field?.type.isNumeric == false
          ? .words(PersonalData.masked(text, type: field?.type)) : .words(text, class: "n")
      }
      return [
        .head(
          Markup.link(
            exchange.address(
              "/sheet",
              [
                ("file", correction.file), ("sheet", correction.sheet),
                ("cell", correction.cell?.description),
              ]),
            correction.unit.map { exchange.name($0, view.campaign) } ?? correction.file)),
        .words(correction.field.map { exchange.name($0.path.joined(separator: " "), view.campaign) } ?? ""),
      ] + shown + [.words(correction.officer), .words(correction.reason)]
    }
    return
      "<details class=\"todo\"><summary>\(exchange.say("更正\(applied.count)处", "\(applied.count) corrections"))</summary>"
      + Markup.table(
        [
          exchange.say("单位", "Unit"), exchange.say("数据项", "Figure"), exchange.say("原值", "Reported"),
          exchange.say("更正为", "Counts as"), exchange.say("经办人", "By"), exchange.say("原因", "Reason"),
        ], rows, class: "list", caption: exchange.say("计入的更正", "Corrections that count")) + "</details>"
  }

  // Results against the targets.

  private func completion(_ form: FormConsolidation, _ campaign: Campaign) -> String {
    guard let table = form.targetTable else { return "" }
    let lines = form.units.filter { $0.target != nil || $0.isReported }
    let rows = lines.map { line -> [Markup.Cell] in
      let name =
        line.submission.map {
          Markup.link(
            exchange.address("/sheet", [("file", $0.file), ("sheet", $0.sheet)]),
            exchange.name(line.unit.ownName, campaign))
        } ?? Markup.text(exchange.name(line.unit.ownName, campaign))
      let state = exchange.say(line.state.word)
      let doubt = line.isDisputed ? " <span class=\"bad\">\(exchange.say("含待更正", "to correct"))</span>" : ""
      return [
        .head(name), .figure(line.target.map { Decimal($0) }), .figure(line.completed),
        .words(line.rate.map { Consolidation.percent($0) } ?? "—", class: "n"),
        .markup(Markup.text(state) + doubt),
      ]
    }
    let total: [Markup.Cell] = [
      .head(Markup.text(exchange.name(table.totalLabel, campaign))), .figure(Decimal(form.target)),
      .figure(form.completed),
      .words(
        Consolidation.percent(form.target > 0 ? (form.completed ?? 0) / Decimal(form.target) : 0), class: "n"),
      .words(""),
    ]
    return
      "<h3>\(Markup.text(exchange.name(table.label, campaign))) \(Markup.text(exchange.name(table.title, campaign)))</h3>"
      + Markup.table(
        [
          exchange.name(table.unitHeading, campaign), exchange.say("目标", "Target"),
          exchange.say("完成", "Done"),
          exchange.say("完成率", "Rate"),
          exchange.say("报送", "State"),
        ], rows + [total], class: "list totals", caption: exchange.name(table.heading, campaign))
  }

  // One figure and the cells that it comes from.

  private func origin(_ key: FieldKey, of form: FormConsolidation, _ campaign: Campaign) throws -> String {
    guard let field = form.form.field(key) else { throw Problem.notFound }
    let inputs = field.isInput ? [key] : form.form.inputs(behind: key)
    var rows: [[Markup.Cell]] = []
    var sum: Decimal = 0
    for line in form.units where line.isReported {
      guard let submission = line.submission else { continue }
      for input in inputs {
        guard let figure = line.figures[input] else { continue }
        let reading = submission.list == nil ? submission.reading(input) : nil
        // Of a list the figure is the sum of a column.
        let column = submission.listCells(of: input, in: form.form)
        sum += figure
        let place = exchange.address(
          "/sheet",
          [
            ("file", submission.file), ("sheet", reading?.sheet ?? submission.sheet),
            ("cell", reading?.cell?.description ?? column?.first.description),
          ])
        rows.append([
          .head(Markup.text(exchange.name(line.unit.ownName, campaign))),
          .words(exchange.name(input.path.joined(separator: " "), campaign)),
          .figure(figure, to: place),
          .markup(Markup.link(place, Downloads.name(of: submission.file))),
          .words(reading?.cell?.description ?? column?.description ?? ""),
          .words(
            reading?.correction.map { exchange.say("更正：原值\($0.old)", "corrected from \($0.old)") } ?? ""),
        ])
      }
    }
    let name = exchange.name(key.path.joined(separator: " "), campaign)
    let total = form.totals[key]
    let isSum = field.ratio == nil
    let sources =
      form.form.kind == .list
      ? exchange.say("下列\(rows.count)个单位各行相加", "the lines of these \(rows.count) units added up")
      : exchange.say("下列\(rows.count)格相加", "the sum of these \(rows.count) cells")
    return """
      <p>\(Markup.link(exchange.address("/merge"), exchange.say("← 汇总", "← Totals")))</p>
      <h1>\(Markup.text(name))<small>\(Markup.text(exchange.name(form.form.label, campaign)))</small></h1>
      <p class="big-figure">\(Markup.text(total.map { PageWords.grouped($0) } ?? "—")) <small>\(Markup.text(exchange.name(field.measure.unit, campaign)))</small></p>
      \(isSum && total == sum ? "<p class=\"quiet\">\(sources)</p>" : "")
      \(Markup.table([exchange.say("单位", "Unit"), exchange.say("数据项", "Figure"), exchange.say("数字", "Value"), exchange.say("文件", "File"), exchange.say("单元格", "Cell"), exchange.say("备注", "Remark")], rows, class: "list", caption: exchange.say("来源", "Where it comes from")))
      """
  }
}
