/// The report as a person reads it.
extension CheckReport {
  /// Submissions as a table, then the findings of each file, then files that were not used, then what is missing, then
  /// hints that many units have in common.
  ///
  /// - Parameter usesColor: Whether the text goes to a terminal that shows colours.
  public func text(campaign: Campaign, language: Language, usesColor: Bool = false) -> String {
    let style = TextStyle(usesColor: usesColor)
    let zh = language == .chinese
    var blocks: [[String]] = [[heading(campaign: campaign, language: language, style: style)]]

    let table = submissionTable(campaign: campaign, language: language, style: style)
    if !table.isEmpty { blocks.append(table) }
    let shared = FindingLines(listedFindings(of: campaign))
    blocks += findingBlocks(without: shared, campaign: campaign, language: language, style: style)

    let unused = files.filter { $0.state != .adopted }
    if !unused.isEmpty {
      var lines = [style.mark(zh ? "未采用的文件" : "Files not used", .bold)]
      for file in unused {
        let mark: TextStyle.Mark = file.state == .rejected ? .red : .dim
        lines.append(
          "  " + style.mark(file.state.word.text(in: language), mark) + "  \(file.file)  "
            + file.reason.text(in: language).onOneLine)
      }
      blocks.append(lines)
    }
    let documents = missingDocuments(campaign, language: language, style: style)
    let general = findings.filter { !shared.isGathered($0) && !$0.isMissingDocument }
      .gravestFirst(units: campaign.units.map(\.name))
    if !general.isEmpty {
      blocks.append(
        [style.mark(zh ? "单位与活动" : "Units and campaign", .bold)]
          + general.flatMap { $0.lines(language: language, style: style) })
    }
    if !documents.isEmpty { blocks.append(documents) }
    let hints = shared.shared
    if !hints.isEmpty {
      blocks.append(
        [style.mark(zh ? "多个单位共有的提示" : "Hints that many units have in common", .bold)]
          + hints.map { $0.sharedText(in: language, style: style) })
    }
    let told = decisionLines(language: language)
    if !told.isEmpty { blocks.append(told) }
    blocks.append([summaryLine(language: language)])
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A line for each document that is due: who has not sent it.
  private func missingDocuments(_ campaign: Campaign, language: Language, style: TextStyle) -> [String] {
    guard findings.contains(where: \.isMissingDocument) else { return [] }
    let zh = language == .chinese
    let deliveries = Consolidation.documents(of: self, campaign: campaign)
      .filter { $0.isClosed && !$0.missing.isEmpty }
    return [style.mark(zh ? "随表材料（核实）" : "Documents beside the forms (warnings)", .bold)]
      + deliveries.map { "  " + $0.countText(in: language) }
  }

  private func heading(campaign: Campaign, language: Language, style: TextStyle) -> String {
    let date = language == .chinese ? "（截至\(asOf)）" : " (as of \(asOf))"
    return style.mark(campaign.title + date, .bold)
  }

  /// One line per form found: who, which form, from which file, how it stands.
  private func submissionTable(campaign: Campaign, language: Language, style: TextStyle) -> [String] {
    let zh = language == .chinese
    var table = TextTable(
      zh
        ? ["单位", "表", "填报时间", "错误", "核实", "提示", "状态", "文件"]
        : ["unit", "form", "filled on", "err", "warn", "info", "state", "file"],
      alignments: [.left, .left, .left, .right, .right, .right], widestLine: 80)
    let positions = Dictionary(
      campaign.units.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let ordered = submissions.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      let units = (positions[x.unit?.code ?? ""] ?? .max, positions[y.unit?.code ?? ""] ?? .max)
      return units.0 != units.1 ? units.0 < units.1 : a.offset < b.offset
    }.map(\.element)
    let isRejected = Set(files.filter { $0.state == .rejected }.map(\.file))
    for submission in ordered {
      let form = campaign.forms.first { $0.id == submission.form }
      let state: InputFile.State =
        submission.isSuperseded ? .superseded : isRejected.contains(submission.file) ? .rejected : .adopted
      table.add([
        submission.unit?.name ?? "？\(submission.unitAsWritten ?? "")", form?.label ?? submission.form,
        submission.filledOn?.description ?? "-", String(submission.findings.count(.error)),
        String(submission.findings.count(.warning)), String(submission.findings.count(.info)),
        state.word.text(in: language), submission.file,
      ])
    }
    guard !table.isEmpty else { return [] }
    return table.lines { row, column, text in
      guard row != nil, text != "0" else {
        return row == nil ? style.mark(text, .bold) : style.mark(text, .dim)
      }
      return switch column {
      case 3: style.mark(text, .red)
      case 4: style.mark(text, .yellow)
      default: text
      }
    }
  }

  private func summaryLine(language: Language) -> String {
    let all = allFindings
    let (errors, warnings, infos) = (all.count(.error), all.count(.warning), all.count(.info))
    let explained = all.explainedCount
    return language == .chinese
      ? "共\(files.count)个文件、\(submissions.count)份表：错误\(errors)，核实\(warnings)，提示\(infos)"
        + (explained > 0 ? "，已说明\(explained)" : "")
      : "\(files.count) files, \(submissions.count) forms: \(errors) errors, \(warnings) warnings, \(infos) infos"
        + (explained > 0 ? ", \(explained) explained" : "")
  }
}

extension Finding {
  /// The finding for people: grade, rule, place, what is wrong; below it the values it might have been.
  func lines(language: Language, style: TextStyle) -> [String] {
    var line = "  " + style.mark(severity.word.text(in: language), severity.mark) + " \(rule)"
    if !place.isEmpty { line += "  " + place }
    line += "  " + message.text(in: language).onOneLine
    let words = note.map { note in
      let officer =
        note.officer.isEmpty ? "" : language == .chinese ? "（\(note.officer)）" : " (\(note.officer))"
      return "      ✓ " + (language == .chinese ? "已说明：" : "explained: ") + (note.text + officer).onOneLine
    }
    return [line] + candidates.map { "      → " + $0.text(in: language).onOneLine }
      + [words].compactMap(\.self)
  }
}

extension Finding {
  /// Whether it tells a document beside the forms that did not come.
  fileprivate var isMissingDocument: Bool { rule == "D03" && severity == .warning && file == nil }
}
