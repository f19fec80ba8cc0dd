extension CampaignLoader {
  private static let targetKeys = [
    "title", "form", "fields", "heading", "count", "unitHeading", "units", "total", "totalText", "totalLabel",
    "result", "resultTitle", "layout",
  ]

  /// The annexes that set targets. Their targets must add up to the total that the notice prints (R02).
  func readTargets(forms: [FormDefinition]) throws -> [TargetTable] {
    var labels: [String] = []
    var tables: [String: YAMLMapping] = [:]
    /// The layer whose list of units a table has.
    var origins: [String: Int] = [:]
    /// Targets of single units that a campaign above changed.
    var targetChanges: [String: [YAMLEntry]] = [:]
    for (layer, node) in layers.enumerated().compactMap({ index, layer in
      layer.map["targets"].map { (index, $0) }
    }) {
      for (label, value) in try node.mapping().pairs {
        var map = try value.mapping()
        // 附件1: {焦煤工会: 35} changes one unit's target.
        var changes = map.entries.filter { entry in
          !Self.targetKeys.contains(entry.key) && (unit(named: entry.key) != nil || isDropped(entry.key))
        }
        map = YAMLMapping(
          node: map.node, entries: map.entries.filter { entry in !changes.contains { $0.key == entry.key } })
        changes.removeAll { unitChanges.isDropped($0.key, inOrAbove: layer) }
        if !changes.isEmpty { targetChanges[label, default: []] += changes }
        map = try YAMLNode(.mapping(map.entries), file: value.file, line: value.line)
          .mapping(keys: Self.targetKeys)
        if map["units"] != nil {
          origins[label] = layer
          targetChanges[label] = changes.isEmpty ? nil : changes
        }
        if let base = tables[label] {
          let kept = base.entries.filter { entry in !map.entries.contains { $0.key == entry.key } }
          tables[label] = YAMLMapping(node: map.node, entries: kept + map.entries)
        } else {
          labels.append(label)
          tables[label] = map
        }
      }
    }
    var result: [TargetTable] = []
    for label in labels {
      guard let map = tables[label] else { continue }
      if try isLapsed(map, from: origins[label]) { continue }
      let table = try table(label, map, changes: targetChanges[label] ?? [], forms: forms)
      if let form = forms.first(where: { LabelText.key($0.label) == LabelText.key(label) }) {
        throw map.node.error(
          zh: "“\(label)”已是表“\(form.title)”的名称", en: "\"\(label)\" is the form \"\(form.title)\" already")
      }
      result.append(table)
    }
    return result
  }

  /// Whether a table is about the units of another campaign: one that was taken over, while the list of units was replaced
  /// by one that has less than half of them. (Every city has a 教育工会; a list with a name changed is the same list.)
  private func isLapsed(_ map: YAMLMapping, from layer: Int?) throws -> Bool {
    let own = layers.lastIndex { $0.map["units"] != nil } ?? 0
    guard let layer, layer < own, let list = try map["units"]?.mapping() else { return false }
    return list.pairs.count { unit(named: $0.key) != nil } * 2 < list.pairs.count
  }

  /// - Parameter changes: Targets of single units that count instead of those of the list.
  private func table(
    _ label: String, _ map: YAMLMapping, changes: [YAMLEntry], forms: [FormDefinition]
  ) throws -> TargetTable {
    let formNode = try map.required("form")
    let formName = try formNode.string()
    guard
      let form = forms.first(where: {
        $0.id == formName || LabelText.key($0.label) == LabelText.key(formName)
      })
    else { throw formNode.error(zh: "没有“\(formName)”表", en: "there is no form \"\(formName)\"") }

    let title = Self.filled(try map.required("title").string(), year: year)
    let fields = try inputs(map.required("fields"), of: form)
    var order: [String] = []
    var targets: [String: Int] = [:]
    let list = try map.required("units").mapping()
    for (name, value) in list.pairs {
      guard let unit = unit(named: name) else {
        if isDropped(name) { continue }
        throw list.error(at: name, zh: "没有单位“\(name)”", en: "there is no unit \"\(name)\"")
      }
      guard targets.updateValue(try value.int(in: 0...1_000_000_000), forKey: unit.code) == nil else {
        throw list.error(at: name, zh: "“\(name)”的指标写了两次", en: "\"\(name)\" has two targets")
      }
      order.append(unit.code)
    }
    let printed = targets.values.reduce(0, +)
    for change in changes {
      guard let unit = unit(named: change.key) else {
        throw change.value.error(
          zh: "“\(change.key)”已不在单位之中", en: "\"\(change.key)\" is no unit any more")
      }
      if targets.updateValue(try change.value.int(in: 0...1_000_000_000), forKey: unit.code) == nil {
        order.append(unit.code)
      }
    }
    let totalNode = try map.required("total")
    var total = try totalNode.int(in: 0...1_000_000_000_000)
    let sum = targets.values.reduce(0, +)
    // Changed unit by unit, the total follows; what the list itself says must still agree.
    let isChanged = !changes.isEmpty || list.pairs.contains { isDropped($0.key) }
    if isChanged, try printed + dropped(list) == total { total = sum }
    guard sum == total else {
      throw totalNode.error(
        zh: "\(label)各单位指标之和为\(sum)，与总计\(total)不符",
        en: "the targets of \(label) add up to \(sum), not to the total \(total)")
    }
    var result = TargetTable(
      label: label, title: title, form: form.id, fields: fields,
      heading: try map.required("heading").string(),
      targets: targets, printedTotal: total,
      printedTotalText: try isChanged ? String(total) : map["totalText"]?.string() ?? String(total),
      order: order, totalLabel: try map["totalLabel"]?.string() ?? "总计",
      unitHeading: try map["unitHeading"]?.string() ?? "单位",
      completionTitle: try map["result"]?.string(), layout: try readLayout(map["layout"], title: title))
    result.countWord = try map["count"]?.string()
    result.resultTitle = try map["resultTitle"].map { Self.filled(try $0.string(), year: year) }
    return result
  }

  /// The targets of units that were taken out.
  private func dropped(_ list: YAMLMapping) throws -> Int {
    try list.pairs.filter { isDropped($0.key) }.reduce(0) { try $0 + $1.value.int(in: 0...1_000_000_000) }
  }

  /// The inputs behind the fields that count, all of one measure.
  private func inputs(_ node: YAMLNode, of form: FormDefinition) throws -> [FieldKey] {
    var inputs: [FieldKey] = []
    var measure: Measure?
    for item in try node.list() {
      let key = FieldKey(rawValue: try item.string())
      if let list = form.list {
        try addColumn(key, of: form, list, to: &inputs, measure: &measure, at: item)
        continue
      }
      guard let field = form.field(key) else {
        throw item.error(zh: "\(form.label)没有数据项“\(key)”", en: "\(form.label) has no field \"\(key)\"")
      }
      if let measure, (measure.baseUnit, measure.scale) != (field.measure.baseUnit, field.measure.scale) {
        throw item.error(
          zh: "“\(key)”的计量单位（\(field.measure.unit)）与前面的（\(measure.unit)）不同",
          en: "\"\(key)\" counts \(field.measure.unit), those before it \(measure.unit)")
      }
      measure = field.measure
      let behind = form.inputs(behind: key)
      if let twice = behind.first(where: inputs.contains) {
        throw item.error(zh: "“\(twice)”会被计入两次", en: "\"\(twice)\" would count twice")
      }
      inputs += behind
    }
    guard !inputs.isEmpty else { throw node.error(zh: "没有数据项", en: "there are no fields") }
    return inputs
  }

  /// What a target of a list counts: its lines (行数), or columns that are added up.
  private func addColumn(
    _ key: FieldKey, of form: FormDefinition, _ list: ListRules, to inputs: inout [FieldKey],
    measure: inout Measure?, at node: YAMLNode
  ) throws {
    var own = list.countMeasure
    var behind = [key]
    if key != ListRules.countKey {
      let column =
        key.path.first == "合计" ? FieldKey(rawValue: key.path.dropFirst().joined(separator: "/")) : key
      guard let field = form.field(key) ?? form.field(column), field.isAddable else {
        throw node.error(
          zh: "\(form.label)没有可以相加的“\(key)”一栏；按人数、场数计的，写“行数”",
          en: "\(form.label) has no column \"\(key)\" that can be added up; for the number of lines write 行数")
      }
      own = field.measure
      behind = form.inputs(behind: field.key)
    }
    if let measure, (measure.baseUnit, measure.scale) != (own.baseUnit, own.scale) {
      throw node.error(
        zh: "“\(key)”的计量单位（\(own.unit)）与前面的（\(measure.unit)）不同",
        en: "\"\(key)\" counts \(own.unit), those before it \(measure.unit)")
    }
    measure = own
    if let twice = behind.first(where: inputs.contains) {
      throw node.error(zh: "“\(twice)”会被计入两次", en: "\"\(twice)\" would count twice")
    }
    inputs += behind
  }
}
