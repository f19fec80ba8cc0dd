extension LearnedCampaign {
  private static let words = LearnWords.builtin

  /// A form's file.
  func formText(_ form: LearnedForm) -> String {
    let known = base?.form(like: form)
    let old = known.flatMap { base?.node(of: $0) }
    var entries: [YAMLPair] = [
      ("id", .text(form.id)), ("label", .text(form.label)),
    ]
    if form.kind == .list { entries.append(("kind", .plain("list"))) }
    entries.append(("title", .text(yearless(form.title))))
    let titles = titleAliases(form, known: known, old: old)
    if !titles.isEmpty { entries.append(("titleAliases", .texts(titles))) }
    if let due = old?["dueFrom"] {
      entries.append(("dueFrom", YAMLText(due)))
    } else if let due = due(form) {
      entries.append(("dueFrom", due))
    }
    if let blank = form.blank { entries.append(("blank", .text(blank))) }
    let isKept = known.map { isSame(form, as: $0) } ?? false
    if isKept, let old {
      for key in ["rows", "columns", "totals", "groups"] {
        if let node = old[key] { entries.append((key, YAMLText(node))) }
      }
    } else {
      if form.kind == .matrix, !form.rows.isEmpty {
        entries.append(("rows", .list(headings(form.rows, known: known?.rows ?? []))))
      }
      if !form.columns.isEmpty {
        entries.append(("columns", .list(headings(form.columns, known: known?.columns ?? []))))
      }
      if form.kind == .list {
        var rows: [YAMLPair] = [("blank", .plain(String(max(1, form.blankLines))))]
        if !form.key.isEmpty { rows.append(("key", .texts(form.key))) }
        if !form.totals.isEmpty, !form.printsTotals { rows.append(("blankTotals", .plain("true"))) }
        entries.append(("rows", .pairs(rows)))
        entries.append(("totals", .texts(form.totals)))
        let groups = form.fields.filter { $0.type == .choice }.map(\.key)
        if !groups.isEmpty { entries.append(("groups", .texts(groups))) }
      }
    }
    if let checks = checks(form, old: isKept ? old : nil) { entries.append(("checks", checks)) }
    if let layout = old?["layout"], isKept {
      entries.append(("layout", withoutTitles(YAMLText(layout))))
    } else if let layout = layout(form) {
      entries.append(("layout", layout))
    }
    if let unasked = unasked(form, old: old) { entries.append(("unasked", unasked)) }
    if let rules = rules(form, known: known, old: old, isKept: isKept) { entries.append(("rules", rules)) }
    let lines = ["# \(form.label)：\(form.title.onOneLine)"]
    return (lines + YAMLText.pairs(entries).lines()).joined(separator: "\n") + "\n"
  }

  /// Last year's checks where the headings stayed, else what the workbook checks. Ids go on over all forms.
  private func checks(_ form: LearnedForm, old: YAMLMapping?) -> YAMLText? {
    if let old { return old["checks"].map { YAMLText($0) } }
    let before = forms.prefix { $0.id != form.id }.reduce(0) { $0 + $1.checks.count }
    guard !form.checks.isEmpty else { return nil }
    return .list(
      form.checks.enumerated().map { index, check in
        let number = before + index + 1
        var entries: [YAMLPair] = [("id", .text((number < 10 ? "Z0" : "Z") + String(number)))]
        if form.kind == .list { entries.append(("each", .plain("row"))) }
        entries.append(("check", .text(check.formula)))
        if check.isWarning { entries.append(("severity", .plain("warning"))) }
        if let tolerance = check.tolerance { entries.append(("tolerance", .plain(tolerance))) }
        if let message = check.message { entries.append(("message", .text(message))) }
        return .pairs(entries)
      })
  }

  /// The usual lines around a form that this one does not print.
  private func unasked(_ form: LearnedForm, old: YAMLMapping?) -> YAMLText? {
    if base != nil { return old?["unasked"].map { YAMLText($0) } }
    let roles: [FormDefinition.HeadLine.Role] = [.filledOn, .filledBy, .phone]
    let missing = roles.filter { role in !form.heads.contains { $0.role == role } }
    return missing.isEmpty ? nil : .texts(missing.map(\.rawValue))
  }

  /// The units of the form's table of targets owe it, where the notice does not ask all of them: a form whose targets
  /// leave units out is still due from all, as in notices that set no target for some.
  private func due(_ form: LearnedForm) -> YAMLText? { nil }

  private func titleAliases(_ form: LearnedForm, known: FormDefinition?, old: YAMLMapping?) -> [String] {
    var titles = (try? old?["titleAliases"]?.strings()) ?? []
    let own = LabelText.key(form.title)
    func add(_ title: String) {
      let key = LabelText.key(title)
      guard key != own, key.count >= 4, LabelText.key(yearless(form.title)) != key,
        !titles.contains(where: { LabelText.key($0) == key }),
        !forms.contains(where: { $0.id != form.id && LabelText.key($0.title) == key })
      else { return }
      titles.append(title)
    }
    if let known { add(known.title.replacing(String(base?.campaign.year ?? 0), with: "{lastYear}")) }
    if known == nil {
      // Without the year, with last year's, and without what is quoted in front.
      let plain = yearless(form.title)
      add(
        ["（{year}年度）", "({year}年度)", "（{year}年）", "({year}年)", "{year}年度", "{year}年"].reduce(plain) {
          $0.replacing($1, with: "")
        })
      if plain.contains("{year}年") {
        add(plain.replacing("{year}年", with: "{lastYear}年"))
      } else {
        add("{year}年" + plain)
      }
    }
    return titles
  }

  /// Whether the headings, their measures and totals are what they were.
  func isSame(_ form: LearnedForm, as known: FormDefinition) -> Bool {
    let fields = form.fields
    let figures = known.fields
    guard form.kind == .matrix, fields.count == figures.count else { return false }
    return zip(fields, figures).allSatisfy { field, figure in
      LabelText.key(field.key) == LabelText.key(figure.key.rawValue)
        && (field.measure == figure.measure.unit || field.measure == nil
          || field.row.last?.isMeasureGuessed == true || field.column.last?.isMeasureGuessed == true)
        && field.totals.isEmpty == figure.isInput
    }
  }

  /// The keys of a form's fields as they are written.
  func keptFields(_ fields: [String], of form: LearnedForm) -> [String] { fields }

  private func headings(_ nodes: [LearnedForm.Node], known: [Heading]) -> [YAMLText] {
    let names = nodes.flatMap { [$0.name, $0.printed] }.map(LabelText.key)
    var taken = Set(names)
    let shared = nodes.count > 1 ? sharedPrefix(nodes.map(\.name).filter { !Self.words.isTotal($0) }) : 0
    return nodes.map { node in
      let old = known.first { heading in
        ([heading.name, heading.printed] + heading.aliases).contains {
          LabelText.key($0) == LabelText.key(node.name)
        }
      }
      var aliases: [String] = []
      func add(_ alias: String) {
        guard LabelText.key(alias).count >= 1, taken.insert(LabelText.key(alias)).inserted else { return }
        aliases.append(alias)
      }
      for alias in old?.aliases ?? [] { add(alias) }
      if let old, LabelText.key(old.name) != LabelText.key(node.name) { add(old.name) }
      if !Self.words.isTotal(node.name) || nodes.filter({ $0.total != nil }).count == 1 {
        for alias in Self.words.synonyms(of: node.name) { add(alias) }
      }
      if shared > 0, node.name.count - shared >= 2, !Self.words.isTotal(node.name) {
        let short = String(node.name.dropFirst(shared))
        add(short)
        for alias in Self.words.synonyms(of: short) { add(alias) }
      }
      return heading(node, aliases: aliases, known: old?.children ?? [])
    }
  }

  /// How many characters all names begin with: 送 of 送文艺, 送电影.
  private func sharedPrefix(_ names: [String]) -> Int {
    guard names.count >= 3, let first = names.first else { return 0 }
    let shortest = names.map(\.count).min() ?? 0
    var count = 0
    while count < shortest - 1,
      names.allSatisfy({ $0.dropFirst(count).first == first.dropFirst(count).first })
    { count += 1 }
    return count
  }

  private func heading(_ node: LearnedForm.Node, aliases: [String], known: [Heading]) -> YAMLText {
    var entries: [YAMLPair] = [("name", .text(node.name))]
    if node.printed != node.name { entries.append(("printed", .text(node.printed))) }
    if let type = node.type, type != .number { entries.append(("type", .plain(type.rawValue))) }
    if !node.choices.isEmpty { entries.append(("choices", .texts(node.choices))) }
    for limit in node.limits {
      entries.append((limit.key, limit.key == "pattern" ? .text(limit.value) : .plain(limit.value)))
    }
    if let measure = Self.words.measureName(of: node), node.type ?? .number == .number {
      entries.append(("measure", .text(measure)))
    }
    if let total = node.total { entries.append(("total", .texts(total))) }
    if !aliases.isEmpty { entries.append(("aliases", .texts(aliases))) }
    if !node.children.isEmpty { entries.append(("children", .list(headings(node.children, known: known)))) }
    if entries.count == 1 { return .text(node.name) }
    return .pairs(entries)
  }

  private func layout(_ form: LearnedForm) -> YAMLText? {
    guard let page = form.page else {
      return form.columnLeaves.count + (form.rows.isEmpty ? 0 : 1) > 7
        ? .pairs([("landscape", .plain("true"))]) : nil
    }
    var entries: [YAMLPair] = []
    if page.isLandscape { entries.append(("landscape", .plain("true"))) }
    let depth = form.rowLeaves.map(\.count).max() ?? 0
    if page.widths.count == depth + form.columnLeaves.count, form.kind == .matrix {
      let widths = page.widths.map { min(255, max(1, ($0 * 10).rounded() / 10)) }
      entries.append(("columnWidths", .list(widths.map { .plain("\($0)") })))
    }
    return entries.isEmpty ? nil : .pairs(entries)
  }

  /// The lines of a title hold last year's.
  private func withoutTitles(_ layout: YAMLText) -> YAMLText {
    guard let entries = layout.pairs else { return layout }
    return .pairs(entries.filter { $0.key != "titleLines" })
  }

  /// Last year's parameters where the headings stayed; else what a target needs to be held against.
  private func rules(
    _ form: LearnedForm, known: FormDefinition?, old: YAMLMapping?, isKept: Bool
  ) -> YAMLText? {
    if isKept, let known, let old {
      var entries: [YAMLPair] = []
      if let own = old["rules"].flatMap({ YAMLText($0).pairs }) { entries = own }
      for change in base?.ruleChanges(of: known) ?? [] {
        if let index = entries.firstIndex(where: { $0.key == change.key }) {
          entries[index] = change
        } else {
          entries.append(change)
        }
      }
      return entries.isEmpty ? nil : .pairs(entries)
    }
    guard let table = targets.first(where: { $0.form == form.label }) else { return nil }
    // 场次 and the like are tasks (G01), people covered are a coverage (G05).
    let isCoverage = table.fields.contains { $0.contains("覆盖") }
    return .pairs([
      ("target", .pairs([("shortfall", .plain(isCoverage ? "G05" : "G01")), ("excess", .plain("3"))]))
    ])
  }
}
