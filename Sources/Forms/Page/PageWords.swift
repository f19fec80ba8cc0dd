import Foundation

/// The words of the page, in both languages. Names that the campaign gives (units, forms, headings) stay as they are, but in
/// English where the campaign has an English name for them.
package struct PageWords {
  let language: Language
  private let names: [String: String]
  private var zh: Bool { language == .chinese }

  /// - Parameter names: The campaign's English names, by what is printed.
  package init(_ language: Language, names: [String: String] = [:]) {
    self.language = language
    self.names = names
  }

  /// What a title, a label, a heading, a unit or a measure of the campaign is called.
  package func name(_ text: String) -> String {
    if zh || names.isEmpty { return text }
    if let known = names[text] { return known }
    // `教育工会（焦作市总工会）`, `活动场次（场）`, `培训经费 食宿费`: put together from what is known.
    if text.hasSuffix("）"), let open = text.lastIndex(of: "（") {
      let base = name(String(text[..<open]))
      return base == text[..<open]
        ? text : "\(base) (\(name(String(text[text.index(after: open)...].dropLast()))))"
    }
    let parts = text.split(separator: " ").compactMap { names[String($0)] }
    return parts.count > 1 && parts.count == text.split(separator: " ").count
      ? parts.joined(separator: ", ") : text
  }

  /// A path of headings, apart by spaces: `培训经费 小计` as 培训经费小计.
  func heading(_ path: String) -> String { zh ? path.filter { $0 != " " } : name(path) }

  private func say(_ zh: String, _ en: String) -> String { self.zh ? zh : en }

  var report: String { say("汇总报告", " — report") }
  var contents: String { say("目录", "contents") }
  var overview: String { say("总体情况", "Overview") }
  var findings: String { say("待更正的错误", "Errors to correct") }
  var reachedTarget: String { say("达到目标", "target reached") }
  var belowTarget: String { say("未达到目标", "below the target") }
  var target: String { say("目标", "target") }
  var files: String { say("来件及处理结果", "Files and what became of them") }
  var fileHeadings: [String] { zh ? ["序号", "文件", "处理", "原因"] : ["No.", "File", "State", "Reason"] }

  func issued(by office: String, on day: CalendarDate) -> String {
    say("\(office)　\(day.year)年\(day.month)月\(day.day)日", "\(office), \(day)")
  }

  func charts(_ label: String) -> String { say("\(label)图表", "\(label): charts") }
  func reported(_ label: String) -> String { say("\(label)已报单位", "\(label): units that reported") }
  func completion(_ label: String) -> String { say("\(label)完成率", "\(label): completion") }
  func ofTarget(_ done: String, _ target: String, _ unit: String) -> String {
    say("完成\(done)\(unit)，目标\(target)\(unit)", "\(done) of \(target) \(unit)")
  }
  func counts(warnings: Int, infos: Int) -> String {
    say("另有核实\(warnings)条、提示\(infos)条", "and \(warnings) to check, \(infos) notes")
  }
  func below(_ level: FormConsolidation.Level) -> String {
    say("；下级单位\(level.reported)/\(level.expected)", "; below: \(level.reported)/\(level.expected)")
  }

  func states(of form: FormConsolidation) -> String {
    let late = form.owing.count { $0.state == .late }
    let missing = form.expected - form.reported
    if missing == 0, late == 0 { return say("全部按期报送", "all in time") }
    return say("逾期\(late)个，未报\(missing)个", "\(late) late, \(missing) missing")
  }

  func stand(of form: FormConsolidation, asOf: CalendarDate) -> String {
    if zh { return form.standLine(asOf: asOf) }
    var line = "as of \(asOf), \(form.reported) of \(form.expected) units reported"
    for level in form.levels.dropFirst() { line += "; below them \(level.reported) of \(level.expected)" }
    if !form.disputedUnits.isEmpty {
      line += "; figures to be corrected: \(form.disputedText(in: language))"
    }
    if !form.isComplete { line += "; missing: \(form.missingText(in: language))" }
    if form.unattributed > 0 { line += "; \(form.unattributed) forms of unknown units are not counted" }
    return line + "."
  }

  // Charts.

  /// `（未列入：修武县总工会，数字待更正）`
  func leftOut(_ names: [String]) -> String {
    let shown = names.prefix(8)
    let rest = names.count - shown.count
    return say(
      "（未列入：\(shown.joined(separator: "、"))\(rest > 0 ? "等\(names.count)个单位" : "")，数字待更正）",
      " (without \(shown.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : ""): figures to be corrected)"
    )
  }
  func completionTitle(_ label: String, _ unit: String) -> String {
    say("各单位完成率（\(label)，\(unit)）", "Completion by unit (\(label), \(unit))")
  }
  func completionSummary(units: Int, reached: Int) -> String {
    say(
      "\(units)个单位中\(reached)个达到目标；虚线为目标。数字见后表。",
      "\(reached) of \(units) units reached the target (dashed line); figures in the tables below.")
  }
  func channelTitle(_ names: [String], _ unit: String) -> String {
    say(
      "\(names.joined(separator: "、"))比重（各单位按\(unit)计）",
      "Shares of \(names.joined(separator: ", ")) (units in \(unit))")
  }
  func channelSummary(_ names: [String]) -> String {
    say(
      "每条为\(names.joined(separator: "、"))各占的比重。数字见后表。",
      "Each bar shows the shares of \(names.joined(separator: ", ")); figures in the tables below.")
  }
  func all(_ unit: String) -> String { say("合计（\(unit)）", "all (\(unit))") }
  func kindTitle(_ unit: String) -> String {
    say("各单位分类开展情况（\(unit)）", "Kinds of activity by unit (\(unit))")
  }
  func kindSummary(_ names: [String]) -> String {
    say(
      "每条由\(names.joined(separator: "、"))相接而成。数字见后表。",
      "Each bar is made of \(names.joined(separator: ", ")); figures in the tables below.")
  }
  func kinds(_ held: Int, of count: Int, _ sum: String, _ unit: String) -> String {
    say("\(sum)\(unit)，\(held)/\(count)类", "\(sum) \(unit), \(held)/\(count) kinds")
  }

  // Tables.

  func tooLong(_ name: String, rows: Int) -> String {
    say("本表共\(rows)行，见汇总工作簿“\(name)”。", "This table has \(rows) rows; see the sheet \(name) of the workbook.")
  }
  func more(_ count: Int) -> String { say("其余\(count)个见汇总工作簿。", "\(count) more are in the workbook.") }
  func title(of name: String, _ title: String) -> String {
    let known = translate(name)
    if known != name { return known }
    // `…情况统计表汇总`
    if !zh, title.hasSuffix("汇总"), self.name(title) == title, let name = names[String(title.dropLast(2))] {
      return "\(name): summary"
    }
    return self.name(title)
  }

  /// What the workbook's sheets call something, on a page in English.
  func translate(_ text: String) -> String {
    if zh { return text }
    if let known = Self.glossary[text] { return known }
    let named = name(text)
    if named != text { return named }
    // `填报单位（盖章）：焦作市总工会`
    if let colon = text.firstIndex(of: "："), text.index(after: colon) < text.endIndex {
      let label = translate(String(text[..<colon]))
      if label != text[..<colon] {
        return label + ": " + translate(String(text[text.index(after: colon)...]))
      }
    }
    for (chinese, english) in Self.openings where text.hasPrefix(chinese) {
      let rest = text.dropFirst(chinese.count)
      if rest.count <= 8 || rest.utf8.allSatisfy({ $0 < 0x80 }) { return english + translate(String(rest)) }
    }
    for (chinese, english) in Self.endings where text.hasSuffix(chinese) && text.count <= chinese.count + 8 {
      return translate(String(text.dropLast(chinese.count))) + english
    }
    return Self.day(text) ?? text
  }

  /// `2024年12月5日` as `2024-12-05`.
  private static func day(_ text: String) -> String? {
    guard text.hasSuffix("日"), text.contains("年") else { return nil }
    let parts = text.split { "年月日".contains($0) }.compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    return CalendarDate(year: parts[0], month: parts[1], day: parts[2])?.description
  }

  /// `12,345.6`
  package static func grouped(_ figure: Decimal) -> String {
    let text = figure.plainText
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return text }
    let sign = whole.hasPrefix("-") ? "-" : ""
    var digits = ""
    for (index, digit) in whole.drop(while: { $0 == "-" }).reversed().enumerated() {
      if index > 0, index % 3 == 0 { digits.insert(",", at: digits.startIndex) }
      digits.insert(digit, at: digits.startIndex)
    }
    return sign + digits + (parts.count > 1 ? "." + parts[1] : "")
  }

  private static let glossary = [
    "序号": "No.", "单位": "Unit", "报送": "State", "隶属": "Office", "总计": "Total", "合计": "Total", "全部合计": "All",
    "已报": "reported", "逾期报送": "late", "退回": "rejected", "未报": "missing", "状态": "State",
    "填报时间": "Filled in on",
    "填报人": "Filled in by", "联系电话": "Phone", "错误": "errors", "核实": "check", "提示": "info", "文件": "File",
    "级别": "Level", "规则": "Rule", "表": "Form", "问题": "Finding", "位置": "Cell", "指标": "Field", "现为": "Found",
    "应为": "Expected", "可能的数值": "Candidates", "完成率": "Rate", "差额": "Left", "名次": "Rank", "另": "–",
    "没有发现问题": "nothing found", "已报/应报": "reported/due", "报送情况": "Delivery", "问题清单": "Findings",
    "上年完成": "Last year", "增减": "Change", "增幅": "Growth", "备注": "Remark",
    "事由": "Matter", "截止日期": "Due", "逾期天数": "Days late", "待改正": "to be corrected", "待报": "not yet due",
    "待更正": "to be corrected", "含待更正数": "with figures to be corrected", "开展类数": "Kinds",
    "开展种类": "Kinds held", "填报单位（盖章）": "Reporting unit", "填报单位": "Reporting unit", "全部": "All", "行数": "Lines",
    FormConsolidation.noValue: "(blank or wrong)",
  ]
  private static let openings = [
    ("目标", "Target "), ("完成", "Completed "), ("逾期", "late: "), ("超", "over by "), ("折合", "In "), ("按", "By "),
  ]
  private static let endings = [("占比", ", share")]
}
