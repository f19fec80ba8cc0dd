import Foundation
import XLSX

extension CheckReport {
  /// The proposals of all findings as a list to decide on: what `check --suggest` writes and ``CorrectionList`` reads.
  ///
  /// One row per possible figure. Rows that exclude one another, and rows that go together, share a number in 同组. An
  /// error at a figure for which nothing can be proposed has a row too, for the figure that the unit names.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse.
  public func suggestions(campaign: Campaign) throws -> Workbook {
    let rows = suggestionRows(campaign: campaign)
    let sheet = Self.suggestionSheet(SheetLook(campaign.forms.first?.layout ?? FormLayout()))
    let book = Workbook()
    try sheet.paint(
      rows: rows.map(\.values), isBanded: rows.map { $0.group > 0 && $0.group.isMultiple(of: 2) == false },
      ifNone: "没有可建议的更正"
    ).add(to: book)
    let painted = try book.sheet(named: sheet.name)
    if let cells = sheet.cells(of: CorrectionList.Heading.accepted, rows: rows.count) {
      try painted.addValidation(
        DataValidation(
          [cells], kind: .list, formula1: "\"是,否\"",
          prompt: .init(title: "采纳", text: "是：按建议值（或更正值）更正；否：不更正。"),
          error: .init(title: "采纳", text: "请选是或否。")))
    }
    // Where a name, a choice or a day is asked for, anything may be typed.
    let figures = rows.indices.filter { rows[$0].isFigure }.compactMap {
      sheet.cell(of: CorrectionList.Heading.value, row: $0)
    }
    if !figures.isEmpty {
      try painted.addValidation(
        DataValidation(
          CellRange.joining(figures), kind: .decimal, operator: .greaterThanOrEqual, formula1: "0",
          prompt: .init(title: "更正值", text: "建议值不对时，填正确的数字；不填则按建议值。"),
          error: .init(title: "更正值", text: "请填不小于0的数字。")))
    }
    book.properties.title = "\(campaign.title)更正建议"
    book.properties.creator = campaign.office
    book.properties.application = "huizong"
    return book
  }

  /// How many rows ``suggestions(campaign:)`` has.
  public func suggestionCount(campaign: Campaign) -> Int { suggestionRows(campaign: campaign).count }

  static func suggestionSheet(_ look: SheetLook) -> DecisionSheet {
    typealias Heading = CorrectionList.Heading
    return DecisionSheet(
      name: "更正建议",
      note: "在“采纳”一栏选是或否；采纳的须填经办人、原因，建议值不对的另填更正值。同组注“择一”的至多采纳一行，注“成对”的须一同采纳。"
        + "更正只对所列文件、单元格和原值有效，单位另报的不受影响。填好后：huizong merge 收件 -o 汇总.xlsx --corrections 本文件",
      columns: [
        .init(heading: "序号", width: 5.5), .init(heading: "单位", width: 15), .init(heading: "表", width: 7.5),
        .init(heading: Heading.field, width: 20), .init(heading: "问题", width: 36, isLong: true),
        .init(heading: Heading.old, width: 9), .init(heading: Heading.proposed, width: 9),
        .init(heading: "依据", width: 15), .init(heading: Heading.group, width: 9),
        .init(heading: Heading.accepted, width: 7, isOpen: true),
        .init(heading: Heading.value, width: 9, isOpen: true),
        .init(heading: Heading.officer, width: 9, isOpen: true),
        .init(heading: Heading.reason, width: 18, isLong: true, isOpen: true),
        .init(heading: Heading.rule, width: 7), .init(heading: Heading.file, width: 22, isLong: true),
        .init(heading: Heading.sheet, width: 10), .init(heading: Heading.cell, width: 8),
      ], look: look)
  }

  private struct SuggestionRow {
    var values: [CellValue]
    var isFigure: Bool
    /// 0 for a row that stands alone.
    var group: Int
  }

  private func suggestionRows(campaign: Campaign) -> [SuggestionRow] {
    var rows: [SuggestionRow] = []
    var groups = 0
    for submission in submissions where !submission.isSuperseded {
      let label = campaign.form(submission.form)?.label ?? submission.form
      var told: Set<[String]> = []
      for finding in submission.findings.inOrder() where finding.severity != .info && finding.note == nil {
        let proposals = Self.proposals(for: finding, in: submission, campaign)
        // What another rule proposed alone is not proposed again.
        if proposals.count == 1, !told.insert(proposals[0].key).inserted { continue }
        let isPair = proposals.count > 1 && proposals.allSatisfy { $0.why == "swapped" }
        if proposals.count > 1 { groups += 1 }
        let group =
          proposals.count > 1
          ? "\(groups)（\(isPair ? CorrectionList.GroupKind.together : CorrectionList.GroupKind.exclusive)）"
          : ""
        for proposal in proposals {
          rows.append(
            SuggestionRow(
              values: [
                .number(Double(rows.count + 1)), .words(submission.unit?.name ?? submission.unitAsWritten),
                .words(label), .words(proposal.reading.field.rawValue), .words(finding.message.chinese),
                proposal.reading.oldValue,
                proposal.inList(of: campaign.form(submission.form)?.field(proposal.reading.field)?.type),
                .words(proposal.reason.chinese),
                .words(group),
                .empty, .empty, .empty, .empty, .words(finding.rule), .words(submission.file),
                .words(
                  submission.list == nil ? submission.sheet : proposal.reading.sheet ?? submission.sheet),
                .words(proposal.reading.cell?.description),
              ],
              isFigure: campaign.form(submission.form)?.field(proposal.reading.field)?.type.isNumeric ?? true,
              group: proposals.count > 1 ? groups : 0))
        }
      }
    }
    return rows
  }

