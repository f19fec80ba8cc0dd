import Testing

@testable import XLSX

/// Links of an opened workbook that lead elsewhere, or nowhere any more.
@Suite("Saving an opened workbook with other links")
struct SaveLinksTests {
  private static let part = "xl/worksheets/sheet1.xml"
  private static let links = "xl/worksheets/_rels/sheet1.xml.rels"

  /// A sheet with links, and the relationships that they use.
  private func package(_ elements: String) -> PartsPackage {
    var package = PartsPackage(tail: "<hyperlinks>\(elements)</hyperlinks><pageMargins/>")
    let types = PartsPackage.relationshipTypes
    package.add(
      Self.links,
      """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Id="rId1" Type="\(types)/hyperlink" Target="https://example.com/a" TargetMode="External"/>\
      <Relationship Id="rId2" Type="\(types)/hyperlink" Target="https://example.com/b" TargetMode="External"/>\
      </Relationships>
      """)
    return package
  }

  @Test("a link is replaced, then taken away, in a workbook of ours")
  func story() throws {
    let new = Workbook()
    let page = try new.addSheet(named: "附件2")
    page.setHyperlink("https://example.com/a b", at: "A3")
    page.setComment("问", at: "A4")
    let before = try new.serialized()
    let book = try Workbook(bytes: before)
    let sheet = try book.sheet(at: 0)
    sheet.setHyperlink("https://example.org", tooltip: "新", at: "A3")
    let replaced = try book.serialized()
    PackageCheck.check(replaced)
    #expect(
      try Workbook(bytes: replaced).sheet(at: 0).hyperlinks
        == ["A3": Hyperlink(.external("https://example.org"), tooltip: "新")])
    #expect(try !PackageParts(replaced)[Self.links].contains("example.com"))
    sheet.setHyperlink(nil as Hyperlink?, at: "A3")
    let removed = try book.serialized()
    PackageCheck.check(removed)
    let parts = try PackageParts(removed)
    #expect(!parts[Self.part].contains("hyperlink") && !parts[Self.links].contains("hyperlink"))
    #expect(try PackageParts(before).differences(to: parts) == [Self.part, Self.links])
    #expect(try Workbook(bytes: removed).sheet(at: 0).comments == page.comments)
  }

  @Test("what a link's element says besides its target stays, whatever the prefixes are")
  func attributes() throws {
    var package = package("")
    package.replace(
      Self.part,
      """
      <x:worksheet xmlns:x="\(PartsPackage.main)" xmlns:rel="\(PartsPackage.relationshipTypes)" xmlns:xr="urn:xr"><x:sheetData/>\
      <x:hyperlinks><x:hyperlink ref='A1' rel:id='rId1' display="报表" xr:uid="{1}"/> \
      <x:hyperlink ref="A2" location="Sheet1!B1" tooltip="旧" xr:id="7"/><x:hyperlink ref="A3" rel:id="rId2"/></x:hyperlinks>\
      <x:extLst/></x:worksheet>
      """)
    let (sheet, parts) = try package.saved(changing: [Self.links]) { sheet in
      sheet.setHyperlink("https://example.com/c?a='1'&b", at: "A1")
      sheet.setHyperlink("mailto:a@example.com", at: "A2")
      sheet.setHyperlink(to: "C3", of: sheet, tooltip: "\"引\"", at: "A3")
      sheet.setHyperlink("https://example.com/d", at: "A4")
    }
    #expect(
      parts[Self.part].contains(
        """
        <x:hyperlinks><x:hyperlink ref='A1' rel:id='rId3' display="报表" xr:uid="{1}"/> \
        <x:hyperlink ref="A2" xr:id="7" xmlns:r="\(PartsPackage.relationshipTypes)" r:id="rId4"/>\
        <x:hyperlink ref="A3" location="&apos;Sheet1&apos;!C3" tooltip="&quot;引&quot;"/>\
        <x:hyperlink ref="A4" xmlns:r="\(PartsPackage.relationshipTypes)" r:id="rId5"/></x:hyperlinks><x:extLst/>
        """))
    #expect(!parts[Self.links].contains("rId1") && !parts[Self.links].contains("rId2"))
    #expect(
      sheet.hyperlinks == [
        "A1": Hyperlink(.external("https://example.com/c?a='1'&b")),
        "A2": Hyperlink(.external("mailto:a@example.com")),
        "A3": Hyperlink(.location("'Sheet1'!C3"), tooltip: "\"引\""),
        "A4": Hyperlink(.external("https://example.com/d")),
      ])
  }

  @Test("a change of the tooltip leaves the target, with the place in it that an address leads to")
  func tooltip() throws {
    let element = "<hyperlink ref=\"A1\" r:id=\"rId1\" location=\"Top\" tooltip=\"旧\"/>"
    let (sheet, parts) = try package(element).saved { sheet in
      var link = try #require(sheet.hyperlink(at: "A1"))
      link.tooltip = "新"
      sheet.setHyperlink(link, at: "A1")
    }
    #expect(parts[Self.part].contains("<hyperlink ref=\"A1\" r:id=\"rId1\" location=\"Top\" tooltip=\"新\"/>"))
    #expect(sheet.hyperlink(at: "A1") == Hyperlink(.external("https://example.com/a#Top"), tooltip: "新"))
  }

  @Test("a link that a range shares stays with the cells that did not change")
  func shared() throws {
    let package = package(
      "<hyperlink ref=\"A1:C3\" r:id=\"rId1\" display=\"x\"/><hyperlink ref=\"E1\" r:id=\"rId1\"/>")
    let (sheet, parts) = try package.saved(changing: [Self.links]) { sheet in
      sheet.setHyperlink(nil as Hyperlink?, at: "B2")
      sheet.setHyperlink("https://example.com/c", at: "C3")
    }
    #expect(
      parts[Self.part].contains(
        """
        <hyperlinks><hyperlink ref="A1:C1" r:id="rId1" display="x"/><hyperlink ref="A2" r:id="rId1" display="x"/>\
        <hyperlink ref="C2" r:id="rId1" display="x"/><hyperlink ref="A3:B3" r:id="rId1" display="x"/>\
        <hyperlink ref="C3" r:id="rId3" display="x"/><hyperlink ref="E1" r:id="rId1"/></hyperlinks>
        """))
    #expect(parts[Self.links].contains("\"rId1\"") && parts[Self.links].contains("\"rId2\""))
    #expect(sheet.hyperlinks.count == 9 && sheet.hyperlink(at: "B2") == nil)
    #expect(sheet.hyperlink(at: "A3") == Hyperlink(.external("https://example.com/a")))
    #expect(sheet.hyperlink(at: "C3") == Hyperlink(.external("https://example.com/c")))
  }

  @Test("a relationship goes with the last link that uses it, and stays when anything else may")
  func relationships() throws {
    let twice = "<hyperlink ref=\"A1\" r:id=\"rId1\"/><hyperlink ref=\"A2\" r:id=\"rId1\"/>"
    let one = try package(twice).saved { $0.setHyperlink(nil as Hyperlink?, at: "A1") }
    #expect(one.parts[Self.links].contains("\"rId1\""))
    let both = try package(twice).saved(changing: [Self.links]) { sheet in
      sheet.setHyperlink(nil as Hyperlink?, at: "A1")
      sheet.setHyperlink(nil as Hyperlink?, at: "A2")
    }
    #expect(!both.parts[Self.links].contains("\"rId1\"") && both.parts[Self.links].contains("\"rId2\""))
    #expect(both.parts[Self.part].contains("</sheetData><pageMargins/>") && both.sheet.hyperlinks.isEmpty)
    let other = package("<hyperlink ref=\"A1\" r:id=\"rId1\"/><x y='rId1'/>")
    let kept = try other.saved { $0.setHyperlink(nil as Hyperlink?, at: "A1") }
    #expect(kept.parts[Self.part].contains("<hyperlinks><x y='rId1'/></hyperlinks>"))
    // A part that would list nothing goes; it comes back for what is added.
    let all = package("<hyperlink ref=\"A1\" r:id=\"rId1\"/><hyperlink ref=\"A2\" r:id=\"rId2\"/>")
    let none = try all.saved(changing: [Self.links]) { sheet in
      for cell in ["A1", "A2"] as [CellReference] { sheet.setHyperlink(nil as Hyperlink?, at: cell) }
    }
    #expect(none.parts.parts[Self.links] == nil)
    var commented = all
    commented.add("[Content_Types].xml", "<Types/>")
    let back = try commented.saved(
      changing: [Self.links, "[Content_Types].xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"]
    ) { sheet in
      for cell in ["A1", "A2"] as [CellReference] { sheet.setHyperlink(nil as Hyperlink?, at: cell) }
      sheet.setComment("注", at: "A1")
    }
    #expect(back.sheet.comments.count == 1 && !back.parts[Self.links].contains("hyperlink"))
  }

  @Test("a cell that two links claim gets one; a link without a target gives way")
  func twofold() throws {
    let package = package(
      "<hyperlink ref=\"A1:A2\" location=\"B1\"/><hyperlink ref=\"A1\" location=\"B2\"/><hyperlink ref=\"A3\"/>"
    )
    let (sheet, parts) = try package.saved { sheet in
      sheet.setHyperlink(Hyperlink(.location("B3")), at: "A1")
      sheet.setHyperlink(Hyperlink(.location("B4")), at: "A3")
    }
    #expect(
      parts[Self.part].contains(
        """
        <hyperlinks><hyperlink ref="A2" location="B1"/><hyperlink ref="A1" location="B3"/>\
        <hyperlink ref="A3" location="B4"/></hyperlinks>
        """))
    #expect(sheet.hyperlink(at: "A1") == Hyperlink(.location("B3")))
  }

  @Test("a link of more cells than the model gives it to is left to Excel")
  func wide() throws {
    let package = package("<hyperlink ref=\"A1:B1024\" location=\"B1\"/>")
    for cell in ["A1", "B7"] as [CellReference] {
      let book = try package.open()
      try book.sheet(at: 0).setHyperlink("https://example.com", at: cell)
      let error = failure { _ = try book.serialized() }
      #expect(error?.code == .unsupportedChange && error?.cell == cell && error?.sheet == "Sheet1")
    }
  }
}
