import Forms
import Foundation
import XLSX

/// 空白表: the forms to hand out, with a look at each.
struct BlanksRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() async throws -> Answer {
    let view = try await desk.view(exchange)
    let campaign = view.campaign
    let chosen = exchange.query["form"].flatMap { campaign.form($0) } ?? campaign.forms.first
    let preview = try await Blocking.heavy {
      try chosen.flatMap { try BlankPreview.picture(of: $0, campaign) }
    }
    var frame = Frame(
      exchange: exchange, desk: desk, room: .blanks, title: exchange.say(Frame.Room.blanks.name), view: view)
    frame.css = preview?.css ?? ""
    return .html(frame.html(body(campaign, chosen, preview)))
  }

  private func body(_ campaign: Campaign, _ chosen: FormDefinition?, _ preview: SheetPicture?) -> String {
    let tabs = campaign.forms.map { form in
      let current = form.id == chosen?.id ? " aria-current=\"true\"" : ""
      return
        "<a href=\"\(Markup.text(exchange.address("/blanks", [("form", form.id)])))\"\(current)>\(Markup.text(exchange.name(form.label, campaign)))</a>"
    }
    let all = Markup.link(
      exchange.address("/api/v1/blank"), exchange.say("下载全部单位的空白表（压缩包）", "All units' forms as a zip"),
      class: "button",
      download: true)
    let targets = campaign.targets.map { table in
      Markup.link(
        exchange.address("/api/v1/blank", [("form", table.label)]),
        exchange.name(table.label, campaign) + " " + exchange.say("指标表", "targets"),
        class: "button plain", download: true)
    }
    return """
      <h1>\(exchange.say("空白表", "Blank forms"))</h1>
      <p class="buttons">\(all)\(targets.joined())</p>
      <nav class="tabs" aria-label="\(exchange.say("表", "Forms"))">\(tabs.joined())</nav>
      <div class="blank-sides">
      <section aria-label="\(exchange.say("预览", "Preview"))">
      \(chosen.map { "<h2>\(Markup.text(exchange.name($0.title, campaign)))</h2>" } ?? "")
      <div class="paper-frame" tabindex="0" role="region" aria-label="\(exchange.say("预览", "Preview"))">\(preview?.html ?? "")</div>
      </section>
      <section class="units-side" aria-label="\(exchange.say("各单位", "Units"))">
      <h2>\(exchange.say("各单位", "Units"))</h2>
      \(chosen.map { units(of: $0, campaign) } ?? "")
      </section>
      </div>
      """
  }

  private func units(of form: FormDefinition, _ campaign: Campaign) -> String {
    let generic = Markup.link(
      exchange.address("/api/v1/blank", [("form", form.id), ("unit", "")]),
      exchange.say("不填单位的空白表", "without a unit's name"),
      download: true)
    let items = campaign.units(owing: form).map { unit in
      "<li>"
        + Markup.link(
          exchange.address("/api/v1/blank", [("form", form.id), ("unit", unit.code)]),
          exchange.name(unit.ownName, campaign),
          download: true) + "</li>"
    }
    return "<ul class=\"columns\"><li>\(generic)</li>\(items.joined())</ul>"
  }
}

/// A blank form, drawn to be looked at.
enum BlankPreview {
  static func picture(of form: FormDefinition, _ campaign: Campaign) throws -> SheetPicture? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(Access.newToken())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try TemplateSet(campaign).write([form], for: .anyone, to: folder)
    guard let file = files.first else { return nil }
    return try SheetPicture(contentsOf: file.path)
  }
}
