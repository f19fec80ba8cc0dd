/// Adds conditional formats to a sheet, behind those that it has: a cell looks as the first that holds for it says
/// (ECMA-376 Part 1, 18.3.1.18).
struct ConditionalFormatEditing {
  let formats: [ConditionalFormat]

  /// - Parameter differential: Gives what a format sets its number in the file.
  func apply(
    to sheet: inout SheetMarkup, differential: (ConditionalFormat.Appearance) throws -> Int
  ) throws {
    var (priority, known) = Self.survey(sheet)
    for format in formats {
      guard priority < Int(Int32.max) else {
        throw sheet.refusal("conditional formats of the lowest priority there is, which")
      }
      priority += 1
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

  /// The lowest priority, which is the highest number, and the identifiers of all rules, those of extensions among them.
  private static func survey(_ sheet: SheetMarkup) -> (priority: Int, identifiers: Set<String>) {
    var scanner = MarkupScanner(sheet.root.emptying("sheetData").bytes)
    var priority = 0
    var identifiers: Set<String> = []
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "cfRule" else { continue }
      let number = scanner.value("priority", of: token).flatMap { Int($0.trimmingXMLSpace) } ?? 0
      priority = max(priority, min(number, Int(Int32.max)))
      if let id = scanner.value("id", of: token) { identifiers.insert(id) }
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
    try sheet.change("extLst") { list in
      var isDone = false
      list.changeAll("ext") { _, known in
        guard !isDone, var ext = known, ext.has("conditionalFormattings") else { return }
        ext.change("conditionalFormattings", order: []) { $0.insert(element, order: []) }
        known = ext
        isDone = true
      }
      if isDone { return }
      var ext = MarkupElement("ext", prefix: list.prefix)
      ext["uri"] = ConditionalFormatExtensionXML.uri
      ext["xmlns:x14"] = Namespace.x14
      ext.change("conditionalFormattings", prefix: "x14:") { $0.insert(element, order: []) }
      list.insert(ext, order: ["ext"])
    }
  }
}

/// Adds what conditional formats set (`dxf`) to a styles part, behind what it has (ECMA-376 Part 1, 18.8.14).
struct DifferentialEditing {
  private let count: Int
  private var differentials = Differentials()

  private static let order = [
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
  ]

  init(_ bytes: [UInt8]) {
    count = MarkupElement(bytes)?.child("dxfs")?.childNames.count { $0 == "dxf" } ?? 0
  }

  mutating func index(of appearance: ConditionalFormat.Appearance) -> Int {
    count + differentials.index(of: appearance)
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    guard !differentials.appearances.isEmpty, var root = MarkupElement(bytes) else { return bytes }
    root.change("dxfs", order: Self.order) { list in
      list["count"] = String(count + differentials.appearances.count)
      for appearance in differentials.appearances {
        let made = MarkupElement(prefix: list.prefix) { Stylesheet.append(appearance, to: &$0) }
        if let made { list.insert(made, order: ["dxf", "extLst"]) }
      }
    }
    return root.bytes
  }
}
