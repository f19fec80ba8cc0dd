import Foundation
import XLSX

/// L01–L03, L05–L09 and the rules about single lines: one list on its way through the rules.
///
/// A line is judged as a form of its own wherever something about it is not plain (a note, a sum that does not hold); all
/// others cost a look at their values.
struct ListJudge {
  private let plan: FormPlan
  private let engine: RuleEngine
  private let submission: Submission
  private let content: ListContent
  private let list: ListRules
  private let keyFields: [Int]
  private let required: [Int]
  private var findings: [Finding] = []
  /// Sums of the columns; `nil` once a value could not be read or added.
  private var sums: [ExactSum?]
  /// The lines that hold what the office decided.
  private let corrected: Set<Int>

  init(_ submission: Submission, content: ListContent, list: ListRules, plan: FormPlan, engine: RuleEngine) {
    self.submission = submission
    self.content = content
    self.list = list
    self.plan = plan
    self.engine = engine
    keyFields = list.key.compactMap { key in plan.fields.firstIndex { $0.key == key } }
    required = plan.fields.indices.filter {
      plan.fields[$0].limits.isRequired && plan.fields[$0].type != .index
    }
    sums = plan.fields.map { $0.type == .number ? ExactSum() : nil }
    corrected = Set(content.lines.corrections.keys)
  }

  /// The findings about all lines, in order.
  mutating func judge() -> [Finding] {
    let remarked = Set(content.lines.remarks.keys.map(\.line))
    var keys: [UInt64: Int] = [:]
    var copies: [UInt64: Int] = [:]
    keys.reserveCapacity(keyFields.isEmpty ? 0 : content.lines.count)
    copies.reserveCapacity(keyFields.isEmpty ? content.lines.count : 0)
    let hasChecks = engine.checks.judgesLines(of: submission.form)
    let wanted = content.lines.mask(
      plan.fields.indices.filter {
        hasChecks || plan.fields[$0].type.isNumeric || keyFields.contains($0) || plan.persons.contains($0)
      })
    for line in 0..<content.lines.count {
      let states = content.lines.states(line, of: wanted)
      judgeLine(line, states, isRemarked: remarked.contains(line))
      engine.checks.judge(line: line, states, of: submission, content.lines, into: &findings)
      if keyFields.isEmpty { judgeCopy(line, &copies) } else { judgeKey(line, states, &keys) }
    }
    judgeTotals()
    judgeHidden()
    judgeGaps()
    judgeCount()
    engine.checks.judge(submission, into: &findings)
    return findings
  }

  // Lines

  private mutating func judgeLine(_ line: Int, _ states: [Reading.State], isRemarked: Bool) {
    var isOdd = isRemarked
    for (field, state) in states.enumerated() {
      if case .figure(let figure) = state {
        sums[field]? += figure
        if figure < 0 { isOdd = true }
        if plan.fields[field].measure.decimals == 0, plan.fields[field].type == .number, figure.whole == nil {
          isOdd = true
        }
      } else if state == .unreadable {
        sums[field] = nil
      }
    }
    for field in plan.limited where !isOdd {
      if case .figure(let figure) = states[field],
        ValueRange(field: plan.fields[field], year: engine.campaign.year).problem(of: .figure(figure)) != nil
      {
        isOdd = true
      }
    }
    for equation in plan.equations where !isOdd {
      var sum = ExactSum()
      for part in equation.parts { if case .figure(let figure) = states[part] { sum += figure } }
      switch states[equation.total] {
      case .figure(let total): isOdd = total != sum.value
      case .blank: isOdd = equation.parts.contains { states[$0] != .blank }
      default: break
      }
    }
    for (part, whole) in plan.shares where !isOdd {
      if case .figure(let figure) = states[part], case .figure(let most) = states[whole] {
        isOdd = figure > most
      }
    }
    for field in required where states[field] == .blank { tellBlank(line, field) }
    for field in plan.persons {
      guard case .value(.text(let text)) = states[field] else { continue }
      let count = plan.personNames.count(in: text)
      if count > 1 {
        tell(
          "L10", line: line, field: field,
          [
            "cell": MessageValue(content.lines.cell(line, field)), "value": MessageValue(text),
            "n": MessageValue(count),
          ])
      }
    }
    if isOdd { judgeOdd(line) }
  }

