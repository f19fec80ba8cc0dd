import Testing
import XLSX

@testable import Forms

@Suite("What is seen in Word documents and web pages")
struct SeenDocumentTests {
  private func word(_ paragraph: String, styles: String = "") throws -> GridCell? {
    let document =
      "<w:document xmlns:w=\"w\"><w:body><w:tbl><w:tr><w:tc>\(paragraph)</w:tc></w:tr></w:tbl></w:body></w:document>"
    let zip = StoredZip([
      (Array("[Content_Types].xml".utf8), Array("<Types>wordprocessingml.document.main+xml</Types>".utf8)),
      (Array("word/document.xml".utf8), Array(document.utf8)),
      (
        Array("word/styles.xml".utf8),
        Array("<w:styles xmlns:w=\"w\">\(styles)</w:styles>".utf8)
      ),
    ])
    return try WordGridReader().read(zip.bytes, format: .docx, limits: .default).grids.first?.cells["A1"]
  }

  private func run(_ text: String, _ properties: String = "") -> String {
    "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>"
  }

  private func page(_ cell: String, head: String = "") throws -> GridCell? {
    let page = "<html><head><style>\(head)</style></head><table><tr><td>\(cell)</td></tr></table></html>"
    return try HTMLGridReader().read(Array(page.utf8), format: .html, limits: .default).grids.first?.cells[
      "A1"]
  }

  @Test(
    "a Word run that is crossed out, hidden or raised is left out",
    arguments: [
      ("<w:strike/>", LeftOut.Kind.struck), ("<w:dstrike w:val=\"1\"/>", .struck), ("<w:vanish/>", .hidden),
      ("<w:vertAlign w:val=\"superscript\"/>", .raised), ("<w:rStyle w:val=\"Old\"/>", .struck),
    ])
  func wordRuns(_ properties: String, _ kind: LeftOut.Kind) throws {
    let styles =
      "<w:style w:type=\"character\" w:styleId=\"Base\"><w:rPr><w:strike/></w:rPr></w:style>"
      + "<w:style w:type=\"character\" w:styleId=\"Old\"><w:basedOn w:val=\"Base\"/></w:style>"
    let cell = try word("<w:p>\(run("15"))\(run("8", properties))</w:p>", styles: styles)
    #expect(cell?.value == .number(158))
    #expect(cell?.shown == .number(15))
    #expect(cell?.appearance?.leftOut == [LeftOut(kind, "8")])
  }

  @Test("a strike that is switched off is none; a run may switch off what its paragraph's style switches on")
  func wordToggles() throws {
    let off = try word("<w:p>\(run("15", "<w:strike w:val=\"0\"/><w:vanish w:val=\"false\"/>"))</w:p>")
    #expect(off?.shown == .number(15))
    #expect(off?.appearance == nil)
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"P\"><w:rPr><w:strike/></w:rPr></w:style>"
    let paragraph = "<w:pPr><w:pStyle w:val=\"P\"/></w:pPr>"
    let mixed = try word(
      "<w:p>\(paragraph)\(run("8"))\(run("15", "<w:strike w:val=\"0\"/>"))</w:p>", styles: styles)
    #expect(mixed?.shown == .number(15))
  }

  @Test("a tracked deletion is crossed out and no longer stored; an insertion counts")
  func wordChanges() throws {
    let cell = try word(
      "<w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>\(run("15"))</w:ins></w:p>")
    #expect(cell?.value == .number(15))
    #expect(cell?.appearance?.leftOut == [LeftOut(.struck, "9")])
  }

  @Test("拼音指南 over characters is no part of the name; a footnote's mark is told behind a figure")
  func wordRuby() throws {
    let ruby =
      "<w:r><w:ruby><w:rubyPr/><w:rt>\(run("qìn"))</w:rt><w:rubyBase>\(run("沁"))</w:rubyBase></w:ruby></w:r>"
    #expect(try word("<w:p>\(ruby)\(run("阳市总工会"))</w:p>")?.shown == .text("沁阳市总工会"))
    let note = try word("<w:p>\(run("1600"))<w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>")
    #expect(note?.value == .number(1600))
    #expect(note?.appearance?.leftOut == [LeftOut(.footnote, "1")])
  }

  @Test(
    "of a page, what a browser crosses out, does not show or sets above the line is left out",
    arguments: [
      ("<s>8</s>15", LeftOut.Kind.struck), ("<del>8</del>15", .struck),
      ("<font class=old>8</font>15", .struck),
      ("<span style='text-decoration:underline line-through'>8</span>15", .struck),
      ("<span style='DISPLAY: none'>8</span>15", .hidden), ("<i style='visibility:hidden'>8</i>15", .hidden),
      ("<span hidden>8</span>15", .hidden), ("<span style='mso-hide:all'>8</span>15", .hidden),
      ("15<sup>8</sup>", .raised), ("15<span style='vertical-align:super'>8</span>", .raised),
      ("<ruby>15<rp>(</rp><rt>8</rt><rp>)</rp></ruby>", .ruby),
      ("<div class=box><b class=in>8</b></div>15", .hidden),
    ])
  func pageTexts(_ html: String, _ kind: LeftOut.Kind) throws {
    let cell = try page(
      html,
      head:
        "<!-- td.x, .old {text-decoration:line-through} @media print {td {display:none}} .box .in{display:none} -->"
    )
    #expect(cell?.shown == .number(15))
    #expect(cell?.appearance?.leftOut == [LeftOut(kind, "8")])
  }

  @Test(
    "of a page's controls only what they show counts, and nothing is said of the rest",
    arguments: [
      "<input type=hidden value=8>15", "<input value=15>", "<input type=checkbox value=8>15",
      "<select><option>8<option selected>15</select>", "<select><option value=8>15<option>9</select>",
      "<input type=radio>8 <input type=radio checked>15", "<span style='visibility:visible'>15</span>",
      "<u style='text-decoration:none'>15</u>", "<textarea>15</textarea>",
    ])
  func pageControls(_ html: String) throws {
    let cell = try page(html)
    #expect(cell?.shown == .number(15))
    #expect(cell?.appearance?.leftOut ?? [] == [])
  }

  @Test("a row that a page does not display takes no place")
  func pageRows() throws {
    let html =
      "<table><tr style='display:none'><td>8</td></tr><tr><td style='display:none'>9</td><td>15</td></tr></table>"
    let grid = try HTMLGridReader().read(Array(html.utf8), format: .html, limits: .default).grids.first
    #expect(grid?.cells["A1"]?.value == .number(15))
    #expect(grid?.cells.count == 1)
  }
}
