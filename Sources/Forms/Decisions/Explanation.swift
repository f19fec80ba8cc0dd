import Foundation
import XLSX

/// One 说明: why a figure that a rule asks about is right. It releases warnings, never errors.
public struct Explanation: Hashable, Sendable {
  /// The row of the list, from 1.
  public var line: Int
  /// As written.
  public var unit: String
  public var form: String
  public var rule: String
  /// A cell (`E6`, `Sheet1!E6`) or a figure (`送文艺/场次/线上`); empty for all findings of the rule.
  public var place: String
  public var text: String
  public var officer: String
  /// Why it releases nothing; `nil` if it does.
  public var refusal: LocalizedText?

  public var isApplied: Bool { refusal == nil }
}

extension Explanation {
  func json(language: Language) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("state", .string(isApplied ? "applied" : "refused")), .init("unit", .string(unit)),
      .init("form", .string(form)), .init("rule", .string(rule)), .init("place", .string(place)),
      .init("text", .string(text)), .init("by", .string(officer)), .init("line", .integer(line)),
    ]
    if let refusal { members.append(.init("why", .string(refusal.text(in: language)))) }
    return .object(members)
  }

  /// `第5行 沁阳市总工会 附件2 G03`
  func place(in language: Language) -> String {
    let row = language == .chinese ? "第\(line)行" : "row \(line)"
    return [row, unit, form, rule, place].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// The explanations that units gave, as a list that a clerk keeps.
public struct ExplanationList: Sendable {
  public private(set) var explanations: [Explanation] = []

  enum Heading {
    static let unit = DecisionTable.Column(name: "单位", others: ["填报单位"])
    static let form = DecisionTable.Column(name: "表", others: ["附件", "表（附件）"], isRequired: false)
    static let rule = DecisionTable.Column(name: "规则")
    static let field = DecisionTable.Column(
      name: "数据项", others: ["指标", "数据项/单元格", "数据项（单元格）"], isRequired: false)
    static let cell = DecisionTable.Column(name: "单元格", isRequired: false)
    static let text = DecisionTable.Column(name: "说明")
    static let officer = DecisionTable.Column(name: "经办人", isRequired: false)
    static let all = [unit, form, rule, field, cell, text, officer]
  }

  /// Reads a list. A line without a 说明 is none.
  ///
  /// - Throws: ``FormsError`` (`input`) if the file cannot be read or lacks a column.
  public init(path: String) throws {
    let table = try DecisionTable(path: path, columns: Heading.all)
    for line in table.lines where !line.text(Heading.text.name).isEmpty {
      let cell = line.text(Heading.cell.name)
      explanations.append(
        Explanation(
          line: line.number, unit: line.text(Heading.unit.name), form: line.text(Heading.form.name),
          rule: line.text(Heading.rule.name).uppercased(),
          place: cell.isEmpty ? line.text(Heading.field.name) : cell, text: line.text(Heading.text.name),
          officer: line.text(Heading.officer.name)))
    }
  }

  /// Releases the warnings that the explanations are about, and notes in the report what became of each.
  ///
  /// - Complexity: O(findings + explanations)
  func apply(to report: inout CheckReport, register: UnitRegister, campaign: Campaign) {
    var judged = explanations
    var wanted: [Key: [Int]] = [:]
    for index in judged.indices {
      let explanation = judged[index]
      judged[index].refusal = LocalizedText(zh: "没有这样的核实项", en: "there is no such warning")
      guard !explanation.rule.isEmpty, let unit = register.match(explanation.unit).unit else {
        judged[index].refusal =
          explanation.rule.isEmpty
          ? LocalizedText(zh: "未填规则", en: "names no rule")
          : LocalizedText(zh: "单位“\(explanation.unit)”不在名单中", en: "the unit is not on the list")
        continue
      }
      wanted[Key(unit: unit.name, rule: explanation.rule), default: []].append(index)
    }
    func release(_ finding: inout Finding, form: String?, unit: String?) {
      guard let unit = finding.unit ?? unit,
        let indices = wanted[Key(unit: unit, rule: finding.rule)]
      else { return }
      let form = finding.form ?? form
      for index in indices {
        let explanation = judged[index]
        if !explanation.form.isEmpty {
          guard let wanted = campaign.form(explanation.form)?.id, wanted == form else { continue }
        }
        guard explanation.isAbout(finding) else { continue }
        guard finding.severity == .warning else {
          if !judged[index].isApplied, finding.severity == .error {
            judged[index].refusal = LocalizedText(
              zh: "是错误，说明不能放行，须更正", en: "is an error: only a correction mends it")
          }
          continue
        }
        finding.note = finding.note ?? Finding.Note(text: explanation.text, officer: explanation.officer)
        judged[index].refusal = nil
      }
    }
    for submission in report.submissions.indices {
      let (form, unit) = (report.submissions[submission].form, report.submissions[submission].unit?.name)
      for index in report.submissions[submission].findings.indices {
        release(&report.submissions[submission].findings[index], form: form, unit: unit)
      }
    }
    for file in report.files.indices {
      for index in report.files[file].findings.indices {
        release(&report.files[file].findings[index], form: nil, unit: nil)
      }
    }
    for index in report.findings.indices { release(&report.findings[index], form: nil, unit: nil) }
    report.explanations = judged
  }

  private struct Key: Hashable {
    var unit: String
    var rule: String
  }
}

extension Explanation {
  /// Whether the place named is that of the finding; none named is any.
  fileprivate func isAbout(_ finding: Finding) -> Bool {
    if place.isEmpty { return true }
    if let cell = finding.cell {
      let written = place.uppercased()
      if written == cell.description || written == finding.place.uppercased() { return true }
    }
    guard let field = finding.field else { return false }
    return place.split { $0 == "/" || $0 == " " || $0 == "　" } == field.path
  }
}
