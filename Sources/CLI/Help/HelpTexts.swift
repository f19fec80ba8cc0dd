import Forms

/// The texts of every command's help, in the order in which an office uses the commands.
extension CommandHelp {
  static let globalOptions: [Entry] = [
    Entry(
      zh: ("--campaign 活动", "活动编号、文件夹或文件；不写时用当前文件夹的 活动.yaml，没有则用内置的 jiaozuo-2024"),
      en: (
        "--campaign NAME",
        "campaign id, folder or file; default 活动.yaml in the working folder, else jiaozuo-2024"
      )),
    Entry(
      zh: ("--as-of 日期", "按哪一天判断是否逾期（如 2024-12-01），不写为今天"),
      en: ("--as-of DATE", "the date against which deadlines are judged (YYYY-MM-DD); default today")),
    Entry("--lang zh|en", zh: "中文或英文，不写为中文", en: "Chinese (default) or English"),
    Entry("-h, --help", zh: "显示说明", en: "show help"),
  ]

  private static let paths = Entry(
    zh: ("路径…", "收到的文件、文件夹或压缩包，可写多个"), en: ("PATH…", "files, folders and zips, any number"))
  private static let format = Entry(
    "--format text|json", zh: "给人看的表格（默认）或给程序用的 JSON", en: "a table for people (default) or JSON for programs"
  )

  static let all: [CommandHelp] = [
    CommandHelp(
      command: "check",
      summary: LocalizedText(zh: "审核收到的统计表，逐格指出缺漏和不一致", en: "check the forms that came in, cell by cell"),
      usage: LocalizedText(zh: "check 路径… [选项]", en: "check PATH… [options]"),
      arguments: [paths],
      options: [format],
      notes: LocalizedText(
        zh: "没有错误时退出码为 0，有错误为 1；命令行写的文件不存在为 2。审核只读不改，原文件不动。",
        en:
          "Exit code 0: nothing of severity error; 1: errors were found; 2: an input named is not there. Files are only read."
      ),
      examples: ["check 收件", "check 收件/沁阳.xlsx --as-of 2024-12-01", "check 收件 --format json > 审核结果.json"])
  ]
}
