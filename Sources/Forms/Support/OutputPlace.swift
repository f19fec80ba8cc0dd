import Foundation
import XLSX

/// Folders and files that a command writes.
public enum OutputPlace {
  /// A path with its symbolic links followed, as far as it exists: one name for one file. Links are followed before `..`
  /// is, as the system does it: `a/link/..` is where the link leads, not `a`.
  public static func resolved(_ path: String) -> String {
    let path = path.isEmpty ? "." : path
    if let real = real(path) { return real }
    // Not there yet: what is there of the way to it, and the rest.
    var name = path[...]
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    guard let slash = name.lastIndex(of: "/") else {
      if let target = linkTarget(String(name)) { return resolved(target) }
      return (real(".") ?? FileManager.default.currentDirectoryPath) + "/" + name
    }
    let folder = slash == name.startIndex ? "/" : String(name[..<slash])
    if let target = linkTarget(String(name)) {
      return resolved(target.hasPrefix("/") ? target : folder + "/" + target)
    }
    let last = name[name.index(after: slash)...]
    let parent = resolved(folder)
    switch last {
    case "", ".": return parent
    case "..": return resolvedParent(of: parent)
    default: return (parent == "/" ? "" : parent) + "/" + last
    }
  }

  private static func resolvedParent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private static func real(_ path: String) -> String? {
    guard let real = DiskPath.with(path, { realpath($0, nil) }) else { return nil }
    defer { free(real) }
    return DiskPath.text(cString: real)
  }

  /// Where a link points that leads nowhere yet; `nil` for a link in a circle.
  private static func linkTarget(_ path: String) -> String? {
    var status = stat()
    guard DiskPath.with(path, { stat($0, &status) }) != 0, errno == ENOENT else { return nil }
    return try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  /// Whether a path is another, or lies in it at any depth.
  public static func lies(_ path: String, in folder: String) -> Bool {
    let target = resolved(path)
    let place = resolved(folder)
    return target == place || target.hasPrefix(place == "/" ? place : place + "/")
  }

  /// A path as it is written from a folder: `../2025`.
  public static func relative(_ path: String, to folder: String) -> String {
    let target = resolved(path).split(separator: "/")
    let start = resolved(folder).split(separator: "/")
    let shared = zip(target, start).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: start.count - shared) + target[shared...].map(String.init)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }

  /// A path as people read it.
  public static func shown(_ path: String) -> String { DiskName.text(path) }

  static func isFolder(_ path: String) -> Bool { FileIdentity(path: path)?.kind == .folder }

  /// The name of a file for any file system, of a text that may be anything: without what Windows does not allow, on one
  /// line, without what a terminal obeys, and no longer than names may be.
  ///
  /// - Parameter limit: Bytes, for what stands before and behind it to find room in 255.
  public static func fileName(_ text: String, limit: Int = 200) -> String {
    let plain = String(text.onOneLine.map { "/\\:*?\"<>|\u{FFFD}".contains($0) ? "_" : $0 })
    guard plain.utf8.count > limit else { return plain.isEmpty ? "_" : plain }
    var kept = ""
    for character in plain {
      guard kept.utf8.count + character.utf8.count <= limit - 3 else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

/// The files of one command: all of them are written, or none.
public final class OutputBatch {
  private let files = FileBatch()
  /// Folders that were not there, the outermost first.
  private var made: [String] = []
  private var isCommitted = false
  private var isUsed = false

  public init() {}

  deinit {
    files.discard()
    if !isCommitted { for folder in made.reversed() { rmdir(folder) } }
  }

  /// Makes a folder if it is not there.
  ///
  /// - Throws: ``FormsError`` of code `output`.
  public func makeFolder(_ folder: String) throws {
    try reporting(folder) {}
    do {
      var missing: [String] = []
      var path = OutputPlace.resolved(folder)
      while !FileManager.default.fileExists(atPath: path), let slash = path.lastIndex(of: "/") {
        missing.insert(path, at: 0)
        path = String(path[..<slash])
      }
      for folder in missing {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        made.append(folder)
      }
      guard OutputPlace.isFolder(folder) else { throw CocoaError(.fileWriteFileExists) }
    } catch {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "无法建立文件夹，请检查路径和权限，以及是否已有同名文件",
          en:
            "the folder cannot be made; check the path, the permissions, and whether a file of that name is there"
        ), file: folder)
    }
  }

  /// Prepares a file beside its place.
  ///
  /// - Throws: ``FormsError`` of code `output`.
  public func write(_ bytes: [UInt8], to path: String) throws {
    try reporting(path) { try files.stage(path: path, bytes) }
  }

  public func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Prepares a workbook beside its place.
  ///
  /// - Throws: ``FormsError`` of code `output`, or `XLSXError` for what a workbook cannot hold.
  public func write(_ workbook: Workbook, to path: String) throws {
    try write(to: path) { try workbook.save(to: URL(fileURLWithPath: $0)) }
  }

  /// Lets a closure write a file beside its place.
  public func write(to path: String, _ body: (_ temporary: String) throws -> Void) throws {
    try reporting(path) { try files.stage(path: path, body) }
  }

  /// Puts everything in place.
  ///
  /// - Throws: ``FormsError`` of code `output`; then nothing has been written.
  public func commit() throws {
    // A command that writes nothing needs nothing for it.
    if isUsed { try reporting(nil) { try files.commit() } }
    isCommitted = true
  }

  /// Whether writing finds the descriptors that it needs: the system's own library for work on all cores ends the program
  /// where there are none.
  private static let hasDescriptors: Bool = {
    let opened = (0..<4).map { _ in dup(STDOUT_FILENO) }
    for descriptor in opened where descriptor >= 0 { close(descriptor) }
    return !opened.contains { $0 < 0 }
  }()

  private func reporting(_ path: String?, _ body: () throws -> Void) throws {
    isUsed = true
    guard Self.hasDescriptors else {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "系统允许同时打开的文件太少（ulimit -n），无法写入",
          en: "the system allows too few open files (ulimit -n); nothing is written"), file: path)
    }
    do {
      try body()
    } catch let error as XLSXError where error.code == .fileAccess {
      let isSpecial = error.cause == "Not an ordinary file"
      throw FormsError(
        .output,
        isSpecial
          ? LocalizedText(
            zh: "那里是管道、设备之类，不是普通文件，不能写入；请换一个文件名",
            en: "is no ordinary file and is not written to; choose another name")
          : LocalizedText(
            zh: "无法写入，请检查路径、权限、磁盘空间，以及文件是否正被打开",
            en:
              "cannot be written; check the path, the permissions, the disk's space, and that the file is not open"
          ),
        file: path ?? error.file)
    }
  }
}
