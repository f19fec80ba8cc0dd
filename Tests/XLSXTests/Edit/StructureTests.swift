import Foundation
import Testing

@testable import XLSX

/// Rows, columns, cells and sheets that come, go and move.
@Suite("Structure")
struct StructureTests {
  /// A form with a total below its rows, and a summary that refers to it.
  private func book() throws -> Workbook {
    let book = Workbook()
    let form = try book.addSheet(named: "明细")
    form["A1:B1"].fill(with: ["单位", "场次"])
    for row in 2...5 {
      form["A\(row)"] = "单位\(row)"
      form[row, 2] = .number(Double(row))
    }
    form["B6"] = .formula("SUM(B2:B5)", cached: 14)
    form["C2"] = .formula("B2/$B$6", cached: 0.142)
    let summary = try book.addSheet(named: "汇总 表")
    summary["A1"] = .formula("明细!B6", cached: 14)
    summary["A2"] = .formula("SUM(明细!B2:B3)+明细!$B$4+LOG10(明细!B5)", cached: 0)
    summary["A3"] = .formula("\"明细!B6\"&A1", cached: "")
    try book.addName("合计", formula: "明细!$B$6")
    return book
  }

  /// The same change in the model of a new workbook, and in the bytes of an opened one.
  private func both(
    _ make: () throws -> Workbook, _ change: (Workbook) throws -> Void, _ check: (Workbook) throws -> Void
  ) throws {
    let new = try make()
    try change(new)
    try check(new)
    let opened = try Workbook(data: make().data())
    try change(opened)
    try check(opened)
    try check(Workbook(data: opened.data()))
    // With every sheet in memory before.
    let loaded = try Workbook(data: make().data())
    _ = try loaded.worksheets
    try change(loaded)
    try check(Workbook(data: loaded.data()))
  }

  private func formula(_ book: Workbook, _ sheet: String, _ cell: CellReference) throws -> String? {
    try book.sheet(named: sheet)[cell].formula?.text
  }

  @Test("rows that are put in move what is below, and everything that refers to it")
  func insertRows() throws {
    try both(book) {
      try $0["明细"].insertRows(at: 4, count: 2, copyingStyleFrom: 3)
    } _: { (book: Workbook) throws in
      let form = try book["明细"]
      #expect(form["A3"] == "单位3" && form["A4"].isEmpty && form["A6"] == "单位4")
      #expect(form["B8"].formula?.text == "SUM(B2:B7)" && form["C2"].formula?.text == "B2/$B$8")
      let summary = try book["汇总 表"]
      #expect(summary["A1"].formula?.text == "明细!B8")
      #expect(summary["A2"].formula?.text == "SUM(明细!B2:B3)+明细!$B$6+LOG10(明细!B7)")
      #expect(summary["A3"].formula?.text == "\"明细!B6\"&A1")
      #expect(book.definedNames.map(\.formula) == ["明细!$B$8"])
    }
  }

  @Test("rows that go take their cells along, and leave #REF! where they were meant")
  func removeRows() throws {
    try both(book) {
      try $0["明细"].removeRows(4...5)
    } _: { (book: Workbook) throws in
      #expect(try formula(book, "明细", "B4") == "SUM(B2:B3)")
      #expect(try formula(book, "汇总 表", "A2") == "SUM(明细!B2:B3)+#REF!+LOG10(#REF!)")
      #expect(book.definedNames.map(\.formula) == ["明细!$B$4"])
    }
  }

  @Test("columns that come and go")
  func columns() throws {
    try both(book) {
      try $0["明细"].insertColumns(at: "B", count: 2)
      try $0["明细"].removeColumns("A")
    } _: { (book: Workbook) throws in
      #expect(try formula(book, "明细", "C6") == "SUM(C2:C5)")
      let form = try book["明细"]
      #expect(form["A1"].isEmpty)
      #expect(try formula(book, "汇总 表", "A1") == "明细!C6")
    }
  }

