/// What Excel refuses in a workbook as a whole and in what a sheet has besides its cells.
///
/// The methods that add things check as well; this is for what was set directly, read from a file, or added later.
enum WorkbookRules {
  static func check(_ workbook: Workbook) throws(XLSXError) {
    if !workbook.sheets.contains(where: { $0.visibility == .visible }) {
      throw ContentRules.invalid("A workbook needs a visible sheet")
    }
    var names: Set<String> = []
    for (place, info) in workbook.sheets.enumerated() {
      try ContentRules.checkSheetName(info.name)
      if !names.insert(info.name.lowercased()).inserted {
        throw ContentRules.invalid("Two sheets are named \"\(info.name)\"")
      }
      guard info.kind == .worksheet, let sheet = workbook.loadedSheet(at: place) else {
        throw ContentRules.invalid("The sheet is not in memory", sheet: info.name)
      }
      try check(sheet)
    }
    try checkNames(of: workbook)
    try checkTables(of: workbook)
  }

  private static func checkNames(of workbook: Workbook) throws(XLSXError) {
    var seen: Set<DefinedNamesXML.Scoped> = []
    for name in workbook.definedNames { try check(name, of: workbook, taken: &seen) }
  }

  /// - Parameter taken: The names that are defined already.
  static func check(
    _ name: DefinedName, of workbook: Workbook, taken: inout Set<DefinedNamesXML.Scoped>
  ) throws(XLSXError) {
    try ContentRules.checkDefinedName(name.name)
    try ContentRules.checkFormula(name.formula, "The formula of the name \"\(name.name)\"")
    if let sheet = name.sheet, !workbook.sheets.contains(where: { $0.name == sheet }) {
      throw ContentRules.invalid(
        "The name \"\(name.name)\" belongs to a sheet \"\(sheet)\" that is not there")
    }
    if !taken.insert(.init(name)).inserted {
      throw ContentRules.invalid("The name \"\(name.name)\" is defined twice")
    }
  }

  static func check(_ sheet: Worksheet) throws(XLSXError) {
    let content = sheet.content
    let name = sheet.name
    try checkGrid(content, sheet: name)
    for merge in content.merges {
      try ContentRules.checkInGrid(merge, "A merged range", sheet: name)
      if merge.isSingleCell {
        throw ContentRules.invalid("One cell cannot be merged", sheet: name, cell: merge.first)
      }
    }
    try ContentRules.checkNoOverlap(content.merges, "The merged ranges", sheet: name)
    if !content.merges.isEmpty { try checkArrayFormulas(content, sheet: name) }
    try checkAnnotations(content, sheet: name)
    for validation in content.validations { try ValidationRules.check(validation, sheet: name) }
    for format in content.conditionalFormats { try ConditionalFormatRules.check(format, sheet: name) }
    if let filter = content.autoFilter { try ContentRules.checkInGrid(filter, "The filter", sheet: name) }
    try check(content.view, sheet: name)
    try StyleRules.check(content.tabColor)
    try check(content.pageSetup, sheet: name)
  }

  static func check(_ view: SheetView, sheet: String) throws(XLSXError) {
    for (cell, what) in [(view.frozenAt, "The frozen cell"), (view.activeCell, "The active cell")] {
      if let cell { try ContentRules.checkInGrid(CellRange(cell), what, sheet: sheet) }
    }
    if !(10...400).contains(view.zoom) {
      throw ContentRules.invalid("A zoom of \(view.zoom) %; Excel takes 10 to 400", sheet: sheet)
    }
  }

  /// Excel allows no array formula over several cells where cells are merged.
  private static func checkArrayFormulas(_ content: SheetContent, sheet: String) throws(XLSXError) {
    let merges = RangeIndex(content.merges)
    for row in content.cells.rows {
      for cell in row.cells {
        guard case .formula(let formula, _) = cell.value, let range = formula.arrayRange, !range.isSingleCell,
          let merge = merges.first(overlapping: range)
        else { continue }
        throw ContentRules.invalid(
          "The array formula over \(range) meets the merged range \(merge)", sheet: sheet,
          cell: CellReference(row: row.index, column: cell.column))
      }
    }
  }

  private static func checkGrid(_ content: SheetContent, sheet: String) throws(XLSXError) {
    for row in content.cells.rows {
      let last = row.cells.last?.column ?? 1
      let first = row.cells.first?.column ?? 1
      let corners = CellRange(
        CellReference(row: row.index, column: first), CellReference(row: row.index, column: last))
      try ContentRules.checkInGrid(corners, "A cell", sheet: sheet)
      try ContentRules.checkHeight(row.settings.height, ofRow: row.index, sheet: sheet)
    }
    for run in content.columns {
      try ContentRules.checkColumns(run.range, sheet: sheet)
      try ContentRules.checkWidth(run.settings.width, ofColumn: run.range.lowerBound, sheet: sheet)
    }
    try ContentRules.checkDefaultHeight(content.defaultRowHeight, sheet: sheet)
    try ContentRules.checkDefaultWidth(content.defaultColumnWidth, sheet: sheet)
  }

  private static func checkAnnotations(_ content: SheetContent, sheet: String) throws(XLSXError) {
    if content.hyperlinks.count > ContentRules.maximumHyperlinks {
      throw ContentRules.invalid(
        "\(content.hyperlinks.count) hyperlinks; Excel takes \(ContentRules.maximumHyperlinks) on a sheet",
        sheet: sheet)
    }
    for (cell, link) in content.hyperlinks { try check(link, at: cell, sheet: sheet) }
    for (cell, comment) in content.comments { try check(comment, at: cell, sheet: sheet) }
    for (cell, thread) in content.threads { try check(thread, sheet: sheet, cell: cell) }
  }

