import Foundation
import XLSX

/// One line of `check --format jsonl`: a submission, a finding, a file, or the end of a run.
///
/// Each says by itself which campaign it was checked against and which file it is about, so that lines of any shards may
/// be put together in any order. `merge` goes by `carry`, which holds what was read, and judges again: what a rule says
/// depends on the day and on last year's figures, which the one who merges gives.
enum CheckedLine {
  /// What stands at the beginning of every line, by which such a file is known.
  static let opening = #"{"record":""#
  /// The ending of such a file's name.
  static let ending = ".jsonl"

  enum Record: String, Codable {
    case submission, finding, file, run
  }

  /// What a line of a submission carries.
  struct CarriedSubmission: Codable {
    /// Its place among the submissions of its file.
    var place: Int
    var submission: Submission
  }

  /// What a line of a file carries.
  struct CarriedFile: Codable {
    var file: InputFile
    var below: [UnitBelow]
    var content: String?
    /// How many submissions it holds.
    var submissions: Int
    /// Of a file on disk, how many files it is made of, itself and those of an archive; `nil` for one inside an archive.
    var files: Int?
    /// Of a file on disk, its size and time of change when it was read, by which a later run knows it again.
    var size: Int?
    var changed: Int?
  }

  /// What the last line of a run carries.
  struct CarriedRun: Codable {
    /// How many files on disk the run has read.
    var files: Int
    /// What stood in front of the paths that were named: no part of it says whose a file is.
    var roots: [String]
  }
}

/// Writes the lines of a run.
struct CheckedLineWriter: Sendable {
  private let campaign: Campaign
  private let language: Language
  private let forms: [String: FormFieldList]

  init(campaign: Campaign, language: Language) {
    self.campaign = campaign
    self.language = language
    forms = Dictionary(
      campaign.forms.map { ($0.id, FormFieldList($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The lines of one file on disk and of all files inside it; that of the file itself comes last, so that where it is
  /// there, all of them are.
  ///
  /// - Parameter identity: The file's size and time of change.
  func lines(
    of outcomes: [FileOutcome], named top: String, identity: (size: Int, changed: Int)?
  ) throws -> [UInt8] {
    let encoder = Self.encoder()
    var bytes: [UInt8] = []
    // A file's own outcome stands before those of the files inside it.
    for outcome in outcomes.dropFirst() + outcomes.prefix(1) {
      let file = outcome.file
      for (place, submission) in outcome.submissions.enumerated() {
        let form = forms[submission.form]
        var carried = submission
        // Whoever merges judges again.
        carried.findings = []
        carried.derived = [:]
        carried.unpack()
        let carry = CheckedLine.CarriedSubmission(place: place, submission: carried)
        try append(.submission, in: top, carry, encoder, to: &bytes) {
          submission.writeMembers(to: &$0, form: form, language: language, isMasked: false)
        }
        for finding in submission.findings.inOrder() {
          append(
            finding.placed(file: file.file, form: submission.form, unit: submission.unit?.name), in: top,
            to: &bytes)
        }
      }
      for finding in file.findings { append(finding.placed(file: file.file), in: top, to: &bytes) }
      let isTop = file.file == outcomes.first?.file.file
      let carry = CheckedLine.CarriedFile(
        file: file, below: outcome.below, content: outcome.contentHash,
        submissions: outcome.submissions.count, files: isTop ? outcomes.count : nil,
        size: isTop ? identity?.size : nil, changed: isTop ? identity?.changed : nil)
      try append(.file, in: top, carry, encoder, to: &bytes) {
        file.writeMembers(to: &$0, language: language)
      }
    }
    return bytes
  }

  /// The last line of a run.
  func end(files: Int, roots: [String]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let carry = CheckedLine.CarriedRun(files: files, roots: roots.sorted())
    try append(.run, in: nil, carry, Self.encoder(), to: &bytes) { $0.member("files", whole: files) }
    return bytes
  }

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    // The same file gives the same line, on every machine.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  private func append(_ finding: Finding, in top: String, to bytes: inout [UInt8]) {
    append(.finding, in: top, carry: nil, to: &bytes) {
      finding.writeFreeMembers(to: &$0, language: language)
    }
  }

  private func append(
    _ record: CheckedLine.Record, in top: String?, _ carry: some Encodable, _ encoder: JSONEncoder,
    to bytes: inout [UInt8], _ members: (inout JSONBytes) -> Void
  ) throws {
    append(record, in: top, carry: Array(try encoder.encode(carry)), to: &bytes, members)
  }

  private func append(
    _ record: CheckedLine.Record, in top: String?, carry: [UInt8]?, to bytes: inout [UInt8],
    _ members: (inout JSONBytes) -> Void
  ) {
    var sink = JSONBytes(capacity: (carry?.count ?? 0) + 4_096)
    sink.object { sink in
      sink.member("record", text: record.rawValue)
      sink.member("campaign", text: campaign.id)
      sink.member("definition", text: campaign.fingerprint)
      if let top { sink.member("in", text: top) }
      members(&sink)
      if let carry {
        sink.key("carry")
        sink.append(carry)
      }
    }
    bytes += sink.bytes
    bytes.append(UInt8(ascii: "\n"))
  }
}
