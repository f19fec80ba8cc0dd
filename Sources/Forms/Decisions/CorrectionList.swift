import Foundation
import XLSX

/// The corrections that a clerk accepted: the list that `check --suggest` writes, decided on and given to `merge`.
public struct CorrectionList: Sendable {
  /// The lines that say 是, in their order, whether or not they can be applied.
  public private(set) var corrections: [Correction] = []

  /// The headings of the list. Only these are needed: the others are for people.
  enum Heading {
    static let accepted = "采纳"
    static let value = "更正值"
    static let officer = "经办人"
    static let reason = "原因"
    static let file = "文件"
    static let sheet = "工作表"
    static let cell = "单元格"
    static let field = "数据项"
    static let old = "原值"
    static let proposed = "建议值"
    static let rule = "规则"
    static let group = "同组"
  }

  /// What the column 同组 says behind its number.
  enum GroupKind {
    static let exclusive = "择一"
    static let together = "成对"
  }

  private static let yes: Set<String> = ["是", "采纳", "y", "yes", "true", "1", "√", "✓"]
  private static let no: Set<String> = ["", "否", "不采纳", "n", "no", "false", "0", "×", "x"]

  static let neededColumns: [DecisionTable.Column] = [
    Heading.accepted, Heading.officer, Heading.reason, Heading.file, Heading.sheet, Heading.cell, Heading.old,
  ].map { .init(name: $0) }
  static let optionalColumns: [DecisionTable.Column] = [
    Heading.value, Heading.proposed, Heading.field, Heading.rule, Heading.group,
  ].map { .init(name: $0, isRequired: false) }

  /// Whether what stands in the column 采纳 is a yes.
  static func isAccepted(_ answer: String) -> Bool { yes.contains(answer.lowercased()) }

  /// Reads a list.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or lacks a column.
  public init(path: String) throws {
    let table = try DecisionTable(path: path, columns: Self.neededColumns + Self.optionalColumns)
    var groupSizes: [String: Int] = [:]
    for line in table.lines {
      let group = line.text(Heading.group)
      if !group.isEmpty { groupSizes[group, default: 0] += 1 }
      let answer = line.text(Heading.accepted).lowercased()
      if Self.no.contains(answer) { continue }
      corrections.append(Self.correction(line, isYes: Self.yes.contains(answer)))
    }
    refuseConflicts(groupSizes)
  }

  private static func correction(_ line: DecisionTable.Line, isYes: Bool) -> Correction {
    let isTyped = !line.text(Heading.value).isEmpty
    let column = isTyped ? Heading.value : Heading.proposed
    let typed = line.value(column)
    let field = line.text(Heading.field)
    var correction = Correction(
      line: line.number, file: line.text(Heading.file), sheet: line.value(Heading.sheet).words,
      cell: CellReference(line.text(Heading.cell)), field: field.isEmpty ? nil : FieldKey(rawValue: field),
      old: line.day(Heading.old)?.description ?? line.text(Heading.old), value: Decimal(decision: typed),
      typed: line.day(column)?.description ?? line.text(column), isPercent: line.isPercent(column),
      hasLostDigits: typed.hasLostDigits,
      rule: line.text(Heading.rule), officer: line.text(Heading.officer), reason: line.text(Heading.reason),
      group: line.text(Heading.group))
    correction.refusal = Self.problem(of: correction, isYes: isYes, isTyped: isTyped)
    return correction
  }

  private static func problem(of correction: Correction, isYes: Bool, isTyped: Bool) -> LocalizedText? {
    if !isYes { return LocalizedText(zh: "“采纳”一栏应填是或否", en: "采纳 must be 是 or 否") }
    var missing: [String] = []
    if correction.officer.isEmpty { missing.append(Heading.officer) }
    if correction.reason.isEmpty { missing.append(Heading.reason) }
    if !missing.isEmpty {
      return LocalizedText(
        zh: "未填\(missing.joined(separator: "、"))", en: "\(missing.joined(separator: ", ")) not filled in")
    }
    if correction.cell == nil { return LocalizedText(zh: "单元格不正确", en: "the cell is not one") }
    if correction.typed.isEmpty {
      return LocalizedText(zh: "没有建议值，须填更正值", en: "there is no proposed value: fill in 更正值")
    }
    return nil
  }

