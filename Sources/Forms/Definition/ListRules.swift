/// What is special about a form that is a list: a line for each person, event or project, as many as there are.
public struct ListRules: Hashable, Sendable {
  /// How many lines there must be, and may be.
  public var least: Int
  public var most: Int
  /// The columns in which no two lines are alike; empty for a list without a key.
  public var key: [FieldKey]
  /// Empty lines printed on the blank form.
  public var blankLines: Int
  /// The columns that the 合计 line adds up, if there is one, and that all lines together have a sum of.
  public var totals: [FieldKey]
  /// Whether a figure of the 合计 line may be left blank, as where the blank form says of no column that it has one.
  public var totalsMayBeBlank = false
  /// The columns by whose values the consolidated workbook counts and adds up.
  public var groups: [FieldKey]

  /// What a line is counted as in sentences: `人`, `场`; empty for a line.
  public var counted = ""

  /// Lines of a sheet of Excel's.
  public static let mostLines = 1_048_576

  public init(
    least: Int = 0, most: Int = mostLines, key: [FieldKey] = [], blankLines: Int = 15,
    totals: [FieldKey] = [],
    groups: [FieldKey] = []
  ) {
    self.least = least
    self.most = most
    self.key = key
    self.blankLines = blankLines
    self.totals = totals
    self.groups = groups
  }

  /// What its number of lines counts.
  var countMeasure: Measure { Measure(unit: counted.isEmpty ? "行" : counted) }

  /// The name of a list's number of lines among its values: `行数`.
  public static let countKey: FieldKey = "行数"
  /// What stands before a column's name in that of its total: `合计/补贴金额`.
  public static let totalPrefix = "合计"

  /// The name of a column's total.
  public static func totalKey(_ column: FieldKey) -> FieldKey {
    FieldKey(rawValue: "\(totalPrefix)/\(column)")
  }
}
