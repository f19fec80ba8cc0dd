extension Workbook {
  /// Gives a sheet another name. Formulas, defined names, links, validations, conditional formats and charts that
  /// mention the sheet follow, in an opened workbook also pivot tables, controls and whatever else the file holds; text
  /// inside formulas, as in `INDIRECT("Sheet1!A1")`, does not, as in Excel.
  ///
  /// - Throws: ``XLSXError/Code/noSuchSheet``, or ``XLSXError/Code/invalidContent`` for a name that Excel does not allow
  ///   or that another sheet has.
  /// - Complexity: O(stored cells)
  public func renameSheet(named name: String, to new: String) throws {
    let position = try position(ofSheet: name)
    try ContentRules.checkSheetName(new)
    let folded = new.lowercased()
    if sheets.indices.contains(where: { $0 != position && sheets[$0].name.lowercased() == folded }) {
      throw ContentRules.invalid(
        "There is a sheet named \"\(new)\" already; names must differ in more than letter case")
    }
    let rename = SheetRename(position: position, old: sheets[position].name, new: new)
    guard rename.old != new else { return }
    sheets[position].name = new
    loadedSheets[position]?.info.name = new
    for sheet in loadedSheets.values {
      sheet.content.rename(rename)
      sheet.opened?.content.rename(rename)
    }
    let renamer = FormulaSheetRenamer(from: rename.old, to: new)
    func follow(_ names: inout [DefinedName]) {
      for index in names.indices {
        names[index].formula = renamer.renamed(names[index].formula)
        if names[index].sheet == rename.old { names[index].sheet = new }
      }
    }
    follow(&definedNames)
    guard var opened else { return }
    follow(&opened.definedNames)
    self.opened = opened
    if position < opened.sheetCount { renames.append(rename) }
  }
}

extension SheetContent {
  /// Makes everything that mentions a sheet follow its new name.
  mutating func rename(_ rename: SheetRename) {
    let renamer = FormulaSheetRenamer(from: rename.old, to: rename.new)
    cells.updateStoredRows { row in
      for index in row.cells.indices {
        guard case .formula(var formula, let cached) = row.cells[index].value else { continue }
        let text = renamer.renamed(formula.text)
        guard text != formula.text else { continue }
        formula.text = text
        row.cells[index].value = .formula(formula, cached: cached)
      }
    }
    for (cell, link) in hyperlinks {
      guard case .location(let place) = link.target else { continue }
      hyperlinks[cell]?.target = .location(renamer.renamed(place))
    }
    for index in validations.indices {
      validations[index].formula1 = validations[index].formula1.map(renamer.renamed)
      validations[index].formula2 = validations[index].formula2.map(renamer.renamed)
    }
    for index in conditionalFormats.indices {
      conditionalFormats[index].rule = conditionalFormats[index].rule.renamed(by: renamer)
    }
    for index in charts.indices {
      for place in charts[index].series.indices {
        charts[index].series[place].categories = renamer.renamed(charts[index].series[place].categories)
        charts[index].series[place].values = renamer.renamed(charts[index].series[place].values)
      }
    }
  }
}

extension ConditionalFormat.Rule {
  fileprivate func renamed(by renamer: FormulaSheetRenamer) -> Self {
    func moved(_ threshold: ConditionalFormat.Threshold) -> ConditionalFormat.Threshold {
      if case .formula(let text) = threshold { .formula(renamer.renamed(text)) } else { threshold }
    }
    switch self {
    case .cell(let comparison, let first, let second, let appearance):
      return .cell(comparison, renamer.renamed(first), second.map(renamer.renamed), appearance)
    case .expression(let formula, let appearance): return .expression(renamer.renamed(formula), appearance)
    case .dataBar(var bar):
      bar.from = moved(bar.from)
      bar.to = moved(bar.to)
      return .dataBar(bar)
    case .colorScale(let points):
      return .colorScale(points.map { .init(at: moved($0.at), color: $0.color) })
    case .iconSet(let name, let thresholds, let reversed, let showsValue):
      return .iconSet(
        name, thresholds: thresholds.map(moved), reversed: reversed, showsValue: showsValue)
    case .other: return self
    }
  }
}
