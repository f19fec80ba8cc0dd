import Foundation
import XLSX

/// How grave a finding is. The raw values are those of the JSON.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
  /// 错误: must be corrected.
  case error
  /// 核实: stands until corrected or explained.
  case warning
  /// 提示
  case info
}

/// What a rule found: which rule, where, what was found, what was expected, what to do.
public struct Finding: Hashable, Sendable, Codable {
  /// What a finding found: a figure, a text, or nothing.
  public enum Value: Hashable, Sendable, Codable {
    case figure(Decimal)
    case text(String)
  }

  /// A possible right value; never applied by the program itself.
  public struct Candidate: Hashable, Sendable, Codable {
    public var field: FieldKey
    public var value: Decimal
    /// The value, where it is no figure.
    public var text: String?
    /// The line of a list that it is about.
    public var row: Int?
    /// Why it may be meant: a stable word of the contract (`deduced`, `transposed-digits` …).
    public var why: String

    public init(field: FieldKey, value: Decimal, why: String, row: Int? = nil) {
      self.field = field
      self.value = value
      self.why = why
      self.row = row
    }

    public init(field: FieldKey, text: String, why: String) {
      self.field = field
      value = 0
      self.text = text
      self.why = why
    }

    /// As people write it.
    public var shown: String { text ?? value.plainText }
  }

  /// `T01`; stable, never reused.
  public var rule: String
  public var severity: Severity
  public var file: String?
  public var sheet: String?
  public var cell: CellReference?
  /// The line of a list.
  public var row: Int?
  public var form: String?
  public var unit: String?
  public var field: FieldKey?
  public var message: LocalizedText
  public var found: Value?
  public var expected: Decimal?
  public var candidates: [Candidate]
  /// The 说明 that releases a warning: it is listed, and no longer open.
  public var note: Note?

  /// What the unit or the office says about a figure that is right although it looks strange.
  public struct Note: Hashable, Sendable, Codable {
    public var text: String
    /// 经办人; empty if the list does not say.
    public var officer: String

    public init(text: String, officer: String = "") {
      self.text = text
      self.officer = officer
    }
  }

  public init(
    rule: String, severity: Severity, file: String? = nil, sheet: String? = nil, cell: CellReference? = nil,
    form: String? = nil, unit: String? = nil, field: FieldKey? = nil, message: LocalizedText,
    found: Value? = nil,
    expected: Decimal? = nil, candidates: [Candidate] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.file = file
    self.sheet = sheet
    self.cell = cell
    self.form = form
    self.unit = unit
    self.field = field
    self.message = message
    self.found = found
    self.expected = expected
    self.candidates = candidates
  }
}
