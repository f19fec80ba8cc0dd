/// What a campaign changes about the units of the one that it stands on, a line for each:
///
///     rename: {财贸工会: 财贸金融工会}
///     add: [卫健工会]
///     drop: [焦煤工会]
///
/// The old name of a unit stays one of its names, and whatever is said of it elsewhere follows.
struct UnitChanges {
  static let keys = ["rename", "add", "drop"]

  /// What became of a name that campaigns below speak of.
  enum Fate: Hashable {
    case renamed(to: String)
    case dropped
  }

  private(set) var fates: [String: Fate] = [:]
  /// The layer that took a unit out, by its name and its code.
  private var droppedIn: [String: Int] = [:]

  /// Applies the changes of one layer, in the order rename, drop, add.
  mutating func apply(_ layer: CampaignLoader.Layer, at number: Int, to reader: inout UnitListReader) throws {
    if let node = layer.map["rename"] {
      let map = try node.mapping()
      for (old, value) in map.pairs {
        let new = try value.string()
        let names = try reader.rename(old, to: new, at: map, value)
        for name in names { fates[name] = .renamed(to: new) }
      }
    }
    if let node = layer.map["drop"] {
      for item in node.isScalar ? [node] : try node.list() {
        for name in try reader.drop(item.string(), at: item) {
          fates[name] = .dropped
          droppedIn[name] = number
        }
      }
    }
    if let node = layer.map["add"] {
      for item in node.isScalar || node.isMapping ? [node] : try node.list() {
        let name = try reader.append(item, from: layer.source)
        fates[name] = nil
      }
    }
  }

  /// The name that a unit has now; `nil` for one that was dropped.
  func current(_ name: String) -> String? {
    let last = last(name)
    return fates[last] == .dropped ? nil : last
  }

  /// Whether a unit was dropped by a layer or one above it: what that layer says of it waits for its return.
  func isDropped(_ name: String, inOrAbove layer: Int) -> Bool {
    let last = last(name)
    return fates[last] == .dropped && droppedIn[last].map { $0 >= layer } ?? false
  }

  private func last(_ name: String) -> String {
    var name = name
    for _ in 0...fates.count {
      guard case .renamed(let new) = fates[name] else { return name }
      name = new
    }
    return name
  }
}

extension UnitListReader {
  /// Gives a unit another name; the old one stays an alias.
  ///
  /// - Returns: What it was called.
  mutating func rename(_ old: String, to new: String, at map: YAMLMapping, _ node: YAMLNode) throws
    -> [String]
  {
    let index = try position(old) { zh, en in map.error(at: old, zh: zh, en: en) }
    if let other = entries.indices.first(where: { $0 != index && entries[$0].unit.name == new }) {
      throw node.error(
        zh: "已有单位“\(entries[other].unit.name)”，不能再改成这个名称", en: "there is a unit \"\(new)\" already")
    }
    let name = entries[index].unit.name
    entries[index].aliases.removeAll { LabelText.key($0.name) == LabelText.key(new) }
    entries[index].aliases.append((name, node))
    entries[index].unit = ReportingUnit(
      code: entries[index].unit.code, name: new, groups: entries[index].unit.groups,
      parent: entries[index].unit.parent)
    entries[index].nameNode = node
    return [name]
  }

  /// Takes a unit out.
  ///
  /// - Returns: What it was called: its name and its code.
  mutating func drop(_ name: String, at node: YAMLNode) throws -> [String] {
    let index = try position(name) { zh, en in node.error(zh: zh, en: en) }
    guard !entries.contains(where: { $0.parent == index }) else {
      throw node.error(
        zh: "“\(name)”还有下级单位，请先去掉下级", en: "\"\(name)\" has units below it; drop those first")
    }
    let unit = entries.remove(at: index).unit
    for other in entries.indices {
      if let parent = entries[other].parent, parent > index { entries[other].parent = parent - 1 }
    }
    return [unit.name, unit.code].filter { !$0.isEmpty }
  }

  /// Adds a unit at the end.
  mutating func append(_ node: YAMLNode, from source: CampaignSource) throws -> String {
    try addUnit(node, from: source, below: nil, depth: 0)
    return entries.last?.unit.name ?? ""
  }

  private func position(_ name: String, _ error: (String, String) -> FormsError) throws -> Int {
    let key = LabelText.key(name)
    let found = entries.indices.filter { index in
      entries[index].unit.code == name || LabelText.key(entries[index].unit.name) == key
    }
    guard let index = found.first else {
      throw error("没有单位“\(name)”，请写全称或代码", "there is no unit \"\(name)\"; write its full name or code")
    }
    guard found.count == 1 else {
      throw error("叫“\(name)”的单位不止一个，请写代码", "several units are called \"\(name)\"; write the code")
    }
    return index
  }
}