  static func check(_ link: Hyperlink, at cell: CellReference, sheet: String) throws(XLSXError) {
    try ContentRules.checkInGrid(CellRange(cell), "A hyperlink", sheet: sheet)
    switch link.target {
    case .external(let address):
      if address.isEmpty {
        throw ContentRules.invalid("A hyperlink without an address", sheet: sheet, cell: cell)
      }
      try ContentRules.checkLength(
        HyperlinkXML.escaped(address), atMost: ContentRules.maximumURLLength, "The address of a hyperlink",
        sheet: sheet, cell: cell)
    case .location(let place):
      if place.isEmpty {
        throw ContentRules.invalid("A hyperlink without a place", sheet: sheet, cell: cell)
      }
      try ContentRules.checkLength(
        place, atMost: ContentRules.maximumURLLength, "The place of a hyperlink", sheet: sheet, cell: cell)
    }
    if let tooltip = link.tooltip {
      try ContentRules.checkLength(tooltip, atMost: 255, "The tip of a hyperlink", sheet: sheet, cell: cell)
    }
  }

  static func check(_ comment: CellComment, at cell: CellReference, sheet: String) throws(XLSXError) {
    try ContentRules.checkInGrid(CellRange(cell), "A comment", sheet: sheet)
    try ContentRules.checkLength(
      comment.text.plainText, atMost: ContentRules.maximumTextLength, "A comment", sheet: sheet, cell: cell)
    try ContentRules.checkLength(
      comment.author, atMost: 255, "A comment's author", sheet: sheet, cell: cell)
    try checkRuns(of: comment.text)
  }

  /// The fonts of a rich text's runs.
  static func checkRuns(of text: RichText) throws(XLSXError) {
    for run in text.runs {
      if let font = run.font { try StyleRules.check(font) }
    }
  }

  private static func check(_ thread: CommentThread, sheet: String, cell: CellReference) throws(XLSXError) {
    if thread.entries.isEmpty {
      throw ContentRules.invalid("A conversation without entries", sheet: sheet, cell: cell)
    }
    for entry in thread.entries {
      if entry.author.isEmpty {
        throw ContentRules.invalid("An entry of a conversation has no author", sheet: sheet, cell: cell)
      }
      try ContentRules.checkLength(
        entry.author, atMost: 255, "The author of a conversation's entry", sheet: sheet, cell: cell)
      if entry.text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
        throw ContentRules.invalid(
          "An entry of a conversation holds a control character", sheet: sheet, cell: cell)
      }
      if let date = entry.date {
        try ContentRules.checkDate(date, "The date of a conversation's entry", sheet: sheet, cell: cell)
      }
    }
    try ContentRules.checkLength(
      ThreadXML.twinText(of: thread), atMost: ContentRules.maximumTextLength,
      "A conversation, with what Excel writes around it,", sheet: sheet, cell: cell)
  }

  static func check(_ setup: PageSetup, sheet: String) throws(XLSXError) {
    let texts = [
      (setup.header, "The page header"), (setup.footer, "The page footer"),
      (setup.firstHeader, "The header of the first page"),
      (setup.firstFooter, "The footer of the first page"),
      (setup.evenHeader, "The header of even pages"), (setup.evenFooter, "The footer of even pages"),
    ]
    for (text, what) in texts {
      if let text { try ContentRules.checkLength(text, atMost: 255, what, sheet: sheet) }
    }
    if case .percent(let percent) = setup.scaling, !(10...400).contains(percent) {
      throw ContentRules.invalid("A print scale of \(percent) %; Excel takes 10 to 400", sheet: sheet)
    }
    let margins = setup.margins
    for margin in [margins.left, margins.right, margins.top, margins.bottom, margins.header, margins.footer] {
      if !(0..<49).contains(margin) {
        throw ContentRules.invalid("A margin of \(margin) inches; Excel takes 0 to 49", sheet: sheet)
      }
    }
    // Excel keeps both in 16 bits.
    for (number, what) in [
      (setup.paperSize, "Paper size"), (setup.firstPageNumber ?? 1, "First page number"),
    ]
    where !(-32_768...32_767).contains(number) {
      throw ContentRules.invalid("\(what) \(number); Excel takes 32,767 at most", sheet: sheet)
    }
    if let rows = setup.repeatedRows, rows.lowerBound < 1 || rows.upperBound > CellReference.maximumRow {
      throw ContentRules.invalid("The repeated rows \(rows) lie outside the sheet", sheet: sheet)
    }
    if let columns = setup.repeatedColumns,
      columns.lowerBound < 1 || columns.upperBound > CellReference.maximumColumn
    {
      throw ContentRules.invalid("The repeated columns \(columns) lie outside the sheet", sheet: sheet)
    }
    for area in setup.printArea { try ContentRules.checkInGrid(area, "A print area", sheet: sheet) }
    for (breaks, last) in [
      (setup.rowBreaks, CellReference.maximumRow), (setup.columnBreaks, CellReference.maximumColumn),
    ] {
      if breaks.count > 1_026 {
        throw ContentRules.invalid(
          "\(breaks.count) page breaks; Excel takes 1,026 in one direction", sheet: sheet)
      }
      if let bad = breaks.first(where: { !(1..<last).contains($0) }) {
        throw ContentRules.invalid("A page break after \(bad), which lies outside the sheet", sheet: sheet)
      }
    }
  }
}
