/// Puts rows or columns into the bytes of a sheet, or takes them out: the cells and everything around them that stands on the
/// grid.
struct SheetGridEditing {
  let grid: GridChange
  let change: StructureChange

  /// Attributes with one range, or several after one another.
  private static let ranges: [String: Set<String>] = [
    "dimension": ["ref"], "autoFilter": ["ref"], "sortState": ["ref"], "sortCondition": ["ref"],
    "selection": ["sqref"], "protectedRange": ["sqref"], "ignoredError": ["sqref"], "mergeCell": ["ref"],
    "hyperlink": ["ref"], "conditionalFormatting": ["sqref"], "dataValidation": ["sqref"],
  ]
  /// Attributes with one cell.
  private static let cells: [String: Set<String>] = [
    "pane": ["topLeftCell"], "sheetView": ["topLeftCell"], "selection": ["activeCell"], "cellWatch": ["r"],
    "inputCells": ["r"], "cellSmartTags": ["r"], "customSheetView": ["topLeftCell"],
  ]
  /// Elements that mean nothing without cells.
  private static let vanishing: Set<String> = [
    "mergeCell", "hyperlink", "conditionalFormatting", "dataValidation", "protectedRange", "ignoredError",
    "cellWatch",
    "inputCells", "cellSmartTags", "sortCondition", "sortState", "autoFilter", "dimension", "sparkline",
  ]
  /// Lists that the schema does not allow to be empty.
  private static let lists = [
    "mergeCells", "hyperlinks", "dataValidations", "protectedRanges", "ignoredErrors", "cellWatches",
    "rowBreaks",
    "colBreaks", "cols", "smartTags",
  ]

