import Foundation
import Testing
import XLSX

@Suite("Writing new workbooks")
struct WriteWorkbookTests {
  @Test("A workbook with everything in it makes a sound package")
  func gallery() throws {
    let bytes = try WriteGallery.workbook().serialized()
    PackageCheck.check(bytes)
    if let folder = ProcessInfo.processInfo.environment["XLSX_GALLERY"] {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/gallery.xlsx"))
    }
  }

  @Test("The same content gives the same bytes, in memory and in a file")
  func deterministic() throws {
    let first = try WriteGallery.workbook().serialized()
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    try WriteGallery.workbook().save(to: url)
    #expect(try Array(Data(contentsOf: url)) == first)
  }

  @Test("Saving replaces a file in one step and keeps its permissions; nothing else stays in the folder")
  func replacing() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    try Data("old".utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path)
    try WriteGallery.workbook().save(to: url)
    PackageCheck.check(try Array(Data(contentsOf: url)))
    #expect(try folder.names() == ["a.xlsx"])
    let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test("A save that fails leaves the old file as it was, and nothing beside it")
  func failing() throws {
    let folder = try TemporaryFolder()
    let url = folder.url("a.xlsx")
    try Data("old".utf8).write(to: url)
    let book = Workbook()
    try book.addSheet(named: "值")["A1"] = .number(.nan)
    #expect(throws: XLSXError.self) { try book.save(to: url) }
    #expect(try Data(contentsOf: url) == Data("old".utf8))
    #expect(try folder.names() == ["a.xlsx"])
    #expect(throws: XLSXError.self) {
      try WriteGallery.workbook().save(to: folder.url("missing/a.xlsx"))
    }
  }

  @Test("Cells of every kind are read back as they were written")
  func values() throws {
    let cells: [CellReference: CellValue] = [
      "A1": 12, "A2": -0.1, "A3": .number(0.1 + 0.2), "A4": .number(1e300),
      "A5": .number(.leastNonzeroMagnitude), "B1": true,
      "B2": false, "B3": .error(.notAvailable), "B4": "", "C1": "文字 & <tag> \"q\"", "C2": "  a\nb\t ",
      "C3": "\u{1}\u{1F}\u{FFFF}\r_x0041_ _x00", "C4": .formula("A1*2", cached: 24),
      "C5": .formula("C1&\"<\"", cached: "文字<"), "C6": .formula("A1>3", cached: true),
      "C7": .formula("1/0", cached: .error(.divisionByZero)), "C8": .formula("SUM(A1:A2)", cached: .empty),
      "D1": .formula(Formula("A1:A2*2", arrayRange: "D1:D2"), cached: 24), "XFD1048576": 1,
      // Composed and decomposed: two texts, though Swift calls them equal.
      "E1": "é", "E2": "e\u{301}",
    ]
    let book = Workbook()
    let sheet = try book.addSheet(named: "值")
    for (cell, value) in cells { sheet[cell] = value }
    let bytes = try book.serialized()
    PackageCheck.check(bytes)
    let back = try Workbook(bytes: bytes).sheet(named: "值")
    for (cell, value) in cells { #expect(back[cell] == value, "\(cell)") }
    #expect(back["E2"].text.map { Array($0.unicodeScalars) }?.count == 2)
  }

  @Test("Every double is written so that the same double is read")
  func numbers() throws {
    var random = SystemRandomNumberGenerator()
    var numbers: [Double] = [
      0, -0.0, 1, 0.1, 1e-5, 0.00001, 123456.789, 999_999_999.999999, 9_007_199_254_740_992, 1e15, 1e16, 1e21,
      1e-7,
      .greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, 0.3, 2.0 / 3,
      1.0000000000000002,
    ]
    for _ in 0..<2_000 {
      let any = Double(bitPattern: random.next())
      if any.isFinite { numbers.append(any) }
      numbers.append(Double(Int.random(in: -1_000_000_000...1_000_000_000)) / 1e4)
      numbers.append(Double.random(in: -1000...1000))
    }
    let book = Workbook()
    let sheet = try book.addSheet(named: "n")
    for (row, number) in numbers.enumerated() {
      sheet[CellReference(row: row + 1, column: 1)] = .number(number)
    }
    let trees = PackageCheck.check(try book.serialized())
    let rows = try #require(trees["/xl/worksheets/sheet1.xml"]?.first("sheetData")?.children)
    for (row, number) in zip(rows, numbers) {
      let text = try #require(row.first("c")?.first("v")?.text)
      #expect(Double(text) == number, "\(text)")
      // No text is longer than the shortest there is, but for the exponent's spelling.
      #expect(text.utf8.count <= max(number.description.utf8.count, 16), "\(text) for \(number)")
    }
  }
}
