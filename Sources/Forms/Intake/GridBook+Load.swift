extension GridBook {
  /// Reads a file named on the command line, whatever its format.
  ///
  /// - Throws: ``FormsError`` (`input`) if it cannot be read.
  static func load(path: String, limits: IntakeLimits = .default) throws -> GridBook {
    func failure(_ zh: String, _ en: String) -> FormsError {
      FormsError(.input, LocalizedText(zh: zh, en: en), file: path)
    }
    do {
      var bytes = try FileLoader.bytes(at: path, limit: limits.fileSize)
      var format = FileSniffer.format(of: bytes, limits: limits)
      if format == .encrypted {
        bytes = try FileDecryption.content(of: bytes, limits: limits)
        format = FileSniffer.format(of: bytes, limits: limits)
      }
      if let problem = IntakeProblem(unreadable: format, bytes: bytes) { throw problem }
      guard let reader = format.reader else { throw IntakeProblem.unsupported(format) }
      return try reader.read(bytes, format: format, limits: limits)
    } catch let problem as IntakeProblem {
      throw failure("无法读取：\(problem.why.chinese)", "cannot be read: \(problem.why.english)")
    } catch {
      throw failure("无法读取，请重新保存后再试", "cannot be read; save it again and retry")
    }
  }
}
