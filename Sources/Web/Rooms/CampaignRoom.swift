import Forms
import Foundation

/// 活动: units, deadlines and targets as they count, and the file behind them to edit.
struct CampaignRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    // A campaign that cannot be used is mended here, so this room opens without one.
    var view: FolderView?
    var complaint: String?
    var text: String?
    do {
      text = try await Blocking.light { try CampaignFile.text() }
    } catch let error as FormsError {
      complaint = error.text(in: exchange.language)
      // Nothing is offered in place of a file that is there.
      text = ""
    }
    do {
      view = try await desk.view(exchange)
    } catch let error as FormsError {
      complaint = complaint ?? error.text(in: exchange.language)
    }
    var frame = Frame(
      exchange: exchange, desk: desk, room: .campaign, title: exchange.say(Frame.Room.campaign.name),
      view: view)
    frame.scripts = ["campaign.js"]
    let links = await desk.portal?.made
    return .html(
      frame.html(body(view?.campaign, text, complaint) + (links.map { portal(view?.campaign, $0) } ?? "")))
  }

  private func body(_ campaign: Campaign?, _ text: String?, _ complaint: String?) -> String {
    let isNamed = desk.folder.campaignName != nil
    let start = text ?? campaign.map { WorkingFolder.campaignText($0, reference: $0.id) } ?? ""
    let hint =
      isNamed
      ? exchange.say(
        "本页启动时另指定了活动（--campaign），下面的文件暂不起作用。",
        "The page was started with --campaign; the file below does not count now.")
      : text == nil
        ? exchange.say(
          "这个文件夹还没有活动.yaml，用的是内置活动。下面是可以保存的样稿。",
          "This folder has no 活动.yaml and uses the built-in campaign. Below is one to begin with.")
        : exchange.say(
          "改好后先看差异，再保存；改错了会指出在哪一行。",
          "Look at the difference before saving; mistakes are shown with their line.")
    return """
      <h1>\(exchange.say("活动", "Campaign"))<small>\(Markup.text(exchange.name(campaign?.title ?? "", campaign)))</small></h1>
      \(complaint.map { "<p class=\"banner bad\" role=\"alert\">\(Markup.text($0))</p>" } ?? "")
      \(desk.isAlone ? "<p class=\"buttons\"><a class=\"button plain\" href=\"/folders\">\(exchange.say("新年度、其他文件夹", "Another year, other folders"))</a><a class=\"button plain\" href=\"/learn\">\(exchange.say("从通知和空白表新建活动", "New campaign from a notice and blank forms"))</a></p>" : "")
      \(campaign.map { year($0) } ?? "")
      <div id="campaign-tables">\(campaign.map { CampaignTables(exchange: exchange, campaign: $0, text: start).html } ?? "")</div>
      <section class="unsaved" id="unsaved" hidden aria-label="\(exchange.say("还没有保存的改动", "Changes not yet saved"))">
      <div class="unsaved-head"><h2>\(exchange.say("还没有保存的改动", "Changes not yet saved"))<small id="unsaved-count"></small></h2>
      <p class="buttons"><button type="button" class="button" id="yaml-save" disabled>\(exchange.say("保存", "Save"))</button><button type="button" class="button plain" id="yaml-undo">\(exchange.say("撤销上一步", "Undo"))<kbd>Z</kbd></button><button type="button" class="button plain" id="yaml-reset">\(exchange.say("全部放弃", "Discard all"))</button></p></div>
      <ol id="yaml-changes" class="changes" aria-label="\(exchange.say("差异", "Difference"))"></ol>
      </section>
      <p id="yaml-complaint" class="error" role="alert"></p>
      <p class="buttons"><button type="button" class="button plain" id="yaml-back" hidden>\(exchange.say("撤销上次保存", "Undo the last save"))</button></p>
      <details class="editor"\(campaign == nil ? " open" : "")><summary>\(exchange.say("直接改文本：活动.yaml", "Edit the text: 活动.yaml"))</summary>
      <p class="quiet">\(Markup.text(hint))</p>
      <label class="unseen" for="yaml">活动.yaml</label>
      <div class="yaml"><pre id="yaml-lines" aria-hidden="true"></pre><textarea id="yaml" spellcheck="false" autocapitalize="off" wrap="off" lang="zh-CN" data-before="\(Markup.text(text ?? ""))">\n\(Markup.text(start))</textarea></div>
      <p class="buttons"><button type="button" class="button plain" id="yaml-check">\(exchange.say("检查并看差异", "Check and compare"))</button></p>
      </details>
      """
  }

  private func year(_ campaign: Campaign) -> String {
    """
    <form class="year" id="year"><label>\(exchange.say("年度", "Year")) <input type="number" name="year" min="1949" max="9999" value="\(campaign.year)" data-change="year" id="c-year"></label><span class="quiet">\(exchange.say("改年度，各表的截止日期跟着移到那一年；标题中的年份自动跟着变。", "Another year moves the deadlines to it; years in titles follow."))</span></form>
    """
  }

  /// The links by which units send in by themselves.
  private func portal(_ campaign: Campaign?, _ made: [String: String]) -> String {
    let rows = (campaign?.units ?? []).map { unit -> [Markup.Cell] in
      let since = made[unit.code].map { String($0.prefix(10)) }
      let code = Markup.text(unit.code)
      let revoke =
        since == nil
        ? ""
        : "<button type=\"button\" class=\"quiet-link\" data-revoke=\"\(code)\">\(exchange.say("收回", "Revoke"))</button>"
      return [
        .head(Markup.text(unit.name)), .words(since ?? exchange.say("没有", "none")),
        .markup(
          "<button type=\"button\" class=\"quiet-link\" data-link=\"\(code)\">\(since == nil ? exchange.say("生成", "Make") : exchange.say("换一个", "Renew"))</button>\(revoke) <output id=\"link-\(code)\"></output>"
        ),
      ]
    }
    let inLetters = desk.access.base != nil
    return
      "<section><h2>\(exchange.say("单位自报的链接", "Links for units"))</h2><p class=\"quiet\">\(exchange.say("每个单位一个，只显示一次，发给单位填表的人；换了新的，旧的就不能用。", "One for each unit, shown once; give it to whoever fills in the forms. A new one ends the old one."))</p>\(inLetters ? "" : "<p class=\"banner\">\(exchange.say("启动时没有用 --behind-proxy 写明单位访问的网址：下面的链接只在本机能打开，催报函里不写。", "The page was started without --behind-proxy and the name by which units reach it: these links open on this machine only, and letters do not carry them."))</p>")<p class=\"buttons\"><button type=\"button\" class=\"button plain\" id=\"links-all\"\(inLetters ? " data-letters" : "")>\(inLetters ? exchange.say("给没有链接的单位都生成，写进催报函", "Make one for every unit without, and put it into the letters") : exchange.say("给没有链接的单位都生成", "Make one for every unit without"))</button></p>"
      + Markup.table(
        [exchange.say("单位", "Unit"), exchange.say("生成日期", "Made"), exchange.say("链接", "Link")], rows,
        class: "list",
        caption: exchange.say("链接", "Links")) + "</section>"
  }
}
