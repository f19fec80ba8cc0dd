import Testing
import XLSX

/// What the writer writes, the reader reads.
@Suite("Written workbooks")
struct ReadRoundTripTests {
  @Test("read back with every sheet, cell, style, setting, name, property and lock")
  func everything() throws {
    let written = try WriteGallery.workbook()
    try WorkbookComparison.expectSame(try Workbook(bytes: written.serialized()), written)
  }
}
