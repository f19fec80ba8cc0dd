import Forms
import Foundation

/// 收件: every file with its state and the reason for it.
struct InboxRoom {
  let desk: Desk
  let exchange: Exchange

  /// More are looked at page by page.
  private static let pageSize = 200

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    let frame = Frame(
      exchange: exchange, desk: desk, room: .inbox, title: exchange.say(Frame.Room.inbox.name), view: view)
    return .html(frame.html(body(view)))
  }

  private func body(_ view: FolderView) -> String {
    let all = view.decided.files
    let state = exchange.query["state"].flatMap(InputFile.State.init(rawValue:))
    let words = exchange.query["q"]?.lowercased() ?? ""
    let files = all.filter {
      (state == nil || $0.state == state) && (words.isEmpty || $0.file.lowercased().contains(words))
    }
    let page = max(1, exchange.query["page"].flatMap(Int.init) ?? 1)
    let start = min((page - 1).multipliedReportingOverflow(by: Self.pageSize).partialValue, files.count)
    let shown = files[max(0, start)..<min(files.count, max(0, start) + Self.pageSize)]
    return """
      <h1>\(exchange.say("收件", "Received"))<small>\(exchange.say("\(all.count)个文件", "\(all.count) files"))</small></h1>
      <section class="drop"><label class="drop-label"><input type="file" id="files" multiple><span class="button">\(exchange.say("选择文件", "Choose files"))</span></label><span>\(exchange.say("或者拖到窗口的任何地方；同名的不会覆盖", "or drop them anywhere on this window; nothing is written over"))</span><ol id="uploads" aria-live="polite"></ol></section>
      \(filters(all, state: state, words: words))
      <div id="live">
      \(files.isEmpty ? nothing(all.isEmpty) : table(Array(shown), view))
      \(pager(files.count, page: page))
      </div>
      """
  }

  private func nothing(_ isEmpty: Bool) -> String {
    "<p class=\"lead\">\(isEmpty ? exchange.say("收件文件夹还是空的。", "Nothing has come in yet.") : exchange.say("没有这样的文件。", "There is no such file."))</p>"
  }

  private func filters(_ files: [InputFile], state: InputFile.State?, words: String) -> String {
    let states: [InputFile.State] = [.adopted, .superseded, .rejected, .ignored]
    let counts = Dictionary(grouping: files, by: \.state).mapValues(\.count)
    let chips = ([nil] + states.map(Optional.some)).compactMap { choice -> String? in
      if let choice, counts[choice] == nil { return nil }
      let name =
        choice.map { "\(exchange.say($0.word)) \(counts[$0] ?? 0)" } ?? exchange.say("全部", "All")
      let address = exchange.address(
        "/inbox", [("state", choice?.rawValue), ("q", words.isEmpty ? nil : words)])
      return
        "<a class=\"chip\" href=\"\(Markup.text(address))\"\(choice == state ? " aria-current=\"true\"" : "")>\(Markup.text(name))</a>"
    }
    let kept = [("state", state?.rawValue), ("as-of", exchange.asOf?.description)].compactMap { name, value in
      value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\(Markup.text($0))\">" }
    }
    return """
      <div class="filters"><div class="chips">\(chips.joined())</div>
      <form method="get" role="search"><label class="unseen" for="q">\(exchange.say("按文件名找", "Find by name"))</label><input id="q" type="search" name="q" value="\(Markup.text(words))" placeholder="\(exchange.say("按文件名找", "Find by name"))">\(kept.joined())</form></div>
      """
  }

  private func table(_ files: [InputFile], _ view: FolderView) -> String {
    let submissions = Dictionary(grouping: view.decided.submissions, by: \.file)
    let rows = files.map { file -> [Markup.Cell] in
      let forms = submissions[file.file] ?? []
      let findings = file.findings + forms.flatMap(\.findings)
      let units = FileLists.unique(
        forms.compactMap { $0.unit.map { exchange.name($0.ownName, view.campaign) } }
      ).joined(separator: "、")
      let labels = FileLists.unique(
        forms.map { exchange.name(view.campaign.form($0.form)?.label ?? $0.form, view.campaign) }
      )
      .joined(separator: "、")
      let name =
        file.file.hasPrefix(desk.inbox + "/") ? String(file.file.dropFirst(desk.inbox.count + 1)) : file.file
      let (errors, warnings) = (findings.count(.error), findings.count(.warning))
      var counts: [String] = []
      if errors > 0 { counts.append("<b class=\"bad\">\(exchange.say("错误", "errors ")) \(errors)</b>") }
      if warnings > 0 { counts.append("<b class=\"warn\">\(exchange.say("核实", "confirm")) \(warnings)</b>") }
      return [
        .head(Markup.link(exchange.address("/sheet", [("file", file.file)]), name)),
        .markup(
          "<span class=\"file-state file-\(file.state.rawValue)\">\(Markup.text(exchange.say(file.state.word)))</span>"
        ),
        .words(units), .words(labels), .markup(counts.joined(separator: " ")),
        .words(exchange.say(file.reason), class: "reason"), .markup(action(file)),
      ]
    }
    return Markup.table(
      [
        exchange.say("文件", "File"), exchange.say("处理", "State"), exchange.say("单位", "Unit"),
        exchange.say("表", "Form"), exchange.say("问题", "Findings"), exchange.say("说明", "Why"),
        exchange.say("操作", "Action"),
      ], rows, class: "list files", caption: exchange.say("收到的文件", "What came in"))
  }

  private func action(_ file: InputFile) -> String {
    guard !file.file.contains("!/") else { return "" }
    let isAside = file.file.hasPrefix("\(desk.inbox)/\(WorkingFolder.removed)/")
    let name = Markup.text(file.file)
    return isAside
      ? "<button type=\"button\" class=\"quiet-link\" data-restore=\"\(name)\">\(exchange.say("放回", "Put back"))</button>"
      : "<button type=\"button\" class=\"quiet-link\" data-remove=\"\(name)\">\(exchange.say("移出", "Move aside"))</button>"
  }

  private func pager(_ count: Int, page: Int) -> String {
    let pages = (count + Self.pageSize - 1) / Self.pageSize
    guard pages > 1 else { return "" }
    func link(_ number: Int, _ words: String) -> String {
      guard 1...pages ~= number else { return "<span class=\"button plain off\">\(words)</span>" }
      let address = exchange.address(
        "/inbox", [("page", String(number)), ("state", exchange.query["state"]), ("q", exchange.query["q"])])
      return Markup.link(address, words, class: "button plain")
    }
    return
      "<p class=\"pager\">\(link(page - 1, exchange.say("上一页", "Previous"))) <span>\(page)/\(pages)</span> \(link(page + 1, exchange.say("下一页", "Next")))</p>"
  }
}
