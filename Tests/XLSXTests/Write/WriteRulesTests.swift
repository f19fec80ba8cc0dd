import Testing
import XLSX

/// What Excel would refuse or repair is refused before anything is written, and the error says which rule.
@Suite("Refusing what Excel would repair")
struct WriteRulesTests {
  /// One thing that must not be written, and a word that the error has to say about it.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var word: String
    var act: @Sendable (Workbook, Worksheet) throws -> Void

    init(
      _ description: String, says word: String,
      _ act: @escaping @Sendable (Workbook, Worksheet) throws -> Void
    ) {
      testDescription = description
      self.word = word
      self.act = act
    }
  }

  @Test(
    "Each rule is kept, at once or when saving", arguments: cells + ranges + names + sheetThings + drawings)
  func rule(_ refused: Case) throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    let error = #expect(throws: XLSXError.self) {
      try refused.act(book, sheet)
      _ = try book.serialized()
    }
    #expect(error?.code == .invalidContent)
    #expect(error?.message.contains(refused.word) == true, "\(error?.message ?? "")")
  }

  @Test("A workbook needs a visible sheet")
  func visible() throws {
    let book = Workbook()
    #expect(throws: XLSXError.self) { try book.serialized() }
    try book.addSheet(named: "a", visibility: .hidden)
    #expect(throws: XLSXError.self) { try book.serialized() }
    try book.addSheet(named: "b")
    PackageCheck.check(try book.serialized())
  }

  @Test("What lies just inside the limits is written")
  func limits() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: String(repeating: "表", count: 31))
    sheet["A1"] = .text(String(repeating: "字", count: 32_767))
    sheet["XFD1048576"] = 1
    sheet.setHyperlink("https://e.cn/" + String(repeating: "a", count: 2_066), at: "A2")
    sheet.pageSetup.header = String(repeating: "页", count: 255)
    try sheet.addValidation(ofWords: [String(repeating: "x", count: 255)], for: "B1")
    // Parentheses, brackets and quotation marks inside texts, sheet names and table references pair with nothing.
    sheet["C1"] = .formula("CONCATENATE(\"(\"\"[\",'It''s (1'!A1,T[[#All],[a'](]])", cached: "")
    try book.addName("_\\是.1?", formula: "1")
    try book.addName("单位名称", formula: "1")
    PackageCheck.check(try book.serialized())
  }

  @Test("65,490 styles are written, one more is refused")
  func styles() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    // One of them is the default style, which is there already.
    for number in 1...65_490 {
      let alignment = Alignment(
        wrapsText: number >= 45_000, indent: number % 45_000 / 180, rotation: number % 180 - 89)
      sheet.setStyle(Style(alignment: alignment), at: CellReference(row: number, column: 1))
    }
    let parts = PackageCheck.check(try book.serialized())
    #expect(parts["/xl/styles.xml"]?.first("cellXfs")?["count"] == "65490")
    sheet.setStyle(Style(font: Font(bold: true)), at: "B1")
    let error = #expect(throws: XLSXError.self) { try book.serialized() }
    #expect(error?.message.contains("65490") == true)
  }

  static let cells: [Case] = [
    Case("not a number", says: "nan") { $1["B2"] = .number(.nan) },
    Case("infinite", says: "inf") { $1["B2"] = .formula("1/0", cached: .number(.infinity)) },
    Case("32,768 characters", says: "32768") { $1["A1"] = .text(String(repeating: "字", count: 32_768)) },
    // Excel counts UTF-16 units: each of these is two.
    Case("16,384 emoji", says: "32768") { $1["A1"] = .text(String(repeating: "😀", count: 16_384)) },
    Case("an empty formula", says: "empty") { $1["A1"] = .formula("", cached: 1) },
    Case("a formula of 8,193 characters", says: "8193") {
      $1["A1"] = .formula(Formula(String(repeating: "1", count: 8_193)), cached: 1)
    },
    Case("a control character in a formula", says: "control") { $1["A1"] = .formula("\"\u{1}\"", cached: 1) },
    Case("an array formula that stands beside its range", says: "array") {
      $1["A1"] = .formula(Formula("1", arrayRange: "B1:B2"), cached: 1)
    },
    Case("an open parenthesis", says: "open parenthesis") { $1["A1"] = .formula("SUM(A2", cached: 1) },
    Case("a parenthesis too many", says: "not open") { $1["A1"] = .formula("A2)", cached: 1) },
    Case("an open quotation mark", says: "quotation mark") { $1["A1"] = .formula("\"a", cached: 1) },
    Case("an open bracket", says: "bracket") { $1["A1"] = .formula("T[a", cached: 1) },
    Case("a fill pattern that is none", says: "no fill pattern") {
      $1.setStyle(Style(fill: .pattern("dots", foreground: nil, background: nil)), at: "A1")
    },
    Case("theme colour 12", says: "0 to 11") {
      $1.setStyle(Style(font: Font(color: .theme(12, tint: 0))), at: "A1")
    },
    Case("a font of 500 points in a rich text", says: "500") {
      $1["A1"] = .richText(RichText([.init("a", font: Font(size: 500)), .init("b")]))
    },
    Case("a font of 500 points in a comment", says: "500") {
      $1.setComment(CellComment(RichText([.init("a", font: Font(size: 500))])), at: "A1")
    },
    Case("an error without #", says: "error value") { $1["A1"] = .error(CellError("oops")) },
    Case("row 1,048,577", says: "outside") { $1[CellReference(row: 1_048_577, column: 1)] = 1 },
    Case("column 16,385", says: "outside") { $1[CellReference(row: 1, column: 16_385)] = 1 },
    Case("row 0", says: "outside") { $1[CellReference(row: 0, column: 1)] = 1 },
    Case("a font of 0 points", says: "points") { $1.setStyle(Style(font: Font(size: 0)), at: "A1") },
    Case("a number format of 256 characters", says: "256") {
      $1.setStyle(Style(numberFormat: NumberFormat(String(repeating: "0", count: 256))), at: "A1")
    },
  ]

  static let ranges: [Case] = [
    Case("overlapping merges", says: "A1:B2") {
      try $1.merge("A1:B2")
      try $1.merge("B2:C3")
    },
    Case("a merge of one cell", says: "One cell") { try $1.merge("A1:A1") },
    Case("a merge outside the sheet", says: "outside") {
      try $1.merge(CellRange("A1", CellReference(row: 2_000_000, column: 1)))
    },
    Case("a row of 410 points", says: "410") { $1.setRowHeight(410, for: 3) },
    Case("a column of width 256", says: "256") { $1.setColumnWidth(256, for: "B") },
    Case("a zoom of 5 %", says: "zoom") { $1.view.zoom = 5 },
    Case("a page break outside the sheet", says: "break") { $1.pageSetup.rowBreaks = [0] },
    Case("a header of 256 characters", says: "header") {
      $1.pageSetup.header = String(repeating: "x", count: 256)
    },
    Case("a first page's footer of 256 characters", says: "first page") {
      $1.pageSetup.firstFooter = String(repeating: "x", count: 256)
    },
    Case("repeated rows outside the sheet", says: "repeated rows") { $1.pageSetup.repeatedRows = 0...2 },
    Case("paper size 40,000", says: "Paper size") { $1.pageSetup.paperSize = 40_000 },
    Case("a print scale of 5 %", says: "scale") { $1.pageSetup.scaling = .percent(5) },
  ]

  static let names: [Case] = [
    Case("a sheet name of 32 characters", says: "31") { book, _ in
      try book.addSheet(named: String(repeating: "表", count: 32))
    },
    Case("an empty sheet name", says: "1 to 31") { book, _ in try book.addSheet(named: "") },
    Case("a slash in a sheet name", says: "none of") { book, _ in try book.addSheet(named: "a/b") },
    Case("an apostrophe before a sheet name", says: "apostrophe") { book, _ in try book.addSheet(named: "'a")
    },
    Case("the name History", says: "keeps") { book, _ in try book.addSheet(named: "history") },
    Case("sheet names that differ in case only", says: "already") { book, _ in
      try book.addSheet(named: "Data")
      try book.addSheet(named: "DATA")
    },
    Case("a name that reads as a cell", says: "cell reference") { book, _ in
      try book.addName("AB12", formula: "1")
    },
    Case("a name that reads as R1C1", says: "cell reference") { book, _ in
      try book.addName("r1c1", formula: "1")
    },
    Case("a name with a space", says: "only letters") { book, _ in try book.addName("a b", formula: "1") },
    Case("a name that begins with a digit", says: "begin") { book, _ in try book.addName("1a", formula: "1")
    },
    Case("a name twice", says: "taken") { book, _ in
      try book.addName("x_", formula: "1")
      try book.addName("X_", formula: "2")
    },
    Case("a name of a sheet that is not there", says: "not there") { book, _ in
      book.definedNames.append(DefinedName("n", formula: "1", sheet: "?"))
    },
    Case("a date in another notation", says: "2024-11-20T08:00:00Z") { book, _ in
      book.properties.created = "20.11.2024"
    },
  ]

  static let sheetThings: [Case] = [
    Case("a link of 2,080 characters", says: "2080") {
      $1.setHyperlink("https://e.cn/" + String(repeating: "a", count: 2_067), at: "A1")
    },
    Case("65,531 links", says: "65530") {
      for row in 1...65_531 { $1.setHyperlink("https://e.cn/", at: CellReference(row: row, column: 1)) }
    },
    Case("a conversation without entries", says: "without entries") {
      $1.setThread(CommentThread([]), at: "A1")
    },
    Case("an entry without an author", says: "no author") {
      $1.setThread(CommentThread([.init("a", author: "")]), at: "A1")
    },
    Case("a conversation with a local date", says: "2024-11-20T08:00:00Z") {
      $1.setThread(CommentThread([.init("a", author: "b", date: "2024-11-20 08:00")]), at: "A1")
    },
    Case("a conversation of 32,767 characters", says: "conversation") {
      $1.setThread(CommentThread([.init(String(repeating: "字", count: 32_767), author: "b")]), at: "A1")
    },
    Case("a colour scale with an automatic end", says: "data bars") {
      try $1.addConditionalFormat(
        .colorScale([.init(at: .automatic, color: .black), .init(at: .maximum, color: .white)]), for: "A1")
    },
    Case("a link to nowhere", says: "address") { $1.setHyperlink("", at: "A1") },
    Case("a validation list of 256 characters", says: "list") {
      try $1.addValidation(ofWords: [String(repeating: "x", count: 256)], for: "A1")
    },
    Case("a word with a comma", says: "comma") { try $1.addValidation(ofWords: ["a,b"], for: "A1") },
    Case("a validation without an operand", says: "operand") {
      try $1.addValidation(DataValidation(["A1"], kind: .whole))
    },
    Case("a validation between one bound", says: "second operand") {
      try $1.addValidation(DataValidation(["A1"], kind: .whole, formula1: "1"))
    },
    Case("a validation without a range", says: "range") {
      try $1.addValidation(DataValidation([], kind: .whole, operator: .equal, formula1: "1"))
    },
    Case("a prompt's title of 33 characters", says: "33") {
      try $1.addValidation(
        DataValidation(["A1"], kind: .any, prompt: .init(title: String(repeating: "x", count: 33), text: "")))
    },
    Case("an error message of 256 characters", says: "256") {
      try $1.addValidation(
        DataValidation(
          ["A1"], kind: .custom, formula1: "TRUE", error: .init(text: String(repeating: "x", count: 256))))
    },
    Case("a colour scale of one point", says: "2 or 3") {
      try $1.addConditionalFormat(.colorScale([.init(at: .minimum, color: .black)]), for: "A1")
    },
    Case("an icon set with too few thresholds", says: "3 thresholds") {
      try $1.addConditionalFormat(.iconSet("3Arrows", thresholds: [.percent(0)]), for: "A1")
    },
    Case("an icon set that is none", says: "icon set") {
      try $1.addConditionalFormat(.iconSet("9Cats", thresholds: []), for: "A1")
    },
    Case("a kind of format that is only kept", says: "kept") {
      try $1.addConditionalFormat(.other("top10"), for: "A1")
    },
    Case("a table whose header says otherwise", says: "header cell") {
      $1["A1"] = "甲"
      try $1.addTable(Table("t_", range: "A1:A3", columns: ["乙"]))
    },
    Case("a table whose header is changed afterwards", says: "header cell") {
      try $1.addTable(Table("t_", range: "A1:A3", columns: ["乙"]))
      $1["A1"] = "甲"
    },
    Case("a table with two columns of one name", says: "two columns") {
      try $1.addTable(Table("t_", range: "A1:B3", columns: ["a", "A"]))
    },
    Case("a table without data", says: "row of data") {
      try $1.addTable(Table("t_", range: "A1:A1", columns: ["a"]))
    },
    Case("a table over a merged range", says: "merged") {
      try $1.merge("A3:B3")
      try $1.addTable(Table("t_", range: "A1:A3", columns: ["a"]))
    },
    Case("a table under the sheet's filter", says: "filter") {
      $1.autoFilter = "A1:C3"
      try $1.addTable(Table("t_", range: "A1:A3", columns: ["a"]))
    },
    Case("overlapping tables", says: "overlap") {
      try $1.addTable(Table("t_", range: "A1:A3", columns: ["a"]))
      try $1.addTable(Table("u_", range: "A3:A5", columns: ["b"]))
    },
    Case("a table named as a name", says: "taken") { book, sheet in
      try book.addName("t_", formula: "1")
      try sheet.addTable(Table("T_", range: "A1:A3", columns: ["a"]))
    },
  ]

  static let drawings: [Case] = [
    Case("a picture that is none", says: "no png") {
      try $1.addPicture(Picture([1, 2, 3], format: .png, at: "A1", width: 10, height: 10))
    },
    Case("a picture without size", says: "points") {
      try $1.addPicture(Picture(WriteGallery.png, format: .png, at: "A1", width: 0, height: 10))
    },
    Case("a series' name of 256 characters", says: "256") {
      let name = String(repeating: "x", count: 256)
      try $1.addChart(
        Chart(.pie, series: [.init(name: name, categories: "", values: "'表'!$A$1")], area: "A1:C5"))
    },
    Case("a chart without series", says: "series") {
      try $1.addChart(Chart(.pie, series: [], area: "A1:C5"))
    },
    Case("a chart without values", says: "empty") {
      try $1.addChart(Chart(.pie, series: [.init(name: "a", categories: "", values: "")], area: "A1:C5"))
    },
  ]
}
