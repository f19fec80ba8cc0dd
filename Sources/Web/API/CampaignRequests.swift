import Forms
import Foundation
import XLSX

/// The campaign file as somebody edits it: the loader's own complaints, the difference, and saving.
struct CampaignRequests {
  let desk: Desk
  let exchange: Exchange

  /// `{"text", "before", "save", "change", …}`: what the loader says of the text, with one change of the tables made in it;
  /// saved only if it says nothing and the file is still the one that was edited.
  func answer(_ fields: RequestFields) async throws -> Answer {
    guard var text = fields.whole("text"), !text.isEmpty else {
      throw Problem(.unprocessableContent, "missing", zh: "内容是空的", en: "There is nothing in it.")
    }
    let path = WorkingFolder.campaignFile
    let now = try await Blocking.light { try CampaignFile.text() } ?? ""
    let given = text
    let change = try CampaignChange(fields)
    let (changed, result) = try await Blocking.heavy { try Self.outcome(of: change, on: given) }
    text = changed
    let changes = TextChanges(from: now, to: text)
    guard case .success(let campaign) = result, change == nil, fields["save"] == "true" else {
      var complaint: FormsError?
      if case .failure(let error) = result { complaint = error }
      let tables = try? result.get()
      return .json([
        "complaint": complaint.map { .string($0.text(in: exchange.language)) } ?? .null,
        "line": complaint?.line.map { .integer($0) } ?? .null,
        "text": .string(text),
        "note": tables.flatMap { change?.note(on: $0) }.map { .string(exchange.say($0)) } ?? .null,
        "tables": tables.map { .string(CampaignTables(exchange: exchange, campaign: $0, text: text).html) }
          ?? .null,
        "changes": .array(
          changes.lines.map { ["kind": .string($0.kind.rawValue), "text": .string($0.text)] }),
      ])
    }
    guard fields.whole("before") == now else {
      throw Problem(
        .conflict, "changed", zh: "活动.yaml 在此期间被别处改过，没有保存；请复制您的改动并刷新",
        en: "The file was changed elsewhere meanwhile and was not saved; copy your changes and reload.")
    }
    let saved = text
    try await Blocking.light {
      let batch = OutputBatch()
      try batch.write(saved, to: path)
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
    return .json(["saved": true, "text": .string(saved), "title": .string(campaign.title)])
  }

  /// The text with the change in it, and what the loader makes of it. A change that it refuses is not made.
  static func outcome(of change: CampaignChange?, on text: String) throws -> (
    String, Result<Campaign, FormsError>
  ) {
    guard let change else { return (text, try load(text)) }
    let before = try load(text)
    guard case .success(let campaign) = before else { return (text, before) }
    do {
      let changed = try change.applied(to: text, campaign: campaign)
      let after = try load(changed)
      guard case .success(let made) = after else { return (text, after) }
      // What stands in the campaign below cannot be taken out of this file.
      if case .target(let table, let unit, nil) = change, changed == text, made.hasTarget(table, of: unit) {
        throw FormsError(
          .campaign,
          LocalizedText(
            zh: "“\(unit)”的指标来自所依据的活动，这里只能改成别的数，不能去掉",
            en:
              "the target of \"\(unit)\" comes from the campaign that this one stands on; it can be changed here, not taken away"
          ))
      }
      return (changed, after)
    } catch let error as FormsError {
      return (text, .failure(error))
    }
  }

  /// The text is loaded in its own place, under another name.
  static func load(_ text: String, in folder: String = ".") throws -> Result<Campaign, FormsError> {
    let name = (folder == "." ? "" : folder + "/") + ".huizong-\(Access.newToken()).yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: name))
    defer { unlink(name) }
    do {
      return .success(
        try Campaign.load(
          name, workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath)))
    } catch var error as FormsError {
      if error.file?.hasSuffix(name) == true { error.file = WorkingFolder.campaignFile }
      return .failure(error)
    }
  }
}

extension CampaignChange {
  /// - Returns: `nil` where the request names none.
  /// - Throws: ``Problem``
  fileprivate init?(_ fields: RequestFields) throws {
    guard let kind = fields["change"] else { return nil }
    let value = fields["value"] ?? ""
    func unit() throws -> String { try fields.required("unit", LocalizedText(zh: "单位", en: "The unit")) }
    func table() throws -> String { try fields.required("table", LocalizedText(zh: "表", en: "The form")) }
    switch kind {
    case "rename": self = .rename(unit: try unit(), to: value)
    case "add":
      self = .add(
        unit: try fields.required("value", LocalizedText(zh: "单位名称", en: "The unit's name")),
        group: fields["group"])
    case "drop": self = .drop(unit: try unit())
    case "restore": self = .restore(unit: try unit())
    case "aliases":
      self = .aliases(
        unit: try unit(), NameList.names(in: value))
    case "deadline": self = .deadline(form: try table(), value)
    case "target":
      let digits = value.filter { !",， ".contains($0) }
      guard let number = digits.isEmpty ? .some(nil) : Int(digits).map(Optional.some), number ?? 0 >= 0 else {
        throw Problem(
          .unprocessableContent, "number", zh: "指标应为不小于0的整数，现为“\(value)”",
          en: "A target is a whole number, 0 or more, not “\(value)”.")
      }
      self = .target(table: try table(), unit: try unit(), number)
    case "year":
      guard let year = Int(value) else {
        throw Problem(.unprocessableContent, "number", zh: "年度应为四位数", en: "The year has four digits.")
      }
      self = .year(year)
    case "wording":
      guard let text = Correspondence.Text(rawValue: try table()) else {
        throw Problem(.unprocessableContent, "wording", zh: "没有这条文字", en: "There is no such text.")
      }
      self = .wording(text, value)
    case "resendDays":
      guard let days = Int(value) else {
        throw Problem(
          .unprocessableContent, "number", zh: "天数应为整数，现为“\(value)”", en: "“\(value)” is no number of days.")
      }
      self = .resendDays(days)
    default:
      throw Problem(.unprocessableContent, "change", zh: "不认识的改动", en: "There is no such change.")
    }
  }
}

extension Campaign {
  fileprivate func hasTarget(_ label: String, of name: String) -> Bool { target(label, of: name) != nil }

  fileprivate func target(_ label: String, of name: String) -> Int? {
    let codes = units.filter { $0.code == name || $0.name == name }.map(\.code)
    return targets.lazy.filter { $0.label == label }.flatMap { table in
      codes.lazy.compactMap { table.targets[$0] }
    }
    .first
  }
}

extension CampaignChange {
  /// What somebody should know of a change that was made; `nil` where its field says all.
  func note(on campaign: Campaign) -> LocalizedText? {
    guard case .target(let table, let unit, nil) = self else { return nil }
    guard let below = campaign.target(table, of: unit) else {
      return LocalizedText(
        zh: "“\(unit)”不再有\(table)的指标", en: "\"\(unit)\" has no target in \(table) any more")
    }
    return LocalizedText(
      zh: "已去掉这里写的指标，“\(unit)”仍按所依据活动的指标\(below)",
      en: "the target written here is gone; \"\(unit)\" has that of the campaign below again: \(below)")
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
