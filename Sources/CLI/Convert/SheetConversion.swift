import Forms
import Foundation
import XLSX

/// `convert --raw`: sheets to CSV, streamed.
struct SheetConversion {
  let target: ConversionTarget?
  let sheet: String?
  let isFormatted: Bool
  let output: String?
  let language: Language

  func run(_ paths: [String]) throws {
    for path in paths {
      let book = try Workbook(contentsOf: URL(fileURLWithPath: path))
      let position = try position(in: book, of: path)
      var options = CSVOptions()
      options.isFormatted = isFormatted
      options.language = language == .chinese ? .chinese : .english
      if let output {
        try book.writeCSV(ofSheetAt: position, to: output, options: options)
      } else {
        try book.writeCSV(ofSheetAt: position, toDescriptor: 1, options: options)
      }
    }
  }

  /// The sheet asked for, or the first visible worksheet.
  private func position(in book: Workbook, of path: String) throws -> Int {
    if let sheet {
      guard let found = book.sheets.firstIndex(where: { $0.name == sheet }) else {
        throw ConvertWording.noSheet(sheet, in: path, having: book.sheets.map(\.name))
      }
      return found
    }
    return book.sheets.firstIndex { $0.visibility == .visible && $0.kind == .worksheet } ?? 0
  }
}
