import Foundation

/// Reads whole files into memory, no larger than allowed.
enum FileLoader {
  /// - Throws: ``IntakeProblem`` for a file that cannot be read or is too large.
  static func bytes(at path: String, limit: Int) throws(IntakeProblem) -> [UInt8] {
    guard let identity = FileIdentity(path: path), identity.kind == .file, let file = fopen(path, "rb") else {
      throw unreadable
    }
    defer { fclose(file) }
    guard identity.size <= limit else { throw .tooLarge(limit) }
    // The file may grow or shrink while it is read; what is there now counts.
    let bytes = [UInt8](unsafeUninitializedCapacity: identity.size) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    guard ferror(file) == 0 else { throw unreadable }
    return bytes
  }

  private static let unreadable = IntakeProblem(zh: "无法打开文件，请检查权限", en: "the file cannot be opened")
}
