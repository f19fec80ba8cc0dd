import Forms
import Foundation
import XLSX

/// The campaign file as somebody edits it: the loader's own complaints, the difference, and saving.
struct CampaignRequests {
  let desk: Desk
  let exchange: Exchange

  /// `{"text", "before", "save"}`: what the loader says of the text; saved only if it says nothing and the file is still the
  /// one that was edited.
  func answer(_ fields: RequestFields) async throws -> Answer {
    guard let text = fields.whole("text"), !text.isEmpty else {
      throw Problem(.unprocessableContent, "missing", zh: "内容是空的", en: "There is nothing in it.")
    }
    let path = WorkingFolder.campaignFile
    let now = try await Blocking.light { try? String(contentsOfFile: path, encoding: .utf8) } ?? ""
    let complaint = try await Blocking.heavy { try Self.complaint(about: text) }
    let changes = TextChanges(from: now, to: text)
    guard complaint == nil, fields["save"] == "true" else {
      return .json([
        "complaint": complaint.map { .string($0.text(in: exchange.language)) } ?? .null,
        "line": complaint?.line.map { .integer($0) } ?? .null,
        "changes": .array(
          changes.lines.map { ["kind": .string($0.kind.rawValue), "text": .string($0.text)] }),
      ])
    }
    guard fields.whole("before") == now else {
      throw Problem(
        .conflict, "changed", zh: "活动.yaml 在此期间被别处改过，没有保存；请复制您的改动并刷新",
        en: "The file was changed elsewhere meanwhile and was not saved; copy your changes and reload.")
    }
    try await Blocking.light {
      let batch = OutputBatch()
      try batch.write(text, to: path)
      try batch.commit()
      Disk.sync(folder: ".")
    }
    let hash = try MessageDigest(.sha256).hash(Array(text.utf8)).hexadecimal
    await desk.record(
      [
        LedgerEntry(
          .campaignChanged, file: path, hash: hash, new: changes.summary, reason: fields["reason"])
      ], by: fields["by"] ?? exchange.person)
    await desk.changed()
    return .json(["saved": true])
  }

  /// What the loader would refuse; the text is loaded in its own place, under another name.
  private static func complaint(about text: String) throws -> FormsError? {
    let name = ".huizong-\(Access.newToken()).yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: name))
    defer { unlink(name) }
    do {
      _ = try Campaign.load(
        name, workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
      return nil
    } catch var error as FormsError {
      if error.file?.hasSuffix(name) == true { error.file = WorkingFolder.campaignFile }
      return error
    }
  }
}

/// The lines that differ between two texts.
struct TextChanges {
  enum Kind: String {
    case same, added, removed
  }

  struct Line {
    var kind: Kind
    var text: String
  }

  private(set) var lines: [Line] = []

  /// Beyond that many lines only what stands at both ends alike is found.
  private static let most = 3_000

  /// - Complexity: O(lines × changes)
  init(from old: String, to new: String) {
    let old = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard old.count <= Self.most, new.count <= Self.most else {
      lines = old.map { .init(kind: .removed, text: $0) } + new.map { .init(kind: .added, text: $0) }
      return
    }
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: [Int: String] = [:]
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, let text, _): added[offset] = text
      }
    }
    var position = 0
    for (offset, text) in old.enumerated() {
      if removed.contains(offset) {
        lines.append(.init(kind: .removed, text: text))
        continue
      }
      while let inserted = added[position] {
        lines.append(.init(kind: .added, text: inserted))
        position += 1
      }
      lines.append(.init(kind: .same, text: text))
      position += 1
    }
    while let inserted = added[position] {
      lines.append(.init(kind: .added, text: inserted))
      position += 1
    }
  }

  /// `+3 −1`
  var summary: String {
    "+\(lines.count { $0.kind == .added }) −\(lines.count { $0.kind == .removed })"
  }
}
