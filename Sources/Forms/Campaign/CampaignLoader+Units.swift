extension CampaignLoader {
  mutating func readUnits() throws {
    try readGroups()
    guard let (list, layer) = value("units") else { throw try required("units").error(zh: "", en: "") }
    var reader = UnitListReader(groups: groups)
    try reader.add(list, from: layer.source)
    // Changes to another list than this one are let go.
    let own = layers.lastIndex { $0.map["units"] != nil } ?? 0
    for layer in own..<layers.count { try unitChanges.apply(layers[layer], at: layer, to: &reader) }
    guard !reader.isEmpty else { throw list.error(zh: "没有单位", en: "there are no units") }
    if let (outside, outsideLayer) = value("outsideUnits") {
      // Taken over from a campaign whose units have been replaced, they must only not stand in the way.
      let isTakenOver = outsideLayer.source.mainFile != layer.source.mainFile || outside.file != list.file
      try reader.addOutside(outside, from: outsideLayer.source, leavesOutKnown: isTakenOver)
    }
    let read = try reader.units()
    units = read.units
    outsideUnits = read.outside
    unitScopes = read.scopes
    try addAliases(unitsFile: list.file)
  }

  private mutating func readGroups() throws {
    for node in values("groups") {
      for (id, name) in try node.mapping().pairs {
        let group = UnitGroup(id: id, name: try name.string())
        if let known = groups.firstIndex(where: { $0.id == id }) {
          groups[known] = group
        } else {
          groups.append(group)
        }
      }
    }
  }

  /// `aliases:` adds names to units that another file defines. One that a campaign takes over with the list of units it
  /// replaces is let go.
  private mutating func addAliases(unitsFile: String) throws {
    let own = layers.lastIndex { $0.map["units"] != nil } ?? 0
    for (index, layer) in layers.enumerated() {
      guard let node = layer.map["aliases"] else { continue }
      let map = try node.mapping()
      for (name, list) in map.pairs {
        let current = unitChanges.current(name)
        guard let unit = units.firstIndex(where: { $0.name == current || $0.code == current }) else {
          if index < own || current == nil { continue }
          throw map.error(
            at: name, zh: "没有单位“\(name)”，请写全称或代码",
            en: "there is no unit \"\(name)\"; write its full name or code")
        }
        for alias in list.isScalar ? [list] : try list.list() {
          units[unit].aliases.append(try alias.string())
          try unitScopes.add(alias.string(), of: units[unit], at: alias)
        }
      }
    }
  }

  func readNaming() throws -> UnitNaming {
    var naming = UnitNaming()
    for node in values("naming") {
      let map = try node.mapping(keys: ["prefixes", "suffixes", "fileWords", "kinds", "parts", "members"])
      if let words = try map["prefixes"]?.strings() { naming.prefixes = words }
      if let words = try map["suffixes"]?.strings() { naming.suffixes = words }
      if let words = try map["fileWords"]?.strings() { naming.fileWords = words }
      if let words = try map["kinds"]?.strings() { naming.kinds = words }
      if let words = try map["parts"]?.strings() { naming.parts = words }
      if let words = try map["members"]?.strings() { naming.members = words }
    }
    return naming
  }

  /// The unit that a name or code in the campaign file means.
  func unit(named name: String) -> ReportingUnit? {
    guard let name = unitChanges.current(name) else { return nil }
    return units.first { $0.name == name || $0.code == name }
  }

  /// Whether a name is that of a unit which a campaign above took out.
  func isDropped(_ name: String) -> Bool { unitChanges.current(name) == nil }

  /// The codes that a list of `all`, groups, names and codes stands for, in the campaign's order.
  func unitCodes(_ node: YAMLNode) throws -> [String] {
    var codes: Set<String> = []
    for item in node.isScalar ? [node] : try node.list() {
      let name = try item.string()
      if name == "all" {
        codes.formUnion(units.map(\.code).filter { !outsideUnits.contains($0) })
      } else if groups.contains(where: { $0.id == name }) {
        let members = units.filter { $0.groups.contains(name) }.map(\.code)
        guard !members.isEmpty || unitChanges.fates.values.contains(.dropped) else {
          throw item.error(zh: "“\(name)”组中没有单位", en: "the group \"\(name)\" has no units")
        }
        codes.formUnion(members)
      } else if let unit = unit(named: name) {
        codes.insert(unit.code)
      } else if !isDropped(name) {
        throw item.error(
          zh: "“\(name)”既不是组也不是单位（可用 all、\(groups.map(\.id).joined(separator: "、"))，或单位全称、代码）",
          en:
            "\"\(name)\" is neither a group nor a unit (all, \(groups.map(\.id).joined(separator: ", ")), or a unit)"
        )
      }
    }
    return units.map(\.code).filter(codes.contains)
  }
}
