import Foundation

/// The rules and their parameters, for people and programs to read: what `rules` prints.
extension RuleSettings {
  /// One parameter: the rules that use it, and what it says.
  struct Parameter {
    var rules: [String]
    var text: LocalizedText
  }

  /// Every parameter in the order of the catalogue.
  func parameters(of form: FormDefinition, campaign: Campaign) -> [Parameter] {
    var list: [Parameter] = []
    func add(_ rules: String..., zh chinese: String, en english: String) {
      list.append(Parameter(rules: rules, text: LocalizedText(zh: chinese, en: english)))
    }
    let deadline = form.deadline
    add(
      "D01", "D02", zh: "截止\(deadline)，应报\(form.dueFrom.count)个单位",
      en: "deadline \(deadline), due from \(form.dueFrom.count) units")
    for equation in form.equations {
      let parts = equation.parts.map(\.rawValue).joined(separator: " + ")
      add("T01", "T02", "T03", "T04", zh: "\(equation.total) = \(parts)", en: "\(equation.total) = \(parts)")
    }
    for pair in attendance {
      let band = "\(pair.perEvent.lowerBound)—\(pair.perEvent.upperBound)"
      add(
        "X01", "X02", "X03",
        zh: "\(pair.events) 与 \(pair.people)：场均\(band)" + (pair.mayLackPeople ? "；有场次无人数为核实" : ""),
        en: "\(pair.events) and \(pair.people): \(band) per event"
          + (pair.mayLackPeople ? "; events without people are a warning" : ""))
    }
    for pair in coverage {
      let band = "\(pair.perEvent.lowerBound)—\(pair.perEvent.upperBound)"
      add(
        "X03", "X04", "U02", zh: "\(pair.events) 与 \(pair.people)：场均\(band)",
        en: "\(pair.events) and \(pair.people): \(band) per event")
    }
    if !attendance.isEmpty || !coverage.isEmpty {
      add(
        "O01", zh: "场均人数与其他单位（\(unlikeness.leastOthers)个以上）中位数相差\(unlikeness.factor)倍以上",
        en:
          "people per event over \(unlikeness.factor) times above or below the median of the others (\(unlikeness.leastOthers) or more)"
      )
    }
    if let publicity {
      let events = publicity.events.map(\.rawValue).joined(separator: "、")
      add("X05", zh: "\(events) 与 \(publicity.reports)", en: "\(events) and \(publicity.reports)")
    }
    for channel in channels {
      add(
        "X06", "Y03", zh: "\(channel.name)：\(channel.fields.count)项",
        en: "\(channel.name): \(channel.fields.count) fields")
    }
    if !coverage.isEmpty {
      let band = "\(unitSlip.band.lowerBound)—\(unitSlip.band.upperBound)"
      add(
        "U01", zh: "达到指标的\(unitSlip.factor)倍；换算后在指标的\(band)倍之间为错误；无指标的按\(unitSlip.usualTarget)计",
        en:
          "from \(unitSlip.factor) times the target; an error if \(band) times when converted; without a target \(unitSlip.usualTarget)"
      )
      add(
        "U02", zh: "不足\(leastCoverage)，或场均不足\(leastCoveragePerEvent)",
        en: "below \(leastCoverage), or below \(leastCoveragePerEvent) per event")
    }
    if !form.equations.isEmpty {
      let powers = slippedPowers.map { "10^\($0)" }.joined(separator: ", ")
      add("U03", zh: "相差\(powers)倍", en: "off by \(powers)")
    }
    if !attendance.isEmpty { add("U04", zh: "小于\(smallPeople)的小数", en: "fractions below \(smallPeople)") }
    addTargets(of: form, campaign: campaign, to: &list)
    let listed = form.list.map { [ListRules.countKey] + $0.totals } ?? []
    if !year.sums.isEmpty || !listed.isEmpty {
      let names =
        listed.isEmpty ? year.sums.map(\.name) : listed.map { $0.path.joined(separator: " ") }
      add(
        "Y01", zh: "\(names.joined(separator: "、"))：变化超过\(year.change)且相差\(year.ignoredDifference)以上",
        en:
          "\(names.joined(separator: ", ")): change above \(year.change) and difference above \(year.ignoredDifference)"
      )
      if listed.isEmpty { add("Y03", zh: "容差\(year.shareTolerance)", en: "within \(year.shareTolerance)") }
    }
    return list
  }

