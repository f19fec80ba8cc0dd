import Foundation
import XLSX

@testable import Forms

/// A small campaign with the notice's two kinds of form, and hand-made submissions for it: figures that can be added up
/// in the head.
enum ConsolidateSample {
  static let units = [
    ReportingUnit(code: "T1", name: "甲县总工会", groups: ["county"]),
    ReportingUnit(code: "T2", name: "乙县总工会", groups: ["county"]),
    ReportingUnit(code: "T3", name: "丙区总工会", groups: ["district"]),
    ReportingUnit(code: "T0", name: "某市总工会", aliases: ["市总本级"], groups: ["city"]),
  ]

  /// Two kinds, 场次 and 参加人数, 线上 + 线下 = 合计.
  static let outreach = FormDefinition(
    id: "outreach", label: "附件2", title: "文化活动进基层情况统计表", deadline: date("2024-11-20"),
    dueFrom: ["T1", "T2", "T3"],
    rows: ["送文艺", "送电影"].map { kind in
      Heading(
        name: kind,
        children: [
          Heading(name: "场次", measure: Measure(unit: "场")),
          Heading(name: "参加人数", measure: Measure(unit: "人")),
        ])
    },
    columns: [
      Heading(name: "线上"), Heading(name: "线下"),
      Heading(name: "合计", synonyms: ["总计", "小计"], totalOf: ["线上", "线下"]),
    ], headLines: headLines)

  /// Two heading rows, one row of figures, coverage in 万人次, no total.
  static let campus = FormDefinition(
    id: "campus", label: "附件4", title: "进校园活动开展情况统计表", deadline: date("2024-11-30"),
    dueFrom: ["T1", "T2", "T3"], rows: [],
    columns: [
      Heading(
        name: "活动场次", printed: "活动场次（场）", measure: Measure(unit: "场"),
        children: [Heading(name: "线上"), Heading(name: "线下")]),
      Heading(
        name: "覆盖人数", printed: "覆盖人数（万人次）",
        measure: Measure(unit: "万人次", scale: 10000, baseUnit: "人次", decimals: 4),
        children: [Heading(name: "线上"), Heading(name: "线下")]),
      Heading(name: "媒体报道", printed: "媒体报道（篇次）", measure: Measure(unit: "篇次")),
    ], headLines: headLines)

  static let headLines = [
    FormDefinition.HeadLine(role: .unit, label: "填报单位（盖章）", place: .above),
    FormDefinition.HeadLine(role: .filledOn, label: "填报时间", place: .above),
    FormDefinition.HeadLine(role: .filledBy, label: "填报人", place: .below),
    FormDefinition.HeadLine(role: .phone, label: "联系电话", place: .below),
  ]

  static let campaign = Campaign(
    id: "test-2024", title: "文化活动进基层", office: "某市总工会", year: 2024, units: units, forms: [outreach, campus],
    targets: [
      TargetTable(
        label: "附件1", title: "任务分解表", form: "outreach", fields: ["送文艺/场次/合计", "送电影/场次/合计"], heading: "活动场次",
        targets: ["T1": 20, "T2": 20, "T3": 10], printedTotal: 50, printedTotalText: "50",
        completionTitle: "任务完成情况"),
      TargetTable(
        label: "附件3", title: "覆盖面指标", form: "campus", fields: ["覆盖人数/线上", "覆盖人数/线下"], heading: "覆盖人数(人次)",
        targets: ["T1": 10000, "T2": 8000], printedTotal: 18000, printedTotalText: "1.8万人次"),
    ], outsideUnits: ["T0"])

