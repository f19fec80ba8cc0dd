import Foundation

/// D05: several versions of one form of a unit, and forms copied from another unit.
extension ReportJudge {
  mutating func judgeVersions() {
    var versions: [Obligation: [Int]] = [:]
    for (index, submission) in report.submissions.enumerated() {
      guard let unit = submission.unit else { continue }
      versions[Obligation(form: submission.form, unit: unit.code), default: []].append(index)
    }
    for indices in versions.values where indices.count > 1 {
      // What is newer is asked first, and then which of them may count.
      let byTime = newestFirst(indices, kind: nil)
      let kind = kind(of: byTime)
      let ordered = newestFirst(byTime, kind: kind)
      adopt(ordered[0], over: Array(ordered.dropFirst()), kind: kind, all: byTime)
    }
  }

  private func kind(of ordered: [Int]) -> VersionKind {
    guard let plan = engine.plans[report.submissions[ordered[0]].form] else { return .plain }
    let versions = ordered.map { report.submissions[$0] }
    // What an office below handed up, and what was sent again after a return, is no part of anything.
    guard versions.allSatisfy({ $0.office == nil && $0.returned == nil }) else { return .plain }
    return VersionKind(
      versions, inputs: plan.inputs, measures: plan.inputs.map { plan.fields[$0].measure.unit })
  }

