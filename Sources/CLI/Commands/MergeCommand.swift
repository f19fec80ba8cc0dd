import ArgumentParser
import Forms
import Foundation

/// `merge PATH… -o FILE.xlsx`: the consolidated workbook.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "merge", abstract: "汇总成一个工作簿")

  @OptionGroup var inbox: Inbox

  @Option(name: .shortAndLong, help: "the workbook to write")
  var output: String

  @Option(help: "last year's consolidated workbook")
  var previous: String?

  @Flag(help: "refuse to merge while there are errors or units are missing")
  var strict = false

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    let last = try previous.map { try ConsolidatedWorkbook.load(path: $0, campaign: campaign) }
    let previous = last.map { PreviousFigures($0) }
    let report = try inbox.check(campaign: campaign, asOf: global.judgementDay, previous: previous)
    let result = Consolidation(report: report, campaign: campaign, previous: previous)
    if strict, let refusal = result.refusal {
      if format == .json { Output.write(result.json(language: global.language).serialised()) }
      Output.complain(refusal.text(in: global.language))
      throw Failure.findings
    }
    try result.workbook().save(to: URL(fileURLWithPath: output))
    switch format {
    case .text:
      Output.write(
        result.mergeText(writtenTo: output, language: global.language, usesColor: Output.showsColor))
    case .json: Output.write(result.json(language: global.language).serialised())
    }
    if report.hasErrors { throw Failure.findings }
  }
}