  @Test("a sheet that goes leaves #REF!, and its names go with it")
  func removeSheet() throws {
    try both(book) {
      try $0.removeSheet(named: "明细")
    } _: { (book: Workbook) throws in
      #expect(book.sheets.map(\.name) == ["汇总 表"])
      #expect(try formula(book, "汇总 表", "A1") == "#REF!")
      #expect(try formula(book, "汇总 表", "A2") == "SUM(#REF!)+#REF!+LOG10(#REF!)")
      #expect(book.definedNames.map(\.formula) == ["#REF!"])
    }
  }

  @Test("with a sheet go its tables, and what referred to them")
  func removeTables() throws {
    try both {
      let book = try book()
      try book["明细"].addTable("场次表", range: "A1:B5")
      try book["汇总 表"]["B1"] = .formula("SUM(场次表[场次])+A1", cached: 0)
      try book.addName("列", formula: "场次表[单位]")
      return book
    } _: {
      try $0.removeSheet(named: "明细")
    } _: { (book: Workbook) throws in
      #expect(try formula(book, "汇总 表", "B1") == "SUM(#REF!)+A1")
      #expect(book.names["列"] == "#REF!")
    }
  }

  @Test("sheets get another place, and what belongs to them stays theirs")
  func moveSheet() throws {
    try both {
      let book = try book()
      try book.addSheet(named: "丙")["A1"] = 3
      try book["汇总 表"].pageSetup.printArea = ["A1:A3"]
      try book.addName("本表", formula: "丙!$A$1", sheet: "丙")
      return book
    } _: {
      try $0.moveSheet(named: "丙", to: 0)
      try $0.addSheet(named: "新", at: 1)
    } _: { (book: Workbook) throws in
      #expect(book.sheets.map(\.name) == ["丙", "新", "明细", "汇总 表"])
      #expect(try book.sheet(named: "丙")["A1"] == 3)
      #expect(try book.sheet(named: "汇总 表").pageSetup.printArea == ["A1:A3"])
      #expect(book.definedNames.first { $0.name == "本表" }?.sheet == "丙")
      #expect(try formula(book, "汇总 表", "A1") == "明细!B6")
    }
  }

