import Foundation
import XLSX

/// What a correction says that is to count, as the field that it is about holds it.
extension Correction {
  /// Reads what the list has as a value of a field.
  ///
  /// - Parameters:
  ///   - field: `nil` for a sum of lines.
  ///   - year: The year of the task.
  /// - Returns: Why it cannot count; `nil` if it can.
  mutating func settle(as field: Field?, year: Int) -> LocalizedText? {
    guard let field, field.type != .number else {
      return value == nil ? LocalizedText(zh: "更正值不是数字", en: "更正值 is no number") : nil
    }
    // 85 in a column of shares is what 85 in a unit's form is; a cell that shows 85 % holds 0.85.
    let share = isPercent && field.type == .percent ? value.map { ($0 * 100).plainText + "%" } : nil
    value = nil
    if hasLostDigits {
      return LocalizedText(
        zh: "更正值是超过15位的数字，Excel存不全，请把单元格设为“文本”后重填",
        en:
          "更正值 is a number of more than 15 digits, which Excel does not keep; make the cell a text and type it again"
      )
    }
    let cell = TypedCell(GridCell(.text(share ?? typed)), field: field, year: year)
    for case .wrong(let problem) in cell.notes { return Self.words(for: problem, field, typed) }
    switch cell.state {
    case .figure(let figure): value = figure
    case .value(let read): word = read
    case .blank, .missing, .unreadable: return Self.words(for: ValueProblem(.type), field, typed)
    }
    return nil
  }

  private static func words(for problem: ValueProblem, _ field: Field, _ typed: String) -> LocalizedText {
    let limits = field.limits
    let shown = PersonalData.masked(typed, type: field.type)
    switch problem.kind {
    case .noChoice:
      let names = field.choices.map(\.name)
      return LocalizedText(
        zh: "“\(shown)”不在可选值之内，应为：\(names.joined(separator: "、"))",
        en: "“\(shown)” is none of the choices: \(names.joined(separator: ", "))")
    case .incompleteDate: return LocalizedText(zh: "“\(shown)”缺日，请写明年月日", en: "“\(shown)” lacks the day")
    case .length:
      return LocalizedText(
        zh: "“\(shown)”应为\(limits.length ?? 0)位", en: "“\(shown)” must have \(limits.length ?? 0) characters")
    case .least:
      return LocalizedText(
        zh: "“\(shown)”小于下限\(limits.least?.text ?? "0")",
        en: "“\(shown)” is below \(limits.least?.text ?? "0")")
    case .most:
      let most = limits.most?.text ?? "100%"
      return LocalizedText(zh: "“\(shown)”超过上限\(most)", en: "“\(shown)” is above \(most)")
    case .year: return LocalizedText(zh: "“\(shown)”不在本年度", en: "“\(shown)” is not in the task's year")
    case .pattern:
      return LocalizedText(zh: "“\(shown)”的写法不合要求", en: "“\(shown)” is not written as it must be")
    case .checksum:
      return LocalizedText(
        zh: "身份证号“\(shown)”的校验位不对，请再核对", en: "the check digit of the id “\(shown)” is wrong; look again")
    case .type, .lostDigits:
      return LocalizedText(
        zh: "“\(shown)”不是\(field.type.words.chinese)", en: "“\(shown)” is no \(field.type.words.english)")
    }
  }
}

extension GridValue {
  /// Whether it is a number of which Excel no longer has every digit.
  var hasLostDigits: Bool {
    if case .number(let number) = self { abs(number) >= 1_000_000_000_000_000 } else { false }
  }
}
