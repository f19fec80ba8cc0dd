/// Rows and columns that come or go inside a table.
struct TableGridEditing {
  let grid: GridChange
  let change: StructureChange

  /// The part of the table; `nil` if nothing is left of it.
  func applied(to bytes: [UInt8]) -> [UInt8]? {
    guard var root = MarkupElement(bytes), let old = root["ref"].flatMap({ CellRange($0) }) else {
      return bytes
    }
    guard let new = grid.range(old) else { return nil }
    root["ref"] = new.description
    root.changeAll("autoFilter") { _, filter in
      guard let range = filter?["ref"].flatMap({ CellRange($0) }), let moved = grid.range(range) else {
        filter = nil
        return
      }
      filter?["ref"] = moved.description
      guard grid.axis == .columns else { return }
      filter?.moveColumns(from: range, to: moved) { grid.place($0) }
    }
    root.moveSorting(grid)
    if grid.axis == .columns { root.changeAll("tableColumns") { changeColumns($1, old, new, &$1) } }
    root.changeAll("tableColumns") { _, list in
      list?.changeAll("tableColumn") { _, column in
        for name in ["calculatedColumnFormula", "totalsRowFormula"] {
          column?.changeAll(name) { _, formula in
            guard let text = formula?.text else { return }
            let result = change.followed(text, isOwn: true)
            if result != text { formula?.setText(result) }
          }
        }
      }
    }
    return root.bytes
  }

  private func changeColumns(
    _ list: MarkupElement?, _ old: CellRange, _ new: CellRange, _ result: inout MarkupElement?
  ) {
    guard let list else { return }
    let columns = list.children("tableColumn")
    var taken = Set(columns.compactMap { $0["name"]?.lowercased() })
    var highest = columns.compactMap { $0.integer("id") }.filter { 0...1 << 30 ~= $0 }.max() ?? columns.count
    let kept = Dictionary(
      firstOf: zip(old.columns, columns).compactMap { place, column in grid.place(place).map { ($0, column) }
      })
    var changed = list
    changed.remove("tableColumn")
    changed.append(
      new.columns.map { place in
        if let column = kept[place] { return column }
        var column = MarkupElement("tableColumn", prefix: list.prefix)
        highest += 1
        column["id"] = String(highest)
        column["name"] = TableColumnNames.free(&taken)
        return column
      })
    changed["count"] = String(new.columns.count)
    result = changed
  }
}

extension MarkupElement {
  /// Lets the columns of a filter follow, which count from the left of its range; one that goes is filtered no more.
  ///
  /// - Parameter place: Where a column of the sheet is afterwards.
  mutating func moveColumns(from old: CellRange, to new: CellRange, _ place: (Int) -> Int?) {
    changeAll("filterColumn") { _, column in
      guard let id = column?.integer("colId"), 0..<CellReference.maximumColumn ~= id else { return }
      if let place = place(old.first.column + id), new.columns.contains(place) {
        column?["colId"] = String(place - new.first.column)
      } else {
        column = nil
      }
    }
  }

  /// Lets the order by which a filter or table was sorted follow.
  mutating func moveSorting(_ grid: GridChange) {
    func move(_ element: inout MarkupElement?) {
      let moved = element?["ref"].flatMap { CellRange($0) }.flatMap { grid.range($0) }
      if let moved { element?["ref"] = moved.description } else { element = nil }
    }
    changeAll("sortState") { _, state in
      if state?["ref"].flatMap({ CellRange($0) }) == nil { return }
      move(&state)
      state?.changeAll("sortCondition") { move(&$1) }
    }
  }
}
