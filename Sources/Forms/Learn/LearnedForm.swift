/// A form as a blank or a notice shows it: what will be a form's file of the campaign.
struct LearnedForm {
  enum Kind: String { case matrix, list }

  /// A heading with what is known of the figures below it.
  struct Node {
    var name: String
    var printed: String
    var measure: String?
    /// Whether nothing printed says the measure, and the heading's own words were taken for it.
    var isMeasureGuessed = false
    var type: LearnedType?
    var choices: [String] = []
    /// What the workbook lets be typed there, as a heading's file says it: `least: 1`, `length: 18`.
    var limits: [(key: String, value: String)] = []
    /// Digits behind the point, where a number format or the notice says so.
    var decimals: Int?
    var total: [String]?
    /// What is never added up: 平均住院日.
    var isAverage = false
    /// A part of another heading: 其中.
    var isPart = false
    var aliases: [String] = []
    var children: [Node] = []
    var place: LearnPlace
  }

  /// A check that the workbook makes: of a list on every line.
  struct Check {
    /// `[培训/参加人数] >= [培训/场次]`
    var formula: String
    var isWarning = false
    /// By how much it may be missed, where it multiplies or divides what is rounded.
    var tolerance: String?
    /// What the workbook says where it does not hold.
    var message: String?
  }

  var label: String
  var title: String
  var kind: Kind
  var rows: [Node]
  var columns: [Node]
  var place: LearnPlace
  var page: LearnPage?
  /// The printed head lines: role and label.
  var heads: [(role: FormDefinition.HeadLine.Role, label: String, isAbove: Bool)] = []
  /// What the form calls its units, where it is none of the usual words: 科室.
  var unitLabel: String?
  /// Of a list: the columns that the 合计 line adds up, and how many blank lines are printed.
  var totals: [String] = []
  /// Whether formulas of the blank's 合计 line say which they are.
  var printsTotals = false
  var blankLines = 0
  /// Of a list: the columns in which no two lines are alike.
  var key: [String] = []
  /// The office's own checks.
  var checks: [Check] = []
  /// The office's own workbook that it was read from.
  var blank: String?
  var sheet: String?
  var id = ""
  var deadline: CalendarDate?
}

extension LearnedForm {
  typealias Leaf = [Node]

  static func leaves(of nodes: [Node]) -> [Leaf] {
    nodes.flatMap { node in
      node.children.isEmpty ? [[node]] : leaves(of: node.children).map { [node] + $0 }
    }
  }

  /// The rows as paths; one empty path without row headings.
  var rowLeaves: [Leaf] { kind == .list || rows.isEmpty ? [[]] : Self.leaves(of: rows) }
  var columnLeaves: [Leaf] { columns.isEmpty ? [[]] : Self.leaves(of: columns) }

  /// One figure of the form, or one column of a list.
  struct FieldView {
    var key: String
    var type: LearnedType
    var measure: String?
    var choices: [String]
    /// Along the columns and along the rows: the names of what is added.
    var totals: [[String]]
    var row: Leaf
    var column: Leaf
  }

  var fields: [FieldView] {
    rowLeaves.flatMap { row in
      columnLeaves.compactMap { column -> FieldView? in
        let path = row + column
        let type = Self.type(row, column)
        guard type != .index else { return nil }
        let isNumber = type == .number
        let isSum = isNumber && !path.contains(where: \.isAverage)
        return FieldView(
          key: path.map(\.name).joined(separator: "/"), type: type,
          measure: isNumber ? Self.measure(row, column) : nil,
          choices: column.last?.choices.isEmpty == false
            ? column.last?.choices ?? [] : row.last?.choices ?? [],
          totals: isSum
            ? [column.compactMap(\.total).last, row.compactMap(\.total).last].compactMap(\.self) : [],
          row: row, column: column)
      }
    }
  }

  /// The column's word comes before the row's, the lower heading's before the higher one's.
  static func measure(_ row: Leaf, _ column: Leaf) -> String? {
    column.reversed().lazy.compactMap(\.measure).first ?? row.reversed().lazy.compactMap(\.measure).first
  }

  static func type(_ row: Leaf, _ column: Leaf) -> LearnedType {
    column.reversed().lazy.compactMap(\.type).first ?? row.reversed().lazy.compactMap(\.type).first ?? .number
  }
}
