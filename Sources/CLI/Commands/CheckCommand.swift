import ArgumentParser
import Forms

/// `check PATH…`: reads every form in files, folders and zips, and says what is wrong.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: "审核收到的统计表")

  @OptionGroup var inbox: Inbox

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    let report = try inbox.check(campaign: campaign, asOf: global.judgementDay)
    switch format {
    case .text:
      Output.write(report.text(campaign: campaign, language: global.language, usesColor: Output.showsColor))
    case .json:
      Output.write(report.json(campaign: campaign, language: global.language).serialised())
    }
    if report.hasErrors { throw Failure.findings }
  }
}
