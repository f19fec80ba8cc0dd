import Forms
import Foundation

/// 退回催报: who gets what, and the letters.
struct ReturnsRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    let ledger = desk.ledger.ledger
    let (chase, letters, documents) = try await Blocking.heavy {
      let open = view.open
      return (open.chase, open.chaseLetters(), open.overdueDocuments)
    }
    let links = await PortalLetters(desk)
    var history: [LedgerEntry] = []
    var marks = ReturnMarks([])
    var problem: String?
    do {
      (history, marks) = try await Blocking.light {
        (try ledger?.entries(of: [.returned]) ?? [], try ReturnMarks(ledger))
      }
    } catch {
      problem =
        exchange.say(
          "日志读不出来，退回过几次没有列出：", "The log cannot be read, so earlier returns are not shown: ")
        + exchange.say(Problem(error).message)
    }
    var frame = Frame(
      exchange: exchange, desk: desk, room: .returns, title: exchange.say(Frame.Room.returns.name), view: view
    )
    frame.ledgerNumber = marks.number
    let marked = Self.marked(marks, view)
    let banner = problem.map { "<p class=\"banner\" role=\"alert\">\(Markup.text($0))</p>" } ?? ""
    return .html(
      frame.html(banner + body(view, chase, letters.map { links.completed($0) }, history, documents, marked)))
  }

  private func body(
    _ view: FolderView, _ chase: [ChaseEntry], _ letters: [ChaseLetter], _ history: [LedgerEntry],
    _ documents: [String: [DueDocument]], _ marked: [String: [Marked]]
  ) -> String {
    let byUnit = Dictionary(grouping: chase, by: \.unit.code)
    let letterOf = Dictionary(letters.map { ($0.unit.code, $0) }, uniquingKeysWith: { first, _ in first })
    let units = view.consolidation.campaign.units.filter {
      byUnit[$0.code] != nil || letterOf[$0.code] != nil
    }
    let returns = chase.count { $0.kind == .errors || $0.kind == .rejected }
    let sections = units.map {
      section($0, byUnit[$0.code] ?? [], documents[$0.code] ?? [], letterOf[$0.code], history, marked, view)
    }
    let zip = Markup.link(
      exchange.address("/api/v1/returns.zip"), exchange.say("下载全部退回件", "Download all marked copies"),
      class: "button", download: true)
    let all = Markup.link(
      exchange.address("/api/v1/letters"), exchange.say("下载全部催报函", "Download all letters"),
      class: "button plain", download: true)
    let list = Markup.link(
      exchange.address("/api/v1/chase.xlsx"), exchange.say("催报名单.xlsx", "List as .xlsx"),
      class: "button plain",
      download: true)
    return """
      <h1>\(exchange.say("退回催报", "Return and chase"))<small>\(exchange.say("\(units.count)个单位", "\(units.count) units"))</small></h1>
      \(units.isEmpty ? "<p class=\"lead\">\(exchange.say("各单位都已按时报齐，没有要退回或催报的。", "Everything is in and nothing has to be returned."))</p>" : """
      <p class="buttons">\(returns > 0 ? zip : "")\(all)\(list)\(returns > 0 ? "<button type=\"button\" class=\"button plain\" id=\"write-returns\">\(exchange.say("存入 退回 文件夹", "Store in 退回"))</button>" : "")\(units.count > Markup.few ? Markup.find(".chase .unit", in: exchange) : "")</p>
      <div id="live" class="chase">\(sections.joined(separator: "\n"))</div>
      """)
      """
  }

  private func section(
    _ unit: ReportingUnit, _ entries: [ChaseEntry], _ documents: [DueDocument], _ letter: ChaseLetter?,
    _ history: [LedgerEntry], _ marked: [String: [Marked]], _ view: FolderView
  ) -> String {
    let items = entries.map { entry -> String in
      let words = exchange.language == .chinese ? entry.kind.word : english(entry.kind)
      let file = entry.file.map {
        Markup.link(exchange.address("/sheet", [("file", $0)]), Downloads.name(of: $0))
      }
      let detail: String =
        switch entry.kind {
        case .errors:
          [
            entry.errors > 0
              ? exchange.say("错误\(entry.errors)", entry.errors == 1 ? "1 error" : "\(entry.errors) errors")
              : nil,
            entry.warnings > 0 ? exchange.say("核实\(entry.warnings)", "\(entry.warnings) to confirm") : nil,
          ].compactMap(\.self).joined(separator: exchange.say(" ", ", "))
        case .missing, .late:
          entry.daysLate.map { exchange.say("逾期\($0)天", "\(Markup.days($0)) late") } ?? ""
        case .upcoming:
          Markup.left(until: entry.form.deadline, asOf: view.asOf, isOwed: true, in: exchange.language)
        case .rejected: exchange.language == .chinese ? entry.reason ?? "" : ""
        }
      return
        "<li><span class=\"kind kind-\(entry.kind.rawValue)\">\(Markup.text(words))</span> <b>\(Markup.text(exchange.name(entry.form.label, view.campaign)))</b> \(file ?? "") <span class=\"quiet\">\(Markup.text(detail))</span></li>"
    }
    let owed = documents.map { document in
      let days = view.asOf.dayNumber - document.deadline.dayNumber
      return
        "<li><span class=\"kind kind-missing\">\(exchange.say("未报", "missing"))</span> <b>\(Markup.text(exchange.name(document.name, view.campaign)))</b> <span class=\"quiet\">\(exchange.say("逾期\(days)天", "\(Markup.days(days)) late"))</span></li>"
    }
    let contact = entries.lazy.compactMap { entry -> String? in
      let words = [entry.contact.name, entry.contact.phone].compactMap(\.self).joined(separator: " ")
      return words.isEmpty ? nil : words
    }.first
    let past = history.filter { $0.unit?.split(separator: "、").contains(Substring(unit.name)) == true }
    let hasCopy = entries.contains { $0.kind == .errors || $0.kind == .rejected }
    let download =
      hasCopy
      ? Markup.link(
        exchange.address("/api/v1/returns.zip", [("unit", unit.name)]), exchange.say("退回件", "Marked copies"),
        class: "button plain", download: true) : ""
    let isAsked = exchange.query["unit"] == unit.name
    return """
      <section class="unit" id="u-\(Markup.text(unit.code))">
      <h2>\(Markup.text(exchange.name(unit.name, view.campaign)))<small>\(Markup.text(contact ?? ""))</small></h2>
      <ul>\((items + owed).joined())</ul>
      \(left(FileLists.unique(entries.compactMap(\.file)).flatMap { marked[$0] ?? [] }))
      \(letter.map { letterHTML($0, isOpen: isAsked) } ?? "")
      <p class="buttons">\(download)</p>
      \(past.last.map { last in "<p class=\"quiet\">\(Markup.text(exchange.say("已退回\(past.count)次，最近一次\(last.moment(in: .chinese))，\(last.person)", "Returned \(past.count == 1 ? "once" : "\(past.count) times"), last on \(last.moment(in: .english)) by \(last.person)")))</p>" } ?? "")
      </section>
      """
  }

  /// A finding that a clerk has left to the unit, and that is still there.
  private struct Marked {
    var item: SheetContent.Item
    var mark: LedgerEntry
  }

  /// By file.
  private static func marked(_ marks: ReturnMarks, _ view: FolderView) -> [String: [Marked]] {
    var marked: [String: [Marked]] = [:]
    for submission in view.decided.submissions where marks.has(markIn: submission.file) {
      for finding in submission.findings.gravestFirst() where finding.note == nil {
        let item = SheetContent.Item(
          number: 0, finding: finding, submission: submission, campaign: view.campaign)
        guard let mark = marks.mark(of: item, in: submission.file), marks.sent(mark) == nil else { continue }
        marked[submission.file, default: []].append(Marked(item: item, mark: mark))
      }
    }
    return marked
  }

  private func left(_ marked: [Marked]) -> String {
    guard !marked.isEmpty else { return "" }
    let items = marked.map { marked in
      let sheet = exchange.address(
        "/sheet",
        [
          ("file", marked.mark.file), ("sheet", marked.item.sheet), ("cell", marked.item.cell?.description),
        ])
      let words = PersonalData.masked(marked.item.finding.message.text(in: exchange.language))
      return
        "<li><span>\(Markup.link(sheet, words))<small>\(Markup.text(marked.mark.person))，\(marked.mark.moment(in: exchange.language))</small></span><button type=\"button\" class=\"button plain\" data-undo-mark=\"\(Markup.text(marked.mark.markAddress.serialised()))\">\(exchange.say("撤销", "Undo"))</button></li>"
    }
    return
      "<section class=\"decided\"><h3>\(exchange.say("待退回", "To be returned"))</h3><ul>\(items.joined())</ul></section>"
  }

  private func letterHTML(_ letter: ChaseLetter, isOpen: Bool) -> String {
    """
    <details\(isOpen ? " open" : "")><summary>\(exchange.say("催报函", "Letter"))</summary><pre class="letter" id="l-\(Markup.text(letter.unit.code))" lang="zh-CN">\(Markup.text(letter.text))</pre><p class="buttons"><button type="button" class="button plain" data-copy="l-\(Markup.text(letter.unit.code))">\(exchange.say("复制", "Copy"))</button></p></details>
    """
  }

  private func english(_ kind: ChaseEntry.Kind) -> String {
    switch kind {
    case .missing: "missing"
    case .rejected: "unusable"
    case .errors: "to correct"
    case .late: "came late"
    case .upcoming: "still to come"
    }
  }
}
