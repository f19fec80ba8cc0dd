/// One change of a cell.
struct CellEdit {
  /// The new value; `nil` leaves content and formula as they are.
  var value: CellValue?
  /// The new cell format; `nil` leaves it.
  var style: Int?
}

/// Changes cells of a sheet part and leaves every other byte as it is.
struct SheetSplicer: ~Copyable {
  let sheet: String
  let part: String
  /// The sheet's bytes, UTF-8.
  let bytes: [UInt8]
  /// The result says whether a formula came, went or changed.
  private(set) var changesFormulas = false
  /// Whether cells that shared the formula of one that changes got their own.
  private(set) var freesFormulas = false
  /// The rows that the sheet did not have.
  private(set) var madeRows: Set<Int> = []
  private var markup: CellMarkup

  /// - Parameter dynamicArrayIndex: What cells whose formulas spill refer to (`cm`).
  init(sheet: String, part: String, bytes: [UInt8], dynamicArrayIndex: Int = 1) {
    markup = CellMarkup(sheet: sheet, dynamicArrayIndex: dynamicArrayIndex)
    self.sheet = sheet
    self.part = part
    self.bytes = bytes
  }

  /// The part with the cells changed, and whether it has formulas.
  ///
  /// Rows may come twice or too late, cells may stand in another row or come twice (of those the last is read, in other
  /// programs the first): all places of a cell are changed, so that everybody reads the new value.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a cell that cannot be changed alone: part of an array formula.
  mutating func apply(
    _ edits: [CellReference: CellEdit], rows changedRows: [Int: RowChange] = [:]
  ) throws -> (bytes: [UInt8], hasFormulas: Bool) {
    let layout = SheetLayout(bytes, rows: Set(edits.keys.map(\.row)))
    markup.prefix = layout.prefix
    var patches = Patches()
    let arrays = RangeIndex(
      layout.shared.lazy.filter { $0.kind == .array }.compactMap(\.area).filter { !$0.isSingleCell })
    if !arrays.ranges.isEmpty {
      for (cell, edit) in edits where edit.value != nil {
        try Self.check(cell, isOutside: arrays, sheet: sheet)
      }
    }
    try free(edits, layout, &patches)

    for row in layout.rows {
      if let change = changedRows[row.number] { Self.set(change, of: row, layout, &patches) }
    }
    let missing = try replaceAll(edits, layout, &patches)
    let byRow = Dictionary(grouping: missing, by: \.row)
    let places = Dictionary(firstOf: zip(layout.rows.map(\.number), layout.rows.indices))
    var newRows = ""
    var numbered: Set<Int> = []
    // The first row with a higher number; it only moves on, for the numbers rise.
    var following = 0
    for number in Set(byRow.keys).union(changedRows.keys).sorted() {
      let cells = byRow[number] ?? []
      if let index = places[number] {
        if !cells.isEmpty { try insert(cells, edits, layout.rows[index], layout, &patches) }
        continue
      }
      while following < layout.rows.count, layout.rows[following].number <= number { following += 1 }
      let next = following < layout.rows.count ? layout.rows[following] : nil
      let place = next?.tag.range.lowerBound ?? layout.dataEnd
      // A row without a number follows the one before it, which is now another.
      if let next, !next.hasReference, numbered.insert(place).inserted {
        patches.insert(" r=\"\(next.declared)\"", at: next.tag.name.upperBound)
      }
      madeRows.insert(number)
      let xml =
        try "<\(layout.prefix)row r=\"\(number)\"\(Self.attributes(changedRows[number]))>"
        + newCells(cells, edits, nil, layout) + "</\(layout.prefix)row>"
      if layout.sheetData?.kind == .start { patches.insert(xml, at: place) } else { newRows += xml }
    }
    if !newRows.isEmpty {
      let xml = "<\(layout.prefix)sheetData>\(newRows)</\(layout.prefix)sheetData>"
      if let tag = layout.sheetData {
        patches.replace(tag.range, with: xml)
      } else if let place = layout.dataPlace {
        patches.insert(xml, at: place)
      }
    }
    extendDimension(edits, layout, &patches)
    return (patches.applied(to: bytes), layout.hasFormulas || changesFormulas)
  }

  /// Excel does not let one cell of an array formula or a data table change.
  static func check(_ cell: CellReference, isOutside arrays: RangeIndex, sheet: String) throws {
    guard let area = arrays.first(containing: cell) else { return }
    throw XLSXError(
      .invalidContent,
      "The cell is part of the array formula that fills \(area); it cannot be changed alone.",
      sheet: sheet, cell: cell)
  }

  /// Gives the followers of every shared formula that goes a formula of their own.
  private mutating func free(
    _ edits: [CellReference: CellEdit], _ layout: SheetLayout, _ patches: inout Patches
  ) throws {
    let masters = layout.shared.filter { $0.kind == .master && edits[$0.reference]?.value != nil }
    if masters.isEmpty { return }
    freesFormulas = true
    let followers = layout.followers()
    for master in masters {
      let freed = followers[master.range.lowerBound, default: []].filter { edits[$0.reference]?.value == nil }
      for (follower, text) in master.texts(of: freed) {
        patches.replace(follower.range, with: markup.formula(text))
      }
    }
  }

  /// Changes the cells that the sheet has, wherever they stand, and gives those that it lacks, in order.
  private mutating func replaceAll(
    _ edits: [CellReference: CellEdit], _ layout: SheetLayout, _ patches: inout Patches
  ) throws -> [CellReference] {
    var found: Set<CellReference> = []
    for row in layout.rows {
      for cell in row.cells {
        guard let edit = edits[cell.reference] else { continue }
        found.insert(cell.reference)
        try replace(cell, edit, layout, &patches)
      }
    }
    return edits.keys.filter { !found.contains($0) }.sorted()
  }

