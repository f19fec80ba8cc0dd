import Forms

/// The help of one command, as a clerk reads it: what it does, how it is called, its options, examples.
struct CommandHelp {
  /// An argument or option: how it is written, and what it does.
  struct Entry {
    var name: LocalizedText
    var text: LocalizedText

    init(zh: (name: String, text: String), en: (name: String, text: String)) {
      name = LocalizedText(zh: zh.name, en: en.name)
      text = LocalizedText(zh: zh.text, en: en.text)
    }

    /// An entry that is written the same way in both languages.
    init(_ name: String, zh: String, en: String) {
      self.init(zh: (name, zh), en: (name, en))
    }
  }

  var command: String
  var summary: LocalizedText
  var usage: LocalizedText
  var arguments: [Entry] = []
  var options: [Entry] = []
  /// What is worth knowing beside the options.
  var notes: LocalizedText?
  var examples: [String] = []

  func text(in language: Language) -> String {
    let isChinese = language == .chinese
    var lines = [summary.text(in: language), ""]
    lines += [isChinese ? "用法" : "Usage", "  huizong \(usage.text(in: language))", ""]
    lines += Self.section(isChinese ? "输入" : "Arguments", arguments, language)
    lines += Self.section(isChinese ? "选项" : "Options", options, language)
    lines += Self.section(isChinese ? "各命令共有的选项" : "Options of every command", Self.globalOptions, language)
    if let notes { lines += [isChinese ? "说明" : "Notes"] + notes.text(in: language).indentedLines + [""] }
    if !examples.isEmpty {
      lines += [isChinese ? "例" : "Examples"] + examples.map { "  huizong \($0)" } + [""]
    }
    return lines.dropLast().joined(separator: "\n")
  }

  static func section(_ title: String, _ entries: [Entry], _ language: Language) -> [String] {
    guard !entries.isEmpty else { return [] }
    let names = entries.map { $0.name.text(in: language) }
    let width = (names.map(\.displayWidth).max() ?? 0) + 2
    let lines = zip(names, entries).map { name, entry in
      "  " + name + String(repeating: " ", count: width - name.displayWidth) + entry.text.text(in: language)
    }
    return [title] + lines + [""]
  }

  /// The help that a command line asks for: `--help` or `-h` anywhere before `--`, or `help [COMMAND]`, or nothing at all.
  static func requested(by arguments: [String]) -> LocalizedText? {
    let own = arguments.prefix { $0 != "--" }
    let words = own.filter { !$0.hasPrefix("-") }
    let asks = own.contains("--help") || own.contains("-h") || words.first == "help"
    guard asks || arguments.isEmpty else { return nil }
    let name = words.first == "help" ? words.dropFirst().first : words.first
    if let help = all.first(where: { $0.command == name }) {
      return LocalizedText(zh: help.text(in: .chinese), en: help.text(in: .english))
    }
    return overview
  }

  static let overview: LocalizedText = {
    func text(_ language: Language) -> String {
      let isChinese = language == .chinese
      let lines =
        [
          isChinese
            ? "huizong 汇总：统计表的下发、审核、退回、催报与汇总"
            : "huizong: hand out, check, return, chase and consolidate statistics forms", "",
        ]
        + section(
          isChinese ? "命令" : "Commands",
          all.map { Entry($0.command, zh: $0.summary.chinese, en: $0.summary.english) }, language)
        + section(isChinese ? "各命令共有的选项" : "Options of every command", globalOptions, language)
        + [isChinese ? "某个命令的详细说明：huizong 命令 --help" : "More about one command: huizong COMMAND --help"]
      return lines.joined(separator: "\n")
    }
    return LocalizedText(zh: text(.chinese), en: text(.english))
  }()
}

extension String {
  fileprivate var indentedLines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
  }
}
