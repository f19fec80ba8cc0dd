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
  /// A `<col>`.
  private struct Run {
    var columns: ClosedRange<Int>
    var range: Range<Int>
  }

  /// A `<cols>`.
  private struct List {
    var tag: MarkupScanner.Token
    var range: Range<Int>
    var runs: [Run] = []
    /// Whether it holds anything that is no run of columns.
    var hasOthers = false
  }

  private let scanner: MarkupScanner
  private var lists: [List] = []
  /// The width of columns that are not listed.
  private var defaultWidth: Double
  private var rest: ArraySlice<ColumnChange> = []

  /// - Parameter defaultWidth: What the sheet says about columns that are not listed.
  /// - Throws: ``XLSXError/Code/malformedPart`` for columns out of their order.
  static func applying(
    _ changes: [ColumnChange], to bytes: [UInt8], sheet: String, part: String, defaultWidth: Double?
  ) throws -> [UInt8] {
    if changes.isEmpty { return bytes }
    var editing = ColumnEditing(bytes, defaultWidth: defaultWidth)
    let runs = editing.lists.flatMap(\.runs)
    for (run, next) in zip(runs, runs.dropFirst())
    where next.columns.lowerBound <= run.columns.upperBound {
      throw XLSXError(
        .malformedPart,
        "The sheet's columns are not in their order, so that none can be changed safely; save the workbook again in Excel or WPS.",
        part: part, sheet: sheet)
    }
    return editing.applying(changes)
  }

  private init(_ bytes: [UInt8], defaultWidth: Double?) {
    scanner = MarkupScanner(bytes)
    self.defaultWidth = defaultWidth ?? SheetMetrics.defaultColumnWidth
    var reader = scanner
    var sawRoot = false
    while let token = reader.next() {
      guard token.isStart else { continue }
      let name = reader.localName(token)
      if !sawRoot {
        sawRoot = true
      } else if name == "sheetData" {
        break
      } else if name == "cols" {
        readList(token, &reader)
      } else {
        if name == "sheetFormatPr", defaultWidth == nil,
          let digits = reader.value("baseColWidth", of: token).flatMap({ Int($0.trimmingXMLSpace) }),
          (0...255).contains(digits)
        {
          // With 5 pixels of padding, up to the next 8 pixels (18.3.1.81).
          self.defaultWidth = Double((digits * 7 + 5 + 7) / 8 * 8) / 7
        }
        _ = reader.skipElement(token)
      }
    }
  }

  private mutating func readList(_ tag: MarkupScanner.Token, _ reader: inout MarkupScanner) {
    var list = List(tag: tag, range: tag.range)
    while tag.kind == .start, let token = reader.next(), token.kind != .end {
      guard token.isStart else { continue }
      let end = reader.skipElement(token)
      if let columns = columns(of: token) {
        list.runs.append(Run(columns: columns, range: token.range.lowerBound..<end))
      } else {
        list.hasOthers = true
      }
    }
    list.range = tag.range.lowerBound..<reader.position
    lists.append(list)
  }

  /// The columns of a `<col>`, as the reader takes them; `nil` for what it passes over.
  private func columns(of token: MarkupScanner.Token) -> ClosedRange<Int>? {
    guard scanner.localName(token) == "col",
      let first = scanner.value("min", of: token).flatMap({ Int($0.trimmingXMLSpace) })
    else { return nil }
    let last = min(
      scanner.value("max", of: token).flatMap { Int($0.trimmingXMLSpace) } ?? first,
      CellReference.maximumColumn)
    return first <= last && last >= 1 ? max(1, first)...last : nil
  }

  private mutating func applying(_ changes: [ColumnChange]) -> [UInt8] {
    rest = changes[...]
    var patches = Patches()
    for (index, list) in lists.enumerated() {
      var own = Patches()
      var remaining = 0
      let prefix = scanner.prefix(list.tag)
      for run in list.runs {
        let before = take(upTo: run.columns.lowerBound - 1).compactMap { newElement($0, prefix) }
        let inside = take(upTo: run.columns.upperBound)
        let pieces = inside.isEmpty ? [scanner.string(run.range)] : divided(run, inside)
        remaining += before.count + pieces.count
        if before.isEmpty, inside.isEmpty { continue }
        own.replace(run.range, with: (before + pieces).joined())
      }
      if index == lists.count - 1 {
        let behind = take(upTo: CellReference.maximumColumn).compactMap { newElement($0, prefix) }
        remaining += behind.count
        append(behind.joined(), to: list, &own)
      }
      if remaining == 0, !list.hasOthers, !list.runs.isEmpty {
        // An empty list is not allowed.
        patches.replace(list.range, with: "")
      } else {
        patches.append(own)
      }
    }
    let bytes = patches.applied(to: scanner.bytes)
    let elements = rest.compactMap { newElement($0, "") }
    return elements.isEmpty ? bytes : SheetChild.appending(bytes, to: "cols", elements, isCounted: false)
  }

  private func append(_ xml: String, to list: List, _ patches: inout Patches) {
    if xml.isEmpty { return }
    if list.tag.kind == .empty {
      // `<cols/>` opens.
      let slash = list.tag.range.upperBound - 2
      patches.replace(
        slash..<list.tag.range.upperBound, with: ">\(xml)</\(scanner.string(list.tag.name))>")
    } else {
      patches.insert(xml, at: list.runs.last?.range.upperBound ?? list.tag.range.upperBound)
    }
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
  private func divided(_ run: Run, _ changes: [ColumnChange]) -> [String] {
    var pieces: [String?] = []
    var next = run.columns.lowerBound
    for change in changes {
      if next < change.columns.lowerBound {
        pieces.append(piece(of: run, next...change.columns.lowerBound - 1, nil))
      }
      pieces.append(piece(of: run, change.columns, change))
      next = change.columns.upperBound + 1
    }
    if next <= run.columns.upperBound { pieces.append(piece(of: run, next...run.columns.upperBound, nil)) }
    return pieces.compactMap(\.self)
  }

  /// A run's element for some of its columns; `nil` if the change leaves nothing to say about them.
  private func piece(of run: Run, _ columns: ClosedRange<Int>, _ change: ColumnChange?) -> String? {
    let element = MarkupScanner(Array(scanner.bytes[run.range]))
    var reader = element
    guard let tag = reader.next() else { return scanner.string(run.range) }
    let names = element.attributes(tag).map { element.string($0.name) }
    var values: [(name: String, value: String?)] = []
    if columns != run.columns {
      values = [("min", String(columns.lowerBound)), ("max", String(columns.upperBound))]
    }
    if let change {
      let hasContent = tag.kind == .start && reader.next()?.kind != .end
      if change.leavesNothing, !hasContent, names.allSatisfy(Self.known.contains) { return nil }
      values += self.values(change, hasWidth: names.contains("width"))
    }
    var patches = Patches()
    for (name, value) in values { patches.set(name, value, of: tag, in: element) }
    return String(decoding: patches.applied(to: element.bytes), as: UTF8.self)
  }

  private static let known: Set<String> = [
    "min", "max", "width", "style", "hidden", "bestFit", "customWidth", "outlineLevel", "collapsed",
  ]

  private func newElement(_ change: ColumnChange, _ prefix: String) -> String? {
    if change.leavesNothing { return nil }
    let values = values(change, hasWidth: false).compactMap { name, value in
      value.map { " \(name)=\"\($0)\"" }
    }
    return
      "<\(prefix)col min=\"\(change.columns.lowerBound)\" max=\"\(change.columns.upperBound)\"\(values.joined())/>"
  }

  /// The attributes of a run that follow from its settings; `nil` takes one away.
  private func values(_ change: ColumnChange, hasWidth: Bool) -> [(name: String, value: String?)] {
    var values: [(String, String?)] = []
    // Excel takes a column without a width for one of width 0.
    if change.old.width != change.new.width || !hasWidth {
      values.append(("width", ByteBuffer.text { $0.append(number: change.new.width ?? defaultWidth) }))
      values.append(("customWidth", change.new.width == nil ? nil : "1"))
      values.append(("bestFit", nil))
    }
    if let format = change.format { values.append(("style", format > 0 ? String(format) : nil)) }
    values += OutlineAttributes.changes(from: change.old, to: change.new)
    return values
  }
}

extension ColumnChange {
  /// Whether the columns are as a sheet has them that says nothing about them.
  fileprivate var leavesNothing: Bool {
    new.width == nil && !new.isHidden && new.outlineLevel <= 0 && !new.isCollapsed
      && (format ?? old.style ?? 0) == 0
  }
}
