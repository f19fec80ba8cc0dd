import Testing

@testable import XLSX

/// What the fuzz targets in `Fuzz` found, each under its own name.
@Suite("Findings of fuzzing")
struct FuzzFindingTests {
  @Test("an item inside a shared string ends neither it nor the reading")
  func nestedSharedString() throws {
    let package = try PartsPackage(strings: "<si><t>甲<si><t>乙</t></si>丙</t></si><si><t>丁</t></si>").bytes()
    func values(_ usesScanner: Bool) throws -> [CellValue] {
      let strings = try SharedStrings.read(
        Package(bytes: package, limits: .default), part: "/xl/sharedStrings.xml", usesScanner: usesScanner)
      return (0..<strings.count).map { strings.value($0) }
    }
    #expect(try values(true) == values(false))
    #expect(try values(true).last == "丁")
  }

  @Test("an intersection with a reference that moved off the grid stays a formula")
  func movedIntersection() throws {
    let moved = FormulaShifter.shift("率 XFD1048576", rows: 1, columns: 0)
    #expect(moved == "率 #REF!")
    #expect(
      try FormulaParser.parse(moved) == .binary(.intersection, .name("率", sheet: nil), .error(.reference)))
  }

  @Test(
    "in a sheet out of order a cell changes wherever it stands, and no other",
    arguments: [
      // Rows, and what B3 may be found as in the changed part.
      ("<row r=\"3\"><c r=\"B2\"><v>3</v></c></row>", 1),
      ("<row r=\"2\"><c r=\"B3\"><v>3</v></c></row>", 1),
      ("<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"3\"><c r=\"B3\"><v>3</v></c></row>", 1),
      ("<row r=\"3\"><c r=\"B3\"><v>3</v></c></row><row r=\"2\"><c r=\"B2\"><v>3</v></c></row>", 1),
      ("<row r=\"3\"><c r=\"B3\"><v>3</v></c><c r=\"B3\"><v>4</v></c></row>", 2),
      ("<row r=\"3\"><c r=\"B3\"><v>3</v></c></row><row r=\"3\"><c r=\"B3\"><v>4</v></c></row>", 2),
      // The second cell has no reference and follows the first, in row 9.
      ("<row r=\"3\"><c r=\"Z9\"><v>5</v></c><c><v>6</v></c></row>", 1),
      ("<row r=\"3\"><c r=\"B9\"><v>5</v></c><c><v>6</v></c></row>", 1),
      // The second row has no number, and follows row 9.
      ("<row r=\"3\"><c r=\"A3\"/><c r=\"B9\"><v>5</v></c></row><row><c><v>6</v></c></row>", 1),
      ("<row r=\"2\"><c r=\"A2\"/><c r=\"B9\"><v>5</v></c></row><row><c><v>6</v></c></row>", 1),
      ("<row r=\"3\"><c r=\"B9\"><v>5</v></c></row><row><c><v>6</v></c></row>", 1),
      // The second row has no number and is 4, but its first cell is of row 3.
      ("<row r=\"3\"/><row><c r=\"B3\"><v>5</v></c><c><v>6</v></c></row>", 1),
      ("<row r=\"9\"/><row r=\"2\"/><row><c r=\"A3\"><v>5</v></c><c r=\"C3\"><v>6</v></c></row>", 1),
    ])
  func disorder(rows: String, places: Int) throws {
    let bytes = try PartsPackage(rows: rows).bytes()
    let edited = try Workbook(bytes: bytes)
    try edited.set(1, at: "B3", inSheet: "Sheet1")
    let saved = try edited.serialized()
    var expected = try values(bytes)
    expected["B3"] = 1
    #expect(try values(saved) == expected)
    let part = try PackageParts(saved)["xl/worksheets/sheet1.xml"]
    #expect(part.components(separatedBy: "r=\"B3\"").count == places + 1)
    #expect(part.components(separatedBy: "<v>1</v>").count == places + 1)
  }

  private func values(_ file: [UInt8]) throws -> [CellReference: CellValue] {
    let cells = try Workbook(bytes: file).sheet(named: "Sheet1").content.cells
    var values: [CellReference: CellValue] = [:]
    for row in cells.rows {
      for cell in row.cells { values[CellReference(row: row.index, column: cell.column)] = cell.value }
    }
    return values
  }

  @Test("a sheet whose root is an empty element takes every change inside it", arguments: ["", "x:"])
  func emptyRoot(prefix: String) throws {
    var package = PartsPackage(rows: "")
    let name = prefix.isEmpty ? "xmlns" : "xmlns:x"
    package.replace(
      "xl/worksheets/sheet1.xml", "<\(prefix)worksheet \(name)=\"\(PartsPackage.main)\"/>\n<!-- 空 -->")
    package.add(
      "xl/worksheets/_rels/sheet1.xml.rels",
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>")
    let changes: [(Worksheet) throws -> Void] = [
      { $0["B3"] = 15 }, { $0.setRowHeight(30, for: 3...4) }, { $0.setColumnWidth(31.5, for: "B:D") },
      { $0.setHyperlink("https://example.org/", at: "C3") }, { $0.freeze(at: "C4") },
      { $0.pageSetup.orientation = .landscape }, { $0.protection = SheetProtection() },
      { try $0.merge("A1:B2") }, { $0.autoFilter = "A1:D9" },
    ]
    for change in changes {
      let book = try package.open()
      let sheet = try book.sheet(at: 0)
      try change(sheet)
      let again = try Workbook(bytes: book.serialized()).sheet(at: 0)
      #expect(again["B3"] == sheet["B3"] && again.hyperlinks == sheet.hyperlinks)
      #expect(again.columnSettings(2).width == sheet.columnSettings(2).width)
      #expect(again.content.cells.rows.map(\.settings) == sheet.content.cells.rows.map(\.settings))
      #expect(SheetSettings(again.content) == SheetSettings(sheet.content))
    }
  }

  @Test("a calculation chain that shares its relationship's id with the sheet goes without it")
  func sharedRelationshipID() throws {
    var package = PartsPackage(rows: "<row r=\"1\"><c r=\"A1\"><f>B1</f><v>1</v></c></row>")
    package.add("[Content_Types].xml", PartsPackage.contentTypes)
    package.add(
      "xl/calcChain.xml", "<calcChain xmlns=\"\(PartsPackage.main)\"><c r=\"A1\" i=\"1\"/></calcChain>")
    let types = PartsPackage.relationshipTypes
    package.replace(
      "xl/_rels/workbook.xml.rels",
      PartsPackage.relationships([
        ("rId1", "\(types)/worksheet", "worksheets/sheet1.xml"),
        ("rId1", "\(types)/calcChain", "calcChain.xml"),
      ]))
    let edited = try Workbook(bytes: package.bytes())
    try edited.set(2, at: "A1", inSheet: "Sheet1")
    let saved = try edited.serialized()
    #expect(try Workbook(bytes: saved).sheet(named: "Sheet1")["A1"] == 2)
    #expect(try PackageParts(saved).parts["xl/calcChain.xml"] == nil)
  }

  /// A link and a drawing whose relationships are lost: Excel ignores both.
  @Test("what names a lost relationship does not get a new one's target", arguments: ["link", "comment"])
  func lostRelationship(change: String) throws {
    var package = PartsPackage(
      rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
      tail: "<hyperlinks><hyperlink ref=\"A1\" r:id=\"rId1\"/></hyperlinks><drawing r:id='rId2'/>")
    package.add("[Content_Types].xml", PartsPackage.contentTypes)
    let book = try package.open()
    let sheet = try book.sheet(at: 0)
    if change == "link" {
      sheet.setHyperlink("https://example.org/", at: "C3")
    } else {
      sheet.setComment(CellComment("应为15", author: "市总"), at: "C3")
    }
    let saved = try book.serialized()
    let links = try Workbook(bytes: saved).sheet(at: 0).hyperlinks
    #expect(links.keys.map(\.description) == (change == "link" ? ["C3"] : []))
    let relationships = try PackageParts(saved)["xl/worksheets/_rels/sheet1.xml.rels"]
    #expect(
      relationships.contains("rId3") && !relationships.contains("rId1\"") && !relationships.contains("rId2\"")
    )
  }

  @Test("in a row that comes twice both get the new height")
  func heightOfRowTwice() throws {
    let rows = "<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"3\" ht=\"9\" customHeight=\"1\"/>"
    let book = try Workbook(bytes: PartsPackage(rows: rows).bytes())
    try book.sheet(named: "Sheet1").setRowHeight(30, for: 3)
    let saved = try PackageParts(book.serialized())["xl/worksheets/sheet1.xml"]
    #expect(saved.components(separatedBy: "ht=\"30\"").count == 3)
  }
}