  /// A line as a form of its own.
  private mutating func judgeOdd(_ line: Int) {
    var single = submission
    single.list = nil
    single.readings = content.lines.readings(line, of: plan.fields)
    var judge = SubmissionJudge(single, plan: plan, engine: engine)
    judge.judgeLine()
    let row = content.lines.row(line)
    for finding in judge.findings {
      var finding = finding
      finding.row = row
      // What is no number is told as any other value is.
      if finding.rule == "C01" || finding.rule == "C03" { finding.rule = "L02" }
      findings.append(finding)
    }
  }

  private mutating func tellBlank(_ line: Int, _ field: Int) {
    tell(
      "L01", line: line, field: field,
      ["row": MessageValue(content.lines.row(line)), "field": MessageValue(name(field))])
  }

  // Lines that are alike

  private mutating func judgeKey(_ line: Int, _ states: [Reading.State], _ keys: inout [UInt64: Int]) {
    guard let key = ListKey(states, fields: keyFields) else { return }
    guard let first = keys[key.hash] else {
      keys[key.hash] = line
      return
    }
    let firstStates = content.lines.states(first)
    guard ListKey(firstStates, fields: keyFields)?.text == key.text else { return }
    tell(
      "L03", line: line, field: keyFields[0],
      [
        "row": MessageValue(content.lines.row(line)), "first": MessageValue(place(first, beside: line)),
        "fields": MessageValue(keyFields.map(name).joined(separator: "、")), "value": MessageValue(key.text),
      ])
  }

  private mutating func judgeCopy(_ line: Int, _ copies: inout [UInt64: Int]) {
    let bytes = values(of: line)
    let hash = ListKey.hash(bytes)
    guard let first = copies[hash] else {
      copies[hash] = line
      return
    }
    guard values(of: first).elementsEqual(bytes) else { return }
    tell(
      "L07", line: line, field: plan.fields.firstIndex { $0.type != .index } ?? 0,
      [
        "row": MessageValue(content.lines.row(line)), "first": MessageValue(place(first, beside: line)),
      ])
  }

  private func values(of line: Int) -> ArraySlice<UInt8> {
    corrected.contains(line) ? content.lines.countingContent(line) : content.lines.content(line)
  }

  /// How people know a line from another one.
  private func place(_ line: Int, beside other: Int) -> String {
    let row = String(content.lines.row(line))
    guard
      let sheet = content.lines.sheet(of: line)
        ?? (content.lines.sheet(of: other) == nil ? nil : submission.sheet),
      content.lines.sheet(of: line) != content.lines.sheet(of: other)
    else { return row }
    return "\(sheet)!\(row)"
  }

  // The list as a whole

  private mutating func judgeTotals() {
    guard let pages = content.pageTotals else { return judge(content.totals, against: sums) }
    // Each sheet's line adds up its own lines, or all so far.
    var soFar = sums.map { $0.map { _ in ExactSum() } }
    for page in pages {
      var own = sums.map { $0.map { _ in ExactSum() } }
      for line in 0..<content.lines.count where content.lines.partNumber(of: line) == page.part {
        for (field, state) in content.lines.states(line).enumerated() {
          if case .figure(let figure) = state {
            own[field]? += figure
            soFar[field]? += figure
          }
        }
      }
      judge(page.readings, against: own, orAgainst: soFar, onPart: page.part)
    }
  }

