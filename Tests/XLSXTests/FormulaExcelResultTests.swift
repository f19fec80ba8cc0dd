import Testing

@testable import XLSX

/// Results that Excel gives and that are easily got wrong; each row was seen in a workbook that Excel had calculated.
@Suite("Results as Excel has them")
struct FormulaExcelResultTests {
  private let book = Workbook.filled([
    "A1": 23, "A2": "23", "A3": true, "A4": 1, "A5": "hey", "A6": false,
    // Sorted upwards with repetitions, and sorted downwards.
    "B1": 1, "B2": 5, "B3": 5, "B4": 7, "B5": 7, "B6": 8, "C1": "a", "C2": "b", "C3": "c", "C4": "d",
    "C5": "e", "C6": "f",
    "D1": 8, "D2": 7, "D3": 7, "D4": 5, "D5": 5, "D6": 1,
    "E1": 2, "E2": true, "E3": "ala", "F1": "x", "F2": "y", "F3": "z",
    "G1": "10", "G2": "2024-01-10", "G3": " 2024-01-10 ", "G4": "",
  ])

  private func evaluate(_ formula: String) throws -> CellValue {
    try book.calculator().evaluate(Formula(formula), in: "J9", sheet: 0)
  }

  @Test(
    "criteria: text is another value than a number, and a comparison with nothing holds nowhere",
    arguments: [
      ("COUNTIF(A1:A6,\"=23\")", 2), ("COUNTIF(A1:A6,\"<>23\")", 5), ("COUNTIF(A1:A6,\">=\"&Z9)", 0),
      ("COUNTIF(A1:A6,\"<=\")", 0), ("COUNTIF(A1:A8,\"<>\")", 6),
      ("COUNTIFS(A1:A6,\"<>23\",A1:A6,\"<>hey\")", 4),
      ("SUMIF(A1:A6,\">\",A1:A6)", 0),
    ] as [(String, CellValue)])
  func criteria(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  @Test(
    "XLOOKUP: types in order, blanks found by blanks, equal lengths, halves",
    arguments: [
      // The largest number before a text; the text before a truth value; the truth value after a text.
      ("XLOOKUP(\"a\",E1:E3,F1:F3,,-1)", "x"), ("XLOOKUP(FALSE,E1:E3,F1:F3,,-1)", "z"),
      ("XLOOKUP(10,E1:E3,F1:F3,,1)", "z"), ("XLOOKUP(Z9,A1:A9,C1:C9,\"none\")", 0),
      ("XLOOKUP(1,A4:A6,C1:C2)", .error(.value)), ("XLOOKUP(\"h*\",A1:A6,C1:C6,,2,2)", .error(.value)),
      ("XLOOKUP(5,B1:B6,C1:C6,,0,2)", "b"), ("XLOOKUP(7.5,B1:B6,C1:C6,,-1,2)", "e"),
      ("XLOOKUP(6,B1:B6,C1:C6,,1,2)", "d"), ("XLOOKUP(5,D1:D6,C1:C6,,0,-2)", "e"),
      ("XLOOKUP(7.5,D1:D6,C1:C6,,-1,-2)", "b"), ("XMATCH(6,B1:B6,1)", 4),
    ] as [(String, CellValue)])
  func lookups(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  @Test(
    "functions of the Analysis ToolPak take no truth values, and numbers in text",
    arguments: [
      ("LCM(G1,4)", 20), ("GCD(A3,2)", .error(.value)), ("LCM(G2,7)", 317_107), ("LCM(G3,7)", .error(.value)),
      ("GCD(Z1,Z2)", .error(.value)), ("LCM(,5)", .error(.notAvailable)), ("LCM(-0.5,1)", .error(.number)),
      ("EDATE(A3,1)", .error(.value)), ("EOMONTH(31,TRUE)", .error(.value)), ("EDATE(100,\"1\")", 130),
      ("ISEVEN(A3)", .error(.value)), ("ISODD(\"3\")", true), ("QUOTIENT(TRUE,2)", .error(.value)),
    ] as [(String, CellValue)])
  func toolPak(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  @Test(
    "text without a meaning",
    arguments: [
      ("OR(\"\",TRUE)", true), ("AND(\"\",\"\")", .error(.value)), ("AND(\"1\",1)", .error(.value)),
      ("INDIRECT(\"A0\")", .error(.reference)), ("INDIRECT(\"XFE1\")", .error(.reference)),
      ("INDIRECT(\"R2C1\",FALSE)", "23"), ("INDIRECT(\"R[-8]C[-9]\",FALSE)", 23),
      ("SUM(INDIRECT(\"R1C2:R3C2\",FALSE))", 11), ("INDIRECT(\"R1C1\")", .error(.reference)),
      ("MODE(1,1,\"1\")", .error(.value)), ("MODE(B1:B6,A5:A6)", 5), ("TEXT(-0.3,\"0\")", "0"),
      ("TEXT(-0.3,\"0;-0\")", "-0"), ("TEXT(-0.004,\"0.00%\")", "-0.40%"),
      ("TEXT(45000,\"mm###\")", .error(.value)),
      ("TEXT(0.5,\"mm:ss.00\")", "00:00.00"),
    ] as [(String, CellValue)])
  func text(_ formula: String, _ value: CellValue) throws {
    #expect(try evaluate(formula) == value)
  }

  @Test("a look-up by halves in unsorted values goes the way that Excel goes")
  func unsorted() throws {
    let book = Workbook.filled([
      "A1": "DOUBLE", "B1": "BLANK", "C1": "STRING", "D1": "REF", "E1": "AREA", "A2": 1, "B2": 2, "C2": 3,
      "D2": 4,
      "E2": 5,
    ])
    #expect(
      try book.calculator().evaluate("LOOKUP(\"DOUBLE\",A1:E1,A2:E2)", in: "J9", sheet: 0) == .number(1))
  }

  @Test("references to a table: a column, the row's own cell, totals, headers")
  func tables() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    for (column, name) in ["单位", "场次", "人数 [人]"].enumerated() {
      sheet[CellReference(row: 1, column: column + 1)] = .text(name)
    }
    for row in 2...4 {
      sheet[CellReference(row: row, column: 1)] = .text("甲\(row)")
      sheet[CellReference(row: row, column: 2)] = .number(Double(row))
      sheet[CellReference(row: row, column: 3)] = .number(Double(row * 100))
    }
    var table = Table("活动", range: CellRange("A1", "C5"), columns: ["单位", "场次", "人数 [人]"])
    table.showsTotals = true
    sheet["A5"] = "合计"
    sheet["B5"] = 9
    sheet["C5"] = 900
    try sheet.addTable(table)
    _ = try book.addSheet(named: "另")
    let calculator = book.calculator()
    for (formula, value) in [
      ("SUM(活动[场次])", 9), ("活动[[#This Row],[人数 '[人']]]/活动[@场次]", 100), ("活动[[#Totals],[场次]]", 9),
      ("COUNTA(活动[#Headers])", 3), ("ROWS(活动[#All])", 5), ("SUM(活动[[场次]:[人数 '[人']]])", 909), ("SUM([场次])", 9),
      ("活动[没有]", .error(.reference)),
    ] as [(Formula, CellValue)] {
      #expect(try calculator.evaluate(formula, in: "C3", sheet: 0) == value, "\(formula.text)")
    }
    #expect(try calculator.evaluate("SUM(活动[场次])", in: "A1", sheet: 1) == .number(9))
    #expect(try calculator.evaluate("活动[@场次]", in: "A9", sheet: 1) == .error(.value))
    #expect(throws: FormulaError.self) { try calculator.evaluate("SUM(无此表[场次])", in: "A1", sheet: 1) }
  }
}

/// What files put in front of functions newer than Excel 2007.
@Suite("Prefixes of newer functions")
struct FormulaPrefixTests {
  @Test(
    "written as Excel wants them, read as people write them",
    arguments: [
      ("TEXTJOIN(\",\",TRUE,B1:B5)", "_xlfn.TEXTJOIN(\",\",TRUE,B1:B5)"),
      ("SORT(FILTER(B1:B5,B1:B5>2))", "_xlfn._xlws.SORT(_xlfn._xlws.FILTER(B1:B5,B1:B5>2))"),
      ("IFERROR(CONCAT(A1),0)", "IFERROR(_xlfn.CONCAT(A1),0)"), ("SUM(B1:B5)", "SUM(B1:B5)"),
      ("IF(A1=\"SORT(1)\",1,2)", "IF(A1=\"SORT(1)\",1,2)"),
      ("NETWORKDAYS.INTL(A1,A2)", "NETWORKDAYS.INTL(A1,A2)"),
      ("LET(x,B1,y,x+1,x*y)", "_xlfn.LET(_xlpm.x,B1,_xlpm.y,_xlpm.x+1,_xlpm.x*_xlpm.y)"),
      ("LET(x,1,x)+x", "_xlfn.LET(_xlpm.x,1,_xlpm.x)+x"),
      (
        "MAP(A1:A3,LAMBDA(v,v*LET(w,v,w)))",
        "_xlfn.MAP(A1:A3,_xlfn.LAMBDA(_xlpm.v,_xlpm.v*_xlfn.LET(_xlpm.w,_xlpm.v,_xlpm.w)))"
      ),
      ("LET(f,LAMBDA(a,a+1),f(2))", "_xlfn.LET(_xlpm.f,_xlfn.LAMBDA(_xlpm.a,_xlpm.a+1),_xlpm.f(2))"),
    ])
  func both(_ written: String, _ stored: String) {
    #expect(FormulaPrefixes.stored(written) == stored)
    #expect(FormulaPrefixes.stored(stored) == stored)
    #expect(FormulaPrefixes.shown(stored) == written)
  }

