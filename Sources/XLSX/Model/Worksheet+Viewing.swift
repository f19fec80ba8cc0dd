extension Worksheet {
  /// Keeps the rows above and the columns left of a cell in sight; `nil` lets everything scroll.
  public func freeze(at cell: CellReference?) { content.view.frozenAt = cell }

  /// How the sheet is shown.
  public var view: SheetView {
    get { content.view }
    set { content.view = newValue }
  }

  /// The colour of the sheet's tab.
  public var tabColor: Color? {
    get { content.tabColor }
    set { content.tabColor = newValue }
  }

  /// Lets people change only unlocked cells, without a password: it guards against slips.
  public func protect(
    allowing allowed: Set<SheetProtection.Action> = [.selectLockedCells, .selectUnlockedCells]
  ) {
    content.protection = SheetProtection(allowing: allowed)
  }

  /// What the protected sheet allows; `nil` if it is not protected.
  public var protection: SheetProtection? {
    get { content.protection }
    set { content.protection = newValue }
  }

  /// How the sheet is printed.
  public var pageSetup: PageSetup {
    get { content.pageSetup }
    set { content.pageSetup = newValue }
  }

  /// The range, header row first, whose columns have filter buttons.
  public var autoFilter: CellRange? {
    get { content.autoFilter }
    set {
      // Criteria stay with a filter that gets another range, and go with it.
      let old = content.autoFilter
      content.activeFilters = content.activeFilters.compactMap { $0 == old ? newValue : $0 }
      content.autoFilter = newValue
    }
  }
}
