import Forms

/// A new campaign from a notice and blank forms: files, what was understood, questions, the forms drawn, and a folder.
struct LearnRoom {
  let desk: Desk
  let exchange: Exchange

  func answer() -> Answer {
    var frame = Frame(
      exchange: exchange, desk: desk, room: .campaign, title: exchange.say("新活动", "New campaign"), view: nil)
    frame.scripts = ["learn.js"]
    return .html(frame.html(desk.isAlone ? body : alone))
  }

  private var alone: String {
    "<h1>\(exchange.say("新活动", "New campaign"))</h1><p class=\"lead\">\(exchange.say("多人使用时，请在装有程序的电脑上新建活动。", "Where several people work, campaigns are made at the machine itself."))</p>"
  }

  private var body: String {
    """
    <h1>\(exchange.say("新活动", "New campaign"))<small>\(exchange.say("从通知和空白表", "from a notice and blank forms"))</small></h1>
    <section class="drop" aria-label="\(exchange.say("通知和空白表", "Notice and blank forms"))">
    <label class="drop-label"><input type="file" id="learn-files" multiple accept=".docx,.odt,.html,.xlsx,.xlsm,.xls,.et,.ods,.xlsb"><span class="button">\(exchange.say("选择文件", "Choose files"))</span></label>
    <span>\(exchange.say("把通知（Word）和空白表（Excel、WPS）拖到窗口的任何地方；可以只有其中一种。", "Drop the notice (Word) and the blank forms (Excel, WPS) anywhere on this window; one kind is enough."))</span>
    <ol id="learn-list" aria-live="polite"></ol>
    </section>
    <p id="learn-problem" class="error" role="alert"></p>
    <div id="learned" hidden>
    <div class="learn-sides">
    <form id="learn-facts" autocomplete="off"><h2>\(exchange.say("读懂了这些", "What was understood"))</h2>
    <label>\(exchange.say("活动名称", "Title"))<input name="title" maxlength="200"></label>
    <label>\(exchange.say("收表机关", "Office"))<input name="office" maxlength="60"></label>
    <label>\(exchange.say("年度", "Year"))<input name="year" inputmode="numeric" maxlength="6"></label>
    <div id="learn-deadlines"></div>
    <label>\(exchange.say("报送单位（一行一个）", "Units, a line each")) <b id="learn-count"></b><textarea name="units" rows="8"></textarea></label>
    </form>
    <section id="learn-asks" aria-label="\(exchange.say("请确认", "Please confirm"))"><h2>\(exchange.say("请确认", "Please confirm"))<small id="learn-open"></small></h2><ol id="learn-questions"></ol><p class="all-well" id="learn-clear" hidden>\(exchange.say("没有拿不准的地方。", "Nothing is uncertain."))</p></section>
    </div>
    <section aria-label="\(exchange.say("表样", "The forms"))"><h2>\(exchange.say("表样", "The forms"))</h2>
    <nav class="tabs" id="learn-tabs" aria-label="\(exchange.say("表", "Forms"))"></nav>
    <div class="paper-frame" tabindex="0" role="region" aria-label="\(exchange.say("表样", "The form"))" id="learn-paper"></div></section>
    <details><summary>\(exchange.say("有不对的地方：直接改文本", "Something is wrong: edit the text"))</summary><p class="quiet">\(exchange.say("改好离开输入框就重新检查；这里写的优先于上面填的。", "Checked when you leave the field; what is written here counts before what is filled in above."))</p><div id="learn-texts"></div></details>
    <form id="learn-save" class="adding"><label>\(exchange.say("新文件夹名", "Name of the new folder")) <input name="folder" maxlength="80" required></label><button type="submit" class="button">\(exchange.say("建立并打开", "Make and open"))</button><span class="quiet">\(exchange.say("建在", "in")) \(Markup.text(FolderShelf(place: desk.place).parent))</span></form>
    <p id="learn-error" class="error" role="alert"></p>
    </div>
    """
  }
}
