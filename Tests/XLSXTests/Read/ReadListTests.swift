import Testing

@testable import XLSX

/// What stands around the cells as Excel writes it, read through the typed interface: one expectation for each kind.
@Suite("Everything around the cells")
struct ReadListTests {
  @Test(
    "views, filter, protection, print set-up, headers, breaks, columns, rows and properties have typed values"
  )
  func sheet() throws {
    var package = PartsPackage(
      rows: """
        <row r="1" ht="30" customHeight="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>\
        <row r="2" hidden="1" outlineLevel="2" collapsed="1"><c r="A2" t="d"><v>2024-11-18T06:00:00</v></c></row>
        """,
      head: """
        <sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>\
        <sheetView showGridLines="0" rightToLeft="1" zoomScale="85" workbookViewId="0"><pane xSplit="1" ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"/>\
        <selection pane="bottomRight" activeCell="C4" sqref="C4"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="14.25" defaultColWidth="9"/>\
        <cols><col min="2" max="3" width="20.5" customWidth="1"/><col min="4" max="4" width="9" hidden="1" outlineLevel="1"/></cols>
        """,
      tail: """
        <sheetProtection algorithmName="SHA-512" hashValue="x" saltValue="y" spinCount="1" sheet="1" objects="1" sort="0"/>\
        <autoFilter ref="A1:B9"><filterColumn colId="0"><filters><filter val="是"/></filters></filterColumn></autoFilter>\
        <mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>\
        <printOptions horizontalCentered="1" gridLines="1"/><pageMargins left="0.5" right="0.6" top="0.7" bottom="0.8" header="0.1" footer="0.2"/>\
        <pageSetup paperSize="8" fitToHeight="0" orientation="landscape" useFirstPageNumber="1" firstPageNumber="3"/>\
        <headerFooter><oddHeader>&amp;C五送统计</oddHeader><oddFooter>第 &amp;P 页</oddFooter></headerFooter>\
        <rowBreaks count="1" manualBreakCount="1"><brk id="20" max="16383" man="1"/></rowBreaks>\
        <colBreaks count="1" manualBreakCount="1"><brk id="5" max="1048575" man="1"/></colBreaks>
        """,
      strings: """
        <si><r><t xml:space="preserve">红 </t></r><r><rPr><b/><sz val="9"/><color rgb="FFFF0000"/><rFont val="黑体"/></rPr><t>字</t></r><rPh sb="0" eb="1"><t>ホン</t></rPh></si>\
        <si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh></si>
        """,
      workbook: "<workbookProtection lockStructure=\"1\"/>")
    package.replace(
      "_rels/.rels",
      PartsPackage.relationships([
        ("rId1", "\(PartsPackage.relationshipTypes)/officeDocument", "xl/workbook.xml"),
        (
          "rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
          "docProps/core.xml"
        ),
      ]))
    package.add(
      "docProps/core.xml",
      "<cp:coreProperties xmlns:cp=\"urn:cp\" xmlns:dc=\"urn:dc\"><dc:title>年终</dc:title><dc:creator>市总</dc:creator></cp:coreProperties>"
    )
    let book = try package.open()
    let sheet = try book.sheet(at: 0)

    let rich = try #require(
      { if case .richText(let rich) = sheet["A1"] { rich } else { nil } }())
    #expect(rich.runs.map(\.text) == ["红 ", "字"])
    #expect(rich.runs.last?.font == Font(name: "黑体", size: 9, bold: true, color: .rgb(0xFF0000)))
    #expect(sheet["A1"].text == "红 字" && sheet["B1"].text == "漢字")
    #expect(sheet["A2"].number == 45614.25)

    #expect(sheet.tabColor == .rgb(0xC00000))
    #expect(sheet.view.frozenAt == "B3" && sheet.view.activeCell == "C4")
    #expect(!sheet.view.showsGridLines && sheet.view.isRightToLeft && sheet.view.zoom == 85)
    #expect(sheet.defaultRowHeight == 14.25 && sheet.defaultColumnWidth == 9)
    #expect(sheet.columnSettings(3).width == 20.5 && sheet.columnSettings(1).width == nil)
    #expect(sheet.columnSettings(4).isHidden && sheet.columnSettings(4).outlineLevel == 1)
    #expect(sheet.rowSettings(1).height == 30)
    #expect(
      sheet.rowSettings(2).isHidden && sheet.rowSettings(2).outlineLevel == 2
        && sheet.rowSettings(2).isCollapsed)
    #expect(sheet.protection?.hasPassword == true)
    #expect(sheet.protection?.allowed == [.scenarios, .selectLockedCells, .selectUnlockedCells, .sort])
    #expect(sheet.autoFilter == "A1:B9" && sheet.mergedRanges == ["A3:B4"])
    let print = sheet.pageSetup
    #expect(
      print.orientation == .landscape && print.paperSize == 8 && print.scaling == .fit(width: 1, height: nil))
    #expect(print.centersHorizontally && print.printsGridLines && print.firstPageNumber == 3)
    #expect(
      print.margins
        == PageSetup.Margins(left: 0.5, right: 0.6, top: 0.7, bottom: 0.8, header: 0.1, footer: 0.2))
    #expect(print.header == "&C五送统计" && print.footer == "第 &P 页")
    #expect(print.rowBreaks == [20] && print.columnBreaks == [5])
    #expect(book.protection?.locksStructure == true && book.protection?.locksWindows == false)
    #expect(book.properties.title == "年终" && book.properties.creator == "市总")
  }
}
