import Forms
import Foundation

/// The working folders that were opened on this machine, the last one first.
public enum RecentFolders {
  private static let most = 12

  /// `~/.local/state/huizong/folders`, a line each.
  private static var file: String? {
    let environment = ProcessInfo.processInfo.environment
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/huizong/folders" }
    return environment["HOME"].map { $0 + "/.local/state/huizong/folders" }
  }

  /// Those that are still there.
  static var paths: [String] {
    guard let file, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map(String.init).filter(isWorkingFolder)
  }

  static func isWorkingFolder(_ path: String) -> Bool {
    [WorkingFolder.campaignFile, WorkingFolder.inbox].contains {
      FileManager.default.fileExists(atPath: path + "/" + $0)
    }
  }

  /// Puts a folder first. That a list cannot be written is no reason to do less.
  public static func note(_ path: String) {
    guard let file, !path.contains("\n") else { return }
    let list = ([path] + paths.filter { $0 != path }).prefix(most)
    let folder = (file as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? Data((list.joined(separator: "\n") + "\n").utf8).write(
      to: URL(fileURLWithPath: file), options: .atomic)
  }
}

/// Another working folder: made beside this one, opened by a program of its own.
struct FolderShelf {
  /// The working folder of this page.
  let place: String

  /// Where new folders are made: beside a working folder, inside a place that is none.
  var parent: String {
    FileManager.default.fileExists(atPath: WorkingFolder.campaignFile)
      ? (place as NSString).deletingLastPathComponent : place
  }

  /// The path of a folder that is made.
  ///
  /// - Throws: ``Problem`` for a name that is none, or that is taken.
  func path(ofNew name: String) throws -> String {
    guard let parts = FreeName.parts(of: name), parts.count == 1 else {
      throw Problem(
        .unprocessableContent, "name", zh: "文件夹名不能用，请换一个",
        en: "The folder's name cannot be used; choose another.")
    }
    let path = (parent as NSString).appendingPathComponent(parts[0])
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problem(
        .conflict, "taken", zh: "“\(path)”已经存在，请换一个名称", en: "“\(path)” is there already; choose another name."
      )
    }
    return path
  }

  /// Starts the program in a folder.
  ///
  /// - Returns: The address of its page; that of the page that is open already, if one is.
  static func open(_ path: String, language: Language) throws -> String {
    guard RecentFolders.isWorkingFolder(path) else {
      throw Problem(
        .notFound, "no-folder", zh: "“\(path)”里没有 活动.yaml，也没有 收件，不是工作文件夹",
        en: "“\(path)” has neither 活动.yaml nor 收件 and is no working folder.")
    }
    let failed = Problem(
      .internalServerError, "not-opened", zh: "没有打开，请在终端运行：huizong serve \(path)",
      en: "It could not be opened; run in a terminal: huizong serve \(path)")
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
      throw failed
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["serve", path, "--no-open", "--port", "0", "--lang", language.rawValue]
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw failed }
    var text = ""
    // One line, which ends with the address.
    while !text.contains("\n") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { break }
      text += String(decoding: bytes, as: UTF8.self)
    }
    guard let start = text.range(of: "http://127.0.0.1:") else { throw failed }
    return text[start.lowerBound...].trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
