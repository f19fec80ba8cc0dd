import Foundation

extension Consolidation {
  /// Why a strict merge does not happen; `nil` if nothing stands against it.
  public var refusal: LocalizedText? {
    let errors = report.allFindings.count(.error)
    let missing = forms.filter { !$0.isComplete }.map { form in
      LocalizedText(
        zh: "\(form.form.label)：\(form.missingText(in: .chinese))",
        en: "\(form.form.label): \(form.missingText(in: .english))")
    }
    let refused = (report.corrections ?? []).count { !$0.isApplied }
    if errors == 0, missing.isEmpty, refused == 0 { return nil }
    let names = (
      missing.map(\.chinese).joined(separator: "；"), missing.map(\.english).joined(separator: "; ")
    )
    return LocalizedText(
      zh: "未汇总：错误\(errors)条" + (missing.isEmpty ? "" : "；未报：\(names.0)")
        + (refused == 0 ? "" : "；不能采用的更正\(refused)行") + "。更正、补报后再试，或去掉 --strict",
      en: "not merged: \(errors) errors" + (missing.isEmpty ? "" : "; missing: \(names.1)")
        + (refused == 0 ? "" : "; \(refused) corrections that cannot be applied")
        + "; correct them and try again, or leave out --strict")
  }

  /// What `merge` tells people: for each form how many units are in and what they come to, then what stays to be done.
  public func mergeText(writtenTo path: String, language: Language, usesColor: Bool = false) -> String {
    let style = TextStyle(usesColor: usesColor)
    let zh = language == .chinese
    var table = TextTable(
      zh
        ? ["表", "已报", "应报", "目标", "完成", "完成率"]
        : ["form", "reported", "expected", "target", "completed", "rate"],
      alignments: [.left, .right, .right, .right, .right])
    for form in forms {
      let target = form.target
      table.add([
        form.form.label, String(form.reported), String(form.expected), target == 0 ? "-" : String(target),
        form.completed?.plainText ?? "-", target == 0 ? "-" : form.rateText(in: language),
      ])
    }
    var lines = table.lines { row, _, text in row == nil ? style.mark(text, .bold) : text }
    for form in forms where !form.isComplete {
      let names = form.missingText(in: language)
      lines.append(
        style.mark(zh ? "\(form.form.label)未报：\(names)" : "\(form.form.label) missing: \(names)", .yellow))
    }
    for form in forms where !form.disputedUnits.isEmpty {
      let names = form.disputedText(in: language)
      var line =
        zh ? "\(form.form.label)含待更正数：\(names)" : "\(form.form.label) has figures to be corrected: \(names)"
      if form.isDisputed {
        let completed = form.completedText(in: language, show: { $0.plainText })
        line += zh ? "。完成数\(completed)" : ". Completed: \(completed)"
      }
      lines.append(style.mark(line, .red))
    }
    for form in forms where form.unattributed > 0 {
      let (label, count) = (form.form.label, form.unattributed)
      lines.append(
        style.mark(
          zh
            ? "\(label)有\(count)份填报单位不明，未计入"
            : "\(label): \(count) of an unknown unit, not counted", .red))
    }
    let all = report.allFindings
    let (errors, warnings, infos) = (all.count(.error), all.count(.warning), all.count(.info))
    let sheet = campaign.workbookPlan.name(of: .findings)
    let place = sheet.map { zh ? "（见工作簿“\($0)”）" : " (see the sheet \($0))" } ?? ""
    lines.append(
      (zh
        ? "问题：错误\(errors)，核实\(warnings)，提示\(infos)"
        : "findings: \(errors) errors, \(warnings) warnings, \(infos) infos") + place)
    lines += report.decisionLines(language: language)
    lines.append((zh ? "已写入 " : "written to ") + path)
    return lines.joined(separator: "\n") + "\n"
  }

  /// `105.3%`, halves away from zero.
  package static func percent(_ rate: Decimal) -> String {
    var value = rate * 100
    var rounded = Decimal()
    NSDecimalRound(&rounded, &value, 1, .plain)
    let text = rounded.plainText
    return (text.contains(".") ? text : text + ".0") + "%"
  }
}
