/// Loads a sheet into memory: its cells, and everything else that its part holds or leads to.
struct SheetLoader {
  private let source: WorkbookSource
  private let part: String
  private let strings: SharedStrings

  static func load(
    at position: Int, named name: String, from source: WorkbookSource, dateSystem: DateSystem
  ) throws -> SheetContent {
    let part = try source.sheetPart(at: position, name: name)
    let loader = SheetLoader(source: source, part: part, strings: try source.sharedStrings())
    return try loader.load(dateSystem: dateSystem, names: source.sheetNames[position] ?? [])
  }

  private init(source: WorkbookSource, part: String, strings: SharedStrings) {
    self.source = source
    self.part = part
    self.strings = strings
  }

  private func load(dateSystem: DateSystem, names: [DefinedName]) throws -> SheetContent {
    let parts = SheetParts(appearances: try source.styleSheet().appearances)
    let walker = XMLWalker(part: part, visit: parts.visit, collected: parts.take)
    let stream = try SheetStream(
      package: source.package, part: part, dateSystem: dateSystem, walker: walker)
    var rows = StoredRows(strings: strings)
    while try stream.fill(strings) { rows.append(stream.builder) }
    try SheetSurroundings(source: source, part: part).complete(parts)
    var content = parts.content
    content.conditionalFormats = parts.conditionalFormats.sorted { $0.priority < $1.priority }.map(\.format)
    for name in names { content.pageSetup.take(name) }
    content.cells = rows.cells
    return content
  }
}