  @Test("a copy has everything of its own: formulas, names, comments, tables, charts, pictures")
  func copySheet() throws {
    try both {
      let book = try book()
      let form = try book["明细"]
      form.comments["A2"] = CellComment("批注", author: "市总")
      form.links["A3"] = Hyperlink(.external("https://example.com"))
      form.pageSetup.printArea = ["A1:C6"]
      form["E1:F1"].fill(with: ["项目", "数"])
      form["E2:F2"].fill(with: ["甲", 1])
      try form.addTable("表格", range: "E1:F2")
      form["G2"] = .formula("SUM(表格[数])+明细!B2", cached: 3)
      try form.addChart(
        Chart(
          .column, series: [.init(name: "场次", categories: "明细!$A$2:$A$5", values: "明细!$B$2:$B$5")],
          area: "H2:M12"))
      try form.addPicture(Picture(onePixel, format: .png, at: "H20", width: 20, height: 20))
      try book.addName("本表", formula: "明细!$B$2", sheet: "明细")
      return book
    } _: {
      try $0.copySheet("明细", as: "明细（2）")
    } _: { (book: Workbook) throws in
      #expect(book.sheets.map(\.name) == ["明细", "明细（2）", "汇总 表"])
      let copy = try book["明细（2）"]
      #expect(copy["B6"].formula?.text == "SUM(B2:B5)" && copy["A2"] == "单位2")
      #expect(copy["G2"].formula?.text == "SUM(表格_2[数])+'明细（2）'!B2")
      #expect(copy.comments["A2"]?.text.plainText == "批注" && copy.links["A3"] != nil)
      #expect(copy.tables.map(\.name) == ["表格_2"] && copy.pictures.count == 1)
      #expect(copy.charts.first?.series.first?.values == "'明细（2）'!$B$2:$B$5")
      #expect(copy.pageSetup.printArea == ["A1:C6"])
      #expect(try book.sheet(named: "明细").tables.map(\.name) == ["表格"])
      #expect(
        Set(book.definedNames.filter { $0.name == "本表" }.map { ($0.sheet ?? "") + $0.formula })
          == ["明细明细!$B$2", "明细（2）'明细（2）'!$B$2"])
    }
  }

  @Test("everything on a sheet follows rows and columns alike, in the model and in the file")
  func everything() throws {
    let changes: [(Worksheet) throws -> Void] = [
      { try $0.insertRows(at: 3, count: 4) }, { try $0.removeRows(8...9) },
      { try $0.insertColumns(at: "C", count: 2) },
      { try $0.removeColumns("D") }, { try $0.insertRows(at: 1) }, { try $0.removeRow(2) },
    ]
    for (number, change) in changes.enumerated() {
      for position in try WriteGallery.workbook().sheets.indices {
        let new = try WriteGallery.workbook()
        guard (try? change(new.sheet(at: position))) != nil else { continue }
        let opened = try Workbook(bytes: WriteGallery.workbook().serialized())
        try change(opened.sheet(at: position))
        let bytes = try opened.serialized()
        PackageCheck.check(bytes)
        let read = try Workbook(bytes: bytes)
        for place in new.sheets.indices {
          let (wanted, got) = (try new.sheet(at: place).content, try read.sheet(at: place).content)
          let label = Testing.Comment(
            rawValue: "change \(number), sheet \(position), at \(new.sheets[place].name)")
          #expect(got.merges == wanted.merges, label)
          #expect(got.comments == wanted.comments, label)
          #expect(Set(got.hyperlinks.keys) == Set(wanted.hyperlinks.keys), label)
          #expect(got.validations == wanted.validations, label)
          #expect(got.conditionalFormats.map(\.ranges) == wanted.conditionalFormats.map(\.ranges), label)
          #expect(got.conditionalFormats.map(\.rule) == wanted.conditionalFormats.map(\.rule), label)
          #expect(got.autoFilter == wanted.autoFilter, label)
          #expect(got.tables == wanted.tables, label)
          #expect(got.pageSetup == wanted.pageSetup, label)
          #expect(got.view.frozenAt == wanted.view.frozenAt, label)
          #expect(
            got.charts.map { $0.series.map(\.values) } == wanted.charts.map { $0.series.map(\.values) }, label
          )
          #expect(got.charts.map(\.area) == wanted.charts.map(\.area), label)
          for row in wanted.cells.rows {
            #expect(got.cells.settings(ofRow: row.index)?.height == row.settings.height, label)
            for cell in row.cells where !cell.value.isEmpty {
              let reference = CellReference(row: row.index, column: cell.column)
              #expect(got.cells[reference]?.value.formula == cell.value.formula, "\(label) \(reference)")
              #expect(got.cells[reference]?.value.result == cell.value.result, "\(label) \(reference)")
            }
          }
        }
      }
    }
  }

  @Test("cells that move take what refers to them along")
  func moveCells() throws {
    try both(book) {
      try $0["明细"].moveCells("B2:B6", to: "D3")
    } _: { (book: Workbook) throws in
      let form = try book["明细"]
      #expect(form["D7"].formula?.text == "SUM(D3:D6)" && form["B2"].isEmpty && form["D3"] == 2)
      #expect(form["C2"].formula?.text == "D3/$D$7")
      #expect(try formula(book, "汇总 表", "A1") == "明细!D7")
      #expect(book.definedNames.map(\.formula) == ["明细!$D$7"])
    }
    try both(book) {
      try $0["明细"].copyCells("B2:C6", to: "E3")
    } _: { (book: Workbook) throws in
      let form = try book["明细"]
      #expect(
        form["E7"].formula?.text == "SUM(E3:E6)" && form["F3"].formula?.text == "E3/$B$6" && form["B2"] == 2)
    }
  }

  @Test("a formula that cells share is written for each of them when its references part ways")
  func sharedFormulas() throws {
    let first =
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f t=\"shared\" ref=\"B1:B4\" si=\"0\">A1*2</f><v>2</v></c></row>"
    let rest = (2...4).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c><c r=\"B\($0)\"><f t=\"shared\" si=\"0\"/><v>\($0 * 2)</v></c></row>"
    }
    let book = try Workbook(bytes: PartsPackage(rows: first + rest.joined()).bytes())
    try book.sheet(at: 0).insertRows(at: 3)
    try book.sheet(at: 0).insertColumns(at: "A")
    let read = try Workbook(bytes: book.serialized()).sheet(at: 0)
    #expect([1, 2, 4, 5].map { read[$0, 3].formula?.text } == ["B1*2", "B2*2", "B4*2", "B5*2"])
    #expect([1, 2, 4, 5].map { read[$0, 3].number } == [2, 4, 6, 8])
  }

  @Test("changes of cells and of structure come in the order in which they were made")
  func order() throws {
    let book = try Workbook(data: self.book().data())
    let form = try book["明细"]
    form["A2"] = "改"
    try form.insertRows(at: 2, count: 1)
    form["A2"] = "新"
    form.comments["A3"] = CellComment("移下来的")
    try book.copySheet("明细", as: "副本")
    form["A3"] = "再改"
    try book["副本"].removeRow(2)
    try book.renameSheet(named: "明细", to: "明细表")
    let read = try Workbook(data: book.data())
    #expect(try read.sheet(named: "明细表")["A2"] == "新")
    #expect(try read.sheet(named: "明细表")["A3"] == "再改")
    #expect(try read.sheet(named: "副本")["A2"] == "改")
    #expect(try read.sheet(named: "副本").comments["A2"] != nil)
    #expect(try formula(read, "汇总 表", "A1") == "'明细表'!B7")
  }

  @Test("names change, go and come in an opened workbook")
  func names() throws {
    let book = try Workbook(data: self.book().data())
    try book.addName("别的", formula: "明细!$A$1")
    book.names["合计"] = "明细!$B$5"
    try book["明细"].names["本表"] = "明细!$A$2"
    let again = try Workbook(data: book.data())
    let sheet = try again["明细"]
    #expect(again.names == ["合计": "明细!$B$5", "别的": "明细!$A$1"] && sheet.names == ["本表": "明细!$A$2"])
    again.names["合计"] = nil
    sheet.names = [:]
    #expect(try Workbook(data: again.data()).definedNames.map(\.name) == ["别的"])
    again.names = [:]
    #expect(try Workbook(data: again.data()).definedNames.isEmpty)
  }

  @Test(
    "what Excel refuses is refused: cells off the sheet, half an array formula, a table without its header")
  func refusals() throws {
    let sheet = try Workbook().addSheet(named: "表")
    sheet["A1048576"] = 1
    #expect(failure { try sheet.insertRows(at: 1) }?.code == .invalidContent)
    sheet["A1048576"] = nil
    try sheet.insertRows(at: 1)
    sheet["A3"] = .formula(Formula("B3:B5*2", arrayRange: "A3:A5"))
    #expect(failure { try sheet.insertRows(at: 4) }?.code == .invalidContent)
    #expect(failure { try sheet.removeRow(3) }?.code == .invalidContent)
    try sheet.removeRows(3...5)
    sheet["C1:D1"].fill(with: ["甲", "乙"])
    try sheet.addTable("表格", range: "C1:D3")
    #expect(failure { try sheet.removeRow(1) }?.code == .invalidContent)
    #expect(failure { try sheet.removeRows(2...3) }?.code == .invalidContent)
    try sheet.insertColumns(at: "D")
    #expect(sheet.tables[0].columns == ["甲", "Column1", "乙"] && sheet["D1"] == "Column1")
    #expect(failure { try sheet.removeRows(0...2) }?.code == .invalidContent)
  }

  private var onePixel: [UInt8] {
    Array(
      Data(
        base64Encoded:
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
        ?? Data())
  }
}
