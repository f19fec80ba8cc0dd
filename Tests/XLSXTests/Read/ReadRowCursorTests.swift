import Testing

@testable import XLSX

@Suite("Row cursors")
struct ReadRowCursorTests {
  @Test("give rows in order, then nil for ever, and then know the merged ranges")
  func rows() throws {
    let book = try PartsPackage(
      rows: """
        <row r="2" hidden="1" ht="30"><c r="B2"><v>1</v></c><c r="D2" t="s"><v>0</v></c></row>
        <row r="5"><c r="A5" t="e"><v>#REF!</v></c></row>
        """, tail: "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C3\"/></mergeCells>",
      strings: "<si><t>文</t></si>"
    ).open()
    let rows = try book.rows(inSheet: "sheet1")
    let second = try #require(try rows.next())
    #expect(second.index == 2)
    #expect(second.isHidden)
    #expect(second.settings.height == 30)
    #expect(second.cells.map(\.reference) == ["B2", "D2"])
    #expect(second.cells.map(\.value) == [1, "文"])
    #expect(second[4]?.withText { Array($0) } == Array("文".utf8))
    #expect(try rows.next()?.cells.first?.text == "#REF!")
    #expect(try rows.next() == nil)
    #expect(try rows.next() == nil)
    #expect(rows.mergedRanges == ["A1:B1"])
  }

  @Test("read what spans many chunks as if it were one")
  func chunks() throws {
    // Long texts and formulas, so that chunks end inside rows, cells and values.
    let count = 4_000
    let rows = (1...count).map { row in
      let text = String(repeating: "第\(row)行 ", count: row % 40)
      return """
        <row r="\(row)"><c r="A\(row)"><v>\(row)</v></c>\
        <c r="B\(row)" t="str"><f>REPT("第",A\(row))</f><v>\(text)</v></c>\
        <c r="C\(row)" t="inlineStr"><is><t>\(text)&amp;</t></is></c></row>
        """
    }
    let cursor = try PartsPackage(rows: rows.joined()).open().rows(inSheetAt: 0)
    var expected = 1
    while let row = try cursor.next() {
      let text = String(repeating: "第\(expected)行 ", count: expected % 40)
      let trimmed = text.isEmpty ? text : text + "&"
      #expect(row.index == expected)
      #expect(
        row.cells.map(\.value) == [
          .number(Double(expected)), .formula("REPT(\"第\",A\(expected))", cached: .text(text)),
          .text(trimmed.isEmpty ? "&" : trimmed),
        ])
      expected += 1
    }
    #expect(expected == count + 1)
  }

  @Test("end with an error where the sheet does")
  func cutShort() throws {
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    package.replace(
      "xl/worksheets/sheet1.xml",
      "<worksheet xmlns=\"\(PartsPackage.main)\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c"
    )
    let rows = try package.open().rows(inSheetAt: 0)
    let error = failure { while try rows.next() != nil {} }
    #expect(error?.code == .malformedPart)
    #expect(error?.part == "/xl/worksheets/sheet1.xml")
  }
}
