/// What a row has apart from its cells (ECMA-376 Part 1, 18.3.1.73).
public struct RowSettings: Hashable, Sendable {
  /// In points; `nil` is the sheet's default.
  public var height: Double?
  /// Whether it is hidden.
  public var isHidden = false
  /// 0 (none) to 7.
  public var outlineLevel = 0
  /// Whether the outline group beside it is folded up.
  public var isCollapsed = false
  /// Index of the cell format for the row's empty cells, if it has one.
  var style: Int?

  /// As a new sheet has them.
  public init() {}
}

/// What a run of columns has (ECMA-376 Part 1, 18.3.1.13).
public struct ColumnSettings: Hashable, Sendable {
  /// In characters of the default font; `nil` is the sheet's default.
  public var width: Double?
  /// Whether they are hidden.
  public var isHidden = false
  /// 0 (none) to 7.
  public var outlineLevel = 0
  /// Whether the outline group beside them is folded up.
  public var isCollapsed = false
  var style: Int?

  /// As a new sheet has them.
  public init() {}
}
