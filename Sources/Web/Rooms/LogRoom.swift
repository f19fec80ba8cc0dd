import Forms
import Foundation

/// 日志: who did what, when.
struct LogRoom {
  let desk: Desk
  let exchange: Exchange

  private static let most = 500

  func answer() async throws -> Answer {
    let ledger = desk.ledger.ledger
    let words = exchange.query["q"]?.trimmingCharacters(in: .whitespaces) ?? ""
    let action = exchange.query["action"] ?? ""
    let (entries, broken) = try await Blocking.light { () -> ([LedgerEntry], Int?) in
      guard let ledger else { return ([], nil) }
      return (try ledger.entries(limit: 20_000), try ledger.verify())
    }
    let view = try? await desk.view(exchange)
    let found = entries.reversed().filter { entry in
      (action.isEmpty || entry.action == action) && (words.isEmpty || Self.contains(words, entry))
    }
    var frame = Frame(
      exchange: exchange, desk: desk, room: .log, title: exchange.say(Frame.Room.log.name), view: view)
    frame.ledgerNumber = entries.last?.number ?? 0
    return .html(frame.html(body(Array(found), all: entries, broken, words: words, action: action)))
  }

  private static func contains(_ words: String, _ entry: LedgerEntry) -> Bool {
    [entry.person, entry.file, entry.unit, entry.form, entry.cell, entry.reason, entry.new, entry.old]
      .contains { $0?.localizedCaseInsensitiveContains(words) == true }
  }

  private func body(
    _ found: [LedgerEntry], all: [LedgerEntry], _ broken: Int?, words: String, action: String
  ) -> String {
    let actions = FileLists.unique(all.map(\.action))
    let options = actions.map { name in
      "<option value=\"\(Markup.text(name))\"\(name == action ? " selected" : "")>\(Markup.text(LedgerEntry(action: name).word(in: exchange.language)))</option>"
    }
    let rows = found.prefix(Self.most).map { entry -> [Markup.Cell] in
      let file =
        entry.file.map { file in
          file.hasPrefix(desk.inbox + "/")
            ? Markup.link(
              exchange.address(
                "/sheet", [("file", file), ("cell", entry.cell?.split(separator: "!").last.map(String.init))]),
              Downloads.name(of: file))
            : Markup.text(file)
        } ?? ""
      let change = [entry.old, entry.new].compactMap(\.self).joined(separator: " → ")
      return [
        .words(String(entry.number), class: "n"),
        .words(String(entry.time.prefix(19)).replacing("T", with: " "), class: "time"), .words(entry.person),
        .words(entry.word(in: exchange.language)), .markup(file), .words(entry.unit ?? ""),
        .words(entry.cell ?? ""), .words(change), .words(entry.reason ?? "", class: "reason"),
      ]
    }
    let state =
      broken.map { number in
        "<p class=\"banner bad\" role=\"alert\">\(exchange.say("日志从第\(number)条起与原来不符，可能被改动过。", "From entry \(number) on the ledger is not as it was written; it may have been changed."))</p>"
      }
      ?? (all.isEmpty
        ? ""
        : "<p class=\"quiet\">\(exchange.say("共\(all.count)条，前后相扣，未被改动。", "\(all.count) entries, each sealed with the one before; none was changed."))</p>")
    let table =
      rows.isEmpty
      ? "<p class=\"lead\">\(all.isEmpty ? exchange.say("还没有记录。收文件、更正、退回、汇总都会记在这里。", "Nothing is recorded yet. What comes in, corrections, returns and results will stand here.") : exchange.say("没有这样的记录。", "There is no such entry."))</p>"
      : Markup.table(
        [
          exchange.say("序号", "No."), exchange.say("时间", "Time"), exchange.say("经办人", "By"),
          exchange.say("事项", "What"), exchange.say("文件", "File"), exchange.say("单位", "Unit"),
          exchange.say("单元格", "Cell"), exchange.say("变动", "Change"), exchange.say("原因", "Reason"),
        ], rows, class: "list log", caption: exchange.say("日志", "Log"))
    return """
      <h1>\(exchange.say("日志", "Log"))</h1>
      \(state)
      <form class="filters" method="get" role="search">
      <label><span class="unseen">\(exchange.say("事项", "What"))</span><select name="action"><option value="">\(exchange.say("全部事项", "Everything"))</option>\(options.joined())</select></label>
      <label><span class="unseen">\(exchange.say("查找", "Find"))</span><input type="search" name="q" value="\(Markup.text(words))" placeholder="\(exchange.say("单位、文件、经办人", "unit, file, person"))"></label>
      <button type="submit" class="button plain">\(exchange.say("查找", "Find"))</button>
      <a class="button plain" href="/api/v1/log" download="\(exchange.say("日志", "log")).json">\(exchange.say("导出", "Export"))</a>
      </form>
      <div id="live">\(table)\(found.count > Self.most ? "<p class=\"quiet\">\(exchange.say("这里是最近\(Self.most)条，共\(found.count)条；更早的请用事项或文字缩小范围，或导出。", "The last \(Self.most) of \(found.count); narrow the search for earlier ones, or export them."))</p>" : "")</div>
      """
  }
}
