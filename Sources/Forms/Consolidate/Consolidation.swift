import Foundation

/// The year's figures of all units, form by form: what `merge` writes and `status` lists.
///
/// Only submissions that count (not superseded, of a unit that is known) enter. Sums are sums of reported inputs:
/// a typed total is checked by the rules and never added up, a blank is not zero, and no figure is changed.
public struct Consolidation: Sendable {
  /// With the units that workbooks from below brought along.
  public let campaign: Campaign
  public let report: CheckReport
  /// In the campaign's order.
  public let forms: [FormConsolidation]
  /// Forms with more than one table of targets once more, held against each of the others.
  public let furtherTargets: [FormConsolidation]
  /// The workbook that last year's figures come from; `nil` if there is none.
  public let previousFile: String?
  /// Whom last year's workbook names for each unit, by code.
  let previousContacts: [String: Contact]

  /// - Parameter previous: Last year's figures, to show how this year's have grown.
  public init(report: CheckReport, campaign: Campaign, previous: PreviousFigures? = nil) {
    let campaign = campaign.adding(report.below)
    self.report = report
    self.campaign = campaign
    previousFile = previous?.file
    previousContacts = previous?.contacts ?? [:]
    let rejected = Self.rejected(in: report)
    let tree = UnitTree(campaign)
    let positions = Dictionary(
      grouping: report.submissions.indices, by: { report.submissions[$0].form })
    var paths = OfficePaths(tree)
    forms = campaign.forms.map { form in
      Self.consolidate(
        form, against: campaign.targets(for: form), submissions: report.submissions,
        positions: positions[form.id] ?? [], campaign: campaign,
        tree: tree, paths: &paths, rejected: rejected, previous: previous)
    }
    furtherTargets = campaign.forms.flatMap { form in
      campaign.allTargets(for: form).dropFirst().map { table in
        Self.consolidate(
          form, against: table, submissions: report.submissions, positions: positions[form.id] ?? [],
          campaign: campaign, tree: tree, paths: &paths, rejected: rejected, previous: previous)
      }
    }
  }

  /// What came of the documents that are due beside the forms, in the campaign's order.
  public var documents: [DocumentDelivery] { Self.documents(of: report, campaign: campaign) }

  static func documents(of report: CheckReport, campaign: Campaign) -> [DocumentDelivery] {
    campaign.dueDocuments.enumerated().map { index, document in
      let owing = Set(document.dueFrom)
      return DocumentDelivery(
        document: document, units: campaign.units.filter { owing.contains($0.code) },
        files: Dictionary(
          report.documents.filter { $0.document == index }.map { ($0.unit, $0.file) },
          uniquingKeysWith: { first, _ in first }), asOf: report.asOf)
    }
  }

  /// The consolidation of a form by its id.
  public func form(_ id: String) -> FormConsolidation? { forms.first { $0.form.id == id } }

  /// Every unit that has a line on any form, in the campaign's order.
  package var listedUnits: [ReportingUnit] {
    let codes = Set(forms.flatMap { $0.units.map(\.unit.code) })
    return campaign.units.filter { codes.contains($0.code) }
  }

