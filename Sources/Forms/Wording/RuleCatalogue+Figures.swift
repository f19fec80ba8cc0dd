// C, T, X, U: single cells, totals, what belongs together, units of measure.

extension RuleCatalogue {
  static let cellRules: [Rule] = [
    Rule(
      "C01", .error,
      LocalizedText(zh: "应填数字", en: "A figure is a number"),
      says: LocalizedText(
        zh: "{cell}“{raw}”不是数字，请只填一个数", en: "{cell}: “{raw}” is no number; enter one number"),
      variants: [
        "candidates": LocalizedText(
          zh: "{cell}“{raw}”不是数字，可能是：{list}，请只填一个数",
          en: "{cell}: “{raw}” is no number; perhaps {list}; enter one number"),
        "shown": LocalizedText(
          zh: "{cell}显示为“{raw}”，不是数字，请把格式改为常规后填一个数",
          en: "{cell} is shown as “{raw}”, which is no number; set its format to General and enter one"),
        "shownCandidates": LocalizedText(
          zh: "{cell}显示为“{raw}”，不是数字，可能是：{list}，请把格式改为常规后填一个数",
          en:
            "{cell} is shown as “{raw}”, which is no number; perhaps {list}; set its format to General and enter one"
        ),
      ].merging(valueMessages) { own, _ in own }),
    Rule(
      "C02", .info,
      LocalizedText(zh: "文字形式的数字已换算读取", en: "A number written as text was read as a number"),
      says: LocalizedText(zh: "{cell}“{raw}”按{value}读取", en: "{cell}: “{raw}” was read as {value}")),
    Rule(
      "C03", .error,
      LocalizedText(
        zh: "数字不应小于0，计数应为整数", en: "Figures are not negative, counts are whole numbers"),
      says: LocalizedText(
        zh: "{cell}应为不小于0的整数，现为{value}", en: "{cell} must be a whole number from 0, is {value}"),
      variants: [
        "decimal": LocalizedText(
          zh: "{cell}应为不小于0的数，现为{value}", en: "{cell} must not be negative, is {value}")
      ].merging(valueMessages) { own, _ in own }),
    Rule(
      "C04", .warning,
      LocalizedText(zh: "不应有空格未填，没有请填0", en: "No input is blank; none is 0"),
      says: LocalizedText(
        zh: "{cell}未填（{field}），如为零请填0", en: "{cell} is blank ({field}); if there was none, enter 0"),
      variants: [
        "group": LocalizedText(
          zh: "“{group}”整项未填，如未开展请各格填0",
          en: "“{group}” is blank throughout; if there was none, enter 0 in each cell")
      ]),
    Rule(
      "C05", .warning,
      LocalizedText(zh: "应填准确数", en: "Figures are exact"),
      says: LocalizedText(
        zh: "{cell}“{raw}”为约数，暂按{value}读取，请填准确数",
        en: "{cell}: “{raw}” is approximate, read as {value} for now; enter the exact figure")),
    Rule(
      "C06", .error,
      LocalizedText(zh: "公式不应出错", en: "No formula ends in an error"),
      says: LocalizedText(
        zh: "{cell}公式出错（{error}），请改正公式或直接填数",
        en: "{cell}: the formula fails ({error}); mend it or enter the figure")),
    Rule(
      "C07", .error,
      LocalizedText(zh: "数据格不应合并", en: "Inputs are not merged"),
      says: LocalizedText(
        zh: "{range}被合并，无法区分{fields}，请取消合并后分别填写",
        en: "{range} is merged, so that {fields} cannot be told apart; unmerge and fill in each")),
    Rule(
      "C08", .warning,
      LocalizedText(
        zh: "数据格中不应有划去、隐藏或作注的内容", en: "A figure's cell holds nothing crossed out, hidden or raised"),
      says: LocalizedText(
        zh: "{cell}中有{list}，按{value}读取，请核对", en: "{cell} has {list}; it was read as {value}; please check"),
      variants: [
        "blank": LocalizedText(
          zh: "{cell}中只有{list}，按未填读取，请核对",
          en: "{cell} has only {list}; it was read as blank; please check"),
        "shown": LocalizedText(
          zh: "{cell}显示为“{shown}”，按{value}读取，请核对",
          en: "{cell} is shown as “{shown}”; it was read as {value}; please check"),
      ]),
  ]

