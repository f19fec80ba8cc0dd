import BuiltinTemplates
import Foundation

extension Campaign {
  /// Loads a campaign and checks it: a campaign that contradicts itself is refused.
  ///
  /// - Parameters:
  ///   - idOrPath: The id of a built-in campaign, a campaign file, or a folder that has one. `nil` takes `活动.yaml` of
  ///     the working folder, else the built-in default.
  ///   - workingDirectory: The folder that relative paths start from.
  /// - Throws: ``FormsError``: `input` if there is no such campaign; `campaign` with file, line and reason if it cannot
  ///   be used.
  public static func load(_ idOrPath: String? = nil, workingDirectory: URL) throws -> Campaign {
    try CampaignLoader.load(from: source(idOrPath, workingDirectory: workingDirectory))
  }

  /// Where ``load(_:workingDirectory:)`` finds a campaign.
  public static func reference(_ idOrPath: String, workingDirectory: URL) throws -> CampaignReference {
    CampaignReference(source: try source(idOrPath, workingDirectory: workingDirectory))
  }

  /// The ids of the campaigns inside the program.
  public static var builtinIDs: [String] { BuiltinTemplates.campaigns }

  /// The id of the built-in campaign that counts where nobody names one.
  public static func defaultID() throws -> String {
    let file = "default.yaml"
    let root = try YAMLReader.read(BuiltinTemplates.text(ofFile: file) ?? "", file: file)
    return try root.mapping(keys: ["campaign"]).required("campaign").string()
  }

  private static func source(_ idOrPath: String?, workingDirectory: URL) throws -> CampaignSource {
    guard let name = idOrPath else {
      let file = workingDirectory.appendingPathComponent(WorkingFolder.campaignFile)
      if FileManager.default.fileExists(atPath: file.path) {
        return try CampaignSource(path: file, shown: WorkingFolder.campaignFile)
      }
      return try source(defaultID(), workingDirectory: workingDirectory)
    }
    if let builtin = CampaignSource(builtin: name) { return builtin }
    let path =
      name.hasPrefix("/") ? URL(fileURLWithPath: name) : workingDirectory.appendingPathComponent(name)
    return try CampaignSource(path: path, shown: name)
  }
}
