import Forms
import Foundation
import HTTPTypes
import Hummingbird

/// What a unit sees and does by its own link: its forms, its file with the marks, sending it. Nothing of other units, nothing of
/// the folder.
struct Portal: Sendable {
  let desk: Desk
  let links: PortalLinks

  /// `/u/TOKEN`, `/u/TOKEN/blank`, `/u/TOKEN/files/NAME`, `/u/TOKEN/draft`, `/u/TOKEN/send`.
  ///
  /// - Throws: ``Problem``; a token that is none says no more than that the address is wrong.
  func answer(to exchange: Exchange, _ request: Request, refuse: () async -> Problem) async throws -> Answer {
    guard exchange.path.count >= 2 else { throw Problem.notFound }
    let token = exchange.path[1]
    guard let code = await links.unit(token) else { throw await refuse() }
    // A unit is not held up by somebody in the office who has stopped looking.
    await desk.folder.goOn()
    let view = try await desk.folder.view(asOf: nil)
    guard let unit = view.campaign.unit(code: code) else { throw Problem.notFound }
    let page = UnitPage(exchange: exchange, view: view, unit: unit, base: "/u/\(token)")
    switch (exchange.method, exchange.path.count > 2 ? exchange.path[2] : "") {
    case (.get, ""): return .html(page.home())
    case (.get, "blank"): return try await blank(exchange, view, unit)
    case (.put, "files") where exchange.path.count == 4:
      return try await receive(request, name: exchange.path[3], unit, exchange)
    case (.get, "draft"):
      let draft = try await self.draft(exchange.query["id"] ?? "", unit, view, sheet: exchange.query["sheet"])
      return .html(page.draft(draft))
    case (.post, "send"):
      let buffer = try await request.body.collect(upTo: 64 << 10)
      return try await send(RequestFields(Array(buffer.readableBytesView)), unit, view, exchange)
    default: throw Problem.notFound
    }
  }

  private func draft(
    _ id: String, _ unit: ReportingUnit, _ view: FolderView, sheet: String?
  ) async throws -> UnitDraft {
    let draft = try await Blocking.heavy {
      try UnitDraft.open(id, unit: unit, campaign: view.campaign, asOf: view.asOf, sheet: sheet)
    }
    guard let draft else {
      throw Problem(
        .notFound, "no-draft", zh: "没有这份文件，可能已经上报或者放得太久，请重新选择文件",
        en: "There is no such file; it may have been sent, or lain too long. Choose it again.")
    }
    return draft
  }

  private func blank(_ exchange: Exchange, _ view: FolderView, _ unit: ReportingUnit) async throws -> Answer {
    guard let form = exchange.query["form"].flatMap({ view.campaign.form($0) }),
      form.dueFrom.contains(unit.code)
    else { throw Problem.notFound }
    let campaign = view.campaign
    return try await Blocking.heavy {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "huizong-\(Access.newToken())")
      defer { try? FileManager.default.removeItem(at: folder) }
      guard let file = try TemplateSet(campaign).write([form], for: .unit(unit), to: folder).first else {
        throw Problem.notFound
      }
      return .download(
        Array(try Data(contentsOf: file)), name: file.lastPathComponent, type: MIMEType.xlsx)
    }
  }

  private func receive(
    _ request: Request, name: String, _ unit: ReportingUnit, _ exchange: Exchange
  ) async throws -> Answer {
    let id = Access.newToken()
    let place = "\(UnitDraft.path(id))-\(unit.code)"
    try await Blocking.light {
      UnitDraft.removeOld()
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    do {
      let size = exchange.headers[.contentLength].flatMap(Int.init)
      let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? name
      _ = try await desk.uploads.receive(
        request.body, name: last, declaredSize: size, into: place, limit: 20 << 20)
    } catch {
      try? FileManager.default.removeItem(atPath: place)
      throw error
    }
    return .json(["id": .string(id)], status: .created)
  }

  /// Into the office's inbox, in a folder of the unit's own.
  private func send(
    _ fields: RequestFields, _ unit: ReportingUnit, _ view: FolderView, _ exchange: Exchange
  ) async throws -> Answer {
    let draft = try await draft(fields["id"] ?? "", unit, view, sheet: nil)
    let toConfirm = draft.items.count { $0.finding.severity == .warning }
    let words = fields["words"] ?? ""
    guard toConfirm == 0 || !words.isEmpty else {
      throw Problem(
        .unprocessableContent, "words", zh: "有\(toConfirm)处需要核实，请写明原因后再上报",
        en: "\(toConfirm) figures have to be confirmed; say why they are right, then send.")
    }
    let inbox = desk.inbox
    let file = try await Blocking.light {
      let folder = try FreeName.makeFolders([OutputPlace.fileName(unit.name)], in: inbox)
      let place = "\(UnitDraft.path(draft.id))-\(unit.code)"
      let name = try FreeName.move(place + "/" + draft.name, into: folder, as: draft.name)
      Disk.sync(folder: folder)
      rmdir(place)
      return folder + "/" + name
    }
    await desk.record(
      [
        LedgerEntry(
          .portalReceived, file: file, hash: draft.hash, unit: unit.name, reason: words.isEmpty ? nil : words)
      ], by: unit.name)
    await desk.changed()
    return .json(
      [
        "name": .string(Downloads.name(of: file)), "sha256": .string(draft.hash),
        "time": .string(Ledger.time(Date())),
      ], status: .created)
  }
}
