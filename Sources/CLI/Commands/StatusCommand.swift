import ArgumentParser
import Forms

/// `status PATH…`: who has reported, who is late, who is missing.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "看谁已报、谁逾期、谁未报")

  @OptionGroup var inbox: Inbox

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var notes: NotesOption

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    let report = try inbox.check(
      campaign: campaign, asOf: global.judgementDay, explanations: notes.load())
    let result = Consolidation(report: report, campaign: campaign)
    switch format {
    case .text: Output.write(result.statusText(language: global.language, usesColor: Output.showsColor))
    case .json: Output.write(result.statusJSON(language: global.language).serialised())
    }
    if report.hasErrors { throw Failure.findings }
  }
}
