/// Reads the units of a campaign: written out one by one, as names only, nested below the unit above them, or from a file.
///
///     units: [郑州市总工会, 开封市总工会]
///     units: 单位.csv
///     units:
///       - {code: JZ, name: 焦作市总工会, units: 焦作.csv}
struct UnitListReader {
  /// The columns of a table of units, by heading.
  static let columns = [
    "代码": "code", "单位代码": "code", "code": "code", "单位": "name", "单位名称": "name", "名称": "name", "name": "name",
    "上级": "parent", "上级单位": "parent", "隶属": "parent", "parent": "parent", "别名": "aliases",
    "aliases": "aliases",
    "分组": "groups", "组": "groups", "groups": "groups",
  ]
  private static let keys = ["code", "name", "aliases", "groups", "parent", "units"]
  private static let separators: Set<Character> = ["、", "，", ",", "；", ";", "|"]
  private static let maximumDepth = 8

  struct Entry {
    var unit: ReportingUnit
    var node: YAMLNode
    var codeNode: YAMLNode?
    var nameNode: YAMLNode
    var aliases: [(name: String, node: YAMLNode)] = []
    /// The entry around it, or the one that `parent:` names.
    var parent: Int?
    var parentNode: YAMLNode?
    var isOutside = false
  }

  let groups: [UnitGroup]
  var entries: [Entry] = []

