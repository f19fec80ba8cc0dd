import Forms
import Foundation

/// 活动: forms, units, targets and deadlines as tables; every field says which change of the campaign file it makes.
struct CampaignTables {
  let exchange: Exchange
  let campaign: Campaign
  /// Of the campaign file.
  let text: String

  var html: String {
    let notes = CampaignChange.UnitNotes(text)
    return "<section><h2>\(exchange.say("表和截止日期", "Forms and deadlines"))</h2>\(forms)</section>"
      + "<section><h2>\(exchange.say("单位和指标", "Units and targets"))<small>\(exchange.say("\(campaign.units.count - campaign.outsideUnits.count)个应报单位", "\(campaign.units.count - campaign.outsideUnits.count) units"))</small></h2>\(campaign.units.count > Markup.few ? Markup.find(".units-table tbody tr", in: exchange) : "")\(units(notes))\(adding)\(dropped(notes))</section>"
      + LetterTable(exchange: exchange, correspondence: campaign.correspondence).html
  }

  private var forms: String {
    var rows = campaign.forms.map { form -> [Markup.Cell] in
      [
        .head(Markup.text(exchange.name(form.label, campaign))), .words(exchange.name(form.title, campaign)),
        .markup(
          field(
            "deadline", id: "c-d-\(form.id)", type: "date", value: form.deadline.description,
            label: exchange.say("\(form.label)截止日期", "\(exchange.name(form.label, campaign)): due"),
            [("table", form.label)])),
        .words(String(form.dueFrom.count), class: "n"), .words(String(form.fields.count), class: "n"),
      ]
    }
    for document in campaign.dueDocuments {
      let form = document.form.flatMap { campaign.form($0) }.map { exchange.name($0.label, campaign) }
      let (name, label) = (campaign.deadlineName(of: document), exchange.name(document.name, campaign))
      rows.append([
        .head(Markup.text(label)),
        .words(form.map { exchange.say("随\($0)报送", "comes with \($0)") } ?? "", class: "reason"),
        .markup(
          field(
            "deadline", id: "c-d-\(name)", type: "date", value: document.deadline.description,
            label: exchange.say("\(name)截止日期", "\(label)\(form.map { " (\($0))" } ?? ""): due"),
            [("table", name)])),
        .words(String(document.dueFrom.count), class: "n"), .words("—", class: "n"),
      ])
    }
    return Markup.table(
      [
        exchange.say("表、材料", "Form or document"), exchange.say("名称", "Title"), exchange.say("截止日期", "Due"),
        exchange.say("应报单位", "Units"), exchange.say("数据项", "Figures"),
      ], rows, class: "list forms-table",
      caption: exchange.say("改了就检查，看过差异再保存。", "Checked at once; saved after you have seen the difference."))
  }

