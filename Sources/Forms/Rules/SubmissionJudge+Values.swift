import Foundation
import XLSX

/// C01, C03, L02 and L06: values that their fields cannot hold.
extension SubmissionJudge {
  mutating func tellWrong(_ field: Int, _ problem: ValueProblem) {
    isDoubtful[field] = true
    let definition = plan.fields[field]
    let raw = submission.readings[field].raw
    let limits = definition.limits
    var words: [String: MessageValue] = [
      "cell": place(field), "raw": MessageValue(raw), "type": MessageValue(definition.type.words),
      "choices": MessageValue(
        LocalizedText(
          zh: definition.choices.map(\.name).joined(separator: "、"),
          en: definition.choices.map(\.name).joined(separator: ", "))),
      "n": MessageValue(raw.count), "length": MessageValue(limits.length ?? 0),
      "year": MessageValue(campaign.year), "near": Self.list(problem.near),
    ]
    words["least"] = MessageValue(limits.least?.text ?? "0")
    words["most"] = MessageValue(limits.most?.text ?? (definition.type == .percent ? "100%" : ""))
    var rule = plan.form.kind == .list ? "L02" : "C01"
    if problem.kind == .checksum { rule = "L06" }
    if plan.form.kind == .matrix, definition.type.isNumeric, [.least, .most].contains(problem.kind) {
      rule = "C03"
    }
    let variant = problem.kind == .noChoice && !problem.near.isEmpty ? "noChoiceNear" : problem.kind.rawValue
    tell(
      rule, variant, at: field, found: .text(raw),
      candidates: problem.near.map { Finding.Candidate(field: definition.key, text: $0, why: "nearest") },
      words)
  }

  /// Bounds of plain numbers, which are not looked at where they are read.
  mutating func judgeLimits() {
    for field in plan.limited {
      guard let figure = figures[field], !isDoubtful[field],
        let problem = ValueRange(field: plan.fields[field], year: campaign.year).problem(of: .figure(figure))
      else { continue }
      tellWrong(field, problem)
    }
  }
}

extension ValueLimits.Bound {
  var text: String {
    switch self {
    case .number(let number): number.plainText
    case .date(let date): date.description
    }
  }
}

extension FieldType {
  /// What a value of it is called.
  var words: LocalizedText {
    switch self {
    case .number: LocalizedText(zh: "数字", en: "number")
    case .text: LocalizedText(zh: "文字", en: "text")
    case .date: LocalizedText(zh: "日期", en: "date")
    case .choice: LocalizedText(zh: "可选值", en: "choice")
    case .percent: LocalizedText(zh: "百分比", en: "percentage")
    case .yesNo: LocalizedText(zh: "“是”或“否”", en: "yes or no (是, 否)")
    case .phone: LocalizedText(zh: "电话号码", en: "telephone number")
    case .citizenID: LocalizedText(zh: "18位身份证号", en: "citizen's id of 18 digits")
    case .index: LocalizedText(zh: "序号", en: "number of a line")
    }
  }
}
