import Foundation
import XLSX

/// What an earlier run of `check --format jsonl` has left in its file: it is kept as far as it is whole and the files that
/// it is about are still what they were, and they are not read again.
struct InterruptedRun {
  /// The names of the files on disk whose lines are kept.
  private(set) var finished: Set<String> = []
  /// Their lines.
  private(set) var lines: [UInt8] = []

  /// - Parameters:
  ///   - path: The file; there need not be one.
  ///   - identity: The size and time of change of a file that is to be checked, by its shown name; `nil` for any other.
  /// - Throws: ``FormsError`` (`output`) if the file holds anything else than such lines, or those of another campaign.
  init(at path: String, campaign: Campaign, identity: (String) -> (size: Int, changed: Int)?) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Self.error(zh: "无法读取已有的文件，请检查权限", en: "is there and cannot be read", path)
    }
    let opening = CheckedLine.opening.utf8.count
    let decoder = JSONDecoder()
    var found: [(top: String, range: Range<Int>)] = []
    let bytes = Array(data)
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let range = start..<(end + 1)
      start = end + 1
      guard let head = try? decoder.decode(Head.self, from: Data(bytes[range])) else {
        throw Self.notOurs(path)
      }
      guard head.definition == campaign.fingerprint else {
        throw Self.error(
          zh: "已有这个文件，是按另一个活动或它以前的设置审核的；请换一个文件名，或先移走它",
          en: "holds lines checked against another campaign or its earlier settings; choose another name",
          path)
      }
      guard let top = head.in else { continue }
      found.append((top, range))
      if let carry = head.carry, carry.files != nil, let size = carry.size, let changed = carry.changed,
        let now = identity(top), now.size == size, now.changed == changed
      {
        finished.insert(top)
      }
    }
    // What is not a whole line was being written when the run ended.
    if start == 0, !bytes.isEmpty, !Array(CheckedLine.opening.utf8).starts(with: bytes.prefix(opening)) {
      throw Self.notOurs(path)
    }
    for line in found where finished.contains(line.top) { lines += bytes[line.range] }
  }

  private static func notOurs(_ path: String) -> FormsError {
    error(
      zh: "已有这个文件，而它不是 check --format jsonl 写的，未覆盖；请换一个文件名",
      en: "is there and was not written by check --format jsonl; choose another name", path)
  }

  private static func error(zh: String, en: String, _ path: String) -> FormsError {
    FormsError(.output, LocalizedText(zh: zh, en: en), file: path)
  }

  private struct Head: Decodable {
    var definition: String
    var `in`: String?
    var carry: Carry?

    struct Carry: Decodable {
      var files: Int?
      var size: Int?
      var changed: Int?
    }
  }
}
