import Testing
import XLSX

@testable import xlsx_gallery

/// Every feature by itself, as `xlsx-gallery --each` writes it: CI holds the same files against other programs.
@Suite("Features of the gallery")
struct GalleryTests {
  @Test(
    "A feature makes a sound package and is read back as it was written",
    arguments: Gallery.features.map(\.name))
  func roundTrip(_ name: String) throws {
    let feature = try #require(Gallery.features.first { $0.name == name })
    let written = try Gallery.workbook(of: feature)
    let bytes = try written.serialized()
    PackageCheck.check(bytes)
    try WorkbookComparison.expectSame(try Workbook(bytes: bytes), written)
    #expect(try Gallery.workbook(of: feature).serialized() == bytes)
  }

  @Test("All features stand in one workbook")
  func together() throws {
    let written = try Gallery.workbook()
    let bytes = try written.serialized()
    PackageCheck.check(bytes)
    try WorkbookComparison.expectSame(try Workbook(bytes: bytes), written)
    #expect(try Gallery.workbook().serialized() == bytes)
  }
}
