import Forms
import Foundation
import XLSX

/// What is to be said about a file, beside its sheet; each with its cell, its equation, its proposals.
struct FindingPanel {
  let exchange: Exchange
  let view: FolderView
  let content: SheetContent
  let marks: ReturnMarks

  var html: String {
    let open = content.items.filter { $0.finding.note == nil }
    let counts = [Severity.error, .warning, .info].map { grade in open.count { $0.finding.severity == grade }
    }
    let leaving = open.count { marks.mark(of: $0, in: content.file.file) != nil }
    let left = leaving == 0 ? "" : exchange.say("，待退回\(leaving)", "; \(leaving) to be returned")
    let items = content.items.map(item)
    return """
      <section class="findings" aria-label="\(exchange.say("问题", "Findings"))">
      <h2>\(exchange.say("问题", "Findings"))<small>\(exchange.say("错误\(counts[0]) 核实\(counts[1]) 提示\(counts[2])", "\(counts[0]) \(counts[0] == 1 ? "error" : "errors"), \(counts[1]) to confirm, \(counts[2]) \(counts[2] == 1 ? "note" : "notes")"))\(left)</small></h2>
      \(decisions)
      <form class="own cell-form" id="cell-form" data-day="\(OwnValue.dayHint(exchange, view.campaign))" aria-label="\(exchange.say("更正所选的格", "Correct the chosen cell"))" hidden><label><span id="cell-what"></span><input name="new" autocomplete="off" maxlength="\(OwnValue.mostCharacters)" size="8"></label><button type="submit" class="button plain">\(exchange.say("更正", "Correct"))</button><div class="choices" id="cell-choices"></div><button type="button" class="quiet-link" id="cell-close">\(exchange.say("关闭", "Close"))</button></form>
      \(items.isEmpty ? "<p class=\"all-well\">\(exchange.say("没有发现问题。", "Nothing was found."))</p>" : "<ol id=\"findings\">\(items.joined(separator: "\n"))</ol>")
      \(backLink)
      </section>
      """
  }

  private var backLink: String {
    guard content.items.contains(where: { $0.finding.severity != .info && $0.finding.note == nil }) else {
      return ""
    }
    let address = exchange.address("/api/v1/return", [("file", content.file.file)])
    return
      "<p class=\"after\">\(Markup.link(address, exchange.say("下载退回件（标好问题的原表）", "Download the marked copy for the unit"), class: "button plain", download: true))</p>"
  }

  private func item(_ item: SheetContent.Item) -> String {
    let finding = item.finding
    let isShown = item.sheet == nil || item.sheet == content.picture?.sheet
    let address =
      isShown
      ? nil
      : exchange.address(
        "/sheet", [("file", content.file.file), ("sheet", item.sheet), ("cell", item.cell?.description)])
        + "#f-\(item.number)"
    let place = [isShown ? nil : item.sheet, item.cell?.description].compactMap(\.self).joined(separator: "!")
    let mark = finding.note == nil ? marks.mark(of: item, in: content.file.file) : nil
    let state = finding.note != nil ? "explained" : mark != nil ? "marked" : finding.severity.rawValue
    return """
      <li id="f-\(item.number)" class="finding finding-\(state)" data-number="\(item.number)"\(Markup.attribute("data-cell", isShown ? item.cell?.description : nil))\(Markup.attribute("data-elsewhere", address))>
      <button type="button" class="finding-line" aria-expanded="false" aria-controls="d-\(item.number)"><span class="grade">\(grade(finding, mark))</span><span class="said">\(Markup.text(PersonalData.masked(finding.message.text(in: exchange.language))))</span><span class="at">\(Markup.text(place))<i>\(Markup.text(finding.rule))</i></span></button>
      <div class="detail" id="d-\(item.number)" hidden>
      \(equation(item))
      \(note(item))
      \(mark.map(marked) ?? "")
      \(actions(item, isMarked: mark != nil))
      </div>
      </li>
      """
  }

