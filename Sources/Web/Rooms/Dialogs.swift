import Forms

/// The dialogs that several rooms share: who decides and why, and which keys do what.
struct Dialogs {
  let exchange: Exchange

  var html: String { decision + reason + keys }

  /// 经办人 and 原因; both are asked for, and remembered.
  private var decision: String {
    let reasons =
      exchange.language == .chinese
      ? ["电话核实", "单位书面更正", "按原始凭证", "明显笔误，单位已确认"]
      : [
        "confirmed by phone", "corrected in writing by the unit", "by the original records",
        "slip of the pen, confirmed",
      ]
    return """
      <dialog id="decide" aria-labelledby="decide-title"><form method="dialog">
      <h2 id="decide-title">\(exchange.say("更正", "Correct"))</h2>
      <p id="decide-what" class="what"></p>
      <label>\(exchange.say("经办人", "Decided by"))<input id="decide-by" name="by" autocomplete="name" required maxlength="40"></label>
      <label><span id="decide-reason-label">\(exchange.say("原因", "Reason"))</span><input id="decide-reason" name="reason" required maxlength="500"></label>
      <div class="chips" id="decide-reasons">\(Self.chips(reasons))</div>
      <p class="error" id="decide-error" role="alert"></p>
      <div class="buttons"><button type="submit" class="button" id="decide-ok">\(exchange.say("确定", "Confirm"))</button><button type="button" class="button plain" data-close>\(exchange.say("取消", "Cancel"))</button></div>
      </form></dialog>
      """
  }

  private static func chips(_ reasons: [String]) -> String {
    reasons.map {
      "<button type=\"button\" class=\"chip\" data-reason=\"\(Markup.text($0))\">\(Markup.text($0))</button>"
    }.joined()
  }

  /// Why a file is moved aside.
  private var reason: String {
    let reasons =
      exchange.language == .chinese
      ? ["重复报送", "不是本次的报表", "单位要求撤回"] : ["sent twice", "not of this campaign", "withdrawn by the unit"]
    return """
      <dialog id="aside" aria-labelledby="aside-title"><form method="dialog">
      <h2 id="aside-title">\(exchange.say("移出这个文件", "Move this file aside"))</h2>
      <p class="what" id="aside-what"></p>
      <label>\(exchange.say("原因", "Reason"))<input id="aside-reason" name="reason" required maxlength="500"></label>
      <div class="chips">\(Self.chips(reasons))</div>
      <p class="quiet">\(exchange.say("文件移到 收件/移出，不再计入，随时可以放回。", "The file goes to 收件/移出 and no longer counts; it can be put back at any time."))</p>
      <p class="error" id="aside-error" role="alert"></p>
      <div class="buttons"><button type="submit" class="button">\(exchange.say("移出", "Move aside"))</button><button type="button" class="button plain" data-close>\(exchange.say("取消", "Cancel"))</button></div>
      </form></dialog>
      """
  }

  private var keys: String {
    let list: [(String, String)] = [
      ("J / K", exchange.say("下一个、上一个问题", "next, previous finding")),
      ("N / P", exchange.say("下一份、上一份表", "next, previous form")),
      ("Enter", exchange.say("采用建议的数", "take the proposed figure")),
      ("↓ / ↑", exchange.say("填原因时选常用的", "one of the usual reasons, where one is asked for")),
      ("E", exchange.say("填写说明", "explain")), ("R", exchange.say("记为待退回", "mark for return")),
      ("Z", exchange.say("撤销上一个决定", "undo the last decision")),
      ("?", exchange.say("本表", "this list")), ("Esc", exchange.say("关闭", "close")),
    ]
    let rows = list.map { "<dt><kbd>\($0.0)</kbd></dt><dd>\(Markup.text($0.1))</dd>" }
    return """
      <dialog id="help" aria-labelledby="help-title"><h2 id="help-title">\(exchange.say("按键", "Keys"))</h2><dl class="keys">\(rows.joined())</dl>
      <div class="buttons"><button type="button" class="button plain" data-close>\(exchange.say("关闭", "Close"))</button></div></dialog>
      """
  }
}
