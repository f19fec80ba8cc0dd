import Forms
import Foundation

/// 文件夹: the working folders that were opened last, and new ones.
struct FoldersRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try? await desk.view(exchange)
    var frame = Frame(
      exchange: exchange, desk: desk, room: .campaign, title: exchange.say("文件夹", "Folders"), view: view)
    frame.scripts = ["learn.js"]
    return .html(frame.html(desk.isAlone ? body(view?.campaign) : ""))
  }

  private func body(_ campaign: Campaign?) -> String {
    """
    <h1>\(exchange.say("工作文件夹", "Working folders"))</h1>
    <p class="lead">\(exchange.say("现在打开的：", "Open now: "))<b>\(Markup.text(desk.place))</b></p>
    \(Self.recent(desk, exchange))
    <section class="card"><h2>\(exchange.say("新年度", "Another year"))</h2><p class="quiet">\(exchange.say("以现在的活动为底，换年度，截止日期移到那一年；单位、指标打开后再改。", "Stands on the campaign that is open; deadlines move to the year, units and targets are changed afterwards."))</p>
    \(campaign.map(another) ?? "")</section>
    <section class="card"><h2>\(exchange.say("新活动", "Another campaign"))</h2><p class="quiet">\(exchange.say("有通知或空白表就能建：单位、表样、截止日期、指标由程序读出来，您来确认。", "A notice or blank forms are enough: units, forms, deadlines and targets are read from them, and you confirm."))</p><p class="buttons"><a class="button" href="/learn">\(exchange.say("从通知和空白表新建", "From a notice and blank forms"))</a></p></section>
    <section class="card"><h2>\(exchange.say("打开别的文件夹", "Open another folder"))</h2><form class="adding" id="open-other"><label>\(exchange.say("路径", "Path")) <input name="path" required placeholder="/home/…"></label><button type="submit" class="button plain">\(exchange.say("打开", "Open"))</button></form></section>
    <p id="learn-error" class="error" role="alert"></p>
    """
  }

  private func another(_ campaign: Campaign) -> String {
    let here = (desk.place as NSString).lastPathComponent
    let year = campaign.year + 1
    let name =
      here.contains(String(campaign.year))
      ? here.replacing(String(campaign.year), with: String(year)) : "\(here)-\(year)"
    return """
      <form class="adding" id="another-year"><label>\(exchange.say("年度", "Year")) <input name="year" type="number" min="1949" max="9999" value="\(year)"></label><label>\(exchange.say("文件夹名", "Folder")) <input name="name" maxlength="80" required value="\(Markup.text(name))"></label><button type="submit" class="button">\(exchange.say("建立并打开", "Make and open"))</button></form>
      """
  }

  /// The folders that were opened before this one; nothing where there are none.
  static func recent(_ desk: Desk, _ exchange: Exchange) -> String {
    let paths = RecentFolders.paths.filter { $0 != desk.place }
    guard !paths.isEmpty else { return "" }
    let items = paths.map { path in
      "<li><button type=\"button\" class=\"button plain\" data-open=\"\(Markup.text(path))\"><b>\(Markup.text((path as NSString).lastPathComponent))</b></button><span class=\"quiet\">\(Markup.text(path))</span></li>"
    }
    return
      "<section class=\"card\"><h2>\(exchange.say("最近用过的", "Opened before"))</h2><ul class=\"recent\">\(items.joined())</ul></section>"
  }
}
