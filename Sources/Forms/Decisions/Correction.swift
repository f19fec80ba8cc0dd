import Foundation
import XLSX

/// One 更正: that the office decided to count another value than the one in a unit's file, as the list of corrections
/// has it. It is bound to one cell of one file and to what stood there.
public struct Correction: Hashable, Sendable, Codable {
  /// The row of the list, from 1.
  public var line: Int
  public var file: String
  public var sheet: String
  public var cell: CellReference?
  /// ``FormDefinition/id`` and the unit's full name, known once the cell is found.
  public var form: String?
  public var unit: String?
  public var field: FieldKey?
  /// What stood in the cell, as the list has it.
  public var old: String
  /// The figure that counts instead; `nil` where the field holds none.
  public var value: Decimal?
  /// What counts instead in a field of words or days, known once the field is: a name, a choice, a day.
  public var word: FieldValue?
  /// What is to count, as the list has it.
  var typed: String
  /// Whether it is a number that its cell shows as a percentage: 0.85 for 85 %.
  var isPercent: Bool
  /// Whether it was typed as a number of more digits than Excel keeps.
  var hasLostDigits: Bool
  /// The rule that asked for it.
  public var rule: String
  /// 经办人 and 原因
  public var officer: String
  public var reason: String
  /// What the line excludes, or goes with: lines of one group.
  var group: String
  /// Why it was not applied; `nil` if it was.
  public var refusal: LocalizedText?

  public var isApplied: Bool { refusal == nil }

  /// What counts instead, as a person reads it.
  public var new: String { word?.text ?? value?.plainText ?? typed }
}

extension Correction {
  /// What its field holds; `nil` for a sum of lines, or where the field is not known.
  func type(in campaign: Campaign) -> FieldType? {
    form.flatMap { campaign.form($0) }.flatMap { form in field.flatMap { form.field($0) } }?.type
  }

  /// Without the whole of what says who somebody is.
  package func masked(in campaign: Campaign) -> (old: String, new: String) {
    let type = type(in: campaign)
    return (PersonalData.masked(old, type: type), PersonalData.masked(new, type: type))
  }

  func json(language: Language, campaign: Campaign) -> JSONValue {
    let shown = masked(in: campaign)
    return json(language: language, old: shown.old, word: word == nil ? nil : shown.new)
  }

  private func json(language: Language, old: String, word: String?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("state", .string(isApplied ? "applied" : "refused")), .init("file", .string(file)),
      .init("sheet", .string(sheet)), .init("cell", .string(orNull: cell?.description)),
      .init("form", .string(orNull: form)), .init("unit", .string(orNull: unit)),
      .init("field", .string(orNull: field?.rawValue)), .init("old", .string(old)),
      .init("value", word.map { .string($0) } ?? .number(orNull: value)), .init("rule", .string(rule)),
      .init("by", .string(officer)),
      .init("reason", .string(reason)), .init("line", .integer(line)),
    ]
    if let refusal { members.append(.init("why", .string(refusal.text(in: language)))) }
    return .object(members)
  }

  /// `第5行 收件/沁阳.xlsx Sheet1!E6`
  func place(in language: Language) -> String {
    let row = language == .chinese ? "第\(line)行" : "row \(line)"
    return "\(row) \(file) \(sheet)!\(cell?.description ?? "?")"
  }

  /// `更正：原值51，张三：电话核对`
  var remark: String { "更正：原值\(old.isEmpty ? "空白" : old)，\(officer)：\(reason)" }
}
