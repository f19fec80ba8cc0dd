import Forms
import Foundation
import XLSX

/// 审核: one file's own sheet as it looks, what is wrong beside it, and the decisions.
struct SheetRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    let ledger = desk.ledger.ledger
    // Without them the sheet is as good.
    let marks = (try? await Blocking.light { try ReturnMarks(ledger) }) ?? ReturnMarks([])
    let queue = Self.queue(view, marks)
    // What is looked at has an address, which stays when others are settled.
    if exchange.query["file"] == nil, let first = queue.first(where: { $0.open > 0 }) ?? queue.first {
      return .redirect(to: exchange.address("/sheet", [("file", first.file)]))
    }
    guard let name = exchange.query["file"] else {
      let frame = Frame(
        exchange: exchange, desk: desk, room: .sheet, title: exchange.say(Frame.Room.sheet.name), view: view)
      return .html(frame.html(nothing(view)))
    }
    let sheet = exchange.query["sheet"]
    let cell = exchange.query["cell"].flatMap { CellReference($0.uppercased()) }
    let inbox = desk.inbox
    let content = try await Blocking.heavy {
      try SheetContent.of(name, sheet: sheet, cell: cell, in: view, inbox: inbox)
    }
    guard let content else {
      throw Problem(
        .notFound, "no-file", zh: "收件里没有“\(name)”，可能已被移走",
        en: "“\(name)” is not among what came in; it may have been moved.")
    }
    var frame = Frame(
      exchange: exchange, desk: desk, room: .sheet, title: Downloads.name(of: name), view: view)
    frame.css = content.picture?.picture.css ?? ""
    frame.scripts = ["sheet.js"]
    frame.ledgerNumber = marks.number
    return .html(frame.html(body(content, view, queue, marks)))
  }

  /// The files with a form in the units' order, each with how much of it waits for a decision.
  static func queue(_ view: FolderView, _ marks: ReturnMarks) -> [(file: String, open: Int)] {
    let positions = Dictionary(
      view.campaign.units.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: (open: Int, unit: Int)] = [:]
    var order: [String] = []
    for submission in view.decided.submissions where !submission.isSuperseded {
      let isMarked = marks.has(markIn: submission.file)
      let open = submission.findings.count { finding in
        guard finding.severity != .info, finding.note == nil else { return false }
        guard isMarked else { return true }
        let item = SheetContent.Item(
          number: 0, finding: finding, submission: submission, campaign: view.campaign)
        return marks.mark(of: item, in: submission.file) == nil
      }
      let unit = submission.unit.flatMap { positions[$0.name] } ?? .max
      if counts[submission.file] == nil { order.append(submission.file) }
      let before = counts[submission.file] ?? (0, unit)
      counts[submission.file] = (before.open + open, min(before.unit, unit))
    }
    return order.enumerated().sorted { a, b in
      let (x, y) = (counts[a.element] ?? (0, 0), counts[b.element] ?? (0, 0))
      return (x.unit, a.offset) < (y.unit, b.offset)
    }.map { ($0.element, counts[$0.element]?.open ?? 0) }
  }

  private func nothing(_ view: FolderView) -> String {
    """
    <h1>\(exchange.say("审核", "Review"))</h1>
    <p class="lead">\(exchange.say("还没有收到可以审核的表。", "No form has come in yet."))</p>
    <p>\(Markup.link(exchange.address("/"), exchange.say("到总览收文件", "Take in files in the overview")))</p>
    """
  }

  private func body(
    _ content: SheetContent, _ view: FolderView, _ queue: [(file: String, open: Int)], _ marks: ReturnMarks
  ) -> String {
    let position = queue.firstIndex { $0.file == content.file.file }
    func neighbour(_ step: Int) -> String? {
      guard let position, queue.indices.contains(position + step) else { return nil }
      // Forward to the next one that has something open, if there is one.
      let open = step > 0 ? queue[(position + 1)...].first { $0.open > 0 } : nil
      return exchange.address("/sheet", [("file", (open ?? queue[position + step]).file)])
    }
    let units = FileLists.unique(
      content.submissions.compactMap { $0.unit.map { exchange.name($0.name, view.campaign) } })
    let forms = FileLists.unique(
      content.submissions.compactMap { submission in
        view.campaign.form(submission.form).map { exchange.name($0.label, view.campaign) }
      })
    let heading =
      units.isEmpty ? Downloads.name(of: content.file.file) : units.prefix(3).joined(separator: "、")
    let panel = FindingPanel(exchange: exchange, view: view, content: content, marks: marks)
    return """
      <div class="sheet-head">
      <div><h1>\(Markup.text(heading))\(forms.isEmpty ? "" : "<small>\(Markup.text(forms.joined(separator: "、")))</small>")</h1>
      <p class="quiet">\(facts(content))</p></div>
      <div class="pager">\(step(neighbour(-1), "prev-form", exchange.say("上一份", "Previous"), "P"))\(step(neighbour(1), "next-form", exchange.say("下一份", "Next"), "N"))</div>
      </div>
      <div class="review" id="live">
      <section class="paper-side" aria-label="\(exchange.say("单位自己的表", "The unit's own sheet"))">
      \(tabs(content))
      \(paper(content))
      \(VersionList(exchange: exchange, view: view, content: content).html)
      </section>
      \(panel.html)
      </div>
      """
  }

  private func step(_ address: String?, _ id: String, _ words: String, _ key: String) -> String {
    guard let address else { return "<span class=\"button plain off\">\(words)</span>" }
    return
      "<a class=\"button plain\" id=\"\(id)\" href=\"\(Markup.text(address))\">\(words)<kbd>\(key)</kbd></a>"
  }

  private func facts(_ content: SheetContent) -> String {
    var facts: [String] = [content.file.file]
    if let submission = content.submissions.first {
      if let day = submission.filledOn {
        facts.append(exchange.say("填报时间\(Markup.day(day, in: .chinese))", "filled in on \(day)"))
      }
      if let name = submission.filledBy { facts.append(exchange.say("填报人\(name)", "by \(name)")) }
      if let phone = submission.phone { facts.append(phone) }
    }
    facts.append(
      exchange.say(content.file.state.word) + exchange.say("：", ": ") + exchange.say(content.file.reason))
    let original = Markup.link(
      exchange.address("/api/v1/original", [("file", content.file.file)]),
      exchange.say("原件", "original"), download: true)
    return facts.map(Markup.text).joined(separator: " · ") + " · " + original
  }

  private func tabs(_ content: SheetContent) -> String {
    guard let picture = content.picture, picture.sheets.count > 1 else { return "" }
    let marked = Dictionary(grouping: content.items.compactMap(\.sheet), by: { $0 }).mapValues(\.count)
    let tabs = picture.sheets.prefix(40).map { sheet in
      let current = sheet == picture.sheet ? " aria-current=\"true\"" : ""
      let count = marked[sheet].map { "<b>\($0)</b>" } ?? ""
      let address = exchange.address("/sheet", [("file", content.file.file), ("sheet", sheet)])
      return "<a href=\"\(Markup.text(address))\"\(current)>\(Markup.text(sheet))\(count)</a>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(exchange.say("工作表", "Sheets"))\">\(tabs.joined())</nav>"
  }

  private func paper(_ content: SheetContent) -> String {
    guard let picture = content.picture else {
      return """
        <div class="no-paper"><p>\(exchange.say("这个文件不是表格，或者无法打开，不能在这里显示。", "This file is no table, or cannot be opened, and cannot be shown here."))</p>
        <p>\(Markup.text(exchange.say(content.file.reason)))</p></div>
        """
    }
    let isPart = picture.picture.rows.count < picture.picture.lastRow
    let part =
      isPart
      ? "<p class=\"quiet\">\(exchange.say("共\(picture.picture.lastRow)行，这里是第\(picture.picture.rows.lowerBound)至\(picture.picture.rows.upperBound)行；点问题会转到它所在的行。", "Rows \(picture.picture.rows.lowerBound) to \(picture.picture.rows.upperBound) of \(picture.picture.lastRow); choosing a finding leads to its row."))</p>"
      : ""
    return """
      <div class="paper-frame" tabindex="0" role="region" aria-label="\(exchange.say("表", "Sheet"))" id="paper" data-sheet="\(Markup.text(picture.sheet))">
      \(picture.picture.html)
      </div>
      \(part)
      """
  }
}
