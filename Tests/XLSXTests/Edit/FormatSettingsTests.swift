import Testing

@testable import XLSX

@Suite("Conditional formats added to an opened workbook")
struct FormatSettingsTests {
  private static let row = SheetSettingsTests.row
  private static let rule =
    "<conditionalFormatting sqref=\"A1\" pivot=\"1\"><cfRule type=\"cellIs\" dxfId=\"0\" priority=\"7\" operator=\"equal\"><formula>1</formula></cfRule></conditionalFormatting>"
  private static let validation =
    "<dataValidations count=\"1\"><dataValidation type=\"custom\" sqref=\"A1\"><formula1>A1</formula1></dataValidation></dataValidations>"
  private static let styles =
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellXfs>"

  @Test("a rule comes behind those that are there, and what it sets behind what others set")
  func rules() throws {
    let package = PartsPackage(
      rows: Self.row, tail: Self.rule + Self.validation,
      styles: Self.styles + "<dxfs count=\"1\"><dxf><font><b/></font></dxf></dxfs><tableStyles count=\"0\"/>")
    let red = ConditionalFormat.Appearance(fill: .rgb(0xFFC7CE))
    let (xml, sheet, parts) = try SheetSettingsTests.changed(package, others: ["xl/styles.xml"]) {
      try $0.addConditionalFormat(.expression("B1<A1", red), for: "B1:B9")
      try $0.addConditionalFormat(.cell(.greaterThan, "5", nil, red), for: "C1")
      try $0.addConditionalFormat(
        .colorScale([.init(at: .minimum, color: .rgb(0xFF0000)), .init(at: .maximum, color: .rgb(0x00FF00))]),
        for: "D1:D9")
    }
    #expect(
      xml.contains(
        Self.rule
          + "<conditionalFormatting sqref=\"B1:B9\"><cfRule type=\"expression\" dxfId=\"1\" priority=\"8\"><formula>B1&lt;A1</formula></cfRule></conditionalFormatting>"
          + "<conditionalFormatting sqref=\"C1\"><cfRule type=\"cellIs\" dxfId=\"1\" priority=\"9\" operator=\"greaterThan\"><formula>5</formula></cfRule></conditionalFormatting>"
          + "<conditionalFormatting sqref=\"D1:D9\"><cfRule type=\"colorScale\" priority=\"10\">"))
    #expect(xml.contains("</conditionalFormatting>" + Self.validation))
    #expect(
      parts["xl/styles.xml"].contains(
        "<dxfs count=\"2\"><dxf><font><b/></font></dxf><dxf><fill><patternFill><bgColor rgb=\"FFFFC7CE\"/></patternFill></fill></dxf></dxfs><tableStyles"
      ))
    #expect(sheet.conditionalFormats.count == 4)
    #expect(sheet.conditionalFormats[1].rule == .expression("B1<A1", red))
    #expect(sheet.conditionalFormats[2].rule == .cell(.greaterThan, "5", nil, red))
  }

  @Test("a data bar takes its extension along, into one that is there or a new one; prefixes stay apart")
  func dataBars() throws {
    let bar = ConditionalFormat.Rule.dataBar(DataBar(.rgb(0x638EC6)))
    let made = try SheetSettingsTests.changed(SheetSettingsTests.prefixed()) {
      try $0.addConditionalFormat(bar, for: "A1:A9")
      try $0.addConditionalFormat(
        .iconSet("3Stars", thresholds: [.percent(0), .percent(33), .percent(67)]), for: "B1:B9")
    }
    #expect(
      made.xml.contains("<x:conditionalFormatting sqref=\"A1:A9\"><x:cfRule type=\"dataBar\" priority=\"1\">")
    )
    #expect(
      made.xml.contains(
        "</x14:id></x:ext></x:extLst></x:cfRule></x:conditionalFormatting><x:extLst><x:ext uri="))
    #expect(made.xml.hasSuffix("</x14:conditionalFormattings></x:ext></x:extLst></x:worksheet>"))
    #expect(
      made.sheet.conditionalFormats.map(\.rule).first == bar && made.sheet.conditionalFormats.count == 2)
    let known =
      "<extLst><ext uri=\"{x}\"/><ext xmlns:y=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" uri=\"{78C0D931-6437-407d-A8EE-F0AAD7539E65}\">"
      + "<y:conditionalFormattings><y:conditionalFormatting xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><y:cfRule type=\"iconSet\" priority=\"4\" id=\"{1}\"><y:iconSet iconSet=\"3Stars\"><y:cfvo type=\"percent\"><xm:f>0</xm:f></y:cfvo><y:cfvo type=\"percent\"><xm:f>33</xm:f></y:cfvo><y:cfvo type=\"percent\"><xm:f>67</xm:f></y:cfvo></y:iconSet></y:cfRule><xm:sqref>A1</xm:sqref></y:conditionalFormatting>"
    let merged = try SheetSettingsTests.changed(
      PartsPackage(rows: Self.row, tail: known + "</y:conditionalFormattings></ext></extLst>")
    ) { try $0.addConditionalFormat(bar, for: "C1:C9") }
    #expect(merged.xml.contains(known + "<x14:conditionalFormatting "))
    #expect(merged.xml.contains("<cfRule type=\"dataBar\" priority=\"5\">"))
    #expect(merged.sheet.conditionalFormats.map(\.ranges) == [["A1"], ["C1:C9"]])
    #expect(merged.sheet.conditionalFormats.last?.rule == bar)
  }

  @Test("our own workbook takes more formats, on a sheet that is there and on a new one")
  func ownWorkbook() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "甲")
    sheet["A1"] = 1
    let bar = ConditionalFormat.Rule.dataBar(DataBar(.rgb(0x638EC6)))
    try sheet.addConditionalFormat(bar, for: "A1:A9")
    try sheet.addConditionalFormat(.expression("A1>1", .init(bold: true)), for: "B1")
    let opened = try Workbook(bytes: book.serialized())
    let again = try opened.sheet(at: 0)
    try again.addConditionalFormat(bar, for: "C1:C9")
    try again.addConditionalFormat(
      .expression("A1>2", .init(fontColor: .rgb(0xC00000), italic: true)), for: "D1")
    let new = try opened.addSheet(named: "乙")
    new["A1"] = 2
    try new.addConditionalFormat(.expression("A1>3", .init(fill: .rgb(0xFFFF00))), for: "A1:A9")
    try new.addConditionalFormat(bar, for: "B1:B9")
    let bytes = try opened.serialized()
    PackageCheck.check(bytes)
    let result = try Workbook(bytes: bytes)
    #expect(try result.sheet(at: 0).conditionalFormats == again.conditionalFormats)
    #expect(try result.sheet(at: 1).conditionalFormats == new.conditionalFormats)
  }

  @Test("formats that are there go, and one that Excel refuses is refused")
  func refused() throws {
    let book = try PartsPackage(rows: Self.row, tail: Self.rule).open()
    #expect(try !book.sheet(at: 0).conditionalFormats.isEmpty)
    try book.sheet(at: 0).content.conditionalFormats.removeAll()
    #expect(try Workbook(bytes: book.serialized()).sheet(at: 0).conditionalFormats.isEmpty)
    let lowest = try PartsPackage(
      rows: Self.row, tail: Self.rule.replacing("priority=\"7\"", with: "priority=\"99999999999\"")
    ).open()
    try lowest.sheet(at: 0).addConditionalFormat(.expression("1", .init(bold: true)), for: "A1")
    #expect(failure { _ = try lowest.serialized() }?.code == .unsupportedChange)
    let invalid = try PartsPackage(rows: Self.row).open()
    try invalid.sheet(at: 0).content.conditionalFormats.append(
      ConditionalFormat([], .expression("1", .init())))
    #expect(failure { _ = try invalid.serialized() }?.code == .invalidContent)
  }
}
