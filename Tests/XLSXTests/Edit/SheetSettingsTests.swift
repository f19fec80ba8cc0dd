import Testing

@testable import XLSX

/// What stands around the cells of an opened workbook: changed in its element, or put in at its place.
@Suite("Settings of an opened sheet")
struct SheetSettingsTests {
  /// Opens a package, changes its only sheet, and holds the result against what it must be.
  ///
  /// - Parameter others: The parts that may change besides the sheet's.
  /// - Returns: The part of the sheet as text, and the sheet read again.
  static func changed(
    _ package: PartsPackage, others: Set<String> = [],
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (Worksheet) throws -> Void
  ) throws -> (xml: String, sheet: Worksheet, parts: PackageParts) {
    let bytes = try package.bytes()
    let book = try Workbook(bytes: bytes)
    let sheet = try book.sheet(at: 0)
    try change(sheet)
    let result = try book.serialized()
    let (before, after) = (try PackageParts(bytes), try PackageParts(result))
    let differences = before.differences(to: after).subtracting(others)
    #expect(differences == ["xl/worksheets/sheet1.xml"], sourceLocation: sourceLocation)
    let again = try Workbook(bytes: result)
    // Saved again it is what it was.
    _ = try again.sheet(at: 0)
    #expect(try again.serialized() == result, sourceLocation: sourceLocation)
    let tree = try #require(XMLTree.parse(after.parts["xl/worksheets/sheet1.xml"] ?? []))
    let order = SchemaOrder.children["worksheet"] ?? []
    let places = tree.children.compactMap { child in
      order.firstIndex(of: child.name.split(separator: ":").last.map(String.init) ?? "")
    }
    #expect(places == places.sorted(), sourceLocation: sourceLocation)
    return (after["xl/worksheets/sheet1.xml"], try again.sheet(at: 0), after)
  }

  /// A sheet whose elements have a prefix.
  static func prefixed(head: String = "", tail: String = "") -> PartsPackage {
    var package = PartsPackage(workbook: window)
    package.replace(
      "xl/worksheets/sheet1.xml",
      "<x:worksheet xmlns:x=\"\(PartsPackage.main)\">\(head)<x:sheetData/>\(tail)</x:worksheet>")
    return package
  }

  static let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

