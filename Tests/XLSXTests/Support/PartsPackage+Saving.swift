import Testing

@testable import XLSX

extension PartsPackage {
  /// The workbook saved after a change of its sheet. Only the sheet's part may differ, and the parts that are named.
  func saved(
    changing others: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (Worksheet) throws -> Void
  ) throws -> (sheet: Worksheet, parts: PackageParts) {
    let before = try bytes()
    let book = try Workbook(bytes: before)
    try change(book.sheet(at: 0))
    let after = try book.serialized()
    let parts = try PackageParts(after)
    #expect(
      try PackageParts(before).differences(to: parts) == others.union(["xl/worksheets/sheet1.xml"]),
      sourceLocation: sourceLocation)
    return (try Workbook(bytes: after).sheet(at: 0), parts)
  }
}
