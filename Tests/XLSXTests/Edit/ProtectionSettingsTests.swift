import Testing

@testable import XLSX

@Suite("Protection, tabs and visibility of an opened workbook")
struct ProtectionSettingsTests {
  private static let row = SheetSettingsTests.row

  @Test("a sheet is protected, at the place of the schema")
  func protectionIsMade() throws {
    let tail =
      "<protectedRanges><protectedRange sqref=\"A1\" name=\"甲\"/></protectedRanges><autoFilter ref=\"A1:B2\"/>"
    let (xml, sheet, _) = try SheetSettingsTests.changed(PartsPackage(rows: Self.row, tail: tail)) {
      $0.protect(allowing: [.selectUnlockedCells, .sort])
    }
    #expect(
      xml.contains(
        "</sheetData><sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" selectLockedCells=\"1\" sort=\"0\"/>"
          + tail
      ))
    #expect(sheet.protection == SheetProtection(allowing: [.selectUnlockedCells, .sort]))
  }

  private static let protection =
    "<sheetProtection algorithmName=\"SHA-512\" hashValue=\"x\" saltValue=\"y\" spinCount=\"1\" sheet='true' objects=\"1\" formatCells=\"0\" other=\"1\"/>"

  @Test("what a protected sheet allows changes, its password stays unless another protection takes its place")
  func protectionIsMerged() throws {
    let package = PartsPackage(rows: Self.row, tail: Self.protection)
    let allowed = try SheetSettingsTests.changed(package) {
      $0.protection?.allowed.remove(.formatCells)
      $0.protection?.allowed.insert(.autoFilter)
    }
    #expect(
      allowed.xml.contains(
        "saltValue=\"y\" spinCount=\"1\" sheet='true' objects=\"1\" other=\"1\" autoFilter=\"0\"/></worksheet>"
      ))
    #expect(allowed.sheet.protection?.hasPassword == true)
    let replaced = try SheetSettingsTests.changed(package) { $0.protect(allowing: [.formatCells]) }
    #expect(
      replaced.xml.contains(
        "<sheetProtection sheet='true' objects=\"1\" formatCells=\"0\" other=\"1\" scenarios=\"1\" selectLockedCells=\"1\" selectUnlockedCells=\"1\"/>"
      ))
    let gone = try SheetSettingsTests.changed(package) { $0.protection = nil }
    #expect(gone.xml.contains("</sheetData></worksheet>") && gone.sheet.protection == nil)
    // A protection that is turned off keeps what it would allow.
    let off = try SheetSettingsTests.changed(
      PartsPackage(rows: Self.row, tail: "<sheetProtection sort=\"0\" sheet=\"0\"/>")
    ) { $0.protect(allowing: []) }
    #expect(
      off.xml.contains("<sheetProtection sheet=\"1\" objects=\"1\"") && off.sheet.protection?.allowed == [])
  }

  @Test("tabs get a colour, another and none; what else the properties say stays")
  func tabColor() throws {
    let properties =
      "<sheetPr codeName=\"S1\"><tabColor theme=\"4\" tint=\"0.5\"/><outlinePr summaryBelow=\"0\"/></sheetPr>"
    let package = PartsPackage(rows: Self.row, head: properties)
    let other = try SheetSettingsTests.changed(package) { $0.tabColor = .rgb(0xC00000) }
    #expect(
      other.xml.contains(
        "<sheetPr codeName=\"S1\"><tabColor rgb=\"FFC00000\"/><outlinePr summaryBelow=\"0\"/></sheetPr><sheetData>"
      ))
    let none = try SheetSettingsTests.changed(package) { $0.tabColor = nil }
    #expect(none.xml.contains("<sheetPr codeName=\"S1\"><outlinePr summaryBelow=\"0\"/></sheetPr>"))
    let prefixed = try SheetSettingsTests.changed(
      SheetSettingsTests.prefixed(head: "<x:dimension ref=\"A1\"/>")
    ) {
      $0.tabColor = .rgb(0xC00000)
      $0.protect()
    }
    #expect(
      prefixed.xml.contains(
        "><x:sheetPr><x:tabColor rgb=\"FFC00000\"/></x:sheetPr><x:dimension ref=\"A1\"/><x:sheetData/><x:sheetProtection sheet=\"1\" "
      ))
    #expect(prefixed.sheet.tabColor == .rgb(0xC00000))
  }

  @Test("sheets are hidden and shown; the workbook opens on one that shows, and only that tab is selected")
  func visibility() throws {
    let book = Workbook()
    for name in ["甲", "乙", "丙"] { try book.addSheet(named: name)["A1"] = 1 }
    try book.setVisibility(.hidden, ofSheetNamed: "丙")
    let before = try book.serialized()
    let opened = try Workbook(bytes: before)
    try opened.setVisibility(.veryHidden, ofSheetNamed: "甲")
    try opened.setVisibility(.visible, ofSheetNamed: "丙")
    let bytes = try opened.serialized()
    PackageCheck.check(bytes)
    #expect(
      try PackageParts(before).differences(to: PackageParts(bytes)) == [
        "xl/workbook.xml", "xl/worksheets/sheet1.xml",
      ])
    let parts = try PackageParts(bytes)
    #expect(parts["xl/workbook.xml"].contains("<workbookView activeTab=\"1\" firstSheet=\"1\"/>"))
    #expect(
      parts["xl/workbook.xml"].contains("name=\"甲\" sheetId=\"1\" r:id=\"rId1\" state=\"veryHidden\"/>"))
    #expect(!parts["xl/worksheets/sheet1.xml"].contains("tabSelected"))
    let again = try Workbook(bytes: bytes)
    #expect(again.sheets.map(\.visibility) == [.veryHidden, .visible, .visible])
    #expect(try again.sheet(named: "甲").info.visibility == .veryHidden)
    // Back again is no change.
    try opened.setVisibility(.visible, ofSheetNamed: "甲")
    try opened.setVisibility(.hidden, ofSheetNamed: "丙")
    #expect(try opened.serialized() == before)
    for name in ["甲", "乙"] { try opened.setVisibility(.hidden, ofSheetNamed: name) }
    #expect(failure { _ = try opened.serialized() }?.code == .invalidContent)
    // A new sheet can be the only one that shows.
    try opened.addSheet(named: "丁")["A1"] = 1
    let last = try opened.serialized()
    PackageCheck.check(last)
    #expect(try PackageParts(last)["xl/workbook.xml"].contains("activeTab=\"3\""))
    #expect(failure { try opened.setVisibility(.hidden, ofSheetNamed: "戊") }?.code == .noSuchSheet)
  }
}