  /// - Parameter kind: How the versions belong together, by their positions in `indices`; `nil` if that is not known yet.
  private func newestFirst(_ indices: [Int], kind: VersionKind?) -> [Int] {
    let usesReceipt = indices.allSatisfy { report.submissions[$0].received != nil }
    let isReturned = indices.contains { report.submissions[$0].returned != nil }
    let keys = indices.enumerated().map { position, index in
      var month = 13
      var isWhole = kind == nil || isReturned || isWhole(index)
      switch kind {
      case .months(let months): month = months[position] ?? 13
      case .increment(let part, _) where part == position: isWhole = false
      default: break
      }
      return VersionOrder.key(
        report.submissions[index], hasFigures: hasFigures(index), asOf: engine.asOf, month: month,
        isWhole: isWhole, usesReceipt: usesReceipt)
    }
    return zip(indices, keys).sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// Whether no figure is blank or missing.
  private func isWhole(_ index: Int) -> Bool {
    let submission = report.submissions[index]
    guard let plan = engine.plans[submission.form] else { return true }
    let readings = submission.readings
    return plan.inputs.allSatisfy {
      guard readings.indices.contains($0) else { return false }
      switch readings[$0].state {
      case .figure, .value, .unreadable: return true
      case .blank, .missing: return false
      }
    }
  }

  private func hasFigures(_ index: Int) -> Bool {
    !report.submissions[index].findings.contains { $0.rule == "D04" }
  }

  private mutating func adopt(_ adopted: Int, over others: [Int], kind: VersionKind, all: [Int]) {
    let isSettled = kind == .plain && others.allSatisfy { settles(adopted, $0) }
    for other in others {
      report.submissions[other].isSuperseded = true
      // Nobody needs to correct what was replaced; only why a later date does not count is told.
      let dated = report.submissions[other].head[.filledOn]?.cell
      let isFuture = report.submissions[other].filledOn.map { $0 > engine.asOf } ?? false
      report.submissions[other].findings.removeAll {
        !isFuture || $0.rule != "H02" || $0.cell != dated
      }
      replacedBy[other] = adopted
    }
    judgeOffices(adopted, others)
    let submission = report.submissions[adopted]
    guard let unit = submission.unit, let form = campaign.form(submission.form) else { return }
    // One line per figure, however many versions say otherwise.
    var differences: [String] = []
    for (position, reading) in submission.readings.enumerated() {
      let isInput = form.field(reading.field)?.isInput == true
      let values = others.compactMap { other -> Reading? in
        // A total in an office's workbook is that workbook's sum and was reported by nobody.
        let isWorkedOut = submission.office != nil || report.submissions[other].office != nil
        guard isInput || !isWorkedOut else { return nil }
        let readings = report.submissions[other].readings
        guard readings.indices.contains(position), readings[position].state != reading.state else {
          return nil
        }
        return readings[position]
      }
      guard !values.isEmpty else { continue }
      var texts: [String] = []
      for value in values.map(Self.text) where !texts.contains(value) { texts.append(value) }
      let name = reading.field.path.joined(separator: " ")
      differences.append("\(name) \(Self.text(reading))（\(texts.joined(separator: "、"))）")
    }
    differences += others.compactMap { listDifference(report.submissions[$0], from: submission) }
    if differences.isEmpty, others.allSatisfy({ hasSameLines($0, as: submission) }) { return }
    var variant = differences.isEmpty ? "same" : "versions"
    var words: [String: MessageValue] = [
      "unit": MessageValue(unit.name), "form": MessageValue(form.label),
      "n": MessageValue(others.count + 1), "file": place(of: adopted, among: all),
      "m": MessageValue(differences.count), "list": SubmissionJudge.list(differences),
    ]
    if let told = self.words(for: kind, of: all) {
      variant = told.variant
      words.merge(told.words) { $1 }
    }
    report.submissions[adopted].findings.append(
      RuleCatalogue.finding(
        "D05", variant, severity: isSettled ? .info : nil, file: submission.file, form: submission.form,
        unit: unit.name, settings: form.rules, words))
  }

  /// Whether a version is another one sent again after a return, in which nothing of what was found there is left.
  private func settles(_ newer: Int, _ older: Int) -> Bool {
    guard let stamp = report.submissions[newer].returned,
      stamp.round > report.submissions[older].returned?.round ?? 0
    else { return false }
    func open(_ index: Int) -> Set<String> {
      Set(
        report.submissions[index].findings.filter { $0.severity != .info }.map {
          "\($0.rule) \($0.field?.rawValue ?? "")"
        })
    }
    return open(newer).isDisjoint(with: open(older))
  }

  /// What a kind of versions is called, and what would follow from it: a sum, or all figures together.
  private func words(for kind: VersionKind, of all: [Int]) -> (
    variant: String, words: [String: MessageValue]
  )? {
    switch kind {
    case .plain: return nil
    case .months(let months):
      let parts = all.indices.filter { months[$0] != nil }.sorted { (months[$0] ?? 0) < (months[$1] ?? 0) }
      return (
        "months",
        [
          "names": names(parts.map { all[$0] }, among: all), "k": MessageValue(parts.count),
          "list": SubmissionJudge.list(sums(parts.map { all[$0] })),
        ]
      )
    case .halves:
      let blanks = blanksInAll(all)
      return (
        blanks == 0 ? "halves" : "halvesBlank",
        [
          "names": names(all.sorted(), among: all), "blank": MessageValue(blanks),
          "list": SubmissionJudge.list(sums(all)),
        ]
      )
    case .increment(let part, let whole):
      return (
        "increment",
        [
          "part": place(of: all[part], among: all), "whole": place(of: all[whole], among: all),
          "list": SubmissionJudge.list(sums([all[part], all[whole]])),
        ]
      )
    }
  }

  /// The sum of each figure over some versions.
  private func sums(_ indices: [Int]) -> [String] {
    guard let first = indices.first, let plan = engine.plans[report.submissions[first].form] else {
      return []
    }
    return plan.inputs.compactMap { field in
      let figures = indices.compactMap { index -> Decimal? in
        let readings = report.submissions[index].readings
        return readings.indices.contains(field) ? readings[field].figure : nil
      }
      guard !figures.isEmpty else { return nil }
      return "\(plan.fields[field].key.path.joined(separator: " ")) \(figures.reduce(0, +).plainText)"
    }
  }

  /// How many figures none of some versions has.
  private func blanksInAll(_ indices: [Int]) -> Int {
    guard let plan = engine.plans[report.submissions[indices[0]].form] else { return 0 }
    return plan.inputs.count { field in
      indices.allSatisfy { index in
        let readings = report.submissions[index].readings
        return !readings.indices.contains(field) || readings[field].figure == nil
      }
    }
  }

  private func names(_ indices: [Int], among all: [Int]) -> MessageValue {
    SubmissionJudge.list(indices.map { place(of: $0, among: all).text.chinese }, limit: 12)
  }

  /// Where a version stands, as far as that tells it from the others: the file, the sheet, or both.
  private func place(of index: Int, among all: [Int]) -> MessageValue {
    let submission = report.submissions[index]
    let files = Set(all.map { report.submissions[$0].file })
    let inFile = all.filter { report.submissions[$0].file == submission.file }
    let sheets = Set(inFile.map { report.submissions[$0].sheet })
    let name = Self.name(of: submission.file)
    if let line = submission.line, inFile.count > 1 {
      return MessageValue(LocalizedText(zh: "\(name)第\(line)行", en: "\(name) row \(line)"))
    }
    if sheets.count == 1 { return MessageValue(name) }
    return MessageValue(files.count == 1 ? submission.sheet : "\(name) \(submission.sheet)")
  }

  /// Whether the lines around a table say the same, too: then it is one report sent twice.
  private func hasSameLines(_ index: Int, as submission: Submission) -> Bool {
    let other = report.submissions[index]
    return other.filledOn == submission.filledOn && other.filledBy == submission.filledBy
      && other.phone == submission.phone
  }

  /// What stands in a cell, for comparing versions; `—` for nothing.
  private static func text(_ reading: Reading) -> String {
    switch reading.state {
    case .figure(let figure): figure.plainText
    case .value(let value): value.text
    case .unreadable: "“\(reading.raw)”"
    case .blank, .missing: "—"
    }
  }

  /// A file's own name, without the folders.
  static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }

