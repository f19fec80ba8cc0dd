import Forms
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The HTTP interface, `/api/v1`: public, as the command line is.
struct Interface: Sendable {
  let desk: Desk

  func answer(to exchange: Exchange, _ request: Request) async throws -> Answer {
    let path = Array(exchange.path.dropFirst(2))
    guard exchange.path.starts(with: ["api", "v1"]), let name = path.first else { throw Problem.notFound }
    if name == "files", path.count > 1 { return try await files(exchange, request, Array(path.dropFirst())) }
    if name == "learn", path.count == 2, exchange.method == .put {
      return try await LearnRequests(desk: desk, exchange: exchange).take(request, named: path[1])
    }
    if name == "portal" { return try await portal(exchange, Array(path.dropFirst())) }
    guard path.count == 1 else { throw Problem.notFound }
    switch (exchange.method, name) {
    case (.get, "check"): return try await Results.check(desk.view(exchange), exchange)
    case (.get, "status"): return try await Results.status(desk.view(exchange), exchange)
    case (.get, "merge"): return try await Results.merge(desk.view(exchange), exchange)
    case (.get, "files"): return try await FileLists.json(desk.view(exchange), exchange)
    case (.get, "sheet"): return try await SheetFragment.answer(desk, exchange)
    case (.get, "cell"): return try await CellFigures.answer(desk, exchange)
    case (.get, "blank"): return try await Downloads.blank(desk, exchange)
    case (.get, "returns.zip"): return try await Downloads.returns(desk, exchange)
    case (.get, "return"): return try await Downloads.oneReturn(desk, exchange)
    case (.get, "letters"): return try await Downloads.letters(desk, exchange)
    case (.get, "report.xlsx"), (.get, "report.docx"), (.get, "report.pdf"), (.get, "report.html"):
      return try await Downloads.report(desk, exchange, ending: String(name.dropFirst(7)))
    case (.get, "chase.xlsx"): return try await Downloads.chase(desk, exchange)
    case (.get, "original"): return try await Downloads.original(desk, exchange)
    case (.get, "log"): return try await LogLists.json(desk, exchange)
    case (.get, "events"): return await events()
    case (.get, "progress"): return progress()
    case (.post, "check-stop"):
      await desk.folder.stop()
      await desk.bus.tell(.init(name: "change", data: "{}"))
      return progress()
    case (.post, "check-go-on"):
      await desk.folder.goOn()
      // Goes on by itself, whoever asks next.
      let (folder, day) = (desk.folder, exchange.asOf)
      Task { _ = try? await folder.view(asOf: day) }
      await desk.changed()
      return progress()
    case (.post, "corrections"):
      return try await DecisionRequests(desk: desk, exchange: exchange).correct(Self.body(of: request))
    case (.post, "corrections-withdraw"):
      return try await DecisionRequests(desk: desk, exchange: exchange).withdraw(Self.body(of: request))
    case (.post, "notes"):
      return try await DecisionRequests(desk: desk, exchange: exchange).explain(Self.body(of: request))
    case (.post, "notes-withdraw"):
      return try await DecisionRequests(desk: desk, exchange: exchange).withdrawNote(Self.body(of: request))
    case (.post, "marks"):
      return try await DecisionRequests(desk: desk, exchange: exchange).mark(Self.body(of: request))
    case (.post, "marks-withdraw"):
      return try await DecisionRequests(desk: desk, exchange: exchange).withdrawMark(Self.body(of: request))
    case (.post, "returns"): return try await Downloads.writeReturns(desk, exchange)
    case (.post, "report"): return try await Downloads.writeReport(desk, exchange)
    case (.post, "campaign"):
      return try await CampaignRequests(desk: desk, exchange: exchange).answer(Self.body(of: request))
    case (.post, "learn"):
      return try await LearnRequests(desk: desk, exchange: exchange).answer(Self.body(of: request))
    case (.post, "folders"):
      return try await FolderRequests(desk: desk, exchange: exchange).answer(Self.body(of: request))
    case (.post, "stop"):
      Task {
        try? await Task.sleep(for: .milliseconds(300))
        desk.stop()
      }
      return .json(["stopped": true])
    default:
      throw Self.names.contains(name) ? Problem.notAllowed : Problem.notFound
    }
  }

