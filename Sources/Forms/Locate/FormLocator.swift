import XLSX

/// Finds a campaign's forms in workbooks: by their headings, wherever these stand.
///
/// A form is two trees of headings. On a sheet, every row and every column of figures is told by what stands left of it
/// and above it; where a row and a column together name one field of a form, that field's figure stands. Nothing is
/// told by an address, so that titles may be missing, rows and columns moved, reordered, added or wider, and headings
/// merged, unmerged, repeated or put together in one cell.
public struct FormLocator: Sendable {
  let words: FormVocabulary
  /// Tells the lines of a list of units.
  private let register: UnitRegister

  public init(_ campaign: Campaign, register: UnitRegister? = nil) {
    words = FormVocabulary(campaign)
    self.register = register ?? UnitRegister(campaign)
  }

  /// Every form in a workbook, by sheet, then from the top and from the left.
  ///
  /// - Complexity: O(*n* log *n*) for *n* cells with something in them.
  public func locate(in book: GridBook) -> [LocatedForm] {
    let found = book.grids.indices.flatMap { locate(in: book.grids[$0], number: $0, of: book).forms }
    return completed(LocatedForm.joined(found), in: book)
  }

  private typealias Found = (table: TableCandidate, extent: CellRange)

  /// The share of a form's fields, in thousandths, that makes a table this form without looking further.
  private static let goodShare = 600

  /// The tables of forms on a sheet, best first.
  ///
  /// - Parameter taken: The headings in use, as positions; none is used twice.
  private func tables(
    on sheet: SheetText, hits: HeadingHits, taken: inout Set<Int>,
    where isGood: (FormEvidence) -> Bool = { _ in true }
  ) -> [Found] {
    var candidates: [(table: TableCandidate, extent: CellRange, evidence: FormEvidence)] = []
    for index in hits.forms {
      let assembler = TableAssembler(sheet: sheet, index: index, form: words.forms[index], hits: hits)
      for table in assembler.candidates() {
        guard let extent = table.extent(on: sheet) else { continue }
        candidates.append(
          (table, extent, FormEvidence(table, form: words.forms[index], extent: extent, sheet: sheet)))
      }
    }
    // Forms have words in common. A table is what explains most of its words; only then is it asked whether that is
    // enough, lest a poor 附件2 be taken for a good 附件4.
    candidates.sort { a, b in
      a.evidence == b.evidence
        ? (a.table.form, a.extent.first) < (b.table.form, b.extent.first) : a.evidence > b.evidence
    }
    var found: [Found] = []
    for candidate in candidates
    where isGood(candidate.evidence) && taken.isDisjoint(with: candidate.table.headings) {
      taken.formUnion(candidate.table.headings)
      // Last year's figures are no table of their own.
      for group in candidate.table.groups { taken.formUnion(group.asideHeadings) }
      if candidate.evidence.isEnough { found.append((candidate.table, candidate.extent)) }
    }
    return found
  }

  /// What was found on a sheet.
  struct Result {
    var forms: [LocatedForm]
    /// Where days were looked for: one in pieces takes up the cells beside it.
    var days: [HeadSource] = []
    /// Whether where the forms are depends on what figures are.
    var dependsOnValues = false
    /// The years that were looked for in numbers.
    var years: [CellReference: Int?] = [:]
  }

  /// The forms on a sheet.
  func locate(in grid: Grid, number: Int, of book: GridBook) -> Result {
    let sheet = SheetText(grid, words: words)
    if sheet.headings.isEmpty { return Result(forms: []) }
    let lists = UnitList.all(on: sheet)
    // Whether a table is a list depends on who stands in its lines.
    if !lists.isEmpty { sheet.probe.isUsed = true }
    var listed: [LocatedForm] = []
    var inLists: Set<Int> = []
    for list in lists {
      let forms = list.forms(on: sheet, number: number, register: register)
      if forms.isEmpty || list.isOneForm(on: sheet, lines: forms.count) { continue }
      listed += forms
      inLists.formUnion(list.headings(on: sheet))
    }
    var accepted: [Found] = []
    var taken = inLists
    if let sections = TitledSections(sheet) {
      // First what the titles say, if it fits well; then whatever is left, lest a wrong title hide a form.
      let owners = sheet.headings.map { sections.form(of: $0.reference) }
      let open = HeadingHits(sheet) { (owners[$0] ?? $1) == $1 && !inLists.contains($0) }
      accepted = tables(on: sheet, hits: open, taken: &taken) { $0.share >= Self.goodShare }
      let rest = taken
      accepted += tables(
        on: sheet, hits: HeadingHits(sheet) { heading, _ in !rest.contains(heading) }, taken: &taken)
    } else if inLists.isEmpty {
      accepted = tables(on: sheet, hits: HeadingHits(sheet), taken: &taken)
    } else {
      accepted = tables(
        on: sheet, hits: HeadingHits(sheet) { heading, _ in !inLists.contains(heading) }, taken: &taken)
    }
    accepted = LocatedList.attached(to: accepted, on: sheet)
    // What is left of a list's headings is no form of its own.
    let listedForms = Set(listed.map(\.form.id))
    accepted.removeAll { listedForms.contains(words.forms[$0.table.form].id) }
    accepted.sort { $0.extent.first < $1.extent.first }
    let marked = book.markers.isEmpty ? [] : MarkedForm.all(in: book, sheet: grid.name, forms: words.forms)
    let lines = HeadLineFinder(sheet, tables: accepted.map { ($0.table.form, $0.extent) }, forms: words.forms)
    let used = accepted.map(\.table.headings)
    let found = lines.lines()
    let forms = zip(accepted.indices, found.byTable).map { position, head in
      var (table, extent) = accepted[position]
      var head = head
      let form = words.forms[table.form]
      var reworded: [FormShape.Label] = []
      if let marks = marked.first(where: { $0.form == table.form && $0.overlaps(extent) }) {
        reworded = marks.complete(&table, form: form, sheet: sheet)
        for role in FormDefinition.HeadLine.Role.allCases where head[role] == nil {
          head[role] = marks.line(role).flatMap(lines.line)
        }
        extent = table.extent(on: sheet) ?? extent
      }
      // The tables next to this one in reading order are those that can stand beside it.
      let neighbours = (max(0, position - 4)..<min(used.count, position + 5)).filter { $0 != position }
      var shape = FormShape(
        of: table, form: form, extent: extent, sheet: sheet,
        foreign: neighbours.reduce(into: []) { $0.formUnion(used[$1]) },
        neighbours: neighbours.map { accepted[$0].extent })
      shape.aliases += reworded
      let title = sheet.titles(over: extent).last { $0.form == table.form && $0.isTitle }
      let year = title.flatMap { sheet.years(around: $0, before: extent) }
      var located = LocatedForm(
        form: form, sheet: number, places: table.places, shape: shape,
        head: head.mapValues(\.reading), headSources: head.mapValues(\.source),
        titleLead: title?.lead ?? "", merges: sheet.merges, lines: TableLines(table),
        neighbours: neighbours.map { accepted[$0].extent })
      located.list = LocatedList(table, form: form, sheet: sheet)
      (located.titleYears, located.titleCell) = (year?.years ?? [], year?.cell)
      return located
    }
    return Result(
      forms: listed + forms, days: found.days,
      dependsOnValues: sheet.probe.isUsed || !listed.isEmpty || !sheet.lists.bodies.isEmpty,
      years: sheet.probe.years)
  }
}
