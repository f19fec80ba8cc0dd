import Foundation
import XLSX

extension Field {
  /// How a value that is no number is shown: ids and telephone numbers as text, so that none loses a digit.
  var typedFormat: NumberFormat? {
    switch type {
    case .date: "yyyy-mm-dd"
    case .percent: "0.##%"
    case .phone, .citizenID, .text: .text
    case .number, .choice, .yesNo, .index: nil
    }
  }

  /// What may be typed into cells of the field, with a word of help; `nil` where anything may.
  func validation(_ cells: CellRange) -> DataValidation? {
    let name = String(key.path.last ?? "").prefix(16)
    func message(_ text: String) -> DataValidation.Message {
      DataValidation.Message(title: String(name), text: String(text.prefix(200)))
    }
    let must = limits.isRequired ? "必填。" : ""
    switch type {
    case .choice: return list(cells, choices.map(\.name), message(must + "请从下拉列表中选择。"))
    case .yesNo: return list(cells, ["是", "否"], message(must + "请选择“是”或“否”。"))
    case .date:
      return DataValidation(
        [cells], kind: .date, operator: .greaterThanOrEqual, formula1: "DATE(1900,1,1)",
        prompt: message(must + "请填写日期，如 2024-05-01。"), error: message("请填写日期，如 2024-05-01。"))
    case .percent:
      return DataValidation(
        [cells], kind: .decimal, formula1: "0", formula2: "1", prompt: message(must + "请填写百分比，如 85%。"),
        error: message("请填写0%到100%之间的百分比，如 85%。"))
    case .citizenID:
      return DataValidation(
        [cells], kind: .textLength, operator: .equal, formula1: "18", prompt: message(must + "请填写18位身份证号。"),
        error: message("身份证号应为18位。"))
    case .text:
      guard let length = limits.length else {
        return limits.isRequired ? DataValidation([cells], kind: .any, prompt: message(must)) : nil
      }
      return DataValidation(
        [cells], kind: .textLength, operator: .equal, formula1: String(length),
        prompt: message(must + "应为\(length)个字符。"), error: message("应为\(length)个字符。"))
    case .phone: return DataValidation([cells], kind: .any, prompt: message(must + "请填写手机号，或带区号的固定电话。"))
    case .number, .index: return nil
    }
  }

  /// A list of words in the formula itself, which holds 255 characters.
  private func list(_ cells: CellRange, _ words: [String], _ prompt: DataValidation.Message) -> DataValidation
  {
    let joined = words.joined(separator: ",")
    guard joined.utf16.count <= 250, !words.contains(where: { $0.contains(",") || $0.contains("\"") }) else {
      return DataValidation([cells], kind: .any, prompt: prompt)
    }
    return DataValidation(
      [cells], kind: .list, formula1: "\"\(joined)\"", prompt: prompt,
      error: DataValidation.Message(title: prompt.title, text: "请从下拉列表中选择。"))
  }
}
