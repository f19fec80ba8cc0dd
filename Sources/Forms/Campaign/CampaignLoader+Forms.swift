extension CampaignLoader {
  /// The forms, and where each stands.
  func readForms() throws -> ([FormDefinition], places: [YAMLNode]) {
    guard let (list, layer) = value("forms") else {
      _ = try required("forms")
      return ([], [])
    }
    var forms: [FormDefinition] = []
    var places: [YAMLNode] = []
    for item in try list.list() {
      let node = item.isMapping ? item : try layer.source.read(item.string(), namedBy: item)
      let form = try readForm(node)
      if let other = forms.first(where: {
        $0.id == form.id || LabelText.key($0.label) == LabelText.key(form.label)
      }) {
        throw node.error(
          zh: "表“\(form.label)”（\(form.id)）与“\(other.label)”（\(other.id)）的编号或名称重复",
          en:
            "the form \"\(form.label)\" (\(form.id)) has the id or label of \"\(other.label)\" (\(other.id))")
      }
      forms.append(form)
      places.append(node)
    }
    guard !forms.isEmpty else { throw list.error(zh: "没有表", en: "there are no forms") }
    try checkTitles(forms, places)
    try readDeadlines(&forms, places)
    try readRules(&forms, places)
    return (forms, places)
  }

  private static let formKeys = [
    "id", "label", "title", "titleAliases", "deadline", "dueFrom", "measures", "rows", "columns", "headLines",
    "layout",
    "rules", "kind", "totals", "groups", "checks", "blank", "unasked",
  ]

  private func readForm(_ node: YAMLNode) throws -> FormDefinition {
    let map = try node.mapping(keys: Self.formKeys)
    let kind: FormDefinition.Kind = try map["kind"]?.choice() ?? .matrix
    let headings = try HeadingReader(
      measures: measures(of: map), totalWords: totalWords(), rows: kind == .list ? nil : map["rows"],
      columns: map["columns"])
    guard !(headings.rows.isEmpty && headings.columns.isEmpty) else {
      throw node.error(zh: "rows 和 columns 至少要有一个", en: "a form needs rows or columns")
    }
    let title = Self.filled(try map.required("title").string(), year: year)
    let due = try map["dueFrom"].map(unitCodes) ?? units.map(\.code).filter { !outsideUnits.contains($0) }
    let deadline = try map["deadline"].map(deadline)
    var form = FormDefinition(
      id: try identifier(map.required("id")), label: try map.required("label").string(), title: title,
      titleAliases: try map["titleAliases"]?.strings().map { Self.filled($0, year: year) } ?? [],
      // A form without a deadline of its own has one in `deadlines:`, which is read last and checked there.
      deadline: deadline ?? .epoch, dueFrom: due, rows: headings.rows, columns: headings.columns,
      headLines: try readHeadLines(map), layout: try readLayout(map["layout"], title: title),
      ratioWords: try ratioWords(), signedWords: try readWords()[.signed],
      list: kind == .list ? ListRules() : nil)
    try headings.check(form)
    try readList(map, into: &form)
    try checkColumnWidths(form, at: map["layout"] ?? node)
    return form
  }

  /// The measures that a form may name: the campaign's, and its own.
  private func measures(of form: YAMLMapping) throws -> [String: Measure] {
    var measures: [String: Measure] = [:]
    for node in values("measures") + [form["measures"]].compactMap(\.self) {
      for (name, value) in try node.mapping().pairs {
        let map = try value.mapping(keys: ["unit", "scale", "baseUnit", "decimals", "unitAliases"])
        measures[name] = Measure(
          unit: try map["unit"]?.string() ?? name, scale: try map["scale"]?.int(in: 1...1_000_000_000) ?? 1,
          baseUnit: try map["baseUnit"]?.string(), decimals: try map["decimals"]?.int(in: 0...10) ?? 0,
          unitAliases: try map["unitAliases"]?.strings() ?? [])
      }
    }
    return measures
  }

  private func readHeadLines(_ form: YAMLMapping) throws -> [FormDefinition.HeadLine] {
    guard let node = form["headLines"] ?? value("headLines")?.node else { return [] }
    var lines: [FormDefinition.HeadLine] = []
    var owners: [String: FormDefinition.HeadLine.Role] = [:]
    for item in try node.list() {
      let map = try item.mapping(keys: ["role", "label", "aliases", "place"])
      let line = FormDefinition.HeadLine(
        role: try map.required("role").choice(), label: try map.required("label").string(),
        aliases: try map["aliases"]?.strings() ?? [], place: try map.required("place").choice())
      guard !lines.contains(where: { $0.role == line.role }) else {
        throw item.error(zh: "“\(line.role.rawValue)”出现了不止一次", en: "\"\(line.role.rawValue)\" is there twice")
      }
      for word in [line.label] + line.aliases {
        if let owner = owners.updateValue(line.role, forKey: LabelText.key(word)), owner != line.role {
          throw item.error(
            zh: "“\(word)”既是 \(owner.rawValue) 又是 \(line.role.rawValue)",
            en: "\"\(word)\" means both \(owner.rawValue) and \(line.role.rawValue)")
        }
      }
      lines.append(line)
    }
    guard lines.contains(where: { $0.role == .unit }) else {
      throw node.error(zh: "缺少填报单位一行（role: unit）", en: "the line for the unit (role: unit) is missing")
    }
    let unasked: [FormDefinition.HeadLine.Role] = try form["unasked"]?.list { try $0.choice() } ?? []
    for index in lines.indices where unasked.contains(lines[index].role) { lines[index].isAsked = false }
    return lines
  }

  /// Two forms of one title could not be told apart by it.
  private func checkTitles(_ forms: [FormDefinition], _ places: [YAMLNode]) throws {
    var owners: [String: FormDefinition] = [:]
    for (form, place) in zip(forms, places) {
      for title in [form.title] + form.titleAliases {
        if let owner = owners.updateValue(form, forKey: LabelText.key(title)), owner.id != form.id {
          throw place.error(
            zh: "标题“\(title)”已是“\(owner.label)”的标题",
            en: "the title \"\(title)\" is \"\(owner.label)\"'s already")
        }
      }
    }
  }

  /// The index of the form that a key of `deadlines:`, `rules:` or `targets:` means.
  func formIndex(_ name: String, in forms: [FormDefinition], at map: YAMLMapping) throws -> Int {
    let key = LabelText.key(name)
    if let index = forms.firstIndex(where: { $0.id == name || LabelText.key($0.label) == key }) {
      return index
    }
    throw map.error(
      at: name, zh: "没有“\(name)”表，已有：\(forms.map { "\($0.label)（\($0.id)）" }.joined(separator: "、"))",
      en: "there is no form \"\(name)\": \(forms.map { "\($0.label) (\($0.id))" }.joined(separator: ", "))")
  }

  private func readRules(_ forms: inout [FormDefinition], _ places: [YAMLNode]) throws {
    for index in forms.indices {
      var rules = try places[index].mapping()["rules"]
      for node in values("rules") {
        let map = try node.mapping()
        for (name, changes) in map.pairs
        where try formIndex(name, in: forms, at: map) == index && !changes.isNull {
          rules = try rules.map { try $0.changed(by: changes) } ?? changes
        }
      }
      guard let rules else { continue }
      forms[index].rules = try RuleSettings(
        yaml: rules,
        context: RuleSettings.Context(form: forms[index], units: units, groups: groups.map(\.id)))
    }
  }
}

extension YAMLNode {
  /// This mapping with some of its keys replaced, each value keeping its own place for errors.
  fileprivate func changed(by changes: YAMLNode) throws -> YAMLNode {
    var entries = try mapping().entries
    for change in try changes.mapping().entries {
      if let index = entries.firstIndex(where: { $0.key == change.key }) {
        entries[index] = change
      } else {
        entries.append(change)
      }
    }
    return YAMLNode(.mapping(entries), file: changes.file, line: changes.line)
  }
}
