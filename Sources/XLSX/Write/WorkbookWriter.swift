/// Writes the package of a workbook from nothing: the parts of the sheets one by one, then those they share.
struct WorkbookWriter: ~Copyable {
  let workbook: Workbook
  var package = PackageWriter()
  var strings: SharedStringTable
  var differentials = Differentials()
  /// Numbers for file names, and for ids that are unique in the workbook.
  var counters = Counters()
  /// The parts of pictures by their bytes.
  var media: [[UInt8]: String] = [:]
  /// Who wrote in conversations, in the order in which they first come.
  var persons: [String] = []
  /// The caches of pivot tables by their numbers, with the relationships that lead to them.
  var pivotCaches: [(number: Int, id: String)] = []
  /// The relationships that lead to the sheets, in their order.
  private var sheetIDs: [String] = []
  /// Where deflated parts go that get too large for memory; `nil` keeps them there.
  let spillFolder: String?

  struct Counters {
    var comments = 0
    var threads = 0
    var shapeBlocks = 0
    var drawings = 0
    var charts = 0
    var tables = 0
    var pivots = 0
  }

  static let workbookPart = "/xl/workbook.xml"
  /// libdeflate's level for parts that are deflated whole. The next one takes twice the time for 1 % less.
  static let level: Int32 = 6

  /// - Parameter sharedTextLimit: Bytes of text from which on new texts stand in their cells instead of the table.
  init(_ workbook: Workbook, spillFolder: String?, sharedTextLimit: Int = .max) {
    self.workbook = workbook
    self.spillFolder = spillFolder
    strings = SharedStringTable(byteLimit: sharedTextLimit)
    package.relate(nil, .officeDocument, to: Self.workbookPart)
  }

  /// The archive of a workbook that is whole in memory.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for whatever Excel would refuse or repair.
  static func archive(of workbook: Workbook, spillFolder: String? = nil) throws(XLSXError) -> ZipWriter {
    try WorkbookRules.check(workbook)
    // Texts of rows that nobody holds in memory are not all held there either.
    let isStreamed = workbook.loadedSheets.values.contains { $0.streamedRows != nil }
    var writer = WorkbookWriter(
      workbook, spillFolder: spillFolder, sharedTextLimit: isStreamed ? 16 << 20 : .max)
    for place in workbook.sheets.indices {
      guard let sheet = workbook.loadedSheet(at: place) else { continue }
      try writer.addSheet(sheet, position: place)
    }
    return try writer.finish()
  }

  /// The name of the next sheet's part, once the workbook leads to it.
  mutating func addSheetPart() -> String {
    let part = "/xl/worksheets/sheet\(sheetIDs.count + 1).xml"
    sheetIDs.append(package.relate(Self.workbookPart, .worksheet, to: part))
    return part
  }

  /// Adds the parts that the sheets share.
  consuming func finish() throws(XLSXError) -> ZipWriter {
    package.relate(Self.workbookPart, .theme, to: "/xl/theme/theme1.xml")
    package.add("/xl/theme/theme1.xml", type: .theme, ThemePart.xml())
    package.relate(Self.workbookPart, .styles, to: "/xl/styles.xml")
    package.add("/xl/styles.xml", type: .styles, try Stylesheet(workbook.styles, differentials).part())
    let hasDynamicArrays = strings.hasDynamicArrays
    if !strings.isEmpty {
      package.relate(Self.workbookPart, .sharedStrings, to: "/xl/sharedStrings.xml")
      try strings.finish(as: "/xl/sharedStrings.xml", in: &package)
    }
    addPersons()
    if hasDynamicArrays {
      package.relate(Self.workbookPart, .sheetMetadata, to: DynamicArrayMetadata.part)
      package.add(DynamicArrayMetadata.part, type: .sheetMetadata, text: DynamicArrayMetadata.xml)
    }
    package.add(Self.workbookPart, type: .workbook, workbookXML(sheetIDs: sheetIDs))
    try addProperties()
    return package.archive(level: Self.level)
  }
}
