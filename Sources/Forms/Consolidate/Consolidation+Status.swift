import Foundation

extension UnitFigures.State {
  package var word: LocalizedText {
    switch self {
    case .reported: .init(zh: "已报", en: "reported")
    case .late: .init(zh: "逾期报送", en: "late")
    case .rejected: .init(zh: "退回", en: "rejected")
    case .missing: .init(zh: "未报", en: "missing")
    }
  }

  var mark: TextStyle.Mark? {
    switch self {
    case .reported: .green
    case .late: .yellow
    case .rejected, .missing: .red
    }
  }
}

extension UnitFigures {
  /// How many days after the deadline the form was filled in or received; `nil` if it was in time or does not say when.
  package func daysLate(after deadline: CalendarDate) -> Int? {
    guard let arrivedOn = submission?.arrivedOn, arrivedOn > deadline else { return nil }
    return arrivedOn.dayNumber - deadline.dayNumber
  }
}

/// Who has reported: what `status` prints.
extension Consolidation {
  public func statusJSON(language: Language) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("campaign", .string(report.campaign)), .init("asOf", .string(report.asOf.description)),
      .init("forms", .object(forms.map { .init($0.form.id, $0.statusJSON(asOf: report.asOf)) })),
    ]
    let documents = documents
    if !documents.isEmpty { members.append(.init("documents", .array(documents.map(\.json)))) }
    return .object(members)
  }

  /// A table of the units, a column for each form, and below it who is missing what.
  public func statusText(language: Language, usesColor: Bool = false) -> String {
    let style = TextStyle(usesColor: usesColor)
    let zh = language == .chinese
    let units = listedUnits
    let positions = positionsByUnit
    let documents = documents
    var table = TextTable(
      (zh ? ["单位"] : ["unit"]) + forms.map(\.form.label) + documents.map(\.document.name)
        + (zh ? ["错误", "核实"] : ["errors", "warnings"]),
      alignments: [.left] + forms.map { _ in .left } + documents.map { _ in .left } + [.right, .right])
    var states: [[UnitFigures.State?]] = []
    for unit in units {
      let lines = zip(forms, positions).map { form, positions in positions[unit.code].map { form.units[$0] } }
      let findings = lines.flatMap { $0?.submission?.findings ?? [] }
      let cells = zip(forms, lines).map {
        $1?.statusText(deadline: $0.form.deadline, language: language) ?? "-"
      }
      states.append(lines.map { $0?.state })
      let sent = documents.map { $0.word(for: unit, language: language) }
      table.add(
        [unit.name] + cells + sent + [String(findings.count(.error)), String(findings.count(.warning))])
    }
    let marked = table.lines { row, column, text in
      guard let row else { return style.mark(text, .bold) }
      let states = states[row]
      return states.indices.contains(column - 1) ? style.mark(text, states[column - 1]?.mark) : text
    }
    let heading = campaign.title + (zh ? "（截至\(report.asOf)）" : " (as of \(report.asOf))")
    let counts =
      forms.map { $0.countText(asOf: report.asOf, language: language) }
      + documents.map { $0.countText(in: language) }
    return [style.mark(heading, .bold), marked.joined(separator: "\n"), counts.joined(separator: "\n")]
      .joined(separator: "\n\n") + "\n"
  }
}

extension UnitFigures {
  /// `已报 11-18`, `逾期3天报送 11-23`, `未报`.
  fileprivate func statusText(deadline: CalendarDate, language: Language) -> String {
    let zh = language == .chinese
    var text = state.word.text(in: language)
    if let days = daysLate(after: deadline) { text = zh ? "逾期\(days)天报送" : "\(days) days late" }
    if let date = submission?.filledOn { text += " \(date)" }
    return text
  }
}

extension FormConsolidation {
  func statusJSON(asOf: CalendarDate) -> JSONValue {
    func count(_ state: UnitFigures.State) -> JSONValue { .integer(owing.count { $0.state == state }) }
    return [
      "label": .string(form.label), "deadline": .string(form.deadline.description),
      "closed": .bool(asOf > form.deadline), "expected": .integer(expected), "reported": .integer(reported),
      "late": count(.late), "missing": count(.missing), "rejected": count(.rejected),
      "units": .array(
        units.map { unit in
          let findings = unit.submission?.findings ?? []
          return [
            "unit": .string(unit.unit.name), "state": .string(unit.state.rawValue),
            "expected": .bool(unit.standing == .owing),
            "filledOn": .string(orNull: unit.submission?.filledOn?.description),
            "daysLate": unit.daysLate(after: form.deadline).map(JSONValue.integer) ?? .null,
            "file": .string(orNull: unit.submission?.file), "errors": .integer(findings.count(.error)),
            "warnings": .integer(findings.count(.warning)),
          ]
        }),
    ]
  }

  /// `附件2：已报15/16（逾期2），截止2024-11-20；未报：温县总工会`
  fileprivate func countText(asOf: CalendarDate, language: Language) -> String {
    let late = owing.count { $0.state == .late }
    let rejected = owing.filter { $0.state == .rejected }.map(\.unit.name)
    let missing = owing.filter { $0.state == .missing }.map(\.unit.name)
    if language == .chinese {
      var text = "\(form.label)：已报\(reported)/\(expected)" + (late > 0 ? "（其中逾期\(late)）" : "")
      text += "，截止\(form.deadline)"
      if !rejected.isEmpty { text += "；退回待重报：" + rejected.joined(separator: "、") }
      if !missing.isEmpty { text += "；未报：" + missing.joined(separator: "、") }
      if !disputedUnits.isEmpty { text += "；有数字待更正：" + disputedText(in: language) }
      return text
    }
    var text = "\(form.label): \(reported)/\(expected) reported" + (late > 0 ? " (\(late) late)" : "")
    text += ", due \(form.deadline)"
    if !rejected.isEmpty { text += "; rejected: " + rejected.joined(separator: ", ") }
    if !missing.isEmpty { text += "; missing: " + missing.joined(separator: ", ") }
    if !disputedUnits.isEmpty { text += "; figures to be corrected: " + disputedText(in: language) }
    return text
  }
}