  /// Two answers for one cell, two of several possible explanations, or half of what belongs together: none counts.
  private mutating func refuseConflicts(_ groupSizes: [String: Int]) {
    let byCell = Dictionary(grouping: corrections.indices) { index in
      [corrections[index].file, corrections[index].sheet, corrections[index].cell?.description ?? ""]
    }
    for (_, indices) in byCell where indices.count > 1 {
      for index in indices {
        refuse(
          index,
          LocalizedText(zh: "同一单元格采纳了\(indices.count)行", en: "\(indices.count) rows accepted for one cell"))
      }
    }
    let byGroup = Dictionary(grouping: corrections.indices.filter { !corrections[$0].group.isEmpty }) {
      corrections[$0].group
    }
    for (group, indices) in byGroup {
      if group.contains(GroupKind.together) {
        guard indices.count != groupSizes[group] else { continue }
        for index in indices { refuse(index, Self.half) }
      } else if indices.count > 1 {
        for index in indices {
          refuse(
            index, LocalizedText(zh: "同组的几种可能只能采纳一种", en: "of the rows of a group only one can be accepted"))
        }
      }
    }
    refuseHalves()
  }

  private static let half = LocalizedText(
    zh: "成对的更正须一同采纳、填全", en: "goes with other rows, which must be accepted and complete too")

  /// Of corrections that go together all are applied or none.
  private mutating func refuseHalves() {
    let broken = Set(
      corrections.filter { !$0.isApplied && $0.group.contains(GroupKind.together) }.map(\.group))
    for index in corrections.indices where broken.contains(corrections[index].group) {
      refuse(index, Self.half)
    }
  }

  private mutating func refuse(_ index: Int, _ why: LocalizedText) {
    corrections[index].refusal = corrections[index].refusal ?? why
  }
}

extension CorrectionList {
  /// Puts the corrected values in place of the reported ones and judges what they touch anew.
  ///
  /// A correction whose cell is not there or holds something else than the list says changes nothing and is refused.
  mutating func apply(to submissions: inout [Submission], engine: RuleEngine) {
    var places: [Int: Place] = [:]
    let byFile = Dictionary(grouping: submissions.indices) { submissions[$0].file }
    for index in corrections.indices where corrections[index].isApplied {
      switch Self.find(corrections[index], in: submissions, byFile, engine.campaign) {
      case .failure(let refusal): corrections[index].refusal = refusal.why
      case .success(let place):
        let submission = submissions[place.submission]
        let field = engine.campaign.form(submission.form)?.field(place.reading.field)
        corrections[index].refusal = corrections[index].settle(as: field, year: engine.campaign.year)
        corrections[index].form = submission.form
        corrections[index].unit = submission.unit?.name
        corrections[index].field = place.reading.field
        places[index] = place
      }
    }
    refuseHalves()
    var touched: Set<Int> = []
    for index in corrections.indices where corrections[index].isApplied {
      let correction = corrections[index]
      guard let place = places[index], let value = correction.word ?? correction.value.map({ .figure($0) })
      else { continue }
      submissions[place.submission].correct(place.spot, place.reading, to: value, by: correction)
      touched.insert(place.submission)
    }
    for index in touched {
      if let form = engine.campaign.form(submissions[index].form) { submissions[index].recalculate(form) }
      engine.judge(&submissions[index])
    }
  }

  /// Says of corrections of files that do not count that they change nothing.
  mutating func refuseUnused(_ submissions: [Submission]) {
    let unused = Set(submissions.filter(\.isSuperseded).map { [$0.file, $0.sheet, $0.form] })
    for index in corrections.indices where corrections[index].isApplied {
      let correction = corrections[index]
      guard unused.contains([correction.file, correction.sheet, correction.form ?? ""]) else { continue }
      corrections[index].refusal = LocalizedText(
        zh: "该文件已被较新的一份替代，更正没有作用", en: "a newer file counts instead of this one")
    }
  }

