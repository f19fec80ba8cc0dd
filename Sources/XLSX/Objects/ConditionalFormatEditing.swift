/// Adds conditional formats to a sheet, and changes and removes those that it has: a cell looks as the first that holds for it
/// says (ECMA-376 Part 1, 18.3.1.18).
struct ConditionalFormatEditing {
  /// Those that are written, each with its priority; `nil` for one behind all others.
  private var written: [(format: ConditionalFormat, priority: Int?)] = []
  /// Rules that go, by their number in the part.
  private var removed: Set<Int> = []
  /// New priorities of rules that stay.
  private var priorities: [Int: Int] = [:]

  /// Adds formats behind those that are there.
  init(adding formats: [ConditionalFormat]) { written = formats.map { ($0, nil) } }

  /// Makes formats of those that are there: a changed one is written anew in its place.
  init(from old: [ConditionalFormat], to new: [ConditionalFormat]) {
    if old == new { return }
    let changes = ObjectChanges(from: old, to: new)
    let known = Dictionary(firstOf: changes.kept.map { (ObjectIdentifier($0.mark), $0) })
    let marks = new.map { $0.origin.mark.map { ObjectIdentifier($0) } }
    let isInOrder =
      changes.changed.isEmpty
      && zip(marks, changes.kept).allSatisfy { $0 == ObjectIdentifier($1.mark) }
      && !marks.dropFirst(changes.kept.count).contains { $0.map { known[$0] != nil } == true }
    removed = Set((changes.removed.map(\.mark) + changes.changed.map(\.mark)).map(\.place))
    if isInOrder {
      written = changes.added.map { ($0, nil) }
      return
    }
    var seen: Set<Int> = []
    for (index, format) in new.enumerated() {
      let known = marks[index].flatMap { known[$0] }
      if let known, known.old == known.new, seen.insert(known.mark.place).inserted {
        priorities[known.mark.place] = index + 1
      } else {
        written.append((format, index + 1))
      }
    }
  }

  var isEmpty: Bool { written.isEmpty && removed.isEmpty && priorities.isEmpty }

  /// - Parameter differential: Gives what a format sets its number in the file.
  func apply(
    to sheet: inout SheetMarkup, differential: (ConditionalFormat.Appearance) throws -> Int
  ) throws {
    if !removed.isEmpty || !priorities.isEmpty { try changeRules(of: &sheet) }
    var (highest, known) = Self.survey(sheet)
    for (format, wanted) in written {
      guard highest < Int(Int32.max) else {
        throw sheet.refusal("conditional formats of the lowest priority there is, which")
      }
      if wanted == nil { highest += 1 }
      let priority = wanted ?? highest
      var attempt = "\(sheet.part) \(priority)"
      while known.contains(StableIdentifier.guid("conditional format \(attempt)")) { attempt += "'" }
      let identifier = StableIdentifier.guid("conditional format \(attempt)")
      if !ConditionalFormatExtensionXML.isWhole(format) {
        try append(format, priority, identifier, to: &sheet, differential)
      }
      if ConditionalFormatExtensionXML.isExtended(format) {
        try extend(format, priority, identifier, &sheet)
        known.insert(identifier)
      }
    }
  }

  /// Takes rules out, with what the sheet's extension adds to them, and gives others their priority.
  private func changeRules(of sheet: inout SheetMarkup) throws {
    var number = 0
    var identifiers: Set<String> = []
    func change(_ list: inout MarkupElement?) {
      list?.changeAll("cfRule") { _, rule in
        defer { number += 1 }
        if removed.contains(number) || rule?["id"].map(identifiers.contains) == true {
          let extensions = rule?.child("extLst")?.children("ext") ?? []
          identifiers.formUnion(extensions.compactMap { $0.child("id")?.text.trimmingXMLSpace })
          rule = nil
        } else if let priority = priorities[number] {
          rule?["priority"] = String(priority)
        }
      }
      if list?.has("cfRule") == false { list = nil }
    }
    try sheet.changeAll("conditionalFormatting") { change(&$1) }
    try sheet.changeExtensions { element in
      guard element.has("conditionalFormattings") else { return true }
      element.change("conditionalFormattings") { list in
        list.changeAll("conditionalFormatting") { change(&$1) }
      }
      return element.child("conditionalFormattings")?.has("conditionalFormatting") == true
    }
  }

  /// The lowest priority, which is the highest number, and the identifiers of all rules, those of extensions among them.
  private static func survey(_ sheet: SheetMarkup) -> (priority: Int, identifiers: Set<String>) {
    var priority = 0
    var identifiers: Set<String> = []
    for rule in MarkupScanner.tags("cfRule", in: sheet.root.emptying("sheetData").bytes) {
      priority = max(priority, min(rule.integer("priority") ?? 0, Int(Int32.max)))
      if let id = rule["id"] { identifiers.insert(id) }
    }
    return (priority, identifiers)
  }

  private func append(
    _ format: ConditionalFormat, _ priority: Int, _ identifier: String, to sheet: inout SheetMarkup,
    _ differential: (ConditionalFormat.Appearance) throws -> Int
  ) throws {
    var differentials = Differentials()
    let made = MarkupElement(prefix: sheet.root.prefix) {
      ConditionalFormatXML.append(
        format, priority: priority, identifier: identifier, differentials: &differentials, to: &$0)
    }
    guard var element = made else { return }
    if let appearance = differentials.appearances.first {
      let index = try differential(appearance)
      element.changeAll("cfRule") { _, rule in rule?["dxfId"] = String(index) }
    }
    sheet.insert(element)
  }

  private func extend(
    _ format: ConditionalFormat, _ priority: Int, _ identifier: String, _ sheet: inout SheetMarkup
  ) throws {
    let made = MarkupElement(prefix: "") {
      ConditionalFormatExtensionXML.append(format, priority: priority, identifier: identifier, to: &$0)
    }
    guard var element = made else { return }
    element["xmlns:x14"] = Namespace.x14
    try sheet.extend("conditionalFormattings", uri: ConditionalFormatExtensionXML.uri, with: [element])
  }
}

/// Adds what conditional formats set (`dxf`) to a styles part, behind what it has (ECMA-376 Part 1, 18.8.14).
struct DifferentialEditing {
  private let count: Int
  private var differentials = Differentials()

  init(_ bytes: [UInt8]) {
    count = MarkupElement(bytes)?.child("dxfs")?.childNames.count { $0 == "dxf" } ?? 0
  }

  mutating func index(of appearance: ConditionalFormat.Appearance) -> Int {
    count + differentials.index(of: appearance)
  }

  func apply(to root: inout MarkupElement) {
    if differentials.appearances.isEmpty { return }
    root.change("dxfs", order: StyleEditing.order) { list in
      list["count"] = String(count + differentials.appearances.count)
      for appearance in differentials.appearances {
        let made = MarkupElement(prefix: list.prefix) { Stylesheet.append(appearance, to: &$0) }
        if let made { list.insert(made, order: ["dxf", "extLst"]) }
      }
    }
  }
}
