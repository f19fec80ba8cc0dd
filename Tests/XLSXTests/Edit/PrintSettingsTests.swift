import Testing

@testable import XLSX

@Suite("Print set-up of an opened sheet")
struct PrintSettingsTests {
  private static let row = SheetSettingsTests.row

  @Test("a sheet without any gets the elements that the change asks for, in their order")
  func made() throws {
    let (xml, sheet, parts) = try SheetSettingsTests.changed(
      PartsPackage(
        rows: Self.row, head: "<dimension ref=\"A1\"/>",
        tail:
          "<mergeCells count=\"1\"><mergeCell ref=\"C1:D1\"/></mergeCells><extLst><ext uri=\"{x}\"/></extLst>"
      ),
      others: ["xl/workbook.xml"]
    ) {
      $0.pageSetup.orientation = .landscape
      $0.pageSetup.scaling = .fit(width: 1, height: nil)
      $0.pageSetup.margins.left = 0.25
      $0.pageSetup.centersHorizontally = true
      $0.pageSetup.footer = "第 &P 页 <a & b>"
      $0.pageSetup.firstFooter = ""
      $0.pageSetup.rowBreaks = [40, 20]
      $0.pageSetup.printArea = ["A1:E9", "G1"]
      $0.pageSetup.repeatedRows = 1...2
      $0.pageSetup.repeatedColumns = 1...1
    }
    #expect(
      xml.contains("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1\"/><sheetData>"))
    #expect(
      xml.contains(
        "</mergeCells><printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.25\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"
          + "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>"
          + "<headerFooter differentFirst=\"1\"><oddFooter>第 &amp;P 页 &lt;a &amp; b&gt;</oddFooter><firstFooter></firstFooter></headerFooter>"
          + "<rowBreaks count=\"2\" manualBreakCount=\"2\"><brk id=\"20\" max=\"16383\" man=\"1\"/><brk id=\"40\" max=\"16383\" man=\"1\"/></rowBreaks><extLst>"
      ))
    #expect(
      parts["xl/workbook.xml"].contains(
        "</sheets><definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'Sheet1'!$A$1:$E$9,'Sheet1'!$G$1</definedName>"
          + "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Sheet1'!$A:$A,'Sheet1'!$1:$2</definedName></definedNames></workbook>"
      ))
    #expect(sheet.pageSetup.printArea == ["A1:E9", "G1"] && sheet.pageSetup.repeatedColumns == 1...1)
    #expect(sheet.pageSetup.scaling == .fit(width: 1, height: nil) && sheet.pageSetup.firstFooter == "")
  }

  private static let head =
    "<sheetPr codeName='S1'><tabColor theme=\"4\"/><outlinePr summaryBelow=\"0\"/><pageSetUpPr autoPageBreaks=\"0\" fitToPage=\"1\"/></sheetPr>"
  private static let tail =
    "<printOptions gridLinesSet=\"0\" headings=\"1\"/><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"
    + "<pageSetup paperSize=\"8\" fitToHeight=\"0\" blackAndWhite=\"1\" orientation='landscape' horizontalDpi=\"600\"/>"
    + "<headerFooter scaleWithDoc=\"0\"><oddHeader>&amp;C旧</oddHeader><evenFooter>没用</evenFooter></headerFooter>"
    + "<rowBreaks count=\"2\" manualBreakCount=\"1\"><brk id=\"10\" max=\"16383\" man=\"1\"/><brk id=\"30\" pt=\"1\"/></rowBreaks><drawing/>"

  @Test("of elements that are there only what changes is written")
  func merged() throws {
    let (xml, sheet, _) = try SheetSettingsTests.changed(
      PartsPackage(rows: Self.row, head: Self.head, tail: Self.tail)
    ) {
      $0.pageSetup.scaling = .percent(80)
      $0.pageSetup.paperSize = 9
      $0.pageSetup.printsGridLines = true
      $0.pageSetup.margins.top = 1
      $0.pageSetup.header = nil
      $0.pageSetup.evenHeader = "偶"
      $0.pageSetup.firstPageNumber = 3
      $0.pageSetup.rowBreaks = [20, 30]
    }
    #expect(
      xml.contains(
        Self.head.replacing(" fitToPage=\"1\"", with: "") + "<sheetData>"))
    #expect(
      xml.contains(
        "<printOptions headings=\"1\" gridLines=\"1\"/><pageMargins left=\"0.7\" right=\"0.7\" top=\"1\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"
          + "<pageSetup paperSize=\"9\" fitToHeight=\"0\" blackAndWhite=\"1\" orientation='landscape' horizontalDpi=\"600\" scale=\"80\" firstPageNumber=\"3\" useFirstPageNumber=\"1\"/>"
          + "<headerFooter scaleWithDoc=\"0\" differentOddEven=\"1\"><evenHeader>偶</evenHeader></headerFooter>"
          + "<rowBreaks count=\"2\" manualBreakCount=\"1\"><brk id=\"20\" max=\"16383\" man=\"1\"/><brk id=\"30\" pt=\"1\"/></rowBreaks><drawing/>"
      ))
    #expect(sheet.pageSetup.scaling == .percent(80) && sheet.pageSetup.evenHeader == "偶")
    #expect(sheet.pageSetup.evenFooter == nil && sheet.pageSetup.header == nil)
  }

  @Test("a sheet that fits one page without saying more reads so, and stays so")
  func fitsByDefault() throws {
    let package = PartsPackage(
      rows: Self.row, head: "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>")
    #expect(try package.sheet().pageSetup.scaling == .fit(width: 1, height: 1))
    let (xml, sheet, _) = try SheetSettingsTests.changed(package) { $0.pageSetup.orientation = .landscape }
    #expect(xml.contains("<pageSetup paperSize=\"9\" orientation=\"landscape\"/>"))
    #expect(sheet.pageSetup.scaling == .fit(width: 1, height: 1))
  }

  @Test("with a prefix; the last page break takes its list along")
  func prefixed() throws {
    let (xml, sheet, _) = try SheetSettingsTests.changed(
      SheetSettingsTests.prefixed(
        tail:
          "<x:pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/><x:colBreaks count=\"1\"><x:brk id=\"5\" man=\"1\"/></x:colBreaks>"
      )
    ) {
      $0.pageSetup.columnBreaks = []
      $0.pageSetup.orientation = .landscape
      $0.pageSetup.header = " 头"
    }
    #expect(
      xml.contains(
        "footer=\"0\"/><x:pageSetup paperSize=\"9\" orientation=\"landscape\"/>"
          + "<x:headerFooter><x:oddHeader xml:space=\"preserve\"> 头</x:oddHeader></x:headerFooter></x:worksheet>"
      ))
    #expect(sheet.pageSetup.header == " 头")
  }

  @Test(
    "print names are replaced and taken away; the names of others stay, and so does what the model cannot hold"
  )
  func names() throws {
    var package = PartsPackage(rows: Self.row)
    let names =
      "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\" comment='x'>Sheet1!$A$1:$B$2</definedName>"
      + "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">Sheet1!$1:$1</definedName>"
    let workbook = { (names: String) in
      "<workbook xmlns=\"\(PartsPackage.main)\" xmlns:r=\"\(PartsPackage.relationshipTypes)\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
        + "<definedNames>\(names)</definedNames><calcPr calcId=\"1\"/></workbook>"
    }
    package.replace("xl/workbook.xml", workbook(names + "<definedName name=\"甲\">1</definedName>"))
    func saved(_ change: (inout PageSetup) -> Void) throws -> String {
      let book = try package.open()
      change(&(try book.sheet(at: 0)).pageSetup)
      return try PackageParts(book.serialized())["xl/workbook.xml"]
    }
    #expect(
      try saved {
        $0.printArea = ["C3:D4"]
        $0.repeatedRows = nil
      }
        == workbook(
          "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\" comment='x'>'Sheet1'!$C$3:$D$4</definedName><definedName name=\"甲\">1</definedName>"
        ))
    package.replace("xl/workbook.xml", workbook(names))
    #expect(
      try saved {
        $0.printArea = []
        $0.repeatedRows = nil
      } == workbook("").replacing("<definedNames></definedNames>", with: ""))
    package.replace(
      "xl/workbook.xml", workbook(names.replacing("$A$1:$B$2", with: "$A$1:$B$2,OFFSET(Sheet1!$A$1,1,1)")))
    #expect(failure { _ = try saved { $0.printArea = ["C3:D4"] } }?.code == .unsupportedChange)
    package.replace("xl/workbook.xml", workbook(names.replacing("$A$1:$B$2", with: "#REF!")))
    #expect(try saved { $0.printArea = ["C3:D4"] }.contains("comment='x'>'Sheet1'!$C$3:$D$4<"))
  }

  @Test("what Excel refuses is refused")
  func refused() throws {
    let changes: [(inout PageSetup) -> Void] = [
      { $0.scaling = .percent(5) }, { $0.margins.left = -1 }, { $0.rowBreaks = [0] },
      { $0.header = String(repeating: "字", count: 256) },
    ]
    for change in changes {
      let book = try PartsPackage(rows: Self.row).open()
      change(&(try book.sheet(at: 0)).pageSetup)
      #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
    }
  }
}
