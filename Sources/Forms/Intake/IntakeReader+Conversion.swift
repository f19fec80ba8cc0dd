import XLSX

/// Files in formats that only other programs read.
extension IntakeReader {
  /// What LibreOffice's copy of a file holds, marked with the way it went (F02); `nil` where it cannot be had or holds no form.
  /// A document that nobody means as a form needs no copy.
  func outcomeOfCopy(
    _ bytes: [UInt8], _ format: FileFormat, at place: FilePlace, memory: IntakeMemory
  ) -> FileOutcome? {
    let name = ReportJudge.name(of: place.shown)
    guard let target = format.targetOfCopy,
      engine.campaign.meansForm(place.shown) || !engine.campaign.namesDocument(name),
      let copy = try? office?.convert(
        bytes, from: format.rawValue, to: target.rawValue, limit: limits.fileSize),
      let book = try? target.reader?.read(copy, format: target, limits: limits)
    else { return nil }
    var outcome = read(book, at: place, format: format, hash: Self.hash(bytes), memory: memory)
    if outcome.submissions.isEmpty { return outcome.file.state == .ignored ? outcome : nil }
    outcome.file.findings.removeAll { $0.rule == "F02" }
    outcome.file.findings.append(
      RuleCatalogue.finding(
        "F02", "converted", file: place.shown,
        [
          "file": MessageValue(name), "format": MessageValue(format.word),
          "target": MessageValue(target.rawValue),
        ]))
    return outcome
  }
}

extension FileFormat {
  /// What LibreOffice is asked for where it is installed; `nil` for a format that is read here or left alone.
  fileprivate var targetOfCopy: FileFormat? {
    switch self {
    case .doc, .rtf, .pages: .docx
    // Of .xls only what is older than Excel 95 comes here.
    case .numbers, .xls: .xlsx
    default: nil
    }
  }
}
