import Dispatch
import Foundation
import XLSX

/// Puts the lines of one or many runs of `check --format jsonl` together again.
struct CheckedLineReader {
  private let campaign: Campaign
  private var files: [String: Entry] = [:]
  private var submissions: [String: [Int: Submission]] = [:]
  /// The folders in front of what was named, of all runs.
  private(set) var roots: Set<String> = []
  /// Files on disk that the runs have read and that lines are there of.
  private var promised = 0
  private var present = 0

  private struct Entry {
    var carried: CheckedLine.CarriedFile
    var top: String
  }

  init(campaign: Campaign) { self.campaign = campaign }

  /// Whether a path is that of such a file: by its name, or for a part that an engine wrote by how it begins.
  static func isLines(_ path: String) -> Bool {
    let name =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    let ending = String(decoding: name.utf8.suffix(CheckedLine.ending.utf8.count), as: UTF8.self)
    if ending.lowercased() == CheckedLine.ending { return true }
    guard name.hasPrefix("part-"), !name.contains("."), let file = FileHandle(forReadingAtPath: path) else {
      return false
    }
    defer { try? file.close() }
    let opening = Array(CheckedLine.opening.utf8)
    // A part to which no file fell is empty.
    guard let start = try? file.read(upToCount: opening.count) else { return true }
    return Array(start) == opening
  }

