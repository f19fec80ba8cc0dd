import Foundation
import Testing

@testable import XLSX

/// Edits of workbooks that the tests write themselves: what changes, and that nothing else does.
@Suite("Editing cells")
struct EditTests {
  private func book() throws -> [UInt8] {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["A1"] = "送文艺"
    sheet["C6"] = 3
    sheet["D6"] = 12
    sheet["E6"] = .formula("C6+D6", cached: 99)
    sheet["C8"] = 7
    sheet.setStyle(Style(numberFormat: .percent), for: "D6")
    try sheet.merge("A1:B2")
    let other = try book.addSheet(named: "It's")
    other["A1"] = "别动"
    return try book.serialized()
  }

  private func parts(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
    let package = try Package(bytes: bytes, limits: .default)
    var parts: [String: [UInt8]] = [:]
    for entry in package.archive.entries { parts[entry.name] = try package.bytes(of: "/" + entry.name) }
    return parts
  }

  @Test("only the sheet and the order to recalculate differ, and the new values read back")
  func setValues() throws {
    let before = try book()
    let edited = try Workbook(bytes: before)
    try edited.set(4, at: "C6", inSheet: "附件2")
    try edited.set(" 十二 <场> ", at: "D6", inSheet: "附件2")
    try edited.set(true, at: "B7", inSheet: "附件2")
    try edited.set(0.1, at: "Z30", inSheet: "附件2")
    let after = try edited.serialized()

    let (old, new) = try (parts(before), parts(after))
    #expect(Set(old.keys) == Set(new.keys))
    let changed = old.keys.filter { old[$0] != new[$0] }.sorted()
    // The workbook part says already that everything is to be calculated.
    #expect(changed == ["xl/worksheets/sheet1.xml"])
    let result = try Workbook(bytes: after)
    let sheet = try result.sheet(named: "附件2")
    #expect(sheet["C6"] == 4)
    #expect(sheet["D6"] == " 十二 <场> ")
    #expect(sheet["B7"] == true)
    #expect(sheet["Z30"] == 0.1)
    #expect(sheet["C8"] == 7)
    #expect(sheet["E6"] == .formula("C6+D6", cached: 99))
    #expect(sheet.style(at: "D6").numberFormat == .percent)
    #expect(sheet.usedRange == "A1:Z30")
    #expect(String(decoding: new["xl/workbook.xml"] ?? [], as: UTF8.self).contains("fullCalcOnLoad=\"1\""))
  }

  @Test("without a change the bytes are those of the file; the same change gives the same bytes")
  func sameBytes() throws {
    let before = try book()
    #expect(try Workbook(bytes: before).serialized() == before)
    func edited() throws -> [UInt8] {
      let edited = try Workbook(bytes: before)
      try edited.set(5, at: "C6", inSheet: "附件2")
      return try edited.serialized()
    }
    #expect(try edited() == edited())
  }

  @Test("a cell that a merged range hides, one outside the grid and a sheet that is not there are refused")
  func refused() throws {
    let edited = try Workbook(bytes: book())
    #expect(throws: XLSXError.self) { try edited.set(1, at: "B2", inSheet: "附件2") }
    #expect(throws: XLSXError.self) {
      try edited.set(1, at: CellReference(row: 0, column: 1), inSheet: "附件2")
    }
    #expect(throws: XLSXError.self) { try edited.set(1, at: "A1", inSheet: "附件3") }
    try edited.set(.number(.nan), at: "C6", inSheet: "附件2")
    #expect(throws: XLSXError.self) { try edited.serialized() }
  }

  @Test("a table's column is renamed with its header cell")
  func tableHeader() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    sheet["A1"] = "单位"
    sheet["B1"] = "场次"
    sheet["A2"] = "沁阳"
    try sheet.addTable("场次表", range: "A1:B3")
    let edited = try Workbook(bytes: book.serialized())
    try edited.set("次数 & 人数", at: "B1", inSheet: "表")
    let parts = try parts(edited.serialized())
    let table = try #require(parts.first { $0.key.hasPrefix("xl/tables/") }?.value)
    #expect(String(decoding: table, as: UTF8.self).contains("name=\"次数 &amp; 人数\""))
    try edited.set("单位", at: "B1", inSheet: "表")
    #expect(throws: XLSXError.self) { try edited.serialized() }
  }
}

/// What a returned form gets: marks, comments, and a sheet that says why.
@Suite("Annotating a workbook")
struct AnnotationTests {
  private func form(withComment: Bool) throws -> [UInt8] {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附件2")
    sheet["C6"] = 3
    sheet["D6"] = 12
    sheet.setStyle(Style(font: Font(name: "仿宋", size: 12), borders: .thin), for: "C6:E6")
    if withComment { sheet.setComment(CellComment("原有", author: "沁阳"), at: "A1") }
    return try book.serialized()
  }

