import XLSX

/// One file that goes back, with everything that is to be said about it.
struct ReturnCase {
  enum Kind: String {
    /// The unit's own workbook with marks and comments.
    case copy
    /// The unit's table as a workbook, as its own file is of another format.
    case rendering
    /// A workbook that only says why the file cannot be used.
    case notice
  }

  var kind: Kind
  var file: InputFile
  /// The full names of the units whose forms are in the file, or whose the file is by its name.
  var units: [String] = []
  var forms: [FormDefinition] = []
  /// Errors, then warnings, then hints, each by place.
  var items: [ReturnItem] = []
  /// The stamp that the file carries already.
  var stamp: ReturnStamp?

  func count(_ severity: Severity) -> Int { items.count { $0.finding.severity == severity } }

  /// The cells to be marked, by sheet; hints are listed only.
  var marks: [String: [CellReference: [ReturnItem]]] {
    var marks: [String: [CellReference: [ReturnItem]]] = [:]
    for item in items where item.finding.severity != .info {
      if let place = item.place { marks[place.sheet, default: [:]][place.cell, default: []].append(item) }
    }
    return marks
  }

  /// `附件2《…统计表》、附件4《…》`
  var formNames: String { forms.map { "\($0.label)《\($0.title)》" }.joined(separator: "、") }
}

/// A finding as it goes back: where it points, and what stands there.
struct ReturnItem {
  struct Place: Hashable {
    var sheet: String
    var cell: CellReference
  }

  var finding: Finding
  var form: FormDefinition?
  var place: Place?
  /// What stands there now.
  var found: String?

  /// `送文艺 场次 合计`
  var fieldName: String? { finding.field?.path.joined(separator: " ") }

  /// What should stand there, or might.
  var expected: String? {
    if let expected = finding.expected { return expected.plainText }
    if finding.candidates.isEmpty { return nil }
    return finding.candidates.map { candidate in
      let name = candidate.field == finding.field ? "" : candidate.field.path.joined(separator: " ") + "＝"
      return "\(name)\(candidate.shown)（\(candidate.reason.chinese)）"
    }.joined(separator: "\n")
  }

  var advice: String { RuleAdvice.text(for: finding) }
}
