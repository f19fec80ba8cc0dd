extension CheckReport {
  /// The findings of each file that has some, errors first; files in the order of their units.
  func findingBlocks(
    without shared: SharedHints, campaign: Campaign, language: Language, style: TextStyle
  ) -> [[String]] {
    var byFile: [String: [Finding]] = [:]
    var unitOfFile: [String: String] = [:]
    for file in files {
      byFile[file.file, default: []] += file.findings
      unitOfFile[file.file] = file.findings.lazy.compactMap(\.unit).first
    }
    for submission in submissions {
      byFile[submission.file, default: []] += submission.findings.map { finding in
        var finding = finding
        finding.unit = finding.unit ?? submission.unit?.name
        finding.form = finding.form ?? submission.form
        return finding
      }
      if unitOfFile[submission.file] == nil { unitOfFile[submission.file] = submission.unit?.name }
    }
    let positions = Dictionary(
      campaign.units.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let ordered = files.enumerated().map { offset, file in
      (unit: unitOfFile[file.file].flatMap { positions[$0] } ?? .max, offset: offset, name: file.file)
    }.sorted { ($0.unit, $0.offset) < ($1.unit, $1.offset) }
    let names = campaign.units.map(\.name)
    return ordered.compactMap { file in
      let found = shared.others(in: byFile[file.name] ?? [])
      guard !found.isEmpty else { return nil }
      return [style.mark(file.name, .bold)]
        + found.gravestFirst(units: names).flatMap { $0.lines(language: language, style: style) }
    }
  }
}
