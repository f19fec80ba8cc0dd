import Foundation

extension ConsolidatedWorkbook {
  /// Reads a consolidated workbook named on the command line.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or is no consolidated workbook.
  public static func load(path: String, campaign: Campaign, limits: IntakeLimits = .default) throws
    -> ConsolidatedWorkbook
  {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FormsError(.input, LocalizedText(zh: "没有这个文件", en: "no such file"), file: path)
    }
    let book = try GridBook.load(path: path, limits: limits)
    guard let workbook = ConsolidatedWorkbook(book, file: path, campaign: campaign) else {
      throw FormsError(
        .input,
        LocalizedText(
          zh:
            "不是汇总工作簿（缺少“\(SheetNames.provenance)”，或“…\(SheetNames.unitsSuffix)”“…\(SheetNames.linesSuffix)”工作表）",
          en:
            "is no consolidated workbook (no sheet \(SheetNames.provenance), or none of …\(SheetNames.unitsSuffix) and …\(SheetNames.linesSuffix))"
        ),
        file: path)
    }
    return workbook
  }
}
