import Foundation
import XLSX

/// Lets LibreOffice turn formats that are not read here into ones that are, where it is installed: one file at a time, with a
/// profile that is thrown away, without a network, in bounded time.
///
/// `@unchecked Sendable`: everything that changes is used under the lock.
final class OfficeConverter: @unchecked Sendable {
  /// Where the program is; `nil` where it is not installed.
  static let program: String? = {
    let folders =
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
      + ["/usr/bin", "/usr/local/bin", "/opt/libreoffice/program"]
    return folders.lazy.flatMap { ["\($0)/soffice", "\($0)/libreoffice"] }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  /// Seconds for one file: the first start takes ten of a slow machine, the rest is the document.
  private static let seconds = 60
  private let lock = NSLock()
  /// Made at the first file, and thrown away with the converter.
  private var folder: URL?
  private let limits: IntakeLimits

  init(limits: IntakeLimits) { self.limits = limits }

  deinit {
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }

  /// What a format is turned into; `nil` for one that is left alone.
  static func target(of format: FileFormat) -> FileFormat? {
    switch format {
    case .doc, .rtf, .odt, .pages: .docx
    // Of .xls only what is older than Excel 95 comes here.
    case .numbers, .xls: .xlsx
    default: nil
    }
  }

  /// The file in the format that ``target(of:)`` names; `nil` where it cannot be had.
  func converted(_ bytes: [UInt8], from format: FileFormat) -> [UInt8]? {
    guard let program = Self.program, let target = Self.target(of: format) else { return nil }
    return lock.withLock {
      guard let folder = workFolder() else { return nil }
      let source = folder.appendingPathComponent("form.\(format.rawValue)")
      let result = folder.appendingPathComponent("out/form.\(target.rawValue)")
      defer {
        try? FileManager.default.removeItem(at: source)
        try? FileManager.default.removeItem(at: result)
      }
      guard (try? Data(bytes).write(to: source)) != nil,
        run(
          program,
          ["--convert-to", target.rawValue, "--outdir", result.deletingLastPathComponent().path, source.path])
      else { return nil }
      return try? FileLoader.bytes(at: result.path, limit: limits.fileSize)
    }
  }

  private func workFolder() -> URL? {
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
      return nil
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

  /// `timeout` ends the program and what it starts; `unshare` takes the network away.
  private func run(_ program: String, _ arguments: [String]) -> Bool {
    guard let folder else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["timeout", "--kill-after=5", String(Self.seconds)] + (Self.canUnshare ? ["unshare", "-r", "-n"] : [])
      + [
        program, "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore",
        "--nolockcheck",
        "--nofirststartwizard",
      ] + arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
      "LANG": "C.UTF-8", "TMPDIR": folder.path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Whether an ordinary user may have a network of his own here; some kernels forbid it.
  private static let canUnshare: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-r", "-n", "true"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
