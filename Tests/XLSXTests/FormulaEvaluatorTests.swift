import Testing

@testable import XLSX

@Suite("Computing formulas")
struct FormulaEvaluatorTests {
  /// A small form: names in A, 线上 in B, 线下 in C, text and gaps as people leave them.
  let form = Workbook.filled([
    "A1": "沁阳", "B1": 3, "C1": 12, "A2": "孟州", "B2": "5", "C2": .empty, "A3": "温县", "B3": 7, "C3": true,
    "A4": "修武", "B4": 0.1, "C4": 0.2, "A5": "沁阳", "B5": .error(.notAvailable), "C5": "",
    "D1": 45_614, "D2": "2024-11-20", "E1": .formula("SUM(B1:C1)", cached: 99),
    "E2": .formula("E1*2", cached: .empty),
    "F1": .formula("F2", cached: 1), "F2": .formula("F1", cached: 1), "G1": .formula("[1]外部!A1", cached: 8),
    "G2": .formula("G1+1", cached: 0), "H1": .formula("A9", cached: .empty),
  ])

  @Test(
    "operators and functions",
    arguments: [
      ("1+2*3", 7), ("-2^2", 4), ("7/2", 3.5), ("1/0", .error(.divisionByZero)), ("\"3\"+\"4\"", 7),
      ("\"a\"+1", .error(.value)),
      ("TRUE+1", 2), ("5%", 0.05), ("\"a\"&1&TRUE", "a1TRUE"), ("1/3&\"\"", "0.333333333333333"),
      ("1E+20&\"\"", "100000000000000000000"),
      ("0.1+0.2=0.3", true), ("0.1+0.2-0.3", 0), ("\"A\"=\"a\"", true), ("\"a\"<TRUE", true),
      ("9<\"1\"", true), ("A9=0", true),
      ("A9=\"\"", true), ("B1+B2", 8), ("SUM(B1:B3)", 10), ("SUM(B1,\"5\",TRUE)", 9),
      ("SUM(B1:B5)", .error(.notAvailable)),
      ("SUM(B:B C1:C3)", .error(.null)), ("SUM(B1:C3 C1:D3)", 12), ("SUM((B1,C1))", 15),
      ("AVERAGE(B1:C2)", 7.5),
      ("COUNT(A1:D5)", 6), ("COUNTA(A1:D5)", 16), ("COUNTBLANK(A1:D5)", 5), ("MIN(B1:C3)", 3),
      ("MAX(A9:A10)", 0),
      ("PRODUCT(B1,C1)", 36), ("SUMPRODUCT(B1:B3,C1:C3)", 36), ("SUMPRODUCT((A1:A5=\"沁阳\")*1)", 2),
      ("SUM({1,2;3,4}*2)", 20),
      ("ROUND(2.675,2)", 2.68), ("ROUND(1.005,2)", 1.01), ("ROUND(-1.5,0)", -2), ("ROUND(1234,-2)", 1200),
      ("ROUNDUP(1.21,1)", 1.3),
      ("ROUNDUP(0.999,2)", 1), ("ROUNDUP(-1.01,0)", -2), ("ROUNDUP(0.001,1)", 0.1),
      ("ROUNDDOWN(1.29,1)", 1.2), ("ROUNDUP(12,-2)", 100),
      ("INT(-1.5)", -2), ("TRUNC(-1.59,1)", -1.5), ("MOD(-3,2)", 1), ("MOD(5,0)", .error(.divisionByZero)),
      ("CEILING(2.5,1)", 3), ("FLOOR(-2.5,-2)", -2), ("CEILING(0.3,0.1)", 0.3), ("MROUND(10,3)", 9),
      ("EVEN(3)", 4), ("ODD(-2)", -3),
      ("IF(B1>2,\"够\",\"少\")", "够"), ("IF(FALSE,1)", false), ("IF(B5=1,1,2)", .error(.notAvailable)),
      ("IF(TRUE,1,1/0)", 1),
      ("IFERROR(B5,0)", 0), ("IFERROR(不存在,\"无\")", "无"), ("IFNA(1/0,0)", .error(.divisionByZero)),
      ("IFS(B1>5,1,TRUE,2)", 2),
      ("AND(TRUE,1,\"TRUE\")", true), ("OR(A1:A3)", .error(.value)), ("NOT(0)", true),
      ("XOR(TRUE,TRUE)", false),
      ("SWITCH(B1,1,\"a\",3,\"c\")", "c"), ("SWITCH(9,1,\"a\",\"其他\")", "其他"), ("CHOOSE(2,\"a\",\"b\")", "b"),
      ("SQRT(-1)", .error(.number)),
      ("SUM(A:D)", .error(.notAvailable)), ("SUM()", .error(.value)), ("H1", 0),
      ("ISBLANK(A9)", true), ("ISBLANK(C5)", false),
      ("ISNUMBER(B2)", false), ("ISERROR(B5)", true), ("ISNA(1/0)", false), ("N(B2)", 0),
      ("ERROR.TYPE(NA())", 7),
    ] as [(String, CellValue)])
  func operators(_ formula: String, _ value: CellValue) throws {
    if formula == "SUM()" {
      #expect(throws: FormulaError.self) { try evaluate(formula) }
    } else {
      #expect(try evaluate(formula) == value)
    }
  }

