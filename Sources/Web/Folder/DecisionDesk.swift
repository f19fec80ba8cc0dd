import Forms
import Foundation
import XLSX

/// Writes decisions into the folder's two lists, one at a time: a decision that the command line would refuse is not written.
actor DecisionDesk {
  private let folder: OfficeFolder

  init(folder: OfficeFolder) { self.folder = folder }

  /// - Returns: The corrections as they were applied.
  /// - Throws: ``Problem`` with the reason why one is refused; then the list stays as it is.
  func correct(_ wanted: [DecisionRegister.NewCorrection], asOf: CalendarDate?) async throws -> [Correction] {
    let path = WorkingFolder.corrections
    try Self.refuseIfOpen(path)
    let view = try await folder.view(asOf: asOf)
    let complete = try wanted.map { try Self.completed($0, in: view) }
    let (bytes, lines) = try await Blocking.heavy {
      try DecisionRegister.adding(complete, to: path, campaign: view.campaign)
    }
    let trial = try Self.temporary(bytes)
    defer { unlink(trial) }
    let report = try await folder.trial(
      asOf: asOf, corrections: trial, explanations: WorkingFolder.explanations)
    let judged = (report.corrections ?? []).filter { lines.contains($0.line) }
    if let refusal = judged.compactMap(\.refusal).first {
      throw Problem(.unprocessableContent, "refused", zh: refusal.chinese, en: refusal.english)
    }
    guard judged.count == lines.count else { throw Self.lost }
    try Self.put(bytes, at: path)
    return judged
  }

  /// - Throws: ``Problem`` where no such correction is written.
  func withdraw(file: String, sheet: String, cell: String, asOf: CalendarDate?) async throws {
    let path = WorkingFolder.corrections
    try Self.refuseIfOpen(path)
    let view = try await folder.view(asOf: asOf)
    let bytes = try await Blocking.heavy {
      try DecisionRegister.withdrawing(
        file: file, sheet: sheet, cell: cell, from: path, campaign: view.campaign)
    }
    guard let bytes else {
      throw Problem(.notFound, "no-decision", zh: "这个单元格没有更正", en: "There is no correction of this cell.")
    }
    try Self.put(bytes, at: path)
  }

  /// - Throws: ``Problem`` with the reason why the 说明 releases nothing; then the list stays as it is.
  func explain(_ wanted: DecisionRegister.NewExplanation, asOf: CalendarDate?) async throws -> Explanation {
    let path = WorkingFolder.explanations
    try Self.refuseIfOpen(path)
    let view = try await folder.view(asOf: asOf)
    let (bytes, line) = try await Blocking.heavy {
      try DecisionRegister.adding(wanted, to: path, campaign: view.campaign)
    }
    let trial = try Self.temporary(bytes)
    defer { unlink(trial) }
    let report = try await folder.trial(
      asOf: asOf, corrections: WorkingFolder.corrections, explanations: trial)
    guard let judged = report.explanations?.first(where: { $0.line == line }) else { throw Self.lost }
    if let refusal = judged.refusal {
      throw Problem(.unprocessableContent, "refused", zh: refusal.chinese, en: refusal.english)
    }
    try Self.put(bytes, at: path)
    return judged
  }

  func withdrawExplanation(line: Int, asOf: CalendarDate?) async throws {
    let path = WorkingFolder.explanations
    try Self.refuseIfOpen(path)
    let view = try await folder.view(asOf: asOf)
    let bytes = try await Blocking.heavy {
      try DecisionRegister.withdrawing(explanation: line, from: path, campaign: view.campaign)
    }
    guard let bytes else {
      throw Problem(.notFound, "no-decision", zh: "没有这条说明", en: "There is no such explanation.")
    }
    try Self.put(bytes, at: path)
  }

  /// What the list says for people, as `check --suggest` would.
  private static func completed(
    _ wanted: DecisionRegister.NewCorrection, in view: FolderView
  ) throws -> DecisionRegister.NewCorrection {
    var complete = wanted
    func values(_ submission: Submission) -> [ProposedFigure] {
      CellReference(wanted.cell).map {
        submission.correctableFigures(at: $0, sheet: wanted.sheet, campaign: view.campaign)
      } ?? []
    }
    for submission in view.checked.submissions where submission.file == wanted.file {
      let finding = submission.findings.first {
        $0.cell?.description == wanted.cell && ($0.sheet ?? submission.sheet) == wanted.sheet
          && (wanted.field == nil || $0.field?.rawValue == wanted.field)
      }
      guard submission.sheet == wanted.sheet || finding != nil || !values(submission).isEmpty else {
        continue
      }
      complete.unit = complete.unit ?? submission.unit?.name
      complete.form = complete.form ?? view.campaign.form(submission.form)?.label
      if complete.field == nil {
        let values = values(submission)
        if values.count == 1 { complete.field = values[0].field.rawValue }
      }
      if let type = values(submission).first(where: { $0.field.rawValue == complete.field })?.type {
        complete.isFigure = type.isNumeric
      }
      if let finding, complete.rule.isEmpty {
        complete.rule = finding.rule
        complete.message = finding.message.chinese
      }
    }
    return complete
  }

  /// Somebody has the list open, and what they save would take the place of what is written here.
  private static func refuseIfOpen(_ path: String) throws {
    let locks = ["~$" + path, ".~lock." + path + "#", "~$" + path.dropFirst(2)]
    guard locks.contains(where: { FileManager.default.fileExists(atPath: $0) }) else { return }
    throw Problem(
      .conflict, "open", zh: "“\(path)”正在 Excel 或 WPS 中打开，请保存并关闭后再试",
      en: "“\(path)” is open in another program; save and close it, then try again.")
  }

  private static func temporary(_ bytes: [UInt8]) throws -> String {
    let file = try IncomingFile()
    try bytes.withUnsafeBytes { try file.append($0) }
    _ = try file.finish()
    // Its own name goes with the object; a reader recognises a workbook by its bytes.
    let path = "\(IncomingFile.waitingFolder)/\(Access.newToken()).part"
    guard rename(file.path, path) == 0 else { throw Disk.problem(errno, writing: path) }
    return path
  }

  private static func put(_ bytes: [UInt8], at path: String) throws {
    let batch = OutputBatch()
    try batch.write(bytes, to: path)
    try batch.commit()
    Disk.sync(folder: ".")
  }

  private static let lost = Problem(
    .conflict, "changed", zh: "表单在此期间有变动，请刷新后再试", en: "The list has changed meanwhile; reload and try again.")
}