  static let totalRules: [Rule] = [
    Rule(
      "T01", .error,
      LocalizedText(zh: "合计应填写", en: "A total is filled in"),
      says: LocalizedText(
        zh: "{row} {total}未填，应为{sum}", en: "{row} {total} is blank; it should be {sum}")),
    Rule(
      "T02", .error,
      LocalizedText(zh: "有合计时分项应填齐", en: "Where there is a total, no part is blank"),
      says: LocalizedText(
        zh: "{cell}未填（{field}），按{total}推算为{value}，请确认",
        en: "{cell} is blank ({field}); by the {total} it would be {value}; please confirm"),
      variants: [
        "below": LocalizedText(
          zh: "{cell}未填（{field}），且{total}{value}小于已填的分项，请一并核对",
          en: "{cell} is blank ({field}), and the {total} {value} is less than the other parts; check both")
      ]),
    Rule(
      "T03", .error,
      LocalizedText(zh: "合计应等于各分项之和", en: "A total equals the sum of its parts"),
      says: LocalizedText(
        zh: "{row}：{parts}={sum}，与{total}{value}相差{difference}。{hint}{list}",
        en: "{row}: {parts}={sum}, but {total} is {value}, {difference} apart. {hint}{list}"),
      variants: [
        "likely": LocalizedText(zh: "最可能：", en: "Most likely: "),
        "possible": LocalizedText(zh: "可能：", en: "Perhaps: "),
        "small": LocalizedText(
          zh: "其中一处有误，请按原始记录核对，可能：", en: "One of them is wrong, check the records; perhaps: "),
      ]),
    Rule(
      "T04", .error,
      LocalizedText(zh: "合计不应小于分项", en: "A total is not less than its parts"),
      says: LocalizedText(
        zh: "{row}：{total}{value}小于分项（{parts}），{total}有误，应为{sum}",
        en:
          "{row}: {total} {value} is less than its parts ({parts}), so the {total} is wrong; it should be {sum}"
      )),
    Rule(
      "T05", .warning,
      LocalizedText(
        zh: "公式结果应为最新，合计公式应只加本行各分项（无法复核的公式为提示）",
        en:
          "Formulas are calculated, and a total adds up exactly its own parts (a hint where it cannot be checked)"
      ),
      says: LocalizedText(
        zh: "{cell}公式{formula}结果应为{value}，表中显示{shown}，请重新计算后保存",
        en: "{cell}: {formula} gives {value}, the file shows {shown}; recalculate and save"),
      variants: [
        "parts": LocalizedText(
          zh: "{cell}公式{formula}不是本行各分项之和，应为={right}（{value}），请改正公式",
          en: "{cell}: {formula} is not the sum of its own parts; it should be ={right} ({value})"),
        "partsUnknown": LocalizedText(
          zh: "{cell}公式{formula}不是本行各分项之和，应为={right}，请改正公式",
          en: "{cell}: {formula} is not the sum of its own parts; it should be ={right}"),
        "unverified": LocalizedText(
          zh: "{cell}公式{formula}无法复核（{why}），按表中显示的{shown}读取",
          en: "{cell}: {formula} cannot be checked ({why}); the {shown} shown in the file counts"),
      ]),
    Rule(
      "T07", .error,
      LocalizedText(zh: "其中数不应大于总数", en: "A part is not more than its whole"),
      says: LocalizedText(
        zh: "{cell}{part}{value}，大于{whole}{most}", en: "{cell}: {part} {value} is more than {whole} {most}")),
    Rule(
      "T06", .error,
      LocalizedText(
        zh: "自行添加的总计应等于各项之和", en: "A grand total that the unit added equals the sum"),
      says: LocalizedText(
        zh: "{cell}“{label}”{column}={value}，各项之和为{sum}",
        en: "{cell}: “{label}” {column} is {value}, the sum is {sum}")),
  ]

