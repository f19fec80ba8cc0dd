import Foundation
import XLSX

/// The checks of a campaign, ready to be held against what came in.
struct CheckSet: Sendable {
  /// Within one form, by its id; of lists those that are about the list as a whole.
  private(set) var ofForm: [String: [CompiledCheck]] = [:]
  /// On every line of a list, by the form's id.
  private(set) var ofLines: [String: [CompiledCheck]] = [:]
  private(set) var acrossForms: [CompiledCheck] = []

  /// - Throws: ``FormsError`` for a check that makes no sense.
  init(_ campaign: Campaign) throws {
    for check in campaign.checks {
      let compiled = try CompiledCheck(check, campaign: campaign)
      if compiled.isAcrossForms {
        acrossForms.append(compiled)
      } else if check.eachRow, let form = check.form {
        ofLines[form, default: []].append(compiled)
      } else if let form = compiled.forms.first {
        ofForm[form, default: []].append(compiled)
      }
    }
  }

  init() {}
}

/// An operand with its value and where that stands.
struct CheckOperand {
  var value: CheckValue
  var cell: CellReference?
  var sheet: String?
}

extension Submission {
  /// What a check takes from a submission.
  func operand(_ source: CompiledCheck.Source, fields: [Field]) -> CheckOperand {
    switch source {
    case .field(_, let index):
      guard readings.indices.contains(index) else { return CheckOperand(value: .unknown) }
      let reading = readings[index]
      let isMerged = reading.notes.contains { if case .merged = $0 { true } else { false } }
      return CheckOperand(
        value: isMerged ? .unknown : CheckValue(reading.state), cell: reading.cell,
        sheet: reading.sheet ?? sheet)
    case .count:
      guard let list else { return CheckOperand(value: .unknown) }
      return CheckOperand(value: .number(Decimal(list.lines.count)), cell: shape.table?.first, sheet: sheet)
    case .total(_, let index):
      guard let list, fields.indices.contains(index) else { return CheckOperand(value: .unknown) }
      let key = ListRules.totalKey(fields[index].key)
      if let typed = list.totals.first(where: { $0.field == key }), typed.state != .blank {
        return CheckOperand(value: CheckValue(typed.state), cell: typed.cell, sheet: typed.sheet ?? sheet)
      }
      // Without a 合计 line the lines say what it would be.
      return CheckOperand(
        value: list.sum(index).map { .number($0) } ?? .unknown, cell: shape.table?.first, sheet: sheet)
    }
  }
}

extension ListContent {
  /// The sum of a column; `nil` where a value cannot be read.
  func sum(_ field: Int) -> Decimal? {
    var sum: Decimal = 0
    for line in 0..<lines.count {
      switch lines.state(line, field) {
      case .figure(let figure): sum += figure
      case .unreadable, .value: return nil
      case .blank, .missing: continue
      }
    }
    return sum
  }
}

extension CompiledCheck {
  /// Holds one match of the check against values.
  ///
  /// - Returns: What is wrong; `nil` where the check holds or cannot judge.
  func violation(_ sources: [Source], _ operands: [CheckOperand]) -> CheckViolation? {
    let evaluator = CheckEvaluator(tolerance: tolerance) { operands[$0].value }
    guard case .truth(false) = evaluator.value(node) else { return nil }
    return CheckViolation(check: self, sources: sources, operands: operands)
  }
}

extension CheckSet {
  /// The checks within one form.
  func judge(_ submission: Submission, into findings: inout [Finding]) {
    for check in ofForm[submission.form] ?? [] {
      let fields = check.fields[submission.form] ?? []
      for sources in check.matches {
        let operands = sources.map { submission.operand($0, fields: fields) }
        guard let violation = check.violation(sources, operands) else { continue }
        findings.append(violation.finding(in: submission))
      }
    }
  }

  /// Whether there are checks on the lines of a list.
  func judgesLines(of form: String) -> Bool { ofLines[form]?.isEmpty == false }

  /// The checks on one line of a list.
  func judge(
    line: Int, _ states: [Reading.State], of submission: Submission, _ lines: ListLines,
    into findings: inout [Finding]
  ) {
    for check in ofLines[submission.form] ?? [] {
      for sources in check.matches {
        let evaluator = CheckEvaluator(tolerance: check.tolerance) { position in
          if case .field(_, let index) = sources[position] { return CheckValue(states[index]) }
          return submission.operand(sources[position], fields: check.fields[submission.form] ?? []).value
        }
        guard case .truth(false) = evaluator.value(check.node) else { continue }
        let operands = sources.map { source -> CheckOperand in
          guard case .field(_, let index) = source else {
            return submission.operand(source, fields: check.fields[submission.form] ?? [])
          }
          return CheckOperand(
            value: CheckValue(states[index]), cell: lines.cell(line, index),
            sheet: lines.sheet(of: line) ?? submission.sheet)
        }
        var finding = CheckViolation(check: check, sources: sources, operands: operands).finding(
          in: submission)
        finding.row = lines.row(line)
        if finding.cell == nil { finding.cell = CellReference(row: lines.row(line), column: 1) }
        finding.sheet = lines.sheet(of: line) ?? submission.sheet
        findings.append(finding)
      }
    }
  }
}

extension ReportJudge {
  /// The checks across the forms of one unit.
  mutating func judgeAcrossForms() {
    guard !engine.checks.acrossForms.isEmpty else { return }
    var byUnit: [Obligation: Int] = [:]
    for (index, submission) in report.submissions.enumerated() where submission.isUsable {
      guard let unit = submission.unit else { continue }
      let key = Obligation(form: submission.form, unit: unit.code)
      if byUnit[key] == nil { byUnit[key] = index }
    }
    for check in engine.checks.acrossForms {
      for unit in campaign.units {
        let found = check.forms.map { byUnit[Obligation(form: $0, unit: unit.code)] }
        guard !found.contains(nil) else { continue }
        let byForm = Dictionary(
          zip(check.forms, found.compactMap(\.self)).map { ($0, $1) }, uniquingKeysWith: { first, _ in first }
        )
        judge(check, of: unit, byForm)
      }
    }
  }

  private mutating func judge(_ check: CompiledCheck, of unit: ReportingUnit, _ byForm: [String: Int]) {
    for sources in check.matches {
      let operands = sources.map { source -> CheckOperand in
        guard let index = byForm[source.form] else { return CheckOperand(value: .unknown) }
        return report.submissions[index].operand(source, fields: check.fields[source.form] ?? [])
      }
      guard let violation = check.violation(sources, operands) else { continue }
      if let own = check.check.form, let index = byForm[own] {
        report.submissions[index].findings.append(violation.finding(in: report.submissions[index]))
      } else {
        let files = check.forms.compactMap { byForm[$0] }.map { report.submissions[$0] }
        report.findings.append(violation.finding(of: unit, in: files))
      }
    }
  }
}