  func applied(to bytes: [UInt8]) -> [UInt8] {
    let shared = SharedFormulas(SheetLayout(bytes, rows: []))
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    var row = 0
    var column = 0
    /// By how much formulas move before they follow, up to a place.
    var anchor: (rows: Int, columns: Int, end: Int)?
    var isInData = false
    var areBreaksMeant = false
    while let token = scanner.next() {
      if token.kind == .end, scanner.localName(token) == "sheetData" { isInData = false }
      guard token.isStart else { continue }
      let name = scanner.localName(token)
      if let end = anchor?.end, token.range.lowerBound >= end { anchor = nil }
      func drop() { splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "") }
      if isInData {
        switch name {
        case "row":
          let given = scanner.value("r", of: token).flatMap { Int($0.trimmingXMLSpace) }
          row = given ?? row &+ 1
          column = 0
          guard grid.axis == .rows else {
            if scanner.attribute("spans", of: token) != nil {
              splice.set(["spans": String?.none], of: token, in: scanner)
            }
            continue
          }
          guard let new = grid.place(row) else {
            drop()
            continue
          }
          if new != row || given == nil { splice.set(["r": String(new)], of: token, in: scanner) }
        case "c":
          let given = scanner.value("r", of: token).flatMap { CellReference($0.trimmingXMLSpace) }
          let cell = given ?? CellReference(row: row, column: column + 1)
          column = cell.column
          guard let new = grid.cell(cell) else {
            drop()
            continue
          }
          if new != cell || (given == nil && grid.axis == .columns) {
            splice.set(["r": new.description], of: token, in: scanner)
          }
        case "f": formula(token, &scanner, shared, &splice)
        default: continue
        }
        continue
      }
      switch name {
      case "sheetData": isInData = token.kind == .start
      case "col": columns(token, &scanner, &splice)
      case "rowBreaks", "colBreaks": areBreaksMeant = (name == "rowBreaks") == (grid.axis == .rows)
      case "brk" where areBreaksMeant: pageBreak(token, &scanner, &splice)
      case "pane": pane(token, scanner, &splice)
      case "autoFilter" where grid.axis == .columns: filter(token, &scanner, &splice)
      case "from", "to": SheetAnchors(grid).corner(token, &scanner, &splice)
      default:
        if name == "sparkline" || name == "conditionalFormatting" || name == "dataValidation" {
          var ahead = scanner
          let end = ahead.skipElement(token)
          let text = scanner.value("sqref", of: token) ?? scanner.text(of: "sqref", before: end) ?? ""
          let place = grid.anchored(Self.parsed(text))
          if place.ranges.isEmpty, !Self.parsed(text).isEmpty {
            drop()
            continue
          }
          anchor = (place.rows, place.columns, end)
        }
        guard let kept = attributes(name, token, scanner) else {
          drop()
          continue
        }
        if !kept.isEmpty { splice.set(kept, of: token, in: scanner) }
        if name == "sqref", let text = scanner.text() {
          splice.replace(text.range, with: Self.written(grid.ranges(Self.parsed(text.text))))
        } else if StructureEdits.formulas.contains(name), let text = scanner.text() {
          let moved = FormulaShifter.shift(text.text, rows: anchor?.rows ?? 0, columns: anchor?.columns ?? 0)
          let new = change.followed(moved, isOwn: true)
          if new != text.text { splice.replace(text.range, with: StructureEdits.escaped(new)) }
        }
      }
    }
    return Self.withoutEmptyLists(splice.finished())
  }

  static func parsed(_ text: String) -> [CellRange] {
    text.split(whereSeparator: \.isWhitespace).compactMap { CellRange($0) }
  }
  static func written(_ ranges: [CellRange]) -> String { ranges.map(\.description).joined(separator: " ") }

  /// The attributes that change; `nil` for an element that goes.
  private func attributes(_ name: String, _ token: MarkupScanner.Token, _ scanner: MarkupScanner) -> [String:
    String?]?
  {
    var changed: [String: String?] = [:]
    for attribute in Self.ranges[name] ?? [] {
      guard let text = scanner.value(attribute, of: token) else { continue }
      let old = Self.parsed(text)
      var new = grid.ranges(old)
      if name == "mergeCell" { new.removeAll { $0.isSingleCell } }
      if new.isEmpty, !old.isEmpty {
        if Self.vanishing.contains(name) { return nil }
        new = old.prefix(1).map { CellRange(grid.anchor($0.first)) }
      }
      if new != old { changed[attribute] = Self.written(new) }
    }
    for attribute in Self.cells[name] ?? [] {
      guard let text = scanner.value(attribute, of: token), let old = CellReference(text) else { continue }
      if grid.cell(old) == nil, Self.vanishing.contains(name) { return nil }
      let new = grid.anchor(old)
      if new != old { changed[attribute] = new.description }
    }
    for attribute in StructureEdits.references[name] ?? [] {
      guard let text = scanner.value(attribute, of: token) else { continue }
      let new = change.followed(text, isOwn: true)
      if new != text { changed[attribute] = new }
    }
    return changed
  }

  private func formula(
    _ token: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ shared: SharedFormulas,
    _ splice: inout PartSplice
  ) {
    let start = token.range.lowerBound
    let prefix = scanner.prefix(token)
    if let text = shared.texts[start] {
      // Cells that shared a text need their own: from some of them the same reference is another way off now.
      let new = StructureEdits.escaped(change.followed(text, isOwn: true))
      splice.replace(
        start..<scanner.skipElement(token),
        with: Array("<\(prefix)f>".utf8) + new + Array("</\(prefix)f>".utf8))
      return
    }
    var attributes: [String: String?] = [:]
    if let text = scanner.value("ref", of: token), let old = CellRange(text), let new = grid.range(old),
      new != old
    {
      attributes["ref"] = new.description
    }
    for name in ["r1", "r2"] {
      guard let text = scanner.value(name, of: token), let old = CellReference(text) else { continue }
      let new = grid.anchor(old)
      if new != old { attributes[name] = new.description }
    }
    if !attributes.isEmpty { splice.set(attributes, of: token, in: scanner) }
    guard token.kind == .start, let text = scanner.text() else { return }
    let new = change.followed(text.text, isOwn: true)
    if new != text.text { splice.replace(text.range, with: StructureEdits.escaped(new)) }
  }

  /// A run of columns, which new columns divide.
  private func columns(
    _ token: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ splice: inout PartSplice
  ) {
    guard grid.axis == .columns, let first = scanner.value("min", of: token).flatMap({ Int($0) }),
      let end = scanner.value("max", of: token).flatMap({ Int($0) }), first >= 1, first <= end
    else { return }
    let last = min(end, grid.maximum)
    guard first <= last else { return }
    if first <= 1, last >= grid.maximum { return }
    if grid.count > 0, first < grid.start, grid.start <= last {
      var element = scanner.string(token.range)
      splice.set(["max": String(grid.start - 1)], of: token, in: scanner)
      let end = scanner.skipElement(token)
      guard grid.start + grid.count <= grid.maximum else { return }
      element = scanner.string(token.range.lowerBound..<end)
      if var rest = MarkupElement(Array(element.utf8)) {
        rest["min"] = String(grid.start + grid.count)
        rest["max"] = String(min(last + grid.count, grid.maximum))
        splice.replace(end..<end, with: rest.bytes)
      }
      return
    }
    let new: ClosedRange<Int>? =
      if grid.count > 0, first >= grid.start {
        grid.place(first).map { $0...(grid.place(last) ?? grid.maximum) }
      } else {
        grid.span(first...last)
      }
    guard let new else {
      splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
      return
    }
    if new != first...last {
      splice.set(["min": String(new.lowerBound), "max": String(new.upperBound)], of: token, in: scanner)
    }
  }

  private func pageBreak(
    _ token: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ splice: inout PartSplice
  ) {
    guard let id = scanner.value("id", of: token).flatMap({ Int($0) }) else { return }
    guard let new = grid.place(id) else {
      splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
      return
    }
    if new != id { splice.set(["id": String(new)], of: token, in: scanner) }
  }

  private func pane(_ token: MarkupScanner.Token, _ scanner: MarkupScanner, _ splice: inout PartSplice) {
    var attributes: [String: String?] = [:]
    if let text = scanner.value("topLeftCell", of: token), let old = CellReference(text) {
      attributes["topLeftCell"] = grid.anchor(old).description
    }
    let isFrozen = scanner.value("state", of: token)?.hasPrefix("frozen") == true
    let name = grid.axis == .rows ? "ySplit" : "xSplit"
    if isFrozen, let split = scanner.value(name, of: token).flatMap({ Double($0) }), split > 0,
      split < 1_048_576
    {
      let edge = Int(split.rounded(.down)) + 1
      let cell =
        grid.axis == .rows ? CellReference(row: edge, column: 1) : CellReference(row: 1, column: edge)
      let moved = grid.frozen(cell)
      attributes[name] = String((grid.axis == .rows ? moved.row : moved.column) - 1)
    }
    splice.set(attributes, of: token, in: scanner)
  }

  /// A filter's columns count from the left of its range.
  private func filter(
    _ token: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ splice: inout PartSplice
  ) {
    let end = { () -> Int in
      var ahead = scanner
      return ahead.skipElement(token)
    }()
    guard let old = scanner.value("ref", of: token).flatMap({ CellRange($0) }) else { return }
    guard let new = grid.range(old),
      var filter = MarkupElement(Array(scanner.bytes[token.range.lowerBound..<end]))
    else {
      splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
      return
    }
    filter["ref"] = new.description
    filter.moveColumns(from: old, to: new) { grid.place($0) }
    filter.moveSorting(grid)
    splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: filter.bytes)
  }

  /// Takes out lists whose last element went, and corrects their counts.
  private static func withoutEmptyLists(_ bytes: [UInt8]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    for list in lists where root.has(list) {
      root.changeAll(list) { _, element in
        guard let names = element?.childNames else { return }
        if names.isEmpty {
          element = nil
        } else if element?["count"] != nil {
          let byHand = element?.children("brk").count { $0.flag("man") } ?? 0
          element?["count"] = String(names.count)
          if element?["manualBreakCount"] != nil { element?["manualBreakCount"] = String(byHand) }
        }
      }
    }
    root.changeAll("extLst") { _, extensions in
      extensions?.changeAll("ext") { _, element in
        let names = element?.childNames ?? []
        var isLeft = false
        for name in names {
          element?.changeAll(name) { _, list in
            list = Self.withoutEmptyGroups(list, name)
            if list != nil { isLeft = true }
          }
        }
        if !isLeft { element = nil }
      }
      if extensions?.has("ext") == false { extensions = nil }
    }
    return root.bytes
  }
}

extension SheetGridEditing {
  /// A list of an extension with its count corrected; `nil` if nothing is left in it.
  private static func withoutEmptyGroups(_ list: MarkupElement?, _ name: String) -> MarkupElement? {
    guard var list,
      ["dataValidations", "conditionalFormattings", "sparklineGroups", "ignoredErrors"].contains(name)
    else { return list }
    list.changeAll("sparklineGroup") { _, group in
      if group?.child("sparklines")?.has("sparkline") == false { group = nil }
    }
    let count = list.childNames.count
    if count == 0 { return nil }
    if list["count"] != nil { list["count"] = String(count) }
    return list
  }
}

/// The formulas of cells that share one: each with its own text, by the place of its element.
struct SharedFormulas {
  private(set) var texts: [Int: String] = [:]

  /// - Complexity: O(shared formulas)
  init(_ layout: SheetLayout) {
    let followers = layout.followers()
    for master in layout.shared where master.kind == .master {
      texts[master.range.lowerBound] = master.text
      for (follower, text) in master.texts(of: followers[master.range.lowerBound] ?? []) {
        texts[follower.range.lowerBound] = text
      }
    }
  }
}
