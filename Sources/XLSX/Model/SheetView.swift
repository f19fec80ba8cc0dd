/// How a sheet is shown on the screen (ECMA-376 Part 1, 18.3.1.87).
public struct SheetView: Hashable, Sendable {
  /// Rows above, and columns left of, this cell stay in sight; `A1` or `nil` freezes nothing.
  public var frozenAt: CellReference?
  public var showsGridLines = true
  public var showsHeadings = true
  public var isRightToLeft = false
  /// Percent, 10…400.
  public var zoom = 100
  public var activeCell: CellReference?

  public init() {}
}

/// What a protected sheet still allows (ECMA-376 Part 1, 18.3.1.85). Protection guards against slips, not against
/// people: anyone can lift it.
public struct SheetProtection: Hashable, Sendable {
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case selectLockedCells, selectUnlockedCells, formatCells, formatColumns, formatRows, insertColumns,
      insertRows
    case insertHyperlinks, deleteColumns, deleteRows, sort, autoFilter, pivotTables, objects, scenarios
  }

  public var allowed: Set<Action>
  /// The attributes of a password that an opened file had; kept, never checked.
  var passwordAttributes: [String: String] = [:]

  public init(allowing allowed: Set<Action> = [.selectLockedCells, .selectUnlockedCells]) {
    self.allowed = allowed
  }

  public var hasPassword: Bool { !passwordAttributes.isEmpty }
}

/// What of a workbook's structure is protected (ECMA-376 Part 1, 18.2.29).
public struct WorkbookProtection: Hashable, Sendable {
  public var locksStructure: Bool
  public var locksWindows: Bool
  var passwordAttributes: [String: String] = [:]

  public init(locksStructure: Bool = true, locksWindows: Bool = false) {
    self.locksStructure = locksStructure
    self.locksWindows = locksWindows
  }
}
