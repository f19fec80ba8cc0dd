/// The settings of a run of columns before and after a change.
struct ColumnChange {
  var columns: ClosedRange<Int>
  var old: ColumnSettings
  var new: ColumnSettings
  /// What changes of the style; `nil` leaves it.
  var style: StyleChange?
  /// The cell format that the changed style became in the file.
  var format: Int?

  /// What differs between two lists of runs, in order.
  static func between(
    _ old: [(range: ClosedRange<Int>, settings: ColumnSettings)],
    and new: [(range: ClosedRange<Int>, settings: ColumnSettings)]
  ) -> [ColumnChange] {
    // From one edge to the next nothing changes.
    let edges = Set((old + new).flatMap { [$0.range.lowerBound, $0.range.upperBound + 1] }).sorted()
    var (before, after) = (old[...], new[...])
    var changes: [ColumnChange] = []
    for (first, next) in zip(edges, edges.dropFirst()) {
      while let run = before.first, run.range.upperBound < first { before.removeFirst() }
      while let run = after.first, run.range.upperBound < first { after.removeFirst() }
      let was = before.first.flatMap { $0.range.contains(first) ? $0.settings : nil } ?? ColumnSettings()
      let now = after.first.flatMap { $0.range.contains(first) ? $0.settings : nil } ?? ColumnSettings()
      if was == now { continue }
      if let last = changes.last, last.columns.upperBound == first - 1, last.old == was, last.new == now {
        changes[changes.count - 1].columns = last.columns.lowerBound...next - 1
      } else {
        changes.append(ColumnChange(columns: first...next - 1, old: was, new: now))
      }
    }
    return changes
  }
}

/// Changes width, visibility, outline and style of columns in a sheet part. A run that a change cuts through is divided;
/// what else a run says, marks that this library does not know too, stays (ECMA-376 Part 1, 18.3.1.13).
struct ColumnEditing {
  /// The width of columns that are not listed.
  private let defaultWidth: Double
  private var rest: ArraySlice<ColumnChange>

  /// - Parameter defaultWidth: What the sheet says about columns that are not listed.
  /// - Throws: ``XLSXError/Code/malformedPart`` for columns out of their order.
  static func apply(
    _ changes: [ColumnChange], to root: inout MarkupElement, sheet: String, part: String,
    defaultWidth: Double?
  ) throws {
    if changes.isEmpty { return }
    let lists = root.children("cols")
    let runs = lists.flatMap { $0.children("col").compactMap(columns) }
    for (run, next) in zip(runs, runs.dropFirst()) where next.lowerBound <= run.upperBound {
      throw XLSXError(
        .malformedPart,
        "The sheet's columns are not in their order, so that none can be changed safely; save the workbook again in Excel or WPS.",
        part: part, sheet: sheet)
    }
    var width = defaultWidth ?? SheetMetrics.defaultColumnWidth
    if defaultWidth == nil, let digits = root.child("sheetFormatPr")?.integer("baseColWidth"),
      0...255 ~= digits
    {
      // With 5 pixels of padding, up to the next 8 pixels (18.3.1.81).
      width = Double((digits * 7 + 5 + 7) / 8 * 8) / 7
    }
    var editing = ColumnEditing(defaultWidth: width, rest: changes[...])
    root.changeAll("cols") { number, list in
      if let known = list { list = editing.changed(known, isLast: number == lists.count - 1) }
    }
    if lists.isEmpty {
      let new = changes.compactMap { editing.newElement($0, root.prefix) }
      if new.isEmpty { return }
      root.change("cols", order: SheetChild.order) { $0.append(new) }
    }
  }

  /// The columns of a `<col>`, as the reader takes them; `nil` for what it passes over.
  private static func columns(_ run: MarkupElement) -> ClosedRange<Int>? {
    guard let first = run.integer("min") else { return nil }
    let last = min(run.integer("max") ?? first, CellReference.maximumColumn)
    return first <= last && last >= 1 ? max(1, first)...last : nil
  }

