import Testing

@testable import XLSX

@Suite("Workbooks of Excel before 2007, and .xlsb")
struct ImportBinaryTests {
  private typealias B = BIFFStream

  private func cells(_ bytes: [UInt8]) throws -> Worksheet { try Workbook(importing: bytes).sheet(at: 0) }

  @Test("numbers of every kind, also beyond 1e±127, in whatever order they are stored")
  func numbers() throws {
    var file = BIFFStream()
    file.sheet += B.record(0x0203, B.place(2, 0) + B.double(1e300))
    file.sheet += B.record(0x0203, B.place(2, 1) + B.double(-1e-200))
    // RK: 12.34 as a hundredfold integer, −5 as an integer, 0.5 as the upper half of a double.
    file.sheet += B.record(0x027E, B.place(0, 0) + B.number(1_234 << 2 | 3, 4))
    file.sheet += B.record(
      0x00BD,
      B.number(1, 2) + B.number(3, 2) + B.number(0, 2) + B.number(-5 << 2 | 2, 4) + B.number(0, 2)
        + B.number(0x3FE0_0000, 4) + B.number(4, 2))
    let sheet = try cells(file.bytes)
    #expect(sheet["A1"] == 12.34 && sheet["D2"] == -5 && sheet["E2"] == 0.5)
    #expect(sheet["A3"].number == 1e300 && sheet["B3"].number == -1e-200)
    let rows = try Workbook(importing: file.bytes).rows(inSheetAt: 0)
    #expect(try rows.next()?.index == 1 && rows.next()?.index == 2 && rows.next()?.index == 3)
  }

  @Test("text boxes with the cells they lie over; comments are none, and cut texts do no harm")
  func textBoxes() throws {
    func anchor(_ column: Int, _ row: Int) -> [UInt8] {
      let corners = [column, 0, row, 0, column + 2, 0, row + 1, 0].flatMap { B.number($0, 2) }
      return B.record(0x00EC, [0, 0, 0x10, 0xF0, 18, 0, 0, 0] + B.number(0, 2) + corners)
    }
    func object(_ type: Int) -> [UInt8] {
      B.record(0x005D, B.number(0x15, 2) + B.number(18, 2) + B.number(type, 2) + B.number(0, 16))
    }
    func text(_ count: Int, _ units: [Int]) -> [UInt8] {
      B.record(0x01B6, B.number(0, 10) + B.number(count, 2) + B.number(8, 2) + B.number(0, 4))
        + B.record(0x003C, [1] + units.flatMap { B.number($0, 2) })
        + B.record(0x003C, B.number(0, 8))
    }
    var file = BIFFStream()
    file.sheet += B.record(0x0203, B.place(0, 0) + B.double(1))
    file.sheet += anchor(1, 3) + object(6) + text(2, [0x6E29, 0x53BF])
    file.sheet += anchor(4, 4) + object(0x19) + text(2, [0x6279, 0x6CE8])
    file.sheet += anchor(4, 4) + object(6) + text(9, [0x6279])
    let boxes = try Workbook(importing: file.bytes).textBoxes(inSheetAt: 0)
    #expect(boxes == [TextBox(RichText([.init("温县")]), over: "B4:D5")])
  }

