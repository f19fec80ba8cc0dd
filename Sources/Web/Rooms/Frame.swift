import Forms
import Foundation

/// What stands around every room: the rail of rooms, the campaign's title, the day, how things stand.
struct Frame {
  enum Room: String, CaseIterable {
    case overview, inbox, sheet, returns, merge, blanks, campaign, log

    var name: LocalizedText {
      switch self {
      case .overview: .init(zh: "总览", en: "Overview")
      case .inbox: .init(zh: "收件", en: "Received")
      case .sheet: .init(zh: "审核", en: "Review")
      case .returns: .init(zh: "退回催报", en: "Return & chase")
      case .merge: .init(zh: "汇总", en: "Totals")
      case .blanks: .init(zh: "空白表", en: "Blank forms")
      case .campaign: .init(zh: "活动", en: "Campaign")
      case .log: .init(zh: "日志", en: "Log")
      }
    }

    var path: String { self == .overview ? "/" : "/" + rawValue }
  }

  let exchange: Exchange
  let desk: Desk
  let room: Room
  /// The heading of the room.
  let title: String
  let view: FolderView?
  /// Rules for this page alone.
  var css = ""
  var scripts: [String] = []
  /// What of the ledger the room shows: another number, another content.
  var ledgerNumber = 0

  func html(_ body: String) -> String {
    let language = exchange.language
    let campaign = view?.campaign
    let heading =
      campaign.map { exchange.name($0.title, $0) } ?? exchange.say("汇总", "huizong")
    return """
      <!DOCTYPE html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(Markup.text(title)) · \(Markup.text(heading))</title>
      <link rel="icon" href="/assets/icon.svg">
      <link rel="stylesheet" href="/assets/page.css">
      <link rel="stylesheet" href="/assets/rooms.css">
      \(css.isEmpty ? "" : "<style nonce=\"\(exchange.nonce)\" id=\"own-style\">\n\(css)\n</style>")
      <script type="module" src="/assets/page.js"></script>
      \(scripts.map { "<script type=\"module\" src=\"/assets/\($0)\"></script>" }.joined(separator: "\n"))
      </head>
      <body data-room="\(room.rawValue)" data-view="\(view?.number ?? 0).\(ledgerNumber)"\(Markup.attribute("data-inbox", desk.inbox))>
      <a class="skip" href="#main">\(exchange.say("跳到正文", "Skip to content"))</a>
      \(top(heading))
      \(rail)
      <main id="main" tabindex="-1">
      \(banner)
      \(body)
      </main>
      <div id="say" role="status" aria-live="polite"></div>
      \(dropLayer)
      \(Dialogs(exchange: exchange).html)
      </body>
      </html>

      """
  }

  private func top(_ heading: String) -> String {
    let campaign = view?.campaign
    let other = exchange.language == .chinese ? "en" : "zh"
    var query = exchange.query.filter { $0.key != "token" }
    query["lang"] = other
    let pairs = query.sorted { $0.key < $1.key }.map { "\($0.key)=\(Exchange.encoded($0.value))" }
    let path = "/" + exchange.path.map(Exchange.encoded).joined(separator: "/")
    return """
      <header class="top">
      <div class="names"><p class="office">\(Markup.text(exchange.name(campaign?.office ?? "", campaign)))</p><p class="campaign">\(Markup.text(heading))</p></div>
      <p class="counts">\(counts)</p>
      \(day)
      <div class="tools"><a class="quiet-link" hreflang="\(other)" lang="\(other)" href="\(Markup.text(path + "?" + pairs.joined(separator: "&")))">\(other == "en" ? "English" : "中文")</a>
      \(desk.isAlone ? "<a class=\"quiet-link\" href=\"/folders\">\(exchange.say("文件夹", "Folders"))</a>" : "")<button type="button" class="quiet-link" id="keys">\(exchange.say("按键", "Keys"))</button>
      <button type="button" class="quiet-link" id="stop">\(exchange.say("退出", "Quit"))</button></div>
      </header>
      """
  }

  private var day: String {
    guard let view else { return "" }
    let kept = exchange.query.filter { !["as-of", "token", "lang"].contains($0.key) }.sorted {
      $0.key < $1.key
    }
    .map { "<input type=\"hidden\" name=\"\(Markup.text($0.key))\" value=\"\(Markup.text($0.value))\">" }
    return """
      <form class="day" method="get"><label>\(exchange.say("截至", "As of")) <input type="date" name="as-of" value="\(view.asOf)" id="as-of"></label>\(kept.joined())</form>
      """
  }

  private var counts: String {
    guard let view else { return "" }
    let units = view.consolidation.listedUnits
    let boards = Standing.of(view)
    let unsettled = boards.count { $0.cells.contains { $0.needsSettling } }
    let reported = boards.count { board in
      let due = board.cells.filter(\.isDue)
      return !due.isEmpty && due.allSatisfy(\.isReported)
    }
    return exchange.say(
      "\(units.count)个单位：报齐<b>\(reported)</b>，待处理<b>\(unsettled)</b>",
      "\(units.count) units: <b>\(reported)</b> complete, <b>\(unsettled)</b> to settle")
  }

  private var rail: String {
    let items = Room.allCases.map { room in
      let current = room == self.room ? " aria-current=\"page\"" : ""
      return
        "<li><a href=\"\(Markup.text(exchange.address(room.path)))\"\(current)>\(Markup.icon(room.rawValue))<span>\(Markup.text(exchange.say(room.name)))</span></a></li>"
    }
    return
      "<nav class=\"rail\" aria-label=\"\(exchange.say("各项工作", "Rooms"))\"><ul>\(items.joined(separator: "\n"))</ul></nav>"
  }

  private var banner: String {
    guard let problem = desk.ledger.problem else { return "" }
    return "<p class=\"banner\">\(Markup.text(exchange.say(problem)))</p>"
  }

  private var dropLayer: String {
    "<div id=\"drop-layer\" hidden><p>\(exchange.say("松开鼠标，文件就放进收件", "Let go, and the files are taken in"))</p></div>"
  }
}

/// The page of what went wrong: what, where, what to do.
struct ProblemPage {
  let problem: Problem
  let language: Language

  var html: String {
    let zh = language == .chinese
    let title = problem.status == .notFound ? (zh ? "没有找到" : "Not found") : (zh ? "没有完成" : "Not done")
    return """
      <!DOCTYPE html>
      <html lang="\(zh ? "zh-CN" : "en")">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>\(title)</title>
      <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css"></head>
      <body class="alone"><main id="main"><h1>\(title)</h1><p class="lead">\(Markup.text(problem.message.text(in: language)))</p>
      <p><a href="/">\(zh ? "回到总览" : "Back to the overview")</a></p></main></body></html>

      """
  }
}
