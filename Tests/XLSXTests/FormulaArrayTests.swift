import Testing

@testable import XLSX

/// Formulas that give arrays, held against the examples of Microsoft's documentation.
@Suite("Dynamic arrays, LET and LAMBDA")
struct FormulaArrayTests {
  private let book = Workbook.filled([
    "A1": "East", "A2": "West", "A3": "East", "A4": "North", "A5": "West",
    "B1": "Apple", "B2": "Banana", "B3": "apple", "B4": "Grape", "B5": "Apple",
    "C1": 6380, "C2": 5619, "C3": 4565, "C4": 5323, "C5": 4394,
  ])

  private func array(_ formula: String) throws -> [[CellValue]] {
    try book.calculator(seed: 7).evaluateArray(Formula(formula), in: "J9", sheet: 0)
  }

  @Test(
    "arrays",
    arguments: [
      ("SEQUENCE(2,3,0,10)", [[0, 10, 20], [30, 40, 50]]),
      ("FILTER(A1:C5,C1:C5>5500)", [["East", "Apple", 6380], ["West", "Banana", 5619]]),
      ("FILTER(A1:A5,C1:C5>9000,\"none\")", [["none"]]),
      ("FILTER(A1:A5,C1:C5>9000)", [[.error(.calculation)]]),
      ("FILTER(C1:C5,(A1:A5=\"East\")*(B1:B5=\"Apple\"))", [[6380], [4565]]),
      ("SORT(C1:C5)", [[4394], [4565], [5323], [5619], [6380]]),
      (
        "SORT(A1:C5,3,-1)",
        [
          ["East", "Apple", 6380], ["West", "Banana", 5619], ["North", "Grape", 5323],
          ["East", "apple", 4565],
          ["West", "Apple", 4394],
        ]
      ),
      ("SORT({3,1,2},,,TRUE)", [[1, 2, 3]]),
      ("SORTBY(A1:A5,A1:A5,1,C1:C5,-1)", [["East"], ["East"], ["North"], ["West"], ["West"]]),
      ("UNIQUE(B1:B5)", [["Apple"], ["Banana"], ["Grape"]]),
      ("UNIQUE(A1:A5,FALSE,TRUE)", [["North"]]),
      ("TAKE(C1:C5,-2)", [[5323], [4394]]), ("DROP(C1:C5,3)", [[5323], [4394]]),
      ("DROP(C1:C5,9)", [[.error(.calculation)]]),
      ("CHOOSECOLS({1,2,3;4,5,6},-1,1)", [[3, 1], [6, 4]]), ("CHOOSEROWS({1;2;3},3,3)", [[3], [3]]),
      ("EXPAND({1,2},2,3,0)", [[1, 2, 0], [0, 0, 0]]),
      ("VSTACK({1,2},{3})", [[1, 2], [3, .error(.notAvailable)]]),
      ("HSTACK({1;2},{3;4})", [[1, 3], [2, 4]]),
      ("TOCOL({1,2;3,4},,TRUE)", [[1], [3], [2], [4]]), ("TOROW({1,2;3,4})", [[1, 2, 3, 4]]),
      ("WRAPROWS({1,2,3,4,5},2,0)", [[1, 2], [3, 4], [5, 0]]), ("WRAPCOLS({1,2,3,4},2)", [[1, 3], [2, 4]]),
      ("TEXTSPLIT(\"a,b;c\",\",\",\";\")", [["a", "b"], ["c", .error(.notAvailable)]]),
      ("TEXTSPLIT(\"aXbxc\",\"x\",,,1)", [["a", "b", "c"]]),
      ("TEXTSPLIT(\"a,,b\",\",\",,TRUE)", [["a", "b"]]),
      ("A1:A2&\"-\"&B1:B2", [["East-Apple"], ["West-Banana"]]),
      ("C1:C2*{1,2}", [[6380, 12760], [5619, 11238]]),
      ("MODE.MULT({1,2,2,3,3})", [[2], [3]]), ("FREQUENCY({1,2,3,4,5,6},{2;4})", [[2], [2], [2]]),
      ("MMULT({1,3;7,2},{2,0;0,2})", [[2, 6], [14, 4]]),
      ("XLOOKUP(\"North\",A1:A5,B1:C5)", [["Grape", 5323]]),
      ("INDEX(C1:C5,{1;3})", [[6380], [4565]]),
      ("SUMIF(A1:A5,UNIQUE(A1:A5),C1:C5)", [[10945], [10013], [5323]]),
    ] as [(String, [[CellValue]])])
  func arrays(_ formula: String, _ value: [[CellValue]]) throws {
    #expect(try array(formula) == value)
  }

