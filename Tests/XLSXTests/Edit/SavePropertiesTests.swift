import Testing

@testable import XLSX

/// Title, author, company of an opened workbook.
@Suite("Saving an opened workbook with other properties")
struct SavePropertiesTests {
  private static let core = "docProps/core.xml"
  private static let app = "docProps/app.xml"
  private static let office = PartsPackage.relationshipTypes

  /// A workbook whose properties stand in the parts given.
  private func package(core: String?, app: String?) -> PartsPackage {
    var package = PartsPackage(rows: "")
    var links = [("rId1", "\(Self.office)/officeDocument", "xl/workbook.xml")]
    if let core {
      links.append(("rId2", RelationshipType.coreProperties.rawValue, Self.core))
      package.add(Self.core, core)
    }
    if let app {
      links.append(("rId3", "\(Self.office)/extended-properties", Self.app))
      package.add(Self.app, app)
    }
    package.replace("_rels/.rels", PartsPackage.relationships(links))
    return package
  }

  private func saved(
    _ package: PartsPackage, changing parts: Set<String>, _ change: (Workbook) -> Void
  ) throws -> (properties: DocumentProperties, parts: PackageParts) {
    let before = try package.bytes()
    let book = try Workbook(bytes: before)
    change(book)
    let bytes = try book.serialized()
    let after = try PackageParts(bytes)
    #expect(try PackageParts(before).differences(to: after) == parts)
    let again = try Workbook(bytes: bytes)
    #expect(again.properties == book.properties)
    return (again.properties, after)
  }

  @Test("title and company change, the rest of the file stays, and the package is sound")
  func story() throws {
    let new = Workbook()
    _ = try new.addSheet(named: "附件2")
    new.properties.title = "年终统计"
    new.properties.creator = "沁阳市总工会"
    new.properties.created = "2024-11-20T08:00:00Z"
    new.properties.company = "工会"
    let before = try new.serialized()
    let book = try Workbook(bytes: before)
    book.properties.title = "年终统计 & <更正>"
    book.properties.keywords = "五送"
    book.properties.modified = "2024-12-01T09:30:00Z"
    book.properties.company = nil
    let bytes = try book.serialized()
    PackageCheck.check(bytes)
    #expect(try PackageParts(before).differences(to: PackageParts(bytes)) == [Self.core, Self.app])
    #expect(try Workbook(bytes: bytes).properties == book.properties)
    // What is set to what it was is no change.
    let same = try Workbook(bytes: before)
    same.properties.title = "其他"
    same.properties.title = "年终统计"
    same.properties.subject = ""
    #expect(try same.serialized() == before)
  }

  @Test(
    "only elements that say something else change, whatever the prefixes, and new ones declare what they need"
  )
  func inPlace() throws {
    let core = """
      <?xml version='1.0'?>
      <coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
      xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
        <d:title xml:lang="zh">旧&#32;题</d:title><!-- 原 --><d:creator/>
        <d:description>一</d:description><revision>7</revision><keywords>x<value>y</value></keywords>
      </coreProperties>
      """
    let app = """
      <a:Properties xmlns:a="\(PartsPackage.main)/x"><a:TotalTime>3</a:TotalTime><a:Company>甲</a:Company></a:Properties>
      """
    let (_, parts) = try saved(package(core: core, app: app), changing: [Self.core, Self.app]) { book in
      book.properties.title = "新题"
      book.properties.creator = "甲_x0041_"
      book.properties.description = nil
      book.properties.subject = "事"
      book.properties.category = "类"
      book.properties.modified = "2024-12-01T09:30:00Z"
      book.properties.application = "huizong"
    }
    #expect(
      parts[Self.core] == """
        <?xml version='1.0'?>
        <coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
        xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
          <d:title xml:lang="zh">新题</d:title><!-- 原 --><d:creator>甲_x005F_x0041_</d:creator>
          <revision>7</revision><keywords>x<value>y</value></keywords>
        <d:subject>事</d:subject>\
        <cp:category xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">类</cp:category>\
        <t:modified xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:W3CDTF">2024-12-01T09:30:00Z</t:modified>\
        </coreProperties>
        """)
    #expect(
      parts[Self.app].hasSuffix(
        "<a:TotalTime>3</a:TotalTime><a:Company>甲</a:Company><a:Application>huizong</a:Application></a:Properties>"
      ))
  }

  @Test("a workbook without properties gets the parts, with what leads to them", arguments: [false, true])
  func missing(isStrict: Bool) throws {
    var package = PartsPackage(rows: "")
    package.add(
      "[Content_Types].xml", "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>")
    let base = isStrict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : Self.office
    package.replace(
      "_rels/.rels", PartsPackage.relationships([("rId1", "\(base)/officeDocument", "xl/workbook.xml")]))
    // The name is taken by a part that no relationship leads to.
    package.add(Self.app, "<other/>")
    let (_, parts) = try saved(
      package, changing: ["[Content_Types].xml", "_rels/.rels", Self.core, "docProps/app1.xml"]
    ) { book in
      book.properties.title = "题"
      book.properties.company = "工会"
    }
    #expect(parts["_rels/.rels"].contains("Target=\"docProps/core.xml\""))
    #expect(
      parts["_rels/.rels"].contains(
        "\(base)/\(isStrict ? "extendedProperties" : "extended-properties")\" Target=\"docProps/app1.xml\""))
    #expect(parts["[Content_Types].xml"].contains("PartName=\"/docProps/core.xml\""))
    #expect(parts[Self.core].contains("<dc:title xmlns:dc=\"http://purl.org/dc/elements/1.1/\">题</dc:title>"))
    #expect(parts["docProps/app1.xml"].hasSuffix("<Company>工会</Company></Properties>"))
  }

  @Test("a relationship that leads to no part gets it")
  func dangling() throws {
    var package = package(core: nil, app: nil)
    package.replace(
      "_rels/.rels",
      PartsPackage.relationships([
        ("rId1", "\(Self.office)/officeDocument", "xl/workbook.xml"),
        ("rId2", RelationshipType.coreProperties.rawValue, "props/c.xml"),
      ]))
    package.add(
      "[Content_Types].xml", "<Types><Override PartName=\"/props/c.xml\" ContentType=\"c\"/></Types>")
    _ = try saved(package, changing: ["props/c.xml"]) { $0.properties.creator = "甲" }
  }

  @Test("of two elements of a name one is left")
  func twofold() throws {
    let core =
      "<c xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>一</dc:title><dc:title>二</dc:title></c>"
    let one = try saved(package(core: core, app: nil), changing: [Self.core]) { $0.properties.title = "三" }
    #expect(one.parts[Self.core].contains("\"><dc:title>三</dc:title></c>"))
    let none = try saved(package(core: core, app: nil), changing: [Self.core]) { $0.properties.title = nil }
    #expect(none.parts[Self.core].contains("\"></c>"))
  }

  @Test("properties that are no XML are left alone; a date that Excel would repair is refused")
  func refused() throws {
    for damaged in ["", "<c><title>一</title>", "<c><title>一</c>"] {
      let book = try package(core: damaged, app: nil).open()
      book.properties.title = "二"
      #expect(failure { _ = try book.serialized() }?.code == .unsupportedChange)
    }
    let core = "<c><created>昨天</created><title>一</title></c>"
    _ = try saved(package(core: core, app: nil), changing: [Self.core]) { $0.properties.title = "二" }
    let book = try package(core: core, app: nil).open()
    book.properties.created = "今天"
    #expect(failure { _ = try book.serialized() }?.code == .invalidContent)
  }
}
