import Testing

@testable import XLSX

/// A workbook of a kind that is known reads as it would without that knowledge, or is left to the usual way.
@Suite("Workbooks of a kind that is known")
struct ReadMemoryTests {
  private static func rows(_ figure: Double) -> String {
    """
    <row r="1" spans="1:3" hidden="1"><c r="A1"><v>\(figure)</v></c><c r="B1" t="s"><v>1</v></c>\
    <c r="C1" t="str"><f>A1&amp;"x"</f><v>文</v></c></row><row r="2"><c r="A2" t="b"><v>1</v></c></row>
    """
  }

  private static func strings(_ unit: String) -> String { "<si><t>甲</t></si><si><t>\(unit)</t></si>" }

  private static func bytes(_ figure: Double, _ unit: String) throws -> [UInt8] {
    try PartsPackage(rows: rows(figure), strings: strings(unit)).bytes()
  }

  /// Everything that the rows say.
  private static func text(_ rows: RowCursor) throws -> [String] {
    var lines: [String] = []
    while let row = try rows.next() {
      for cell in row.cells { lines.append("\(cell.reference) \(cell.value) \(row.isHidden) \(cell.isDate)") }
    }
    return lines + rows.mergedRanges.map(\.description) + rows.hiddenColumns.map { "\($0)" }
  }

  private static func usual(_ bytes: [UInt8]) -> [[String]]? {
    guard let book = try? Workbook(bytes: bytes) else { return nil }
    return try? book.sheets.indices.map { try text(book.rows(inSheetAt: $0)) }
  }

  private static func known(_ memory: WorkbookMemory, _ bytes: [UInt8]) throws -> [[String]]? {
    try memory.read(bytes)?.sheets.map { try text($0.rows) }
  }

  private static func learnt() throws -> WorkbookMemory {
    let memory = WorkbookMemory()
    let first = try bytes(1, "沁阳市总工会")
    #expect(memory.read(first) == nil)
    // A kind is worth remembering from its second workbook on; then from the second with the same surroundings on.
    for _ in 0..<3 { memory.learn(first, from: try Workbook(bytes: first), note: 7) }
    return memory
  }

  @Test("other figures and texts are read")
  func others() throws {
    let memory = try Self.learnt()
    let second = try Self.bytes(250, "温县总工会")
    let known = try #require(memory.read(second))
    #expect(known.note == 7)
    let lines = try Self.text(try #require(known.sheets.first).rows)
    #expect(lines.prefix(2) == ["A1 number(250.0) true false", "B1 text(\"温县总工会\") true false"])
    #expect(try Self.known(memory, second) == Self.usual(second))
  }

  @Test("a string that is not there, a row outside the grid and rich text are left to the usual way")
  func odd() throws {
    let memory = try Self.learnt()
    for (rows, strings) in [
      (#"<row r="1"><c r="A1" t="s"><v>2</v></c></row>"#, Self.strings("温县")),
      (#"<row r="1048577"><c><v>2</v></c></row>"#, Self.strings("温县")),
      (Self.rows(2), "<si><r><t>温</t></r></si><si><t>县</t></si>"),
      (#"<row r="1"><!-- --><c r="A1"><v>2</v></c></row>"#, Self.strings("温县")),
    ] {
      #expect(memory.read(try PartsPackage(rows: rows, strings: strings).bytes()) == nil)
    }
  }

  @Test("a damaged file is never read as another one than the usual way reads", arguments: 0..<4)
  func damaged(round: Int) throws {
    let memory = try Self.learnt()
    let sound = try Self.bytes(250, "温县总工会")
    for step in 0..<400 {
      var mutation = Mutation(seed: UInt64(round * 1000 + step))
      let bytes = mutation.apply(to: sound)
      guard let known = try Self.known(memory, bytes) else { continue }
      #expect(known == Self.usual(bytes), "round \(round), step \(step)")
    }
  }

  @Test("a damaged sheet inside a sound archive is never read as another one than the usual way reads")
  func damagedSheet() throws {
    let memory = try Self.learnt()
    let whole = PartsPackage(rows: Self.rows(250), strings: Self.strings("温县总工会"))
    for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
      guard let sound = whole.entries.first(where: { $0.name == name })?.bytes else { continue }
      for step in 0..<300 {
        var mutation = Mutation(seed: UInt64(step))
        var package = whole
        package.replace(name, bytes: mutation.apply(to: sound))
        let bytes = try package.bytes()
        guard let known = try Self.known(memory, bytes) else { continue }
        #expect(known == Self.usual(bytes), "\(name), step \(step)")
      }
    }
  }

  @Test("limits hold for a kind that is known")
  func limits() throws {
    var limits = Limits()
    limits.fileSize = 100
    let memory = WorkbookMemory(limits: limits)
    let first = try Self.bytes(1, "沁阳市总工会")
    for _ in 0..<3 { memory.learn(first, from: try Workbook(bytes: first), note: 0) }
    #expect(memory.read(first) == nil)
  }
}
