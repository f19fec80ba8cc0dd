import Testing

@testable import XLSX

/// What the writer writes, the reader reads.
@Suite("Written workbooks")
struct ReadRoundTripTests {
  @Test("read back with every sheet, name, property and lock")
  func workbook() throws {
    let written = try WriteGallery.workbook()
    let read = try Workbook(bytes: written.serialized())
    #expect(read.sheets == written.sheets)
    #expect(
      read.definedNames.sorted { $0.name < $1.name } == written.definedNames.sorted { $0.name < $1.name })
    #expect(read.properties == written.properties)
    #expect(read.protection == written.protection)
    #expect(read.dateSystem == written.dateSystem)
  }

  @Test("read back with every cell, style and setting")
  func sheets() throws {
    let written = try WriteGallery.workbook()
    let read = try Workbook(bytes: written.serialized())
    for (position, info) in written.sheets.enumerated() {
      let before = try #require(written.loadedSheets[position])
      let after = try read.sheet(at: position)
      let name = Comment(rawValue: info.name)
      for row in before.content.cells.rows {
        for cell in row.cells {
          let place = CellReference(row: row.index, column: cell.column)
          #expect(after[place] == cell.value, "\(info.name) \(place)")
          #expect(after.style(at: place) == before.style(at: place), "\(info.name) \(place)")
        }
        #expect(after.rowSettings(row.index).height == row.settings.height, name)
        #expect(after.rowSettings(row.index).isHidden == row.settings.isHidden, name)
        #expect(after.rowSettings(row.index).outlineLevel == row.settings.outlineLevel, name)
      }
      for column in 1...30 {
        let (left, right) = (before.columnSettings(column), after.columnSettings(column))
        #expect(left.isHidden == right.isHidden, "\(info.name) column \(column)")
        #expect(left.outlineLevel == right.outlineLevel, "\(info.name) column \(column)")
        if let width = left.width { #expect(right.width == width, "\(info.name) column \(column)") }
      }
      #expect(after.mergedRanges == before.mergedRanges, name)
      // Addresses come back as they are stored, with their percent escapes.
      #expect(after.hyperlinks.mapValues(\.tooltip) == before.hyperlinks.mapValues(\.tooltip), name)
      #expect(after.comments == before.comments, name)
      #expect(after.validations == before.validations, name)
      #expect(after.conditionalFormats == before.conditionalFormats, name)
      #expect(after.tables == before.tables, name)
      #expect(after.pictures == before.pictures, name)
      #expect(after.protection == before.protection, name)
      #expect(after.autoFilter == before.autoFilter, name)
      #expect(after.pageSetup == before.pageSetup, name)
      #expect(after.tabColor == before.tabColor, name)
      #expect(after.view.frozenAt == before.view.frozenAt, name)
      #expect(after.view.zoom == before.view.zoom, name)
      #expect(after.view.showsGridLines == before.view.showsGridLines, name)
    }
  }
}

private typealias Comment = Testing.Comment
