// G, Y, R: targets, last year, roll-ups.

extension RuleCatalogue {
  static let targetRules: [Rule] = [
    Rule(
      "G01", .warning,
      LocalizedText(
        zh: "应完成活动目标（截止前为进度提示）", en: "The target is reached (progress only, until the deadline)"),
      says: LocalizedText(
        zh: "{heading}{n}，目标{target}，完成{rate}%，差{gap}{base}",
        en: "{heading}: {n} of the target {target} ({rate}%), {gap} {base} short"),
      variants: [
        "progress": LocalizedText(
          zh: "进度：{heading}{n}，目标{target}，完成{rate}%，还差{gap}{base}",
          en: "Progress: {heading} {n} of the target {target} ({rate}%), {gap} {base} to go")
      ]),
    Rule(
      "G02", .warning,
      LocalizedText(zh: "完成率不应异常偏高", en: "The rate is not implausibly high"),
      says: LocalizedText(
        zh: "完成率{rate}%异常偏高（{n}，目标{target}），请核实",
        en: "{rate}% of the target is implausibly high ({n}, target {target}); please check")),
    Rule(
      "G03", .warning,
      LocalizedText(zh: "指定单位应达到规定数量", en: "The units named hold the events asked for"),
      says: LocalizedText(
        zh: "{name}{n}，少于{least}的要求", en: "{name}: {n}, fewer than the {least} asked for")),
    Rule(
      "G04", .info,
      LocalizedText(
        zh: "达到规定场次的，请说明其中符合要求的数量", en: "Where enough were held, say how many of them qualify"),
      says: LocalizedText(
        zh: "{name}{n}，其中符合要求的请在总结中注明（{least}—{most}）",
        en: "{name}: {n}; say in the report how many of them qualify ({least}–{most})")),
    Rule(
      "G05", .warning,
      LocalizedText(zh: "应完成指标", en: "The target is reached"),
      says: LocalizedText(
        zh: "{heading}{n}{base}，指标{target}{base}，完成{rate}%",
        en: "{heading}: {n} {base} of the target {target} ({rate}%)")),
    Rule(
      "G06", .warning,
      LocalizedText(zh: "名单外单位应达到规定数量", en: "Units outside the list hold the events asked of them"),
      says: LocalizedText(
        zh: "{unit}{name}{n}，应不少于{least}", en: "{unit}: {name} {n}, should be at least {least}")),
    Rule(
      "G07", .warning,
      LocalizedText(zh: "各项活动均应开展", en: "Every kind of activity was held"),
      says: LocalizedText(zh: "未开展：{kinds}，请核实", en: "Not held: {kinds}; please check")),
  ]

  static let yearRules: [Rule] = [
    Rule(
      "Y01", .warning,
      LocalizedText(zh: "与上年相比变化不应过大", en: "No big change against last year"),
      says: LocalizedText(
        zh: "{name}{n}，与上年{before}相比变化{rate}%，请说明",
        en: "{name} {n}: a change of {rate}% against last year's {before}; please explain"),
      variants: [
        "zero": LocalizedText(
          zh: "{name}{n}，上年为{before}，变化过大，请说明",
          en: "{name} {n}, last year {before}: a big change; please explain")
      ]),
    Rule(
      "Y02", .error,
      LocalizedText(zh: "不应与上年报表完全相同", en: "The form is not last year's"),
      says: LocalizedText(
        zh: "与上年报表完全相同，是否误报旧表", en: "Every figure is last year's; was the old form sent?")),
    Rule(
      "Y03", .warning,
      LocalizedText(zh: "各方式的比重不应与上年相反", en: "Shares are not the reverse of last year's"),
      says: LocalizedText(
        zh: "{name}：{channel}占{share}%，上年占{before}%，{channels}比重与上年相反，是否填反",
        en:
          "{name}: {channel} is {share}%, last year {before}%; {channels} are the reverse of last year; exchanged?"
      )),
  ]

  static let rollUpRules: [Rule] = [
    Rule(
      "R01", .error,
      LocalizedText(zh: "汇总数应等于各单位之和", en: "A consolidated figure equals the sum of the units"),
      says: LocalizedText(
        zh: "{field}：汇总{value}≠各单位之和{sum}", en: "{field}: {value} consolidated, but the units add up to {sum}"
      ),
      variants: [
        "edited": LocalizedText(
          zh: "{unit}的{field}汇总后被改动：表中为{value}，来源（{source}）为{origin}，请由填报单位更正后重新汇总",
          en:
            "{unit}: {field} was changed after consolidation: {value} here, {origin} at its source ({source}); have the unit correct it and consolidate again"
        ),
        "unsourced": LocalizedText(
          zh: "{unit}的{field}为{value}，“来源”中没有这个数字，疑为汇总后填入，请核实",
          en:
            "{unit}: {field} is {value}, which has no source in the workbook; it was typed in after consolidation"
        ),
        "lost": LocalizedText(
          zh: "“来源”中有{unit}的数字，分单位表中却没有这一行，疑被删去，其数字未计入",
          en: "The workbook has the sources of {unit} but no row of it; its figures are not counted"),
        "noColumn": LocalizedText(
          zh: "清单明细中没有“{field}”这一栏（被改名或删去），各单位的这一栏都没有取数，请恢复原来的表头后重新汇总",
          en:
            "the lines have no column \"{field}\" (renamed or deleted): nothing of it is counted for any unit; restore the heading and consolidate again"
        ),
        "typedTotal": LocalizedText(
          zh: "第{row}行“{text}”是汇总后加上的合计，没有出处，未计入",
          en:
            "line {row}, \"{text}\", is a sum that was added after consolidation; it has no source and is not counted"
        ),
      ]),
    Rule(
      "R02", .error,
      LocalizedText(
        zh: "指标表各单位之和应等于总计", en: "The units' targets add up to the printed total"),
      says: LocalizedText(
        zh: "指标表合计与文件不符：{table}各单位之和为{sum}，总计为{value}",
        en: "The targets of {table} add up to {sum}, the printed total is {value}")),
    Rule(
      "R03", .error,
      LocalizedText(
        zh: "上级单位汇总与下级单位直报不应重复", en: "No unit is counted both by itself and by the unit above"),
      says: LocalizedText(
        zh: "{unit}与下级{child}重复计列，请只保留一处",
        en: "{unit} already counts {child}, which also reports by itself; keep one of them"),
      variants: [
        "offices": LocalizedText(
          zh: "{unit}同时列在{office}的“{file}”和{office2}的“{file2}”中，只计入前者，请核实归属",
          en:
            "{unit} is in “{file}” of {office} and in “{file2}” of {office2} too; only the former counts"),
        "same": LocalizedText(
          zh: "{unit}与{unit2}（“{file2}”）数字、来源完全相同，是同一份表，被计入两次，请只保留一处",
          en: "{unit} and {unit2} (“{file2}”) are one and the same form and count twice; keep one of them"),
      ]),
    Rule(
      "R04", .error,
      LocalizedText(
        zh: "下级汇总中的错误应已更正", en: "Errors listed in a workbook from below are corrected there"),
      says: LocalizedText(
        zh: "{unit}的报表在下级汇总时还有错误待更正（{rule}）：{words}",
        en: "{unit} had an error open when the office below consolidated ({rule}): “{words}”")),
  ]
}