  /// The names of the interface, whatever the method.
  static let names: Set<String> = [
    "check", "status", "merge", "files", "sheet", "cell", "blank", "returns.zip", "return", "letters",
    "report.xlsx",
    "report.docx", "report.pdf", "report.html", "chase.xlsx", "original", "log", "events", "progress",
    "check-stop", "check-go-on",
    "corrections", "corrections-withdraw", "notes", "notes-withdraw", "marks", "marks-withdraw", "returns",
    "report", "campaign", "learn", "folders", "stop", "health",
  ]

  private func files(_ exchange: Exchange, _ request: Request, _ rest: [String]) async throws -> Answer {
    if exchange.method == .put {
      let size = exchange.headers[.contentLength].flatMap(Int.init)
      let received = try await desk.uploads.receive(
        request.body, name: rest.joined(separator: "/"), declaredSize: size, into: desk.inbox)
      await desk.record(
        [LedgerEntry(.fileReceived, file: received.file, hash: received.hash)], by: exchange.person)
      await desk.changed()
      return .json(
        ["file": .string(received.file), "sha256": .string(received.hash), "size": .integer(received.size)],
        status: .created)
    }
    guard rest.count == 1, exchange.method == .post else { throw Problem.notAllowed }
    let requests = FileMoves(desk: desk, exchange: exchange)
    switch rest[0] {
    case "remove": return try await requests.remove(Self.body(of: request))
    case "restore": return try await requests.restore(Self.body(of: request))
    default: throw Problem.notFound
    }
  }

  /// `POST /portal/units/CODE/link`: a new link, the old one dead; `DELETE`: none.
  private func portal(_ exchange: Exchange, _ rest: [String]) async throws -> Answer {
    guard let links = desk.portal, rest.count == 3, rest[0] == "units", rest[2] == "link",
      let unit = try await desk.view(exchange).campaign.unit(code: rest[1])
    else { throw Problem.notFound }
    switch exchange.method {
    case .post:
      let token = try await links.make(for: unit.code)
      await desk.record([LedgerEntry(.portalLink, unit: unit.name)], by: exchange.person)
      return .json(
        ["unit": .string(unit.name), "path": .string("/u/\(token)")], status: .created)
    case .delete:
      guard try await links.revoke(unit.code) else {
        throw Problem(.notFound, "no-link", zh: "这个单位没有链接", en: "This unit has no link.")
      }
      await desk.record([LedgerEntry(.portalLinkRevoked, unit: unit.name)], by: exchange.person)
      return .json(["revoked": true])
    default: throw Problem.notAllowed
    }
  }

  /// A decision, a name: never more than a few lines.
  private static func body(of request: Request) async throws -> RequestFields {
    do {
      let buffer = try await request.body.collect(upTo: 1 << 20)
      return try RequestFields(Array(buffer.readableBytesView))
    } catch is NIOTooManyBytesError {
      throw Problem(.contentTooLarge, "too-large", zh: "内容太多", en: "That is too much at once.")
    }
  }

  /// Server-sent events: something in the folder has changed.
  private func events() async -> Answer {
    guard let (id, stream) = await desk.bus.listen() else {
      return .json(
        Problem(.serviceUnavailable, "busy", zh: "打开的页面太多", en: "Too many pages are open.").json,
        status: .serviceUnavailable)
    }
    let bus = desk.bus
    return Answer(
      type: "text/event-stream",
      body: ResponseBody { writer in
        do {
          try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
          for await event in Self.withPulse(stream) {
            let text = event.map { "event: \($0.name)\ndata: \($0.data)\n\n" } ?? ": \n\n"
            try await writer.write(ByteBuffer(string: text))
          }
        } catch {
          await bus.leave(id)
          throw error
        }
        await bus.leave(id)
        try await writer.finish(nil)
      })
  }

  /// A sign of life now and then, so that a closed window is noticed.
  private static func withPulse(_ stream: AsyncStream<EventBus.Event>) -> AsyncStream<EventBus.Event?> {
    AsyncStream { continuation in
      let events = Task {
        for await event in stream { continuation.yield(event) }
        continuation.finish()
      }
      let pulse = Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .seconds(15))
          continuation.yield(nil)
        }
      }
      continuation.onTermination = { _ in
        events.cancel()
        pulse.cancel()
      }
    }
  }

  private func progress() -> Answer {
    let look = desk.folder.look
    let (progress, isStopped) = (look.progress, look.isStopped)
    return .json([
      "done": progress.map { .integer($0.done) } ?? nil, "total": progress.map { .integer($0.total) } ?? nil,
      "inside": progress.map { .integer($0.inside) } ?? nil, "stopped": .bool(isStopped),
    ])
  }
}