  @Test("results of formulas: numbers, texts in the next record, truth values and errors")
  func formulas() throws {
    let tail = B.number(0, 6)
    var file = BIFFStream()
    file.sheet += B.record(0x0006, B.place(0, 0) + B.double(2.5) + tail)
    file.sheet += B.record(0x0006, B.place(0, 1) + [0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + tail)
    file.sheet += B.record(0x0207, B.number(2, 2) + [1] + B.number(0x6C81, 2) + B.number(0x9633, 2))
    file.sheet += B.record(0x0006, B.place(0, 2) + [1, 0, 1, 0, 0, 0, 0xFF, 0xFF] + tail)
    file.sheet += B.record(0x0006, B.place(0, 3) + [2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF] + tail)
    let sheet = try cells(file.bytes)
    #expect(sheet["A1"] == 2.5 && sheet["B1"] == "沁阳" && sheet["C1"] == true)
    #expect(sheet["D1"] == .error(.reference))
  }

  @Test(
    "a shared text goes on in the next record, there with another width of characters; struck runs keep their font"
  )
  func sharedStrings() throws {
    var file = BIFFStream()
    let font = { (flags: Int) in
      B.record(
        0x31,
        B.number(220, 2) + B.number(flags, 2) + B.number(0, 2) + B.number(400, 2) + B.number(0, 6) + [
          1, 0, 0x41,
        ])
    }
    file.globals += font(0) + font(8)
    let first = B.number(2, 4) + B.number(2, 4) + B.number(4, 2) + [0] + Array("ab".utf8)
    // Two more characters of the first, now two bytes wide; then “1215” of which “12” is struck (font 1) until unit 2.
    var second: [UInt8] = [1] + B.number(0x6C81, 2) + B.number(0x9633, 2)
    second += B.number(4, 2) + [8] + B.number(2, 2) + Array("1215".utf8)
    second += B.number(0, 2) + B.number(1, 2) + B.number(2, 2) + B.number(0, 2)
    file.globals += B.record(0xFC, first) + B.record(0x3C, second)
    file.sheet +=
      B.record(0xFD, B.place(0, 0) + B.number(0, 4)) + B.record(0xFD, B.place(0, 1) + B.number(1, 4))
    let sheet = try cells(file.bytes)
    #expect(sheet["A1"] == "ab沁阳")
    guard case .richText(let rich) = sheet["B1"] else { return #expect(Bool(false), "no rich text") }
    #expect(rich.runs.map(\.text) == ["12", "15"])
    #expect(rich.runs.map { $0.font?.isStruckThrough } == [true, false])
  }

  @Test(
    "texts before Excel 97 in the code page of the file",
    arguments: [
      (1_251, [0xC2, 0xE5, 0xE4], "Вед"), (936, [0xC7, 0xDF, 0xD1, 0xF4], "沁阳"),
      (10_029, [0x8B, 0x65], "če"),
      (950, [0xA4, 0xA4], "中"), (1_252, [0xE9], "é"),
    ] as [(Int, [UInt8], String)])
  func codePages(_ page: Int, _ text: [UInt8], _ expected: String) throws {
    var file = BIFFStream()
    file.version = 0x0500
    file.globals = B.record(0x42, B.number(page, 2))
    file.sheet = B.record(0x0204, B.place(0, 0) + B.number(text.count, 2) + text)
    #expect(try cells(file.bytes)["A1"].text == expected)
  }

  @Test(
    "dates stay as they are stored, in the system of 1904 as well; merged ranges, hidden rows and columns")
  func surroundings() throws {
    var file = BIFFStream()
    file.globals += B.record(0x22, [1, 0])
    file.globals += B.record(0xE0, B.number(0, 2) + B.number(14, 2) + [UInt8](repeating: 0, count: 16))
    file.sheet +=
      B.record(0x0208, B.number(0, 12) + B.number(0x20, 4))
      + B.record(0x0203, B.place(0, 0) + B.double(39_000.5))
    file.sheet += B.record(0x7D, B.number(2, 2) + B.number(3, 2) + B.number(0, 4) + B.number(1, 2))
    file.sheet += B.record(
      0xE5, B.number(1, 2) + B.number(0, 2) + B.number(1, 2) + B.number(0, 2) + B.number(1, 2))
    let book = try Workbook(importing: file.bytes)
    #expect(book.dateSystem == .excel1904 && book.sheets.map(\.name) == ["Blatt"])
    let rows = try book.rows(inSheetAt: 0)
    let row = try #require(try rows.next())
    #expect(row.isHidden && row[1]?.isDate == true && row[1]?.number == 39_000.5)
    #expect(try rows.next() == nil)
    #expect(rows.mergedRanges == ["A1:B2"] && rows.hiddenColumns == [3...4])
  }

  @Test("a sheet without its BOF, a stream named in capitals, a compound file whose last sector is short")
  func oddFiles() throws {
    var file = BIFFStream()
    file.sheet = B.record(0x0203, B.place(0, 0) + B.double(7))
    file.hasSheetStart = false
    #expect(try cells(file.bytes)["A1"] == 7)
    for name in ["Workbook", "WORKBOOK", "BOOK"] {
      #expect(try cells(file.compoundFile(streamNamed: name))["A1"] == 7)
    }
  }

  @Test("an .xlsb with numbers, texts, a date, a merged range and a hidden sheet")
  func binaryWorkbook() throws {
    func record(_ type: Int, _ data: [UInt8]) -> [UInt8] {
      (type < 0x80 ? [UInt8(type)] : [UInt8(type & 0x7F | 0x80), UInt8(type >> 7)]) + [UInt8(data.count)]
        + data
    }
    func text(_ text: String) -> [UInt8] {
      B.number(text.utf16.count, 4) + text.utf16.flatMap { B.number(Int($0), 2) }
    }
    var package = PartsPackage()
    package.add(
      "[Content_Types].xml",
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>"
    )
    let types = PartsPackage.relationshipTypes
    package.add(
      "_rels/.rels", PartsPackage.relationships([("r", "\(types)/officeDocument", "xl/workbook.bin")]))
    package.add(
      "xl/_rels/workbook.bin.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/worksheet", "sheet1.bin"), ("rId2", "\(types)/styles", "styles.bin"),
        ("rId3", "\(types)/sharedStrings", "strings.bin"),
      ]))
    package.replace(
      "xl/workbook.bin", bytes: record(156, B.number(1, 4) + B.number(1, 4) + text("rId1") + text("附件2")))
    package.replace(
      "xl/styles.bin",
      bytes: record(617, []) + record(47, B.number(0, 16)) + record(47, B.number(0, 2) + B.number(14, 14)))
    package.replace("xl/strings.bin", bytes: record(19, [0] + text("送文艺")))
    let place = { (column: Int, style: Int) in B.number(column, 4) + B.number(style, 4) }
    var sheet = record(0, B.number(4, 4) + B.number(0, 13))
    sheet += record(7, place(0, 0) + B.number(0, 4)) + record(5, place(1, 1) + B.double(45_614.25))
    sheet +=
      record(2, place(2, 0) + B.number(3 << 2 | 2, 4)) + record(10, place(3, 0) + [1])
      + record(3, place(4, 0) + [7])
    sheet += record(8, place(5, 0) + text("甲"))
    sheet += record(176, B.number(4, 4) + B.number(5, 4) + B.number(0, 4) + B.number(0, 4))
    package.replace("xl/sheet1.bin", bytes: sheet)
    let book = try Workbook(importing: package.bytes())
    #expect(book.sheets.map(\.visibility) == [.hidden])
    let rows = try book.rows(inSheetAt: 0)
    let row = try #require(try rows.next())
    #expect(
      row.index == 5 && row.cells.map(\.value) == ["送文艺", 45_614.25, 3, true, .error(.divisionByZero), "甲"])
    #expect(row[2]?.isDate == true && row[3]?.isDate == false)
    #expect(try rows.next() == nil)
    #expect(rows.mergedRanges == ["A5:A6"])
  }
}