  init(groups: [UnitGroup]) { self.groups = groups }

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ list: YAMLNode, from source: CampaignSource) throws {
    try add(list, from: source, below: nil, depth: 0)
  }

  /// - Parameter leavesOutKnown: Whether a unit that is in the list already, by code or name, is passed over.
  mutating func addOutside(_ list: YAMLNode, from source: CampaignSource, leavesOutKnown: Bool) throws {
    let count = entries.count
    try add(list, from: source, below: nil, depth: 0)
    let known = Set(entries[..<count].flatMap { [$0.unit.code, $0.unit.name] }.filter { !$0.isEmpty })
    for index in count..<entries.count { entries[index].isOutside = true }
    guard leavesOutKnown else { return }
    entries.removeAll { $0.isOutside && (known.contains($0.unit.code) || known.contains($0.unit.name)) }
  }

  private mutating func add(_ list: YAMLNode, from source: CampaignSource, below parent: Int?, depth: Int)
    throws
  {
    guard depth < Self.maximumDepth else {
      throw list.error(
        zh: "单位嵌套超过\(Self.maximumDepth)层", en: "units are nested deeper than \(Self.maximumDepth)")
    }
    if list.isScalar {
      let file = try list.string()
      let read = try source.readList(file, namedBy: list, columns: Self.columns)
      guard !read.isScalar else {
        throw read.error(zh: "应为单位的列表", en: "this should be a list of units")
      }
      return try add(read, from: source, below: parent, depth: depth + 1)
    }
    for node in try list.list() { try addUnit(node, from: source, below: parent, depth: depth) }
  }

  mutating func addUnit(
    _ node: YAMLNode, from source: CampaignSource, below parent: Int?, depth: Int
  ) throws {
    if node.isScalar {
      let name = try node.string()
      entries.append(
        Entry(unit: ReportingUnit(code: "", name: name), node: node, nameNode: node, parent: parent))
      return
    }
    let map = try node.mapping(keys: Self.keys)
    let nameNode = try map.required("name")
    var entry = Entry(
      unit: ReportingUnit(code: try map["code"]?.string() ?? "", name: try nameNode.string()), node: node,
      codeNode: map["code"], nameNode: nameNode, parent: parent, parentNode: map["parent"])
    entry.aliases = try words(map["aliases"])
    for (id, place) in try words(map["groups"]) {
      guard groups.contains(where: { $0.id == id }) else {
        throw place.error(
          zh: "groups 中没有“\(id)”组，已有：\(groups.map(\.id).joined(separator: "、"))",
          en: "there is no group \"\(id)\" in groups: \(groups.map(\.id).joined(separator: ", "))")
      }
      entry.unit.groups.append(id)
    }
    if parent != nil, let other = map["parent"] {
      throw other.error(
        zh: "已写在上级单位之内，不必再写 parent", en: "it stands inside the unit above it; leave parent out")
    }
    entries.append(entry)
    if let below = map["units"] {
      try add(below, from: source, below: entries.count - 1, depth: depth + 1)
    }
  }

  /// A list, or a text with separators, as a table's cell has it.
  private func words(_ node: YAMLNode?) throws -> [(String, YAMLNode)] {
    guard let node else { return [] }
    guard node.isScalar else { return try node.list().map { (try $0.string(), $0) } }
    return try node.string().split(whereSeparator: Self.separators.contains).map { part in
      (part.filter { !$0.isWhitespace }, node)
    }.filter { !$0.0.isEmpty }
  }

  // Putting together.

  /// The units, parents before or after their children as they were written, each with its code and a name of its own.
  mutating func units() throws -> (units: [ReportingUnit], outside: [String], scopes: NameRegister) {
    try resolveParents()
    try setCodes()
    var scopes = NameRegister()
    for entry in entries {
      try scopes.add(entry.unit.name, of: entry.unit, at: entry.nameNode)
      for alias in entry.aliases { try scopes.add(alias.name, of: entry.unit, at: alias.node) }
    }
    setNames()
    let units = entries.map { entry in
      var unit = entry.unit
      unit.aliases = entry.aliases.map(\.name)
      return unit
    }
    return (units, entries.filter(\.isOutside).map(\.unit.code), scopes)
  }

  /// `parent:` is a code, or a name that only one unit has, or names from the top down: `焦作市总工会/教育工会`.
  private mutating func resolveParents() throws {
    var codes: [String: Int] = [:]
    var names: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if !entry.unit.code.isEmpty { codes[entry.unit.code] = codes[entry.unit.code] ?? index }
      names[entry.unit.name, default: []].append(index)
    }
    for index in entries.indices {
      guard let node = entries[index].parentNode else { continue }
      let text = try node.string()
      let named = text.split(separator: "/").last.map { names[String($0)] ?? [] } ?? []
      if let code = codes[text] {
        entries[index].parent = code
      } else if named.count == 1 {
        entries[index].parent = named[0]
      } else if let match = named.first(where: { pathText(of: $0) == text }) {
        entries[index].parent = match
      } else if named.isEmpty {
        throw node.error(
          zh: "\(entries[index].unit.name)的上级“\(text)”不在单位之中",
          en: "\(entries[index].unit.name)'s parent \"\(text)\" is no unit")
      } else {
        throw node.error(
          zh: "叫“\(text)”的单位不止一个，上级请写代码", en: "several units are called \"\(text)\"; write the parent's code")
      }
    }
    for index in entries.indices {
      var steps = 0
      var next = entries[index].parent
      while let above = next {
        steps += 1
        guard steps <= Self.maximumDepth * 2 else {
          throw entries[index].node.error(
            zh: "\(entries[index].unit.name)的上级关系成环",
            en: "\(entries[index].unit.name)'s parents go in a circle")
        }
        next = entries[above].parent
      }
    }
  }

  private func pathText(of index: Int) -> String {
    var names = [entries[index].unit.name]
    var next = entries[index].parent
    while let above = next, names.count <= Self.maximumDepth * 2 {
      names.insert(entries[above].unit.name, at: 0)
      next = entries[above].parent
    }
    return names.joined(separator: "/")
  }

  /// A unit without a code has its names from the top down for one.
  private mutating func setCodes() throws {
    var owners: [String: String] = [:]
    for index in entries.indices {
      if entries[index].unit.code.isEmpty { entries[index].unit.code = code(of: index) }
      let unit = entries[index].unit
      if let other = owners[unit.code] {
        throw (entries[index].codeNode ?? entries[index].nameNode).error(
          zh: "单位代码“\(unit.code)”与\(other)重复", en: "the code \"\(unit.code)\" is \(other)'s already")
      }
      owners[unit.code] = unit.name
    }
    for index in entries.indices {
      entries[index].unit.parent = entries[index].parent.map { entries[$0].unit.code }
    }
  }

  private func code(of index: Int) -> String {
    let unit = entries[index].unit
    if !unit.code.isEmpty { return unit.code }
    return entries[index].parent.map { UnitPath.code(below: code(of: $0), name: unit.name) } ?? unit.name
  }

  /// Names that units of several parents have get the parent's behind them.
  private mutating func setNames() {
    var counts: [String: Int] = [:]
    for entry in entries { counts[entry.unit.name, default: 0] += 1 }
    var taken = Set(counts.filter { $0.value == 1 }.keys)
    for index in entries.indices where counts[entries[index].unit.name, default: 0] > 1 {
      guard let parent = entries[index].parent else {
        taken.insert(entries[index].unit.name)
        continue
      }
      let own = entries[index].unit.ownName
      var name = UnitPath.qualified(own, by: entries[parent].unit.ownName)
      if !taken.insert(name).inserted {
        name = UnitPath.qualified(own, by: pathText(of: parent))
        taken.insert(name)
      }
      entries[index].unit.name = name
    }
  }
}

/// How a unit is named by way of the units above it.
enum UnitPath {
  /// The code of a unit that has none of its own.
  static func code(below parent: String, name: String) -> String { parent + "/" + name }

  /// `教育工会（焦作市总工会）`
  static func qualified(_ name: String, by parent: String) -> String { "\(name)（\(parent)）" }

  /// The name without what ``qualified(_:by:)`` put behind it.
  static func ownName(_ name: String, parents: [String]) -> String {
    for parent in parents where name.hasSuffix("（\(parent)）") && name.count > parent.count + 2 {
      return String(name.dropLast(parent.count + 2))
    }
    return name
  }
}

/// The names of all units, so that one name never means two units of one office.
struct NameRegister {
  private struct Key: Hashable {
    var parent: String?
    var name: String
  }

  private var owners: [Key: ReportingUnit] = [:]

  mutating func add(_ name: String, of unit: ReportingUnit, at node: YAMLNode) throws {
    let key = Key(parent: unit.parent, name: LabelText.key(name))
    guard !key.name.isEmpty else {
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