  private func grade(_ finding: Finding, _ mark: LedgerEntry?) -> String {
    if finding.note != nil { return exchange.say("已说明", "explained") }
    if let mark {
      return marks.sent(mark) == nil ? exchange.say("待退回", "to return") : exchange.say("已退回", "returned")
    }
    switch finding.severity {
    case .error: return exchange.say("错误", "error")
    case .warning: return exchange.say("核实", "confirm")
    case .info: return exchange.say("提示", "note")
    }
  }

  // The equation that a finding breaks: 线上 120 ＋ 线下 80 ≠ 210.

  private func equation(_ item: SheetContent.Item) -> String {
    guard let whole = item.submission, let field = item.finding.field,
      let form = view.campaign.form(whole.form),
      let submission = whole.list == nil
        ? whole : item.cell.flatMap({ whole.line(at: $0, sheet: item.sheet ?? whole.sheet, in: form) })
    else { return "" }
    let own = form.equations.filter { $0.total == field || $0.parts.contains(field) }
    let broken = own.filter { equation in
      let parts = equation.parts.map { submission.figure($0) ?? 0 }
      return submission.figure(equation.total).map { $0 != parts.reduce(0, +) } ?? true
    }
    guard let equation = broken.first(where: { $0.total == field }) ?? broken.first, equation.parts.count <= 8
    else { return "" }
    let isAlongRow = equation.axis == .columns
    func term(_ key: FieldKey) -> String {
      let names = key.path
      // What tells the parts from each other: along a row the columns' headings, along a column the rows'.
      let shared = equation.parts.map(\.path)
      let differing = names.enumerated().filter { index, name in
        shared.contains { index >= $0.count || $0[index] != name }
      }.map(\.element)
      let name = (differing.isEmpty ? (isAlongRow ? names.suffix(1) : names.prefix(1)).map { $0 } : differing)
        .map { exchange.name(String($0), view.campaign) }.joined(separator: " ")
      let figure = submission.figure(key).map { PageWords.grouped($0) } ?? exchange.say("空", "blank")
      let cell = submission.reading(key)?.cell?.description
      return
        "<span class=\"term\"\(Markup.attribute("data-cell", cell))><i>\(Markup.text(name))</i><b>\(Markup.text(figure))</b></span>"
    }
    let parts: String = equation.parts.map(term).joined(separator: "<span class=\"op\">＋</span>")
    let sum = equation.parts.compactMap { submission.figure($0) }.reduce(0, +)
    let typed = submission.figure(equation.total)
    let sign = typed == sum ? "＝" : "≠"
    return
      "<p class=\"equation\">\(parts)<span class=\"op\">\(sign)</span>\(term(equation.total))<span class=\"sum\">\(exchange.say("相加得", "they add up to ")) \(Markup.text(PageWords.grouped(sum)))</span></p>"
  }

  private func note(_ item: SheetContent.Item) -> String {
    guard let note = item.finding.note else { return "" }
    let line = view.decided.explanations?.first { explanation in
      explanation.isApplied && explanation.text == note.text && explanation.rule == item.finding.rule
    }?.line
    let undo = line.map {
      "<button type=\"button\" class=\"button plain\" data-undo-note=\"\($0)\">\(exchange.say("撤销说明", "Withdraw"))</button>"
    }
    return
      "<p class=\"note\">\(exchange.say("说明", "Explained"))：\(Markup.text(note.text))\(note.officer.isEmpty ? "" : "（\(Markup.text(note.officer))）")</p>\(undo ?? "")"
  }

  /// Who left it to the unit, with the way back.
  private func marked(_ mark: LedgerEntry) -> String {
    let sent = marks.sent(mark).map {
      exchange.say("；退回件\($0.moment(in: .chinese))已取走", "; the copy was taken on \($0.moment(in: .english))")
    }
    return
      "<p class=\"note\">\(exchange.say("记为待退回", "Marked for return"))：\(Markup.text(mark.person))，\(mark.moment(in: exchange.language))\(sent ?? "")</p><p><button type=\"button\" class=\"button plain unmark\" data-undo-mark=\"\(Markup.text(mark.markAddress.serialised()))\">\(exchange.say("撤销待退回", "Take the mark back"))</button></p>"
  }

