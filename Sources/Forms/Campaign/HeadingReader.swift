/// Reads the heading trees of a form, keeping the line of every heading for the checks that need the whole form.
struct HeadingReader {
  private(set) var rows: [Heading] = []
  private(set) var columns: [Heading] = []

  private let measures: [String: Measure]
  private let totalWords: [String]
  /// Where a heading stands, by axis and path.
  private var places: [[String]: YAMLNode] = [:]

  /// Far more than any printed form has; what is beyond is a slip, such as a reference repeated inside itself.
  private static let maximumDepth = 6
  private static let maximumLeaves = 1000
  private static let maximumFields = 20_000

  init(measures: [String: Measure], totalWords: [String], rows: YAMLNode?, columns: YAMLNode?) throws {
    self.measures = measures
    self.totalWords = totalWords
    if let rows { self.rows = try headings(rows, path: ["rows"]) }
    if let columns { self.columns = try headings(columns, path: ["columns"]) }
  }

  private static let keys =
    ["name", "printed", "aliases", "measure", "total", "weight", "children"] + typeKeys

  private mutating func headings(_ node: YAMLNode, path: [String]) throws -> [Heading] {
    let items = try node.list()
    guard !items.isEmpty else { throw node.error(zh: "没有表头", en: "there are no headings") }
    guard path.count <= Self.maximumDepth else {
      throw node.error(zh: "表头层数过多", en: "the headings nest too deep")
    }
    var siblings: [Heading] = []
    for item in items { siblings.append(try heading(item, path: path)) }
    addTotalWords(to: &siblings)
    try checkWords(of: siblings, items)
    return siblings
  }

  private mutating func heading(_ node: YAMLNode, path: [String]) throws -> Heading {
    guard node.isMapping else {
      let heading = Heading(name: try name(node))
      try place(node, at: path + [heading.name])
      return heading
    }
    let map = try node.mapping(keys: Self.keys)
    var heading = Heading(
      name: try name(map.required("name")), printed: try map["printed"]?.string(),
      aliases: try map["aliases"]?.strings() ?? [])
    try place(node, at: path + [heading.name])
    if let measure = map["measure"] {
      let name = try measure.string()
      guard let known = measures[name] else {
        throw measure.error(
          zh: "measures 中没有计量单位“\(name)”", en: "there is no measure \"\(name)\" in measures")
      }
      heading.measure = known
    }
    if let total = map["total"] {
      heading.totalOf = try total.strings()
      guard heading.totalOf?.isEmpty == false else {
        throw total.error(zh: "合计没有写明由哪些项相加", en: "the total adds up nothing")
      }
    }
    heading.weight = try map["weight"]?.string()
    try readType(map, into: &heading)
    if let children = map["children"] {
      heading.children = try headings(children, path: path + [heading.name])
    }
    return heading
  }

  private func name(_ node: YAMLNode) throws -> String {
    let name = try node.string()
    guard !name.contains("/") else {
      throw node.error(zh: "表头“\(name)”不能含“/”", en: "the heading \"\(name)\" must not contain \"/\"")
    }
    return name
  }

  private mutating func place(_ node: YAMLNode, at path: [String]) throws {
    guard places.updateValue(node, forKey: path) == nil else {
      throw node.error(
        zh: "同级表头中“\(path.last ?? "")”重复", en: "the heading \"\(path.last ?? "")\" is there twice")
    }
  }

  /// 合计, 总计 and 小计 stand for each other, unless siblings need them to be told apart.
  private func addTotalWords(to siblings: inout [Heading]) {
    guard siblings.filter(\.isTotal).count == 1 else { return }
    let taken = Set(siblings.flatMap { [$0.name, $0.printed] + $0.aliases }.map(LabelText.key))
    for index in siblings.indices where siblings[index].isTotal {
      siblings[index].synonyms = totalWords.filter { !taken.contains(LabelText.key($0)) }
    }
  }

  /// A word must not mean two headings that stand side by side.
  private func checkWords(of siblings: [Heading], _ items: [YAMLNode]) throws {
    var owners: [String: String] = [:]
    for (heading, item) in zip(siblings, items) {
      for word in [heading.name, heading.printed] + heading.aliases {
        if let owner = owners.updateValue(heading.name, forKey: LabelText.key(word)), owner != heading.name {
          throw item.error(
            zh: "“\(word)”既指“\(owner)”又指“\(heading.name)”",
            en: "\"\(word)\" means both \"\(owner)\" and \"\(heading.name)\"")
        }
      }
    }
  }

