import Foundation
import XLSX

/// One submission on its way through the rules.
///
/// A rule passes, fails, or cannot judge. It cannot judge where a figure that it needs is blank, unreadable or missing
/// (``figures`` is `nil`), or where another rule has already said that the figure is not to be relied on (``isDoubtful``).
struct SubmissionJudge {
  let plan: FormPlan
  let engine: RuleEngine
  var submission: Submission
  var findings: [Finding] = []
  /// What was reported, by field; `nil` where blank, unreadable or missing.
  var figures: [Decimal?]
  /// The same as whole numbers, for rules that hold of nearly every form: where they do, no decimal is worked out.
  let wholes: [Int?]
  /// Which cells are blank. No rule changes what was read.
  private let blanks: [Bool]
  /// Blank cells that some rule has told already.
  var isTold: [Bool]
  /// Figures that are there but of no use to rules that compare them with others.
  var isDoubtful: [Bool]
  var derived: [FieldKey: Decimal] = [:]
  /// Figures of which U01 has told that they are too many: neither X03 nor G02 tells it again.
  var isTooMany: Set<Int> = []
  /// What inputs should be if the totals of their rows are right, by field.
  var suggested: [Int: [Decimal]] = [:]

  init(_ submission: Submission, plan: FormPlan, engine: RuleEngine) {
    self.plan = plan
    self.engine = engine
    self.submission = submission
    let readings = submission.readings
    // The locator fills in every field in the form's order; whoever does not is put in order here.
    if submission.list != nil {
      self.submission.readings = []
    } else if readings.count != plan.fields.count
      || !readings.indices.allSatisfy({ readings[$0].field == plan.keys[$0] })
    {
      let byField = Dictionary(readings.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
      self.submission.readings = plan.fields.map {
        byField[$0.key] ?? Reading(field: $0.key, state: .missing)
      }
    }
    figures = submission.list == nil ? self.submission.readings.map(\.figure) : plan.fields.map { _ in nil }
    wholes = figures.map { $0?.whole }
    blanks = submission.list == nil ? self.submission.readings.map { $0.state == .blank } : []
    isTold = Array(repeating: false, count: plan.fields.count)
    isDoubtful = isTold
  }

  var campaign: Campaign { engine.campaign }
  var asOf: CalendarDate { engine.asOf }
  var previous: PreviousFigures? { engine.previous }
  var register: UnitRegister { engine.register }

  /// Every rule about one submission, causes before consequences.
  mutating func judge() {
    judgeShape()
    judgeHead()
    judgeUnit()
    if let content = submission.list, let list = plan.form.list {
      judge(content, list)
    } else if isBlankForm {
      tell(
        "D04", cell: submission.readings.lazy.compactMap(\.cell).first,
        ["form": MessageValue(plan.form.label)])
      judgeLeftOut()
    } else {
      judgeCells()
      judgeLimits()
      judgeMeasures()
      judgePairs()
      judgeTotals()
      judgeRatios()
      judgeGrandTotals()
      judgeFormulas()
      judgePublicity()
      judgeBlanks()
      judgeChannels()
      judgeTargets()
      judgeMinimums()
      judgeKinds()
      judgeYear()
      engine.checks.judge(submission, into: &findings)
    }
    sortFindings()
  }

  /// A line of a list, as a form of its own: its cells, its sums.
  mutating func judgeLine() {
    judgeCells()
    judgeLimits()
    judgeTotals()
    judgeFormulas()
  }

  private mutating func judge(_ content: ListContent, _ list: ListRules) {
    if content.lines.isEmpty {
      return tell("D04", cell: submission.shape.table?.first, ["form": MessageValue(plan.form.label)])
    }
    var judge = ListJudge(submission, content: content, list: list, plan: plan, engine: engine)
    findings += judge.judge()
    judgeColumnMeasures()
    judgeTargets()
    judgeYear()
  }

  /// Nothing stands in any input that the form has.
  private var isBlankForm: Bool {
    var blanks = 0
    for input in plan.inputs {
      switch submission.readings[input].state {
      case .blank: blanks += 1
      case .missing: continue
      case .figure, .value, .unreadable: return false
      }
    }
    return blanks > 0
  }

  // What rules ask about fields

  func isBlank(_ field: Int) -> Bool { blanks[field] }

  /// A figure that can be compared with others.
  func usable(_ field: Int) -> Decimal? { isDoubtful[field] ? nil : figures[field] }

  /// The sum of fields, if each is there and to be relied on.
  func usableSum(_ fields: [Int]) -> Decimal? {
    if let whole = wholeSum(fields) {
      return fields.contains { isDoubtful[$0] } ? nil : Decimal(whole)
    }
    var sum: Decimal = 0
    for field in fields {
      guard let figure = usable(field) else { return nil }
      sum += figure
    }
    return fields.isEmpty ? nil : sum
  }

  /// The sum of fields whose figures are all whole, of a size that no sum of them overflows; `nil` for others.
  func wholeSum(_ fields: [Int]) -> Int? {
    guard !fields.isEmpty else { return nil }
    var sum = 0
    for field in fields {
      guard let whole = wholes[field] else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(whole)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  func cell(_ field: Int) -> CellReference? { submission.readings[field].cell }

  /// How people know a field: `送文艺 场次 线上`.
  func name(_ field: Int) -> String { plan.fields[field].key.path.joined(separator: " ") }

  /// A field's cell, or its name where it has none.
  func place(_ field: Int) -> MessageValue { MessageValue(cell(field)?.description ?? name(field)) }

  // Telling

  mutating func tell(
    _ rule: String, _ variant: String = "", severity: Severity? = nil, at field: Int? = nil,
    key: FieldKey? = nil,
    cell: CellReference? = nil, found: Finding.Value? = nil, expected: Decimal? = nil,
    candidates: [Finding.Candidate] = [], _ values: [String: MessageValue]
  ) {
    findings.append(
      Finding(
        rule: rule, severity: severity ?? RuleCatalogue[rule]?.severity ?? .error, file: submission.file,
        sheet: field.flatMap { submission.readings[$0].sheet } ?? submission.sheet,
        cell: cell ?? field.flatMap { self.cell($0) }, form: submission.form,
        unit: submission.unit?.name, field: key ?? field.map { plan.fields[$0].key },
        message: RuleCatalogue.message(rule, variant, settings: plan.settings, values), found: found,
        expected: expected, candidates: candidates))
  }

  func candidate(_ field: Int, _ value: Decimal, _ why: String) -> Finding.Candidate {
    Finding.Candidate(field: plan.fields[field].key, value: value, why: why)
  }

  private mutating func sortFindings() {
    guard findings.count > 1 else { return }
    // Findings about the form as a whole come first, at row 0.
    func order(_ finding: Finding) -> (Int, Int, String) {
      (finding.cell?.row ?? 0, finding.cell?.column ?? 0, finding.rule)
    }
    if zip(findings, findings.dropFirst()).allSatisfy({ order($0) <= order($1) }) { return }
    findings = findings.enumerated().sorted {
      let (a, b) = (order($0.element), order($1.element))
      return a == b ? $0.offset < $1.offset : a < b
    }.map(\.element)
  }
}
