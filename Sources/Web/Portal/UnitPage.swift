import Forms
import Foundation

/// The pages of one unit, worded for whoever fills in its forms.
struct UnitPage {
  let exchange: Exchange
  let view: FolderView
  let unit: ReportingUnit
  let base: String

  func home() -> String {
    let forms = view.campaign.forms.filter { $0.dueFrom.contains(unit.code) }
    let rows = forms.map { form -> [Markup.Cell] in
      let line = view.consolidation.form(form.id)?.units.first { $0.unit.code == unit.code }
      let findings = line?.submission?.findings ?? []
      let errors = findings.count(.error)
      let state: String =
        switch line?.state {
        case .reported, .late:
          errors > 0
            ? exchange.say(
              "已收到，有\(errors)处错误请改正后重报", "received; \(errors) errors to correct, please send again")
            : exchange.say("已收到", "received")
        case .rejected: exchange.say("收到的文件不能用，请重报", "what was received cannot be used; please send again")
        default: exchange.say("尚未收到", "not received yet")
        }
      let blank = Markup.link(
        "\(base)/blank?form=\(Exchange.encoded(form.id))", exchange.say("下载空白表", "Blank form"), download: true
      )
      let due =
        Markup.day(form.deadline, in: exchange.language) + exchange.say("，", ", ")
        + Markup.left(
          until: form.deadline, asOf: view.asOf, isOwed: line?.submission == nil, in: exchange.language)
      return [
        .head("\(Markup.text(form.label)) \(Markup.text(form.title))"), .words(due), .words(state),
        .markup(blank),
      ]
    }
    let sent = view.decided.submissions.filter { $0.unit?.code == unit.code }
    let files = FileLists.unique(sent.map(\.file)).map { "<li>\(Markup.text(Downloads.name(of: $0)))</li>" }
    return page(
      """
      <h1>\(Markup.text(unit.name))</h1>
      \(Markup.table([exchange.say("表", "Form"), exchange.say("截止", "Due"), exchange.say("情况", "State"), ""], rows, class: "list", caption: exchange.say("要报的表", "Forms to send")))
      <section class="drop"><label class="drop-label"><input type="file" id="own-file"><span class="button">\(exchange.say("选择填好的表", "Choose the form that you filled in"))</span></label><span>\(exchange.say("或者把文件拖到这里。先检查，确认后才上报。", "or drop it here. It is checked first, and sent only when you say so."))</span><p id="own-state" role="status"></p></section>
      \(files.isEmpty ? "" : "<h2>\(exchange.say("已上报的文件", "Files sent"))</h2><ul>\(files.joined())</ul>")
      """)
  }

  func draft(_ draft: UnitDraft) -> String {
    let errors = draft.items.count { $0.finding.severity == .error }
    let toConfirm = draft.items.count { $0.finding.severity == .warning }
    let others = FileLists.unique(draft.report.submissions.compactMap { $0.unit?.name }).filter {
      $0 != unit.name
    }
    let items = draft.items.map { item in
      let word =
        switch item.finding.severity {
        case .error: exchange.say("错误", "error")
        case .warning: exchange.say("请核实", "please confirm")
        case .info: exchange.say("提示", "note")
        }
      return """
        <li class="finding finding-\(item.finding.severity.rawValue)"><p class="finding-line"><span class="grade">\(word)</span><span class="said">\(Markup.text(item.finding.message.text(in: exchange.language)))</span><span class="at">\(Markup.text(item.cell?.description ?? ""))</span></p></li>
        """
    }
    let verdict =
      if draft.report.submissions.isEmpty {
        exchange.say(
          "这个文件里没有找到要报的表，请检查是不是选错了文件。",
          "No form was found in this file; please check that it is the right one.")
      } else if errors > 0 {
        exchange.say(
          "有\(errors)处错误，请改好后重新选择文件。",
          "There are \(errors) errors. Please correct them and choose the file again.")
      } else if toConfirm > 0 {
        exchange.say("没有错误，有\(toConfirm)处请核实。", "No errors; \(toConfirm) figures to confirm.")
      } else {
        exchange.say("没有发现问题，可以上报。", "Nothing was found; you can send it.")
      }
    let warning =
      others.isEmpty
      ? ""
      : "<p class=\"banner bad\">\(exchange.say("表上的单位是“\(Markup.text(others.joined(separator: "、")))”，不是本单位，请核对。", "The form says “\(Markup.text(others.joined(separator: ", ")))”, which is not your unit."))</p>"
    let words =
      toConfirm == 0
      ? ""
      : "<label>\(exchange.say("核实说明（为什么这些数是对的）", "Why these figures are right"))<textarea name=\"words\" rows=\"3\" required maxlength=\"1500\"></textarea></label>"
    let send =
      errors > 0 ? exchange.say("暂时改不了，先这样上报", "Send it as it is for now") : exchange.say("确认上报", "Send")
    let form = """
      <form id="send" class="send" data-id="\(draft.id)">\(words)
      <p class="buttons"><button type="submit" class="button\(errors > 0 ? " plain" : "")">\(send)</button><a class="button plain" href="\(base)">\(exchange.say("重新选择文件", "Choose another file"))</a></p>
      <p id="send-error" class="error" role="alert"></p></form>
      """
    let sending = draft.report.submissions.isEmpty ? "" : form
    return page(
      """
      <h1>\(Markup.text(draft.name))</h1>
      \(warning)
      <p class="lead">\(verdict)</p>
      <div class="review"><section class="paper-side" aria-label="\(exchange.say("您的表", "Your form"))"><div class="paper-frame" tabindex="0" role="region" aria-label="\(exchange.say("您的表", "Your form"))">\(draft.picture?.picture.html ?? "")</div></section>
      <section class="findings" aria-label="\(exchange.say("问题", "Findings"))"><ol id="findings">\(items.joined(separator: "\n"))</ol>\(sending)</section></div>
      <section id="receipt" hidden><h2>\(exchange.say("回执", "Receipt"))</h2><dl class="keys"><dt>\(exchange.say("时间", "Time"))</dt><dd id="receipt-time"></dd><dt>\(exchange.say("文件", "File"))</dt><dd id="receipt-name"></dd><dt>SHA-256</dt><dd id="receipt-hash"></dd></dl><p>\(exchange.say("已收到，请留存本页（可打印）。", "Received. Please keep this page; it can be printed."))</p><p><a href="\(base)">\(exchange.say("返回", "Back"))</a></p></section>
      """, css: draft.picture?.picture.css ?? "")
  }

  private func page(_ body: String, css: String = "") -> String {
    """
    <!DOCTYPE html>
    <html lang="\(exchange.language == .chinese ? "zh-CN" : "en")">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
    <title>\(Markup.text(unit.name)) · \(Markup.text(view.campaign.title))</title>
    <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css"><link rel="stylesheet" href="/assets/rooms.css">
    \(css.isEmpty ? "" : "<style nonce=\"\(exchange.nonce)\">\n\(css)\n</style>")
    <script type="module" src="/assets/unit.js"></script></head>
    <body class="unit-page" data-base="\(base)"><header class="top"><div class="names"><p class="office">\(Markup.text(view.campaign.office))</p><p class="campaign">\(Markup.text(view.campaign.title))</p></div></header>
    <main id="main">\(body)</main></body></html>

    """
  }
}