  static let pairRules: [Rule] = [
    Rule(
      "X01", .error,
      LocalizedText(
        zh: "有场次应有人数，有人数应有场次（部分项目有场次无人数为核实）",
        en: "Events have people and people have events (some kinds may have events without people: a warning)"
      ),
      variants: [
        "people": LocalizedText(
          zh: "{place}有{people}{p}但{events}为0，请核对", en: "{place}: {people} {p} but {events} is 0"),
        "events": LocalizedText(
          zh: "{place}有{events}{s}但{people}为0，请核对", en: "{place}: {events} {s} but {people} is 0"),
      ]),
    Rule(
      "X02", .error,
      LocalizedText(zh: "场次不应大于人数", en: "There are no more events than people"),
      says: LocalizedText(
        zh: "{place}{events}{s}大于{people}{p}，两行是否填反",
        en: "{place}: {events} {s} exceeds {people} {p}; are the rows exchanged?"),
      variants: [
        "repairs": LocalizedText(
          zh: "{place}{events}{s}大于{people}{p}，两行填反：对调后{rows}合计均相符",
          en: "{place}: {events} {s} exceeds {people} {p}; exchanged, as {rows} then add up")
      ]),
    Rule(
      "X03", .warning,
      LocalizedText(zh: "场均人数应在合理范围内", en: "People per event are plausible"),
      variants: [
        "high": LocalizedText(
          zh: "{place}场均{rate}人，明显偏高（{low}—{high}人），请核实",
          en: "{place}: {rate} people per event, clearly too many ({low}–{high}); please check"),
        "low": LocalizedText(
          zh: "{place}场均{rate}人，明显偏低（{low}—{high}人），请核实",
          en: "{place}: {rate} people per event, clearly too few ({low}–{high}); please check"),
      ]),
    Rule(
      "O01", .warning,
      LocalizedText(
        zh: "场均人数不应与其他单位相差悬殊", en: "People per event are not wholly unlike those of other units"),
      says: LocalizedText(
        zh: "{place}场均{rate}人，其他单位多在{low}—{high}人，请核实",
        en: "{place}: {rate} people per event, most other units have {low}–{high}; please check")),
    Rule(
      "X04", .warning,
      LocalizedText(zh: "有场次应有覆盖人数，反之亦然", en: "Events have an audience, and an audience events"),
      variants: [
        "people": LocalizedText(
          zh: "{place}有{people}{p}但{events}为0，请核对", en: "{place}: {people} {p} but {events} is 0"),
        "events": LocalizedText(
          zh: "{place}有{events}{s}但{people}为0，请核对", en: "{place}: {events} {s} but {people} is 0"),
      ]),
    Rule(
      "X05", .warning,
      LocalizedText(zh: "开展活动应有报道", en: "Events are reported about"),
      says: LocalizedText(
        zh: "已开展活动（{s}）但{reports}为0，请核实", en: "There were events ({s}) but {reports} is 0; please check"),
      variants: [
        "blank": LocalizedText(
          zh: "已开展活动（{s}）但{reports}未填，如为零请填0",
          en: "There were events ({s}) but {reports} is blank; if there was none, enter 0")
      ]),
    Rule(
      "X06", .info,
      LocalizedText(zh: "某一方式全部为0的请确认", en: "One way of doing things was not used at all"),
      says: LocalizedText(
        zh: "全部为{others}，请确认无{channel}活动", en: "All {others}; please confirm that there was nothing {channel}"
      ),
      variants: [
        "none": LocalizedText(zh: "各项全部为0，请确认未开展活动", en: "All figures are 0; please confirm")
      ]),
  ]

