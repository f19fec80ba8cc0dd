import ArgumentParser
import Forms
import Foundation

/// `check PATH…`: reads every form in files, folders and zips, and says what is wrong.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: "审核收到的统计表")

  @OptionGroup var inbox: Inbox

  @Option(help: "text, json or jsonl")
  var format: CheckFormat = .text

  @Option(name: .shortAndLong, help: "with jsonl: the file of lines, continued where it was interrupted")
  var output: String?

  @Option(name: .customLong("inbox"), help: "with jsonl: the folder that the paths are a part of")
  var inboxFolder: String?

  @OptionGroup var notes: NotesOption

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Option(help: "the workbook of proposed corrections to write")
  var suggest: String?

  @Option(help: "the workbook of warnings to explain to write")
  var notesTemplate: String?

  @Flag(help: "mask citizens' ids and telephone numbers in JSON and workbooks too")
  var mask = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    guard format != .jsonl else {
      for (option, isGiven) in [
        ("--suggest", suggest != nil), ("--notes", notes.path != nil),
        ("--notes-template", notesTemplate != nil), ("--previous", previous != nil), ("--mask", mask),
      ] where isGiven {
        throw ValidationError(CommandLineWording.exclusive(option, "--format jsonl"))
      }
      return
    }
    for (option, value) in [("--output", output), ("--inbox", inboxFolder)] where value != nil {
      throw ValidationError(CommandLineWording.needs(option, "--format jsonl"))
    }
  }

  mutating func run() throws {
    if format == .jsonl { return try writeLines() }
    try OutputGuard.check([suggest, notesTemplate], against: inbox.paths + [notes.path, self.previous])
    let campaign = try global.loadCampaign()
    try OutputGuard.check([suggest, notesTemplate], against: campaign.files)
    let explanations = try notes.load()
    if let suggest { try DecisionFile.refuseUnlessUntouched(suggest, CorrectionList.isUntouched) }
    if let notesTemplate {
      try DecisionFile.refuseUnlessUntouched(notesTemplate, ExplanationList.isUntouched)
    }
    let last = try previous.map { try ConsolidatedWorkbook.load(path: $0, campaign: campaign) }
    let report = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, previous: last.map { PreviousFigures($0) },
      explanations: explanations)
    let batch = OutputBatch()
    if let suggest { try batch.write(report.suggestions(campaign: campaign), to: suggest) }
    if let notesTemplate {
      try batch.write(report.explanationTemplate(campaign: campaign), to: notesTemplate)
    }
    try batch.commit()
    switch format {
    case .text:
      let report = report.masked(for: campaign)
      Output.show(report.text(campaign: campaign, language: global.language, usesColor: Output.showsColor))
    case .json:
      let report = mask ? report.masked(for: campaign) : report
      report.writeJSON(campaign: campaign, language: global.language, isMasked: mask, to: Output.write)
      Output.write("")
    case .jsonl: break
    }
    // To free thousands of forms one by one takes as long as to write them; the system takes everything back at once.
    withExtendedLifetime(report) {
      Foundation.exit(report.hasErrors ? Failure.findings.rawValue : EXIT_SUCCESS)
    }
  }

  /// Lines for `merge`, to a file that an interrupted run is continued in, or to stdout.
  private func writeLines() throws {
    try OutputGuard.check([output], against: inbox.paths)
    let campaign = try global.loadCampaign()
    try OutputGuard.check([output], against: campaign.files)
    let file = output.map(LineFile.init)
    let summary = try CheckRun.writeLines(
      paths: inbox.paths, inbox: inboxFolder, campaign: campaign, asOf: global.judgementDay,
      language: global.language, options: try inbox.options(), resuming: output
    ) { lines in
      if let file { try file.append(lines) } else { lines.withUnsafeBytes { Output.write($0) } }
    }
    try file?.close()
    if let output {
      let before = summary.finishedBefore
      let zh = "已写入 \(output)：\(summary.files)个文件" + (before > 0 ? "，其中\(before)个上次已审核" : "")
      let en =
        "written to \(output): \(summary.files) files"
        + (before > 0 ? ", \(before) of them checked before" : "")
      Output.show(LocalizedText(zh: zh, en: en).text(in: global.language))
    }
    if summary.hasErrors { throw Failure.findings }
  }
}

/// How `check` prints its results.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl
}
