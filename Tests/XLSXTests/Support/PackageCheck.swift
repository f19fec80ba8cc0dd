import Testing

/// Looks for what makes Excel offer to repair a file: the repair dialog as a unit test.
///
/// Every workbook that a test writes goes through ``check(_:sourceLocation:)``.
struct PackageCheck {
  private var parts: [String: [UInt8]] = [:]
  private var trees: [String: XMLTree] = [:]
  private(set) var findings: [String] = []

  /// Records an issue for every finding, and returns the parts by name for the test to look into.
  @discardableResult
  static func check(_ archive: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> [String:
    XMLTree]
  {
    let check = PackageCheck(archive)
    for finding in check.findings { Issue.record("\(finding)", sourceLocation: sourceLocation) }
    return check.trees
  }

  init(_ archive: [UInt8]) {
    guard let entries = ZipListing.entries(of: archive) else {
      findings.append("libzip finds the archive inconsistent")
      return
    }
    for entry in entries {
      let name = "/" + entry.name
      if parts.keys.contains(where: { $0.lowercased() == name.lowercased() }) {
        report("\(name) is there twice")
      }
      parts[name] = entry.bytes
      guard isXML(name) else { continue }
      if let tree = XMLTree.parse(entry.bytes) {
        trees[name] = tree
      } else {
        report("\(name) is not well-formed")
      }
    }
    if entries.first?.name != "[Content_Types].xml" { report("the content types are not the first entry") }
    checkContentTypes()
    checkRelationships()
    for (name, tree) in trees.sorted(by: { $0.key < $1.key }) { check(name, tree) }
  }

  private mutating func report(_ finding: String) { findings.append(finding) }

  private func isXML(_ name: String) -> Bool {
    [".xml", ".rels", ".vml"].contains { name.hasSuffix($0) }
  }

  /// Every part has exactly one type; every declared part is there.
  private mutating func checkContentTypes() {
    guard let types = trees["/[Content_Types].xml"] else { return report("there are no content types") }
    let defaults = types.children(named: "Default").compactMap { $0["Extension"]?.lowercased() }
    if Set(defaults).count != defaults.count { report("a default content type is declared twice") }
    let overrides = types.children(named: "Override").compactMap { $0["PartName"] }
    if Set(overrides).count != overrides.count { report("a part's content type is declared twice") }
    for name in overrides where parts[name] == nil { report("\(name) has a content type and is not there") }
    for name in parts.keys.sorted() where name != "/[Content_Types].xml" && !overrides.contains(name) {
      let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if !defaults.contains(suffix) || suffix == "xml" { report("\(name) has no content type of its own") }
    }
  }

  /// Every relationship leads somewhere, every part is reached, and every `r:` id used is defined.
  private mutating func checkRelationships() {
    var reached: Set<String> = ["/[Content_Types].xml"]
    for (name, tree) in trees where name.hasSuffix(".rels") {
      reached.insert(name)
      let source = Self.source(ofRelationships: name)
      if source != "/" && parts[source] == nil { report("\(name) belongs to no part") }
      let folder = source.split(separator: "/").dropLast().map(String.init)
      var ids: Set<String> = []
      for relationship in tree.children {
        if !ids.insert(relationship["Id"] ?? "").inserted { report("\(name) has an id twice") }
        if relationship["TargetMode"] == "External" { continue }
        let target = Self.resolve(relationship["Target"] ?? "", in: folder)
        reached.insert(target)
        if parts[target] == nil { report("\(name) leads to \(target), which is not there") }
      }
      if tree.children.isEmpty { report("\(name) is empty") }
      let used = trees[source]?.all.flatMap { element in
        element.attributes.filter { $0.key.hasPrefix("r:") }.map(\.value)
      }
      for id in used ?? [] where !ids.contains(id) {
        report("\(source) uses \(id), which \(name) does not define")
      }
    }
    for name in parts.keys.sorted() where !reached.contains(name) {
      report("no relationship leads to \(name)")
    }
    for (name, tree) in trees where !name.hasSuffix(".rels") && parts[Self.relationships(of: name)] == nil {
      if tree.all.contains(where: { $0.attributes.keys.contains { $0.hasPrefix("r:") } }) {
        report("\(name) uses relationships and has none")
      }
    }
  }

  /// The part that `/xl/_rels/workbook.xml.rels` belongs to; `/` for the package's own.
  private static func source(ofRelationships name: String) -> String {
    let steps = name.dropLast(".rels".count).split(separator: "/").filter { $0 != "_rels" }
    return "/" + steps.joined(separator: "/")
  }

  private static func relationships(of name: String) -> String {
    let folders = name.split(separator: "/").map(String.init)
    return "/" + (folders.dropLast() + ["_rels", (folders.last ?? "") + ".rels"]).joined(separator: "/")
  }

  private static func resolve(_ target: String, in folder: [String]) -> String {
    if target.hasPrefix("/") { return target }
    var path = folder
    for step in target.split(separator: "/") {
      if step == ".." { _ = path.popLast() } else if step != "." { path.append(String(step)) }
    }
    return "/" + path.joined(separator: "/")
  }
}

/// What the parts hold.
extension PackageCheck {
  private mutating func check(_ name: String, _ tree: XMLTree) {
    for element in tree.all {
      if let order = SchemaOrder.children[element.name] { checkOrder(of: element, order, name) }
      if SchemaOrder.neverEmpty.contains(element.name) && element.children.isEmpty {
        report("\(name) has an empty <\(element.name)>")
      }
      if let count = element["count"].flatMap(Int.init), SchemaOrder.counted.contains(element.name),
        count != element.children.count
      {
        report("\(name): <\(element.name)> says \(count) and has \(element.children.count)")
      }
    }
    switch tree.name {
    case "worksheet": checkSheet(name, tree)
    case "workbook": checkWorkbook(name, tree)
    case "styleSheet": checkStyles(name, tree)
    case "table": checkTable(name, tree)
    default: break
    }
  }

