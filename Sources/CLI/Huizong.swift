import ArgumentParser

/// The root command: only the list of commands.
struct Huizong: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huizong",
    abstract: "统计表的下发、审核、催报与汇总",
    version: "huizong \(Version.number)",
    subcommands: [
      InitCommand.self, LearnCommand.self, TemplateCommand.self, CheckCommand.self, StatusCommand.self,
      ReturnCommand.self,
      MergeCommand.self,
      ServeCommand.self, UserCommand.self, LogCommand.self, ConvertCommand.self, DumpCommand.self,
      EditCommand.self,
      FormsCommand.self, RulesCommand.self,
    ])

  static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    Output.write(CommandHelp.overview.text(in: global.language))
  }
}

/// The program's version; semantic, see CONTRIBUTING.md.
enum Version {
  static let number = "1.0.0"
}
