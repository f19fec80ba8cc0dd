import Testing

@testable import XLSX

/// A sheet comes in front of the others, or goes: whatever counts sheets by position follows.
@Suite("Sheets put in front and taken out")
struct EditSheetListTests {
  /// Two sheets, the second shown when the file is opened and with print titles of its own.
  private func book() throws -> [UInt8] {
    let book = Workbook()
    let hidden = try book.addSheet(named: "说明", visibility: .hidden)
    hidden["A1"] = "隐藏"
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "合计"
    sheet["B1"] = .number(7)
    sheet.setStyle(Style(font: Font(size: 20), fill: .solid(.rgb(0x00FF00))), at: "B1")
    sheet.pageSetup.repeatedRows = 1...2
    try book.addName("全部", formula: "'附件2'!$A$1:$B$9")
    return try book.serialized()
  }

  private func front(_ name: String) throws -> Workbook {
    let book = Workbook()
    let sheet = try book.addSheet(named: name)
    sheet["A1"] = .text("请修改")
    sheet.setStyle(
      Style(font: Font(name: "黑体", size: 22, color: .rgb(0xC00000)), borders: .thin, numberFormat: "0.0000"),
      at: "A1")
    sheet["A2"] = .number(0.5)
    sheet.setHyperlink(Hyperlink(.location("'附件2'!B1")), at: "A2")
    sheet.pageSetup.repeatedRows = 1...1
    return book
  }

  @Test("the new sheet is first and shown, with its look; names still mean their sheets")
  func insert() throws {
    let before = try book()
    let edited = try Workbook(bytes: before)
    try edited.putInFront(front("退回说明"))
    let after = try Workbook(bytes: edited.serialized())
    #expect(after.sheets.map(\.name) == ["退回说明", "说明", "附件2"])
    #expect(after.sheets.map(\.visibility) == [.visible, .hidden, .visible])
    let first = try after.sheet(at: 0)
    #expect(first["A1"].text == "请修改" && first["A2"].number == 0.5)
    let style = first.style(at: "A1")
    #expect(style.font.name == "黑体" && style.font.size == 22 && style.font.color == .rgb(0xC00000))
    #expect(style.borders == .thin && style.numberFormat.code == "0.0000")
    #expect(first.hyperlink(at: "A2")?.target == .location("'附件2'!B1"))
    #expect(first.pageSetup.repeatedRows == 1...1)
    let form = try after.sheet(named: "附件2")
    #expect(form["B1"].number == 7 && form.style(at: "B1").font.size == 20)
    #expect(form.style(at: "B1").fill == .solid(.rgb(0x00FF00)))
    #expect(form.pageSetup.repeatedRows == 1...2)
    #expect(after.definedNames.contains { $0.name == "全部" && $0.sheet == nil })
  }

  @Test("only the new sheet's tab is selected: selected tabs are edited together")
  func selection() throws {
    let edited = try Workbook(bytes: book())
    try edited.putInFront(front("退回说明"))
    let package = try Package(bytes: edited.serialized(), limits: .default)
    let selected = try package.archive.entries.filter { $0.name.contains("worksheets/sheet") }.filter {
      String(decoding: try package.bytes(of: "/" + $0.name), as: UTF8.self).contains("tabSelected")
    }
    #expect(selected.map(\.name) == ["xl/worksheets/sheet3.xml"])
    let workbook = String(decoding: try package.bytes(of: "/xl/workbook.xml"), as: UTF8.self)
    #expect(workbook.contains("activeTab=\"0\"") && !workbook.contains("firstSheet"))
  }

  @Test("a sheet that goes takes its names along, and one of its name can come in its place")
  func replace() throws {
    let first = try Workbook(bytes: book())
    try first.putInFront(front("退回说明"))
    let second = try Workbook(bytes: first.serialized())
    #expect(throws: XLSXError.self) { try second.putInFront(front("退回说明")) }
    try second.removeSheet(named: "退回说明")
    let replacement = try front("退回说明")
    try replacement.sheet(named: "退回说明")["A1"] = "第二次"
    try second.putInFront(replacement)
    let bytes = try second.serialized()
    let after = try Workbook(bytes: bytes)
    #expect(after.sheets.map(\.name) == ["退回说明", "说明", "附件2"])
    #expect(try after.sheet(at: 0)["A1"].text == "第二次")
    #expect(try after.sheet(named: "附件2").pageSetup.repeatedRows == 1...2)
    let package = try Package(bytes: bytes, limits: .default)
    #expect(package.archive.entries.count { $0.name.contains("worksheets/sheet") } == 3)
    let workbook = String(decoding: try package.bytes(of: "/xl/workbook.xml"), as: UTF8.self)
    #expect(workbook.split(separator: "_xlnm.Print_Titles").count == 3)
  }

  @Test("the last visible sheet stays")
  func lastSheet() throws {
    let edited = try Workbook(bytes: book())
    try edited.removeSheet(named: "附件2")
    #expect(throws: XLSXError.self) { try edited.serialized() }
    try edited.putInFront(front("退回说明"))
    #expect(try Workbook(bytes: edited.serialized()).sheets.map(\.name) == ["退回说明", "说明"])
  }

  @Test("a comment is taken away with its box, the others stay")
  func removeComment() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet.setComment(CellComment("甲", author: "沁阳"), at: "A1")
    sheet.setComment(CellComment("乙", author: "沁阳"), at: "C3")
    let edited = try Workbook(bytes: book.serialized())
    try edited.sheet(named: "表").comments["A1"] = nil
    try edited.setComment(CellComment("乙\n" + String(repeating: "很长", count: 60)), at: "C3", inSheet: "表")
    let bytes = try edited.serialized()
    let after = try Workbook(bytes: bytes).sheet(at: 0)
    #expect(after.comments.keys.sorted() == ["C3"])
    let package = try Package(bytes: bytes, limits: .default)
    let drawing = String(decoding: try package.bytes(of: "/xl/drawings/vmlDrawing1.vml"), as: UTF8.self)
    #expect(drawing.split(separator: "<v:shape ").count == 2 && drawing.contains("<x:Row>2</x:Row>"))
  }

  @Test("a fill is found by its colour and taken away")
  func unmark() throws {
    let edited = try Workbook(bytes: book())
    let form = try edited.sheet(named: "附件2")
    #expect(form.cells { $0.fill == .solid(.rgb(0x00FF00)) } == ["B1"])
    form.cell("B1").style.fill = .none
    let sheet = try Workbook(bytes: edited.serialized()).sheet(named: "附件2")
    #expect(sheet.style(at: "B1").font.size == 20)
    #expect(sheet.style(at: "B1").fill == sheet.style(at: "A1").fill)
  }

  @Test("a workbook without styles gets some, so that its cells can be marked")
  func withoutStyles() throws {
    let book = Workbook()
    try book.addSheet(named: "表")["A1"] = 5
    let package = try Package(bytes: book.serialized(), limits: .default)
    var changes = try PackageEdits(package)
    try changes.remove("/xl/styles.xml", from: "/xl/workbook.xml")
    let bare = try changes.zipEdits().applied(to: book.serialized())
    let edited = try Workbook(bytes: bare)
    try edited.mark("A1", inSheet: "表", with: .rgb(0xFFC8CD))
    try edited.putInFront(front("退回说明"))
    let after = try Workbook(bytes: edited.serialized())
    #expect(try after.sheet(named: "表").style(at: "A1").fill == .solid(.rgb(0xFFC8CD)))
    #expect(try after.sheet(named: "表")["A1"] == 5)
    #expect(try after.sheet(at: 0).style(at: "A1").font.size == 22)
  }
}
