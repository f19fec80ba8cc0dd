import ArgumentParser
import Forms
import Foundation

/// `init DIR`: a working folder for a campaign.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "init", abstract: "建立一个活动的工作文件夹")

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("the folder", valueName: "文件夹"))
  var folder: String

  mutating func run() throws {
    let campaign = try global.loadCampaign()
    let made = try WorkingFolder.create(
      at: URL(fileURLWithPath: folder), campaign: campaign,
      reference: try global.campaignReference(from: folder))
    Output.show(TemplateWording.madeFolder(folder, campaign, made).text(in: global.language))
  }
}

extension GlobalOptions {
  /// How another folder's campaign file refers to the campaign of `--campaign`: by id if it is built in, else by its path
  /// seen from there, so that both can be moved or copied together.
  func campaignReference(from folder: String) throws -> String {
    guard let campaign else { return try Campaign.defaultID() }
    if Campaign.builtinIDs.contains(campaign) { return campaign }
    return OutputPlace.relative(campaign, to: folder)
  }
}
