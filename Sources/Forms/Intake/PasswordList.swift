/// A file of passwords that the office keeps, one a line.
public enum PasswordList {
  private static let largestFile = 1 << 20
  private static let most = 1_000

  /// The lines of a text file in UTF-8 or GB18030, as they are written; empty ones count for nothing.
  ///
  /// - Throws: ``FormsError`` of code `input` for a file that cannot be read or has more than 1,000 lines.
  public static func load(path: String) throws(FormsError) -> [String] {
    func failure(_ problem: LocalizedText) -> FormsError { FormsError(.input, problem, file: path) }
    let bytes: [UInt8]
    do {
      bytes = try FileLoader.bytes(at: path, limit: largestFile)
    } catch {
      throw failure(error.why)
    }
    guard let text = TextDecoding.text(of: bytes[...]) else {
      throw failure(
        LocalizedText(zh: "不是文本文件，应每行写一个密码", en: "This is no text file; write one password a line."))
    }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.count <= most else {
      throw failure(LocalizedText(zh: "密码超过\(most)个", en: "There are more than \(most) passwords."))
    }
    return lines
  }
}
