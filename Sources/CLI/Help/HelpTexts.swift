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
    zh: ("路径…", "收到的文件、文件夹或压缩包，可写多个；不写为当前文件夹里的 收件"),
    en: ("PATH…", "files, folders and zips, any number; default 收件 in the working folder"))
  private static let format = Entry(
    "--format text|json", zh: "给人看的表格（默认）或给程序用的 JSON", en: "a table for people (default) or JSON for programs"
  )

  private static let manyFiles = Entry(
    "--yes", zh: "一次超过 10,000 个文件时也照读", en: "read more than 10,000 files in one run")

  private static let password = Entry(
    "--password", zh: "在终端里输入一个打开密码（不显示），对每个加密的文件试用",
    en: "ask on the terminal for a password that is tried on every encrypted file")
  private static let passwords = Entry(
    zh: ("--passwords 文件", "打开密码，文本文件，每行一个，逐个试用"),
    en: ("--passwords FILE", "a text file of passwords, one a line, tried on every encrypted file"))

  private static let notes = Entry(
    zh: ("--notes 文件", "核实说明（.xlsx 或 .csv）：写明的核实项不再算待核实，错误不受影响"),
    en: ("--notes FILE", "explanations (.xlsx or .csv) that release warnings, never errors"))

  private static let mask = Entry(
    "--mask", zh: "JSON 和工作簿中的身份证号、电话也只显示头尾（文字和网页总是如此）",
    en: "mask citizens' ids and telephone numbers in JSON and workbooks too (text and pages always do)")

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
      examples: ["init 2024年统计 --campaign jiaozuo-2024"]),
    CommandHelp(
      command: "learn",
      summary: LocalizedText(
        zh: "读通知和空白表，得到一个可以直接使用的活动", en: "make a campaign of a notice and blank workbooks"),
      usage: LocalizedText(zh: "learn 文件… -o 文件夹 [选项]", en: "learn FILE… -o DIR [options]"),
      arguments: [
        Entry(
          zh: ("文件…", "空白表（.xlsx、.xls、.et）、通知（.docx），可写多个"),
          en: ("FILE…", "blank workbooks (.xlsx, .xls, .et) and notices (.docx), any number"))
      ],
      options: [
        Entry(
          zh: ("-o, --output 文件夹", "活动写到哪个文件夹，应是新的或空的"),
          en: ("-o, --output DIR", "the folder for the campaign, new or empty")),
        Entry(
          zh: ("--from 活动", "上一次的活动：单位代码、别名、规则参数沿用，并列出增减和变动"),
          en: (
            "--from NAME", "last year's campaign: codes, aliases and rule parameters stay, changes are listed"
          )),
        Entry(
          zh: ("--questions 文件", "把问题写成一个待填的文件（可不写 -o，先只要问题）"),
          en: ("--questions FILE", "write the questions to a file to be filled in (-o may be left out)")),
        Entry(
          zh: ("--answers 文件", "填好回答的文件（YAML 或 JSON）"),
          en: ("--answers FILE", "the file with answers (YAML or JSON)")),
        Entry(
          zh: ("--answer 问题=回答", "一个回答，可写多次，如 deadlines/附件2=2025-11-20"),
          en: ("--answer ID=ANSWER", "one answer, any number of times: deadlines/附件2=2025-11-20")),
        format,
      ],
      notes: LocalizedText(
        zh:
          "读不准的不猜：列出问题和所在位置，请逐条回答（--questions、--answers），或在写出的 campaign.yaml 和各表的 .yaml 里改。\n之后各命令加 --campaign 文件夹 使用。",
        en:
          "What is not certain is asked, with its place: answer each (--questions, --answers), or change campaign.yaml and the forms' .yaml in the folder.\nThe other commands take it with --campaign DIR."
      ),
      examples: [
        "learn 2025年通知.docx -o 2025年", "learn 通知.docx 附件2.xlsx --questions 问题.yaml",
        "learn 通知.docx 附件2.xlsx --answers 问题.yaml -o 2025年", "learn 通知.docx 附件2.xlsx 附件4.xlsx -o 2025年",
        "learn 2025年通知.docx --from jiaozuo-2024 -o 2025年",
      ]),
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
        "template --form 附件4 --unit 单位全称 -o 空白表", "template --form 附件1 -o 附件1.xlsx",
      ]),
    CommandHelp(
      command: "edit",
      summary: LocalizedText(zh: "改写几个单元格，文件的其余内容原样不动", en: "set cells and leave everything else alone"),
      usage: LocalizedText(
        zh: "edit 文件 '工作表!A1=值'… -o 新文件", en: "edit FILE 'SHEET!A1=VALUE'… -o OUT"),
      arguments: [
        Entry(zh: ("文件", "一个工作簿"), en: ("FILE", "a workbook")),
        Entry(
          zh: ("'工作表!A1=值'", "要改的单元格和新值，可写多个；数字、文字、=公式，值留空为清除，值前加 ' 则一定按文字写"),
          en: (
            "'SHEET!A1=VALUE'",
            "a cell and its new value, any number; a number, text, =formula, nothing to clear, 'text for text whatever it is"
          )),
      ],
      options: [
        Entry(
          zh: ("-o, --output 文件", "写到哪个文件，可以就是原文件"),
          en: ("-o, --output OUT", "the file to write; can be the same")),
        Entry(
          "--rename-columns", zh: "改到表格（“插入-表格”）的表头时，列名一并改，Excel 打开时就不会提示修复",
          en:
            "where a table's header cell is set, rename the column too, so that Excel opens the file without repair"
        ),
      ],
      examples: ["edit 沁阳.xlsx 'Sheet1!E6=15' -o 沁阳-更正.xlsx"]),
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
      usage: LocalizedText(zh: "check [路径…] [选项]", en: "check [PATH…] [options]"),
      arguments: [paths],
      options: [
        notes,
        Entry(
          zh: ("--notes-template 文件.xlsx", "把待核实的问题列成表，供填写说明"),
          en: ("--notes-template FILE.xlsx", "write the warnings as a list to explain, for --notes")),
        Entry(
          zh: ("--suggest 文件.xlsx", "把可能的更正列成表，逐行决定采纳与否，供 merge --corrections 使用"),
          en: (
            "--suggest FILE.xlsx",
            "write the possible corrections as a list to decide on, for merge --corrections"
          )),
        Entry(
          zh: ("--previous 文件", "上年的汇总工作簿，用来对比两年的数字"),
          en: ("--previous FILE", "last year's consolidated workbook, to compare with")),
        mask,
        Entry(
          zh: ("--format text|json|jsonl", "输出格式：给人看的文字、一个 JSON，或每份表、每条问题、每个文件一行的 JSON，供 merge 汇总"),
          en: (
            "--format text|json|jsonl",
            "a text to read, one JSON document, or a line of JSON for each form, finding and file, which merge takes"
          )),
        Entry(
          zh: ("-o, --output 文件.jsonl", "与 jsonl 同用：写到这个文件；上次中断的接着做，已审核过的文件不再读"),
          en: (
            "-o, --output FILE.jsonl",
            "with jsonl: write to this file; an interrupted run goes on where it was"
          )),
        Entry(
          zh: ("--inbox 文件夹", "与 jsonl 同用：分批审核时，各批文件所在的整个收件文件夹"),
          en: ("--inbox FOLDER", "with jsonl: the whole inbox of which the paths are a part")),
        manyFiles, password, passwords,
      ],
      notes: LocalizedText(
        zh:
          "没有错误时退出码为 0，有错误为 1；命令行写的文件不存在为 2。审核只读不改，原文件不动。\n收件太多时可分成几批、在几台机器上用 --format jsonl 审核，再把各批的结果交给 merge：与一次汇总全部文件所得的工作簿逐字节相同。",
        en:
          "Exit code 0: nothing of severity error; 1: errors were found; 2: an input named is not there. Files are only read.\nAn inbox that is too large for one machine is checked in parts with --format jsonl; merge makes of all parts the same workbook, byte for byte, as of the files."
      ),
      examples: [
        "check", "check 收件", "check 收件/沁阳.xlsx --as-of 2024-12-01", "check 收件 --format json > 审核结果.json",
        "check 收件 --suggest 更正建议.xlsx --notes-template 核实说明.xlsx", "check 收件 --notes 核实说明.xlsx",
        "check 收件/河南 --inbox 收件 --format jsonl -o 河南.jsonl",
      ]),
    CommandHelp(
      command: "status",
      summary: LocalizedText(
        zh: "看谁已报、谁逾期、谁未报，写催报名单和催报函",
        en: "who has reported, who is late, who is missing; and letters to them"),
      usage: LocalizedText(zh: "status [路径…] [选项]", en: "status [PATH…] [options]"),
      arguments: [paths],
      options: [
        Entry(
          zh: ("-o, --output 文件", "写一份催报工作簿：各单位还要办的事（未报、退回、待改正、逾期），可直接打印"),
          en: ("-o, --output FILE", "a workbook of what every unit still has to do, ready to print")),
        Entry(
          zh: ("--letters 文件夹", "给每个要催的单位写一份催报函（.txt），文字在 correspondence.yaml 里改"),
          en: ("--letters DIR", "a letter (.txt) to every unit concerned, worded by correspondence.yaml")),
        Entry(
          zh: ("--due 日期", "请单位在哪一天前办理；不写则按活动设置的 resendDays 推算"),
          en: ("--due DATE", "by when to answer; default some days from now (resendDays of the campaign)")),
        Entry(
          zh: ("--previous 文件", "上年的汇总工作簿，用来对比两年的数字，并取各单位的填报人和电话"),
          en: (
            "--previous FILE", "last year's consolidated workbook, to compare with, and for names and phones"
          )),
        notes, format, manyFiles, password, passwords,
      ],
      notes: LocalizedText(
        zh: "逾期按表内的填报时间与截止日期判断。", en: "Late is judged by the date on the form and the deadline."),
      examples: [
        "status 收件", "status 收件 --as-of 2024-12-01 -o 催报.xlsx --letters 催报函",
        "status 收件 --as-of 2024-12-01 --format json",
      ]),
    CommandHelp(
      command: "return",
      summary: LocalizedText(
        zh: "退回需要修改的表：在单位自己的文件里逐格标明", en: "send back what is to be corrected, marked in the unit's own file"),
      usage: LocalizedText(zh: "return [路径…] -o 文件夹 [选项]", en: "return [PATH…] -o DIR [options]"),
      arguments: [paths],
      options: [
        Entry(
          zh: ("-o, --output 文件夹", "退回的文件写到哪里，没有会新建；不能在所读的文件夹之内"),
          en: ("-o, --output DIR", "where to write; made if it is not there, and not inside what is read")),
        Entry(
          zh: ("--due 日期", "请单位在哪一天前重报；不写则按活动设置的 resendDays 推算"),
          en: ("--due DATE", "by when to send again; default some days from now (resendDays of the campaign)")
        ),
        Entry(
          zh: ("--previous 文件", "上年的汇总工作簿，用来对比两年的数字"),
          en: ("--previous FILE", "last year's consolidated workbook, to compare with")),
        notes, format, manyFiles, password, passwords,
      ],
      notes: LocalizedText(
        zh:
          "有错误或需核实问题的文件才退回：有问题的单元格涂色并加批注，最前面加一页“退回说明”，其余内容原样不动；只有提示的不退回。\n不是 .xlsx 的表按原位置转成 .xlsx 退回；读不出来的文件退回一页说明。被替代的文件不退回。\n单位在退回的文件上改好再报来，收件时自动作为新的一份采用。收到的文件一律不改动。\n退出码：0 没有错误；1 有错误；2 输入不能用或文件写不了。",
        en:
          "Files with errors or warnings go back: the cells filled and commented, a sheet 退回说明 in front, all else untouched. Files with hints only do not.\nTables of other formats go back as .xlsx with the same addresses, unreadable files as a page that says why. Superseded files do not.\nCorrected in the returned file and sent again, a form is the newer version. Inputs are never changed.\nExit code 0: no errors; 1: errors were found; 2: an input cannot be used or the output not written."
      ),
      examples: [
        "return 收件 -o 退回", "return 收件 --as-of 2024-12-01 --due 2024-12-05 -o 退回",
        "return 收件/沁阳.xlsx -o 退回 --format json",
      ]),
    CommandHelp(
      command: "merge",
      summary: LocalizedText(zh: "汇总成一个工作簿，附来源和问题清单", en: "write the consolidated workbook"),
      usage: LocalizedText(zh: "merge [路径…] -o 文件.xlsx [选项]", en: "merge [PATH…] -o FILE.xlsx [options]"),
      arguments: [paths],
      options: [
        Entry(zh: ("-o, --output 文件", "要写的工作簿"), en: ("-o, --output FILE", "the workbook to write")),
        Entry(
          zh: ("--previous 文件", "上年的汇总工作簿，用来对比两年的数字"),
          en: ("--previous FILE", "last year's consolidated workbook, to compare with")),
        Entry(
          zh: ("--report 文件.html", "另写一页报告：总体情况、图表和各表，可在浏览器中看，可按 A4 打印"),
          en: (
            "--report FILE.html", "also write a page with charts and tables, to look at and to print on A4"
          )),
        Entry(
          zh: ("--docx 文件.docx", "另写一份年终报告（Word，公文格式）：由数字写成的段落、图表和各表"),
          en: (
            "--docx FILE.docx",
            "also write the year-end report as a Word document: paragraphs made of the figures, charts, tables"
          )),
        Entry(
          zh: ("--pdf 文件.pdf", "同一份年终报告写成 PDF（需装有 LibreOffice）"),
          en: ("--pdf FILE.pdf", "the same report as PDF, where LibreOffice is installed")),
        Entry(
          zh: ("--corrections 文件", "决定过的更正表（check --suggest 写出的）：采纳的更正代替文件中的数字"),
          en: (
            "--corrections FILE",
            "the decided list of corrections (from check --suggest): accepted ones replace figures"
          )),
        notes,
        Entry(
          "--strict", zh: "有错误或有单位未报时不汇总，不写文件", en: "refuse while there are errors or units are missing"),
        Entry(
          "--mask", zh: "工作簿中的身份证号和电话也隐去中间几位",
          en: "mask citizens' ids and telephone numbers in the workbook too"),
        format, manyFiles, password, passwords,
      ],
      notes: LocalizedText(
        zh:
          "合计、总计由公式按各单位所报的线上、线下算出，所填合计只作核对；空白不作零计；各单位的数字除 --corrections 中采纳的更正外不改动。\n更正须有经办人和原因，只对所列的文件、单元格和原值有效；采用和未采用的都会列出。\n下级 merge 出来的汇总工作簿可以与报表一起再汇总（县→市→省），各单位的行和来源保留，计重的单位报 R03，被手工改过的报 R01。\n退出码：0 没有错误；1 已汇总但有错误，或因 --strict 未汇总；2 输入不能用或文件写不了。",
        en:
          "Totals are formulas over reported parts; typed totals are only checked, blanks are not zeros; no figure is changed but by --corrections.\nA correction needs 经办人 and 原因 and holds only for the file, cell and old value that it names; all are listed.\nConsolidated workbooks from below go in beside forms (county, city, province): rows and sources are kept, units counted twice are found (R03), so are changes by hand (R01).\nExit code 0: no errors; 1: merged with errors, or refused by --strict; 2: an input cannot be used or the output not written."
      ),
      examples: [
        "merge 收件 -o 汇总/2024年终汇总.xlsx", "merge 收件 -o 汇总/2024年终汇总.xlsx --report 汇总/2024年终汇总.html",
        "merge 收件 -o 汇总.xlsx --corrections 更正建议.xlsx --notes 核实说明.xlsx",
        "merge 收件 -o 汇总.xlsx --previous 2023年终汇总.xlsx --strict",
        "merge 河南.jsonl 河北.jsonl -o 汇总.xlsx",
      ]),
    CommandHelp(
      command: "serve",
      summary: LocalizedText(zh: "在浏览器里做全年的工作", en: "do the whole year's work in a browser"),
      usage: LocalizedText(zh: "serve [文件夹] [选项]", en: "serve [DIR] [options]"),
      arguments: [
        Entry(
          zh: ("文件夹", "工作文件夹，没有就建立；不写为当前文件夹"),
          en: ("DIR", "the working folder, made if it is not there; default the current one"))
      ],
      options: [
        Entry(zh: ("--port 端口", "不写为 8642"), en: ("--port PORT", "default 8642")),
        Entry(
          zh: ("--listen 地址", "不写为 127.0.0.1，只有本机能打开"),
          en: ("--listen ADDRESS", "default 127.0.0.1, this machine only")),
        Entry(
          zh: ("--previous 汇总.xlsx", "上年的汇总结果，用来比较"),
          en: ("--previous FILE", "last year's consolidated workbook, to compare with")),
        Entry("--no-open", zh: "不自动打开浏览器", en: "do not open the browser"),
        Entry(
          "--portal", zh: "单位用各自的链接自己检查、上报（链接在“活动”里生成）",
          en: "units check and send by links of their own (made in the room Campaign)"),
        Entry(
          zh: ("--behind-proxy 网址", "别的电脑经前面的 nginx 打开时用的网址，可写多次；要先登记人员"),
          en: (
            "--behind-proxy NAME",
            "the name by which other machines reach nginx in front, any number; needs people"
          )),
        Entry("--print-nginx", zh: "写出 nginx 的配置", en: "print a configuration of nginx"),
      ],
      notes: LocalizedText(
        zh: "显示一个带口令的地址，用浏览器打开；按 Ctrl-C 或点页面上的“退出”结束。文件夹里的文件仍是依据，命令行照常可用。",
        en:
          "Prints an address with a key in it, to be opened in a browser; Ctrl-C or Quit on the page ends it. The folder's files stay what counts, and the other commands work as before."
      ),
      examples: ["serve 2024年统计"]),
    CommandHelp(
      command: "user",
      summary: LocalizedText(zh: "登记能从别的电脑打开页面的人", en: "who may open the page from another machine"),
      usage: LocalizedText(zh: "user add|remove|list [姓名] [选项]", en: "user add|remove|list [NAME] [options]"),
      arguments: [
        Entry(
          zh: ("add|remove|list", "登记、取消、列出"), en: ("add|remove|list", "add, remove or list people")),
        Entry(zh: ("姓名", "登录用的姓名"), en: ("NAME", "the name to log in with")),
      ],
      notes: LocalizedText(
        zh: "密码在终端里输入（不显示），至少8个字；只存加盐的散列（scrypt）。改动在下次启动页面时生效。",
        en:
          "The password is asked on the terminal, unseen; at least 8 characters. Only a salted hash (scrypt) is kept. Changes count when the page is started next."
      ),
      examples: ["user add 李晓红"]),
    CommandHelp(
      command: "log",
      summary: LocalizedText(zh: "看谁在什么时候做了什么", en: "who did what, and when"),
      usage: LocalizedText(zh: "log [选项]", en: "log [options]"),
      options: [
        format, Entry("--verify", zh: "核对日志有没有被改动过", en: "check that no entry was changed"),
      ],
      notes: LocalizedText(
        zh: "日志在工作文件夹的 活动.sqlite，页面和命令行都往里记。它只是凭据，数字不取自它。",
        en:
          "The ledger is 活动.sqlite in the working folder; page and commands write to it. It is evidence, and no figure comes from it."
      ),
      examples: ["log --verify"]),
    CommandHelp(
      command: "convert",
      summary: LocalizedText(zh: "把填好的表或任意工作表转换成其他格式", en: "a filled form, or any sheet, in another format"),
      usage: LocalizedText(
        zh: "convert [文件…] [--to xlsx|csv|json|html|docx|pdf] [-o 路径] [选项]",
        en: "convert [IN…] [--to xlsx|csv|json|html|docx|pdf] [-o PATH] [options]"),
      arguments: [
        Entry(
          zh: ("文件…", "要转换的文件；不写为当前文件夹里的 收件，--raw 时必须写"),
          en: ("IN…", "files to convert; default 收件 in the working folder, needed with --raw"))
      ],
      options: [
        Entry(
          zh: (
            "--to 格式",
            "xlsx、csv、json、html、docx 或 pdf（pdf 需装有 LibreOffice）；不写时看 -o 的扩展名，再不然表为 xlsx，--raw 为 csv"
          ),
          en: (
            "--to FORMAT",
            "xlsx, csv, json, html, docx or pdf (pdf through LibreOffice); default by the ending of -o, else xlsx, with --raw csv"
          )),
        Entry(
          zh: ("-o, --output 路径", "文件；转换多个时为文件夹；不写则 csv、json、html 显示在屏幕上"),
          en: ("-o, --output PATH", "a file, or a folder for several; default the screen")),
        Entry(
          "--raw", zh: "不管是不是统计表，整张工作表照原样转成 csv，或把 csv 转成工作簿",
          en: "a sheet as it is to csv, or csv to a workbook"),
        Entry(
          zh: ("--sheet 名称", "与 --raw 同用：哪一张工作表，不写为第一张可见的"),
          en: ("--sheet NAME", "with --raw: which sheet, default the first visible one")),
        Entry(
          "--formatted", zh: "与 --raw 同用：数字按 Excel 显示的样子写出", en: "with --raw: numbers as Excel shows them"),
        Entry(
          "--no-bom", zh: "csv 开头不加 BOM（给程序用；Excel 打开会乱码）",
          en: "CSV without a byte order mark, for programs; Excel takes it for another character set"),
        manyFiles, password, passwords,
      ],
      examples: [
        "convert 收件/沁阳.xls --to xlsx -o 沁阳.xlsx", "convert 收件/*.xlsx --to csv -o 转换",
        "convert --raw 任意.xlsx --to csv -o 任意.csv",
      ]),
    CommandHelp(
      command: "dump",
      summary: LocalizedText(zh: "把工作簿的每个单元格写成 JSON（给程序用）", en: "every cell of a workbook as JSON"),
      usage: LocalizedText(
        zh: "dump 文件 [--summary | --recalculate]", en: "dump FILE [--summary | --recalculate]"),
      arguments: [
        Entry(
          zh: ("文件", "工作簿：xlsx、xls、et、xlsb、ods、XML 表格 2003，或 csv、网页、docx"),
          en: ("FILE", "a workbook: xlsx, xls, et, xlsb, ods, XML Spreadsheet 2003; or csv, HTML, docx"))
      ],
      options: [
        Entry(
          "--summary", zh: "只写每张工作表各类单元格的个数和数字之和",
          en: "only the number of cells by type and the sum of the numbers, per sheet"),
        Entry(
          "--recalculate",
          zh: "每个公式另加 calculated：现在算出的值（type、value），与存储的 value 不同时 differs 为 true；算不了的写 error",
          en:
            "beside each formula's stored value, calculated: what it gives now (type, value), with differs true where the stored value is another or missing, or error where it cannot be computed"
        ),
      ],
      notes: LocalizedText(
        zh: "TODAY、NOW 按 --as-of 的日期（不写为今天）计算。", en: "TODAY and NOW are those of --as-of (default today)."),
      examples: ["dump 汇总.xlsx", "dump 汇总.xlsx --summary", "dump 汇总.xlsx --recalculate"]),
  ]
}
