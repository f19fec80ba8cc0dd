extension CampaignLoader {
  mutating func readUnits() throws {
    try readGroups()
    var seen = NameRegister()
    for node in try required("units").list() {
      units.append(try unit(node, register: &seen))
    }
    guard !units.isEmpty else { throw try required("units").error(zh: "没有单位", en: "there are no units") }
    for node in try value("outsideUnits")?.node.list() ?? [] {
      let unit = try unit(node, register: &seen)
      outsideUnits.append(unit.code)
      units.append(unit)
    }
    try checkParents()
    try addAliases(register: &seen)
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

  private func unit(_ node: YAMLNode, register: inout NameRegister) throws -> ReportingUnit {
    let map = try node.mapping(keys: ["code", "name", "aliases", "groups", "parent"])
    let codeNode = try map.required("code")
    let nameNode = try map.required("name")
    var unit = ReportingUnit(code: try codeNode.string(), name: try nameNode.string())
    if let other = units.first(where: { $0.code == unit.code }) {
      throw codeNode.error(
        zh: "单位代码“\(unit.code)”与\(other.name)重复", en: "the code \"\(unit.code)\" is \(other.name)'s already")
    }
    try register.add(unit.name, of: unit, at: nameNode)
    for alias in try map["aliases"]?.list() ?? [] {
      unit.aliases.append(try alias.string())
      try register.add(unit.aliases[unit.aliases.count - 1], of: unit, at: alias)
    }
    for group in try map["groups"]?.list() ?? [] {
      let id = try group.string()
      guard groups.contains(where: { $0.id == id }) else {
        throw group.error(
          zh: "groups 中没有“\(id)”组，已有：\(groups.map(\.id).joined(separator: "、"))",
          en: "there is no group \"\(id)\" in groups: \(groups.map(\.id).joined(separator: ", "))")
      }
      unit.groups.append(id)
    }
    unit.parent = try map["parent"]?.string()
    return unit
  }

  private func checkParents() throws {
    for unit in units {
      var above = unit.parent
      var steps = 0
      while let code = above {
        guard let parent = units.first(where: { $0.code == code }) else {
          throw try required("units").error(
            zh: "\(unit.name)的上级“\(code)”不在单位之中", en: "\(unit.name)'s parent \"\(code)\" is no unit")
        }
        steps += 1
        guard steps <= units.count else {
          throw try required("units").error(
            zh: "\(unit.name)的上级关系成环", en: "\(unit.name)'s parents go in a circle")
        }
        above = parent.parent
      }
    }
  }

  /// `aliases:` adds names to units that another file defines.
  private mutating func addAliases(register: inout NameRegister) throws {
    for node in values("aliases") {
      let map = try node.mapping()
      for (name, list) in map.pairs {
        guard let index = units.firstIndex(where: { $0.name == name || $0.code == name }) else {
          throw map.error(
            at: name, zh: "没有单位“\(name)”，请写全称或代码",
            en: "there is no unit \"\(name)\"; write its full name or code")
        }
        for alias in list.isScalar ? [list] : try list.list() {
          units[index].aliases.append(try alias.string())
          try register.add(alias.string(), of: units[index], at: alias)
        }
      }
    }
  }

  func readNaming() throws -> UnitNaming {
    var naming = UnitNaming()
    for node in values("naming") {
      let map = try node.mapping(keys: ["prefixes", "suffixes", "fileWords"])
      if let words = try map["prefixes"]?.strings() { naming.prefixes = words }
      if let words = try map["suffixes"]?.strings() { naming.suffixes = words }
      if let words = try map["fileWords"]?.strings() { naming.fileWords = words }
    }
    return naming
  }

  /// The unit that a name or code in the campaign file means.
  func unit(named name: String) -> ReportingUnit? { units.first { $0.name == name || $0.code == name } }

  /// The codes that a list of `all`, groups, names and codes stands for, in the campaign's order.
  func unitCodes(_ node: YAMLNode) throws -> [String] {
    var codes: Set<String> = []
    for item in node.isScalar ? [node] : try node.list() {
      let name = try item.string()
      if name == "all" {
        codes.formUnion(units.map(\.code).filter { !outsideUnits.contains($0) })
      } else if groups.contains(where: { $0.id == name }) {
        let members = units.filter { $0.groups.contains(name) }.map(\.code)
        guard !members.isEmpty else {
          throw item.error(zh: "“\(name)”组中没有单位", en: "the group \"\(name)\" has no units")
        }
        codes.formUnion(members)
      } else if let unit = unit(named: name) {
        codes.insert(unit.code)
      } else {
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

/// The names of all units, so that one name never means two of them.
private struct NameRegister {
  private var owners: [String: ReportingUnit] = [:]

  mutating func add(_ name: String, of unit: ReportingUnit, at node: YAMLNode) throws {
    let key = LabelText.key(name)
    guard !key.isEmpty else {
      throw node.error(zh: "“\(name)”不是单位名称", en: "\"\(name)\" is no unit's name")
    }
    guard let owner = owners[key] else {
      owners[key] = unit
      return
    }
    // Said twice of one unit, perhaps by a campaign and by the one that stands on it, a name does no harm.
    if owner.code != unit.code {
      throw node.error(
        zh: "“\(name)”已是\(owner.name)的名称，不能再指\(unit.name)",
        en: "\"\(name)\" already names \(owner.name) and cannot mean \(unit.name) too")
    }
  }
}
