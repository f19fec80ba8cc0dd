/// A form as the campaign defines it: headings, figures, the lines around the table, and how the blank form looks.
///
/// A form is a table of two heading trees. One of them may be empty: 附件4 has column headings and a single row of
/// figures.
public struct FormDefinition: Hashable, Sendable {
  /// A line around the table that says who filled it in.
  public struct HeadLine: Hashable, Sendable {
    public enum Role: String, Hashable, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
      case unit, filledOn, filledBy, phone
    }
    public enum Place: String, Hashable, Sendable, CaseIterable {
      case above, below
    }

    public var role: Role
    /// As printed, without the colon: `填报单位（盖章）`.
    public var label: String
    public var aliases: [String]
    public var place: Place
    /// Whether the form has it: what is not asked for may be missing.
    public var isAsked = true

    public init(role: Role, label: String, aliases: [String] = [], place: Place) {
      self.role = role
      self.label = label
      self.aliases = aliases
      self.place = place
    }
  }

  /// What kind of table a form is. The raw values are the words of the campaign's files.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Headings by headings, one value where they cross.
    case matrix
    /// A heading row, then lines, as many as there are.
    case list
  }

  /// `culture-outreach`
  public var id: String
  /// `附件2`
  public var label: String
  public var title: String
  /// Other titles under which the form is known, last year's among them.
  public var titleAliases: [String]
  /// The last day on which it may be filled in.
  public var deadline: CalendarDate
  /// The codes of the units that owe it.
  public var dueFrom: [String]
  public var rows: [Heading]
  public var columns: [Heading]
  public var headLines: [HeadLine]
  public var layout: FormLayout
  public var rules: RuleSettings
  /// What is special about a list; `nil` for a matrix.
  public var list: ListRules?

  public var kind: Kind { list == nil ? .matrix : .list }

  /// The leaf headings of the rows from top to bottom, as paths; one empty path for a form without row headings.
  public private(set) var rowLeaves: [[Heading]]
  /// The leaf headings of the columns from left to right, as paths.
  public private(set) var columnLeaves: [[Heading]]
  /// Every figure, row by row.
  public private(set) var fields: [Field]
  /// Every sum that the form prints, those along the columns first. A field that is a total has one or more.
  public private(set) var equations: [Equation]
  private var fieldIndices: [FieldKey: Int]

  /// - Precondition: None: a definition that contradicts itself is found by the campaign loader, which knows the lines.
  public init(
    id: String, label: String, title: String, titleAliases: [String] = [], deadline: CalendarDate,
    dueFrom: [String],
    rows: [Heading], columns: [Heading], headLines: [HeadLine], layout: FormLayout = .init(),
    rules: RuleSettings = .init(), ratioWords: [String] = RatioWords.usual, signedWords: [String] = [],
    list: ListRules? = nil
  ) {
    self.id = id
    self.label = label
    self.title = title
    self.titleAliases = titleAliases
    self.deadline = deadline
    self.dueFrom = dueFrom
    self.rows = rows
    self.columns = columns
    self.headLines = headLines
    self.layout = layout
    self.rules = rules
    self.list = list
    rowLeaves = Self.leaves(of: rows)
    columnLeaves = Self.leaves(of: columns)
    let ratios = RatioWords(ratioWords)
    // A row or column of totals crosses ratios too; what stands there is a ratio of its own, and no sum.
    equations = Self.equations(rowLeaves: rowLeaves, columnLeaves: columnLeaves, ratios: ratios)
    fields = Self.fields(
      rowLeaves: rowLeaves, columnLeaves: columnLeaves, equations: equations, ratios: ratios,
      signed: signedWords)
    fieldIndices = Dictionary(
      fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// How many levels of headings the rows have: as many columns stand left of the figures.
  public var rowHeadingDepth: Int { rowLeaves.lazy.map(\.count).max() ?? 0 }
  /// How many levels of headings the columns have: as many rows stand above the figures.
  public var columnHeadingDepth: Int { columnLeaves.lazy.map(\.count).max() ?? 0 }

  /// The field of a key.
  public func field(_ key: FieldKey) -> Field? { fieldIndices[key].map { fields[$0] } }

  public func headLine(_ role: HeadLine.Role) -> HeadLine? { headLines.first { $0.role == role } }

  private static func leaves(of headings: [Heading]) -> [[Heading]] {
    guard !headings.isEmpty else { return [[]] }
    return headings.flatMap { heading in
      heading.children.isEmpty ? [[heading]] : leaves(of: heading.children).map { [heading] + $0 }
    }
  }

  private static func fields(
    rowLeaves: [[Heading]], columnLeaves: [[Heading]], equations: [Equation], ratios: RatioWords,
    signed: [String]
  ) -> [Field] {
    // Row by row is how people add, and the equations along the columns come first.
    let totals = Dictionary(equations.map { ($0.total, $0.parts) }, uniquingKeysWith: { first, _ in first })
    var fields: [Field] = []
    for (row, rowPath) in rowLeaves.enumerated() {
      for (column, columnPath) in columnLeaves.enumerated() {
        let key = FieldKey((rowPath + columnPath).map(\.name))
        let measure = Self.measure(rowPath, columnPath)
        var field = Field(
          key: key, measure: measure, role: totals[key].map { .total(of: $0) } ?? .input, row: row,
          column: column, ratio: ratios.ratio(rowPath, columnPath, measure))
        let word = Self.word(on: rowPath, columnPath)
        field.type = word?.type ?? .number
        field.choices = word?.choices ?? []
        field.limits = (rowPath + columnPath).reduce(ValueLimits()) { $1.limits.inheriting($0) }
        field.isSigned =
          field.limits.isBelowZero
          || (rowPath + columnPath).contains { heading in signed.contains { heading.name.contains($0) } }
        fields.append(field)
      }
    }
    return fields
  }

  /// The heading that says of which type the values are where a row and a column cross; one that gives a measure says
  /// that they are numbers.
  private static func word(on row: [Heading], _ column: [Heading]) -> Heading? {
    (row + column).last { $0.type != nil || $0.measure != nil }
  }

  /// The column's word on what is counted comes before the row's, the lower heading's before the higher one's.
  private static func measure(_ row: [Heading], _ column: [Heading]) -> Measure {
    if let type = word(on: row, column)?.type, type != .number { return unmeasured(type) }
    return column.reversed().lazy.compactMap(\.measure).first
      ?? row.reversed().lazy.compactMap(\.measure).first ?? unmeasured(word(on: row, column)?.type)
  }

  /// Shares of 1, and numbers of which nobody says what they count, may have any decimals.
  private static func unmeasured(_ type: FieldType?) -> Measure {
    switch type {
    case .percent: Measure(unit: "%", decimals: 10)
    case .number: Measure(unit: "", decimals: 10)
    default: Measure(unit: "")
    }
  }

  private static func equations(
    rowLeaves: [[Heading]], columnLeaves: [[Heading]], ratios: RatioWords
  ) -> [Equation] {
    var equations: [Equation] = []
    let columnSums = Equation.sums(of: columnLeaves)
    for row in rowLeaves where !columnSums.isEmpty {
      let names = row.map(\.name)
      equations += columnSums.map { sum in
        Equation(
          total: FieldKey(names + sum.total), parts: sum.parts.map { FieldKey(names + $0) }, axis: .columns)
      }
    }
    for sum in Equation.sums(of: rowLeaves) {
      equations += columnLeaves.map { column in
        let names = column.map(\.name)
        return Equation(
          total: FieldKey(sum.total + names), parts: sum.parts.map { FieldKey($0 + names) }, axis: .rows)
      }
    }
    var sums: Set<FieldKey> = []
    for row in rowLeaves {
      for column in columnLeaves where ratios.ratio(row, column, measure(row, column)) == nil {
        guard word(on: row, column)?.type ?? .number == .number else { continue }
        sums.insert(FieldKey((row + column).map(\.name)))
      }
    }
    return equations.filter { !$0.parts.isEmpty && sums.contains($0.total) }
  }
}