  @Test(
    "names and functions as values",
    arguments: [
      ("LET(x,5,SUM(x,1))", [[6]]), ("LET(a,C1:C2,b,SUM(a),a/b*b)", [[6380], [5619]]),
      ("LAMBDA(x,y,x*y+1)(3,4)", [[13]]), ("LAMBDA(x,[y],IF(ISOMITTED(y),\"no\",y))(1)", [["no"]]),
      ("LAMBDA(x,[y],IF(ISOMITTED(y),\"no\",y))(1,2)", [[2]]), ("LET(f,LAMBDA(n,n*2),f(f(5)))", [[20]]),
      ("MAP({1,2;3,4},LAMBDA(a,IF(a>2,a*a,a)))", [[1, 2], [9, 16]]),
      ("MAP({1,2},{10,20},LAMBDA(a,b,a+b))", [[11, 22]]), ("REDUCE(0,{1,2,3},LAMBDA(a,b,a+b^2))", [[14]]),
      ("REDUCE(\"\",{\"a\",\"b\"},LAMBDA(a,b,a&b))", [["ab"]]),
      ("SCAN(1,{1,2,3,4},LAMBDA(a,b,a*b))", [[1, 2, 6, 24]]),
      ("SCAN(\"\",{\"a\",\"b\",\"c\"},LAMBDA(a,b,a&b))", [["a", "ab", "abc"]]),
      ("BYROW({1,2;3,4},LAMBDA(r,MAX(r)))", [[2], [4]]), ("BYCOL({1,2;3,4},SUM)", [[4, 6]]),
      ("MAKEARRAY(2,3,LAMBDA(r,c,r*c))", [[1, 2, 3], [2, 4, 6]]),
      ("LET(fact,LAMBDA(me,n,IF(n<2,1,n*me(me,n-1))),fact(fact,10))", [[3_628_800]]),
      ("LAMBDA(x,x)", [[.error(.calculation)]]), ("LAMBDA(x,x)(1,2)", [[.error(.value)]]),
      ("REDUCE(0,A1:A5,VSTACK)", [[0], ["East"], ["West"], ["East"], ["North"], ["West"]]),
      ("_xlfn.LET(_xlpm.x,2,_xlpm.x+1)", [[3]]),
    ] as [(String, [[CellValue]])])
  func functions(_ formula: String, _ value: [[CellValue]]) throws {
    #expect(try array(formula) == value)
  }

  @Test("text before, after, and values as text")
  func texts() throws {
    let rows: [(String, CellValue)] = [
      ("TEXTBEFORE(\"Red riding hood's, red hood\",\"hood\")", "Red riding "),
      ("TEXTAFTER(\"Red riding hood's, red hood\",\"hood\")", "'s, red hood"),
      ("TEXTBEFORE(\"a-b-c\",\"-\",-1)", "a-b"), ("TEXTAFTER(\"a-b-c\",\"-\",2)", "c"),
      ("TEXTAFTER(\"abc\",\"x\")", .error(.notAvailable)), ("TEXTBEFORE(\"abc\",\"x\",,,1)", "abc"),
      ("TEXTAFTER(\"abc\",\"X\",,,,\"none\")", "none"),
      ("ARRAYTOTEXT({1,\"a\";TRUE,#N/A},1)", "{1,\"a\";TRUE,#N/A}"),
      ("ARRAYTOTEXT({1,\"a\"})", "1, a"), ("VALUETOTEXT(\"a\",1)", "\"a\""),
    ]
    for (formula, value) in rows {
      #expect(try book.calculator().evaluate(Formula(formula), in: "J9", sheet: 0) == value, "\(formula)")
    }
  }

