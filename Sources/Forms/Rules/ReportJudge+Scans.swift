/// D03: units that sent a scan, a photo or a PDF. Beside the electronic table it is welcome and ignored; alone it is not
/// enough.
extension ReportJudge {
  /// - Returns: Whose scans were told, so that nobody is told again that they are missing.
  mutating func judgeScans(usable: Set<Obligation>) -> Set<Obligation> {
    var told: Set<Obligation> = []
    for index in report.files.indices {
      let file = report.files[index]
      guard !receive(index) else { continue }
      switch file.format {
      case let format where format.isScan:
        guard file.state == .rejected || file.state == .ignored else { continue }
        judgeScan(index, usable: usable, told: &told)
      case .docx where file.state == .rejected && file.findings.contains { $0.rule == "F03" },
        .odt where file.state == .rejected && file.findings.contains { $0.rule == "F03" },
        .doc where file.state == .rejected, .rtf where file.state == .rejected,
        .pages where file.state == .rejected:
        // The written report that the notice asks for beside the table.
        let units = engine.register.find(inNameOf: file)
        if units.count == 1, usable.contains(where: { $0.unit == units[0].code }) {
          ignore(index, beside: units[0])
        }
      default:
        continue
      }
    }
    tellPicturesOnce()
    return told
  }

  /// Whether a file is a document or shows an event, by its name or because its kind can be nothing else; then it is
  /// kept, and nobody is asked for it again.
  private mutating func receive(_ index: Int) -> Bool {
    let file = report.files[index]
    func unit() -> ReportingUnit? {
      let units = engine.register.find(inNameOf: file)
      return units.count == 1 ? units[0] : nil
    }
    if file.state == .ignored, file.format.isText, file.reason == FileReason.received(nil, file.format) {
      report.files[index].reason = FileReason.received(unit(), file.format)
      return true
    }
    guard file.state == .rejected, file.format.isScan || file.format.isText || file.format.isSurelyNoForm,
      file.findings.allSatisfy({ $0.rule == "F01" }), !campaign.meansForm(file.file),
      file.format.isSurelyNoForm || campaign.namesDocument(Self.name(of: file.file))
    else { return false }
    // A text that was read and damaged ones have their own reasons.
    guard !file.format.isText || [.doc, .rtf, .pages].contains(file.format) else { return false }
    report.files[index].state = .ignored
    report.files[index].reason = FileReason.received(unit(), file.format)
    report.files[index].findings = []
    return true
  }

  /// Pictures of which nothing says whose they are: ten of them are one finding.
  private mutating func tellPicturesOnce() {
    var groups: [FileFormat: [Int]] = [:]
    for (index, file) in report.files.enumerated()
    where file.state == .rejected && file.format.isScan && file.findings.count == 1 {
      if let finding = file.findings.first, finding.rule == "D03", finding.unit == nil, finding.form == nil {
        groups[file.format, default: []].append(index)
      }
    }
    for (format, indices) in groups where indices.count > 1 {
      for index in indices { report.files[index].findings = [] }
      report.files[indices[0]].findings = [
        RuleCatalogue.finding(
          "D03", "many", file: report.files[indices[0]].file,
          [
            "n": MessageValue(indices.count),
            "file": MessageValue(Self.name(of: report.files[indices[0]].file)),
            "format": MessageValue(format.word),
          ])
      ]
    }
  }

  private mutating func judgeScan(_ index: Int, usable: Set<Obligation>, told: inout Set<Obligation>) {
    let file = report.files[index]
    let units = engine.register.find(inNameOf: file)
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