  @Test(
    "conditional sums and look-ups",
    arguments: [
      ("COUNTIF(A1:A5,\"沁阳\")", 2), ("COUNTIF(A1:A5,\"沁*\")", 2), ("COUNTIF(B1:B4,\">=3\")", 2),
      ("COUNTIF(B1:B4,5)", 1),
      ("COUNTIF(C1:C5,\"\")", 2), ("COUNTIF(A1:A5,\"<>沁阳\")", 3), ("COUNTIF(A:A,\"<>\")", 5),
      ("COUNTIF(A:A,\"\")", 1_048_571),
      ("SUMIF(A1:A4,\"沁阳\",B1:B4)", 3), ("SUMIF(A1:A4,\"沁阳\",B1)", 3), ("SUMIF(B1:B4,\">1\")", 10),
      ("SUMIFS(C1:C4,B1:B4,\">0\",A1:A4,\"沁阳\")", 12),
      ("AVERAGEIF(A1:A4,\"温县\",B1:B4)", 7), ("MAXIFS(B1:B4,A1:A4,\"?县\")", 7),
      ("COUNTIFS(A1:A5,\"沁阳\",B1:B5,3)", 1),
      ("VLOOKUP(\"温县\",A1:C5,2,FALSE)", 7), ("VLOOKUP(\"无\",A1:C5,2,0)", .error(.notAvailable)),
      ("VLOOKUP(\"沁阳\",A1:C5,4,0)", .error(.reference)),
      ("VLOOKUP(5,{1,\"一\";4,\"四\";9,\"九\"},2)", "四"), ("HLOOKUP(3,{1,3;\"a\",\"b\"},2,FALSE)", "b"),
      ("MATCH(\"孟州\",A1:A5,0)", 2),
      ("MATCH(5,{1,4,9})", 2), ("MATCH(5,{9,6,4},-1)", 2), ("MATCH(0,{1,4})", .error(.notAvailable)),
      ("INDEX(A1:C5,3,2)", 7),
      ("INDEX(A1:A5,9)", .error(.reference)), ("SUM(INDEX(B1:C3,1,0))", 15), ("SUM(B1:INDEX(B1:B5,3))", 10),
      ("LOOKUP(5,{1,4,9},{\"a\",\"b\",\"c\"})", "b"),
      ("XLOOKUP(\"修武\",A1:A5,B1:B5)", 0.1), ("XLOOKUP(\"无\",A1:A5,B1:B5,\"没有\")", "没有"),
      ("XLOOKUP(5,{1,4,9},{\"a\",\"b\",\"c\"},,1)", "c"),
      ("ROW()", 9), ("COLUMN(C1)", 3), ("ROWS(A1:B7)", 7), ("COLUMNS(A:C)", 3), ("INDIRECT(\"B\"&1)", 3),
      ("SUM(INDIRECT(\"表!B1:C1\"))", 15),
      ("INDIRECT(\"不是\")", .error(.reference)), ("SUM(OFFSET(A1,0,1,1,2))", 15),
      ("OFFSET(A1,-1,0)", .error(.reference)), ("ADDRESS(2,3)", "$C$2"),
      ("RANK(B1,B1:B4)", 2), ("LARGE(B1:B4,1)", 7), ("SMALL(B1:B4,9)", .error(.number)),
      ("MEDIAN(1,2,3,4)", 2.5), ("SUBTOTAL(9,B1:B4)", 10.1), ("SUBTOTAL(9,#REF!)", .error(.reference)),
      ("VLOOKUP(\"无\",A1:B4,0,FALSE)", .error(.notAvailable)),
      ("VLOOKUP(\"孟州\",A1:B4,0,FALSE)", .error(.value)),
    ] as [(String, CellValue)])
  func lookups(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  @Test(
    "text and dates",
    arguments: [
      ("LEFT(\"总工会\",1)", "总"), ("RIGHT(\"abc\",2)", "bc"), ("MID(\"abcdef\",2,3)", "bcd"),
      ("MID(\"a\",0,1)", .error(.value)),
      ("LEN(\"总工会\")", 3), ("LEN(\"😀\")", 2), ("TRIM(\"  a  b \")", "a b"),
      ("SUBSTITUTE(\"a-b-c\",\"-\",\"+\",2)", "a-b+c"),
      ("FIND(\"b\",\"abcb\",3)", 4), ("FIND(\"B\",\"abc\")", .error(.value)), ("SEARCH(\"B?\",\"abc\")", 2),
      ("UPPER(\"ab\")", "AB"),
      ("REPT(\"ab\",2)", "abab"), ("EXACT(\"a\",\"A\")", false), ("CONCATENATE(\"a\",1)", "a1"),
      ("CONCAT(A1:A2,\"!\")", "沁阳孟州!"),
      ("TEXTJOIN(\"、\",TRUE,A1:A3,\"\")", "沁阳、孟州、温县"), ("TEXT(1234.5,\"#,##0.00\")", "1,234.50"),
      ("TEXT(D1,\"yyyy年m月d日\")", "2024年11月18日"),
      ("TEXT(0.125,\"0.0%\")", "12.5%"), ("TEXT(-1,\"yyyy\")", .error(.value)),
      ("VALUE(\"1,234.5\")", 1234.5), ("VALUE(\"12%\")", 0.12), ("VALUE(\"x\")", .error(.value)),
      ("VALUE(\"\")", .error(.value)), ("NUMBERVALUE(\"1.234,5\",\",\",\".\")", 1234.5),
      ("REPLACE(\"abcd\",2,2,\"X\")", "aXd"),
      ("DATE(2024,11,18)", 45_614), ("DATE(2024,14,0)", 45_688), ("YEAR(D1)", 2024), ("MONTH(D2)", 11),
      ("DAY(D1)", 18), ("D2-D1", 2),
      ("DATEVALUE(\"2024年11月18日\")", 45_614), ("EDATE(DATE(2024,1,31),1)", 45_351),
      ("EOMONTH(D1,-1)", 45_596), ("WEEKDAY(D1)", 2),
      ("WEEKDAY(D1,2)", 1), ("DATEDIF(DATE(2023,12,31),D1,\"M\")", 10),
      ("DATEDIF(DATE(2023,12,31),D1,\"YM\")", 10), ("HOUR(0.75)", 18),
      ("MINUTE(\"9:30\")", 30), ("TIME(18,0,0)", 0.75), ("TODAY()", 45_614), ("WEEKNUM(D1)", 47),
      ("NETWORKDAYS(D1,D1+6)", 5), ("DATE(1900,2,29)", 60),
    ] as [(String, CellValue)])
  func textAndDates(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  private func evaluate(_ formula: String) throws -> CellValue {
    let calculator = form.calculator(now: CalendarDateTime(year: 2024, month: 11, day: 18, hour: 9))
    return try calculator.evaluate(Formula(formula), in: "J9", sheet: 0)
  }

  @Test("precedents are computed, not taken from the cache")
  func precedents() throws {
    #expect(try form.computedValue(of: "E2", inSheet: "表") == 30)
    #expect(try form.computedValue(of: "B1", inSheet: "表") == 3)
  }

  @Test("a precedent that cannot be computed gives its cached value, and is named")
  func cachedPrecedents() throws {
    let calculator = form.calculator()
    #expect(try calculator.value(of: "G2", sheet: 0) == 9)
    #expect(calculator.cachedPrecedents.map(\.cell) == ["G1"])
    #expect(throws: FormulaError.self) { try calculator.value(of: "G1", sheet: 0) }
  }

  @Test("a cell that depends on itself throws")
  func circular() {
    #expect(throws: FormulaError.circular) { try form.computedValue(of: "F1", inSheet: "表") }
  }

  @Test("without a date given, TODAY is unsupported")
  func today() {
    #expect(throws: FormulaError.unsupported("TODAY without a date given")) {
      try form.calculator().evaluate("TODAY()", in: "A1", sheet: 0)
    }
  }

  @Test("a running total down 5,000 rows needs no deep stack")
  func runningTotal() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = 1
    for row in 2...5000 {
      sheet[CellReference(row: row, column: 1)] = .formula(Formula("A\(row - 1)+1"), cached: .empty)
    }
    #expect(try book.computedValue(of: "A5000", inSheet: "表") == 5000)
    sheet["A1"] = .formula("A5000", cached: .empty)
    #expect(throws: FormulaError.circular) { try book.computedValue(of: "A5000", inSheet: "表") }
  }

