// F, D, H: files and their shape, delivery, the lines around the table.

extension RuleCatalogue {
  static let fileRules: [Rule] = [
    Rule(
      "F01", .error,
      LocalizedText(
        zh: "文件应能打开、未加密、不为空", en: "The file can be opened, has no password and is not empty"),
      says: LocalizedText(
        zh: "文件“{file}”无法读取（{why}），{advice}", en: "File “{file}” cannot be read ({why}); {advice}"),
      variants: [
        "told": LocalizedText(
          zh: "文件“{file}”无法读取：{why}", en: "File “{file}” cannot be read: {why}")
      ]),
    Rule(
      "F02", .info,
      LocalizedText(zh: "文件内容应与扩展名相符", en: "The file is what its name says"),
      says: LocalizedText(
        zh: "“{file}”实际为{format}格式，已按实际格式读取", en: "“{file}” is in truth {format}; it was read as such"),
      variants: [
        "converted": LocalizedText(
          zh: "“{file}”是{format}，已由LibreOffice转为{target}后读取，请核对；今后请报送.xlsx",
          en:
            "“{file}” is {format}; LibreOffice turned it into {target}, which was read; check it, and ask for .xlsx"
        )
      ]),
    Rule(
      "F03", .error,
      LocalizedText(zh: "文件中应有报表", en: "The file holds a form"),
      says: LocalizedText(
        zh: "“{file}”中未找到{forms}表格，请使用下发的模板填报",
        en: "“{file}” holds no form ({forms}); fill in the template that was sent out")),
    Rule(
      "F04", .warning,
      LocalizedText(
        zh: "表头文字及行列次序应与下发模板一致", en: "Headings and their order are those of the template"),
      says: LocalizedText(
        zh: "表样与下发模板不一致：{what}，已按表头文字识别，请核对",
        en: "The form differs from the template: {what}; it was read by its headings, please check"),
      variants: [
        "alias": LocalizedText(zh: "“{label}”写作“{written}”", en: "“{label}” is written “{written}”"),
        "sample": LocalizedText(
          zh: "“{name}”像是填写示例，没有其他工作表可读，已按它读取，请核对",
          en: "“{name}” looks like a sample; as nothing else holds the form it was read, please check"),
        "rows": LocalizedText(zh: "行的次序不同", en: "rows in another order"),
        "columns": LocalizedText(zh: "列的次序不同", en: "columns in another order"),
      ]),
    Rule(
      "F05", .error,
      LocalizedText(zh: "表中的行、列应齐全", en: "No row or column of the form is missing"),
      variants: [
        "row": LocalizedText(
          zh: "缺少“{label}”行，无法取数，请使用下发的模板补报",
          en: "Row “{label}” is missing and its figures cannot be read; fill in the template"),
        "column": LocalizedText(
          zh: "缺少“{label}”列，无法取数，请使用下发的模板补报",
          en: "Column “{label}” is missing and its figures cannot be read; fill in the template"),
      ]),
    Rule(
      "F06", .warning,
      LocalizedText(zh: "报表区域内不应有隐藏的数据", en: "No figure of the form is hidden"),
      says: LocalizedText(
        zh: "{cells} 所在行（列）被隐藏但有数据，请取消隐藏并核对",
        en: "{cells}: the row or column is hidden but holds figures; unhide it and check"),
      variants: [
        "sheet": LocalizedText(
          zh: "报表所在工作表“{sheet}”（或全部行、列）被隐藏但有数据，请取消隐藏并核对",
          en:
            "Sheet “{sheet}” (or every row or column of the form) is hidden but holds figures; unhide it and check"
        ),
        "lines": LocalizedText(
          zh: "清单中有{n}行被隐藏（或被筛选掉）：{rows}；已照常计入，请取消隐藏并核对",
          en:
            "{n} line(s) of the list are hidden or filtered away: {rows}; they are counted as all others; unhide them and check"
        ),
        "columns": LocalizedText(
          zh: "“{fields}”栏被隐藏，其中的内容已照常读取，请取消隐藏并核对",
          en: "Column {fields} is hidden; what it holds was read as usual; unhide it and check"),
      ]),
    Rule(
      "F07", .error,
      LocalizedText(
        zh: "同一项的数只应有一组，或写明哪一组是本年（实际）数",
        en: "Every figure stands in the form once, or words say which group of rows or columns counts"),
      says: LocalizedText(
        zh: "{headings}出现{count}组（{groups}），无法确定，请只保留一组",
        en: "{headings} stand in {count} groups ({groups}); it cannot be told which counts; keep only one"),
      variants: [
        "parts": LocalizedText(
          zh: "{headings}下分为{count}项（{groups}），没有小计，无法确定，请加小计或只填一个数",
          en:
            "{headings} are divided into {count} parts ({groups}) without their sum; add it, or give one figure"
        )
      ]),
    Rule(
      "F08", .warning,
      LocalizedText(
        zh: "表中不应有下发模板以外的数据", en: "The form holds no figures that the template does not ask for"),
      says: LocalizedText(
        zh: "表中多出“{label}”，{count}个数未计入，请核对是否应填在其他栏",
        en: "“{label}” is not on the form; {count} figure(s) are not counted; check where they belong")),
    Rule(
      "F09", .warning,
      LocalizedText(zh: "工作表应能整个读入", en: "A sheet can be read to its end"),
      says: LocalizedText(
        zh: "工作表“{sheet}”内容过多，只读到第{row}行，以下未读；报表若在下面，请单独存为一个文件报送",
        en:
          "Sheet “{sheet}” holds too much and was read to row {row} only; if a form stands below, send it in a file of its own"
      )),
  ]

