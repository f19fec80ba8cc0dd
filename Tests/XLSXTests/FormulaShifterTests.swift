import Testing

@testable import XLSX

@Suite("Shared formulas")
struct FormulaShifterTests {
  @Test(
    "relative references move, everything else stays",
    arguments: [
      ("C6+D6", "D8+E8"),
      ("$C6+D$6+$E$6", "$C8+E$6+$E$6"),
      ("SUM(A1:B2)", "SUM(B3:C4)"),
      ("SUM(A:B)+SUM($A:B)", "SUM(B:C)+SUM($A:C)"),
      ("SUM(1:2)+SUM($1:2)", "SUM(3:4)+SUM($1:4)"),
      ("LOG10(A1)+LOG10", "LOG10(B3)+LOH12"),
      ("\"A1 \"\"B2\"\"\"&A1", "\"A1 \"\"B2\"\"\"&B3"),
      ("'A1 it''s'!A1", "'A1 it''s'!B3"),
      ("A1!A1", "A1!B3"),
      ("Q1:Q4!A1", "Q1:Q4!B3"),
      ("'[1]B2'!A1+[1]B2!A1", "'[1]B2'!B3+[1]B2!B3"),
      ("A1B+ABCD1+A1048577+_A1+A1.x+XFE1", "A1B+ABCD1+A1048577+_A1+A1.x+XFE1"),
      ("T1[A1]+Table1[[#This Row],[B2]]", "T1[A1]+Table1[[#This Row],[B2]]"),
      ("1E5+1.5E+10+2024!A1", "1E5+1.5E+10+2024!B3"),
      ("附件2!C6+合计", "附件2!D8+合计"),
      ("A1:INDEX(B:B,5)", "B3:INDEX(C:C,5)"),
      ("{1,2;3,4}*#REF!+#N/A", "{1,2;3,4}*#REF!+#N/A"),
      ("a1", "B3"),
    ])
  func shift(_ formula: String, _ expected: String) {
    #expect(FormulaShifter.shift(formula, rows: 2, columns: 1) == expected)
  }

  @Test("a reference that leaves the grid becomes #REF!")
  func outOfGrid() {
    #expect(FormulaShifter.shift("A1+B2", rows: -1, columns: 0) == "#REF!+B1")
    #expect(FormulaShifter.shift("SUM(A1:B2)", rows: 0, columns: -1) == "SUM(#REF!)")
    #expect(FormulaShifter.shift("XFD1048576", rows: 1, columns: 0) == "#REF!")
    #expect(FormulaShifter.shift("A1", rows: .max, columns: .min) == "#REF!")
  }

  @Test("broken formulas come back as they are")
  func broken() {
    for text in ["\"A1", "'A1", "[A1", "((((", "", "$", "A1:", "#", "$$A$1", "A$$1"] {
      #expect(FormulaShifter.shift(text, rows: 0, columns: 0) == text)
      _ = FormulaShifter.shift(text, rows: 1, columns: 1)
    }
    #expect(FormulaShifter.shift("\"A1", rows: 1, columns: 1) == "\"A1")
    #expect(FormulaShifter.shift("$$A$1", rows: 1, columns: 1) == "$$A$1")
  }
}
