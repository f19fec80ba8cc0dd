import Testing

@testable import XLSX

/// What surrounds the cells, changed in every workbook of the shared corpus that opens.
@Suite("Changing what surrounds the cells of real workbooks", .enabled(if: SharedCorpus.isThere))
struct SaveCorpusTests {
  @Test("columns and links of every workbook change, read back, and leave every other part as it was")
  func columnsAndLinks() throws {
    var count = 0
    var refused: [String] = []
    for (file, bytes, book, position, sheet) in SharedCorpus.workbooks() {
      let part = try #require(book.source?.sheets[position].part)
      count += 1
      sheet.setColumnWidth(31.5, for: "B:D")
      sheet.groupColumns("C:F", collapsed: true)
      let links = sheet.hyperlinks
      for (place, cell) in links.keys.sorted().enumerated() where place % 2 == 0 {
        sheet.setHyperlink(place % 4 == 0 ? nil : Hyperlink(.location("A1"), tooltip: "新"), at: cell)
      }
      sheet.setHyperlink("https://example.org/新", at: "C3")
      do {
        let output = try book.serialized()
        try SharedCorpus.keep(output, as: file)
        let again = try Workbook(bytes: output).sheet(at: position)
        #expect(again.hyperlinks == sheet.hyperlinks, "\(file)")
        for column in 1...30 {
          var (now, wanted) = (again.columnSettings(column), sheet.columnSettings(column))
          // A listed column has to have a width.
          if wanted.width == nil { (now.width, wanted.width) = (nil, nil) }
          #expect(now == wanted, "\(file) column \(column)")
        }
        #expect(
          again.content.cells.rows.map(\.cells) == sheet.content.cells.rows.map(\.cells),
          "\(file)")
        let own = Set([part, PartName.relationships(of: part)].map(PartName.key))
        let others = try PackageParts(bytes).differences(to: PackageParts(output)).filter {
          !own.contains(PartName.key("/" + $0))
        }
        #expect(others.isEmpty, "\(file)")
      } catch let error as XLSXError where [.unsupportedChange, .malformedPart].contains(error.code) {
        refused.append("\(file): \(error.message)")
      }
    }
    #expect(count > 350 && refused.count < 5, "\(refused)")
  }

  @Test("whole rows and columns of every workbook get another look, and its properties another text")
  func stylesAndProperties() throws {
    var count = 0
    var refused: [String] = []
    for (file, _, book, position, sheet) in SharedCorpus.workbooks() {
      count += 1
      sheet.changeStyle(for: "B1:C1048576") { $0.fill = .solid(.rgb(0xFFFF00)) }
      sheet.changeStyle(for: "A3:XFD3") { $0.numberFormat = "0.00" }
      sheet.defaultColumnWidth = 10.5
      book.properties.title = "年终 <汇总>"
      book.properties.modified = "2024-12-01T09:30:00Z"
      book.properties.company = nil
      book.properties.application = "huizong"
      do {
        let again = try Workbook(bytes: book.serialized())
        #expect(again.properties == book.properties, "\(file)")
        let result = try again.sheet(at: position)
        #expect(result.defaultColumnWidth == 10.5, "\(file)")
        for row in sheet.content.cells.rows.prefix(50) {
          for cell in row.cells.prefix(20) {
            let place = CellReference(row: row.index, column: cell.column)
            #expect(result.style(at: place) == sheet.style(at: place), "\(file) \(place)")
          }
        }
        for cell in ["B1048576", "XFD3", "D1048576"] as [CellReference] {
          #expect(result.style(at: cell) == sheet.style(at: cell), "\(file) \(cell)")
        }
      } catch let error as XLSXError where [.unsupportedChange, .malformedPart].contains(error.code) {
        refused.append("\(file): \(error.message)")
      }
    }
    #expect(count > 350 && refused.count < 5, "\(refused)")
  }
}