  @Test("outside array formulas a range is the cell in the same row; inside, all its cells")
  func implicitIntersection() throws {
    let book = Workbook.filled(["A1": 1, "A2": 2, "A3": 3])
    #expect(try book.calculator().evaluate("A1:A3*10", in: "B2", sheet: 0) == 20)
    #expect(try book.calculator().evaluate("A1:A3*10", in: "B9", sheet: 0) == .error(.value))
    let array = Formula("SUM(IF(A1:A3>1,A1:A3))", arrayRange: "B1")
    #expect(try book.calculator().evaluate(array, in: "B1", sheet: 0) == 5)
    let sheet = try book.sheet(named: "表")
    sheet["C1"] = .formula(Formula("A1:A3*2", arrayRange: "C1:C3"), cached: 0)
    sheet["C3"] = 0
    #expect(try book.computedValue(of: "C3", inSheet: "表") == 6)
  }

  /// Four months, of which the clerk has hidden one, and a total of the year.
  @Test(
    "a reference across sheets takes the same cells of all of them, in whatever order it names them",
    arguments: [
      ("SUM(一月:四月!B2)", 1111), ("SUM(四月:一月!B2)", 1111), ("SUM('二月:三月'!A1:B2)", 550),
      ("AVERAGE(一月:四月!B2)", 277.75), ("COUNT(一月:四月!A1:C9)", 8), ("MAX(一月:四月!B:B)", 1000),
      ("SUM(一月:一月!B2)+1", 2), ("SUM(一月:五月!B2)", .error(.reference)), ("一月:四月!B2+1", .error(.value)),
      ("SUMIF(一月:四月!B2,\">0\")", .error(.value)), ("INDIRECT(\"一月:四月!B2\")", .error(.reference)),
    ] as [(String, CellValue)])
  func acrossSheets(_ formula: String, _ value: CellValue) throws {
    let book = Workbook()
    for (month, figure) in [("一月", 1.0), ("二月", 10), ("三月", 100), ("四月", 1000)] {
      let sheet = try book.addSheet(named: month, visibility: month == "三月" ? .hidden : .visible)
      sheet["A1"] = .number(figure * 4)
      sheet["B2"] = .number(figure)
    }
    try book.addSheet(named: "全年")
    #expect(try book.calculator().evaluate(Formula(formula), in: "D5", sheet: 4) == value)
  }