  /// Where each unit's line is among ``FormConsolidation/units``, by the unit's code, form by form.
  package var positionsByUnit: [[String: Int]] {
    forms.map { form in
      Dictionary(
        form.units.enumerated().map { ($1.unit.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// `completed / target` with six decimals, halves away from zero.
  static func rate(_ completed: Decimal?, of target: Int?) -> Decimal? {
    guard let completed, let target, target > 0 else { return nil }
    var quotient = completed / Decimal(target)
    var rounded = Decimal()
    NSDecimalRound(&rounded, &quotient, 6, .plain)
    return rounded
  }

  /// Who sent only what could not be used: the units named by the findings of rejected files, each with the form that
  /// the finding is about (`nil` if it is about any).
  private static func rejected(in report: CheckReport) -> [String: Set<String?>] {
    var units: [String: Set<String?>] = [:]
    let findings =
      report.files.filter { $0.state == .rejected }.flatMap(\.findings)
      + report.findings.filter { $0.file != nil && $0.severity == .error }
      // A form without a single figure.
      + report.submissions.filter { !$0.isUsable && !$0.isSuperseded }.flatMap(\.findings).filter {
        $0.severity == .error
      }
    for finding in findings {
      if let unit = finding.unit { units[unit, default: []].insert(finding.form) }
    }
    return units
  }

  private static func consolidate(
    _ form: FormDefinition, against table: TargetTable?, submissions: [Submission], positions: [Int],
    campaign: Campaign, tree: UnitTree,
    paths: inout OfficePaths, rejected: [String: Set<String?>], previous: PreviousFigures?
  ) -> FormConsolidation {
    var counting: [String: Int] = [:]
    // A form that is there and wholly blank is like none, and goes back.
    var empty: Set<String> = []
    for position in positions where !submissions[position].isSuperseded {
      guard let unit = submissions[position].unit else { continue }
      guard submissions[position].isUsable else {
        empty.insert(unit.code)
        continue
      }
      // Of two that both claim to count the first does; telling them apart is the intake's task (D05).
      if counting[unit.code] == nil { counting[unit.code] = position }
    }
    let layout = FieldLayout(form)
    let targetInputs = (table?.fields ?? []).flatMap { form.inputs(behind: $0) }
    let scaled = targetInputs.compactMap { key in
      layout.positions[key].map { (position: $0, key: key, scale: Decimal(form.fields[$0].measure.scale)) }
    }

    let countsLines = form.kind == .list && table?.fields.contains(ListRules.countKey) == true

    /// What counts towards the target, in its unit.
    func completed(lines: Int? = nil, _ figure: (Int, FieldKey) -> Decimal?) -> Decimal? {
      if countsLines { return lines.map { Decimal($0) } }
      let parts = scaled.compactMap { input in figure(input.position, input.key).map { $0 * input.scale } }
      return parts.isEmpty ? nil : parts.reduce(0, +)
    }

    func line(_ unit: ReportingUnit, _ standing: UnitFigures.Standing) -> UnitFigures {
      let source = counting[unit.code].map { UnitFigures.Source(all: submissions, position: $0) }
      let submission = source.map { $0.all[$0.position] }
      var figures = FieldFigures(layout)
      let lines = form.list.flatMap { list in
        submission?.list.map { ListSums($0.lines, list: list, form: form) }
      }
      if let lines {
        for (key, figure) in lines.inputs {
          if let position = layout.positions[key] { figures[position] = figure }
        }
      } else {
        submission?.forEachFigure { key, figure in
          if let position = layout.positions[key], layout.isInput[position] { figures[position] = figure }
        }
      }
      figures.addUp()
      let rejections = rejected[unit.name] ?? []
      let state: UnitFigures.State
      if let submission {
        state = submission.arrivedOn.map { $0 > form.deadline } == true ? .late : .reported
      } else {
        let isRejected = empty.contains(unit.code) || rejections.contains(form.id) || rejections.contains(nil)
        state = isRejected ? .rejected : .missing
      }
      let disputed = DisputedFigures(submission, of: form)
      let isDisputed = disputed.isWhole || targetInputs.contains(where: disputed.fields.contains)
      let all = completed(lines: lines?.rows) { position, _ in figures[position] }
      let settled =
        disputed.isWhole
        ? nil
        : isDisputed
          ? completed(lines: lines?.rows) { position, key in
            disputed.fields.contains(key) ? nil : figures[position]
          } : all
      let lastYear = previous?[form: form.id, unit: unit.code]
      let before = lastYear.flatMap { before in
        completed(lines: before[ListRules.countKey]?.whole) { before[$1] }
      }
      return UnitFigures(
        unit: unit, standing: standing, state: state, source: source, figures: figures, lines: lines,
        doubtful: doubtful(in: submission),
        disputed: disputed.fields, isWhollyDisputed: disputed.isWhole, isDisputed: isDisputed,
        settled: settled,
        target: standing == .owing ? table?.targets[unit.code] : nil,
        completed: all, previous: before, previousLines: lastYear.flatMap(form.listFigures),
        path: paths.path(to: unit))
    }

    let plan = RollUpLines(form: form, tree: tree, outside: campaign.outsideUnits) { counting[$0] != nil }
    // Whoever reports without owing the form is counted too: no reported figure is dropped in silence.
    let units = plan.lines.map { line($0.unit, $0.isOwing ? .owing : .outside) }
    let offices = plan.groups.map { group in
      let lines = units[group.lines]
      let sums = sums(of: lines, in: form, layout)
      let owing = lines.filter { $0.standing == .owing }
      let reported = owing.count { $0.isReported }
      let isReported = lines.contains { $0.isReported }
      let state: UnitFigures.State =
        isReported ? (owing.contains { $0.state == .late } ? .late : .reported) : .missing
      return OfficeFigures(
        figures: UnitFigures(
          unit: group.unit, standing: group.isOwing ? .owing : .outside, state: state, figures: sums,
          lines: form.list.flatMap { ListSums(adding: lines.compactMap(\.lines), list: $0) }, doubtful: [:],
          disputed: lines.reduce(into: []) { $0.formUnion($1.disputed) },
          isDisputed: lines.contains { $0.isDisputed }, settled: Self.sum(lines.map(\.settled)),
          target: group.isOwing ? table?.targets[group.unit.code] : nil,
          completed: countsLines
            ? Self.sum(lines.map(\.completed)) : completed { position, _ in sums[position] },
          previous: lines.contains { $0.previous != nil } ? lines.compactMap(\.previous).reduce(0, +) : nil,
          previousLines: FormConsolidation.sum(of: lines.compactMap(\.previousLines)),
          path: paths.path(to: group.unit)),
        lines: group.lines, depth: group.depth, reported: reported, expected: owing.count)
    }
    var consolidation = FormConsolidation(
      form: form, targetTable: table, units: units, offices: offices,
      levels: plan.levels.map { .init(reported: $0.reported, expected: $0.expected) },
      totals: sums(of: units[...], in: form, layout).dictionary,
      unattributed: positions.count { !submissions[$0].isSuperseded && submissions[$0].unit == nil })
    if let list = form.list {
      consolidation.listSums = ListSums(adding: units.compactMap(\.lines), list: list) ?? ListSums(list)
    }
    return consolidation
  }

  /// The sum of what is there; `nil` if nothing is.
  private static func sum(_ parts: [Decimal?]) -> Decimal? {
    let parts = parts.compactMap(\.self)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  /// What units reported together: counts added up, ratios weighted where the form says by what, else without a figure.
  private static func sums(
    of units: ArraySlice<UnitFigures>, in form: FormDefinition, _ layout: FieldLayout
  ) -> FieldFigures {
    var sums = FieldFigures(layout)
    let inputs = layout.keys.indices.filter { layout.isInput[$0] }
    for unit in units {
      for position in inputs {
        if let figure = unit.figures[position] { sums[position] = (sums[position] ?? 0) + figure }
      }
    }
    for (position, field) in form.fields.enumerated() {
      switch field.ratio {
      case nil: continue
      case .unweighted: sums[position] = nil
      case .weighted(let weight): sums[position] = weighted(field.key, by: weight, over: units)
      }
    }
    sums.addUp()
    return sums
  }

  /// Σ ratio × weight / Σ weight over the units that have both, with six decimals, as the workbook's formula has it.
  private static func weighted(
    _ ratio: FieldKey, by weight: FieldKey, over units: ArraySlice<UnitFigures>
  ) -> Decimal? {
    var (part, whole): (Decimal, Decimal) = (0, 0)
    for unit in units {
      guard let figure = unit.figures[ratio], let weight = unit.figures[weight] else { continue }
      part += figure * weight
      whole += weight
    }
    return whole == 0 ? nil : (part / whole).rounded(6, .plain)
  }

  private static func doubtful(in submission: Submission?) -> [FieldKey: Severity] {
    var doubtful: [FieldKey: Severity] = [:]
    for finding in submission?.findings ?? [] where finding.severity != .info && finding.note == nil {
      guard let field = finding.field, doubtful[field] != .error else { continue }
      doubtful[field] = finding.severity
    }
    return doubtful
  }
}

/// The offices above each unit, those of one office's units kept once.
struct OfficePaths {
  private let tree: UnitTree
  private var known: [String: [ReportingUnit]] = [:]

  init(_ tree: UnitTree) { self.tree = tree }

  /// From the top.
  mutating func path(to unit: ReportingUnit) -> [ReportingUnit] {
    guard let parent = unit.parent else { return tree.ancestors(of: unit).reversed() }
    if let path = known[parent] { return path }
    let path: [ReportingUnit] = tree.ancestors(of: unit).reversed()
    known[parent] = path
    return path
  }
}