  private func addTargets(of form: FormDefinition, campaign: Campaign, to list: inout [Parameter]) {
    if let target, let table = campaign.targets(for: form) {
      list.append(
        Parameter(
          rules: [target.shortfall],
          text: LocalizedText(
            zh: "\(table.label) \(table.title)，总计\(table.printedTotalText)",
            en: "\(table.label) \(table.title), \(table.printedTotalText) in all")))
    }
    if campaign.targets(for: form) != nil {
      let excess = target?.excess ?? TargetRule.usualExcess
      list.append(
        Parameter(
          rules: ["G02"], text: LocalizedText(zh: "超过目标的\(excess)倍", en: "above \(excess) times the target")))
    }
    for minimum in minimums {
      let fields = minimum.fields.map(\.rawValue).joined(separator: " + ")
      switch minimum.audience {
      case .groups(let groups):
        let names = groups.map { id in campaign.groups.first { $0.id == id }?.name ?? id }
        list.append(
          Parameter(
            rules: minimum.asksForDetail ? ["G03", "G04"] : ["G03"],
            text: LocalizedText(
              zh: "\(names.joined(separator: "、"))：\(fields) 不少于\(minimum.least)",
              en: "\(names.joined(separator: ", ")): \(fields) at least \(minimum.least)")))
      case .outside:
        let names = campaign.outsideUnits.map { campaign.unit(code: $0)?.name ?? $0 }
        list.append(
          Parameter(
            rules: ["G06"],
            text: LocalizedText(
              zh: "\(names.joined(separator: "、"))：\(fields) 不少于\(minimum.least)",
              en: "\(names.joined(separator: ", ")): \(fields) at least \(minimum.least)")))
      }
    }
    if !kinds.isEmpty {
      let names = kinds.map(\.name)
      list.append(
        Parameter(
          rules: ["G07"],
          text: LocalizedText(zh: names.joined(separator: "、"), en: names.joined(separator: ", "))))
    }
  }
}

extension RuleCatalogue {
  /// The catalogue and the campaign's parameters as tables.
  public static func text(for campaign: Campaign, language: Language) -> String {
    var lines = rules.map { rule in
      "\(rule.id)  \(rule.severity.word.text(in: language).padded(to: 7))  \(rule.summary.text(in: language))"
    }
    if !campaign.checks.isEmpty {
      lines += ["", language == .chinese ? "本活动的核对关系" : "checks of this campaign"]
      lines += campaign.checks.map { check in
        let form = check.form.flatMap { id in campaign.forms.first { $0.id == id }?.label }
        let each = check.eachRow ? (language == .chinese ? "（逐行）" : " (each line)") : ""
        return "\(check.id)  \(check.severity.word.text(in: language).padded(to: 7))  "
          + (form.map { "\($0)\(each)：" } ?? "") + check.formula
      }
    }
    for form in campaign.forms {
      lines += ["", "\(form.label) \(form.title)"]
      lines += form.rules.parameters(of: form, campaign: campaign).map { parameter in
        "\(parameter.rules.joined(separator: " ").padded(to: 15))  \(parameter.text.text(in: language))"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The catalogue and the campaign's parameters for programs.
  public static func json(for campaign: Campaign, language: Language) -> JSONValue {
    [
      "campaign": .string(campaign.id),
      "rules": .array(
        rules.map { rule in
          [
            "rule": .string(rule.id), "severity": .string(rule.severity.rawValue),
            "summary": .string(rule.summary.text(in: language)),
            "messages": .object(
              rule.messages.sorted { $0.key < $1.key }.map {
                .init($0.key, .string($0.value.text(in: language)))
              }),
          ]
        }),
      "checks": .array(
        campaign.checks.map { check in
          [
            "rule": .string(check.id), "severity": .string(check.severity.rawValue),
            "form": .string(orNull: check.form), "each": check.eachRow ? "row" : .null,
            "check": .string(check.formula), "message": .string(orNull: check.message),
            "tolerance": .number(orNull: check.tolerance),
          ]
        }),
      "forms": .object(
        campaign.forms.map { form in
          .init(
            form.id,
            .array(
              form.rules.parameters(of: form, campaign: campaign).map { parameter in
                [
                  "rules": .array(parameter.rules.map(JSONValue.string)),
                  "parameter": .string(parameter.text.text(in: language)),
                ]
              }))
        }),
    ]
  }
}

extension String {
  /// With spaces at the end, up to a width in the terminal.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }
}
