import Foundation

/// Lists what came in: the files named on the command line, and everything below the folders named there.
struct InboxWalker {
  var limits: IntakeLimits
  /// Whether a run may have more files than the limit.
  var allowsManyFiles: Bool

  private var files: [InboxFile] = []
  private var seen: Set<FileIdentity> = []

  init(limits: IntakeLimits, allowsManyFiles: Bool) {
    self.limits = limits
    self.allowsManyFiles = allowsManyFiles
  }

  /// - Returns: The files in the order of their shown names, each once even if two paths lead to it.
  /// - Throws: ``FormsError`` for a path that is not there or cannot be read, and for too many files.
  mutating func list(_ paths: [String]) throws(FormsError) -> [InboxFile] {
    for path in paths {
      let shown = Self.shown(path)
      guard let identity = FileIdentity(path: path) else {
        throw FormsError(
          .input,
          LocalizedText(zh: "找不到文件或文件夹，请检查路径", en: "There is no such file or folder; check the path."),
          file: path)
      }
      switch identity.kind {
      case .folder: try walk(path, shown: shown == "." ? "" : shown, ancestors: [identity], isNamed: true)
      case .file: try append(InboxFile(path: path, shown: shown, isNamed: true), identity)
      case .other:
        throw FormsError(
          .input, LocalizedText(zh: "既不是文件也不是文件夹", en: "This is neither a file nor a folder."), file: path)
      }
    }
    return files.sorted { $0.shown < $1.shown }
  }

  /// - Parameter ancestors: The folders on the way here; a link back to one of them is not followed.
  private mutating func walk(
    _ folder: String, shown: String, ancestors: Set<FileIdentity>, isNamed: Bool
  ) throws(FormsError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      if isNamed {
        throw FormsError(
          .input,
          LocalizedText(zh: "无法打开文件夹，请检查权限", en: "The folder cannot be opened; check its permissions."),
          file: folder)
      }
      // Accounted for as a file that cannot be read.
      return files.append(InboxFile(path: folder, shown: shown, isNamed: false))
    }
    for name in names.sorted() {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let shown = shown.isEmpty || shown.hasSuffix("/") ? shown + name : shown + "/" + name
      let identity = FileIdentity(path: path)
      switch identity?.kind {
      case .folder?:
        guard let identity, !ancestors.contains(identity), ancestors.count < 64 else { continue }
        try walk(path, shown: shown, ancestors: ancestors.union([identity]), isNamed: false)
      case .file?: try append(InboxFile(path: path, shown: shown, isNamed: false), identity)
      // A link that leads nowhere, a pipe: shown, and not read.
      case .other?, nil: try append(InboxFile(path: path, shown: shown, isNamed: false), nil)
      }
    }
  }

  private mutating func append(_ file: InboxFile, _ identity: FileIdentity?) throws(FormsError) {
    if let identity, !seen.insert(identity).inserted { return }
    files.append(file)
    guard files.count <= limits.fileCount || allowsManyFiles else {
      throw FormsError(
        .limit,
        LocalizedText(
          zh: "文件超过\(limits.fileCount)个；确实要全部读取，请加 --yes",
          en: "There are more than \(limits.fileCount) files; add --yes to read them all."))
    }
  }

  /// What stands in front of the last part of a path that was named: `/home/office/` for `/home/office/收件`.
  static func root(of path: String) -> String {
    let shown = shown(path)
    return shown.lastIndex(of: "/").map { String(shown[...$0]) } ?? ""
  }

  /// The path as shown: without `./` in front and strokes at the end.
  private static func shown(_ path: String) -> String {
    var shown = path[...]
    while shown.hasPrefix("./"), shown.count > 2 { shown = shown.dropFirst(2) }
    while shown.hasSuffix("/"), shown.count > 1 { shown = shown.dropLast() }
    return String(shown)
  }
}

/// Which file a path leads to, whatever links it goes through.
struct FileIdentity: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case file, folder, other
  }

  let kind: Kind
  let size: Int
  private let device: UInt64
  private let number: UInt64

  /// `nil` if there is nothing at the path.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int(status.st_size)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
