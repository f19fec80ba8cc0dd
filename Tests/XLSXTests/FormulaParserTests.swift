import Testing

@testable import XLSX

@Suite("Parsing formulas")
struct FormulaParserTests {
  @Test("a total written in many ways refers to the same cells")
  func references() throws {
    for text in [
      "C6+D6", "=C6+D6", "+C6+D6", "SUM(C6,D6)", "$C$6+D$6", "ROUND(C6+D6,0)", " C6 + D6 ", "c6+d6",
      "(C6)+(D6)",
    ] {
      #expect(try FormulaParser.references(in: text).map(\.range) == ["C6", "D6"], "\(text)")
    }
    #expect(try FormulaParser.references(in: "SUM(C6:D6)") == [FormulaReference(range: "C6:D6")])
    #expect(try FormulaParser.references(in: "'附件 2'!C6:D7+附件2!A1").map(\.sheet) == ["附件 2", "附件2"])
    #expect(try FormulaParser.references(in: "SUM(A:C)").first?.isWholeColumns == true)
    #expect(try FormulaParser.references(in: "SUM($3:5)").first?.range == "A3:XFD5")
    #expect(try FormulaParser.references(in: "LOG10(5)&\"C6\"&A1B").isEmpty)
    #expect(try FormulaParser.parse("C6+合计").namesOnlyCells == false)
  }

  @Test(
    "operators bind as in Excel",
    arguments: [
      ("1+2*3", "(1+(2*3))"), ("-2^2", "((-2)^2)"), ("2^3^2", "((2^3)^2)"), ("2^-3", "(2^(-3))"),
      ("-5%", "(-(5%))"),
      ("1&2+3", "(1&(2+3))"), ("1=2&3", "(1=(2&3))"), ("1<=2", "(1<=2)"), ("A1:B2 B1:C3", "(A1:B2 B1:C3)"),
      ("SUM((A1,B2))", "SUM((A1,B2))"), ("IF(A1,,2)", "IF(A1,,2)"), ("F()", "F()"), ("F(,)", "F(,)"),
      ("_xlfn.IFS(TRUE,1)", "IFS(TRUE,1)"), ("{1,-2;\"a\",#N/A}", "{1,-2;a,#N/A}"), ("'It''s'!A1", "It's!A1"),
      ("A1:INDEX(B:B,3)", "(A1:INDEX(B1:B1048576,3))"), ("Sheet1!名称", "Sheet1!名称"), ("1E+3", "1000.0"),
      (".5", "0.5"),
      ("\"say \"\"hi\"\"\"", "say \"hi\""), ("--A1", "(-(-A1))"), ("#REF!+1", "(#REF!+1)"),
      ("2024!A1", "2024!A1"),
      ("[1]Sheet1!A1", "?[1]Sheet1!A1"), ("'[a.xlsx]S'!A1:B2", "?'[a.xlsx]S'!A1:B2"),
      ("Sheet1:Sheet3!A1", "Sheet1:Sheet3!A1"), ("'一月:十 二月'!C6:$A$1", "一月:十 二月!A1:C6"),
      ("SUM(Q1:Q4!B:C)", "SUM(Q1:Q4!B1:C1048576)"), ("Sheet1:Sheet3!名称", "?Sheet1:Sheet3!名称"),
      ("Table1[[#This Row],[a]]*2", "(?Table1[[#This Row],[a]]*2)"), ("B2:A1", "A1:B2"), ("[0]!n", "n"),
    ])
  func precedence(_ text: String, _ tree: String) throws {
    #expect(try FormulaParser.parse(text).outline == tree)
  }

  @Test(
    "what is no formula says where",
    arguments: [
      "", "1+", "(1", "1)", "SUM(1", "\"a", "{1,A1}", "{1;2,3}", "1 2", "'a'", "*1", "A1!", "1a", "F(1;2)",
    ])
  func syntaxErrors(_ text: String) {
    #expect(throws: FormulaError.self) { try FormulaParser.parse(text) }
  }

  @Test("formulas nested or chained without end are refused, long sums are not")
  func depth() throws {
    let deep = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    #expect(throws: FormulaError.self) { try FormulaParser.parse(deep) }
    for unit in ["(", "-", "IF(", "{", "A1:", "1+("] {
      _ = try? FormulaParser.parse(String(repeating: unit, count: 20_000))
    }
    let long = try FormulaParser.parse(Array(repeating: "A1", count: 4000).joined(separator: "+"))
    #expect(long.references.count == 4000)
    let evaluator = Workbook.filled(["A1": 1]).calculator()
    let text = Array(repeating: "A1", count: 4000).joined(separator: "+")
    #expect(try evaluator.evaluate(Formula(text), in: "B1", sheet: 0) == 4000)
    let nested = String(repeating: "ABS(1+", count: 120) + "1" + String(repeating: ")", count: 120)
    #expect(try evaluator.evaluate(Formula(nested), in: "B1", sheet: 0) == 121)
  }
}

extension FormulaNode {
  /// The tree as text with all its brackets, to compare with.
  fileprivate var outline: String {
    switch self {
    case .number(let number): number == number.rounded() && number < 100 ? String(Int(number)) : "\(number)"
    case .text(let text): text
    case .bool(let bool): bool ? "TRUE" : "FALSE"
    case .error(let error): error.text
    case .missing: ""
    case .reference(let reference): (reference.sheet.map { $0 + "!" } ?? "") + reference.range.description
    case .sheets(let first, let last, let range): "\(first):\(last)!\(range)"
    case .name(let name, let sheet): (sheet.map { $0 + "!" } ?? "") + name
    case .array(let rows):
      "{" + rows.map { $0.map(\.outline).joined(separator: ",") }.joined(separator: ";") + "}"
    case .unary(.percent, let operand): "(\(operand.outline)%)"
    case .unary(let op, let operand): "(\(op.rawValue)\(operand.outline))"
    case .binary(let op, let a, let b): "(\(a.outline)\(op.rawValue)\(b.outline))"
    case .call(let name, let arguments): name + "(" + arguments.map(\.outline).joined(separator: ",") + ")"
    case .apply(let function, let arguments):
      function.outline + "(" + arguments.map(\.outline).joined(separator: ",") + ")"
    case .unsupported(_, let text): "?" + text
    }
  }
}

extension Workbook {
  /// A workbook with one sheet, `表`, and these cells.
  static func filled(_ cells: KeyValuePairs<CellReference, CellValue>) -> Workbook {
    let book = Workbook()
    guard let sheet = try? book.addSheet(named: "表") else { return book }
    for (reference, value) in cells { sheet[reference] = value }
    return book
  }
}