  @Test("signs of Excel 365 become the functions that stand for them")
  func signs() {
    #expect(FormulaPrefixes.stored("SUM(汇总!A1#)") == "SUM(_xlfn.ANCHORARRAY(汇总!A1))")
    #expect(FormulaPrefixes.stored("@A1:A9+1") == "_xlfn.SINGLE(A1:A9)+1")
    #expect(FormulaPrefixes.stored("#N/A") == "#N/A")
  }

  @Test("a cell, a name and a validation keep what people wrote")
  func everywhere() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "甲")
    sheet["A1"] = .formula("IFS(B1>1,1,TRUE,2)", cached: 2)
    try book.addName("拼", formula: "CONCAT(甲!$B$1:$B$3)")
    let parts = try PackageParts(book.serialized())
    #expect(parts["xl/worksheets/sheet1.xml"].contains("<f>_xlfn.IFS(B1&gt;1,1,TRUE,2)</f>"))
    #expect(parts["xl/workbook.xml"].contains("_xlfn.CONCAT(甲!$B$1:$B$3)"))
    let read = try Workbook(bytes: book.serialized())
    #expect(try read.sheet(at: 0)["A1"].formula?.text == "IFS(B1>1,1,TRUE,2)")
    #expect(read.definedNames.first?.formula == "CONCAT(甲!$B$1:$B$3)")
  }
}
