import Foundation
import PackagePlugin

/// Embeds the text of `Templates/` into the `BuiltinTemplates` target, and that of a target's own folder `Assets` into any other.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let own = target.directoryURL.appending(path: "Assets")
    let hasOwn = FileManager.default.fileExists(atPath: own.path)
    let folder = hasOwn ? own : context.package.directoryURL.appending(path: "Templates")
    let name = hasOwn ? "assetFiles" : "builtinTemplateFiles"
    let output = context.pluginWorkDirectoryURL.appending(
      path: hasOwn ? "AssetFiles.swift" : "BuiltinTemplateFiles.swift")
    let kinds = ["yaml", "yml", "txt", "css", "js", "svg"]
    let inputs =
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL } ?? []).filter { kinds.contains($0.pathExtension) }
    return [
      .buildCommand(
        displayName: "Embedding Templates",
        executable: try context.tool(named: "embed-templates").url,
        arguments: [folder.path(), output.path(), name],
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
