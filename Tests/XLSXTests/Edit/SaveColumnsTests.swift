import Testing

@testable import XLSX

/// Columns and whole rows of an opened workbook: another size, hidden, grouped, with another look.
@Suite("Saving an opened workbook with other columns")
struct SaveColumnsTests {
  private static let part = "xl/worksheets/sheet1.xml"

  private func saved(
    _ package: PartsPackage, _ change: (Worksheet) throws -> Void
  ) throws -> (sheet: Worksheet, xml: String) {
    let (sheet, parts) = try package.saved(change)
    return (sheet, parts[Self.part])
  }

  @Test("a run that a change cuts in two is divided, and what it says besides stays")
  func divided() throws {
    let head = """
      <cols>
        <col min="2" max="5" width="9" phonetic='1'/><!-- 附件 -->
        <col  min="8" max="8" width="3" bestFit="1" customWidth="1"/>
      </cols>
      """
    let (sheet, xml) = try saved(PartsPackage(head: head)) { sheet in
      sheet.setColumnWidth(20.5, for: "C:D")
      sheet.hideColumns("J")
      sheet.setColumnWidth(12, for: "A")
    }
    #expect(
      xml.contains(
        """
        <cols>
          <col min="1" max="1" width="12" customWidth="1"/><col min="2" max="2" width="9" phonetic='1'/>\
        <col min="3" max="4" width="20.5" phonetic='1' customWidth="1"/>\
        <col min="5" max="5" width="9" phonetic='1'/><!-- 附件 -->
          <col  min="8" max="8" width="3" bestFit="1" customWidth="1"/>
        <col min="10" max="10" width="9.140625" hidden="1"/></cols><sheetData>
        """))
    #expect((1...5).map { sheet.columnSettings($0).width } == [12, 9, 20.5, 20.5, 9])
    #expect(sheet.columnSettings(8).width == 3 && sheet.columnSettings(10).isHidden)
    #expect(sheet.columnSettings(6) == ColumnSettings() && sheet.columnSettings(9) == ColumnSettings())
  }

  @Test("one change over several runs and the columns between them reaches each once")
  func across() throws {
    let head =
      "<cols><col min=\"1\" max=\"2\" width=\"5\"/><col min=\"5\" max=\"7\" width=\"6\" bestFit=\"1\"/></cols>"
    let (sheet, xml) = try saved(PartsPackage(head: head)) { $0.setColumnWidth(11, for: "B:F") }
    #expect(
      xml.contains(
        """
        <cols><col min="1" max="1" width="5"/><col min="2" max="2" width="11" customWidth="1"/>\
        <col min="3" max="4" width="11" customWidth="1"/><col min="5" max="6" width="11" customWidth="1"/>\
        <col min="7" max="7" width="6" bestFit="1"/></cols>
        """))
    #expect((1...8).map { sheet.columnSettings($0).width } == [5, 11, 11, 11, 11, 11, 6, nil])
  }

  @Test("a sheet without columns gets them before its rows, in its own prefix")
  func prefixed() throws {
    var package = PartsPackage(rows: "")
    package.replace(
      Self.part,
      """
      <x:worksheet xmlns:x="\(PartsPackage.main)"><x:sheetFormatPr baseColWidth="10" defaultRowHeight="16"/>\
      <x:sheetData/><x:extLst><x:ext uri="u"><cols xmlns="u"/></x:ext></x:extLst></x:worksheet>
      """)
    let (sheet, xml) = try saved(package) { sheet in
      sheet.setColumnWidth(30, for: "B:C")
      sheet.groupColumns("E:F", collapsed: true)
    }
    #expect(
      xml.contains(
        """
        <x:sheetFormatPr baseColWidth="10" defaultRowHeight="16" outlineLevelCol="1"/>\
        <x:cols><x:col min="2" max="3" width="30" customWidth="1"/>\
        <x:col min="5" max="6" width="11.428571428571429" hidden="1" outlineLevel="1"/>\
        <x:col min="7" max="7" width="11.428571428571429" collapsed="1"/></x:cols>\
        <x:sheetData/><x:extLst><x:ext uri="u"><cols xmlns="u"/></x:ext></x:extLst></x:worksheet>
        """))
    #expect(sheet.columnSettings(3).width == 30)
    #expect(sheet.columnSettings(6).isHidden && sheet.columnSettings(6).outlineLevel == 1)
    #expect(sheet.columnSettings(7).isCollapsed && sheet.columnSettings(8) == ColumnSettings())

    package.replace(
      Self.part,
      """
      <x:worksheet xmlns:x="\(PartsPackage.main)"><x:cols><x:col min="1" max="3" width="5" x:a="b"></x:col></x:cols>\
      <x:sheetData/></x:worksheet>
      """)
    let existing = try saved(package) { $0.hideColumns("C:D") }.xml
    #expect(
      existing.contains(
        """
        <x:cols><x:col min="1" max="2" width="5" x:a="b"></x:col>\
        <x:col min="3" max="3" width="5" x:a="b" hidden="1"></x:col>\
        <x:col min="4" max="4" width="9.140625" hidden="1"/></x:cols>
        """))
  }

  @Test("a column that has nothing of its own any more is not listed; a list without columns is not left")
  func emptied() throws {
    let head =
      "<cols><col min=\"2\" max=\"3\" width=\"20\" customWidth=\"1\"/><col min=\"5\" max=\"5\" width=\"4\"/></cols>"
    let (sheet, xml) = try saved(PartsPackage(head: head)) { $0.setColumnWidth(nil, for: "C") }
    #expect(
      xml.contains(
        "<cols><col min=\"2\" max=\"2\" width=\"20\" customWidth=\"1\"/><col min=\"5\" max=\"5\" width=\"4\"/></cols>"
      ))
    #expect(sheet.columnSettings(3) == ColumnSettings())
    #expect(
      try !saved(PartsPackage(head: head)) { $0.setColumnWidth(nil, for: "A:XFD") }.xml.contains("<col"))
    // What keeps a style or a mark that is not known stays listed, as wide as any other.
    let kept = "<cols><col min=\"2\" max=\"2\" width=\"20\" customWidth=\"1\" phonetic=\"1\"/></cols>"
    #expect(
      try saved(PartsPackage(head: kept)) { $0.setColumnWidth(nil, for: "B") }.xml.contains(
        "<cols><col min=\"2\" max=\"2\" width=\"9.140625\" phonetic=\"1\"/></cols>"))
  }

  @Test("hidden, grouped and folded columns are shown and taken apart again")
  func shown() throws {
    let head = """
      <sheetFormatPr defaultRowHeight="15" outlineLevelCol="2"/><cols>\
      <col min="1" max="2" width="5" hidden="true" outlineLevel="2"/><col min="3" max="3" width="5" collapsed="1"/></cols>
      """
    let (sheet, xml) = try saved(PartsPackage(head: head)) { sheet in
      sheet.hideColumns("A:B", false)
      sheet.updateColumns(1...2) { $0.outlineLevel = 0 }
      sheet.updateColumns(3...3) { $0.isCollapsed = false }
    }
    #expect(
      xml.contains(
        "outlineLevelCol=\"2\"/><cols><col min=\"1\" max=\"2\" width=\"5\"/><col min=\"3\" max=\"3\" width=\"5\"/></cols>"
      ))
    #expect(!sheet.columnSettings(1).isHidden && sheet.columnSettings(2).outlineLevel == 0)
  }

  @Test("rows that are grouped find room beside the cells, in a sheet that says nothing of sizes too")
  func groupedRows() throws {
    let (sheet, xml) = try saved(PartsPackage(rows: "<row r=\"1\"/>")) { $0.groupRows(1...2) }
    #expect(
      xml.contains(
        """
        <sheetFormatPr defaultRowHeight="15" outlineLevelRow="1"/><sheetData>\
        <row r="1" outlineLevel="1"/><row r="2" outlineLevel="1"></row></sheetData>
        """))
    #expect(sheet.rowSettings(2).outlineLevel == 1)
  }

  @Test("the sizes of rows and columns that have none of their own change, and nothing else of the element")
  func defaults() throws {
    let head = "<sheetFormatPr baseColWidth='10' defaultRowHeight=\"16\" x:dyDescent=\"0.2\" xmlns:x=\"u\"/>"
    let package = PartsPackage(head: head)
    let (sheet, xml) = try saved(package) { sheet in
      sheet.defaultColumnWidth = 12.5
      sheet.defaultRowHeight = 20
      sheet.hideColumns("B")
    }
    #expect(
      xml.contains(
        """
        <sheetFormatPr baseColWidth='10' defaultRowHeight="20" x:dyDescent="0.2" xmlns:x="u" defaultColWidth="12.5" customHeight="1"/>\
        <cols><col min="2" max="2" width="12.5" hidden="1"/></cols>
        """))
    #expect(sheet.defaultColumnWidth == 12.5 && sheet.defaultRowHeight == 20)
    let set = "<sheetFormatPr defaultColWidth=\"9\" defaultRowHeight=\"20\" customHeight=\"1\"/>"
    let (reset, plain) = try saved(PartsPackage(head: set)) { sheet in
      sheet.defaultColumnWidth = nil
      sheet.defaultRowHeight = nil
    }
    #expect(plain.contains("<sheetFormatPr defaultRowHeight=\"15\"/>"))
    #expect(reset.defaultColumnWidth == nil)
    #expect(
      try saved(PartsPackage(rows: "")) { $0.defaultColumnWidth = 11 }.xml.contains(
        "<sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"11\"/><sheetData>"))
  }

  @Test("whole columns and rows get another style; their cells follow, all else keeps its look")
  func styles() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["B2"] = 3
    sheet["D4"] = 5
    sheet.setStyle(Style(font: Font(name: "仿宋", size: 12)), for: "A1:B1048576")
    sheet.setStyle(Style(borders: .thin), for: "A4:XFD4")
    let before = try book.serialized()

    let opened = try Workbook(bytes: before)
    let form = try opened.sheet(at: 0)
    form.changeStyle(for: "B1:C1048576") { $0.fill = .solid(.rgb(0xFFFF00)) }
    form.changeStyle(for: "A4:XFD4") { $0.font.isBold = true }
    form.setStyle(Style(numberFormat: "0.0"), for: "A7:XFD7")
    form["C9"] = 1
    let bytes = try opened.serialized()
    PackageCheck.check(bytes)
    #expect(
      try PackageParts(before).differences(to: PackageParts(bytes)) == [Self.part, "xl/styles.xml"])
    let again = try Workbook(bytes: bytes).sheet(at: 0)
    for cell in ["A1", "A9", "B2", "B9", "C1", "C9", "D4", "F4", "D1", "B7", "XFD7"] as [CellReference] {
      #expect(again.style(at: cell) == form.style(at: cell), "\(cell)")
    }
    #expect(again.style(at: "B9").font.name == "仿宋")
    #expect(again.style(at: "B9").fill == .solid(.rgb(0xFFFF00)))
    #expect(again.style(at: "F4").borders == .thin && again.style(at: "F4").font.isBold)
    #expect(again.style(at: "D1") == .default)
  }

  @Test("a style that looks the same is no change; widths and columns that Excel refuses are refused")
  func limits() throws {
    let package = PartsPackage(head: "<cols><col min=\"2\" max=\"2\" width=\"300\"/></cols>")
    let bytes = try package.bytes()
    func saving(_ change: (Worksheet) -> Void) throws -> [UInt8] {
      let book = try Workbook(bytes: bytes)
      try change(book.sheet(at: 0))
      return try book.serialized()
    }
    #expect(try saving { $0.changeStyle(for: "A1:C1048576") { _ in } } == bytes)
    #expect(try saving { $0.setColumnWidth(300, for: "B") } == bytes)
    // What a file has is its own affair; what is new is not.
    #expect(throws: Never.self) { _ = try saving { $0.hideColumns("B") } }
    for change in [
      { $0.setColumnWidth(256, for: "C") }, { $0.setColumnWidth(-1, for: "C") },
      { $0.setColumnWidth(.nan, for: "C") }, { $0.setColumnWidth(9, for: 0) },
      { $0.defaultColumnWidth = 256 }, { $0.defaultRowHeight = .infinity },
      { $0.setColumnWidth(9, for: 16_385) }, { $0.setRowHeight(410, for: 1) },
    ] as [(Worksheet) -> Void] {
      #expect(failure { _ = try saving(change) }?.code == .invalidContent)
    }
  }

  @Test(
    "columns that a file lists out of their order are left alone",
    arguments: [
      "<col min=\"5\" max=\"6\" width=\"4\"/><col min=\"1\" max=\"1\" width=\"4\"/>",
      "<col min=\"1\" max=\"4\" width=\"4\"/><col min=\"4\" max=\"6\" width=\"4\"/>",
    ])
  func disorder(_ columns: String) throws {
    let book = try PartsPackage(head: "<cols>\(columns)</cols>").open()
    try book.sheet(at: 0).setColumnWidth(9, for: "C")
    #expect(failure { _ = try book.serialized() }?.code == .malformedPart)
  }

  @Test(
    "columns that are no columns stay as they are",
    arguments: [
      "<col/>", "<col min=\"x\" max=\"2\"/>",
      "<col min=\"9223372036854775807\" max=\"9223372036854775807\"/>",
      "<col min=\"3\" max=\"2\"/>", "<col min=\"-9223372036854775808\" max=\"0\"/>", "<other min=\"1\"/>",
    ])
  func nonsense(_ column: String) throws {
    let package = PartsPackage(head: "<cols>\(column)</cols>")
    let (sheet, xml) = try saved(package) { $0.setColumnWidth(9, for: "C") }
    #expect(xml.contains(column) && xml.contains("<col min=\"3\" max=\"3\" width=\"9\" customWidth=\"1\"/>"))
    #expect(sheet.columnSettings(3).width == 9)
  }

  @Test("columns beyond the last are cut off there when their run changes")
  func beyond() throws {
    let package = PartsPackage(head: "<cols><col min=\"0\" max=\"20000\" width=\"4\"/></cols>")
    let (sheet, xml) = try saved(package) { $0.setColumnWidth(9, for: "C:XFD") }
    #expect(
      xml.contains(
        "<cols><col min=\"1\" max=\"2\" width=\"4\"/><col min=\"3\" max=\"16384\" width=\"9\" customWidth=\"1\"/></cols>"
      ))
    #expect(sheet.columnSettings(2).width == 4 && sheet.columnSettings(16_384).width == 9)
  }
}