  @Test("databases, as Excel's orchard has them")
  func databases() throws {
    let orchard = Workbook.filled([
      "A1": "Tree", "B1": "Height", "C1": "Age", "D1": "Yield", "E1": "Profit", "F1": "Height",
      "A2": "=Apple", "B2": ">10", "F2": "<16", "A3": "=Pear",
      "A4": "Tree", "B4": "Height", "C4": "Age", "D4": "Yield", "E4": "Profit",
      "A5": "Apple", "B5": 18, "C5": 20, "D5": 14, "E5": 105, "A6": "Pear", "B6": 12, "C6": 12, "D6": 10,
      "E6": 96,
      "A7": "Cherry", "B7": 13, "C7": 14, "D7": 9, "E7": 105, "A8": "Apple", "B8": 14, "C8": 15, "D8": 10,
      "E8": 75,
      "A9": "Pear", "B9": 9, "C9": 8, "D9": 8, "E9": 77, "A10": "Apple", "B10": 8, "C10": 9, "D10": 6,
      "E10": 45,
    ])
    let rows: [(String, CellValue)] = [
      ("DCOUNT(A4:E10,\"Age\",A1:F2)", 1), ("DCOUNTA(A4:E10,\"Profit\",A1:F2)", 1),
      ("DMAX(A4:E10,\"Profit\",A1:F3)", 96),
      ("DMIN(A4:E10,\"Profit\",A1:B2)", 75), ("DSUM(A4:E10,\"Profit\",A1:A2)", 225),
      ("DSUM(A4:E10,\"Profit\",A1:F2)", 75),
      ("DPRODUCT(A4:E10,\"Yield\",A1:F3)", 800), ("DAVERAGE(A4:E10,\"Yield\",A1:B2)", 12),
      ("DGET(A4:E10,\"Yield\",A1:A3)", .error(.number)),
      ("DAVERAGE(A4:E10,3,A4:E10)", 13),
    ]
    for (formula, value) in rows {
      #expect(try orchard.calculator().evaluate(Formula(formula), in: "J9", sheet: 0) == value, "\(formula)")
    }
  }

  @Test("a result spills into the cells below, which others read; what stands in the way stops it")
  func spills() throws {
    let book = Workbook.filled(["A1": 3, "A2": 1, "A3": 2, "E3": "in the way"])
    let sheet = try book.sheet(at: 0)
    sheet["C1"] = .formula("SORT(A1:A3)")
    sheet["D1"] = .formula("SUM(C1#)")
    sheet["D2"] = .formula("C3*10")
    sheet["D3"] = .formula("SUM(C1:C9)")
    sheet["E1"] = .formula("SEQUENCE(5)")
    sheet["G1"] = .formula("E1")
    sheet["H1"] = .formula("ROWS(C1#)")
    let calculator = book.calculator()
    #expect(try calculator.spillRange(of: "C1", sheet: 0) == "C1:C3")
    #expect(try calculator.value(of: "C2", sheet: 0) == 2)
    #expect(try calculator.value(of: "C4", sheet: 0) == .empty)
    #expect(try calculator.value(of: "D1", sheet: 0) == 6)
    #expect(try calculator.value(of: "D2", sheet: 0) == 30)
    #expect(try calculator.value(of: "D3", sheet: 0) == 6)
    #expect(try calculator.value(of: "E1", sheet: 0) == .error(.spill))
    #expect(try calculator.value(of: "E3", sheet: 0) == "in the way")
    #expect(try calculator.value(of: "G1", sheet: 0) == .error(.spill))
    #expect(try calculator.value(of: "H1", sheet: 0) == 3)
    #expect(try calculator.value(of: "Z9", sheet: 0) == .empty)
  }

  @Test("a formula that spills over what it reads is circular, and nothing traps")
  func circular() throws {
    let book = Workbook.filled([:])
    let sheet = try book.sheet(at: 0)
    sheet["A1"] = .formula("SEQUENCE(3)+SUM(A3:A4)")
    sheet["C1"] = .formula("LET(f,LAMBDA(me,n,me(me,n+1)),f(f,1))")
    sheet["C2"] = .formula("REDUCE(LAMBDA(x,x),SEQUENCE(100000),LAMBDA(a,v,LAMBDA(x,a(x)+v)))(1)")
    let calculator = book.calculator()
    _ = try? calculator.value(of: "A1", sheet: 0)
    #expect(throws: FormulaError.self) { try calculator.value(of: "C1", sheet: 0) }
    #expect(throws: FormulaError.self) { try calculator.value(of: "C2", sheet: 0) }
  }

  @Test("random numbers come from a seed, or not at all")
  func random() throws {
    let formula = Formula("RANDBETWEEN(1,6)")
    let first = try book.calculator(seed: 1).evaluate(formula, in: "J9", sheet: 0)
    #expect(try book.calculator(seed: 1).evaluate(formula, in: "J9", sheet: 0) == first)
    #expect((1...6).contains(try #require(first.number)))
    #expect(throws: FormulaError.self) { try book.calculator().evaluate(formula, in: "J9", sheet: 0) }
  }

  @Test("there are more than 350 functions")
  func count() {
    #expect(FunctionTable.functions.count >= 350)
  }
}
