import Foundation

extension ConsolidatedWorkbook {
  /// Reads a consolidated workbook named on the command line.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or is no consolidated workbook.
  public static func load(path: String, campaign: Campaign, limits: IntakeLimits = .default) throws
    -> ConsolidatedWorkbook
  {
    func failure(_ zh: String, _ en: String) -> FormsError {
      FormsError(.input, LocalizedText(zh: zh, en: en), file: path)
    }
    guard FileManager.default.fileExists(atPath: path) else { throw failure("没有这个文件", "no such file") }
    let book: GridBook
    do {
      let bytes = try FileLoader.bytes(at: path, limit: limits.fileSize)
      let format = FileSniffer.format(of: bytes, limits: limits)
      if let problem = IntakeProblem(unreadable: format, bytes: bytes) { throw problem }
      guard let reader = format.reader else { throw IntakeProblem.unsupported(format) }
      book = try reader.read(bytes, format: format, limits: limits)
    } catch let problem as IntakeProblem {
      throw failure("无法读取：\(problem.why.chinese)", "cannot be read: \(problem.why.english)")
    } catch {
      throw failure("无法读取，请重新保存后再试", "cannot be read; save it again and retry")
    }
    guard let workbook = ConsolidatedWorkbook(book, file: path, campaign: campaign) else {
      throw failure(
        "不是汇总工作簿（缺少“\(SheetNames.provenance)”或“…\(SheetNames.unitsSuffix)”工作表）",
        "is no consolidated workbook (no sheet \(SheetNames.provenance) or …\(SheetNames.unitsSuffix))")
    }
    return workbook
  }
}
