import Forms

/// What the office writes to units, text by text, to edit.
struct LetterTable {
  let exchange: Exchange
  let correspondence: Correspondence

  var html: String {
    let rows = Correspondence.Text.allCases.map { text -> [Markup.Cell] in
      let name = exchange.say(Self.name(text))
      let words = correspondence.texts[text] ?? ""
      let lines = words.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
        $0 + 1 + $1.count / 48
      }
      let blanks = text.placeholders.sorted().map { blank in
        "{\(blank)} \(Self.blanks[blank].map { exchange.say($0) } ?? "")"
      }
      return [
        .head(Markup.text(name)),
        .markup(
          "<textarea id=\"c-w-\(text.rawValue)\" rows=\"\(min(8, max(1, lines)))\" maxlength=\"2000\" lang=\"zh-CN\" data-change=\"wording\" data-table=\"\(text.rawValue)\" aria-label=\"\(Markup.text(name))\">\n\(Markup.text(words))</textarea><small class=\"quiet\">\(Markup.text(blanks.joined(separator: exchange.say("，", ", "))))</small>"
        ),
      ]
    }
    let title = exchange.say("退回、催报的文字", "Wording of returns and letters")
    return """
      <details class="letters" id="c-letters"><summary><h2>\(title)</h2></summary>
      <p><label>\(exchange.say("退回、催报后几天内报送", "Days to send again what was returned")) <input id="c-w-days" inputmode="numeric" maxlength="3" size="4" value="\(correspondence.resendDays)" data-change="resendDays" autocomplete="off"></label></p>
      \(Markup.table([exchange.say("用处", "Where"), exchange.say("文字", "Text")], rows, class: "list letters-table", caption: exchange.say("花括号处由程序填入；清空就恢复原来的文字。", "The program fills in what stands in braces; an emptied text is again as it was before.")))
      </details>
      """
  }

  private static func name(_ text: Correspondence.Text) -> LocalizedText {
    switch text {
    case .copy: .init(zh: "退回件首页", en: "First page of a marked copy")
    case .rendering: .init(zh: "退回件首页（原件不是 .xlsx）", en: "First page, where the original is no .xlsx")
    case .notice: .init(zh: "退回说明（文件不能用）", en: "First page, where the file cannot be used")
    case .letterTitle: .init(zh: "催报函标题", en: "Letter: title")
    case .letterOpening: .init(zh: "催报函开头", en: "Letter: opening")
    case .missing: .init(zh: "逾期未报", en: "Letter: overdue")
    case .upcoming: .init(zh: "未到期未报", en: "Letter: still to come")
    case .rejected: .init(zh: "文件不能用", en: "Letter: unusable")
    case .late: .init(zh: "逾期报送", en: "Letter: came late")
    case .errors: .init(zh: "有错或待核实", en: "Letter: to correct")
    case .document: .init(zh: "材料未报", en: "Letter: a document is missing")
    case .letterClosing: .init(zh: "催报函结尾", en: "Letter: closing")
    case .letterSignature: .init(zh: "催报函落款", en: "Letter: signature")
    }
  }

  private static let blanks: [String: LocalizedText] = [
    "unit": .init(zh: "单位", en: "unit"), "forms": .init(zh: "各表", en: "forms"),
    "due": .init(zh: "报送期限", en: "last day"), "office": .init(zh: "发文单位", en: "office"),
    "file": .init(zh: "文件名", en: "file"), "title": .init(zh: "活动名称", en: "campaign"),
    "asOf": .init(zh: "当天日期", en: "today"), "form": .init(zh: "表号", en: "form"),
    "formTitle": .init(zh: "表名", en: "form's title"), "deadline": .init(zh: "截止日期", en: "deadline"),
    "days": .init(zh: "逾期天数", en: "days late"), "filledOn": .init(zh: "填报时间", en: "day it was filled in"),
    "reason": .init(zh: "原因", en: "reason"), "errors": .init(zh: "错误数", en: "errors"),
    "warnings": .init(zh: "待核实数", en: "to confirm"), "document": .init(zh: "材料名称", en: "document"),
  ]
}