  static func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(iso: text) else { preconditionFailure("no date: \(text)") }
    return date
  }

  /// A submission whose figures are given in the form's order; `nil` is a blank cell. They stand from C6, row by row.
  static func submission(
    _ form: FormDefinition, of unit: ReportingUnit, file: String, filledOn: String = "2024-11-18",
    figures: [String?]
  ) -> Submission {
    var submission = Submission(file: file, sheet: "Sheet1", form: form.id)
    submission.unit = unit
    submission.unitSource = .name
    submission.unitAsWritten = unit.name
    submission.filledOn = CalendarDate(iso: filledOn)
    submission.filledBy = "张三"
    submission.phone = "3999920"
    submission.readings = zip(form.fields, figures).map { field, figure in
      let cell = CellReference(row: 6 + field.row, column: 3 + field.column)
      guard let figure, let number = Decimal(string: figure) else {
        return Reading(field: field.key, cell: cell, state: .blank)
      }
      return Reading(field: field.key, cell: cell, raw: figure, state: .figure(number))
    }
    return submission
  }

  static func file(_ name: String, _ state: InputFile.State = .adopted) -> InputFile {
    InputFile(file: name, state: state, reason: .init(zh: "含附件2", en: "holds 附件2"), format: .xlsx)
  }

  /// 甲县 both forms; 乙县 附件2 with a blank 线上 and a wrong typed total; 丙区 only 附件4, without a target;
  /// 市总本级 附件2.
  static var report: CheckReport {
    var second = submission(
      outreach, of: units[1], file: "收件/乙.xlsx",
      figures: [nil, "8", "9", nil, "400", "400", "1", "2", "3", "100", "200", "300"])
    second.derived = ["送文艺/场次/线上": 1]
    second.findings = [
      Finding(
        rule: "T02", severity: .error, file: "收件/乙.xlsx", sheet: "Sheet1", cell: "C6", form: "outreach",
        unit: units[1].name, field: "送文艺/场次/线上",
        message: .init(zh: "C6未填，按合计推算为1，请确认", en: "C6 is blank; the total gives 1: please confirm"),
        expected: 1,
        candidates: [.init(field: "送文艺/场次/线上", value: 1, why: "deduced")]),
      Finding(
        rule: "H01", severity: .warning, file: "收件/乙.xlsx", sheet: "Sheet1", form: "outreach",
        unit: units[1].name,
        message: .init(zh: "“填报时间”未填写", en: "填报时间 is blank")),
    ]
    return CheckReport(
      campaign: campaign.id, asOf: date("2024-12-05"),
      files: [
        file("收件/乙.xlsx"), file("收件/丙.xlsx"), file("收件/市.xlsx"),
        InputFile(
          file: "收件/扫描.pdf", state: .rejected,
          reason: .init(zh: "是PDF，需要电子表格", en: "a PDF; a table is needed"),
          format: .pdf,
          findings: [
            Finding(
              rule: "D03", severity: .error, message: .init(zh: "缺少电子表", en: "no electronic table"))
          ]),
        file("收件/甲.xlsx"),
      ],
      submissions: [
        second,
        submission(campus, of: units[2], file: "收件/丙.xlsx", figures: ["0", "3", "0.05", "0.15", "2"]),
        submission(
          outreach, of: units[3], file: "收件/市.xlsx",
          figures: ["1", "4", "5", "50", "150", "200", "0", "0", "0", "0", "0", "0"]),
        submission(
          outreach, of: units[0], file: "收件/甲.xlsx",
          figures: ["3", "12", "15", "300", "900", "1200", "2", "4", "6", "20", "80", "100"]),
        submission(
          campus, of: units[0], file: "收件/甲.xlsx", filledOn: "2024-12-02",
          figures: ["1", "5", "0.57", "0.43", nil]),
      ],
      findings: [
        Finding(
          rule: "D02", severity: .error, form: "outreach", unit: units[2].name,
          message: .init(zh: "丙区总工会尚未报送附件2", en: "丙区总工会 has not sent 附件2")),
        Finding(
          rule: "D02", severity: .error, form: "campus", unit: units[1].name,
          message: .init(zh: "乙县总工会尚未报送附件4", en: "乙县总工会 has not sent 附件4")),
      ])
  }
}