  /// What may be meant, and where it would stand; with neither a figure nor a text the unit is to be asked.
  struct Proposal {
    var reading: Reading
    var value: Decimal?
    /// What may be meant in a field that holds no figure.
    var text: String?
    var why: String
    var reason: LocalizedText
    var shown: String { text ?? value?.plainText ?? "" }

    /// As the list has it: a share of more than a whole with its sign, lest it be read as so many per cent.
    func inList(of type: FieldType?) -> CellValue {
      if type == .percent, let value, value > 1 { return .words((value * 100).plainText + "%") }
      return text.map { .words($0) } ?? .figure(value)
    }
    /// In a list several lines have the same fields.
    var key: [String] {
      [reading.field.rawValue, reading.sheet ?? "", reading.cell?.description ?? "", shown]
    }

    init(_ reading: Reading, _ candidate: Finding.Candidate) {
      self.reading = reading
      value = candidate.text == nil ? candidate.value : nil
      (text, why, reason) = (candidate.text, candidate.why, candidate.reason)
    }

    /// Without a proposal.
    init(asking reading: Reading) {
      self.reading = reading
      (why, reason) = ("", LocalizedText(zh: "请向单位核实", en: "ask the unit"))
    }
  }

  static func proposals(
    for finding: Finding, in submission: Submission, _ campaign: Campaign
  ) -> [Proposal] {
    if submission.list != nil { return listProposals(for: finding, in: submission, campaign) }
    let proposals = finding.candidates.compactMap { candidate -> Proposal? in
      guard let reading = submission.reading(candidate.field), reading.cell != nil else { return nil }
      return Proposal(reading, candidate)
    }
    guard proposals.isEmpty, finding.severity == .error, let field = finding.field,
      let reading = submission.reading(field), reading.cell != nil
    else { return proposals }
    return [Proposal(asking: reading)]
  }
}

extension CheckReport {
  /// Values in the lines of a list are found by their cell.
  private static func listProposals(
    for finding: Finding, in submission: Submission, _ campaign: Campaign
  ) -> [Proposal] {
    guard let fields = campaign.form(submission.form)?.fields, let list = submission.list,
      let cell = finding.cell
    else { return [] }
    let sheet = finding.sheet ?? submission.sheet
    let own = submission.figures(at: cell, sheet: sheet, campaign).map(\.reading)
    var known = own + list.totals
    // What a sum of a line says is about the other figures of that line too.
    for line in list.lines.lines(inRow: cell.row)
    where list.lines.sheet(of: line) ?? submission.sheet == sheet {
      known += list.lines.readings(line, of: fields)
    }
    let proposals = finding.candidates.compactMap { candidate -> Proposal? in
      guard candidate.row == nil || candidate.row == cell.row,
        let reading = known.first(where: { $0.field == candidate.field }), reading.cell != nil
      else { return nil }
      return Proposal(reading, candidate)
    }
    guard proposals.isEmpty, finding.severity == .error, let reading = own.first else { return proposals }
    // A 合计 that differs from its lines may be what they add up to.
    if let sum = finding.expected,
      list.totals.contains(where: { $0.field == reading.field && $0.cell == cell })
    {
      return [Proposal(reading, Finding.Candidate(field: reading.field, value: sum, why: "deduced"))]
    }
    return [Proposal(asking: reading)]
  }
}

extension CorrectionList {
  /// Whether a file is a list in which nobody has decided anything yet, and can be written anew. One that cannot be read,
  /// for a password or a changed heading, may hold somebody's work.
  public static func isUntouched(path: String) -> Bool {
    let open = [Heading.accepted, Heading.value, Heading.officer, Heading.reason]
    guard
      let table = try? DecisionTable(
        path: path, columns: open.map { .init(name: $0) } + [.init(name: Heading.cell)])
    else { return false }
    return table.lines.allSatisfy { line in open.allSatisfy { line.text($0).isEmpty } }
  }
}
