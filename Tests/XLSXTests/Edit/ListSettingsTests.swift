import Testing

@testable import XLSX

@Suite("Filter, merged ranges and validations of an opened sheet")
struct ListSettingsTests {
  private static let row = SheetSettingsTests.row

  @Test("a filter is set with the name that other programs know it by, and goes with it")
  func filterIsMade() throws {
    let tail = "<mergeCells count=\"1\"><mergeCell ref=\"C1:D1\"/></mergeCells>"
    let made = try SheetSettingsTests.changed(
      PartsPackage(rows: Self.row, tail: tail), others: ["xl/workbook.xml"]
    ) { $0.autoFilter = "A1:B9" }
    #expect(made.xml.contains("</sheetData><autoFilter ref=\"A1:B9\"/>" + tail))
    #expect(made.sheet.autoFilter == "A1:B9")
    #expect(
      made.parts["xl/workbook.xml"].contains(
        "<definedNames><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">'Sheet1'!$A$1:$B$9</definedName></definedNames>"
      ))
    let prefixed = try SheetSettingsTests.changed(
      SheetSettingsTests.prefixed(tail: "<x:autoFilter ref=\"A1:B9\" other=\"1\"/>"),
      others: ["xl/workbook.xml"]
    ) { $0.autoFilter = "B1:C5" }
    #expect(prefixed.xml.contains("<x:sheetData/><x:autoFilter ref=\"B1:C5\" other=\"1\"/></x:worksheet>"))
  }

  @Test("criteria stay with a filter that grows; where they would mean something else, the change is refused")
  func criteria() throws {
    let filter =
      "<autoFilter ref=\"A1:B9\"><filterColumn colId=\"1\"><filters><filter val=\"是\"/></filters></filterColumn><sortState ref=\"A2:B9\"/></autoFilter>"
    var package = PartsPackage(
      rows: Self.row, head: "<sheetPr filterMode=\"1\" codeName=\"S1\"/>", tail: filter)
    package.replace(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(PartsPackage.main)\" xmlns:r=\"\(PartsPackage.relationshipTypes)\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
        + "<definedNames><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden='1'>Sheet1!$A$1:$B$9</definedName></definedNames></workbook>"
    )
    let grown = try SheetSettingsTests.changed(package, others: ["xl/workbook.xml"]) {
      $0.autoFilter = "A1:C20"
    }
    #expect(grown.xml.contains(filter.replacing("ref=\"A1:B9\"", with: "ref=\"A1:C20\"")))
    #expect(
      grown.parts["xl/workbook.xml"].contains(
        "localSheetId=\"0\" hidden='1'>'Sheet1'!$A$1:$C$20</definedName>"))
    let gone = try SheetSettingsTests.changed(package, others: ["xl/workbook.xml"]) { $0.autoFilter = nil }
    #expect(gone.xml.contains("<sheetPr codeName=\"S1\"/><sheetData>") && !gone.xml.contains("autoFilter"))
    #expect(gone.parts["xl/workbook.xml"].contains("</sheets></workbook>"))
    for range in ["B1:C20", "A1:A20", "A1:B8"] as [CellRange] {
      let book = try package.open()
      try book.sheet(at: 0).autoFilter = range
      #expect(failure { _ = try book.serialized() }?.code == .unsupportedChange, "\(range)")
    }
  }

  @Test("merged ranges are taken apart and others made; what was hidden can be written")
  func merges() throws {
    let package = PartsPackage(
      rows: Self.row,
      tail:
        "<mergeCells count='3'><mergeCell ref=\"A1:B1\"/> <mergeCell ref=\"A3:B3\" x=\"1\"/><mergeCell ref=\"A5:B5\"/></mergeCells>"
    )
    let (xml, sheet, _) = try SheetSettingsTests.changed(package) {
      $0.unmerge("A1:B1")
      $0.unmerge("A5")
      try $0.merge("A5:C5")
      $0["B1"] = 2
    }
    #expect(
      xml.contains(
        "<mergeCells count='2'> <mergeCell ref=\"A3:B3\" x=\"1\"/><mergeCell ref=\"A5:C5\"/></mergeCells>"))
    #expect(sheet.mergedRanges == ["A3:B3", "A5:C5"] && sheet["B1"] == 2)
    let none = try SheetSettingsTests.changed(package) { $0.unmerge("A1:B9") }
    #expect(none.xml.contains("</sheetData></worksheet>"))
    let prefixed = try SheetSettingsTests.changed(
      SheetSettingsTests.prefixed(
        tail: "<x:mergeCells><x:mergeCell ref=\"A1:B1\"/><x:mergeCell ref=\"A2:B2\"/></x:mergeCells>")
    ) { $0.unmerge("A1") }
    #expect(prefixed.xml.contains("<x:mergeCells><x:mergeCell ref=\"A2:B2\"/></x:mergeCells>"))
  }

  private static let validations =
    "<dataValidations count=\"3\" disablePrompts=\"1\"><dataValidation type=\"whole\" imeMode=\"off\" showErrorMessage='0' sqref=\"A1 A3\"><formula1>1</formula1><formula2>9</formula2></dataValidation>"
    + "<dataValidation sqref=\"\"/><dataValidation type=\"list\" allowBlank=\"1\" sqref=\"B1\"><formula1>\"是,否\"</formula1></dataValidation></dataValidations>"
  private static let extended =
    "<extLst><ext uri=\"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}\" xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">"
    + "<x14:dataValidations count=\"1\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:dataValidation type=\"list\" xr:uid=\"{1}\" xmlns:xr=\"x\">"
    + "<x14:formula1><xm:f>表!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>C1</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"

  @Test(
    "a validation changes in its element, in the sheet or its extension, and keeps what the model does not know"
  )
  func validationsChange() throws {
    let package = PartsPackage(rows: Self.row, tail: Self.validations + Self.extended)
    let (xml, sheet, _) = try SheetSettingsTests.changed(package) {
      $0.validations[0].formula2 = "A9<5"
      $0.validations[0].error = .init(title: "错", text: "1–9")
      $0.validations[1].ranges = ["B1:B9", "D1"]
      $0.validations[2].formula1 = "表!$A$1:$A$20"
      try $0.addValidation(DataValidation(["E1"], kind: .custom, formula1: "E1>0"))
    }
    #expect(
      xml.contains(
        "<dataValidations count=\"4\" disablePrompts=\"1\"><dataValidation type=\"whole\" imeMode=\"off\" showErrorMessage='1' sqref=\"A1 A3\" errorTitle=\"错\" error=\"1–9\">"
          + "<formula1>1</formula1><formula2>A9&lt;5</formula2></dataValidation><dataValidation sqref=\"\"/>"
          + "<dataValidation type=\"list\" allowBlank=\"1\" sqref=\"B1:B9 D1\"><formula1>\"是,否\"</formula1></dataValidation><dataValidation type=\"custom\""
      ))
    #expect(xml.contains(Self.extended.replacing("$A$9<", with: "$A$20<")))
    #expect(sheet.validations.count == 4 && sheet.validations[0].formula2 == "A9<5")
    #expect(sheet.validations[3].formula1 == "表!$A$1:$A$20")
  }

  @Test("validations go, and with the last of them their list and its extension")
  func validationsGo() throws {
    let package = PartsPackage(rows: Self.row, tail: Self.validations + Self.extended)
    let one = try SheetSettingsTests.changed(package) { $0.validations.removeAll { $0.kind == .list } }
    #expect(
      one.xml.contains("imeMode=\"off\"") && one.xml.contains("count=\"2\"") && !one.xml.contains("extLst"))
    #expect(one.sheet.validations.map(\.kind) == [.whole])
    // Another rule for other cells is a new one.
    let other = try SheetSettingsTests.changed(package) {
      $0.validations = [DataValidation(["F1"], kind: .any, prompt: .init(text: "填"))]
    }
    #expect(!other.xml.contains("imeMode") && other.sheet.validations.map(\.ranges) == [["F1"]])
    let prefixed = try SheetSettingsTests.changed(
      SheetSettingsTests.prefixed(
        tail:
          "<x:dataValidations count=\"1\"><x:dataValidation type=\"custom\" sqref=\"A1\"><x:formula1>A1</x:formula1></x:dataValidation></x:dataValidations>"
      )
    ) { $0.validations[0].formula1 = "A2" }
    #expect(prefixed.xml.contains("sqref=\"A1\"><x:formula1>A2</x:formula1></x:dataValidation>"))
    let invalid = try package.open()
    try invalid.sheet(at: 0).validations[0].formula1 = nil
    #expect(failure { _ = try invalid.serialized() }?.code == .invalidContent)
  }
}
