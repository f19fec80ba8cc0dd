import Testing

@testable import XLSX

/// View, print set-up, protection, tab, filter, merged ranges and validations in every workbook of the shared corpus that
/// opens.
@Suite("Settings of real workbooks", .enabled(if: SharedCorpus.isThere))
struct SettingsCorpusTests {
  @Test(
    "every workbook that opens takes other settings, and every part but the sheet and the list of sheets stays"
  )
  func settings() throws {
    var (count, refused) = (0, 0)
    for (name, bytes, book, position, sheet) in SharedCorpus.workbooks() {
      let source = try #require(book.source)
      let part = String(source.sheets[position].part?.dropFirst() ?? "")
      let workbookPart = String(source.part.dropFirst())
      change(sheet)
      count += 1
      do {
        let output = try book.serialized()
        try SharedCorpus.keep(output, as: name)
        let again = try Workbook(bytes: output).sheet(at: position).content
        let wanted = sheet.content
        #expect(SheetSettings(again) == SheetSettings(wanted), "\(name)")
        #expect(again.pageSetup.printArea == wanted.pageSetup.printArea, "\(name)")
        #expect(again.pageSetup.repeatedRows == wanted.pageSetup.repeatedRows, "\(name)")
        #expect(again.validations == wanted.validations, "\(name)")
        #expect(again.cells.rows.map(\.cells) == wanted.cells.rows.map(\.cells), "\(name)")
        #expect(again.conditionalFormats == wanted.conditionalFormats, "\(name)")
        #expect(again.hyperlinks == wanted.hyperlinks && again.comments == wanted.comments, "\(name)")
        let changed = try PackageParts(bytes).differences(to: PackageParts(output))
        // Names in an archive can have another case, or backslashes.
        let names = Set(changed.map { $0.lowercased().replacing("\\", with: "/") })
        #expect(names.subtracting([workbookPart.lowercased()]) == [part.lowercased()], "\(name)")
      } catch let error as XLSXError where error.code == .unsupportedChange {
        refused += 1
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
    #expect(count > 350 && refused < 10)
  }

  private func change(_ sheet: Worksheet) {
    sheet.freeze(at: sheet.view.frozenAt == "C4" ? nil : "C4")
    sheet.view.zoom = sheet.view.zoom == 85 ? 90 : 85
    sheet.view.showsGridLines.toggle()
    sheet.view.activeCell = "D5"
    sheet.pageSetup.orientation = sheet.pageSetup.orientation == .portrait ? .landscape : .portrait
    sheet.pageSetup.scaling = .fit(width: 1, height: nil)
    sheet.pageSetup.margins = .init(left: 0.5, right: 0.5)
    sheet.pageSetup.printsHeadings.toggle()
    sheet.pageSetup.footer = "&P"
    sheet.pageSetup.rowBreaks = [33]
    sheet.pageSetup.printArea = ["A1:H40"]
    sheet.pageSetup.repeatedRows = 1...2
    sheet.protection = sheet.protection == nil ? SheetProtection() : nil
    sheet.tabColor = .rgb(0x00B050)
    sheet.autoFilter = sheet.autoFilter == nil && sheet.content.tables.isEmpty ? "A1:D9" : nil
    if let merge = sheet.mergedRanges.first { sheet.unmerge(merge) }
    // A validation that is changed must be one that Excel takes.
    if let first = sheet.validations.first, (try? ValidationRules.check(first, sheet: "")) != nil {
      sheet.validations[0].allowsBlank.toggle()
    }
    if sheet.validations.count > 1 { sheet.validations.removeLast() }
  }
}
