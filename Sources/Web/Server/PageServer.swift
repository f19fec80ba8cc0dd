import Forms
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// The page of one working folder: `huizong serve`.
public struct PageServer: Sendable {
  public struct Options: Sendable {
    public var port = 8642
    public var listen = "127.0.0.1"
    public var campaign: String?
    /// Last year's consolidated workbook, for the comparison.
    public var previous: String?
    /// Whether units send in by links of their own.
    public var hasPortal = false
    /// By which names browsers reach the proxy in front, which speaks TLS; empty without one.
    public var proxyNames: [String] = []
    public var language = Language.chinese
    /// Where the folder lies, as people know it.
    public var place = ""
    public var version = ""

    public init() {}
  }

  public let options: Options
  private let token = Access.newToken()

  public init(_ options: Options) { self.options = options }

  /// The address that opens the page, with the key in it.
  public func address(port: Int) -> String {
    let host = options.listen.contains(":") ? "[\(options.listen)]" : options.listen
    return "http://\(host):\(port)/?token=\(token)"
  }

  /// Serves the folder that the process works in, until it is told to stop.
  ///
  /// - Parameter onReady: Called with the address once the page can be opened.
  /// - Throws: ``FormsError`` (`output`) where the port is taken.
  public func run(onReady: @escaping @Sendable (String) -> Void) async throws {
    IncomingFile.removeLeftovers()
    let folder = OfficeFolder(campaignName: options.campaign, previous: options.previous)
    let bus = EventBus()
    let stopping = StopSignal()
    var logger = Logger(label: "huizong")
    logger.logLevel = .critical
    let ready = ReadyPort()
    let port = try options.port == 0 ? FreePort.find(at: options.listen) : options.port
    let people = try People()
    let isLocal = ["127.0.0.1", "::1", "localhost"].contains(options.listen)
    guard isLocal || !options.proxyNames.isEmpty, options.proxyNames.isEmpty || !people.names.isEmpty else {
      throw FormsError(
        .input,
        LocalizedText(
          zh: "让别的电脑打开，要先用 huizong user add 姓名 登记人员，再加 --behind-proxy 网址（前面由 nginx 加密，见 --print-nginx）",
          en:
            "other machines need people (huizong user add NAME) and --behind-proxy NAME, with nginx and TLS in front (--print-nginx)"
        ))
    }
    var access = Access(token: token, hosts: Self.hosts(options.listen, port: port), port: port)
    access.proxied = Set(options.proxyNames.map { $0.lowercased() })
    let desk = Desk(
      folder: folder, uploads: Uploads(), bus: bus, ledger: LedgerDesk(),
      decisions: DecisionDesk(folder: folder),
      access: access, portal: options.hasPortal ? try PortalLinks() : nil, people: people,
      version: options.version, language: options.language, place: options.place,
      stop: { stopping.fire() })
    let interruptions = [SIGTERM, SIGINT, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { stopping.fire() }
      source.activate()
      return source
    }
    let watcher = FolderWatcher(folders: [".", WorkingFolder.inbox]) {
      Task { await desk.changed() }
    }
    var http = HTTP1Channel.Configuration(idleTimeout: .seconds(60))
    http.httpDecoder = .init(
      maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
    let application = Application(
      responder: PageResponder(desk), server: .http1(configuration: http),
      configuration: .init(
        address: .hostname(options.listen, port: port), serverName: nil,
        availableConnectionsDelegate: .maximum(512, logger: logger)),
      onServerRunning: { channel in
        guard ready.isFirst() else { return }
        onReady(address(port: channel.localAddress?.port ?? port))
      }, logger: logger)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        // Pages that listen for changes would keep a graceful end waiting for ever.
        group.addTask { try await application.runService(gracefulShutdownSignals: []) }
        group.addTask { try await stopping.wait() }
        defer { group.cancelAll() }
        try await group.next()
        await bus.close()
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "端口\(options.port)已被占用，请用 --port 另选一个",
          en: "port \(options.port) is taken; choose another with --port"))
    } catch let error as IOError {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "无法在 \(options.listen):\(options.port) 打开页面（错误\(error.errnoCode)），请检查地址和端口",
          en:
            "the page cannot be opened at \(options.listen):\(options.port) (error \(error.errnoCode)); check address and port"
        ))
    }
    withExtendedLifetime((watcher, interruptions)) {}
  }

  private static func hosts(_ listen: String, port: Int) -> Set<String> {
    var names: Set<String> = ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)"]
    if port == 80 { names.formUnion(["127.0.0.1", "localhost", "[::1]"]) }
    names.insert((listen.contains(":") ? "[\(listen)]" : listen) + ":\(port)")
    return names
  }
}

/// Lets one task wait until another says that it is over.
final class StopSignal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: Void.self) }

  func fire() { continuation.finish() }

  func wait() async throws {
    for await _ in stream {}
    try Task.checkCancellation()
  }
}

/// A port that nobody listens at.
private enum FreePort {
  static func find(at address: String) throws -> Int {
    let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(
      host: address, port: 0
    ).wait()
    defer { try? channel.close().wait() }
    return channel.localAddress?.port ?? 8642
  }
}

/// The server tells of every time that it starts to listen; only the first is of interest.
private final class ReadyPort: @unchecked Sendable {
  private let lock = NSLock()
  private var isDone = false

  func isFirst() -> Bool {
    lock.withLock {
      defer { isDone = true }
      return !isDone
    }
  }
}
