/// The campaigns that travel inside the program: the text of `Templates/`.
///
/// The files themselves are generated into this target as `builtinTemplateFiles` by the `EmbedTemplates` plug-in.
public enum BuiltinTemplates {
  /// The folders directly below `Templates/` that hold a campaign, sorted.
  public static var campaigns: [String] {
    Set(builtinTemplateFiles.compactMap { $0.path.split(separator: "/").first.map(String.init) }).sorted()
  }

  /// The text files of one campaign, by their path below its folder.
  public static func files(ofCampaign id: String) -> [(path: String, text: String)] {
    builtinTemplateFiles.filter { $0.path.hasPrefix(id + "/") }
      .map { (String($0.path.dropFirst(id.count + 1)), $0.text) }
  }
}