  @Test("marks, comments and a sheet are added, everything else stays", arguments: [false, true])
  func annotate(withComment: Bool) throws {
    let before = try form(withComment: withComment)
    let edited = try Workbook(bytes: before)
    try edited.mark("E6", inSheet: "附件2", with: .rgb(0xFFFF00))
    try edited.mark("C6", inSheet: "附件2", with: .rgb(0xFFFF00))
    try edited.setComment(CellComment("合计应为15", author: "总工会"), at: "E6", inSheet: "附件2")
    try edited.setComment(CellComment("<请核对>", author: "总工会"), at: "C6", inSheet: "附件2")
    let why = try edited.addSheet(named: "退回说明")
    why["A1:B2"].fill(with: ["单元格", "问题", "E6", 15])
    why.columns["A:B"].width = 10
    let after = try edited.serialized()
    _ = PackageCheck.check(after)

    let book = try Workbook(bytes: after)
    let sheet = try book.sheet(named: "附件2")
    #expect(sheet["C6"] == 3)
    #expect(sheet["E6"] == .empty)
    #expect(sheet.style(at: "E6").fill == .solid(.rgb(0xFFFF00)))
    #expect(sheet.style(at: "E6").font.name == "仿宋")
    #expect(sheet.style(at: "C6").borders.left?.style == .thin)
    #expect(sheet.style(at: "D6").fill == .none)
    #expect(book.sheets.map(\.name) == ["附件2", "退回说明"])
    #expect(try book.sheet(named: "退回说明")["B2"] == 15)
    #expect(throws: XLSXError.self) { _ = try edited.addSheet(named: "附件2") }

    let package = try Package(bytes: after, limits: .default)
    let comments = try package.archive.entries.filter { $0.name.contains("comments") }.map {
      String(decoding: try package.bytes(of: "/" + $0.name), as: UTF8.self)
    }
    #expect(comments.count == 1)
    for text in ["合计应为15", "&lt;请核对&gt;", "总工会"] + (withComment ? ["原有", "沁阳"] : []) {
      #expect(comments[0].contains(text))
    }
    let drawings = try package.archive.entries.filter { $0.name.hasSuffix(".vml") }.map {
      String(decoding: try package.bytes(of: "/" + $0.name), as: UTF8.self)
    }
    #expect(drawings.count == 1)
    #expect(drawings[0].split(separator: "<v:shape ").count - 1 == (withComment ? 3 : 2))
  }

  @Test("a comment that a cell has is replaced and keeps its box")
  func replaceComment() throws {
    let edited = try Workbook(bytes: form(withComment: true))
    try edited.setComment(CellComment("新的", author: "沁阳"), at: "A1", inSheet: "附件2")
    let package = try Package(bytes: edited.serialized(), limits: .default)
    let all = try package.archive.entries.map {
      String(decoding: try package.bytes(of: "/" + $0.name), as: UTF8.self)
    }
    #expect(all.contains { $0.contains("新的") })
    #expect(!all.contains { $0.contains("原有") })
    #expect(all.first { $0.contains("<v:shape ") }?.split(separator: "<v:shape ").count == 2)
  }
}

/// Edits of sheet parts as other programs write them.
@Suite("Splicing sheets")
struct SheetSplicerTests {
  private func splice(_ data: String, _ edits: [CellReference: CellValue], head: String = "") throws -> String
  {
    let xml = "<worksheet>\(head)\(data)<pageMargins/></worksheet>"
    var splicer = SheetSplicer(sheet: "表", part: "/sheet.xml", bytes: Array(xml.utf8))
    let result = try splicer.apply(edits.mapValues { CellEdit(value: $0) })
    let text = String(decoding: result.bytes, as: UTF8.self)
    #expect(text.hasPrefix("<worksheet>") && text.hasSuffix("<pageMargins/></worksheet>"))
    return String(text.dropFirst("<worksheet>".count).dropLast("<pageMargins/></worksheet>".count))
  }