  // The whole form.

  func check(_ form: FormDefinition) throws {
    let leaves = max(form.rowLeaves.count, form.columnLeaves.count)
    guard leaves <= Self.maximumLeaves, form.fields.count <= Self.maximumFields else {
      throw place(of: ["rows"]).error(zh: "表过大", en: "the form is too large")
    }
    try checkTotals(form.rowLeaves, axis: "rows")
    try checkTotals(form.columnLeaves, axis: "columns")
    for field in form.fields { try check(field, in: form) }
    for equation in form.equations { try check(equation, in: form) }
    for field in form.fields { try checkWeight(of: field, in: form) }
    guard form.fields.contains(where: \.isInput) else {
      throw place(of: ["rows"]).error(zh: "表中没有可填的数据项", en: "the form has nothing to fill in")
    }
  }

  private func checkWeight(of field: Field, in form: FormDefinition) throws {
    guard case .weighted(let weight) = field.ratio else { return }
    guard let other = form.field(weight), other.ratio == nil else {
      throw place(of: field, in: form).error(
        zh: "“\(field.key)”的权数（weight）“\(weight)”不是表中可以相加的数据项",
        en:
          "\"\(field.key)\" is weighted by \"\(weight)\", which is no figure of the form that can be added up"
      )
    }
  }

  private func checkTotals(_ leaves: [[Heading]], axis: String) throws {
    let sums = Equation.sums(of: leaves)
    for sum in sums {
      let node = place(of: [axis] + sum.total, heading: sum.heading)
      if let part = sum.unresolved {
        throw node.error(
          zh: "“\(sum.heading.name)”所加的“\(part)”不是同级表头",
          en: "\"\(sum.heading.name)\" adds \"\(part)\", which is no heading beside it")
      }
      guard Set(sum.parts).count == sum.parts.count else {
        throw node.error(
          zh: "“\(sum.heading.name)”把同一项加了两次", en: "\"\(sum.heading.name)\" adds something twice")
      }
    }
    // Each step replaces totals by their parts; what is left after as many steps as there are leaves is a circle.
    let parts = Dictionary(sums.map { ($0.total, $0.parts) }, uniquingKeysWith: +)
    for sum in sums {
      var open: Set<[String]> = [sum.total]
      for _ in 0...leaves.count where !open.isEmpty { open = Set(open.flatMap { parts[$0] ?? [] }) }
      guard open.isEmpty else {
        throw place(of: [axis] + sum.total, heading: sum.heading)
          .error(zh: "“\(sum.heading.name)”的合计成环", en: "the total \"\(sum.heading.name)\" adds up itself")
      }
    }
  }

  private func check(_ equation: Equation, in form: FormDefinition) throws {
    guard let total = form.field(equation.total) else { return }
    for part in equation.parts.compactMap(form.field) {
      guard part.measure.baseUnit == total.measure.baseUnit, part.measure.scale == total.measure.scale else {
        throw place(of: total, in: form, axis: equation.axis).error(
          zh: "“\(total.key)”（\(total.measure.unit)）与所加的“\(part.key)”（\(part.measure.unit)）计量单位不同",
          en:
            "\"\(total.key)\" (\(total.measure.unit)) adds \"\(part.key)\" (\(part.measure.unit)): different measures"
        )
      }
    }
  }

  func place(of field: Field, in form: FormDefinition, axis: Equation.Axis = .rows) -> YAMLNode {
    let column = form.columnLeaves[field.column].map(\.name)
    let row = form.rowLeaves[field.row].map(\.name)
    return row.isEmpty || axis == .columns && !column.isEmpty
      ? place(of: ["columns"] + column) : place(of: ["rows"] + row)
  }

  /// Where a path's heading stands, or the nearest one above it.
  private func place(of path: [String], heading: Heading? = nil) -> YAMLNode {
    var path = path
    if let heading, let level = path.firstIndex(of: heading.name) { path = Array(path[...level]) }
    while !path.isEmpty {
      if let node = places[path] { return node }
      path.removeLast()
    }
    return places.values.min { ($0.file, $0.line) < ($1.file, $1.line) }
      ?? YAMLNode(.null, file: "", line: 1)
  }
}
