import Testing

@testable import XLSX

/// Holds a workbook that was written against the one that was read back.
enum WorkbookComparison {
  static func expectSame(_ read: Workbook, _ written: Workbook) throws {
    #expect(read.sheets == written.sheets)
    #expect(
      read.definedNames.sorted { $0.name < $1.name } == written.definedNames.sorted { $0.name < $1.name })
    #expect(read.properties == written.properties)
    #expect(read.protection == written.protection)
    #expect(read.dateSystem == written.dateSystem)
    for position in written.sheets.indices {
      let before = try #require(written.loadedSheets[position])
      let after = try read.sheet(at: position)
      expectSameCells(after, before)
      expectSameSurroundings(after, before, in: written)
    }
  }

  private static func expectSameCells(_ after: Worksheet, _ before: Worksheet) {
    for row in before.content.cells.rows {
      for cell in row.cells {
        let place = CellReference(row: row.index, column: cell.column)
        #expect(after[place] == cell.value, "\(before.name) \(place)")
        #expect(after.style(at: place) == before.style(at: place), "\(before.name) \(place)")
      }
      let settings = after.rowSettings(row.index)
      #expect(settings.height == row.settings.height, "\(before.name) row \(row.index)")
      #expect(settings.isHidden == row.settings.isHidden, "\(before.name) row \(row.index)")
      #expect(settings.outlineLevel == row.settings.outlineLevel, "\(before.name) row \(row.index)")
    }
    for column in 1...30 {
      let (left, right) = (before.columnSettings(column), after.columnSettings(column))
      #expect(left.isHidden == right.isHidden, "\(before.name) column \(column)")
      #expect(left.outlineLevel == right.outlineLevel, "\(before.name) column \(column)")
      if let width = left.width { #expect(right.width == width, "\(before.name) column \(column)") }
    }
  }

  private static func expectSameSurroundings(
    _ after: Worksheet, _ before: Worksheet, in workbook: Workbook
  ) {
    let name = Testing.Comment(rawValue: before.name)
    #expect(after.mergedRanges == before.mergedRanges, name)
    #expect(after.hyperlinks == before.hyperlinks.mapValues(stored), name)
    #expect(after.comments == before.comments, name)
    #expect(after.threads == before.threads, name)
    #expect(after.validations == before.validations, name)
    #expect(after.conditionalFormats == before.conditionalFormats, name)
    #expect(after.tables == before.tables, name)
    #expect(after.pictures == before.pictures, name)
    #expect(after.charts == before.charts.map { ChartCache.filled($0, from: workbook) }, name)
    #expect(after.protection == before.protection, name)
    #expect(after.autoFilter == before.autoFilter, name)
    #expect(after.pageSetup == before.pageSetup, name)
    #expect(after.tabColor == before.tabColor, name)
    #expect(after.view.frozenAt == before.view.frozenAt, name)
    #expect(after.view.zoom == before.view.zoom, name)
    #expect(after.view.showsGridLines == before.view.showsGridLines, name)
  }

  /// Addresses come back as they are stored, with their percent escapes.
  private static func stored(_ link: Hyperlink) -> Hyperlink {
    guard case .external(let address) = link.target else { return link }
    return Hyperlink(.external(HyperlinkXML.escaped(address)), tooltip: link.tooltip)
  }
}