  private struct Refusal: Error {
    var why: LocalizedText
    init(_ zh: String, _ en: String) { why = LocalizedText(zh: zh, en: en) }
  }

  /// Where a correction belongs.
  private struct Place {
    var submission: Int
    var spot: FigureSpot
    var reading: Reading
  }

  private static func find(
    _ wanted: Correction, in submissions: [Submission], _ byFile: [String: [Int]], _ campaign: Campaign
  ) -> Result<Place, Refusal> {
    guard let inFile = byFile[wanted.file] else {
      return .failure(Refusal("本次没有读到这个文件中的表", "no form of this file was read"))
    }
    let onSheet = inFile.filter { submissions[$0].sheet == wanted.sheet || submissions[$0].list != nil }
    guard !onSheet.isEmpty else { return .failure(Refusal("文件中这个工作表没有表", "no form on this sheet")) }
    let places = onSheet.flatMap { submission in
      submissions[submission].figures(at: wanted.cell, sheet: wanted.sheet, campaign).filter { _, reading in
        wanted.field == nil || reading.field == wanted.field
      }.map { Place(submission: submission, spot: $0, reading: $1) }
    }
    guard let place = places.first else {
      return .failure(Refusal("单元格不是这个数据项所在", "the cell does not hold this figure"))
    }
    guard places.count == 1 else {
      return .failure(Refusal("单元格被几个数据项合用，须由单位更正", "several figures share the cell"))
    }
    let reading = place.reading
    guard reading.isWritten(as: wanted.old) else {
      let type = campaign.form(submissions[place.submission].form)?.field(reading.field)?.type
      let found = PersonalData.masked(reading.figure?.plainText ?? reading.oldText, type: type)
      let old = PersonalData.masked(wanted.old, type: type)
      return .failure(
        Refusal("原值已不是“\(old)”，现为“\(found)”", "the cell no longer holds “\(old)” but “\(found)”"))
    }
    return .success(place)
  }
}

extension Reading {
  /// What stands there, as the list of corrections shows it.
  var oldValue: CellValue { figure.map { .figure($0) } ?? .words(oldText) }

  /// What stands there, as a decision names it: a day by its date, whatever number the cell holds for it.
  var oldText: String {
    switch state {
    case .figure(let figure): figure.description
    case .value(.date(let date)): date.description
    default: raw.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// Whether this is what the list of corrections says that stood there.
  func isWritten(as text: String) -> Bool {
    if let figure, Decimal(decision: .text(text)) == figure { return true }
    return text == oldText || text == raw.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  mutating func correct(to value: FieldValue, by correction: Correction) {
    if case .figure(let figure) = value { state = .figure(figure) } else { state = .value(value) }
    notes = [.corrected(correction)]
    formula = nil
  }
}

extension Submission {
  /// Totals that the unit's own formulas add up follow their parts, as they would in the unit's program.
  fileprivate mutating func recalculate(_ form: FormDefinition) {
    let index = Dictionary(
      readings.enumerated().map { ($1.field, $0) }, uniquingKeysWith: { first, _ in first })
    // A total of totals is reached in the second round.
    for _ in 0..<2 {
      for equation in form.equations {
        guard let total = index[equation.total], let formula = readings[total].formula,
          let tree = try? FormulaParser.parse(formula)
        else { continue }
        let parts = equation.parts.compactMap { index[$0].map { readings[$0] } }
        let sum = FormulaSum(tree, sheet: sheet)
        let cells = parts.compactMap(\.cell)
        guard parts.count == equation.parts.count, cells.count == parts.count, sum.isSum, sum.constant == 0,
          !sum.reachesOutside, sum.cells.count == cells.count, cells.allSatisfy({ sum.cells[$0] == 1 }),
          parts.contains(where: { $0.correction != nil || $0.notes.contains(.evaluated) }),
          parts.allSatisfy({ $0.figure != nil || $0.state == .blank })
        else { continue }
        readings[total].state = .figure(parts.reduce(0) { $0 + ($1.figure ?? 0) })
        readings[total].notes = [.evaluated]
      }
    }
  }
}
