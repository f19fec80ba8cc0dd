/// `rows:`, `totals:` and `groups:` of a list.
extension CampaignLoader {
  func readList(_ map: YAMLMapping, into form: inout FormDefinition) throws {
    guard form.kind == .list else {
      for key in ["totals", "groups"] {
        if let node = map[key] {
          throw node.error(zh: "\(key) 只用于清单（kind: list）", en: "\(key) belongs to lists (kind: list)")
        }
      }
      return
    }
    var list = ListRules()
    if let rows = map["rows"] {
      guard rows.isMapping else {
        throw rows.error(
          zh: "清单没有行标题；rows 在此写明 least、most、key、blank、counted、blankTotals",
          en: "a list has no row headings; rows has least, most, key, blank, counted and blankTotals here")
      }
      let rules = try rows.mapping(keys: ["least", "most", "key", "blank", "counted", "blankTotals"])
      list.least = try rules["least"]?.int(in: 0...ListRules.mostLines) ?? 0
      list.most = try rules["most"]?.int(in: 1...ListRules.mostLines) ?? ListRules.mostLines
      guard list.least <= list.most else {
        throw rows.error(zh: "least 大于 most", en: "least is above most")
      }
      list.key = try rules["key"].map { try columns($0, of: form) } ?? []
      list.counted = try rules["counted"]?.string() ?? ""
      list.totalsMayBeBlank = try rules["blankTotals"]?.bool() ?? false
      list.blankLines = try rules["blank"]?.int(in: 1...1000) ?? list.blankLines
    }
    if let node = map["totals"] {
      list.totals = try columns(node, of: form) { field, place in
        guard field.isAddable else {
          throw place.error(
            zh: "“\(field.key)”不是可以相加的数，不能列入 totals",
            en: "\"\(field.key)\" cannot be added up and has no place in totals")
        }
      }
    } else {
      list.totals = form.fields.filter(\.isAddable).map(\.key)
    }
    if let node = map["groups"] {
      list.groups = try columns(node, of: form) { field, place in
        guard [.choice, .text, .yesNo].contains(field.type) else {
          throw place.error(
            zh: "“\(field.key)”不是选项或文字，不能按它分组",
            en: "\"\(field.key)\" is neither a choice nor a text; lines cannot be grouped by it")
        }
      }
    }
    form.list = list
  }

  /// Columns of a list by their paths; a name alone where only one column has it.
  private func columns(
    _ node: YAMLNode, of form: FormDefinition, check: (Field, YAMLNode) throws -> Void = { _, _ in }
  ) throws -> [FieldKey] {
    let items = node.isScalar ? [node] : try node.list()
    var keys: [FieldKey] = []
    for item in items {
      let name = try item.string()
      let exact = form.fields.filter { $0.key.rawValue == name }
      let found = exact.isEmpty ? form.fields.filter { $0.key.path.last.map(String.init) == name } : exact
      guard let field = found.first, found.count == 1 else {
        throw item.error(
          zh: found.isEmpty ? "表中没有“\(name)”这一栏" : "有几栏都叫“\(name)”，请写全，如“\(found[0].key)”",
          en: found.isEmpty
            ? "the list has no column \"\(name)\""
            : "several columns are called \"\(name)\"; write the whole path, such as \"\(found[0].key)\"")
      }
      guard !keys.contains(field.key) else {
        throw item.error(zh: "“\(name)”重复", en: "\"\(name)\" is there twice")
      }
      try check(field, item)
      keys.append(field.key)
    }
    return keys
  }
}