  private mutating func changed(_ known: MarkupElement, isLast: Bool) -> MarkupElement? {
    let prefix = known.prefix
    var list = known
    list.replaceAll("col") { run in
      guard let columns = Self.columns(run) else { return nil }
      let before = take(upTo: columns.lowerBound - 1).compactMap { newElement($0, prefix) }
      let inside = take(upTo: columns.upperBound)
      if before.isEmpty, inside.isEmpty { return nil }
      return before + (inside.isEmpty ? [run] : divided(run, columns, inside))
    }
    if isLast {
      let behind = take(upTo: CellReference.maximumColumn).compactMap { newElement($0, prefix) }
      if !behind.isEmpty { list.append(behind) }
    }
    // An empty list is not allowed.
    return list.childNames.isEmpty && known.has("col") ? nil : list
  }

  /// The changes up to a column that are still to be made; one that goes on behind it is divided.
  private mutating func take(upTo column: Int) -> [ColumnChange] {
    var taken: [ColumnChange] = []
    while let change = rest.first, change.columns.lowerBound <= column {
      rest.removeFirst()
      var part = change
      if change.columns.upperBound > column {
        part.columns = change.columns.lowerBound...column
        var remainder = change
        remainder.columns = column + 1...change.columns.upperBound
        rest = [remainder] + rest
      }
      taken.append(part)
    }
    return taken
  }

  /// The elements that take the place of a run: a piece for every change, and for what stays between them.
  private func divided(
    _ run: MarkupElement, _ columns: ClosedRange<Int>, _ changes: [ColumnChange]
  ) -> [MarkupElement] {
    var pieces: [MarkupElement?] = []
    var next = columns.lowerBound
    func add(_ places: ClosedRange<Int>, _ change: ColumnChange?) {
      var piece = run
      if places != columns {
        piece["min"] = String(places.lowerBound)
        piece["max"] = String(places.upperBound)
      }
      if let change { pieces.append(changed(piece, change)) } else { pieces.append(piece) }
    }
    for change in changes {
      if next < change.columns.lowerBound { add(next...change.columns.lowerBound - 1, nil) }
      add(change.columns, change)
      next = change.columns.upperBound + 1
    }
    if next <= columns.upperBound { add(next...columns.upperBound, nil) }
    return pieces.compactMap(\.self)
  }

  private static let known: Set<String> = [
    "min", "max", "width", "style", "hidden", "bestFit", "customWidth", "outlineLevel", "collapsed",
  ]

  private func newElement(_ change: ColumnChange, _ prefix: String) -> MarkupElement? {
    var element = MarkupElement("col", prefix: prefix)
    element["min"] = String(change.columns.lowerBound)
    element["max"] = String(change.columns.upperBound)
    return changed(element, change)
  }

  /// A run as its settings say now; `nil` if they leave nothing to say.
  private func changed(_ run: MarkupElement, _ change: ColumnChange) -> MarkupElement? {
    if change.leavesNothing, run.childNames.isEmpty, run.attributeNames.allSatisfy(Self.known.contains) {
      return nil
    }
    var run = run
    // Excel takes a column without a width for one of width 0.
    if change.old.width != change.new.width || run["width"] == nil {
      run["width"] = ByteBuffer.text { $0.append(number: change.new.width ?? defaultWidth) }
      run["customWidth"] = change.new.width == nil ? nil : "1"
      run["bestFit"] = nil
    }
    if let format = change.format { run["style"] = format > 0 ? String(format) : nil }
    for (name, value) in OutlineAttributes.changes(from: change.old, to: change.new) { run[name] = value }
    return run
  }
}

extension ColumnChange {
  /// Whether the columns are as a sheet has them that says nothing about them.
  fileprivate var leavesNothing: Bool {
    new.width == nil && !new.isHidden && new.outlineLevel <= 0 && !new.isCollapsed
      && (format ?? old.style ?? 0) == 0
  }
}