  static let measureRules: [Rule] = [
    Rule(
      "U01", .error,
      LocalizedText(
        zh: "人数应按表头的单位填写（远超指标但可能属实的为核实）",
        en: "The audience is in the unit that the form asks for (a warning where a huge figure may be real)"),
      says: LocalizedText(
        zh: "{cell}应以“{unit}”填写，{value}疑为{base}，应为{right}",
        en: "{cell} is asked for in {unit}; {value} looks like {base} and should be {right}"),
      variants: [
        "huge": LocalizedText(
          zh: "{cell}为{value}{unit}，是指标（{target}{unit}）的{factor}倍以上，请核实是否应为{base}",
          en:
            "{cell} is {value} {unit}, over {factor} times the target ({target}); check that it is not {base}"
        ),
        "sum": LocalizedText(
          zh: "{place}共{value}{unit}，是指标（{target}{unit}）的{factor}倍以上，请核实",
          en: "{place} add up to {value} {unit}, over {factor} times the target ({target}); please check"),
        "sumSlip": LocalizedText(
          zh: "{place}应以“{unit}”填写，合计{value}疑为{base}，应为{right}",
          en: "{place} is asked for in {unit}; {value} in all looks like {base} and should be {right}"),
      ]),
    Rule(
      "U02", .warning,
      LocalizedText(zh: "换算后的人数不应过小或不是整数", en: "The audience in people is whole and not tiny"),
      variants: [
        "tiny": LocalizedText(
          zh: "{cell}为{value}{unit}，仅合{people}{base}，请核对单位",
          en: "{cell}: {value} {unit} is only {people} {base}; check the unit"),
        "fraction": LocalizedText(
          zh: "{cell}为{value}{unit}，合{people}{base}，不是整数，请核对单位",
          en: "{cell}: {value} {unit} is {people} {base}, no whole number; check the unit"),
        "perEvent": LocalizedText(
          zh: "{cell}为{value}{unit}，仅合{people}{base}，{s}场平均不足{least}{base}，请核对单位",
          en:
            "{cell}: {value} {unit} is only {people} {base} at {s} events, under {least} each; check the unit"
        ),
      ]),
    Rule(
      "U03", .error,
      LocalizedText(zh: "同一行数值的单位应一致", en: "The figures of a row are in the same unit"),
      says: LocalizedText(
        zh: "{row}数值相差{factor}倍，疑为单位或多写（少写）0：{parts}，{total}{value}。可能：{list}",
        en:
          "{row}: off by a factor of {factor}, the unit or a zero too many or too few: {parts}, {total} {value}. Perhaps: {list}"
      )),
    Rule(
      "U04", .warning,
      LocalizedText(zh: "人数不应以“万”为单位", en: "People are not counted in ten thousands"),
      says: LocalizedText(
        zh: "{cell}（{field}）{value}疑以“万”为单位，应为{right}",
        en: "{cell}: {field} {value} looks like ten thousands and should be {right}")),
    Rule(
      "U05", .error,
      LocalizedText(
        zh: "表上印的计量单位不应改动", en: "The units of measure printed on the form are those of the blank"),
      says: LocalizedText(
        zh: "{place}写的是“{written}”，本表以“{unit}”填写：{cell}的{value}{printed}应为{right}{unit}",
        en:
          "{place} says \"{written}\", and the form asks for {unit}: {value} {printed} in {cell} is {right} {unit}"
      ),
      variants: [
        "all": LocalizedText(
          zh: "{place}写的是“{written}”，本表以“{unit}”填写，请全部换算",
          en: "{place} says \"{written}\", and the form asks for {unit}; please convert all figures"),
        "column": LocalizedText(
          zh: "{place}写的是“{written}”，本表的“{field}”以“{unit}”填写，请整栏换算",
          en: "{place} says \"{written}\", and the form asks for {field} in {unit}; please convert the column"
        ),
      ]),
  ]
}
