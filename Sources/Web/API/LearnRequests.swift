import Forms
import Foundation
import Hummingbird
import XLSX

/// A campaign from a notice and blank forms, as the command `learn` reads them: what it asks is answered here, and what comes
/// of it becomes a working folder of its own.
struct LearnRequests {
  let desk: Desk
  let exchange: Exchange

  /// What was dropped, until a folder is made of it.
  private static let drafts = IncomingFile.waitingFolder + "/learn"
  private static let most = 40

  private static var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: drafts)) ?? []).filter { !$0.hasPrefix(".") }
      .sorted()
  }

  /// `PUT /learn/NAME`: another file of the same name takes its place.
  func take(_ request: Request, named name: String) async throws -> Answer {
    try FolderRequests.holdAlone(desk)
    guard let last = FreeName.parts(of: name)?.last else {
      throw Problem(
        .unprocessableContent, "name", zh: "文件名不能用，请改名后再传", en: "The file's name cannot be used; rename it.")
    }
    let files = Self.files
    guard files.contains(last) || files.count < Self.most else {
      throw Problem(.contentTooLarge, "too-many", zh: "文件太多", en: "Too many files.")
    }
    let size = exchange.headers[.contentLength].flatMap(Int.init)
    _ = try await Blocking.light {
      mkdir(IncomingFile.waitingFolder, 0o700)
      return try FreeName.makeFolders(["learn"], in: IncomingFile.waitingFolder)
    }
    // Only a file that has come whole takes the place of the one that is there.
    let received = try await desk.uploads.receive(
      request.body, name: Access.newToken() + ".part", declaredSize: size, into: IncomingFile.waitingFolder)
    try await Blocking.light {
      let path = Self.drafts + "/" + last
      guard DiskPath.with(received.file, { old in DiskPath.with(path) { rename(old, $0) } }) == 0 else {
        let code = errno
        unlink(received.file)
        throw Disk.problem(code, writing: path)
      }
    }
    return .json(["files": .array(Self.files.map(JSONValue.string))], status: .created)
  }

  /// `{"forget": NAME}`, or `{"answers": [{"kind": "reply" or "text", "name", "value"}], "folder"}`: what is understood with
  /// these answers, and which of them are left out and why; with `folder`, the working folder is made, of all the answers.
  func answer(_ fields: RequestFields) async throws -> Answer {
    try FolderRequests.holdAlone(desk)
    if let name = fields["forget"] {
      if Self.files.contains(name) { unlink(Self.drafts + "/" + name) }
      return .json(["files": .array(Self.files.map(JSONValue.string))])
    }
    let files = Self.files
    guard !files.isEmpty else { return .json(["files": .array([])]) }
    let replies = Self.replies(fields)
    let texts = Dictionary(
      fields.parts.filter { $0["kind"] == "text" }.compactMap { part in
        part["name"].flatMap { name in part.whole("value").map { (name, $0) } }
      }, uniquingKeysWith: { _, last in last })
    guard let folder = fields["folder"] else {
      let language = exchange.language
      return .json(try await Blocking.heavy { try Self.understood(files, replies, texts, language) })
    }
    let path = try FolderShelf(place: desk.place).path(ofNew: folder)
    let language = exchange.language
    try await Blocking.heavy { try Self.make(path, files, replies, texts) }
    for name in files { unlink(Self.drafts + "/" + name) }
    await desk.record([LedgerEntry(.folderMade, file: path)], by: fields["by"] ?? exchange.person)
    let address = try await Blocking.light { try FolderShelf.open(path, language: language) }
    return .json(["folder": .string(path), "address": .string(address)], status: .created)
  }

  /// What somebody says, by the ids of questions and of what may be told unasked. What is empty says nothing.
  static func replies(_ fields: RequestFields) -> LearnReplies {
    var replies = LearnReplies()
    for part in fields.parts where part["kind"] == "reply" {
      if let id = part["name"], let value = part["value"] { replies.set(id, to: [value]) }
    }
    return replies
  }

  private static func learned(_ files: [String], _ replies: LearnReplies) throws -> LearnedCampaign {
    do {
      var learned = try LearnedCampaign(files: files.map { drafts + "/" + $0 }, answers: replies)
      try learned.holdChecks()
      return learned
    } catch let error as FormsError {
      throw named(error)
    }
  }

  /// With the file as its owner calls it.
  private static func named(_ error: FormsError) -> FormsError {
    var error = error
    error.file = error.file.map { ($0 as NSString).lastPathComponent }
    return error
  }

  private static func understood(
    _ files: [String], _ replies: LearnReplies, _ texts: [String: String], _ language: Language
  ) throws -> JSONValue {
    var replies = replies
    replies.leavesOut = true
    let learned: LearnedCampaign
    do {
      learned = try Self.learned(files, replies)
    } catch let error as FormsError {
      // A file that cannot be read is seen in the list, from where it can be taken away.
      return [
        "files": .array(files.map(JSONValue.string)), "complaint": .string(error.text(in: language)),
      ]
    }
    let trial = IncomingFile.waitingFolder + "/trial-" + Access.newToken()
    defer { try? FileManager.default.removeItem(atPath: trial) }
    try learned.write(to: trial, texts: texts)
    var complaint: FormsError?
    var pictures: [JSONValue] = []
    do {
      let campaign = try Campaign.load(trial, workingDirectory: URL(fileURLWithPath: "."))
      pictures = try campaign.forms.map { form in
        let picture = try BlankPreview.picture(of: form, campaign)
        return [
          "label": .string(form.label), "title": .string(form.title), "css": .string(picture?.css ?? ""),
          "html": .string(picture?.html ?? ""),
        ]
      }
    } catch let error as FormsError {
      complaint = named(error)
    }
    guard case .object(let members) = learned.json(in: language) else { return .null }
    let more: [JSONValue.Member] = [
      .init("files", .array(files.map(JSONValue.string))),
      .init("unitNames", .string(learned.knownUnits.joined(separator: "\n"))),
      .init("officeName", .string(learned.knownOffice ?? "")),
      .init("complaint", complaint.map { .string($0.text(in: language)) } ?? .null),
      .init("pictures", .array(pictures)),
      .init(
        "leftOut",
        .array(
          learned.leftOut.map { ["id": .string($0.id), "why": .string($0.why.message.text(in: language))] })),
      .init(
        "texts",
        .array(
          learned.texts.map { ["name": .string($0.name), "text": .string(texts[$0.name] ?? $0.text)] })),
    ]
    return .object(members + more)
  }

  /// 活动 holds what was learned; 活动.yaml stands on it, and takes what is changed later.
  private static func make(
    _ path: String, _ files: [String], _ replies: LearnReplies, _ texts: [String: String]
  ) throws {
    let learned = try learned(files, replies)
    try FolderShelf.make(path) {
      let name = "活动"
      try learned.write(to: path + "/" + name, texts: texts)
      let campaign = try Campaign.load(path + "/" + name, workingDirectory: URL(fileURLWithPath: "/"))
      _ = try WorkingFolder.create(at: URL(fileURLWithPath: path), campaign: campaign, reference: name)
      // What it was learned from stays with it.
      try FileManager.default.createDirectory(atPath: path + "/通知", withIntermediateDirectories: true)
      for file in files {
        try FileManager.default.copyItem(atPath: drafts + "/" + file, toPath: path + "/通知/" + file)
      }
    }
  }
}