  private mutating func checkOrder(of element: XMLTree, _ order: [String], _ part: String) {
    var last = -1
    for child in element.children {
      let name = SchemaOrder.name(of: child.name, in: element.name)
      guard let place = order.firstIndex(of: name) else {
        report("\(part): <\(child.name)> is no child of <\(element.name)>")
        continue
      }
      if place < last { report("\(part): <\(child.name)> stands too late in <\(element.name)>") }
      if place == last && !SchemaOrder.repeated.contains(name) {
        report("\(part): <\(element.name)> has <\(child.name)> twice")
      }
      last = place
    }
  }

  private mutating func checkSheet(_ name: String, _ sheet: XMLTree) {
    let styles = trees["/xl/styles.xml"]
    let formats = styles?.first("cellXfs")?.children.count ?? 0
    let differentials = styles?.first("dxfs")?.children.count ?? 0
    let strings = trees["/xl/sharedStrings.xml"]?.children.count ?? 0
    var lastRow = 0
    for row in sheet.first("sheetData")?.children ?? [] {
      let index = row["r"].flatMap { Int($0) } ?? 0
      if index <= lastRow { report("\(name): row \(index) does not ascend") }
      lastRow = index
      var lastColumn = 0
      for cell in row.children {
        let letters = (cell["r"] ?? "").prefix { $0.isLetter }
        let column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
        if column <= lastColumn { report("\(name): cell \(cell["r"] ?? "?") does not ascend") }
        lastColumn = column
        if cell["r"] != "\(letters)\(index)" {
          report("\(name): cell \(cell["r"] ?? "?") stands in row \(index)")
        }
        if let style = cell["s"].flatMap({ Int($0) }), style >= formats {
          report("\(name): style \(style) is not there")
        }
        if cell["t"] == "s", let text = cell.first("v")?.text, Int(text).map({ $0 >= strings }) ?? true {
          report("\(name): shared string \(text) is not there")
        }
        if cell["t"] == nil, let text = cell.first("v")?.text, Double(text)?.isFinite != true {
          report("\(name): \(cell["r"] ?? "?") holds \(text), which is no number")
        }
      }
    }
    for rule in sheet.all where rule.name == "cfRule" {
      if let id = rule["dxfId"].flatMap({ Int($0) }), id >= differentials {
        report("\(name): dxf \(id) is not there")
      }
    }
    let priorities = sheet.all.filter { $0.name == "cfRule" }.compactMap { $0["priority"] }
    if Set(priorities).count != priorities.count {
      report("\(name): two conditional formats have one priority")
    }
  }

  private mutating func checkWorkbook(_ name: String, _ workbook: XMLTree) {
    let sheets = workbook.first("sheets")?.children ?? []
    for attribute in ["name", "sheetId", "r:id"] {
      let values = sheets.compactMap { $0[attribute]?.lowercased() }
      if Set(values).count != sheets.count {
        report("\(name): two sheets have one \(attribute), or one has none")
      }
    }
    var seen: Set<String> = []
    for defined in workbook.first("definedNames")?.children ?? [] {
      let scope = defined["localSheetId"] ?? ""
      if !seen.insert("\(scope)/\(defined["name"]?.lowercased() ?? "")").inserted {
        report("\(name): the name \(defined["name"] ?? "") is defined twice")
      }
      if let place = Int(scope), place >= sheets.count {
        report("\(name): localSheetId \(place) is no sheet")
      }
      if defined.text.isEmpty { report("\(name): the name \(defined["name"] ?? "") stands for nothing") }
    }
  }

  private mutating func checkStyles(_ name: String, _ styles: XMLTree) {
    let custom = Set(styles.first("numFmts")?.children.compactMap { $0["numFmtId"] } ?? [])
    let tables = [
      ("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs"),
    ]
    for format in styles.first("cellXfs")?.children ?? [] {
      for (attribute, table) in tables {
        let index = format[attribute].flatMap { Int($0) } ?? 0
        if index >= styles.first(table)?.children.count ?? 0 {
          report("\(name): \(attribute) \(index) is not there")
        }
      }
      if let id = format["numFmtId"], let number = Int(id), number >= 164, !custom.contains(id) {
        report("\(name): numFmtId \(id) is not there")
      }
    }
  }

  private mutating func checkTable(_ name: String, _ table: XMLTree) {
    let columns = table.first("tableColumns")?.children ?? []
    let names = columns.compactMap { $0["name"]?.lowercased() }
    if Set(names).count != columns.count { report("\(name): two columns have one name, or one has none") }
    if Set(columns.compactMap { $0["id"] }).count != columns.count {
      report("\(name): two columns have one id")
    }
  }
}
