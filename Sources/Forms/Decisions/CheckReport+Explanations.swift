import XLSX

extension CheckReport {
  /// The open warnings as a list to explain: what `check --notes-template` writes and ``ExplanationList`` reads.
  ///
  /// - Throws: ``XLSXError`` for what Excel would refuse.
  public func explanationTemplate(campaign: Campaign) throws -> Workbook {
    let sheet = Self.explanationSheet(SheetLook(campaign.forms.first?.layout ?? FormLayout()))
    var rows: [[CellValue]] = []
    func add(_ finding: Finding, form: String?, unit: String?) {
      guard finding.severity == .warning, finding.note == nil, let unit = finding.unit ?? unit else { return }
      let form = (finding.form ?? form).map { id in campaign.form(id)?.label ?? id }
      rows.append([
        .number(Double(rows.count + 1)), .words(unit), .words(form), .words(finding.rule),
        .words(finding.field?.rawValue), .words(finding.cell?.description), .words(finding.message.chinese),
        .empty, .empty,
      ])
    }
    for submission in submissions where !submission.isSuperseded {
      for finding in submission.findings.inOrder() {
        add(finding, form: submission.form, unit: submission.unit?.name)
      }
    }
    for finding in files.flatMap(\.findings) + findings { add(finding, form: nil, unit: nil) }
    let book = Workbook()
    try sheet.paint(rows: rows, isBanded: rows.map { _ in false }, ifNone: "没有待核实的问题").add(to: book)
    book.properties.title = "\(campaign.title)核实说明"
    book.properties.creator = campaign.office
    book.properties.application = "huizong"
    return book
  }

  static func explanationSheet(_ look: SheetLook) -> DecisionSheet {
    typealias Heading = ExplanationList.Heading
    return DecisionSheet(
      name: "核实说明",
      note: "核实无误的，在“说明”一栏写明原因；数字有误的不要在这里说明，应由单位更正。说明只放行核实项，不放行错误。"
        + "填好后：huizong check 收件 --notes 本文件",
      columns: [
        .init(heading: "序号", width: 6), .init(heading: Heading.unit.name, width: 18),
        .init(heading: Heading.form.name, width: 8), .init(heading: Heading.rule.name, width: 7),
        .init(heading: Heading.field.name, width: 18), .init(heading: Heading.cell.name, width: 9),
        .init(heading: "问题", width: 44, isLong: true),
        .init(heading: Heading.text.name, width: 34, isLong: true, isOpen: true),
        .init(heading: Heading.officer.name, width: 10, isOpen: true),
      ], look: look)
  }
}

extension ExplanationList {
  /// Whether a file is a list in which nobody has explained anything yet, and can be written anew. One that cannot be
  /// read, for a password or a changed heading, may hold somebody's work.
  public static func isUntouched(path: String) -> Bool {
    guard let table = try? DecisionTable(path: path, columns: [Heading.rule, Heading.text]) else {
      return false
    }
    return table.lines.allSatisfy { $0.text(Heading.text.name).isEmpty }
  }
}
