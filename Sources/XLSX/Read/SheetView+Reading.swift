extension SheetView {
  /// Reads a `<sheetView>` (ECMA-376 Part 1, 18.3.1.87).
  init(element: XMLElement) {
    self.init()
    showsGridLines = element.flag("showGridLines") ?? true
    showsHeadings = element.flag("showRowColHeaders") ?? true
    isRightToLeft = element.flag("rightToLeft") ?? false
    zoom = element.integer("zoomScale").flatMap { 10...400 ~= $0 ? $0 : nil } ?? 100
    let pane = element.child("pane")
    if let pane, pane["state"] == "frozen" || pane["state"] == "frozenSplit" {
      // A frozen pane counts rows and columns from the first that shows.
      let first = element["topLeftCell"].flatMap { CellReference($0) } ?? CellReference(row: 1, column: 1)
      let rows = Int(exactly: (pane.number("ySplit") ?? 0).rounded()) ?? 0
      let columns = Int(exactly: (pane.number("xSplit") ?? 0).rounded()) ?? 0
      if 0...CellReference.maximumRow ~= rows, 0...CellReference.maximumColumn ~= columns {
        let cell = first.offset(rows: rows, columns: columns)
        if cell.isInGrid, rows > 0 || columns > 0 { frozenAt = cell }
      }
    }
    let selections = element.children("selection")
    let activePane = pane?["activePane"]
    let selection = selections.first { $0["pane"] == activePane } ?? selections.last
    activeCell = selection?["activeCell"].flatMap { CellReference($0) }
  }
}

extension SheetProtection {
  /// Actions that a protected sheet allows unless an attribute forbids them; the others it forbids unless one allows them.
  private static let allowedByDefault: Set<Action> = [
    .objects, .scenarios, .selectLockedCells, .selectUnlockedCells,
  ]
  static let passwordNames: Set<String> = [
    "password", "algorithmName", "hashValue", "saltValue", "spinCount",
  ]

  /// Reads a `<sheetProtection>`, whose attributes say what is locked; `nil` if it does not protect.
  init?(element: XMLElement) {
    guard element.flag("sheet") == true else { return nil }
    self.init(
      allowing: Set(
        Action.allCases.filter { action in
          !(element.flag(action.rawValue) ?? !Self.allowedByDefault.contains(action))
        }))
    for attribute in element.attributes where Self.passwordNames.contains(attribute.name) {
      passwordAttributes[attribute.name] = attribute.value
    }
  }
}
