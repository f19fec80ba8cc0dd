import ArgumentParser
import Forms
import Foundation

/// `check PATH…`: reads every form in files, folders and zips, and says what is wrong.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: "审核收到的统计表")

  @OptionGroup var inbox: Inbox

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var notes: NotesOption

  @Option(help: "the workbook of proposed corrections to write")
  var suggest: String?

  @Option(help: "the workbook of warnings to explain to write")
  var notesTemplate: String?

  @Flag(help: "mask citizens' ids and telephone numbers in JSON and workbooks too")
  var mask = false

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    try OutputGuard.check([suggest, notesTemplate], against: inbox.paths + [notes.path])
    let campaign = try global.loadCampaign()
    try OutputGuard.check([suggest, notesTemplate], against: campaign.files)
    let explanations = try notes.load()
    if let suggest { try DecisionFile.refuseUnlessUntouched(suggest, CorrectionList.isUntouched) }
    if let notesTemplate {
      try DecisionFile.refuseUnlessUntouched(notesTemplate, ExplanationList.isUntouched)
    }
    let report = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, explanations: explanations)
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
    }
    if report.hasErrors { throw Failure.findings }
  }
}
