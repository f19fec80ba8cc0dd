/// How a sheet is shown on the screen (ECMA-376 Part 1, 18.3.1.87).
public struct SheetView: Hashable, Sendable {
  /// Rows above, and columns left of, this cell stay in sight; `A1` or `nil` freezes nothing.
  public var frozenAt: CellReference?
  /// Whether the lines between cells show.
  public var showsGridLines = true
  /// Whether row numbers and column letters show.
  public var showsHeadings = true
  /// Whether column A is on the right.
  public var isRightToLeft = false
  /// Percent, 10…400.
  public var zoom = 100
  /// The cell that is chosen when the file opens.
  public var activeCell: CellReference?

  /// As Excel shows a new sheet.
  public init() {}
}

/// What a protected sheet still allows (ECMA-376 Part 1, 18.3.1.85). Protection guards against slips, not against
/// people: anyone can lift it.
public struct SheetProtection: Hashable, Sendable {
  /// What people may do on a protected sheet.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case selectLockedCells, selectUnlockedCells, formatCells, formatColumns, formatRows, insertColumns,
      insertRows
    case insertHyperlinks, deleteColumns, deleteRows, sort, autoFilter, pivotTables, objects, scenarios
  }

  /// What they may do.
  public var allowed: Set<Action>
  /// The attributes of a password that an opened file had; kept, never checked.
  var passwordAttributes: [String: String] = [:]

  /// A protection without a password, which guards against slips.
  public init(allowing allowed: Set<Action> = [.selectLockedCells, .selectUnlockedCells]) {
    self.allowed = allowed
  }

  /// Whether the file has a password that lifts it.
  public var hasPassword: Bool { !passwordAttributes.isEmpty }
}

/// What of a workbook's structure is protected (ECMA-376 Part 1, 18.2.29).
public struct WorkbookProtection: Hashable, Sendable {
  /// Whether sheets cannot be added, removed, renamed or shown.
  public var locksStructure: Bool
  /// Whether windows keep their size.
  public var locksWindows: Bool
  var passwordAttributes: [String: String] = [:]

  /// A protection without a password.
  public init(locksStructure: Bool = true, locksWindows: Bool = false) {
    self.locksStructure = locksStructure
    self.locksWindows = locksWindows
  }
}
