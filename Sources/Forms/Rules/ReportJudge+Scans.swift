/// D03: units that sent a scan, a photo or a PDF. Beside the electronic table it is welcome and ignored; alone it is not
/// enough.
extension ReportJudge {
  /// - Returns: Whose scans were told, so that nobody is told again that they are missing.
  mutating func judgeScans(usable: Set<Obligation>) -> Set<Obligation> {
    var told: Set<Obligation> = []
    for index in report.files.indices {
      let file = report.files[index]
      switch file.format {
      case .pdf, .image:
        guard file.state == .rejected || file.state == .ignored else { continue }
        judgeScan(index, usable: usable, told: &told)
      case .docx where file.state == .rejected && file.findings.contains { $0.rule == "F03" },
        .doc where file.state == .rejected:
        // The written report that the notice asks for beside the table.
        let units = engine.register.find(inFileName: file.file)
        if units.count == 1, usable.contains(where: { $0.unit == units[0].code }) {
          ignore(index, beside: units[0])
        }
      default:
        continue
      }
    }
    return told
  }

  private mutating func judgeScan(_ index: Int, usable: Set<Obligation>, told: inout Set<Obligation>) {
    let file = report.files[index]
    let units = engine.register.find(inFileName: file.file)
    let forms = campaign.forms.filter { Self.names($0, in: file.file) }
    let form = forms.count == 1 ? forms[0] : nil
    guard units.count == 1 else {
      return reject(
        index,
        RuleCatalogue.finding(
          "D03", "unknown", file: file.file, form: form?.id,
          ["file": MessageValue(Self.name(of: file.file)), "format": MessageValue(file.format.word)]))
    }
    let unit = units[0]
    let isThere = usable.contains { $0.unit == unit.code && (form == nil || $0.form == form?.id) }
    if isThere { return ignore(index, beside: unit) }
    for form in form.map({ [$0] }) ?? campaign.forms.filter({ $0.dueFrom.contains(unit.code) }) {
      told.insert(Obligation(form: form.id, unit: unit.code))
    }
    let label = form?.label ?? campaign.forms.map(\.label).joined(separator: "、")
    reject(
      index,
      RuleCatalogue.finding(
        "D03", file: file.file, form: form?.id, unit: unit.name,
        [
          "unit": MessageValue(unit.name), "form": MessageValue(label),
          "file": MessageValue(Self.name(of: file.file)),
        ]))
  }

  private mutating func reject(_ index: Int, _ finding: Finding) {
    report.files[index].state = .rejected
    report.files[index].reason = FileReason.scan(report.files[index].format)
    // What the reader said of the format is what this finding says with the unit's name.
    report.files[index].findings.removeAll { $0.rule == "F01" || $0.rule == "D03" }
    report.files[index].findings.append(finding)
  }

  private mutating func ignore(_ index: Int, beside unit: ReportingUnit) {
    report.files[index].state = .ignored
    report.files[index].reason = FileReason.beside(unit)
    report.files[index].findings.removeAll { $0.severity == .error }
  }

  /// Whether a file's own name says the form: `附件2` but not `附件21`.
  static func names(_ form: FormDefinition, in file: String) -> Bool {
    let name = Array(LabelText.key(name(of: file)))
    let label = Array(LabelText.key(form.label))
    guard !label.isEmpty, name.count >= label.count else { return false }
    for start in 0...(name.count - label.count) where name[start..<(start + label.count)].elementsEqual(label)
    {
      let after = start + label.count
      if after == name.count || !name[after].isNumber || label.last?.isNumber != true { return true }
    }
    return false
  }
}
