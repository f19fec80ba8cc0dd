import XLSX

/// Finds a campaign's forms in workbooks: by their headings, wherever these stand.
///
/// A form is two trees of headings. On a sheet, every row and every column of figures is told by what stands left of it
/// and above it; where a row and a column together name one field of a form, that field's figure stands. Nothing is
/// told by an address, so that titles may be missing, rows and columns moved, reordered, added or wider, and headings
/// merged, unmerged, repeated or put together in one cell.
public struct FormLocator: Sendable {
  let words: FormVocabulary

  public init(_ campaign: Campaign) { words = FormVocabulary(campaign.forms) }

  /// Every form in a workbook, by sheet, then from the top and from the left.
  ///
  /// - Complexity: O(*n* log *n*) for *n* cells with something in them.
  public func locate(in book: GridBook) -> [LocatedForm] {
    book.grids.indices.flatMap { locate(in: book.grids[$0], number: $0, of: book) }
  }

  private func locate(in grid: Grid, number: Int, of book: GridBook) -> [LocatedForm] {
    let sheet = SheetText(grid, words: words)
    if sheet.headings.isEmpty { return [] }
    let hits = HeadingHits(sheet)
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
    var taken: Set<Int> = []
    var accepted: [(table: TableCandidate, extent: CellRange)] = []
    for candidate in candidates where taken.isDisjoint(with: candidate.table.headings) {
      taken.formUnion(candidate.table.headings)
      if candidate.evidence.isEnough { accepted.append((candidate.table, candidate.extent)) }
    }
    accepted.sort { $0.extent.first < $1.extent.first }
    let marked = book.markers.isEmpty ? [] : MarkedForm.all(in: book, sheet: grid.name, forms: words.forms)
    let lines = HeadLineFinder(sheet, tables: accepted.map { ($0.table.form, $0.extent) }, forms: words.forms)
    return zip(accepted, lines.readings()).map { accepted, head in
      var (table, extent) = accepted
      var head = head
      let form = words.forms[table.form]
      var reworded: [FormShape.Label] = []
      if let marks = marked.first(where: { $0.form == table.form && $0.overlaps(extent) }) {
        reworded = marks.complete(&table, form: form, sheet: sheet)
        for role in FormDefinition.HeadLine.Role.allCases where head[role] == nil {
          head[role] = marks.line(role).flatMap(lines.reading)
        }
        extent = table.extent(on: sheet) ?? extent
      }
      var shape = FormShape(of: table, form: form, extent: extent, sheet: sheet)
      shape.aliases += reworded
      return LocatedForm(
        form: form, sheet: number, places: table.places, shape: shape, head: head,
        titleLead: sheet.titles(over: extent).last { $0.form == table.form && $0.isTitle }?.lead ?? "",
        merges: sheet.merges)
    }
  }
}
