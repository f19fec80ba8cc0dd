#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Workbook {
  /// Writes the workbook to a file, in one step: whoever opens the file sees the old content or the new, and when
  /// something fails, the old is as it was and nothing is left behind.
  ///
  /// The same content gives the same bytes.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel would refuse or repair, naming the rule, the sheet and
  ///   the cell; ``XLSXError/Code/fileAccess`` if the file cannot be written.
  public func save(to url: URL) throws {
    let path = url.path(percentEncoded: false)
    try XLSXError.locating(file: url.relativePath) {
      let archive = try archive(spillFolder: AtomicFile.folder(ofPath: path))
      try AtomicFile.replace(path: path) { try archive.write(toPath: $0) }
    }
  }

  /// The workbook as the bytes of an .xlsx file.
  ///
  /// - Throws: As ``save(to:)``.
  public func serialized() throws -> [UInt8] {
    try archive(spillFolder: nil).bytes()
  }

  /// Every part written from the model: right for a new workbook only. An opened one has parts that the model does not
  /// know, and they would be lost.
  private func archive(spillFolder: String?) throws(XLSXError) -> ZipWriter {
    if source != nil {
      throw ContentRules.invalid(
        "A workbook that was opened cannot be written anew without losing what it holds")
    }
    return try WorkbookWriter.archive(of: self, spillFolder: spillFolder)
  }
}
