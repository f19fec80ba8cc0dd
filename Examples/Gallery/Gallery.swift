import Foundation
import XLSX

/// Writes a workbook that shows everything `XLSX` can write, or a workbook for each thing.
///
///     swift run xlsx-gallery gallery.xlsx
///     swift run xlsx-gallery --each folder
@main
struct Gallery {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch (arguments.first, arguments.count) {
      case ("--each", 2): try writeEach(into: URL(fileURLWithPath: arguments[1]))
      case (let path?, 1) where !path.hasPrefix("-"):
        let target = URL(fileURLWithPath: path)
        try workbook().save(to: target)
        print("\(path): \(features.count) features")
      default:
        FileHandle.standardError.write(Data("usage: xlsx-gallery FILE.xlsx | --each FOLDER\n".utf8))
        exit(64)
      }
    } catch {
      FileHandle.standardError.write(Data("xlsx-gallery: \(error)\n".utf8))
      exit(2)
    }
  }

  /// One thing that can be written: it adds the sheets that show it to a workbook.
  struct Feature: Sendable {
    /// Also the name of its file.
    var name: String
    var add: @Sendable (Workbook) throws -> Void

    init(_ name: String, _ add: @escaping @Sendable (Workbook) throws -> Void) {
      self.name = name
      self.add = add
    }
  }

  static let features: [Feature] = cells + looks + sheets + rules + annotations + drawings

  /// All features in one workbook.
  static func workbook() throws -> Workbook {
    let book = Workbook()
    for feature in features { try feature.add(book) }
    return book
  }

  /// A workbook with one feature.
  static func workbook(of feature: Feature) throws -> Workbook {
    let book = Workbook()
    try feature.add(book)
    return book
  }

  private static func writeEach(into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for feature in features {
      try workbook(of: feature).save(to: folder.appendingPathComponent("\(feature.name).xlsx"))
    }
    try workbook().save(to: folder.appendingPathComponent("all.xlsx"))
    print("\(folder.path): \(features.count + 1) workbooks")
  }
}

/// What the sheets of the gallery have in common.
extension Gallery {
  static let heading = Style(
    font: Font(name: "黑体", size: 14, bold: true, color: .rgb(0x1F3864)),
    alignment: Alignment(vertical: .center))
  static let header = Style(
    font: Font(bold: true, color: .white), fill: .solid(.rgb(0x2F5597)), borders: .thin, alignment: .centered)
  static let body = Style(borders: .thin, alignment: Alignment(vertical: .center))

  static let cities = ["郑州", "洛阳", "焦作", "新乡", "安阳", "许昌"]

  /// A sheet with a heading, printed on one page.
  static func sheet(_ name: String, in book: Workbook) throws -> Worksheet {
    let sheet = try book.addSheet(named: name)
    sheet["A1"] = .text(name)
    sheet.setStyle(heading, at: "A1")
    sheet.setRowHeight(26, for: 1)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.scaling = .fit(width: 1, height: 1)
    sheet.view.showsGridLines = false
    return sheet
  }

  /// Puts rows of values below and right of a cell, the first as a header.
  static func put(_ rows: [[CellValue]], at first: CellReference, on sheet: Worksheet) {
    for (down, row) in rows.enumerated() {
      for (right, value) in row.enumerated() {
        let cell = first.offset(rows: down, columns: right)
        sheet[cell] = value
        sheet.setStyle(down == 0 ? header : body, at: cell)
      }
    }
  }

  /// Quarterly figures of some cities, with totals.
  static func figures(_ seed: Int = 7) -> [[CellValue]] {
    var rows: [[CellValue]] = [["城市", "一季度", "二季度", "三季度", "四季度"]]
    for (place, city) in cities.enumerated() {
      rows.append(
        [.text(city)] + (1...4).map { .number(Double((place * 13 + $0 * $0 * seed) % 47 + 12)) })
    }
    return rows
  }
}
