/// A form as the campaign defines it: headings, figures, the lines around the table, and how the blank form looks.
///
/// A form is a table of two heading trees. One of them may be empty: 附件4 has column headings and a single row of
/// figures.
public struct FormDefinition: Hashable, Sendable {
  /// A line around the table that says who filled it in.
  public struct HeadLine: Hashable, Sendable {
    public enum Role: String, Hashable, Sendable, CaseIterable {
      case unit, filledOn, filledBy, phone
    }
    public enum Place: String, Hashable, Sendable {
      case above, below
    }

    public var role: Role
    /// As printed, without the colon: `填报单位（盖章）`.
    public var label: String
    public var aliases: [String]
    public var place: Place

    public init(role: Role, label: String, aliases: [String] = [], place: Place) {
      self.role = role
      self.label = label
      self.aliases = aliases
      self.place = place
    }
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

  /// The leaf headings of the rows from top to bottom, as paths; one empty path for a form without row headings.
  public private(set) var rowLeaves: [[Heading]]
  /// The leaf headings of the columns from left to right, as paths.
  public private(set) var columnLeaves: [[Heading]]
  /// Every figure, row by row.
  public private(set) var fields: [Field]
  private var fieldIndices: [FieldKey: Int]

  /// - Precondition: None: a definition that contradicts itself is found by the campaign loader, which knows the lines.
  public init(
    id: String, label: String, title: String, titleAliases: [String] = [], deadline: CalendarDate, dueFrom: [String],
    rows: [Heading], columns: [Heading], headLines: [HeadLine], layout: FormLayout = .init(),
    rules: RuleSettings = .init()
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
    rowLeaves = Self.leaves(of: rows)
    columnLeaves = Self.leaves(of: columns)
    fields = Self.fields(rowLeaves: rowLeaves, columnLeaves: columnLeaves)
    fieldIndices = Dictionary(fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The field of a key.
  public func field(_ key: FieldKey) -> Field? { fieldIndices[key].map { fields[$0] } }

  public func headLine(_ role: HeadLine.Role) -> HeadLine? { headLines.first { $0.role == role } }

  private static func leaves(of headings: [Heading]) -> [[Heading]] {
    guard !headings.isEmpty else { return [[]] }
    return headings.flatMap { heading in
      heading.children.isEmpty ? [[heading]] : leaves(of: heading.children).map { [heading] + $0 }
    }
  }

  private static func fields(rowLeaves: [[Heading]], columnLeaves: [[Heading]]) -> [Field] {
    var fields: [Field] = []
    for (row, rowPath) in rowLeaves.enumerated() {
      for (column, columnPath) in columnLeaves.enumerated() {
        let names = (rowPath + columnPath).map(\.name)
        // The column's word on what is counted comes before the row's, the lower heading's before the higher one's.
        let measure =
          columnPath.reversed().lazy.compactMap(\.measure).first
          ?? rowPath.reversed().lazy.compactMap(\.measure).first ?? Measure(unit: "")
        fields.append(
          Field(
            key: FieldKey(names), measure: measure, role: role(rowPath: rowPath, columnPath: columnPath), row: row,
            column: column))
      }
    }
    return fields
  }

  /// A total along the columns adds up its siblings in the same row; a total along the rows its siblings in the same
  /// column. Where both cross, the column's total counts: row by row is how people add.
  private static func role(rowPath: [Heading], columnPath: [Heading]) -> Field.Role {
    let rowNames = rowPath.map(\.name)
    let columnNames = columnPath.map(\.name)
    for (level, heading) in columnPath.enumerated() {
      guard let parts = heading.totalOf else { continue }
      return .total(
        of: parts.map { FieldKey(rowNames + columnNames[..<level] + [$0] + columnNames[(level + 1)...]) })
    }
    for (level, heading) in rowPath.enumerated() {
      guard let parts = heading.totalOf else { continue }
      return .total(of: parts.map { FieldKey(rowNames[..<level] + [$0] + rowNames[(level + 1)...] + columnNames) })
    }
    return .input
  }
}
