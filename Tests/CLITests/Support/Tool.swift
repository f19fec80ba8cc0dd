import Foundation

/// Runs the program that was built with the tests, as a user would: a process of its own, in a folder.
struct Tool {
  struct Result {
    var exitCode: Int32
    var output: String
    var complaint: String

    /// stderr as lines, without the empty ones.
    var complaintLines: [Substring] { complaint.split(whereSeparator: \.isNewline) }
  }

  var folder: URL

  /// The program stands beside the test bundle.
  private static let executable: URL = {
    let bundle = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    let beside = bundle.appendingPathComponent("huizong")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : packageFolder.appendingPathComponent(".build/debug/huizong")
  }()

  static let packageFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  func run(_ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    // Files rather than pipes: a pipe fills up, and then both processes wait for each other.
    let outputFile = try TemporaryFolder.file()
    let errorFile = try TemporaryFolder.file()
    defer {
      try? FileManager.default.removeItem(at: outputFile)
      try? FileManager.default.removeItem(at: errorFile)
    }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    return Result(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      complaint: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}

/// A folder of its own for one test, removed when the test ends.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var tool: Tool { Tool(folder: url) }

  @discardableResult
  func write(_ bytes: Data, as name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return file
  }

  /// Every file below the folder, by relative path.
  var files: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []).sorted().filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: url.appendingPathComponent($0).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// A new empty file outside every folder of a test.
  static func file() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try Data().write(to: url)
    return url
  }
}
