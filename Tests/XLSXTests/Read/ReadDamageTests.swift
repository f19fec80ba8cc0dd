import Testing

@testable import XLSX

/// Bytes from a file must never end the program, and what is damaged must be read by both parsers or by neither.
@Suite("Damaged parts")
struct ReadDamageTests {
  private static let rows = """
    <row r="1" spans="1:3" ht="20" hidden="1"><c r="A1" s="1"><v>12.5</v></c><c r="B1" t="s"><v>1</v></c>\
    <c r="C1" t="str"><f>A1&amp;"x"</f><v>文 &lt;</v></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> 字 </t></is></c><c r="B2" t="b"><v>1</v></c>\
    <c r="C2" t="e"><v>#N/A</v></c></row>
    <row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">B3*2</f><v>1e3</v></c><c r="B3"/></row>
    <row r="4"><c r="A4"><f t="shared" si="0"/><v>-7</v></c><c r="B4" t="d"><v>2024-11-18</v></c></row>
    """
  private static let strings = """
    <si><t>甲</t></si><si><t xml:space="preserve"> 乙_x000D_ &amp; </t></si><si><r><rPr><b/></rPr><t>丙</t></r></si>\
    <si><t>丁</t><phoneticPr fontId="1"/></si>
    """

  @Test("of a sheet read alike through the scanner and through libxml2", arguments: 0..<8)
  func sheets(round: Int) throws {
    let whole = PartsPackage(rows: Self.rows)
    let name = "xl/worksheets/sheet1.xml"
    let sound = try #require(whole.entries.first { $0.name == name }?.bytes)
    for step in 0..<60 {
      var mutation = Mutation(seed: UInt64(round * 1000 + step))
      var package = whole
      package.replace(name, bytes: mutation.apply(to: sound))
      let parts = try Package(bytes: package.bytes(), limits: .default)
      let scanned = SheetTranscript(parts, "/\(name)", usesScanner: true)
      let reference = SheetTranscript(parts, "/\(name)", usesScanner: false)
      #expect(scanned.failure == reference.failure, "round \(round), step \(step)")
      if reference.failure == nil {
        #expect(scanned.firstDifference(from: reference) == nil, "round \(round), step \(step)")
      }
    }
  }

  @Test("of shared strings read alike through the scanner and through libxml2", arguments: 0..<8)
  func sharedStrings(round: Int) throws {
    let whole = PartsPackage(strings: Self.strings)
    let name = "xl/sharedStrings.xml"
    let sound = try #require(whole.entries.first { $0.name == name }?.bytes)
    for step in 0..<60 {
      var mutation = Mutation(seed: UInt64(round * 1000 + step))
      var package = whole
      package.replace(name, bytes: mutation.apply(to: sound))
      let parts = try Package(bytes: package.bytes(), limits: .default)
      func values(_ usesScanner: Bool) -> [CellValue]? {
        let strings = try? SharedStrings.read(parts, part: "/\(name)", usesScanner: usesScanner)
        return strings.map { strings in (0..<strings.count).map { strings.value($0) } }
      }
      #expect(values(true) == values(false), "round \(round), step \(step)")
    }
  }

  @Test("of any kind give a workbook or an error", arguments: 0..<8)
  func anyPart(round: Int) throws {
    let gallery = try Package(bytes: WriteGallery.workbook().serialized(), limits: .default)
    var parts = PartsPackage()
    for entry in gallery.archive.entries {
      parts.entries.append((entry.name, try gallery.bytes(of: "/" + entry.name)))
    }
    for step in 0..<40 {
      var mutation = Mutation(seed: UInt64(round * 1000 + step))
      var damaged = parts
      let victim = (round * 40 + step) % damaged.entries.count
      damaged.entries[victim].bytes = mutation.apply(to: damaged.entries[victim].bytes)
      do {
        let book = try Workbook(bytes: damaged.bytes())
        for position in book.sheets.indices {
          _ = try? book.sheet(at: position)
          _ = failure { _ = try book.rows(inSheetAt: position).next() }
        }
        _ = book.properties
      } catch {
        #expect(error is XLSXError)
      }
    }
  }
}
