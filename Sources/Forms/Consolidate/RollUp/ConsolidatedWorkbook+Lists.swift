import Foundation
import XLSX

/// The lists of a consolidated workbook: the lines of each unit.
extension ConsolidatedWorkbook {
  public struct List: Sendable {
    public struct Unit: Sendable {
      /// As written.
      public var name: String
      /// The campaign's, or one that only this workbook names; `nil` if nobody can tell.
      public var unit: ReportingUnit?
      /// Its lines; none of a unit that had not reported.
      public var content: ListContent
      /// Who filled the list in and when, as the sheet `报送情况` has it.
      public var head = DeliveryGrid.Head()
      /// What its workbook listed as an error of this unit's list.
      var openErrors: [OpenErrorGrid.OpenError] = []
      /// The cell with the unit's name.
      var cell: CellReference
    }

    public var form: FormDefinition
    /// The first sheet of its lines.
    public var sheet: String
    public var units: [Unit]
    /// The sheet of its sums, and what stands in the row of totals there.
    var summary: (sheet: String, totals: [FieldKey: Decimal])?
    /// The fields that the lines have no column for.
    var missing: [FieldKey] = []
    /// Sums that were added below the lines.
    var typedTotals: [(sheet: String, cell: CellReference, text: String)] = []
  }

  /// The sheets that one of a workbook's lists is read from.
  struct ListSheets {
    var form: FormDefinition
    var lines: ListGrid
    var summary: ListSummaryGrid?
    var label: String

    /// The lists of a workbook, each sheet for one of them: by the names that the campaign's plan gives, then by what else is
    /// there, which holds the lists of a campaign that named or numbered them otherwise.
    static func all(in book: GridBook, campaign: Campaign, plan: WorkbookPlan) -> [ListSheets] {
      let forms = campaign.forms.filter { $0.kind == .list }
      guard !forms.isEmpty else { return [] }
      let words = HeadingVocabulary([], groups: GroupWords(campaign.words, totals: [], year: campaign.year))
      let claimed = Set(plan.sheets.map(\.name))
      var used: Set<String> = []
      var found: [String: ListSheets] = [:]
      func read(_ form: FormDefinition, _ name: String) -> ListGrid? {
        let stem = String(name.prefix(28))
        // Further sheets have a number behind their name.
        let grids = book.grids.filter { grid in
          grid.name == name
            || grid.name.hasPrefix(stem) && grid.name.count > stem.count && !claimed.contains(grid.name)
              && grid.name.dropFirst(stem.count).allSatisfy(\.isNumber)
        }
        return ListGrid(grids, form: form, year: campaign.year, totals: words)
      }
      func summary(_ form: FormDefinition, _ label: String) -> ListSummaryGrid? {
        [plan.name(of: .groups(form: form.id)), label + SheetNames.summarySuffix].compactMap(\.self).lazy
          .compactMap { wanted in
            book.grids.first { $0.name == wanted }.flatMap { ListSummaryGrid($0, form: form) }
          }.first
      }
      for form in forms {
        let name = plan.name(of: .lines(form: form.id)) ?? SheetNames.lines(form)
        guard book.grids.contains(where: { $0.name == name }), let lines = read(form, name) else { continue }
        used.insert(name)
        found[form.id] = ListSheets(
          form: form, lines: lines, summary: summary(form, form.label), label: form.label)
      }
      let others = book.grids.map(\.name).filter {
        $0.hasSuffix(SheetNames.linesSuffix) && !used.contains($0)
      }
      for name in others {
        let label = String(name.dropLast(SheetNames.linesSuffix.count))
        let candidates = forms.filter { found[$0.id] == nil }.compactMap { form in
          read(form, name).map {
            ListSheets(form: form, lines: $0, summary: summary(form, label), label: label)
          }
        }
        // One that lacks more than one column in five is another list.
        guard let best = candidates.max(by: { $0.lines.found < $1.lines.found }),
          best.lines.missing.count * 4 <= best.lines.found
        else { continue }
        found[best.form.id] = best
      }
      return forms.compactMap { found[$0.id] }
    }
  }

