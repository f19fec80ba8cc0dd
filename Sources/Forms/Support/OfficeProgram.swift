import Foundation
import XLSX

/// LibreOffice, where it is installed: it turns documents of one format into another, one at a time, with a profile that is
/// thrown away, without a network, without macros, in bounded time. Nothing here needs it.
///
/// The profile is made at the first document and goes with this object, so that the documents after the first one start fast.
///
/// `@unchecked Sendable`: everything that changes is used under the lock.
public final class OfficeProgram: @unchecked Sendable {
  /// `nil` where it is not installed. Looked for once.
  private static let path = find(
    ["soffice", "libreoffice"],
    else: [
      "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
      "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ])

  public static let absent = LocalizedText(
    zh: "没有安装LibreOffice，不能写出PDF；请写成Word文件（.docx），再用Word或WPS另存为PDF",
    en:
      "LibreOffice is not installed, so no PDF can be written; write a .docx and save it as PDF in Word or WPS"
  )

  private let program: String
  private let seconds: Int
  private let lock = NSLock()
  private var folder: URL?

  /// - Parameter seconds: After so long a document is given up; the first start takes ten of a slow machine.
  /// - Returns: `nil` where LibreOffice is not installed.
  public init?(secondsPerFile seconds: Int = 120) {
    guard let path = Self.path else { return nil }
    program = path
    self.seconds = seconds
  }

  deinit {
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }

  /// Converts a document.
  ///
  /// - Parameters:
  ///   - ending: What the file is by its name: `docx`.
  ///   - target: The ending of the result: `pdf`.
  ///   - limit: A larger result (in bytes) is not taken.
  /// - Throws: ``FormsError`` of code `output` where no result comes out of it.
  public func convert(
    _ bytes: [UInt8], from ending: String, to target: String, limit: Int = IntakeLimits().fileSize
  ) throws -> [UInt8] {
    try lock.withLock {
      do {
        let folder = try workFolder()
        let source = folder.appendingPathComponent("form.\(ending)")
        let out = folder.appendingPathComponent("out")
        let result = out.appendingPathComponent("form.\(target)")
        defer {
          try? FileManager.default.removeItem(at: source)
          try? FileManager.default.removeItem(at: result)
        }
        try Data(bytes).write(to: source)
        guard try run(["--convert-to", target, "--outdir", out.path, source.path], in: folder) else {
          throw noResult
        }
        return try FileLoader.bytes(at: result.path, limit: limit)
      } catch {
        throw noResult
      }
    }
  }

  private var noResult: FormsError {
    FormsError(
      .output,
      LocalizedText(
        zh: "LibreOffice没有转换成功（\(seconds)秒之内没有结果，或无法写入临时文件夹）",
        en:
          "LibreOffice gave no result within \(seconds) seconds, or the folder for temporary files cannot be written"
      ))
  }

  private func workFolder() throws -> URL {
    if let folder { return folder }
    let made = FileManager.default.temporaryDirectory.appendingPathComponent(
      "huizong-office-\(UUID().uuidString)")
    let profile = made.appendingPathComponent("profile/user")
    do {
      try FileManager.default.createDirectory(
        at: made, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for folder in [profile, made.appendingPathComponent("out")] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      try Data(Self.settings.utf8).write(to: profile.appendingPathComponent("registrymodifications.xcu"))
    } catch {
      try? FileManager.default.removeItem(at: made)
      throw error
    }
    folder = made
    return made
  }

  /// No macros, and nothing that a document links to is fetched.
  private static let settings = """
    <?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
    <item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
    </oor:items>
    """

  /// Whether the program ended well, in time.
  private func run(_ arguments: [String], in folder: URL) throws -> Bool {
    let all =
      Self.network + [
        program, "-env:UserInstallation=\(folder.appendingPathComponent("profile").absoluteString)",
        "--headless", "--norestore", "--nolockcheck", "--nofirststartwizard", "--nodefault",
      ] + arguments
    let process = Self.process(Self.timer.map { [$0, "--kill-after=5", String(seconds)] + all } ?? all)
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
      "LANG": "C.UTF-8", "TMPDIR": folder.path,
    ]
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    // With a timer the program has ended by then, and what it started with it; without one this is what bounds it.
    if ended.wait(timeout: .now() + .seconds(seconds + 10)) == .timedOut {
      process.terminate()
      return false
    }
    return process.terminationStatus == 0
  }

  /// `timeout` of coreutils ends the program and what it starts.
  private static let timer = find(["timeout", "gtimeout"])

  /// What takes the network away; empty where an ordinary user may have no network of his own, which some kernels forbid.
  private static let network: [String] = {
    guard let unshare = find(["unshare"]) else { return [] }
    let words = [unshare, "-r", "-n"]
    let trial = process(words + ["true"])
    guard (try? trial.run()) != nil else { return [] }
    trial.waitUntilExit()
    return trial.terminationStatus == 0 ? words : []
  }()

  private static func process(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = words.first.map { URL(fileURLWithPath: $0) }
    process.arguments = Array(words.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Where a program is: in a folder of `PATH`, or in a usual place.
  private static func find(_ names: [String], else places: [String] = []) -> String? {
    let folders =
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
      + ["/usr/bin", "/usr/local/bin"]
    return (folders.flatMap { folder in names.map { "\(folder)/\($0)" } } + places)
      .first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
  }
}
