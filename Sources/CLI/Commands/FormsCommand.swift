import ArgumentParser
import Forms
import Foundation

/// `forms`: the forms of the campaign, with their ids, fields and rules.
struct FormsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "forms", abstract: "列出活动的表、数据项和规则")

  @OptionGroup var global: GlobalOptions

  @Option(help: "text or json")
  var format: ResultFormat = .text

  mutating func run() throws {
    let listing = CampaignListing(try global.loadCampaign())
    switch format {
    case .text: Output.write(listing.text(in: global.language))
    case .json: Output.write(listing.json.serialised())
    }
  }
}
