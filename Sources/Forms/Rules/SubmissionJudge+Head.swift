import XLSX

/// H01, H02, D01, D06, D07: the lines around the table, and whose form it is.
extension SubmissionJudge {
  mutating func judgeHead() {
    judgeTitle()
    for line in plan.form.headLines {
      let reading = submission.head[line.role]
      let label = MessageValue(line.label)
      // A list of units asks for no more than its columns.
      if submission.line != nil, reading == nil { continue }
      if !line.isAsked, isEmpty(reading?.raw) { continue }
      switch line.role {
      case .unit:
        continue  // With the unit's own rules.
      case .filledOn:
        judgeDate(reading, label: label)
      case .filledBy:
        if isEmpty(reading?.raw), isEmpty(submission.filledBy) {
          tell("H01", cell: reading?.cell, ["label": label])
        }
      case .phone:
        let text = submission.phone ?? reading?.raw ?? ""
        switch PhoneText.read(text) {
        case .blank: tell("H01", cell: reading?.cell, ["label": label])
        case .valid: continue
        case .invalid:
          tell(
            "H02", "phone", cell: reading?.cell, found: .text(text),
            ["label": label, "value": MessageValue(text)])
        }
      }
    }
    judgeLateness()
  }

  /// H03: the form may be last year's, figures and all.
  private mutating func judgeTitle() {
    guard let year = submission.titleYears.last, !submission.titleYears.contains(campaign.year) else {
      return
    }
    tell(
      "H03", cell: submission.titleCell, found: .text(String(year)),
      ["year": MessageValue(year), "current": MessageValue(campaign.year)])
  }

  private func isEmpty(_ text: String?) -> Bool {
    text?.allSatisfy { $0.isWhitespace || $0 == "_" } ?? true
  }

  private mutating func judgeDate(_ reading: HeadReading?, label: MessageValue) {
    let raw = reading?.raw ?? ""
    guard let date = submission.filledOn else {
      if case .blank = DateText.read(raw, campaignYear: campaign.year) {
        return tell("H01", cell: reading?.cell, ["label": label])
      }
      let example = "\(campaign.year)-\(plan.form.deadline.description.dropFirst(5))"
      return tell(
        "H02", "noDate", cell: reading?.cell, found: .text(raw),
        ["label": label, "value": MessageValue(raw), "example": MessageValue(example)])
    }
    guard date > asOf || date.year != campaign.year else { return }
    let words: [String: MessageValue] = [
      "label": label, "value": MessageValue(raw.isEmpty ? date.description : raw), "date": MessageValue(date),
      "today": MessageValue(asOf), "year": MessageValue(campaign.year),
    ]
    if date > asOf {
      // A day that has not come says nothing about lateness.
      return tell("H02", "future", cell: reading?.cell, found: .text(date.description), words)
    }
    if date.year != campaign.year {
      tell("H02", "year", cell: reading?.cell, found: .text(date.description), words)
    }
  }

  /// D01: the form was filled in, or the mail that brought it was received, after the deadline. The later of the two days
  /// counts; a day that has not come says nothing.
  private mutating func judgeLateness() {
    let deadline = plan.form.deadline
    let reading = submission.head[.filledOn]
    let filledOn = submission.filledOn.flatMap { $0 > asOf ? nil : $0 }
    // The units of a list did not send it.
    let received = submission.line == nil ? submission.received?.day : nil
    guard let day = [filledOn, received].compactMap(\.self).max(), day > deadline else { return }
    var words: [String: MessageValue] = [
      "date": MessageValue(day), "deadline": MessageValue(deadline),
      "days": MessageValue(day.dayNumber - deadline.dayNumber),
    ]
    var variant = ""
    if let received {
      words["received"] = MessageValue(received)
      variant = filledOn == nil ? "mailAlone" : "mail"
      if let filledOn { words["date"] = MessageValue(filledOn) }
    }
    tell("D01", variant, cell: reading?.cell, found: .text(day.description), words)
  }

  mutating func judgeUnit() {
    let line = submission.head[.unit]
    let label = plan.form.headLine(.unit)?.label ?? ""
    let written = submission.unitAsWritten ?? ""
    guard let unit = submission.unit else { return judgeUnknownUnit(written, label: label, cell: line?.cell) }
    if case .misspelt(let text) = submission.unitSource {
      tell(
        "D09", cell: line?.cell, found: .text(text),
        ["label": MessageValue(label), "text": MessageValue(text), "unit": MessageValue(unit.name)])
    }
    if isEmpty(submission.unitAsWritten) {
      switch submission.unitSource {
      case .fileName, .misspelt:
        tell(
          "H01", "fromName", cell: line?.cell,
          ["label": MessageValue(label), "unit": MessageValue(unit.name)])
        return
      case .mail:
        tell(
          "H01", "fromMail", cell: line?.cell,
          ["label": MessageValue(label), "unit": MessageValue(unit.name)])
        return
      default: break
      }
    }
    // A workbook from below is called after the office that made it, not after the units in it.
    if submission.office != nil || submission.line != nil { return }
    let named = register.find(inFileName: submission.nameOfItsOwn)
    if !named.isEmpty,
      !named.contains(where: { $0.code == unit.code || register.tree.isBelow(unit, $0.code) })
    {
      tell(
        "D07", cell: line?.cell, found: .text(written),
        [
          "named": Self.list(named.map(\.name)),
          "written": MessageValue(written.isEmpty ? unit.name : written),
        ])
    }
  }

  private mutating func judgeUnknownUnit(_ written: String, label: String, cell: CellReference?) {
    var names: [String] = []
    if case .ambiguous(let found) = submission.unitSource { names = found }
    if names.isEmpty {
      if let nearest = submission.nearestUnits {
        names = nearest
      } else if case .unknown(let nearest) = register.match(written) {
        names = nearest.map(\.name)
      }
    }
    let words: [String: MessageValue] = [
      "text": MessageValue(written), "label": MessageValue(label), "list": Self.list(names),
    ]
    if isEmpty(written) {
      tell("D06", "blank", cell: cell, words)
    } else {
      tell("D06", names.isEmpty ? "" : "several", cell: cell, found: .text(written), words)
    }
  }
}
