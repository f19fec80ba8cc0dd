extension CampaignLoader {
  /// `officeContact: {name: 张敏, phone: 0391-6192345}`
  func readOfficeContact() throws -> Contact {
    try value("officeContact").map { try contact($0.node) } ?? Contact()
  }

  /// `contacts: {温县总工会: 0391-6192345, 沁阳市总工会: {name: 张敏, phone: 0391-6192346, mail: qy@example.com}}`; later layers replace earlier ones
  /// unit by unit. A unit that a layer above has let go of is let go of here.
  func readContacts() throws -> [String: Contact] {
    var contacts: [String: Contact] = [:]
    let own = layers.lastIndex { $0.map["units"] != nil } ?? 0
    var codes: [String: String] = [:]
    for unit in units {
      codes[unit.code] = unit.code
      codes[unit.name] = unit.code
    }
    for (index, layer) in layers.enumerated() {
      guard let node = layer.map["contacts"] else { continue }
      let map = try node.mapping()
      for (name, value) in map.pairs {
        guard let code = unitChanges.current(name).flatMap({ codes[$0] }) else {
          if index < own || isDropped(name) { continue }
          throw map.error(
            at: name, zh: "没有单位“\(name)”，请写全称或代码",
            en: "there is no unit \"\(name)\"; write its full name or code")
        }
        contacts[code] = try contact(value)
      }
    }
    return contacts
  }

  private func contact(_ node: YAMLNode) throws -> Contact {
    if node.isScalar { return Contact(phone: try node.string()) }
    let map = try node.mapping(keys: ["name", "phone", "mail"])
    return Contact(
      name: try map["name"]?.string(), phone: try map["phone"]?.string(), mail: try map["mail"]?.string())
  }
}
