import Testing

@testable import XLSX

/// What is asked of every merged range at every change must not be asked of all of them.
@Suite struct RangeIndexTests {
  @Test("It finds the range that looking at all of them finds, whatever their sizes")
  func sameAsLooking() {
    var random = SystemRandomNumberGenerator()
    var ranges: [CellRange] = []
    var index = RangeIndex()
    for _ in 0..<400 {
      let row = Int.random(in: 1...300, using: &random)
      let column = Int.random(in: 1...80, using: &random)
      let range = CellRange(
        CellReference(row: row, column: column),
        CellReference(
          row: row + Int.random(in: 0...[0, 1, 7, 200][Int.random(in: 0...3)]),
          column: column + Int.random(in: 0...[0, 2, 30][Int.random(in: 0...2)])))
      #expect(index.first(overlapping: range) == ranges.first { $0.overlaps(range) })
      #expect(index.first(containing: range.last) == ranges.first { $0.contains(range.last) })
      ranges.append(range)
      index.append(range)
    }
    let all = CellRange(
      CellReference(row: 1, column: 1), CellReference(row: 1_048_576, column: 16_384))
    #expect(index.first(overlapping: all) == ranges.first)
  }

  @Test(
    "Of 60,000 merged rows one more is merged at once, and one that overlaps is refused",
    .timeLimit(.minutes(1)))
  func manyMerges() throws {
    let sheet = try Workbook().addSheet(named: "来件")
    for row in 1...60_000 {
      try sheet.merge(CellRange(CellReference(row: row, column: 3), CellReference(row: row, column: 4)))
    }
    #expect(throws: XLSXError.self) { try sheet.merge("D59999:E59999") }
    #expect(throws: XLSXError.self) { try sheet.merge("A1:Z1000000") }
    sheet.unmerge("D59999:E59999")
    try sheet.merge("D59999:E59999")
    #expect(sheet.mergedRanges.count == 60_000)
  }

  @Test(
    "Edits of a sheet with thousands of merges, shared formulas and new rows are found and freed",
    .timeLimit(.minutes(1)))
  func manyEdits() throws {
    let book = Workbook()
    let sheet = try book.addSheet(named: "表")
    let count = 8_000
    for row in 1...count {
      sheet[CellReference(row: 2 * row, column: 1)] = .number(Double(row))
      try sheet.merge(
        CellRange(CellReference(row: 2 * row, column: 3), CellReference(row: 2 * row, column: 4)))
    }
    let edited = try Workbook(bytes: book.serialized())
    for row in 1...count {
      try edited.set(.number(1), at: CellReference(row: 2 * row, column: 3), inSheet: "表")
      try edited.set(.number(2), at: CellReference(row: 2 * row - 1, column: 2), inSheet: "表")
    }
    #expect(throws: XLSXError.self) { try edited.set(.number(1), at: "D4", inSheet: "表") }
    let read = try Workbook(bytes: edited.serialized()).sheet(named: "表")
    for row in [1, 2, 4_567, count] {
      #expect(read[CellReference(row: 2 * row, column: 1)] == .number(Double(row)))
      #expect(read[CellReference(row: 2 * row, column: 3)] == 1)
      #expect(read[CellReference(row: 2 * row - 1, column: 2)] == 2)
    }
  }
}
