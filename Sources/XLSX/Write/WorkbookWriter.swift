/// Writes a workbook that is whole in memory: every part of the package, from nothing.
struct WorkbookWriter: ~Copyable {
  let workbook: Workbook
  var package = PackageWriter()
  var strings = SharedStringTable()
  var stylesheet: Stylesheet
  /// Numbers for file names, and for ids that are unique in the workbook.
  var counters = Counters()
  /// The parts of pictures by their bytes.
  var media: [[UInt8]: String] = [:]

  struct Counters {
    var comments = 0
    var shapeBlocks = 0
    var drawings = 0
    var charts = 0
    var tables = 0
  }

  static let workbookPart = "/xl/workbook.xml"

  /// The archive of a workbook.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for whatever Excel would refuse or repair.
  static func archive(of workbook: Workbook) throws(XLSXError) -> ZipWriter {
    var writer = try WorkbookWriter(workbook)
    try writer.addAllParts()
    return writer.package.archive(level: 6)
  }

  private init(_ workbook: Workbook) throws(XLSXError) {
    self.workbook = workbook
    stylesheet = try Stylesheet(workbook.styles)
  }

  private mutating func addAllParts() throws(XLSXError) {
    try WorkbookRules.check(workbook)
    package.relate(nil, .officeDocument, to: Self.workbookPart)
    try addProperties()
    var sheetIDs: [String] = []
    var sheetParts: [String] = []
    for place in workbook.sheets.indices {
      let part = "/xl/worksheets/sheet\(place + 1).xml"
      sheetIDs.append(package.relate(Self.workbookPart, .worksheet, to: part))
      sheetParts.append(part)
    }
    package.relate(Self.workbookPart, .theme, to: "/xl/theme/theme1.xml")
    package.relate(Self.workbookPart, .styles, to: "/xl/styles.xml")
    package.add(Self.workbookPart, type: .workbook, workbookXML(sheetIDs: sheetIDs))
    for (place, part) in sheetParts.enumerated() {
      guard let sheet = workbook.loadedSheets[place] else { continue }
      try addSheet(sheet, part: part, position: place)
    }
    package.add("/xl/theme/theme1.xml", type: .theme, ThemePart.xml())
    package.add("/xl/styles.xml", type: .styles, stylesheet.part())
    if !strings.isEmpty {
      package.relate(Self.workbookPart, .sharedStrings, to: "/xl/sharedStrings.xml")
      var finished = SharedStringTable()
      swap(&finished, &strings)
      package.add("/xl/sharedStrings.xml", type: .sharedStrings, finished.part())
    }
  }
}