/// Formulas that ask for more than any computer has.
@Suite("Formulas without measure")
struct FormulaMeasureTests {
  private func value(
    _ formula: String, _ cells: [CellReference: CellValue] = [:], names: [DefinedName] = []
  ) throws -> CellValue {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    for (cell, value) in cells { sheet[cell] = value }
    book.definedNames = names
    let calculator = book.calculator()
    calculator.maximumWork = 1 << 16
    return try calculator.evaluate(Formula(formula), in: "J1", sheet: 0)
  }

  @Test("names that each use the next one twice are given up")
  func namesUponNames() {
    let names = (1...30).map { DefinedName("名\($0)", formula: "名\($0 + 1)+名\($0 + 1)") }
    #expect(throws: FormulaError.self) {
      try value("名1", names: names + [DefinedName("名31", formula: "1")])
    }
  }

  @Test("texts that double from cell to cell end as #VALUE!, as in Excel")
  func doublingTexts() throws {
    var cells: [CellReference: CellValue] = ["A1": "0123456789"]
    for row in 2...60 {
      cells[CellReference(row: row, column: 1)] = .formula(Formula("A\(row - 1)&A\(row - 1)"), cached: .empty)
    }
    #expect(try value("LEN(A5)", cells) == 160)
    #expect(try value("A60", cells) == .error(.value))
    #expect(try value("CONCAT(A1:A60)", cells) == .error(.value))
  }

  @Test("operators that stand a thousand deep are given up")
  func depth() {
    #expect(throws: FormulaError.self) { try value("1" + String(repeating: "%", count: 8000)) }
    #expect(throws: FormulaError.self) { try value("A1" + String(repeating: " A1", count: 8000)) }
  }

  @Test("a pattern that nearly fits everywhere is searched for in bounded time")
  func searching() throws {
    #expect(try value("SEARCH(\"a*\"&REPT(\"a\",400)&\"b\",REPT(\"a\",1000))") == .error(.value))
    #expect(try value("SEARCH(\"b*d\",\"abcd\")") == 2)
    #expect(try value("SEARCH(\"*c\",\"abcd\")") == 1)
    #expect(try value("SEARCH(\"a?c\",\"abab*abc\")") == 6)
    let searches = Array(repeating: "FIND(REPT(\"a\",400)&\"b\",REPT(\"a\",1000))", count: 60)
    #expect(throws: FormulaError.self) { try value("COUNT(" + searches.joined(separator: ",") + ")") }
  }

  @Test("a count over a sheet with two far corners is given up")
  func farCorners() {
    let cells: [CellReference: CellValue] = ["A1": 1, "XFD1048576": 2]
    #expect(throws: FormulaError.self) { try value("COUNTIF(A:XFD,1)", cells) }
    #expect(throws: FormulaError.self) { try value("SUMPRODUCT((A:XFD=1)*1)", cells) }
  }
}
