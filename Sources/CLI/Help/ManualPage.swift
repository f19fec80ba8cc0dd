import Forms

/// The manual page of the program in the source language of `man` (`man-pages(7)`, `groff_man(7)`), made of the same texts as `--help`.
///
/// `huizong --generate-man-page [zh|en]` prints it; the package installs both.
struct ManualPage {
  static let option = "--generate-man-page"

  var language: Language

  /// The page that a command line asks for; `nil` where it asks for none.
  static func requested(by arguments: [String]) -> ManualPage? {
    guard arguments.first == option else { return nil }
    return ManualPage(language: arguments.dropFirst().first.flatMap(Language.init) ?? .chinese)
  }

  private var isChinese: Bool { language == .chinese }

  var text: String {
    var lines = [#".TH HUIZONG 1 "" "huizong \#(Version.number)""#]
    lines += section("名称", "NAME")
    lines.append(
      "huizong \\- "
        + Self.escaped(
          isChinese ? "统计表的下发、审核、退回、催报与汇总" : "hand out, check, return, chase and consolidate statistics forms"
        ))
    lines += section("用法", "SYNOPSIS")
    lines += [".B huizong", isChinese ? "命令 [选项]" : "COMMAND [options]"]
    lines += section("各命令共有的选项", "OPTIONS OF EVERY COMMAND")
    lines += CommandHelp.globalOptions.flatMap(definition)
    lines += section("命令", "COMMANDS")
    for help in CommandHelp.all { lines += command(help) }
    lines += section("退出码", "EXIT STATUS")
    lines += definition(
      "0", isChinese ? "没有错误" : "nothing of severity error")
    lines += definition(
      "1", isChinese ? "已完成，但有错误待改正" : "the work was done, and there are findings of severity error")
    lines += definition(
      "2",
      isChinese
        ? "命令行写的文件不能用，或结果写不了；标准错误输出一行原因，不写任何文件"
        : "an input named cannot be used, or the output cannot be written: one line on stderr, nothing written"
    )
    lines += definition("64", isChinese ? "命令行写错" : "the command line itself is wrong")
    return lines.joined(separator: "\n") + "\n"
  }

  private func command(_ help: CommandHelp) -> [String] {
    var lines = [".SS \(Self.escaped("huizong " + help.usage.text(in: language)))"]
    lines.append(Self.escaped(help.summary.text(in: language)))
    lines += (help.arguments + help.options).flatMap(definition)
    if let notes = help.notes {
      for line in notes.text(in: language).split(separator: "\n") {
        lines += [".PP", Self.escaped(String(line))]
      }
    }
    if !help.examples.isEmpty {
      lines += [".PP", ".nf"] + help.examples.map { Self.escaped("  huizong \($0)") } + [".fi"]
    }
    return lines
  }

  private func section(_ chinese: String, _ english: String) -> [String] {
    [".SH \(isChinese ? chinese : english)"]
  }

  private func definition(_ entry: CommandHelp.Entry) -> [String] {
    definition(entry.name.text(in: language), entry.text.text(in: language))
  }

  private func definition(_ name: String, _ text: String) -> [String] {
    [".TP", ".B \(Self.escaped(name))", Self.escaped(text)]
  }

  /// A line of text as roff prints it: backslashes and hyphens as they are, no line taken for a request.
  static func escaped(_ line: String) -> String {
    var result = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    if result.hasPrefix(".") || result.hasPrefix("'") { result = "\\&" + result }
    return result
  }
}
