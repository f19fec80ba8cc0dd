import Foundation
import XLSX

@testable import Forms

/// Filled forms of the built-in campaign in which nothing is wrong, to be changed by a test in a figure or two.
///
/// 附件2 of 沁阳: each of the five kinds 2 + 12 = 14 events with 400 + 1200 = 1600 people; 70 events, the target is 60.
/// 附件4: 2 and 10 events, 0.6 and 0.7 万人次 (13,000, the target is 10,000), 8 reports.
enum RulesSample {
  private static let loaded = Result {
    try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/"))
  }

  static func campaign() throws -> Campaign { try loaded.get() }

  /// An engine on a day before the deadlines, unless another day is given.
  static func engine(asOf day: String = "2024-11-18", previous: PreviousFigures? = nil) throws -> RuleEngine {
    RuleEngine(campaign: try campaign(), asOf: date(day), previous: previous)
  }

  static func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(iso: text) else { preconditionFailure("no date: \(text)") }
    return date
  }

  static func outreach(of unit: String = "沁阳市总工会", file: String = "报表.xlsx") throws -> Submission {
    try form("附件2", of: unit, file: file) { field in
      switch (field.key.path[1], field.key.path[2]) {
      case ("场次", "线上"): 2
      case ("场次", "线下"): 12
      case ("场次", _): 14
      case (_, "线上"): 400
      case (_, "线下"): 1200
      default: 1600
      }
    }
  }

  static func campus(of unit: String = "沁阳市总工会", file: String = "报表.xlsx") throws -> Submission {
    let figures: [FieldKey: String] = [
      "活动场次/线上": "2", "活动场次/线下": "10", "覆盖人数/线上": "0.6", "覆盖人数/线下": "0.7", "媒体报道": "8",
    ]
    return try form("附件4", of: unit, file: file) { figures[$0.key].flatMap { Decimal(string: $0) } }
  }

  private static func form(
    _ label: String, of unit: String, file: String, figure: (Field) -> Decimal?
  ) throws -> Submission {
    let campaign = try campaign()
    guard let form = campaign.form(label), let unit = campaign.unit(named: unit) else {
      preconditionFailure("the campaign has no \(label) or no \(unit)")
    }
    var submission = Submission(file: file, sheet: "Sheet1", form: form.id)
    submission.unit = unit
    submission.unitSource = .name
    submission.unitAsWritten = unit.name
    submission.filledOn = date("2024-11-15")
    submission.filledBy = "张三"
    submission.phone = "3999920"
    submission.head = [
      .unit: HeadReading(cell: "B3", raw: unit.name), .filledOn: HeadReading(cell: "B4", raw: "2024年11月15日"),
      .filledBy: HeadReading(cell: "B20", raw: "张三"), .phone: HeadReading(cell: "B21", raw: "3999920"),
    ]
    submission.readings = form.fields.map { field in
      let cell = CellReference(row: 6 + field.row, column: 3 + field.column)
      guard let figure = figure(field) else { return Reading(field: field.key, cell: cell, state: .blank) }
      return Reading(field: field.key, cell: cell, raw: "\(figure)", state: .figure(figure))
    }
    return submission
  }
}

extension Submission {
  /// Changes one reading.
  mutating func change(_ field: FieldKey, _ change: (inout Reading) -> Void) {
    guard let index = readings.firstIndex(where: { $0.field == field }) else {
      preconditionFailure("no field \(field)")
    }
    change(&readings[index])
  }

  /// Sets a figure; written as text so that 0.1 is 0.1.
  mutating func set(_ field: FieldKey, _ figure: String) {
    guard let number = Decimal(string: figure) else { preconditionFailure("no number: \(figure)") }
    change(field) {
      $0.state = .figure(number)
      $0.raw = figure
    }
  }

  /// Sets 线上, 线下 and 合计 of a row.
  mutating func set(row: String, _ online: String, _ offline: String, _ total: String) {
    set(FieldKey(rawValue: row + "/线上"), online)
    set(FieldKey(rawValue: row + "/线下"), offline)
    set(FieldKey(rawValue: row + "/合计"), total)
  }

  mutating func blank(_ fields: FieldKey...) {
    for field in fields {
      change(field) {
        $0.state = .blank
        $0.raw = ""
      }
    }
  }

  /// What a cell that is no figure holds.
  mutating func spoil(_ field: FieldKey, _ raw: String, _ note: Reading.Note) {
    change(field) {
      $0.state = .unreadable
      $0.raw = raw
      $0.notes = [note]
    }
  }
}

extension RuleEngine {
  /// The findings of a sample after some changes.
  func findings(_ submission: Submission, _ change: (inout Submission) -> Void = { _ in }) -> [Finding] {
    var submission = submission
    change(&submission)
    judge(&submission)
    return submission.findings
  }

  /// The ids of the rules that speak, in the order of the catalogue's letters; G04 speaks of every county and is left out.
  func rules(_ submission: Submission, _ change: (inout Submission) -> Void = { _ in }) -> [String] {
    findings(submission, change).map(\.rule).filter { $0 != "G04" }.sorted()
  }
}