  private mutating func judge(
    _ totals: [Reading], against sums: [ExactSum?], orAgainst others: [ExactSum?]? = nil,
    onPart part: Int? = nil
  ) {
    let byKey = Dictionary(totals.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, field) in plan.fields.enumerated() where field.isAddable {
      guard let total = byKey[ListRules.totalKey(field.key)], let sum = sums[index]?.value else { continue }
      let words: [String: MessageValue] = ["field": MessageValue(name(index)), "sum": MessageValue(sum)]
      if case .blank = total.state, total.notes.isEmpty {
        if list.totals.contains(field.key), !list.totalsMayBeBlank, sum != 0 {
          tell("L05", "blank", at: total, expected: sum, words)
        }
        continue
      }
      guard let figure = total.figure else {
        tellUnreadable(total, of: field)
        continue
      }
      if figure == sum || figure == others?[index]?.value { continue }
      judgeDifference(total, figure: figure, sum: sum, field: index, onPart: part, words)
    }
  }

  private mutating func judgeDifference(
    _ total: Reading, figure: Decimal, sum: Decimal, field: Int, onPart part: Int?,
    _ words: [String: MessageValue]
  ) {
    var words = words
    words["value"] = MessageValue(figure)
    words["difference"] = MessageValue(abs(sum - figure))
    var search = ListTotalSearch(total: figure, sum: sum, isCount: plan.fields[field].measure.decimals == 0)
    for line in 0..<content.lines.count where part == nil || content.lines.partNumber(of: line) == part {
      if case .figure(let value) = content.lines.state(line, field) { search.weigh(line: line, value) }
    }
    let answers = search.answers(limit: 6)
    var candidates = answers.map { answer in
      Finding.Candidate(
        field: plan.fields[field].key, value: answer.value, why: answer.why,
        row: content.lines.row(answer.line))
    }
    if let why = search.totalReason {
      candidates.insert(Finding.Candidate(field: total.field, value: sum, why: why), at: 0)
    }
    func say(_ language: Language) -> String {
      let parts = answers.map { answer -> String in
        let row = content.lines.row(answer.line)
        switch (answer.why, language) {
        case ("line-missing", .chinese): return "合计可能漏加了第\(row)行（\(answer.old)）"
        case ("line-missing", .english): return "The total may leave out line \(row) (\(answer.old))"
        case ("line-twice", .chinese): return "合计可能多加了一次第\(row)行（\(answer.old)）"
        case ("line-twice", .english): return "The total may have line \(row) twice (\(answer.old))"
        case (_, .chinese): return "第\(row)行可能应为\(answer.value)"
        case (_, .english): return "Line \(row) may be \(answer.value)"
        }
      }
      let own =
        search.totalReason == nil ? [] : [language == .chinese ? "合计可能应为\(sum)" : "The total may be \(sum)"]
      return (own + parts).joined(separator: language == .chinese ? "；" : ". ")
    }
    words["list"] = MessageValue(LocalizedText(zh: say(.chinese), en: say(.english)))
    tell("L05", at: total, found: .figure(figure), expected: sum, candidates: candidates, words)
  }

  /// A 合计 that is no number.
  private mutating func tellUnreadable(_ total: Reading, of field: Field) {
    let cell = MessageValue(total.cell)
    for note in total.notes {
      switch note {
      case .error(let error):
        tell("C06", at: total, found: .text(error), ["cell": cell, "error": MessageValue(error)])
      default:
        tell(
          "L02", "type", at: total, found: .text(total.raw),
          ["cell": cell, "raw": MessageValue(total.raw), "type": MessageValue(FieldType.number.words)])
      }
      return
    }
  }

