import Foundation
import XLSX

/// Names of files on disk as people read them.
enum DiskName {
  /// The names in a folder, as paths go on with them; `nil` if it cannot be opened.
  static func names(inFolder path: String) -> [String]? {
    guard let folder = DiskPath.with(path, { opendir($0) }) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { DiskPath.text(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
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