  @Test(
    "the cell changes and nothing else",
    arguments: [
      (
        "<sheetData><row r=\"1\"><c r=\"A1\" s=\"2\" t=\"s\"><v>0</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"A1\" s=\"2\"><v>5</v></c></row></sheetData>"
      ),
      (
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>",
        "<sheetData><row><c><v>5</v></c><c><v>2</v></c></row></sheetData>"
      ),
      ("<sheetData/>", "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row></sheetData>"),
      ("<sheetData></sheetData>", "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row></sheetData>"),
      ("", "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row></sheetData>"),
      (
        "<sheetData><row r=\"1\" s=\"3\" customFormat='1' /></sheetData>",
        "<sheetData><row r=\"1\" s=\"3\" customFormat='1' ><c r=\"A1\" s=\"3\"><v>5</v></c></row></sheetData>"
      ),
      (
        "<sheetData><row r=\"2\"/></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row><row r=\"2\"/></sheetData>"
      ),
      (
        "<sheetData><row r=\"1\" spans=\"2:3\"><c r=\"B1\"/></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c><c r=\"B1\"/></row></sheetData>"
      ),
      (
        "<sheetData><!-- <row r=\"1\"> --><row r=\"1\"><c r='A1' cm=\"1\" ph=\"1\"><f>B1</f><v>1</v><extLst><a/></extLst></c></row></sheetData>",
        "<sheetData><!-- <row r=\"1\"> --><row r=\"1\"><c r='A1' ph=\"1\"><v>5</v><extLst><a/></extLst></c></row></sheetData>"
      ),
      (
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>\"&gt;\"&amp;B1</f><v>a</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row></sheetData>"
      ),
    ])
  func replace(_ before: String, _ after: String) throws {
    #expect(try splice(before, ["A1": 5]) == after)
  }

  @Test("the followers of a shared formula get their own before its master goes")
  func sharedFormula() throws {
    let before = """
      <sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1&amp;$C$1</f><v>1</v></c></row>\
      <row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>\
      <row r="3"><c r="A3"><f t="shared" si="0"></f><v>3</v></c><c r="B3"><f t="shared" si="1"/></c></row></sheetData>
      """
    let after = """
      <sheetData><row r="1"><c r="A1"><v>5</v></c></row>\
      <row r="2"><c r="A2"><f>B2&amp;$C$1</f><v>2</v></c></row>\
      <row r="3"><c r="A3"><f>B3&amp;$C$1</f><v>3</v></c><c r="B3"><f t="shared" si="1"/></c></row></sheetData>
      """
    #expect(try splice(before, ["A1": 5]) == after)
  }

  @Test("one cell of an array formula cannot change")
  func arrayFormula() {
    let data =
      "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:A2\">B1:B2</f></c></row></sheetData>"
    #expect(throws: XLSXError.self) { try splice(data, ["A2": 5]) }
  }

  @Test("new elements have the prefix of the old ones, the dimension grows")
  func prefix() throws {
    let xml =
      "<x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1\"/><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"/></x:row></x:sheetData></x:worksheet>"
    var splicer = SheetSplicer(sheet: "表", part: "/sheet.xml", bytes: Array(xml.utf8))
    let result = try splicer.apply(["B2": CellEdit(value: "是")])
    #expect(
      String(decoding: result.bytes, as: UTF8.self)
        == "<x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1:B2\"/><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"/></x:row>"
        + "<x:row r=\"2\"><x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t>是</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
  }

  @Test("a sheet in UTF-16 is written back as UTF-8")
  func utf16() throws {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet>数</worksheet>"
    let bytes: [UInt8] = [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let text = String(decoding: try PartText.utf8(bytes, part: "/sheet.xml"), as: UTF8.self)
    #expect(text == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet>数</worksheet>")
  }

  @Test("the order to recalculate is set where it belongs")
  func recalculation() throws {
    func recalculating(_ xml: String) throws -> String {
      var book = try #require(MarkupElement(Array(xml.utf8)))
      book.calculateOnLoad()
      return String(decoding: book.bytes, as: UTF8.self)
    }
    #expect(
      try recalculating("<workbook><sheets><sheet/></sheets><definedNames/><extLst/></workbook>")
        == "<workbook><sheets><sheet/></sheets><definedNames/><calcPr fullCalcOnLoad=\"1\"/><extLst/></workbook>"
    )
    #expect(
      try recalculating("<x:workbook><x:sheets/><x:calcPr calcId=\"1\"/></x:workbook>")
        == "<x:workbook><x:sheets/><x:calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/></x:workbook>")
    #expect(
      try recalculating("<workbook><calcPr fullCalcOnLoad='0'/></workbook>")
        == "<workbook><calcPr fullCalcOnLoad='1'/></workbook>")
  }

  @Test("no bytes make the splicer trap")
  func hostile() {
    for text in [
      "", "<", "<a", "<a b", "<a b=\"", "</", "<!--", "<![CDATA[", "<worksheet><sheetData><row><c><f",
      "<c/></c></c>", "<row r=\"99999999999999999999\">",
    ] {
      for prefix in ["", "<worksheet><sheetData>", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\">"] {
        var splicer = SheetSplicer(sheet: "表", part: "/sheet.xml", bytes: Array((prefix + text).utf8))
        _ = try? splicer.apply(["A1": CellEdit(value: 1), "C9": CellEdit(value: "x")])
      }
    }
  }
}
