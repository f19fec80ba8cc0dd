import Testing

@testable import XLSX

/// `REGEXTEST`, `REGEXEXTRACT` and `REGEXREPLACE`, with results that Perl gives as well.
@Suite("Regular expressions in formulas")
struct FormulaPatternTests {
  private let book = Workbook.filled([
    "A1": "DylanWilliams", "A2": "Sonia Rees (378) 555-4195", "A3": "沁阳市总工会 2024年11月 38场", "A4": "a1b22c333",
  ])

  private func value(_ formula: String) throws -> CellValue {
    try book.calculator(seed: 7).evaluateArray(Formula(formula), in: "J9", sheet: 0)[0][0]
  }

  @Test(
    "texts that a pattern finds, takes out and replaces",
    arguments: [
      ("REGEXTEST(A1,\"[a-z]\")", true), ("REGEXTEST(A1,\"^[a-z]\")", false),
      ("REGEXTEST(A1,\"^dylan\",1)", true), ("REGEXTEST(A4,\"^(\\w\\d+){3}$\")", true),
      ("REGEXTEST(A4,\"(?<=b)22(?!c)\")", false), ("REGEXTEST(A4,\"(?<=b)22(?=c)\")", true),
      ("REGEXTEST(A4,\"(\\d)\\1\")", true), ("REGEXTEST(\"x\",\"(\")", .error(.value)),
      ("REGEXEXTRACT(A2,\"\\(\\d{3}\\) \\d{3}-\\d{4}\")", "(378) 555-4195"),
      ("REGEXEXTRACT(A3,\"[0-9]+(?=场)\")", "38"), ("REGEXEXTRACT(A3,\"\\d+年\")", "2024年"),
      ("REGEXEXTRACT(A3,\"^..市\")", "沁阳市"), ("REGEXEXTRACT(A1,\"[0-9]\")", .error(.notAvailable)),
      ("REGEXEXTRACT(A1,\"([A-Z]\\w*?)([A-Z].*)\",2)", "Dylan"),
      ("REGEXREPLACE(A2,\"[0-9]+-\",\"***-\")", "Sonia Rees (378) ***-4195"),
      ("REGEXREPLACE(A1,\"([A-Z][a-z]+)([A-Z][a-z]+)\",\"$2, $1\")", "Williams, Dylan"),
      ("REGEXREPLACE(A4,\"\\d+\",\"-\",2)", "a1b-c333"), ("REGEXREPLACE(A4,\"\\d+\",\"-\",-1)", "a1b22c-"),
      ("REGEXREPLACE(\"abc\",\"x*\",\"-\")", "-a-b-c-"), ("REGEXREPLACE(\"价\",\"价\",\"$$1\")", "$1"),
      ("REGEXREPLACE(\"a\",\"a\",\"$1\")", .error(.value)),
    ] as [(String, CellValue)])
  func results(_ formula: String, _ expected: CellValue) throws {
    #expect(try value(formula) == expected)
  }

  @Test("groups stand beside each other")
  func groups() throws {
    let found = try book.calculator(seed: 7).evaluateArray(
      Formula("REGEXEXTRACT(A4,\"(\\w)(\\d)\",2)"), in: "J9", sheet: 0)
    #expect(found == [["a", "1"]])
  }

  @Test(
    "hostile patterns, and those that PCRE2 reads in more than one way, are not computed",
    arguments: [
      "REGEXTEST(REPT(\"a\",5000)&\"b\",\"^(a+)+$\")", "REGEXTEST(REPT(\"a\",30000),\"(a*)*(a*)*(a*)*c\")",
      "REGEXTEST(\"x\",\"((x{900}){900}){900}\")", "REGEXTEST(\"沁阳\",\"\\w\")",
      "REGEXTEST(\"x\",\"(?>x)\")", "REGEXTEST(\"x\",\"\\p{Han}\")", "REGEXEXTRACT(\"ab\",\"[a-z]\",1)",
      "REGEXTEST(\"x\",REPT(\"(\",500)&\"x\"&REPT(\")\",500))",
    ])
  func refused(_ formula: String) {
    #expect(throws: FormulaError.self) { try value(formula) }
  }
}
