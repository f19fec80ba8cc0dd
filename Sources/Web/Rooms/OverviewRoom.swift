import Forms
import Foundation

/// 总览: who has reported what, how far the targets are, and the place where files are dropped.
struct OverviewRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    var frame = Frame(
      exchange: exchange, desk: desk, room: .overview, title: exchange.say(Frame.Room.overview.name),
      view: view)
    let standings = Standing.of(view)
    let isEmpty = !view.decided.files.contains { $0.state != .ignored }
    if isEmpty { frame.scripts = ["learn.js"] }
    let body = """
      <h1 class="unseen">\(exchange.say("总览", "Overview"))</h1>
      \(isEmpty ? firstSteps + (desk.isAlone ? FoldersRoom.recent(desk, exchange) : "") : "")
      \(dropZone)
      <div id="live">
      \(bars(view))
      \(board(view, standings))
      </div>
      \(isEmpty ? "<p id=\"learn-error\" class=\"error\" role=\"alert\"></p>" : "")
      """
    return .html(frame.html(body))
  }

  private var firstSteps: String {
    """
    <section class="steps" aria-label="\(exchange.say("怎样开始", "How to begin"))">
    <h2>\(exchange.say("三步做完一年的汇总", "A year's figures in three steps"))</h2>
    <ol>
    <li><b>\(exchange.say("发下去", "Hand out"))</b><span>\(exchange.say("到", "In")) \(Markup.link(exchange.address("/blanks"), exchange.say("空白表", "Blank forms"))) \(exchange.say("下载各单位的空白表，随通知发出。", "download every unit's blank form and send it with the notice."))</span></li>
    <li><b>\(exchange.say("收进来", "Take in"))</b><span>\(exchange.say("把收到的文件、压缩包、邮件拖到这个页面上，原样即可。", "Drop the files, archives and mails that come in onto this page, as they are."))</span></li>
    <li><b>\(exchange.say("理清楚", "Settle"))</b><span>\(exchange.say("有错的逐格核对、更正或退回；齐了到", "Go through what is wrong cell by cell, correct or return it; then download the result in")) \(Markup.link(exchange.address("/merge"), exchange.say("汇总", "Totals")))\(exchange.say("下载。", "."))</span></li>
    </ol>
    </section>
    """
  }

  /// Large enough to be seen, and the window takes files anywhere.
  private var dropZone: String {
    """
    <section class="drop" aria-label="\(exchange.say("收文件", "Take in files"))">
    <label class="drop-label"><input type="file" id="files" multiple><span class="button">\(exchange.say("选择文件", "Choose files"))</span></label>
    <span>\(exchange.say("或者把文件、文件夹、压缩包、邮件拖到窗口的任何地方，存入", "or drop files, folders, archives and mails anywhere on this window; they go into")) <b>\(Markup.text(desk.place.isEmpty ? desk.inbox : desk.place + "/" + desk.inbox))</b></span>
    <ol id="uploads" aria-live="polite"></ol>
    </section>
    """
  }

  // How far the targets are.

  private func bars(_ view: FolderView) -> String {
    let forms = view.consolidation.forms
    var parts: [String] = []
    for form in forms {
      let isOwed = form.reported < form.expected
      let days = Markup.left(
        until: form.form.deadline, asOf: view.asOf, isOwed: isOwed, in: exchange.language)
      let deadline =
        "\(Markup.day(form.form.deadline, in: exchange.language))\(exchange.say("截止，", " due, "))\(days)"
      let reported = exchange.say(
        "已报\(form.reported)/\(form.expected)", "\(form.reported) of \(form.expected) in")
      var line = ""
      if let table = form.targetTable, form.target > 0 { line = bar(form, table, view) }
      parts.append(
        """
        <section class="goal" aria-label="\(Markup.text(form.form.label))">
        <h2>\(Markup.text(exchange.name(form.form.label, view.campaign)))<small>\(Markup.text(exchange.name(form.form.title, view.campaign)))</small></h2>
        <p class="goal-facts"><b>\(reported)</b><span class="\(isOwed && view.asOf > form.form.deadline ? "late" : "")">\(Markup.text(deadline))</span></p>
        \(line)
        </section>
        """)
    }
    return "<div class=\"goals\">\(parts.joined(separator: "\n"))</div>"
  }

  private func bar(_ form: FormConsolidation, _ table: TargetTable, _ view: FolderView) -> String {
    let target = Decimal(form.target)
    let completed = max(0, form.completed ?? 0)
    let settled = min(max(0, form.settled ?? 0), completed)
    // One wild figure would leave nothing to be seen of the target.
    let whole = min(max(target, completed), target + target / 2)
    func share(_ figure: Decimal) -> Double {
      whole == 0 ? 0 : min(1, max(0, NSDecimalNumber(decimal: figure / whole).doubleValue)) * 1_000
    }
    let (firm, doubtful, mark) = (share(settled), share(completed) - share(settled), share(target))
    // The headline is what stands; what is in doubt is told beside it.
    let headline = completed > settled ? settled : completed
    let percent = Consolidation.percent(headline / target)
    let unit = form.targetUnit
    let words = exchange.say(
      "\(table.label) 完成\(PageWords.grouped(headline))/\(PageWords.grouped(target))\(unit)，\(percent)",
      "\(exchange.name(table.label, view.campaign)): \(PageWords.grouped(headline)) of \(PageWords.grouped(target)) \(exchange.name(unit, view.campaign)), \(percent)"
    )
    let open =
      completed > settled
      ? exchange.say(
        "；含待更正 \(PageWords.grouped(completed))",
        "; \(PageWords.grouped(completed)) with figures to be corrected") : ""
    return """
      <svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" width="100%" height="14" role="img" aria-label="\(Markup.text(words + open))">
      <rect class="bar-rest" x="0" y="1" width="1000" height="12"/>
      <rect class="bar-firm" x="0" y="1" width="\(PageText.number(firm))" height="12"/>
      <rect class="bar-doubt" x="\(PageText.number(firm))" y="1" width="\(PageText.number(doubtful))" height="12"/>
      <rect class="bar-mark" x="\(PageText.number(max(0, mark - 3)))" y="0" width="3" height="14"/>
      </svg>
      <p class="goal-words">\(Markup.text(words))<span class="doubt">\(Markup.text(open))</span></p>
      """
  }

  // The board.

  private func board(_ view: FolderView, _ standings: [Standing]) -> String {
    let forms = view.consolidation.forms.map(\.form)
    let documents = view.consolidation.documents
    let counts = Dictionary(grouping: standings.flatMap(\.cells).filter { $0.state != .none }, by: \.state)
      .mapValues(\.count)
    let filters = ([nil] + Standing.State.allCases.filter { $0 != .none }.map(Optional.some)).compactMap {
      state -> String? in
      guard let state else {
        return
          "<button type=\"button\" class=\"chip\" data-filter=\"\" aria-pressed=\"true\">\(exchange.say("全部", "All"))</button>"
      }
      guard let count = counts[state] else { return nil }
      return
        "<button type=\"button\" class=\"chip\" data-filter=\"\(state.rawValue)\" aria-pressed=\"false\"><span class=\"dot state-\(state.rawValue)\"></span>\(exchange.say(state.word)) \(count)</button>"
    }
    let heads =
      forms.map { "<th scope=\"col\">\(Markup.text(exchange.name($0.label, view.campaign)))</th>" }
      + documents.map {
        "<th scope=\"col\">\(Markup.text(exchange.name($0.document.name, view.campaign)))</th>"
      }
    let rows = standings.map { standing in
      let cells = standing.cells.map { "<td>\(cell($0, of: standing.unit))</td>" }
      let states = standing.cells.map(\.state.rawValue).joined(separator: " ")
      return
        "<tr data-states=\"\(states)\"><th scope=\"row\">\(Markup.text(exchange.name(standing.unit.ownName, view.campaign)))</th>\(cells.joined())</tr>"
    }
    return """
      <section class="board" aria-label="\(exchange.say("报送情况", "Who has reported"))">
      <div class="board-head"><h2>\(exchange.say("报送情况", "Who has reported"))</h2><div class="chips" role="group" aria-label="\(exchange.say("只看", "Show only"))">\(filters.joined())</div>\(standings.count > Markup.few ? Markup.find("#board tbody tr", in: exchange) : "")</div>
      <div class="scroll" tabindex="0" role="region" aria-label="\(exchange.say("各单位报送情况", "Units and forms"))">
      <table class="grid" id="board"><thead><tr><th scope="col">\(exchange.say("单位", "Unit"))</th>\(heads.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      </section>
      """
  }

  private func cell(_ cell: Standing.Cell, of unit: ReportingUnit) -> String {
    let words = cell.text(in: exchange.language)
    guard cell.state != .none else { return "<span class=\"state state-none\" aria-hidden=\"true\">·</span>" }
    let address: String
    if let file = cell.file {
      address = exchange.address("/sheet", [("file", file), ("sheet", cell.sheet), ("form", cell.form)])
    } else {
      address = exchange.address("/returns", [("unit", unit.name)]) + "#u-\(unit.code)"
    }
    return Markup.link(address, words, class: cell.mark)
  }
}
