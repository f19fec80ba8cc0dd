import Foundation
import XLSX

/// Lists what came in: the files named on the command line, and everything below the folders named there.
struct InboxWalker {
  /// Folders inside one another that are looked into.
  private static let maximumDepth = 200
  /// Links to folders that are followed in one run: links between a few folders make endlessly many paths.
  private static let maximumLinks = 10_000

  var limits: IntakeLimits
  /// Whether a run may have more files than the limit.
  var allowsManyFiles: Bool

  private var files: [InboxFile] = []
  /// The paths that were listed, so that a file that two arguments lead to is one; `nil` with one argument, below which no
  /// path is there twice.
  private var seen: Set<String>?
  private var shownNames: Set<String> = []
  private var links = 0

  init(limits: IntakeLimits, allowsManyFiles: Bool) {
    self.limits = limits
    self.allowsManyFiles = allowsManyFiles
  }

  /// - Returns: The files in the order of their shown names, each path once. A file of several names, by links, is there
  ///   under each of them: the folders may say whose it is.
  /// - Throws: ``FormsError`` for a path that is not there or cannot be read, and for too many files.
  mutating func list(_ paths: [String]) throws(FormsError) -> [InboxFile] {
    seen = paths.count > 1 ? [] : nil
    for path in paths {
      let shown = Self.shown(path)
      guard let identity = FileIdentity(path: path) else {
        throw FormsError(
          .input,
          LocalizedText(zh: "找不到文件或文件夹，请检查路径", en: "There is no such file or folder; check the path."),
          file: DiskName.text(path))
      }
      switch identity.kind {
      case .folder:
        try walk(path, shown: shown == "." ? "" : shown, below: "", ancestors: [identity])
      case .file: try append(InboxFile(path: path, shown: shown, below: ""))
      case .other:
        throw FormsError(
          .input, LocalizedText(zh: "既不是文件也不是文件夹", en: "This is neither a file nor a folder."),
          file: DiskName.text(path))
      }
    }
    return files.sorted { $0.shown < $1.shown }
  }

  /// - Parameter ancestors: The folders on the way here; a link back to one of them is not followed.
  private mutating func walk(
    _ folder: String, shown: String, below: String, ancestors: Set<FileIdentity>
  ) throws(FormsError) {
    guard let entries = DiskName.entries(ofFolder: folder) else {
      if below.isEmpty {
        throw FormsError(
          .input,
          LocalizedText(zh: "无法打开文件夹，请检查权限", en: "The folder cannot be opened; check its permissions."),
          file: DiskName.text(folder))
      }
      // Accounted for as a file that cannot be read.
      return try append(InboxFile(path: folder, shown: shown, below: below))
    }
    for (name, isPlainFile) in entries.sorted(by: { $0.name < $1.name }) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let text = DiskName.text(name)
      var file = InboxFile(
        path: path, shown: shown.isEmpty || shown.hasSuffix("/") ? shown + text : shown + "/" + text,
        below: below.isEmpty ? text : below + "/" + text)
      if !isPlainFile, let identity = FileIdentity(path: path), identity.kind == .folder {
        file.obstacle = obstacle(to: identity, at: path, ancestors: ancestors)
        if file.obstacle == nil {
          try walk(path, shown: file.shown, below: file.below, ancestors: ancestors.union([identity]))
          continue
        }
      }
      // A link that leads nowhere, a pipe: shown, and not read.
      try append(file)
    }
  }

  private mutating func obstacle(
    to folder: FileIdentity, at path: String, ancestors: Set<FileIdentity>
  ) -> InboxFile.Obstacle? {
    if ancestors.contains(folder) { return .loop }
    if ancestors.count >= Self.maximumDepth { return .depth }
    guard FileIdentity.isLink(path) else { return nil }
    links += 1
    return links > Self.maximumLinks ? .links : nil
  }

  private mutating func append(_ file: InboxFile) throws(FormsError) {
    if seen != nil, seen?.insert(Self.absolute(file.path)).inserted == false { return }
    var file = file
    // Names that differ only in what cannot be shown are told apart.
    let shown = file.shown
    var number = 2
    while !shownNames.insert(file.shown).inserted {
      file.shown = "\(shown) (\(number))"
      number += 1
    }
    files.append(file)
    guard files.count <= limits.fileCount || allowsManyFiles else {
      throw FormsError(
        .limit,
        LocalizedText(
          zh: "文件超过\(limits.fileCount)个；确实要全部读取，请加 --yes",
          en: "There are more than \(limits.fileCount) files; add --yes to read them all."))
    }
  }

  /// A path from the root on, without `.` and doubled strokes; `..` stays, since what is before it may be a link.
  private static func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    var before: UInt8 = 0
    let isPlain = whole.utf8.allSatisfy { byte in
      defer { before = byte }
      return before != UInt8(ascii: "/") || byte != UInt8(ascii: "/") && byte != UInt8(ascii: ".")
    }
    if isPlain { return whole }
    return whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
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
    return DiskName.text(String(shown))
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
    guard DiskPath.with(path, { stat($0, &status) }) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int(status.st_size)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// The size of a file and the time of its last change in nanoseconds; `nil` if there is none.
  static func version(path: String) -> (size: Int, changed: Int)? {
    var status = stat()
    guard DiskPath.with(path, { stat($0, &status) }) == 0 else { return nil }
    let (seconds, overflow) = Int(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? nil : (Int(status.st_size), seconds &+ Int(status.st_mtim.tv_nsec))
  }

  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return DiskPath.with(path, { lstat($0, &status) }) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
