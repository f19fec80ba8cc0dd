import Forms
import XLSX

/// An error of the spreadsheet library on one line: the file, what is wrong, the place, the cause.
enum WorkbookErrorWording {
  static func line(for error: XLSXError, language: Language) -> String {
    guard language == .chinese else { return error.description }
    let place = [error.sheet, error.cell?.description, error.part].compactMap(\.self).joined(separator: " ")
    let cause = error.causeText?.chinese ?? ""
    return (error.file.map { "“\($0)”：" } ?? "") + error.sentence.chinese
      + (place.isEmpty ? "" : "（\(place)）")
      + (cause.isEmpty ? "" : "：" + cause)
  }
}
