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
      command: "init",
      summary: LocalizedText(zh: "建立一个活动的工作文件夹", en: "lay out a working folder"),
      usage: LocalizedText(zh: "init 文件夹 [选项]", en: "init DIR [options]"),
      arguments: [Entry(zh: ("文件夹", "要建立的文件夹"), en: ("DIR", "the folder to make"))],
      notes: LocalizedText(
        zh: "建立 活动.yaml 和 空白表、收件、退回、汇总 四个文件夹。已有的活动.yaml不会被覆盖。\n年度、截止日期、单位别名、指标都在 活动.yaml 中改。",
        en:
          "Makes 活动.yaml and the folders 空白表, 收件, 退回, 汇总. An existing 活动.yaml is never overwritten.\nYear, deadlines, aliases of units and targets are changed in 活动.yaml."
      ),
      examples: ["init 2024五送 --campaign jiaozuo-2024"]),
    CommandHelp(
      command: "template",
      summary: LocalizedText(zh: "生成下发用的空白表", en: "write blank forms to hand out"),
      usage: LocalizedText(zh: "template -o 路径 [选项]", en: "template -o PATH [options]"),
      options: [
        Entry(
          zh: ("--form 表", "只要一张表，写编号或名称（如 附件2）；也可以是指标表（如 附件1）；不写为全部报表"),
          en: ("--form NAME", "one form by id or label, or a table of targets; default all forms")),
        Entry(
          zh: ("--unit 单位", "填好这个单位的名称；不写则填报单位一栏留空"),
          en: ("--unit NAME", "with this unit's name filled in; default the generic form")),
        Entry("--all-units", zh: "每个应报单位各一份", en: "a workbook for every unit that owes the form"),
        Entry(
          zh: ("-o, --output 路径", "文件夹，或以 .xlsx 结尾的文件"),
          en: ("-o, --output PATH", "a folder, or a file ending in .xlsx")),
      ],
      notes: LocalizedText(
        zh: "已填有数据的同名文件不会被覆盖。", en: "A file of the same name that has figures in it is not overwritten."),
      examples: [
        "template --all-units -o 空白表", "template --form 附件2 -o 附件2.xlsx",
        "template --form 附件4 --unit 沁阳市总工会 -o 空白表", "template --form 附件1 -o 附件1.xlsx",
      ]),
    CommandHelp(
      command: "forms",
      summary: LocalizedText(
        zh: "列出活动的表、数据项和规则", en: "list the forms of the campaign, their fields and rules"),
      usage: LocalizedText(zh: "forms [选项]", en: "forms [options]"),
      options: [format], examples: ["forms", "forms --campaign 活动.yaml --format json"]),
    CommandHelp(
      command: "rules",
      summary: LocalizedText(zh: "列出审核规则及其参数", en: "list the rules and their parameters"),
      usage: LocalizedText(zh: "rules [选项]", en: "rules [options]"),
      options: [format], examples: ["rules", "rules --lang en"]),
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
      examples: ["check 收件", "check 收件/沁阳.xlsx --as-of 2024-12-01", "check 收件 --format json > 审核结果.json"]),
  ]
}
