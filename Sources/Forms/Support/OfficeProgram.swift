import Foundation

/// LibreOffice, where it is installed: it turns documents of one format into another. Nothing here needs it; where it is not,
/// whoever asks for a PDF is told so.
public struct OfficeProgram: Sendable {
  private let path: String

  /// `nil` where it is not installed. Looked for once.
  public static let installed: OfficeProgram? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let places = folders.flatMap { ["\($0)/soffice", "\($0)/libreoffice"] } + usualPlaces
    return places.first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
      .map(OfficeProgram.init)
  }()

  private static let usualPlaces = [
    "/usr/lib/libreoffice/program/soffice", "/usr/local/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
  ]

  private init(path: String) { self.path = path }

  public static let absent = LocalizedText(
    zh: "没有安装LibreOffice，不能写出PDF；请写成Word文件（.docx），再用Word或WPS另存为PDF",
    en:
      "LibreOffice is not installed, so no PDF can be written; write a .docx and save it as PDF in Word or WPS"
  )

  /// Converts a file, in a folder and with a profile that are thrown away afterwards.
  ///
  /// - Parameters:
  ///   - ending: What the file is by its name: `docx`.
  ///   - target: The ending of the result: `pdf`.
  ///   - seconds: After so long it is given up.
  /// - Throws: ``FormsError`` of code `output` where no result comes out of it.
  public func convert(_ bytes: [UInt8], from ending: String, to target: String, within seconds: Int = 120)
    throws
    -> [UInt8]
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let input = folder.appendingPathComponent("in.\(ending)")
      let output = folder.appendingPathComponent("out")
      try Data(bytes).write(to: input)
      try run(
        [
          "-env:UserInstallation=\(folder.appendingPathComponent("profile").absoluteString)", "--headless",
          "--norestore", "--nolockcheck", "--nodefault", "--convert-to", target, "--outdir", output.path,
          input.path,
        ], within: seconds)
      return Array(try Data(contentsOf: output.appendingPathComponent("in.\(target)")))
    } catch {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "LibreOffice没有转换成功（\(seconds)秒之内没有结果，或无法写入临时文件夹）",
          en:
            "LibreOffice gave no result within \(seconds) seconds, or the folder for temporary files cannot be written"
        ))
    }
  }

  /// The program starts others; `timeout` ends them with it.
  private func run(_ arguments: [String], within seconds: Int) throws {
    let process = Process()
    let timer = "/usr/bin/timeout"
    if FileManager.default.isExecutableFile(atPath: timer) {
      process.executableURL = URL(fileURLWithPath: timer)
      process.arguments = ["--kill-after=5", String(seconds), path] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }
}
