/// Files that programs leave behind and nobody sends.
enum InboxIgnoreList {
  /// Why a file is ignored by its name; `nil` if it is not.
  ///
  /// - Parameter path: With `/` between folders; a folder that is to be ignored is told from any part.
  static func reason(for path: some StringProtocol) -> LocalizedText? {
    guard mayBeIgnored(path.utf8) else { return nil }
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    if parts.contains("__MACOSX") || name.hasPrefix("._") {
      return LocalizedText(zh: "macOS 的附带文件", en: "left by macOS")
    }
    if name.hasPrefix("~$") || name.hasPrefix(".~") || name.hasPrefix(".~lock.") {
      return LocalizedText(zh: "打开文档时产生的临时锁定文件", en: "the lock file of an open document")
    }
    switch name.lowercased() {
    case ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r":
      return LocalizedText(zh: "系统自动生成的文件", en: "left by the operating system")
    default: break
    }
    if parts.contains(where: { $0.hasPrefix(".") && $0 != "." && $0 != ".." }) {
      return LocalizedText(zh: "隐藏文件", en: "a hidden file")
    }
    return nil
  }

  /// Why a file below the folder of what came in does not count: the office has moved it aside. What a unit packs into a
  /// folder of that name counts.
  static func isMovedAside(below: String) -> Bool { below.hasPrefix(WorkingFolder.removed + "/") }

  /// Whether the first letters of the folders and of the name leave it open. Of thousands of files nearly none does.
  private static func mayBeIgnored<Path: Collection<UInt8>>(_ path: Path) -> Bool {
    var first: UInt8?
    var isFirst = true
    for byte in path {
      if isFirst {
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "_") { return true }
        if byte != UInt8(ascii: "/") { first = byte | 0x20 }
      }
      isFirst = byte == UInt8(ascii: "/")
    }
    return first.map { "tedi".utf8.contains($0) } ?? false
  }
}
