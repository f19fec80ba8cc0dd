import Forms
import Foundation

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

  static func badPort(_ port: Int) -> String { "'\(port)' is no port: 0 to 65535" }

  /// A file that the system refuses, by Foundation's code.
  static func fileProblem(_ path: String?, _ code: CocoaError.Code) -> LocalizedText {
    let cause =
      switch code {
      case .fileNoSuchFile, .fileReadNoSuchFile:
        LocalizedText(zh: "没有这个文件或文件夹", en: "there is no such file or folder")
      case .fileReadNoPermission, .fileWriteNoPermission:
        LocalizedText(zh: "没有权限", en: "there is no permission")
      case .fileWriteOutOfSpace: LocalizedText(zh: "磁盘已满", en: "the disk is full")
      case .fileWriteVolumeReadOnly: LocalizedText(zh: "所在的磁盘是只读的", en: "the disk is read-only")
      case .fileWriteFileExists: LocalizedText(zh: "已有同名的文件", en: "a file of that name is there")
      case .fileReadTooLarge: LocalizedText(zh: "文件太大", en: "the file is too large")
      default: LocalizedText(zh: "请检查路径和权限", en: "check the path and the permissions")
      }
    return fileProblem(path, cause)
  }

  /// A file that the system refuses, by its own code.
  static func fileProblem(_ path: String?, _ code: POSIXError.Code) -> LocalizedText {
    switch code {
    case .ENOSPC, .EDQUOT: fileProblem(path, CocoaError.Code.fileWriteOutOfSpace)
    case .ENOENT: fileProblem(path, CocoaError.Code.fileNoSuchFile)
    case .EACCES, .EPERM: fileProblem(path, CocoaError.Code.fileReadNoPermission)
    case .EROFS: fileProblem(path, CocoaError.Code.fileWriteVolumeReadOnly)
    default: fileProblem(path, LocalizedText(zh: "请检查路径和权限", en: "check the path and the permissions"))
    }
  }

  private static func fileProblem(_ path: String?, _ cause: LocalizedText) -> LocalizedText {
    LocalizedText(
      zh: (path.map { "“\($0)”" } ?? "文件") + "无法读写：\(cause.chinese)",
      en: (path.map { "\"\($0)\"" } ?? "a file") + " cannot be read or written: \(cause.english)")
  }

  /// What nobody foresaw: a word that helps whoever mends it, and no stack of them.
  static func unexpected(_ error: any Error) -> LocalizedText {
    let kind = String(describing: type(of: error))
    return LocalizedText(
      zh: "出现未预料的问题（\(kind)），工作没有完成；请把命令和这一行告诉维护人员",
      en:
        "an unforeseen problem (\(kind)); the work was not done. Tell the maintainers the command and this line"
    )
  }

  /// The sentences of argument-parser and their Chinese, `'…'` standing for the quoted words in order.
  private static let sentences: [(english: String, chinese: String)] = [
    ("Unknown option '…'", "没有“…”这个选项"),
    ("Unknown option '…'. Did you mean '…'?", "没有“…”这个选项，是不是“…”"),
    ("Missing value for '…'", "“…”后面缺少内容"),
    ("Missing expected argument '…'", "缺少“…”"),
    ("Unexpected argument '…'", "多出“…”"),
    ("The option '…' does not take any value, but '…' was specified", "“…”后面不能写内容（现写有“…”）"),
    ("Can't generate completion scripts for '…'", "不能为“…”生成补全脚本"),
    ("Can't autodetect a supported shell", "认不出所用的命令行外壳，请在选项后写明"),
    ("Value to be set with flag '…' had already been set with flag '…'", "“…”与“…”重复"),
    ("The value '…' is invalid", "“…”不能用"),
    ("'…' is not a date such as 2024-11-20", "“…”不是日期，应写成 2024-11-20 的样子"),
    ("'…' and '…' cannot be used together", "“…”和“…”不能同时使用"),
    ("'…' needs '…'", "“…”要和“…”一起使用"),
    ("'…' is no port: 0 to 65535", "“…”不是端口，应为 0 到 65535 的数"),
    ("'…' should end in .xlsx", "“…”应以 .xlsx 结尾"),
    ("The value '…' is invalid for '…'", "“…”不能用于“…”"),
    (
      "The value '…' is invalid for '…': '…' is not a date such as 2024-11-20",
      "“…”不能用于“…”，日期应写成 2024-11-20 的样子"
    ),
  ]

  /// The arguments are declared with the Chinese names that the Chinese sentences need; English ones as in the help.
  private static let placeholders = [
    ("<路径>", "PATH"), ("<文件夹>", "DIR"), ("<姓名>", "NAME"), ("<做什么>", "ACTION"), ("<文件>", "FILE"),
    ("<工作表!A1=值>", "SHEET!A1=VALUE"),
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
    // A sentence that nobody has put into Chinese: what it quotes is better than English.
    return words.isEmpty ? "写法不对" : words.map { "“\($0)”" }.joined(separator: "、") + "写法不对"
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
