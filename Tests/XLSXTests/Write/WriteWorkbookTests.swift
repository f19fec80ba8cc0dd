import Foundation
import Testing
import XLSX

@Suite("Writing new workbooks")
struct WriteWorkbookTests {
  @Test("A workbook with everything in it makes a sound package")
  func gallery() throws {
    let bytes = try WriteGallery.workbook().serialized()
    #expect(ZipListing.entries(of: bytes) != nil)
    if let folder = ProcessInfo.processInfo.environment["XLSX_GALLERY"] {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/gallery.xlsx"))
    }
  }
}
