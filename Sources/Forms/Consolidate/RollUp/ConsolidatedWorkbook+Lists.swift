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
  }

  /// The sheets that a workbook's lists are read from.
  struct ListSheets {
    var lines: ListGrid
    var summary: ListSummaryGrid?
    var label: String

    /// The sheets of a list; `nil` where the workbook has none of its lines.
    ///
    /// Lists are told by their headings: of several the one with the label, or name in the plan, first.
    init?(_ form: FormDefinition, in book: GridBook, campaign: Campaign, plan: WorkbookPlan) {
      guard form.kind == .list else { return nil }
      let planned = plan.name(of: .lines(form: form.id)) ?? SheetNames.lines(form)
      func grids(called name: String) -> [Grid] {
        let stem = String(name.prefix(28))
        // Further sheets have a number behind their name.
        return book.grids.filter { grid in
          grid.name == name
            || grid.name.hasPrefix(stem) && grid.name.dropFirst(stem.count).allSatisfy(\.isNumber)
              && grid.name.count > stem.count
        }
      }
      var names = [planned]
      for grid in book.grids where grid.name.hasSuffix(SheetNames.linesSuffix) && grid.name != planned {
        names.append(grid.name)
      }
      for name in names {
        guard let lines = ListGrid(grids(called: name), form: form, year: campaign.year) else { continue }
        self.lines = lines
        let usual = name.hasSuffix(SheetNames.linesSuffix) ? String(name.dropLast(2)) : form.label
        label = name == planned ? form.label : usual
        let summaries = [plan.name(of: .groups(form: form.id)), usual + SheetNames.summarySuffix]
        summary =
          summaries.compactMap(\.self).lazy.compactMap { wanted in
            book.grids.first { $0.name == wanted }.flatMap { ListSummaryGrid($0, form: form) }
          }.first
        return
      }
      return nil
    }
  }

  /// The units of a list: those that the sheet of sums counts, then any other that lines stand under.
  static func list(
    _ sheets: ListSheets, form: FormDefinition, delivery: DeliveryGrid?, listed: OpenErrorGrid?,
    office: RollUpUnits.Office, units: inout RollUpUnits
  ) -> List {
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
      summary: sheets.summary.map { ($0.sheet, $0.totals) })
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
      guard let summary = list.summary, let rules = list.form.list else { return [] }
      let sums = list.units.map { ListSums($0.content.lines, list: rules, form: list.form) }
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
      return findings.map { finding in
        var finding = finding
        finding.sheet = summary.sheet
        return finding
      }
    }
  }
}