  // What can be done.

  private func actions(_ item: SheetContent.Item, isMarked: Bool) -> String {
    guard item.finding.note == nil, let submission = item.submission, !submission.isSuperseded else {
      return ""
    }
    var parts: [String] = []
    let proposals = Proposals(submission: submission, finding: item.finding, campaign: view.campaign)
    for option in proposals.options {
      let figures: String = option.lines.map { line -> String in
        let old =
          line.old.isEmpty ? exchange.say("空", "blank") : PersonalData.masked(line.old, type: line.type)
        return
          "\(exchange.name(line.name, view.campaign)) \(old) → \(PersonalData.masked(line.new, type: line.type))"
      }.joined(separator: exchange.say("，", ", "))
      parts.append(
        "<button type=\"button\" class=\"button take\" data-take=\"\(Markup.text(option.json(file: submission.file).serialised()))\"><b>\(Markup.text(figures))</b><span>\(Markup.text(exchange.say(option.reason)))</span></button>"
      )
    }
    if let own = proposals.own {
      parts.append(
        OwnValue(
          exchange: exchange, file: submission.file, option: own, proposed: proposals.options,
          dayHint: OwnValue.dayHint(exchange, view.campaign)
        ).html)
    }
    if item.finding.severity == .warning, let unit = item.finding.unit ?? submission.unit?.name {
      let value: JSONValue = [
        "unit": .string(unit), "rule": .string(item.finding.rule),
        "form": .string(view.campaign.form(submission.form)?.label ?? submission.form),
        "field": .string(item.finding.field?.rawValue ?? ""),
        "cell": .string(item.finding.cell?.description ?? ""),
      ]
      parts.append(
        "<button type=\"button\" class=\"button plain explain\" data-explain=\"\(Markup.text(value.serialised()))\">\(exchange.say("核实无误，填写说明", "It is right: explain"))<kbd>E</kbd></button>"
      )
    }
    if item.finding.severity != .info, !isMarked {
      let value: JSONValue = [
        "file": .string(submission.file), "unit": .string(orNull: submission.unit?.name),
        "form": .string(submission.form), "cell": .string(item.place),
        "rule": .string(item.finding.rule),
        "reason": .string(item.finding.message.text(in: exchange.language)),
      ]
      parts.append(
        "<button type=\"button\" class=\"button plain mark-return\" data-mark=\"\(Markup.text(value.serialised()))\">\(exchange.say("退回单位改", "Return to the unit"))<kbd>R</kbd></button>"
      )
    }
    return "<div class=\"actions\">\(parts.joined(separator: "\n"))</div>"
  }

  /// The corrections of this file that count, each with the way back.
  private var decisions: String {
    guard !content.corrections.isEmpty else { return "" }
    let items = content.corrections.map { correction in
      let value: JSONValue = [
        "file": .string(correction.file), "sheet": .string(correction.sheet),
        "cell": .string(correction.cell?.description ?? ""),
      ]
      let shown = correction.masked(in: view.campaign)
      let old = correction.old.isEmpty ? exchange.say("空", "blank") : shown.old
      return
        "<li><span><b>\(Markup.text(correction.cell?.description ?? ""))</b> \(Markup.text(correction.field.map { exchange.name($0.path.joined(separator: " "), view.campaign) } ?? "")) \(Markup.text(old)) → <b>\(Markup.text(shown.new))</b><small>\(Markup.text(correction.officer))：\(Markup.text(correction.reason))</small></span><button type=\"button\" class=\"button plain\" data-undo=\"\(Markup.text(value.serialised()))\">\(exchange.say("撤销", "Undo"))</button></li>"
    }
    return
      "<section class=\"decided\"><h3>\(exchange.say("已更正", "Corrected"))</h3><ul>\(items.joined())</ul></section>"
  }
}

/// What a finding proposes, each possibility with all the cells that it changes.
struct Proposals {
  struct Line {
    var name: String
    var field: FieldKey
    var sheet: String
    var cell: String
    var old: String
    var new: String
    var type = FieldType.number
    var choices: [String] = []
  }

