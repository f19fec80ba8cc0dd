import Testing

@testable import XLSX

/// Cells of large sheets, changed while the sheet streams.
@Suite("Splicing sheets as they stream")
struct StreamedSpliceTests {
  /// Every third row is missing, and in each row the cells of some columns.
  private func rows(_ count: Int, _ random: inout SeededGenerator) -> String {
    var xml = ""
    for row in 1...count where row % 3 != 0 {
      xml += "<row r=\"\(row)\" spans=\"1:12\">"
      for column in 1...12 where !random.next().isMultiple(of: 4) {
        let place = CellReference(row: row, column: column)
        switch random.next() % 5 {
        case 0: xml += "<c r=\"\(place)\" t=\"inlineStr\"><is><t>第\(row)行 &lt;\(column)&gt;</t></is></c>"
        case 1: xml += "<c r=\"\(place)\"><f>A\(row)+1</f><v>\(row)</v></c>"
        case 2: xml += "<c r=\"\(place)\" s=\"1\"/>"
        default: xml += "<c r=\"\(place)\"><v>\(random.next() % 100_000)</v></c>"
        }
      }
      xml += "</row>"
    }
    return xml
  }

  private let part = "/xl/worksheets/sheet1.xml"

  @Test("What streams comes out as what is spliced as a whole", arguments: [1, 2, 3, 4] as [UInt64])
  func same(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let file = try PartsPackage(
      rows: rows(4_000, &random),
      head: "<dimension ref=\"A1:L4000\"/><cols><col min=\"20\" max=\"20\" width=\"9\" style=\"1\"/></cols>",
      tail: "<mergeCells count=\"1\"><mergeCell ref=\"A5:B5\"/></mergeCells>",
      styles: "<cellXfs count=\"2\"><xf/><xf/></cellXfs>"
    ).bytes()
    let package = try Package(bytes: file, limits: .default)
    var edits: [CellReference: CellEdit] = ["A1": CellEdit(value: 1), "T4100": CellEdit(value: "末")]
    for _ in 0..<(seed == 1 ? 1 : 200) {
      let place = CellReference(row: Int(random.next() % 4_200) + 1, column: Int(random.next() % 22) + 1)
      let values: [CellValue] = [.empty, 5, "文 & <b>", true, .formula("SUM(A1:A9)", cached: 3)]
      edits[place] = CellEdit(value: values[Int(random.next() % 5)], style: random.next() % 3 == 0 ? 1 : nil)
    }
    var change = RowChange(old: RowSettings(), new: RowSettings())
    change.new.height = 30
    let rows = [3: change, 4: change, 3_999: change]
    let streamed = try #require(
      try StreamedSplice(sheet: "表", part: part, edits: edits, rows: rows).applied(to: package))
    var splicer = SheetSplicer(sheet: "表", part: part, bytes: try package.bytes(of: part))
    let whole = try splicer.apply(edits, rows: rows)
    let bytes = try #require(streamed.entry.inflated())
    #expect(bytes == whole.bytes && bytes.count > 1 << 19)
    #expect(streamed.changesFormulas == splicer.changesFormulas && streamed.hasFormulas)
    #expect(streamed.merges == ["A5:B5"])
  }

  @Test(
    "Rows in disorder, in another form, or with a formula that others share are left to the whole part",
    arguments: [
      "<row r=\"2\"><c r=\"A2\"/></row><row r=\"1\"><c r=\"A1\"/></row>",
      "<row r=\"1\"><c r=\"A1\"/></row><row r=\"1\"><c r=\"B1\"/></row>",
      "<!-- --><row r=\"1\"><c r=\"A1\"/></row>",
      "<row r=\"7\"><c r=\"A1\"/></row><row r=\"8\"/>",
      "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1</f></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/></c></row>",
      "<row r=\"1\"><c r=\"A1\"/></row><row r=\"2\"><c r=\"A2\"><f t=\"dataTable\" ref=\"A2:B3\"/></c></row>",
      "",
    ])
  func handedOver(rows: String) throws {
    let file = try PartsPackage(rows: rows, tail: String(repeating: " ", count: 99)).bytes()
    let splice = StreamedSplice(sheet: "表", part: part, edits: ["A1": CellEdit(value: 5)], rows: [:])
    let result = try splice.applied(to: Package(bytes: file, limits: .default))
    if rows.isEmpty || rows.contains("r=\"7\"") {
      // Nothing is wrong with these: the splicer finds the cell, or makes it.
      let bytes = try #require(result?.entry.inflated())
      #expect(String(decoding: bytes, as: UTF8.self).contains("<c r=\"A1\"><v>5</v></c>"))
    } else {
      #expect(result == nil)
    }
  }

  @Test("A cell of a large sheet changes without the sheet's being read, and what is wrong is said on saving")
  func workbook() throws {
    var random = SeededGenerator(seed: 5)
    let array =
      "<row r=\"60001\"><c r=\"A60001\"><f t=\"array\" ref=\"A60001:A60002\">B1:B2</f><v>1</v></c></row>"
    let file = try PartsPackage(
      rows: rows(20_000, &random) + array, tail: "<mergeCells><mergeCell ref=\"A5:B5\"/></mergeCells>"
    ).bytes()
    let book = try Workbook(bytes: file)
    try book.set(7, at: "A1", inSheet: "sheet1")
    try book.set("末", at: "C70000", inSheet: "Sheet1")
    #expect(book.loadedSheets.isEmpty)
    let saved = try Workbook(bytes: book.serialized())
    #expect(book.loadedSheets.isEmpty)
    let (old, new) = try (Workbook(bytes: file).sheet(at: 0), saved.sheet(at: 0))
    #expect(new["A1"] == 7 && new["C70000"] == "末")
    for row in old.content.cells.rows where row.index > 1 {
      #expect(new.content.cells.row(row.index)?.cells == row.cells)
    }
    // Read afterwards, the sheet has the cells; and it can be changed and saved on.
    let sheet = try book.sheet(at: 0)
    #expect(sheet["A1"] == 7 && sheet["C70000"] == "末")
    sheet["A2"] = 8
    #expect(try Workbook(bytes: book.serialized()).sheet(at: 0)["A2"] == 8)
    for cell in ["B5", "A60002"] as [CellReference] {
      let refused = try Workbook(bytes: file)
      try refused.set(1, at: cell, inSheet: "Sheet1")
      let error = failure { _ = try refused.serialized() }
      #expect(error?.code == .invalidContent && error?.cell == cell && error?.sheet == "Sheet1")
    }
  }

  @Test("CSV of a large sheet shows a cell that was changed without its being read")
  func csvAfterChange() throws {
    var random = SeededGenerator(seed: 6)
    let book = try Workbook(bytes: PartsPackage(rows: rows(20_000, &random)).bytes())
    try book.set(123_456, at: "A1", inSheet: "Sheet1")
    #expect(book.loadedSheets.isEmpty)
    #expect(String(decoding: try book.csv(ofSheetAt: 0), as: UTF8.self).hasPrefix("123456"))
  }
}