  @Test("a sheet without views gets one before its columns, and the workbook the window that it belongs to")
  func viewIsMade() throws {
    let (xml, sheet, parts) = try Self.changed(
      PartsPackage(
        rows: Self.row, head: "<dimension ref=\"A1\"/><cols><col min=\"1\" max=\"1\" width=\"9\"/></cols>"),
      others: ["xl/workbook.xml"]
    ) {
      $0.freeze(at: "B3")
      $0.view.showsGridLines = false
      $0.view.zoom = 85
    }
    #expect(
      xml.contains(
        "<dimension ref=\"A1\"/><sheetViews><sheetView workbookViewId=\"0\" showGridLines=\"0\" zoomScale=\"85\" zoomScaleNormal=\"85\">"
          + "<pane xSplit=\"1\" ySplit=\"2\" topLeftCell=\"B3\" activePane=\"bottomRight\" state=\"frozen\"/>"
          + "<selection pane=\"topRight\" activeCell=\"B1\" sqref=\"B1\"/><selection pane=\"bottomLeft\" activeCell=\"A3\" sqref=\"A3\"/>"
          + "<selection pane=\"bottomRight\"/></sheetView></sheetViews><cols>"))
    #expect(sheet.view.frozenAt == "B3" && sheet.view.zoom == 85 && !sheet.view.showsGridLines)
    #expect(parts["xl/workbook.xml"].contains("<bookViews><workbookView/></bookViews><sheets>"))
  }

  private static let views =
    "<sheetViews><sheetView tabSelected='1' view=\"pageBreakPreview\" zoomScale=\"60\" topLeftCell=\"A4\" workbookViewId=\"0\" >"
    + "<pane ySplit=\"3000\" topLeftCell=\"A9\" activePane=\"bottomLeft\"/><selection pane=\"bottomLeft\" activeCell=\"C4\" sqref=\"C4:D9\"/>"
    + "<extLst><ext uri=\"{x}\"/></extLst></sheetView><sheetView zoomScale=\"50\" workbookViewId=\"1\"/></sheetViews>"
  static let window = "<bookViews><workbookView/><workbookView/></bookViews>"

  @Test("of a view that is there only what changes is written; other views and extensions stay")
  func viewIsMerged() throws {
    let (xml, sheet, _) = try Self.changed(
      PartsPackage(rows: Self.row, head: Self.views, workbook: Self.window)
    ) {
      $0.freeze(at: "A3")
      $0.view.zoom = 75
    }
    #expect(
      xml.contains(
        "<sheetViews><sheetView tabSelected='1' view=\"pageBreakPreview\" zoomScale=\"75\" workbookViewId=\"0\" zoomScaleSheetLayoutView=\"75\" >"
          + "<pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"C4\" sqref=\"C4:D9\"/>"
          + "<extLst><ext uri=\"{x}\"/></extLst></sheetView><sheetView zoomScale=\"50\" workbookViewId=\"1\"/></sheetViews><sheetData>"
      ))
    #expect(sheet.view.frozenAt == "A3" && sheet.view.activeCell == "C4")
  }

  @Test("panes go, the active selection stays; another cell is selected without touching the rest")
  func panesGo() throws {
    let frozen = """
      <sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>\
      <selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="D7" sqref="D7"/></sheetView></sheetViews>
      """
    let package = PartsPackage(rows: Self.row, head: frozen, workbook: Self.window)
    let (xml, sheet, _) = try Self.changed(package) { $0.freeze(at: nil) }
    #expect(
      xml.contains(
        "<sheetView showGridLines=\"0\" workbookViewId=\"0\"><selection activeCell=\"D7\" sqref=\"D7\"/></sheetView>"
      ))
    #expect(sheet.view.frozenAt == nil && sheet.view.activeCell == "D7")
    let selected = try Self.changed(package) { $0.view.activeCell = "E8" }
    #expect(
      selected.xml.contains(
        frozen.replacing("activeCell=\"D7\" sqref=\"D7\"", with: "activeCell=\"E8\" sqref=\"E8\"")))
    #expect(selected.sheet.view.activeCell == "E8" && selected.sheet.view.frozenAt == "C2")
  }

  @Test("elements with a prefix are changed, and made with it")
  func prefixedView() throws {
    let made = try Self.changed(Self.prefixed()) {
      $0.view.isRightToLeft = true
      $0.view.activeCell = "B2"
    }
    #expect(
      made.xml.contains(
        "<x:sheetViews><x:sheetView workbookViewId=\"0\" rightToLeft=\"1\"><x:selection activeCell=\"B2\" sqref=\"B2\"/></x:sheetView></x:sheetViews><x:sheetData/>"
      ))
    #expect(made.sheet.view.isRightToLeft && made.sheet.view.activeCell == "B2")
    let package = Self.prefixed(
      head: "<x:sheetViews><x:sheetView showRowColHeaders=\"0\" workbookViewId=\"0\"/></x:sheetViews>")
    let merged = try Self.changed(package) { $0.view.showsHeadings = true }
    #expect(
      merged.xml.contains("<x:sheetViews><x:sheetView workbookViewId=\"0\"/></x:sheetViews><x:sheetData/>"))
  }

  @Test("a zoom or a cell that Excel refuses, and frozen panes in a page layout, are refused")
  func refusedViews() throws {
    for change in [{ $0.view.zoom = 9 }, { $0.view.frozenAt = CellReference(row: 0, column: 1) }]
      as [(Worksheet) -> Void]
    {
      let book = try PartsPackage(head: Self.views).open()
      change(try book.sheet(at: 0))
      #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
    }
    let layout = try PartsPackage(
      head: "<sheetViews><sheetView view=\"pageLayout\" workbookViewId=\"0\"/></sheetViews>"
    ).open()
    try layout.sheet(at: 0).freeze(at: "A2")
    #expect(failure { _ = try layout.serialized() }?.code == .unsupportedChange)
    let hidden = try PartsPackage(
      head:
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"x14\"/><mc:Fallback>\(Self.views)</mc:Fallback></mc:AlternateContent>"
    ).open()
    try hidden.sheet(at: 0).view.zoom = 70
    #expect(failure { _ = try hidden.serialized() }?.code == .unsupportedChange)
  }
}
