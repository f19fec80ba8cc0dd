import Foundation
import PackagePlugin

/// Embeds the text of `Templates/` into the `BuiltinTemplates` target.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Templates")
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltinTemplateFiles.swift")
    let inputs =
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL } ?? []).filter { ["yaml", "yml", "txt"].contains($0.pathExtension) }
    return [
      .buildCommand(
        displayName: "Embedding Templates",
        executable: try context.tool(named: "embed-templates").url,
        arguments: [folder.path(), output.path()],
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
