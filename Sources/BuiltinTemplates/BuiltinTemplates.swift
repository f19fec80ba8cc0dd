/// The campaigns that travel inside the program: the text of `Templates/`.
///
/// The files themselves are generated into this target as `builtinTemplateFiles` by the `EmbedTemplates` plug-in.
public enum BuiltinTemplates {
  /// The folders directly below `Templates/` that hold a campaign, sorted.
  public static var campaigns: [String] {
    let suffix = "/campaign.yaml"
    return builtinTemplateFiles.map(\.path)
      .filter { $0.hasSuffix(suffix) && !$0.dropLast(suffix.count).contains("/") }
      .map { String($0.dropLast(suffix.count)) }
      .sorted()
  }

  /// The text files of one campaign, by their path below its folder.
  public static func files(ofCampaign id: String) -> [(path: String, text: String)] {
    builtinTemplateFiles.filter { $0.path.hasPrefix(id + "/") }
      .map { (String($0.path.dropFirst(id.count + 1)), $0.text) }
  }

  /// The text of one file by its path below `Templates/`.
  public static func text(ofFile path: String) -> String? {
    builtinTemplateFiles.first { $0.path == path }?.text
  }
}