  /// Takes the lines of a file.
  ///
  /// - Throws: ``FormsError`` (`input`) for what is no such line, and for lines that were checked against another campaign.
  mutating func read(_ path: String, shown: String) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw FormsError(
        .input, LocalizedText(zh: "无法打开文件，请检查权限", en: "the file cannot be opened"), file: shown)
    }
    try data.withUnsafeBytes { bytes in
      var start = 0
      var number = 0
      var batch: [(number: Int, range: Range<Int>)] = []
      while start < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let end = start + (rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count)
        number += 1
        if end > start { batch.append((number, start..<end)) }
        start = end + 1
        if batch.count >= 1_024 {
          try take(batch, bytes, shown: shown)
          batch.removeAll(keepingCapacity: true)
        }
      }
      try take(batch, bytes, shown: shown)
    }
  }

  /// What the runs have read, file by file.
  ///
  /// - Throws: ``FormsError`` (`input`) if a run was interrupted or lines of it are missing: nothing is left out in silence.
  func outcomes() throws -> [FileOutcome] {
    guard present == promised else {
      throw present > promised
        ? Self.error(
          zh: "有一批审核没有做完（缺少末行），请用同样的命令续完后再汇总",
          en:
            "a run of check was interrupted (its last line is missing); finish it with the same command first"
        )
        : Self.error(
          zh: "审核结果不全：应有\(promised)个文件的结果，只有\(present)个；请补齐各批结果后再汇总",
          en: "results are missing: \(promised) files were checked and lines of \(present) are here")
    }
    var inside: [String: Int] = [:]
    for entry in files.values { inside[entry.top, default: 0] += 1 }
    return try files.map { name, entry in
      if let count = entry.carried.files, inside[name] != count { throw Self.lost(name) }
      if files[entry.top] == nil { throw Self.lost(entry.top) }
      let found = (submissions[name] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      guard found.count == entry.carried.submissions else { throw Self.lost(name) }
      return FileOutcome(
        file: entry.carried.file, submissions: found, below: entry.carried.below,
        contentHash: entry.carried.content)
    }
  }

  private static func lost(_ name: String) -> FormsError {
    error(
      zh: "“\(name)”的审核结果不全，请重新审核这个文件", en: "lines about \"\(name)\" are missing; check that file again")
  }

  private static func error(zh: String, en: String, file: String? = nil, line: Int? = nil) -> FormsError {
    FormsError(.input, LocalizedText(zh: zh, en: en), file: file, line: line)
  }

  // Lines.

  private enum Line: Sendable {
    case submission(CheckedLine.CarriedSubmission)
    case file(CheckedLine.CarriedFile, top: String)
    case run(CheckedLine.CarriedRun)
    case finding
    case otherCampaign(String)
    case damaged
  }

  /// Decodes a batch on all cores and takes it in order.
  private mutating func take(
    _ batch: [(number: Int, range: Range<Int>)], _ bytes: UnsafeRawBufferPointer, shown: String
  ) throws {
    nonisolated(unsafe) let bytes = bytes
    let wanted = campaign.fingerprint
    var lines: [Line] = []
    Parallel.chunks(of: batch[...], smallest: 16) { chunk in
      let decoder = JSONDecoder()
      return chunk.map { Self.line(UnsafeRawBufferPointer(rebasing: bytes[$0.range]), wanted, decoder) }
    } take: {
      lines += $0
    }
    for (line, place) in zip(lines, batch) { try take(line, shown: shown, number: place.number) }
  }

  private mutating func take(_ line: Line, shown: String, number: Int) throws {
    switch line {
    case .finding: return
    case .submission(let carried):
      let fields = campaign.form(carried.submission.form)?.fields.count
      if let list = carried.submission.list, list.lines.fieldCount != fields {
        return try take(.damaged, shown: shown, number: number)
      }
      submissions[carried.submission.file, default: [:]][carried.place] = carried.submission
    case .file(let carried, let top):
      if carried.files != nil { present += 1 }
      let name = carried.file.file
      // The same file may have been checked twice, by shards that overlap; it may not have changed in between.
      if let known = files[name],
        known.carried.content != carried.content || known.carried.file != carried.file
      {
        throw Self.error(
          zh: "“\(name)”在各批审核结果中内容不同，请重新审核这个文件",
          en: "\"\(name)\" was checked twice with different contents; check it again", file: shown,
          line: number)
      }
      files[name] = Entry(carried: carried, top: top)
    case .run(let carried):
      promised += carried.files
      roots.formUnion(carried.roots)
    case .otherCampaign(let id):
      throw Self.error(
        zh: "这些结果是按另一个活动（\(id)）或它以前的设置审核的，请按现在的设置重新审核",
        en: "these lines were checked against another campaign (\(id)) or its earlier settings; check again",
        file: shown, line: number)
    case .damaged:
      throw Self.error(
        zh: "不是 check --format jsonl 写出的一行，或者没有写完整",
        en: "is no whole line of check --format jsonl", file: shown, line: number)
    }
  }

  private static func line(
    _ bytes: UnsafeRawBufferPointer, _ fingerprint: String, _ decoder: JSONDecoder
  ) -> Line {
    guard let line = try? decoder.decode(Parsed.self, from: Data(bytes)) else { return .damaged }
    guard line.definition == fingerprint else { return .otherCampaign(line.campaign) }
    return line.content
  }

  /// What every line says, and what it carries.
  private struct Parsed: Decodable {
    var campaign: String
    var definition: String
    var content: Line

    private enum Key: String, CodingKey {
      case record, campaign, definition, top = "in", carry
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      campaign = try container.decode(String.self, forKey: .campaign)
      definition = try container.decode(String.self, forKey: .definition)
      switch try container.decode(CheckedLine.Record.self, forKey: .record) {
      case .finding: content = .finding
      case .submission:
        content =
          (try? container.decode(CheckedLine.CarriedSubmission.self, forKey: .carry)).map {
            .submission($0)
          } ?? .damaged
      case .file:
        let top = try container.decode(String.self, forKey: .top)
        content =
          (try? container.decode(CheckedLine.CarriedFile.self, forKey: .carry)).map {
            .file($0, top: top)
          } ?? .damaged
      case .run:
        let run = try? container.decode(CheckedLine.CarriedRun.self, forKey: .carry)
        content = run.flatMap { $0.files < 0 || $0.files > 1 << 40 ? nil : .run($0) } ?? .damaged
      }
    }
  }
}
