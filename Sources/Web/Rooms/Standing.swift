import Forms
import Foundation

/// How one unit stands towards everything that it owes.
struct Standing: Sendable {
  /// By word, colour and shape.
  enum State: String, Sendable, CaseIterable {
    case reported, errors, warnings, overdue, missing, unusable, none

    var word: LocalizedText {
      switch self {
      case .reported: .init(zh: "已报", en: "in")
      case .errors: .init(zh: "有错", en: "errors")
      case .warnings: .init(zh: "待核实", en: "to confirm")
      case .overdue: .init(zh: "逾期", en: "overdue")
      case .missing: .init(zh: "未报", en: "not in")
      case .unusable: .init(zh: "不能用", en: "unusable")
      case .none: .init(zh: "", en: "")
      }
    }
  }

  struct Cell: Sendable {
    var state: State
    /// The form's id; `nil` for a document.
    var form: String?
    /// Errors, or what is to be confirmed.
    var count = 0
    /// Days after the deadline: of today for what has not come, of its arrival for what has.
    var days: Int?
    var file: String?
    var sheet: String?
    var isDue = true

    var isReported: Bool { [.reported, .errors, .warnings].contains(state) }
    /// Whether somebody in the office has to do something about it.
    var needsSettling: Bool { [.errors, .warnings, .unusable].contains(state) }
  }

  let unit: ReportingUnit
  /// Forms, then documents.
  let cells: [Cell]

  /// - Complexity: O(units × forms + findings)
  static func of(_ view: FolderView) -> [Standing] {
    let consolidation = view.consolidation
    let positions = consolidation.positionsByUnit
    let documents = consolidation.documents
    let rejected = rejectedFiles(view)
    return consolidation.listedUnits.map { unit in
      var cells = zip(consolidation.forms, positions).map { form, positions -> Cell in
        guard let line = positions[unit.code].map({ form.units[$0] }) else {
          return Cell(state: .none, isDue: false)
        }
        return cell(line, form.form, asOf: view.asOf, rejected: rejected[unit.name])
      }
      cells += documents.map { delivery in
        guard let isReceived = delivery.isReceived(from: unit) else {
          return Cell(state: .none, isDue: false)
        }
        let isLate = view.asOf > delivery.document.deadline
        return Cell(
          state: isReceived ? .reported : isLate ? .overdue : .missing,
          days: isReceived || !isLate ? nil : view.asOf.dayNumber - delivery.document.deadline.dayNumber,
          file: delivery.files[unit.code])
      }
      return Standing(unit: unit, cells: cells)
    }
  }

  private static func cell(
    _ line: UnitFigures, _ form: FormDefinition, asOf: CalendarDate, rejected: String?
  ) -> Cell {
    var cell = Cell(state: .missing, form: form.id)
    cell.isDue = line.standing == .owing
    switch line.state {
    case .reported, .late:
      let findings = line.submission?.findings ?? []
      let (errors, warnings) = (findings.count(.error), findings.count(.warning))
      cell.state = errors > 0 ? .errors : warnings > 0 ? .warnings : .reported
      cell.count = errors > 0 ? errors : warnings
      cell.days = line.daysLate(after: form.deadline)
      cell.file = line.submission?.file
      cell.sheet = line.submission?.sheet
    case .rejected:
      cell.state = .unusable
      cell.file = rejected
    case .missing:
      if asOf > form.deadline, line.standing == .owing {
        cell.state = .overdue
        cell.days = asOf.dayNumber - form.deadline.dayNumber
      } else if line.standing == .outside {
        cell.state = .none
      }
    }
    return cell
  }

  /// A file of each unit that cannot be used.
  private static func rejectedFiles(_ view: FolderView) -> [String: String] {
    var files: [String: String] = [:]
    for file in view.decided.files where file.state == .rejected {
      for finding in file.findings {
        if let unit = finding.unit { files[unit] = file.file }
      }
    }
    for submission in view.decided.submissions where !submission.isUsable && !submission.isSuperseded {
      if let unit = submission.unit?.name { files[unit] = files[unit] ?? submission.file }
    }
    return files
  }
}

extension Standing.Cell {
  /// `有错 3`, `逾期 5天`
  func text(in language: Language) -> String {
    let word = state.word.text(in: language)
    let zh = language == .chinese
    switch state {
    case .errors, .warnings: return "\(word) \(count)"
    case .overdue: return days.map { zh ? "\(word)\($0)天" : "\(Markup.days($0)) \(word)" } ?? word
    case .reported: return days.map { zh ? "\(word)·晚\($0)天" : "\(word), \(Markup.days($0)) late" } ?? word
    default: return word
    }
  }

  var mark: String { "state state-\(state.rawValue)" }
}
