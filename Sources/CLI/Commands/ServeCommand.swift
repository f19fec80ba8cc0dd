import ArgumentParser
import Forms
import Foundation
import Web

/// `serve [DIR]`: the working folder as a page for the browser.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "serve", abstract: "在浏览器里做全年的工作")

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("the working folder", valueName: "文件夹"))
  var folder: String?

  @Option(help: "the port to listen at")
  var port: Int = 8642

  @Option(help: "the address to listen at")
  var listen: String = "127.0.0.1"

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Flag(help: "do not open the browser")
  var noOpen = false

  @Flag(help: "units send in by links of their own")
  var portal = false

  @Option(help: "the name by which browsers reach the proxy in front, any number of times")
  var behindProxy: [String] = []

  @Flag(help: "print a configuration of nginx for --behind-proxy")
  var printNginx = false

  mutating func validate() throws {
    guard 0...65_535 ~= port else { throw ValidationError(CommandLineWording.badPort(port)) }
  }

  mutating func run() throws {
    if printNginx {
      Output.write(ProxyConfiguration(names: behindProxy, port: port).text)
      return
    }
    let start = FileManager.default.currentDirectoryPath
    if let folder {
      let campaign = global.campaign
      try WorkingPlace.enter(folder, campaign: campaign, language: global.language)
      // A path was meant from where the command was called.
      if let campaign, !Campaign.builtinIDs.contains(campaign) {
        global.campaign = OutputPlace.relative(WorkingPlace.from(campaign), to: ".")
      }
    } else {
      try WorkingPlace.makeInbox()
    }
    let running = RunningPage()
    if let address = running.address {
      Output.show(ServeWording.alreadyOpen(address).text(in: global.language))
      if !noOpen { Browser.open(address) }
      return
    }
    var options = PageServer.Options()
    options.port = port
    options.listen = listen
    options.campaign = global.campaign
    options.previous = previous.map { $0.hasPrefix("/") ? $0 : start + "/" + $0 }
    if let path = options.previous {
      guard FileManager.default.fileExists(atPath: path) else {
        throw FormsError(
          .input, LocalizedText(zh: "没有这个文件，请检查路径", en: "there is no such file; check the path"),
          file: previous)
      }
    }
    options.language = global.language
    options.version = Version.number
    options.hasPortal = portal
    options.proxyNames = behindProxy
    options.place = FileManager.default.currentDirectoryPath
    // A campaign that cannot be used is mended on the page; one that was named and is not there is a wrong command line.
    if global.campaign != nil { _ = try global.loadCampaign() }
    let server = PageServer(options)
    let language = global.language
    let opens = !noOpen
    defer { running.forget() }
    try Waiting.forResult {
      try await server.run { address in
        running.note(address)
        RecentFolders.note(FileManager.default.currentDirectoryPath)
        Output.show(ServeWording.open(address).text(in: language))
        if opens { Browser.open(address) }
      }
    }
  }
}

enum ServeWording {
  static func open(_ address: String) -> LocalizedText {
    LocalizedText(zh: "请在浏览器中打开：\(address)", en: "Open in a browser: \(address)")
  }

  static func alreadyOpen(_ address: String) -> LocalizedText {
    LocalizedText(zh: "这个文件夹已经打开：\(address)", en: "This folder is open already: \(address)")
  }
}

/// The folder that the page is about.
enum WorkingPlace {
  nonisolated(unsafe) private static var start = ""

  /// Goes into a folder; one that is not there is laid out as `init` does.
  static func enter(_ folder: String, campaign: String?, language: Language) throws {
    start = FileManager.default.currentDirectoryPath
    if !FileManager.default.fileExists(atPath: folder) {
      var options = GlobalOptions()
      options.campaign = campaign
      options.language = language
      options.asOf = nil
      _ = try WorkingFolder.create(
        at: URL(fileURLWithPath: folder), campaign: try options.loadCampaign(),
        reference: try options.campaignReference(from: folder))
    }
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw FormsError(
        .input,
        LocalizedText(zh: "不是可以打开的文件夹，请检查路径", en: "is no folder that can be opened; check the path"),
        file: folder)
    }
    try makeInbox()
  }

  static func makeInbox() throws {
    let batch = OutputBatch()
    try batch.makeFolder(WorkingFolder.inbox)
    try batch.commit()
  }

  /// A path as it was meant where the command was called.
  static func from(_ path: String) -> String { path.hasPrefix("/") ? path : start + "/" + path }
}

/// The page of this folder that is open already, if there is one: a second start opens that.
struct RunningPage: Sendable {
  private static let file = ".huizong/page"

  /// `nil` where none is open.
  var address: String? {
    guard let text = try? String(contentsOfFile: Self.file, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.count == 2, let process = Int32(lines[0]), kill(process, 0) == 0,
      // Another program may have that number by now.
      (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8))?.hasPrefix("huizong") == true
    else { return nil }
    return lines[1]
  }

  func note(_ address: String) {
    mkdir(".huizong", 0o700)
    let descriptor = open(Self.file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let text = "\(getpid())\n\(address)\n"
    _ = text.utf8.withContiguousStorageIfAvailable { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  func forget() { unlink(Self.file) }
}

/// The browser of whoever sits at the machine.
enum Browser {
  static func open(_ address: String) {
    guard
      ProcessInfo.processInfo.environment["DISPLAY"] != nil
        || ProcessInfo.processInfo.environment["WAYLAND_DISPLAY"] != nil
    else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["xdg-open", address]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }
}

/// Runs work that waits for others in a command that does not.
enum Waiting {
  private final class Outcome: @unchecked Sendable { var result: Result<Void, any Error> = .success(()) }

  static func forResult(_ body: @escaping @Sendable () async throws -> Void) throws {
    let outcome = Outcome()
    let done = DispatchSemaphore(value: 0)
    Task {
      do { try await body() } catch { outcome.result = .failure(error) }
      done.signal()
    }
    done.wait()
    try outcome.result.get()
  }
}
