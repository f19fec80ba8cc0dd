import ArgumentParser
import Forms
import Foundation
import Web

/// `user add|remove|list`: who may open the page from another machine.
struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "user", abstract: "登记能从别的电脑打开页面的人")

  @Argument(help: ArgumentHelp("add, remove or list", valueName: "做什么"))
  var action: UserAction

  @Argument(help: ArgumentHelp("the person's name", valueName: "姓名"))
  var name: String?

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if action != .list, name == nil { throw ValidationError(CommandLineWording.missing("<姓名>")) }
  }

  mutating func run() throws {
    let language = global.language
    var people = try People()
    func say(_ zh: String, _ en: String) { Output.show(LocalizedText(zh: zh, en: en).text(in: language)) }
    switch (action, name) {
    case (.add, let name?):
      // Scripts hand the password over on stdin.
      let password = isatty(STDIN_FILENO) == 1 ? try PasswordPrompt.answer.get() : readLine() ?? ""
      try people.add(name, password: password)
      say("已登记\(name)", "\(name) may log in")
    case (.remove, let name?):
      let isKnown = try people.remove(name)
      say(
        isKnown ? "已取消\(name)" : "没有登记过\(name)",
        isKnown ? "\(name) may no longer log in" : "there is no \(name)")
    default: say(people.names.joined(separator: "\n"), people.names.joined(separator: "\n"))
    }
  }
}

enum UserAction: String, ExpressibleByArgument, CaseIterable {
  case add, remove, list
}
