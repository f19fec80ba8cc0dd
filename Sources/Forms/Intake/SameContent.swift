/// Two files with the same bytes that report for the same units are one: the one that was received first counts, else the one
/// with the shorter name, which is the one without 副本 and (1).
enum SameContent {
  private struct Key: Hashable {
    var hash: String
    /// Folders may say whose form it is: the same bytes in two units' folders are two reports.
    var reports: [String]
  }

  static func countOnce(_ outcomes: inout [FileOutcome]) {
    var same: [String: [Int]] = [:]
    for index in outcomes.indices {
      if let hash = outcomes[index].contentHash { same[hash, default: []].append(index) }
    }
    var groups: [Key: [Int]] = [:]
    for (hash, index) in same.values.filter({ $0.count > 1 }).joined().map({ (outcomes[$0].contentHash, $0) })
    {
      let outcome = outcomes[index]
      guard let hash, !outcome.submissions.isEmpty else { continue }
      let reports = outcome.submissions.map { "\($0.form)/\($0.unit?.code ?? "")" }
      groups[Key(hash: hash, reports: reports), default: []].append(index)
    }
    for indices in groups.values where indices.count > 1 {
      let files = indices.map { outcomes[$0].file }
      guard let kept = files.min(by: { order($0) < order($1) })?.file else { continue }
      for index in indices where outcomes[index].file.file != kept {
        outcomes[index].file.state = .ignored
        outcomes[index].file.reason = FileReason.superseded(by: kept, differs: false)
        outcomes[index].file.findings = []
        outcomes[index].submissions = []
      }
    }
  }

  private static func order(_ file: InputFile) -> (Int, Int, String) {
    (file.letter?.received?.seconds ?? .max, file.file.count, file.file)
  }
}