  static let deliveryRules: [Rule] = [
    Rule(
      "D01", .warning,
      LocalizedText(zh: "填报时间不应晚于截止日期", en: "The form is filled in by the deadline"),
      says: LocalizedText(
        zh: "逾期{days}天报送（填报时间{date}，截止{deadline}）",
        en: "{days} day(s) late (filled in on {date}, deadline {deadline})"),
      variants: [
        "mail": LocalizedText(
          zh: "逾期{days}天报送（填报时间{date}，邮件{received}收到，截止{deadline}）",
          en: "{days} day(s) late (filled in on {date}, mail received on {received}, deadline {deadline})"),
        "mailAlone": LocalizedText(
          zh: "逾期{days}天报送（邮件{received}收到，截止{deadline}）",
          en: "{days} day(s) late (mail received on {received}, deadline {deadline})"),
      ]),
    Rule(
      "D02", .error,
      LocalizedText(
        zh: "应报单位均应报送（截止日当天及以前为提示）",
        en: "Every unit that owes the form has sent it (a hint until the deadline has passed)"),
      says: LocalizedText(
        zh: "{unit}尚未报送{form}（截止{deadline}）", en: "{unit} has not sent {form} yet (deadline {deadline})")),
    Rule(
      "D03", .error,
      LocalizedText(
        zh: "应报送电子表格，不能只报扫描件或图片", en: "An electronic table, not only a scan or a picture"),
      says: LocalizedText(
        zh: "{unit}缺少{form}电子表格，只收到“{file}”，请补报电子表",
        en: "{unit} sent only “{file}” and no electronic table of {form}; send the table"),
      variants: [
        "document": LocalizedText(
          zh: "{unit}尚未报送{document}（截止{deadline}）",
          en: "{unit} has not sent its {document} yet (deadline {deadline})"),
        "unknown": LocalizedText(
          zh: "“{file}”是{format}，不是电子表格，且看不出填报单位，请补报电子表",
          en: "“{file}” is {format} and no electronic table, and does not say whose it is; send the table"),
        "many": LocalizedText(
          zh: "{n}个文件（“{file}”等）是{format}，不是电子表格，且看不出填报单位；如果是报表，请补报电子表",
          en:
            "{n} files (“{file}” and others) are no electronic tables ({format}) and do not say whose they are; if they show forms, send the tables"
        ),
      ]),
    Rule(
      "D04", .error,
      LocalizedText(zh: "报表应已填写", en: "The form is filled in"),
      says: LocalizedText(
        zh: "{form}未填写任何数据，请填写后重新报送", en: "{form} holds no figure at all; fill it in and send it again")),
    Rule(
      "D05", .warning,
      LocalizedText(
        zh: "一个单位一张表只报一份；各单位数据不应完全相同",
        en: "A unit sends a form once; no two units have the same figures throughout"),
      variants: [
        "versions": LocalizedText(
          zh: "{unit}的{form}报送了{n}份，采用“{file}”；与其余{m}处不同：{list}",
          en: "{unit} sent {form} {n} times; “{file}” counts; {m} figure(s) differ from the others: {list}"),
        "months": LocalizedText(
          zh: "{unit}的{form}为分月报送（{names}），采用“{file}”；如各为当月数，应将{k}个月相加：{list}",
          en:
            "{unit} sent {form} by months ({names}); “{file}” counts; if each is of one month, the {k} add up to {list}"
        ),
        "halves": LocalizedText(
          zh: "{unit}的{form}报送了{n}份，内容互补（{names}），每个数只在其中一份，采用“{file}”；应合并为一份，合并后各数齐全：{list}",
          en:
            "{unit} sent {form} {n} times, each figure in one of them only ({names}); “{file}” counts; together they are whole: {list}"
        ),
        "halvesBlank": LocalizedText(
          zh: "{unit}的{form}报送了{n}份，内容互补（{names}），每个数只在其中一份，采用“{file}”；应合并为一份，合并后仍缺{blank}个数：{list}",
          en:
            "{unit} sent {form} {n} times, each figure in one of them only ({names}); “{file}” counts; together they lack {blank} figure(s): {list}"
        ),
        "increment": LocalizedText(
          zh: "{unit}的{form}报送了{n}份，“{part}”疑为增量（各数只是“{whole}”的一小部分），采用“{file}”；如为增量，应相加：{list}",
          en:
            "{unit} sent {form} {n} times; “{part}” seems to be an addition (a small part of “{whole}”); “{file}” counts; if it is one, the sum is {list}"
        ),
        "same": LocalizedText(
          zh: "{unit}的{form}报送了{n}份，数据相同，采用“{file}”",
          en: "{unit} sent {form} {n} times with the same figures; “{file}” counts"),
        "copy": LocalizedText(
          zh: "与{unit2}（“{file2}”）的数据完全相同，请核实",
          en: "Every figure equals that of {unit2} (“{file2}”); please check"),
      ]),
    Rule(
      "D06", .error,
      LocalizedText(zh: "填报单位应在报送单位名单内", en: "The unit is one of the campaign's"),
      says: LocalizedText(
        zh: "无法识别填报单位“{text}”，请按名单写全称",
        en: "The unit “{text}” is not in the list of units; write its full name"),
      variants: [
        "several": LocalizedText(
          zh: "无法识别填报单位“{text}”，可能是：{list}，请写全称",
          en: "The unit “{text}” may be one of: {list}; write its full name"),
        "office": LocalizedText(
          zh: "汇总工作簿的填报单位“{text}”不在报送单位名单内，表中各行只按单位名称识别",
          en:
            "The office “{text}” that made this workbook is not in the list of units; its rows are told by name only"
        ),
        "blank": LocalizedText(
          zh: "“{label}”未填写，从文件名也看不出填报单位，请补填",
          en: "“{label}” is blank and the file's name does not say who; fill it in"),
      ]),
    Rule(
      "D07", .warning,
      LocalizedText(zh: "文件名与表内的单位应一致", en: "File name and form name the same unit"),
      says: LocalizedText(
        zh: "文件名单位“{named}”与表内“{written}”不一致，已按表内单位计入，请核对",
        en: "The file's name says “{named}”, the form “{written}”; the form counts, please check")),
    Rule(
      "D08", .info,
      LocalizedText(zh: "无指标的单位也可报送", en: "A unit without a target may report"),
      says: LocalizedText(
        zh: "{unit}在{table}中无指标，数据计入汇总、不计算完成率",
        en: "{unit} has no target in {table}; its figures count, without a rate")),
    Rule(
      "D09", .warning,
      LocalizedText(zh: "填报单位名称不应有错字", en: "The unit's name is spelt right"),
      says: LocalizedText(
        zh: "{label}“{text}”按“{unit}”读取，请核对",
        en: "{label}: “{text}” was read as “{unit}”; please check")),
    Rule(
      "D10", .warning,
      LocalizedText(
        zh: "填报单位应是名单上的单位，不是其下级", en: "The form is that of the whole unit, not of a part of it"),
      says: LocalizedText(
        zh: "“{file}”是{unit}所属“{text}”的表，未计入，请由{unit}汇总后报送",
        en: "“{file}” is the form of “{text}”, a part of {unit}; it does not count, {unit} sends one for all"),
      variants: [
        "sheet": LocalizedText(
          zh: "“{file}”的工作表“{sheet}”是{unit}所属“{text}”的表，未计入",
          en: "Sheet “{sheet}” of “{file}” is the form of “{text}”, a part of {unit}; it does not count")
      ]),
  ]

