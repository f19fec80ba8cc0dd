extension CheckReport {
  /// The findings of each file that has some, errors first; files in the order of their units.
  func findingBlocks(
    without shared: FindingLines, campaign: Campaign, language: Language, style: TextStyle
  ) -> [[String]] {
    let byFile = Dictionary(grouping: findingsOfFiles, by: \.file)
    let positions = Dictionary(
      campaign.units.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let ordered = files.enumerated().map { offset, file in
      let unit = byFile[file.file]?.lazy.compactMap(\.unit).first
      return (unit: unit.flatMap { positions[$0] } ?? .max, offset: offset, name: file.file)
    }.sorted { ($0.unit, $0.offset) < ($1.unit, $1.offset) }
    let names = campaign.units.map(\.name)
    return ordered.compactMap { file in
      let found = (byFile[file.name] ?? []).filter { !shared.isGathered($0) }
      guard !found.isEmpty else { return nil }
      return [style.mark(file.name, .bold)]
        + found.gravestFirst(units: names).flatMap { $0.lines(language: language, style: style) }
    }
  }
}