  /// F06: what nobody sees and counts.
  private mutating func judgeHidden() {
    for hidden in content.hidden {
      let sheet = hidden.sheet ?? submission.sheet
      if let row = hidden.rows.first?.lowerBound, hidden.isWhole {
        tellHidden("sheet", on: sheet, row: row, ["sheet": MessageValue(sheet)])
        continue
      }
      if let row = hidden.rows.first?.lowerBound {
        let rows = hidden.rows.map {
          $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)—\($0.upperBound)"
        }
        let shown = rows.prefix(Self.rangesShown).joined(separator: "、")
        let isAll = rows.count <= Self.rangesShown
        tellHidden(
          "lines", on: sheet, row: row,
          [
            "n": MessageValue(hidden.rows.reduce(0) { $0 + $1.count }),
            "rows": MessageValue(
              LocalizedText(
                zh: "第\(shown)行" + (isAll ? "" : "等"),
                en: (rows.count == 1 && hidden.rows[0].count == 1 ? "line " : "lines ")
                  + rows.prefix(Self.rangesShown).joined(separator: ", ").replacing("—", with: "–")
                  + (isAll ? "" : " …"))),
          ])
      }
      if let field = hidden.fields.first {
        let names = hidden.fields.map { plan.fields[$0].key.path.joined(separator: " ") }
        tellHidden(
          "columns", on: sheet, row: nil,
          [
            "fields": MessageValue(
              LocalizedText(zh: names.joined(separator: "、"), en: names.joined(separator: ", ")))
          ], field: plan.fields[field].key)
      }
    }
  }

  /// Ranges of lines that are told one by one.
  private static let rangesShown = 10

  private mutating func tellHidden(
    _ variant: String, on sheet: String, row: Int?, _ words: [String: MessageValue], field: FieldKey? = nil
  ) {
    var finding = RuleCatalogue.finding(
      "F06", variant, file: submission.file, form: submission.form, unit: submission.unit?.name,
      settings: plan.settings, words)
    finding.sheet = sheet
    finding.row = row
    finding.cell = row.map { CellReference(row: $0, column: 1) } ?? submission.shape.table?.first
    finding.field = field
    findings.append(finding)
  }

  private mutating func judgeGaps() {
    for gap in content.gaps {
      let (first, last) = (gap.rows.lowerBound, gap.rows.upperBound)
      let rows = LocalizedText(
        zh: first == last ? "第\(first)行" : "第\(first)—\(last)行",
        en: first == last ? "line \(first)" : "lines \(first)–\(last)")
      let variant =
        switch gap.kind {
        case .short: ""
        case .wide: "wide"
        case .belowTotal: "belowTotal"
        case .crossedOut: "crossedOut"
        }
      var finding = RuleCatalogue.finding(
        "L08", variant, file: submission.file, form: submission.form, unit: submission.unit?.name,
        settings: plan.settings, ["rows": MessageValue(rows), "n": MessageValue(gap.linesBelow)])
      finding.sheet = gap.sheet ?? submission.sheet
      finding.cell = CellReference(row: first, column: gap.column)
      finding.row = first
      findings.append(finding)
    }
  }

  private mutating func judgeCount() {
    let count = content.lines.count
    guard count < list.least || count > list.most else { return }
    var finding = RuleCatalogue.finding(
      "L09", file: submission.file, form: submission.form, unit: submission.unit?.name,
      settings: plan.settings,
      ["n": MessageValue(count), "least": MessageValue(list.least), "most": MessageValue(list.most)])
    finding.sheet = submission.sheet
    finding.cell = submission.shape.table?.first
    findings.append(finding)
  }

  // Telling

  private func name(_ field: Int) -> String { plan.fields[field].key.path.joined(separator: " ") }

  private mutating func tell(
    _ rule: String, line: Int, field: Int, _ words: [String: MessageValue]
  ) {
    var finding = RuleCatalogue.finding(
      rule, file: submission.file, form: submission.form, unit: submission.unit?.name,
      settings: plan.settings,
      words)
    finding.sheet = content.lines.sheet(of: line) ?? submission.sheet
    finding.row = content.lines.row(line)
    finding.cell = content.lines.cell(line, field)
    finding.field = plan.fields[field].key
    findings.append(finding)
  }

  private mutating func tell(
    _ rule: String, _ variant: String = "", at total: Reading, found: Finding.Value? = nil,
    expected: Decimal? = nil, candidates: [Finding.Candidate] = [], _ words: [String: MessageValue]
  ) {
    var finding = RuleCatalogue.finding(
      rule, variant, file: submission.file, form: submission.form, unit: submission.unit?.name,
      settings: plan.settings, words)
    finding.sheet = total.sheet ?? submission.sheet
    finding.cell = total.cell
    finding.row = total.cell?.row
    finding.field = total.field
    finding.found = found
    finding.expected = expected
    finding.candidates = candidates
    findings.append(finding)
  }
}
