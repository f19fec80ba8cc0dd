import Forms
import Foundation
import XLSX

#if canImport(Glibc)
  import Glibc
#endif

/// The working folders that were opened on this machine, the last one first.
public enum RecentFolders {
  private static let most = 12

  /// `~/.local/state/huizong/folders`, a line each.
  private static var file: String? {
    let environment = ProcessInfo.processInfo.environment
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/huizong/folders" }
    return environment["HOME"].map { $0 + "/.local/state/huizong/folders" }
  }

  /// Those that are still there and say by themselves which campaign counts in them.
  static var paths: [String] {
    guard let file, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map(String.init).filter(isWorkingFolder)
  }

  static func isWorkingFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + WorkingFolder.campaignFile)
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
    guard !FileManager.default.fileExists(atPath: path) else { throw Self.taken(path) }
    return path
  }

  private static func taken(_ path: String) -> Problem {
    Problem(
      .conflict, "taken", zh: "“\(path)”已经存在，请换一个名称", en: "“\(path)” is there already; choose another name.")
  }

  /// Makes a folder and fills it; where that fails, nothing is left of it. A folder that is there already, or that somebody
  /// else makes meanwhile, is never touched.
  ///
  /// - Throws: ``Problem``
  static func make(_ path: String, fill: () throws -> Void) throws {
    guard DiskPath.with(path, { mkdir($0, 0o755) }) == 0 else {
      throw errno == EEXIST ? taken(path) : Disk.problem(errno, writing: path)
    }
    do { try fill() } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
  }

  /// Starts the program in a folder.
  ///
  /// - Returns: The address of its page; that of the page that is open already, if one is.
  static func open(_ path: String, language: Language) throws -> String {
    guard RecentFolders.isWorkingFolder(path) else {
      throw Problem(
        .notFound, "no-folder", zh: "“\(path)”里没有 活动.yaml，不知道用哪个活动；请在终端用 huizong serve 打开，并用 --campaign 写明",
        en:
          "“\(path)” has no 活动.yaml to say which campaign counts; open it in a terminal with huizong serve and name one by --campaign."
      )
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
    guard let text = line(from: output.fileHandleForReading, within: patience),
      let start = text.range(of: "http://127.0.0.1:")
    else {
      process.terminate()
      throw failed
    }
    return text[start.lowerBound...].trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Seconds until a program that is started has said where its page is.
  private static let patience = 20.0

  /// The first line that comes, or what came until the end.
  ///
  /// - Returns: `nil` where it did not come in time.
  static func line(from handle: FileHandle, within seconds: Double) -> String? {
    let end = Date(timeIntervalSinceNow: seconds)
    var bytes: [UInt8] = []
    while !bytes.contains(UInt8(ascii: "\n")) {
      var waiting = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&waiting, 1, Int32(max(0, end.timeIntervalSinceNow) * 1_000))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      let more = handle.availableData
      if more.isEmpty { break }
      bytes += more
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
