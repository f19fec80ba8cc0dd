// L: the lines of lists, and values that are no figures.

extension RuleCatalogue {
  /// What a value is said to be that its field cannot hold; of C01, L02 and L06.
  static let valueMessages: [String: LocalizedText] = [
    "type": LocalizedText(
      zh: "{cell}“{raw}”不是{type}，请改填", en: "{cell}: “{raw}” is no {type}; mend it"),
    "incompleteDate": LocalizedText(
      zh: "{cell}“{raw}”不是完整的日期，请写到日，如 {year}-06-15",
      en: "{cell}: “{raw}” is no whole date; write the day too, such as {year}-06-15"),
    "noChoice": LocalizedText(
      zh: "{cell}“{raw}”不在可选值之内，应为：{choices}", en: "{cell}: “{raw}” is not one of: {choices}"),
    "noChoiceNear": LocalizedText(
      zh: "{cell}“{raw}”不在可选值之内（{choices}），可能是：{near}",
      en: "{cell}: “{raw}” is not one of {choices}; perhaps {near}"),
    "length": LocalizedText(
      zh: "{cell}“{raw}”为{n}个字符，应为{length}个", en: "{cell}: “{raw}” has {n} characters, not {length}"),
    "least": LocalizedText(zh: "{cell}“{raw}”小于允许的{least}", en: "{cell}: “{raw}” is below {least}"),
    "most": LocalizedText(zh: "{cell}“{raw}”超出允许的{most}", en: "{cell}: “{raw}” is beyond {most}"),
    "year": LocalizedText(
      zh: "{cell}日期{raw}不在{year}年内，请核对", en: "{cell}: the date {raw} is not in {year}; check it"),
    "pattern": LocalizedText(
      zh: "{cell}“{raw}”不符合规定的写法", en: "{cell}: “{raw}” is not written as it must be"),
    "lostDigits": LocalizedText(
      zh: "{cell}身份证号存成了数字，末几位已丢失，请设为文本后重新填写",
      en:
        "{cell}: the citizen's id was kept as a number and has lost its last digits; set the cell to text and write it again"
    ),
    "checksum": LocalizedText(
      zh: "{cell}身份证号“{raw}”的校验码不对，请核对",
      en: "{cell}: the check digit of the citizen's id “{raw}” is wrong; check it"),
  ]

  static let listRules: [Rule] = [
    Rule(
      "L01", .error, LocalizedText(zh: "清单的必填栏不应为空", en: "No required column of a line is blank"),
      says: LocalizedText(
        zh: "第{row}行“{field}”未填，此栏必填", en: "Line {row}: “{field}” is blank, which it must not be")),
    Rule(
      "L02", .error,
      LocalizedText(zh: "各栏应按规定的类型和可选值填写", en: "Values are of their column's type, or among its choices"),
      says: LocalizedText(zh: "{cell}“{raw}”不符合要求", en: "{cell}: “{raw}” is not what is asked for"),
      variants: valueMessages),
    Rule(
      "L03", .error, LocalizedText(zh: "清单中不应有两行的关键栏（如身份证号）相同", en: "No two lines have the same key"),
      says: LocalizedText(
        zh: "第{row}行与第{first}行的{fields}相同（{value}），请核对是否重复",
        en: "Lines {first} and {row} have the same {fields} ({value}); one may be there twice")),
    Rule(
      "L04", .warning, LocalizedText(zh: "同一人（事）不应由两个单位重复填报", en: "No key is in two units' lists"),
      says: LocalizedText(
        zh: "{fields}{value}同时出现在{unit}（{place}）和{other}（{otherPlace}）的{form}中，请核对由谁填报",
        en:
          "{fields} {value} is in the {form} of both {unit} ({place}) and {other} ({otherPlace}); check who reports it"
      ),
      variants: [
        "more": LocalizedText(
          zh: "{form}中另有{n}处与其他单位重复，未逐一列出",
          en: "{n} more key(s) of {form} are in two units' lists, not listed one by one")
      ]),
    Rule(
      "L05", .error, LocalizedText(zh: "清单的合计行应等于各行之和", en: "A list's total line is the sum of its lines"),
      says: LocalizedText(
        zh: "{field}合计{value}，各行之和{sum}，相差{difference}。{list}",
        en: "{field}: the total is {value}, the lines add up to {sum}, {difference} apart. {list}"),
      variants: [
        "blank": LocalizedText(
          zh: "{field}合计未填，各行之和为{sum}", en: "{field}: the total is blank; the lines add up to {sum}")
      ]),
    Rule(
      "L06", .error, LocalizedText(zh: "身份证号的校验码应正确", en: "The check digit of a citizen's id is right"),
      says: LocalizedText(
        zh: "{cell}身份证号“{raw}”的校验码不对，请核对", en: "{cell}: the check digit of “{raw}” is wrong; check it"),
      variants: valueMessages),
    Rule(
      "L07", .warning, LocalizedText(zh: "清单中不应有两行完全相同", en: "No line is the copy of another"),
      says: LocalizedText(
        zh: "第{row}行与第{first}行完全相同，请核对是否重复", en: "Line {row} is a copy of line {first}; it may be there twice"
      )),
    Rule(
      "L08", .warning, LocalizedText(zh: "清单中间不应有空行", en: "There is no empty line within a list"),
      says: LocalizedText(
        zh: "{rows}是空行，下面还有{n}行，已一并读取，请核对是否漏填",
        en:
          "{rows} is empty, with {n} lines below it, which were read too; check whether something is missing"),
      variants: [
        "wide": LocalizedText(
          zh: "{rows}是空行，其下还有{n}行，已按同一清单读取，请核对是否属于本表",
          en:
            "{rows} are empty; the {n} lines below were read as lines of the same list; check whether they belong to it"
        ),
        "crossedOut": LocalizedText(
          zh: "{rows}整行已划去，未计入，请核对", en: "{rows} is crossed out as a whole and does not count; please check"),
        "belowTotal": LocalizedText(
          zh: "合计行下面还有{n}行（{rows}），已按同一清单读取，请核对合计是否包含",
          en:
            "There are {n} lines below the total ({rows}), which were read as lines of the list; check whether the total has them"
        ),
      ]),
    Rule(
      "L09", .warning, LocalizedText(zh: "清单的行数应在规定范围内", en: "A list has as many lines as it should"),
      says: LocalizedText(zh: "共{n}行，应为{least}—{most}行", en: "{n} lines, should be {least} to {most}")),
    Rule(
      "L10", .warning, LocalizedText(zh: "清单一行只写一个人", en: "A line of a list is about one person"),
      says: LocalizedText(
        zh: "{cell}“{value}”像是{n}个人的姓名，只按一行计，请每人填一行",
        en: "{cell} \"{value}\" looks like the names of {n} people and counts as one line; give each a line")),
  ]
}
