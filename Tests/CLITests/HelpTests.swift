import ArgumentParser
import Testing

@testable import huizong

@Suite("Help texts")
struct HelpTests {
  @Test("Every command has a help text, and no help text is of a command that is gone")
  func everyCommandHasHelp() {
    let commands = Huizong.configuration.subcommands.compactMap { $0.configuration.commandName }
    #expect(Set(commands) == Set(CommandHelp.all.map(\.command)))
  }

  @Test("Every option that a command takes stands in its help, in both languages")
  func everyOptionIsExplained() {
    for command in Huizong.configuration.subcommands {
      let name = command.configuration.commandName ?? ""
      let parsed = Huizong.helpMessage(for: command, includeHidden: false, columns: 200)
      let options = parsed.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }.filter {
        $0 != "--version"
      }
      guard let help = CommandHelp.all.first(where: { $0.command == name }) else { continue }
      for language in Language.allCases {
        let text = help.text(in: language)
        for option in Set(options) { #expect(text.contains(option), "\(name) \(language): \(option)") }
      }
    }
  }
}
