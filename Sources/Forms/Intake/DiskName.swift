import Foundation
import XLSX

/// Names of files on disk as people read them.
enum DiskName {
  /// What lies in a folder: the names as paths go on with them, and whether the folder itself says that one is a plain
  /// file, so that nobody need ask for each. `nil` if it cannot be opened.
  static func entries(ofFolder path: String) -> [(name: String, isPlainFile: Bool)]? {
    guard let folder = DiskPath.with(path, { opendir($0) }) else { return nil }
    defer { closedir(folder) }
    var entries: [(name: String, isPlainFile: Bool)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { DiskPath.text(cString: $0) }
      }
      if name != ".", name != ".." { entries.append((name, Int(entry.pointee.d_type) == Int(DT_REG))) }
    }
    return entries
  }

  /// A path or a name for people: GBK where it is no UTF-8, on one line, and without what a terminal obeys.
  static func text(_ path: String) -> String {
    if DiskPath.isPlain(path) { return path.onOneLine }
    let parts = DiskPath.bytes(path).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.map { part in
      String(validating: part, as: UTF8.self) ?? GB18030.decode(part) ?? String(decoding: part, as: UTF8.self)
    }.joined(separator: "/").onOneLine
  }
}