  struct Option {
    var lines: [Line]
    var reason: LocalizedText

    func json(file: String) -> JSONValue {
      .array(
        lines.map {
          [
            "file": .string(file), "sheet": .string($0.sheet), "cell": .string($0.cell),
            "field": .string($0.field.rawValue), "old": .string($0.old), "new": .string($0.new),
            "shown": .string(PersonalData.masked($0.old, type: $0.type)),
          ]
        })
    }
  }

  private(set) var options: [Option] = []
  /// The value itself, for one that somebody types.
  private(set) var own: Option?

  init(submission: Submission, finding: Finding, campaign: Campaign) {
    guard finding.severity != .info else { return }
    func line(_ figure: ProposedFigure) -> Line {
      Line(
        name: figure.field.path.joined(separator: " "), field: figure.field, sheet: figure.sheet,
        cell: figure.cell.description, old: figure.old, new: figure.new, type: figure.type,
        choices: figure.choices)
    }
    let proposed = submission.proposedFigures(for: finding, campaign: campaign)
    let figures = proposed.filter { !$0.new.isEmpty }
    if figures.count > 1, figures.allSatisfy({ $0.why == "swapped" }) {
      options = [Option(lines: figures.map(line), reason: figures[0].reason)]
    } else {
      options = figures.map { Option(lines: [line($0)], reason: $0.reason) }
    }
    let place = submission.list == nil ? finding.field.flatMap { submission.reading($0)?.cell } : finding.cell
    let here = place.map {
      submission.correctableFigures(at: $0, sheet: finding.sheet ?? submission.sheet, campaign: campaign)
    }
    if var figure = here?.first(where: { $0.field == finding.field }) ?? here?.first ?? proposed.first {
      figure.new = ""
      self.own = Option(lines: [line(figure)], reason: LocalizedText(zh: "", en: ""))
    }
  }
}

/// Where somebody says what is right: choices are buttons, anything else is typed.
private struct OwnValue {
  let exchange: Exchange
  let file: String
  let option: Proposals.Option
  let proposed: [Proposals.Option]
  let dayHint: String

  /// How a day may be written: `如 2024年6月3日`.
  static func dayHint(_ exchange: Exchange, _ campaign: Campaign) -> String {
    exchange.say("如 \(campaign.year)年6月3日", "e.g. \(campaign.year)-06-03")
  }

  /// What can be typed into a field of words.
  static let mostCharacters = 200
  /// Choices that stand as buttons; of more the name is typed, with the names offered.
  private static let mostButtons = 24

  var html: String {
    guard let line = option.lines.first else { return "" }
    // What is proposed has its button already, and what stands there need not be chosen.
    let known = Set(proposed.flatMap(\.lines).map(\.new))
    let choices = line.choices.filter { !known.contains($0) && $0 != line.old }
    if !choices.isEmpty, choices.count <= Self.mostButtons {
      let buttons = choices.map { name -> String in
        var chosen = option
        chosen.lines[0].new = name
        return
          "<button type=\"button\" class=\"button plain\" data-take=\"\(Markup.text(chosen.json(file: file).serialised()))\">\(Markup.text(name))</button>"
      }
      return
        "<div class=\"choices\"><span>\(exchange.say("改为", "Change to"))</span>\(buttons.joined())</div>"
    }
    let hint: String? =
      switch line.type {
      case .date: dayHint
      case .citizenID: exchange.say("18位", "18 digits")
      default: nil
      }
    let mode: String? = line.type.isNumeric ? "decimal" : line.type == .phone ? "tel" : nil
    return """
      <form class="own" data-own="\(Markup.text(option.json(file: file).serialised()))"><label>\(exchange.say("改为", "Change to"))<input\(Markup.attribute("inputmode", mode))\(Markup.attribute("placeholder", hint)) name="new" autocomplete="off" maxlength="\(line.type.isNumeric ? 20 : Self.mostCharacters)" size="\(line.type.isNumeric ? 8 : 18)"></label><button type="submit" class="button plain">\(exchange.say("更正", "Correct"))</button></form>
      """
  }
}