  /// Excel calls INDIRECT once for each row; the first sheet alone would be a wrong total.
  @Test("a single argument that is several in an array formula is not computed")
  func severalInPlaceOfOne() throws {
    let book = Workbook.filled(["A1": 1, "A2": 2])
    #expect(throws: FormulaError.self) {
      try book.calculator().evaluate(
        Formula("SUMPRODUCT(SUMIF(INDIRECT(\"A\"&ROW(1:2)),\">0\"))"), in: "J1", sheet: 0)
    }
  }

  /// Rows 2 to 5 hold 1, 10, 100 and 1000; 3 and 5 are hidden. Excel's SUBTOTAL(9) leaves out what a filter hides, and
  /// counts what somebody hid by hand.
  @Test(
    "a filter hides rows in its own range, and only when it filters",
    arguments: [
      ("", 1111, 101), ("<autoFilter ref=\"A1:A9\"/>", 1111, 101),
      (
        "<autoFilter ref=\"A1:A9\"><filterColumn colId=\"0\"><filters/></filterColumn></autoFilter>", 101, 101
      ),
      ("<autoFilter ref=\"A1:A9\"><filterColumn colId=\"0\" hiddenButton=\"1\"/></autoFilter>", 1111, 101),
      (
        "<autoFilter ref=\"A1:A4\"><filterColumn colId=\"0\"><filters/></filterColumn></autoFilter>", 1101,
        101
      ),
      (
        "<autoFilter ref=\"A5:A9\"><filterColumn colId=\"0\"><filters/></filterColumn></autoFilter>", 1111,
        101
      ),
    ])
  func filters(_ filter: String, _ sum: CellValue, _ visible: CellValue) throws {
    let rows = zip(2...5, [1, 10, 100, 1000]).map {
      "<row r=\"\($0)\"\($0 % 2 == 1 ? " hidden=\"1\"" : "")><c r=\"A\($0)\"><v>\($1)</v></c></row>"
    }
    let book = try PartsPackage(rows: rows.joined(), tail: filter).open()
    #expect(try book.calculator().evaluate("SUBTOTAL(9,A1:A9)", in: "C1", sheet: 0) == sum)
    #expect(try book.calculator().evaluate("SUBTOTAL(109,A1:A9)", in: "C1", sheet: 0) == visible)
  }

  @Test("a table's filter hides rows like the sheet's")
  func tableFilter() throws {
    var package = PartsPackage(
      rows:
        "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c></row>",
      tail: "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>")
    package.add(
      "xl/worksheets/_rels/sheet1.xml.rels",
      PartsPackage.relationships([("rId1", "\(PartsPackage.relationshipTypes)/table", "../tables/table1.xml")]
      ))
    package.add(
      "xl/tables/table1.xml",
      """
      <table xmlns="\(PartsPackage.main)" id="1" name="表1" displayName="表1" ref="A1:A4"><autoFilter ref="A1:A3">\
      <filterColumn colId="0"><filters><filter val="2"/></filters></filterColumn></autoFilter>\
      <tableColumns count="1"><tableColumn id="1" name="数"/></tableColumns></table>
      """)
    #expect(try package.open().calculator().evaluate("SUBTOTAL(9,A2:A3)", in: "C1", sheet: 0) == 2)
  }

  @Test("a name for the cell on the left and above wraps around the grid")
  func wrappingNames() throws {
    let book = Workbook.filled(["A1": 4, "B2": 6])
    book.definedNames = [DefinedName("左上", formula: "表!XFD1048576")]
    #expect(try book.calculator().evaluate(Formula("左上"), in: "B2", sheet: 0) == 4)
    #expect(try book.calculator().evaluate(Formula("左上+左上"), in: "C3", sheet: 0) == 12)
  }

  @Test("defined names, also with relative references")
  func names() throws {
    let book = Workbook.filled(["A1": 4, "A2": 5, "B2": 6])
    book.definedNames = [
      DefinedName("率", formula: "0.5"), DefinedName("范围", formula: "表!$A$1:$A$2"),
      DefinedName("左", formula: "表!A1"),
      DefinedName("环", formula: "环+1"),
    ]
    #expect(try book.calculator().evaluate("SUM(范围)*率", in: "C1", sheet: 0) == 4.5)
    #expect(try book.calculator().evaluate("左", in: "B2", sheet: 0) == 6)
    #expect(throws: FormulaError.circular) { try book.calculator().evaluate("环", in: "C1", sheet: 0) }
  }
}