  private mutating func insert(
    _ cells: [CellReference], _ edits: [CellReference: CellEdit], _ row: SheetLayout.Row,
    _ layout: SheetLayout,
    _ patches: inout Patches
  ) throws {
    if row.tag.kind == .empty {
      // `<row …/>` opens.
      let slash = row.tag.range.upperBound - 2
      let xml = try ">" + newCells(cells, edits, row, layout) + "</\(layout.prefix)row>"
      patches.replace(slash..<row.tag.range.upperBound, with: xml)
    } else {
      for reference in cells {
        // A cell without a reference follows the one before it: in front of the first cell of a higher column, or of
        // another row, no such cell moves.
        let next = row.cells.first {
          $0.reference.column > reference.column || $0.reference.row != reference.row
        }
        patches.insert(
          try newCells([reference], edits, row, layout), at: next?.range.lowerBound ?? row.contentEnd)
      }
    }
    // Spans are a hint; one that is too narrow is worse than none.
    if let spans = layout.scanner.attribute("spans", of: row.tag) {
      let bounds = layout.scanner.string(spans.value).split(whereSeparator: { $0 == ":" || $0 == " " })
        .compactMap { Int($0) }
      let columns = cells.map(\.column)
      if let first = bounds.min(), let last = bounds.max(),
        columns.contains(where: { $0 < first || $0 > last })
      {
        patches.replace(spans.range, with: "")
      }
    }
  }

  /// The attributes of a row that follow from its settings; `nil` takes one away.
  private static func values(_ change: RowChange) -> [(name: String, value: String?)] {
    var values: [(String, String?)] = []
    if change.old.height != change.new.height {
      values.append(("ht", change.new.height.map { number in ByteBuffer.text { $0.append(number: number) } }))
      values.append(("customHeight", change.new.height == nil ? nil : "1"))
    }
    values += OutlineAttributes.changes(from: change.old, to: change.new)
    if let format = change.format {
      values.append(("s", format > 0 ? String(format) : nil))
      values.append(("customFormat", format > 0 ? "1" : nil))
    }
    return values
  }

  private static func attributes(_ change: RowChange?) -> String {
    change.map { values($0).compactMap { name, value in value.map { " \(name)=\"\($0)\"" } }.joined() } ?? ""
  }

  private static func set(
    _ change: RowChange, of row: SheetLayout.Row, _ layout: SheetLayout, _ patches: inout Patches
  ) {
    for (name, value) in values(change) { patches.set(name, value, of: row.tag, in: layout.scanner) }
  }

  private mutating func replace(
    _ cell: SheetLayout.Cell, _ edit: CellEdit, _ layout: SheetLayout, _ patches: inout Patches
  ) throws {
    let scanner = layout.scanner
    var attributes = ""
    var hasStyle = false
    for attribute in scanner.attributes(cell.tag) {
      switch scanner.string(attribute.name) {
      case "t" where edit.value != nil: continue
      // What they point to describes the old value.
      case "cm" where edit.value != nil, "vm" where edit.value != nil: continue
      case "s":
        hasStyle = true
        attributes += edit.style.map { " s=\"\($0)\"" } ?? scanner.string(attribute.range)
      default: attributes += scanner.string(attribute.range)
      }
    }
    if !hasStyle, let style = edit.style { attributes += " s=\"\(style)\"" }
    guard let value = edit.value else {
      let end = cell.tag.kind == .empty ? "/>" : ">"
      patches.replace(cell.tag.range, with: "<\(layout.prefix)c\(attributes)\(end)")
      return
    }
    if cell.hasFormula || value.formula != nil { changesFormulas = true }
    let kept = cell.extensionRange.map { scanner.string($0) } ?? ""
    patches.replace(
      cell.range,
      with: try markup.cell(attributes: attributes, value, kept: kept, at: cell.reference))
  }

  /// Cells that the sheet does not have yet. They look as the row or the column says.
  private mutating func newCells(
    _ cells: [CellReference], _ edits: [CellReference: CellEdit], _ row: SheetLayout.Row?,
    _ layout: SheetLayout
  ) throws -> String {
    var xml = ""
    for reference in cells {
      guard let edit = edits[reference] else { continue }
      let value = edit.value ?? .empty
      if value.formula != nil { changesFormulas = true }
      var style = edit.style.map(String.init)
      if style == nil, let row { style = layout.scanner.value("s", of: row.tag) }
      if style == nil { style = layout.columnStyles.first { $0.columns.contains(reference.column) }?.style }
      var attributes = " r=\"\(reference)\""
      if let style, let index = Int(style), index > 0 { attributes += " s=\"\(index)\"" }
      xml += try markup.cell(attributes: attributes, value, at: reference)
    }
    return xml
  }

  /// The part with the dimension that it has with the cells; `nil` for one whose elements have a prefix.
  func extendingDimension(for edits: [CellReference: CellEdit]) -> [UInt8]? {
    let layout = SheetLayout(bytes, rows: [])
    var patches = Patches()
    extendDimension(edits, layout, &patches)
    return layout.prefix.isEmpty ? patches.applied(to: bytes) : nil
  }

  private func extendDimension(
    _ edits: [CellReference: CellEdit], _ layout: SheetLayout, _ patches: inout Patches
  ) {
    guard let tag = layout.dimension, let attribute = layout.scanner.attribute("ref", of: tag),
      var range = CellRange(layout.scanner.string(attribute.value))
    else { return }
    let old = range
    for cell in edits.keys where !range.contains(cell) {
      let low = CellRange(range.first, cell).first
      let high = CellRange(range.last, cell).last
      range = CellRange(low, high)
    }
    if range != old { patches.replace(attribute.value, with: range.description) }
  }
}