  /// Whether a superseded version says something else than the one that counts.
  func isDifferent(_ index: Int) -> Bool {
    guard let newer = replacedBy[index] else { return true }
    let (older, replacing) = (report.submissions[index], report.submissions[newer])
    return older.readings.map(\.state) != replacing.readings.map(\.state)
      || listDifference(older, from: replacing) != nil
  }

  /// How the lines of two versions of a list differ; `nil` where they are the same.
  private func listDifference(_ older: Submission, from newer: Submission) -> String? {
    guard let a = older.list?.lines, let b = newer.list?.lines, !a.hasSameContent(as: b) else { return nil }
    let known = Set((0..<b.count).map { ListKey.hash(b.content($0)) })
    let gone = (0..<a.count).count { !known.contains(ListKey.hash(a.content($0))) }
    return "行数 \(b.count)（\(a.count)，其中\(gone)行与采用的不同）"
  }

  /// Two units whose inputs are all the same, and not all 0.
  mutating func judgeCopies() {
    // By a mark of their figures first: all figures of a country, as keys, have no room.
    var marked: [Int: [Int]] = [:]
    for (index, submission) in report.submissions.enumerated() where submission.isUsable {
      if let copy = Copy(submission, engine) { marked[copy.hashValue, default: []].append(index) }
    }
    for indices in marked.values where indices.count > 1 {
      let same = Dictionary(grouping: indices, by: { Copy(report.submissions[$0], engine) })
      for indices in same.values where indices.count > 1 { tellCopies(indices) }
    }
  }

  private mutating func tellCopies(_ indices: [Int]) {
    for index in indices {
      guard let other = indices.first(where: { $0 != index }) else { continue }
      tellCopy(index, of: other)
    }
  }

  private struct Copy: Hashable {
    var form: String
    var figures: [Decimal?]

    /// `nil` for a form that is not whole, or full of zeros.
    init?(_ submission: Submission, _ engine: RuleEngine) {
      let readings = submission.readings
      guard let plan = engine.plans[submission.form], readings.count == plan.fields.count else { return nil }
      form = submission.form
      figures = plan.inputs.map { readings[$0].figure }
      guard figures.count > 1, !figures.contains(nil), figures.contains(where: { $0 != 0 }) else {
        return nil
      }
    }
  }

  private mutating func tellCopy(_ index: Int, of other: Int) {
    let submission = report.submissions[index]
    let original = report.submissions[other]
    report.submissions[index].findings.append(
      RuleCatalogue.finding(
        "D05", "copy", file: submission.file, form: submission.form, unit: submission.unit?.name,
        settings: campaign.form(submission.form)?.rules,
        [
          "unit2": MessageValue(original.unit?.name ?? ""),
          "file2": MessageValue(Self.name(of: original.file)),
        ]))
  }
}
