import ArgumentParser
import Forms
import Foundation

/// `rules`: the rule catalogue, with the campaign's parameters.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rules", abstract: "列出审核规则及其参数")

  @OptionGroup var global: GlobalOptions

  @Option(help: "text or json")
  var format: ResultFormat = .text

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    switch format {
    case .text: Output.write(RuleCatalogue.text(for: campaign, language: global.language))
    case .json: Output.write(RuleCatalogue.json(for: campaign, language: global.language).serialised())
    }
  }
}
