/// Why a file ended in its state, where the rules decide it.
enum FileReason {
  static func superseded(by file: String, differs: Bool) -> LocalizedText {
    differs
      ? LocalizedText(zh: "被较新的“\(file)”替代", en: "replaced by the later “\(file)”")
      : LocalizedText(zh: "与“\(file)”内容相同，只计一份", en: "the same as “\(file)”; counted once")
  }

  /// What a file holds, and the samples in it.
  static func adding(samples: [String], to reason: LocalizedText) -> LocalizedText {
    LocalizedText(
      zh: reason.chinese + "；" + samples.map { "“\($0)”" }.joined(separator: "、") + "是填写示例，未计入",
      en: reason.english + "; " + samples.map { "“\($0)”" }.joined(separator: ", ")
        + (samples.count == 1 ? " is a sample and is not counted" : " are samples and are not counted"))
  }

  static let ownReport = LocalizedText(
    zh: "是本程序写的年终报告，其中的数字是汇总数，不计入",
    en: "a year-end report of this program: its figures are sums and not counted")
  static let movedAside = LocalizedText(zh: "已移出，不计入", en: "moved aside and not counted")
  static let blankForm = LocalizedText(zh: "表中未填写任何数据", en: "no figure is filled in")
  static let unknownUnit = LocalizedText(zh: "无法识别填报单位", en: "it cannot be told whose form it is")

  static func part(_ text: String, of unit: String) -> LocalizedText {
    LocalizedText(
      zh: "是\(unit)所属“\(text)”的表，不单独计入",
      en: "the form of “\(text)”, a part of \(unit); it does not count by itself")
  }

  static func scan(_ format: FileFormat) -> LocalizedText {
    LocalizedText(
      zh: "\(format.word.chinese)不是电子表格，请补报电子表",
      en: "\(format.word.english) is no electronic table; send the table")
  }

  static func beside(_ unit: ReportingUnit) -> LocalizedText {
    LocalizedText(
      zh: "\(unit.name)的电子表格已收到，此件仅作附件", en: "\(unit.name)'s electronic table is there; this goes with it")
  }

  static func received(_ unit: ReportingUnit?, _ format: FileFormat) -> LocalizedText {
    let kind = format.isText ? LocalizedText(zh: "文字材料", en: "a document") : format.word
    guard let unit else {
      return LocalizedText(zh: "收到\(kind.chinese)，不是报表", en: "received: \(kind.english), no form")
    }
    return LocalizedText(
      zh: "收到\(unit.name)的\(kind.chinese)，不是报表", en: "received from \(unit.name): \(kind.english), no form")
  }
}