  private func units(_ notes: CampaignChange.UnitNotes) -> String {
    let isOneName = Dictionary(grouping: campaign.units, by: \.name).mapValues { $0.count == 1 }
    let rows = campaign.units.map { unit -> [Markup.Cell] in
      let name = isOneName[unit.name] == true ? unit.name : unit.code
      let isOutside = campaign.outsideUnits.contains(unit.code)
      let given = notes.givenAliases(of: unit)
      let aliases = unit.aliases.joined(separator: "、")
      guard !isOutside else {
        return [
          .words(unit.code, class: "code"), .head(Markup.text(unit.name)), .words(aliases, class: "reason"),
        ] + campaign.targets.map { .figure($0.targets[unit.code].map { Decimal($0) }) } + [
          .words(exchange.say("不在应报之列", "not due"), class: "reason")
        ]
      }
      let note =
        notes.former[unit.name].map { exchange.say("原名\($0)", "formerly \($0)") }
        ?? (notes.added.contains(unit.name) ? exchange.say("新增", "added") : nil)
      return [
        .words(unit.code == unit.name ? "" : unit.code, class: "code"),
        .head(
          field(
            "rename", id: "c-n-\(unit.code)", value: unit.name,
            label: exchange.say("单位名称", "Name of the unit"), [("unit", name)])
            + (note.map { "<small class=\"quiet\">\(Markup.text($0))</small>" } ?? "")),
        .markup(
          "<span class=\"phone-label\" aria-hidden=\"true\">\(exchange.say("其他叫法", "Other names"))</span>"
            + field(
              "aliases", id: "c-a-\(unit.code)",
              value: unit.aliases.filter { !given.contains($0) }.joined(separator: "、"),
              label: exchange.say("\(unit.name)的其他叫法", "Other names of \(unit.name)"),
              [("unit", name), ("given", given.joined(separator: "、"))])
            + (given.isEmpty
              ? ""
              : "<small class=\"quiet given\">\(Markup.text(exchange.say("活动原有：", "From the campaign below: ") + given.joined(separator: "、")))</small>")
        ),
      ]
        + campaign.targets.map { table in
          .markup(
            "<span class=\"phone-label\" aria-hidden=\"true\">\(Markup.text(exchange.name(table.label, campaign)))</span>"
              + field(
                "target", id: "c-t-\(table.label)-\(unit.code)", isFigure: true,
                value: table.targets[unit.code].map(String.init) ?? "",
                label: exchange.say(
                  "\(unit.name)\(table.label)指标",
                  "\(unit.name), \(exchange.name(table.label, campaign)): target"),
                [("unit", name), ("table", table.label)]), class: "n")
        } + [
          .markup(
            "<button type=\"button\" class=\"quiet-link\" data-change=\"drop\" data-unit=\"\(Markup.text(name))\" aria-label=\"\(Markup.text(exchange.say("去掉\(unit.name)", "Drop \(unit.name)")))\">\(exchange.say("去掉", "Drop"))</button>"
          )
        ]
    }
    let totals =
      "<tr><td></td><th scope=\"row\">\(exchange.say("指标总计", "Total of targets"))</th><td></td>"
      + campaign.targets.map { "<td class=\"n\">\(PageWords.grouped(Decimal($0.printedTotal)))</td>" }
      .joined()
      + "<td></td></tr>"
    return Markup.table(
      [exchange.say("代码", "Code"), exchange.say("单位", "Unit"), exchange.say("其他叫法", "Other names")]
        + campaign.targets.map {
          exchange.name($0.label, campaign) + " " + exchange.name($0.heading, campaign)
        } + [""], rows, class: "list units-table",
      caption: exchange.say(
        "单位改名后旧名称仍认，指标跟着走；其他叫法用顿号隔开，活动原有的叫法一直有效，不能去掉。",
        "A former name is still known, and targets follow; other names are separated by commas. Those of the campaign below always count and cannot be taken away."
      ),
      foot: campaign.targets.isEmpty ? "" : totals)
  }

  private var adding: String {
    let groups = campaign.groups.map {
      "<option value=\"\(Markup.text($0.id))\">\(Markup.text($0.name))</option>"
    }
    let choice =
      groups.isEmpty
      ? ""
      : "<label>\(exchange.say("类别", "Kind")) <select name=\"group\"><option value=\"\">\(exchange.say("不分类", "none"))</option>\(groups.joined())</select></label>"
    return """
      <form class="adding" id="add-unit"><label>\(exchange.say("新增单位", "Add a unit")) <input name="value" id="c-add" maxlength="60" autocomplete="off" placeholder="\(exchange.say("单位全称", "full name"))"></label>\(choice)<button type="submit" class="button plain">\(exchange.say("新增", "Add"))</button></form>
      """
  }

  private func dropped(_ notes: CampaignChange.UnitNotes) -> String {
    guard !notes.dropped.isEmpty else { return "" }
    let items = notes.dropped.map {
      "<li>\(Markup.text($0)) <button type=\"button\" class=\"quiet-link\" data-change=\"restore\" data-unit=\"\(Markup.text($0))\">\(exchange.say("恢复", "Restore"))</button></li>"
    }
    return
      "<div class=\"dropped\"><h3>\(exchange.say("已去掉的单位", "Units dropped"))</h3><ul>\(items.joined())</ul></div>"
  }

  private func field(
    _ change: String, id: String, type: String = "text", isFigure: Bool = false, value: String, label: String,
    _ data: [(String, String)]
  ) -> String {
    let data = data.map { " data-\($0.0)=\"\(Markup.text($0.1))\"" }.joined()
    // A field of type "number" would keep back what it cannot read: that must come to be refused.
    let limits = isFigure ? " inputmode=\"numeric\" maxlength=\"20\"" : " maxlength=\"2000\""
    return
      "<input id=\"\(Markup.text(id))\" type=\"\(type)\"\(type == "date" ? " required" : limits) value=\"\(Markup.text(value))\" data-change=\"\(change)\"\(data) aria-label=\"\(Markup.text(label))\" autocomplete=\"off\">"
  }
}
