import Forms

/// What the program says when the command line is wrong. The facts come from argument-parser, in English; every sentence
/// that a clerk can meet has its Chinese here.
enum CommandLineWording {
  static func line(for message: String, language: Language) -> String {
    let fact = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
    let seeHelp = LocalizedText(zh: "用法见 huizong --help", en: "see huizong --help")
    switch language {
    case .english: return "\(withEnglishPlaceholders(fact).trimmingSuffix(".")); \(seeHelp.english)"
    case .chinese: return "命令行有误：\(chinese(fact))。\(seeHelp.chinese)"
    }
  }

  /// What stands where a command should.
  static func unknownCommand(_ word: String) -> LocalizedText {
    LocalizedText(
      zh: "命令行有误：没有“\(word)”这个命令。有哪些命令见 huizong --help",
      en: "there is no command '\(word)'; see huizong --help")
  }

  static func badDate(_ text: String) -> String { "'\(text)' is not a date such as 2024-11-20" }

  static func exclusive(_ a: String, _ b: String) -> String { "'\(a)' and '\(b)' cannot be used together" }

  static func missing(_ argument: String) -> String { "Missing expected argument '\(argument)'" }

  static func needs(_ option: String, _ other: String) -> String { "'\(option)' needs '\(other)'" }

  static func notAWorkbook(_ path: String) -> String { "'\(path)' should end in .xlsx" }

  static func fileProblem(_ path: String?, _ cause: String) -> LocalizedText {
    LocalizedText(
      zh: "“\(path ?? "?")”无法读写：\(cause)", en: "\"\(path ?? "?")\" cannot be read or written: \(cause)")
  }

  /// The sentences of argument-parser and their Chinese, `'…'` standing for the quoted words in order.
  private static let sentences: [(english: String, chinese: String)] = [
    ("Unknown option '…'", "没有“…”这个选项"),
    ("Unknown option '…'. Did you mean '…'?", "没有“…”这个选项，是不是“…”"),
    ("Missing value for '…'", "“…”后面缺少内容"),
    ("Missing expected argument '…'", "缺少“…”"),
    ("Unexpected argument '…'", "多出“…”"),
    ("'…' is not a date such as 2024-11-20", "“…”不是日期，应写成 2024-11-20 的样子"),
    ("'…' and '…' cannot be used together", "“…”和“…”不能同时使用"),
    ("'…' needs '…'", "“…”要和“…”一起使用"),
    ("'…' should end in .xlsx", "“…”应以 .xlsx 结尾"),
    ("The value '…' is invalid for '…'", "“…”不能用于“…”"),
    (
      "The value '…' is invalid for '…': '…' is not a date such as 2024-11-20",
      "“…”不能用于“…”，日期应写成 2024-11-20 的样子"
    ),
  ]

  /// The arguments are declared with the Chinese names that the Chinese sentences need; English ones as in the help.
  private static let placeholders = [
    ("<路径>", "PATH"), ("<文件夹>", "DIR"), ("<文件>", "FILE"), ("<工作表!A1=值>", "SHEET!A1=VALUE"),
  ]

  private static func withEnglishPlaceholders(_ fact: String) -> String {
    placeholders.reduce(fact) { $0.replacing($1.0, with: $1.1) }
  }

  private static func chinese(_ fact: String) -> String {
    let (pattern, words) = quotedWords(fact)
    let plain = pattern.trimmingSuffix(".")
    for sentence in sentences.sorted(by: { $0.english.count > $1.english.count })
    where plain == sentence.english || plain.hasPrefix(sentence.english + ".")
      || plain.hasPrefix(sentence.english + ":")
      || plain.hasPrefix(sentence.english + " ")
    {
      var result = ""
      var rest = words[...]
      for character in sentence.chinese {
        if character == "…", let word = rest.popFirst() { result += word } else { result.append(character) }
      }
      return result
    }
    return fact
  }

  /// The word without the English placeholder that argument-parser puts behind an option: `--output <output>`.
  private static func withoutPlaceholder(_ word: Substring) -> String {
    guard word.hasPrefix("-"), let end = word.firstIndex(of: " ") else { return String(word) }
    return String(word[..<end])
  }

  /// The sentence with every quoted word replaced by `…`, and those words.
  private static func quotedWords(_ text: String) -> (pattern: String, words: [String]) {
    var pattern = ""
    var words: [String] = []
    for (index, piece) in text.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index.isMultiple(of: 2) {
        pattern += piece
      } else {
        words.append(withoutPlaceholder(piece))
        pattern += "'…'"
      }
    }
    return (pattern, words)
  }
}

extension String {
  func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