  /// The units of a list: those that the sheet of sums counts, then any other that lines stand under.
  static func list(
    _ sheets: ListSheets, delivery: DeliveryGrid?, listed: OpenErrorGrid?,
    office: RollUpUnits.Office, units: inout RollUpUnits
  ) -> List {
    let form = sheets.form
    var rest: [String: [ListGrid.UnitLines]] = Dictionary(grouping: sheets.lines.units, by: \.name)
    var found: [List.Unit] = []
    func unit(
      _ name: String, path: [String], content: ListContent, cell: CellReference, _ units: inout RollUpUnits
    ) -> List.Unit {
      let owes = delivery?.isOutside(name) == true ? nil : form.id
      return List.Unit(
        name: name, unit: name.isEmpty ? nil : units.unit(name, path: path, office: office, owes: owes),
        content: content, head: delivery?.head(ofUnit: name, form: sheets.label) ?? .init(),
        openErrors: listed?.errors(label: sheets.label, unit: name) ?? [], cell: cell)
    }
    for counted in sheets.summary?.units ?? [] {
      let own = rest.removeValue(forKey: counted.name) ?? []
      if own.isEmpty {
        let none = ListContent(lines: ListLines(fieldCount: form.fields.count))
        found.append(unit(counted.name, path: counted.path, content: none, cell: counted.cell, &units))
      }
      for lines in own {
        found.append(
          unit(
            counted.name, path: lines.path.isEmpty ? counted.path : lines.path, content: lines.content,
            cell: lines.cell, &units))
      }
    }
    for lines in sheets.lines.units where rest[lines.name] != nil {
      found.append(unit(lines.name, path: lines.path, content: lines.content, cell: lines.cell, &units))
    }
    return List(
      form: form, sheet: sheets.lines.sheet, units: found,
      summary: sheets.summary.map { ($0.sheet, $0.totals) },
      missing: form.fields.indices.filter(sheets.lines.missing.contains).map { form.fields[$0].key },
      typedTotals: sheets.lines.typedTotals)
  }

  /// The lists as submissions, judged, one for every unit with lines.
  func lists(judgedBy engine: RuleEngine) -> [Submission] {
    lists.flatMap { list in
      list.units.filter { !$0.content.lines.isEmpty }.map { unit in
        var submission = submission(
          of: list.form, on: list.sheet, unit: unit.unit, written: unit.name, head: unit.head, cell: unit.cell
        )
        submission.list = unit.content
        engine.judge(&submission)
        submission.findings += openErrors(
          unit.openErrors, of: submission, form: list.form, on: list.sheet, place: { _ in nil })
        return submission
      }
    }
  }

  /// R01: sums that are not those of the lines.
  func findings(aboutLists engine: RuleEngine) -> [Finding] {
    lists.flatMap { list -> [Finding] in
      let changed = changes(of: list)
      guard let summary = list.summary, let rules = list.form.list else { return changed }
      var sums = list.units.map { ListSums($0.content.lines, list: rules, form: list.form) }
      // A sum of nothing is 0: a total that stands there all the same is wrong.
      for field in list.form.fields where field.isAddable && field.isInput && !sums.isEmpty {
        if sums.allSatisfy({ $0.inputs[field.key] == nil }) { sums[0].inputs[field.key] = 0 }
      }
      var findings = engine.judge(
        totals: summary.totals, ofInputs: sums.map(\.inputs), form: list.form, file: file)
      let rows = Decimal(sums.reduce(0) { $0 + $1.rows })
      if let count = summary.totals[ListRules.countKey], count != rows {
        var finding = RuleCatalogue.finding(
          "R01", file: file, form: list.form.id, settings: list.form.rules,
          [
            "field": MessageValue(ListRules.countKey.rawValue), "value": MessageValue(count),
            "sum": MessageValue(rows),
          ])
        (finding.field, finding.found, finding.expected) = (ListRules.countKey, .figure(count), rows)
        findings.append(finding)
      }
      return changed
        + findings.map { finding in
          var finding = finding
          finding.sheet = summary.sheet
          return finding
        }
    }
  }

  /// What was changed on the sheet of lines: columns that are gone, sums that were added.
  private func changes(of list: List) -> [Finding] {
    func finding(_ variant: String, _ values: [String: MessageValue]) -> Finding {
      RuleCatalogue.finding(
        "R01", variant, file: file, form: list.form.id, settings: list.form.rules, values)
    }
    let gone = list.missing.map { key -> Finding in
      var finding = finding("noColumn", ["field": MessageValue(key.path.joined(separator: " "))])
      (finding.sheet, finding.field) = (list.sheet, key)
      return finding
    }
    return gone
      + list.typedTotals.map { total -> Finding in
        var finding = finding(
          "typedTotal", ["row": MessageValue(total.cell.row), "text": MessageValue(total.text)])
        (finding.sheet, finding.cell) = (total.sheet, total.cell)
        return finding
      }
  }
}