  static let headRules: [Rule] = [
    Rule(
      "H01", .warning,
      LocalizedText(zh: "表头、表尾各项应填写", en: "The lines around the table are filled in"),
      says: LocalizedText(zh: "“{label}”未填写，请补填", en: "“{label}” is blank; fill it in"),
      variants: [
        "fromName": LocalizedText(
          zh: "“{label}”未填写，已按文件名认作{unit}，请补填",
          en: "“{label}” is blank; taken from the file's name as {unit}; fill it in"),
        "fromMail": LocalizedText(
          zh: "“{label}”未填写，已按邮件的主题或发件人认作{unit}，请补填",
          en: "“{label}” is blank; taken from the mail's subject or sender as {unit}; fill it in"),
      ]),
    Rule(
      "H02", .warning,
      LocalizedText(
        zh: "填报时间应为当年的日期，联系电话应为7、8位（可带区号）或11位",
        en: "The date is a day of the year, the telephone number has 7, 8 or 11 digits (area code allowed)"),
      variants: [
        "noDate": LocalizedText(
          zh: "{label}“{value}”不正确，应为日期，如{example}",
          en: "{label} “{value}” is no date; write it like {example}"),
        "future": LocalizedText(
          zh: "{label}“{value}”不正确，晚于今天（{today}）", en: "{label} “{value}” lies after today ({today})"),
        "year": LocalizedText(
          zh: "{label}“{value}”不正确，应为{year}年", en: "{label} “{value}” is not in {year}"),
        "phone": LocalizedText(
          zh: "{label}“{value}”不正确，应为7或8位（可带区号）或11位号码",
          en: "{label} “{value}” is no telephone number of 7, 8 (area code allowed) or 11 digits"),
      ]),
    Rule(
      "H03", .warning,
      LocalizedText(zh: "标题中的年度应为本年度", en: "The title is of this year"),
      says: LocalizedText(
        zh: "标题写的是{year}年，应为{current}年，请核对是否误用旧表、误报旧数",
        en: "The title says {year}, not {current}; check that neither the form nor its figures are old")),
  ]
}
