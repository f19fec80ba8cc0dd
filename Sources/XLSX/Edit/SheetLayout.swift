/// Where rows, cells and formulas stand in the bytes of a sheet part.
struct SheetLayout {
  struct Row {
    /// Where its cells are read into: a row whose first cell names another row is that row.
    var number: Int
    /// What its tag says, or the place after the row before.
    var declared: Int
    var hasReference: Bool
    var tag: MarkupScanner.Token
    /// Before `</row>`; for `<row/>` the end of the tag.
    var contentEnd: Int
    /// Its cells, for rows that were asked for; of other rows those that name one that was asked for.
    var cells: [Cell] = []
  }

  struct Cell {
    var reference: CellReference
    var tag: MarkupScanner.Token
    var range: Range<Int>
    var hasFormula = false
    /// What an edit keeps of the cell's content.
    var extensionRange: Range<Int>?
  }

  /// A formula that other cells share, or that shares another's, or that fills a range.
  struct SharedFormula {
    enum Kind { case master, follower, array }
    var kind: Kind
    var reference: CellReference
    /// The whole `<f>` element.
    var range: Range<Int>
    var index: String
    var text: String
    var area: CellRange?
  }

  /// The prefix of the sheet's own elements, `x:` or empty.
  private(set) var prefix = ""
  private(set) var dimension: MarkupScanner.Token?
  private(set) var sheetData: MarkupScanner.Token?
  /// Before `</sheetData>`.
  private(set) var dataEnd = 0
  /// Where `sheetData` belongs in a sheet that lacks it.
  private(set) var dataPlace: Int?
  private(set) var rows: [Row] = []
  private(set) var shared: [SharedFormula] = []
  private(set) var hasFormulas = false
  /// Styles of columns, from `<cols>`.
  private(set) var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []

  let scanner: MarkupScanner

  /// - Parameter wanted: The rows whose cells matter.
  init(_ bytes: [UInt8], rows wanted: Set<Int>) {
    scanner = MarkupScanner(bytes)
    var reader = scanner
    var depth = 0
    while let token = reader.next() {
      switch token.kind {
      case .other: continue
      case .end: depth -= 1
      case .start, .empty:
        if depth == 0 {
          prefix = reader.prefix(token)
          dataPlace = token.range.upperBound
          if token.kind == .start { depth = 1 }
          continue
        }
        if depth == 1 {
          readChild(token, &reader, wanted)
        } else if token.kind == .start {
          _ = reader.skipElement(token)
        }
      }
    }
  }

  private mutating func readChild(
    _ token: MarkupScanner.Token, _ reader: inout MarkupScanner, _ wanted: Set<Int>
  ) {
    if reader.isNamed(token, prefix + "sheetData"), sheetData == nil {
      sheetData = token
      dataEnd = token.range.upperBound
      if token.kind == .start { readRows(&reader, wanted) }
      return
    }
    if reader.isNamed(token, prefix + "dimension") { dimension = token }
    let isBeforeData = ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols"].contains {
      reader.isNamed(token, prefix + $0)
    }
    if reader.isNamed(token, prefix + "cols"), token.kind == .start {
      while let column = reader.next(), column.kind != .end {
        guard column.isStart else { continue }
        if let first = reader.value("min", of: column).flatMap({ Int($0) }),
          let last = reader.value("max", of: column).flatMap({ Int($0) }), first <= last,
          let style = reader.value("style", of: column)
        {
          columnStyles.append((first...last, style))
        }
        _ = reader.skipElement(column)
      }
    } else {
      _ = reader.skipElement(token)
    }
    if isBeforeData { dataPlace = reader.position }
  }

  private mutating func readRows(_ reader: inout MarkupScanner, _ wanted: Set<Int>) {
    var number = 0
    while let token = reader.next() {
      if token.kind == .end {
        dataEnd = token.range.lowerBound
        return
      }
      guard token.isStart else { continue }
      guard reader.isNamed(token, prefix + "row") else {
        _ = reader.skipElement(token)
        continue
      }
      let given = reader.value("r", of: token).flatMap { Int($0.trimmingXMLSpace) }
      number = given ?? number &+ 1
      var row = Row(
        number: number, declared: number, hasReference: given != nil, tag: token,
        contentEnd: token.range.upperBound)
      if token.kind == .start { readCells(&reader, &row, &number, wanted) }
      rows.append(row)
    }
    dataEnd = reader.position
  }

  /// A cell that names another row than the one around it is believed, and what follows it without a reference is in
  /// that row too (``SheetBuilder/beginCell(row:column:style:type:)``).
  ///
  /// - Parameter current: The row of the last cell.
  private mutating func readCells(
    _ reader: inout MarkupScanner, _ row: inout Row, _ current: inout Int, _ wanted: Set<Int>
  ) {
    var isWanted = wanted.contains(row.declared)
    var column = 0
    while let token = reader.next() {
      if token.kind == .end {
        row.contentEnd = token.range.lowerBound
        return
      }
      guard token.isStart else { continue }
      guard reader.isNamed(token, prefix + "c") else {
        _ = reader.skipElement(token)
        continue
      }
      let given = reader.value("r", of: token).flatMap { CellReference($0.trimmingXMLSpace) }
      let reference = given ?? CellReference(row: current, column: column &+ 1)
      if reference.row != current {
        if column == 0 { row.number = reference.row }
        current = reference.row
        isWanted = isWanted || wanted.contains(current)
      }
      column = reference.column
      var cell = Cell(reference: reference, tag: token, range: token.range)
      if token.kind == .start { readContent(&reader, &cell) }
      if isWanted { row.cells.append(cell) }
    }
    row.contentEnd = reader.position
  }

  private mutating func readContent(_ reader: inout MarkupScanner, _ cell: inout Cell) {
    while let token = reader.next() {
      if token.kind == .end {
        cell.range = cell.tag.range.lowerBound..<token.range.upperBound
        return
      }
      guard token.isStart else { continue }
      let end = reader.skipElement(token)
      if reader.isNamed(token, prefix + "f") {
        cell.hasFormula = true
        hasFormulas = true
        readFormula(token, end, cell.reference, reader)
      } else if reader.isNamed(token, prefix + "extLst") {
        cell.extensionRange = token.range.lowerBound..<end
      }
    }
  }

  private mutating func readFormula(
    _ token: MarkupScanner.Token, _ end: Int, _ reference: CellReference, _ reader: MarkupScanner
  ) {
    let type = reader.value("t", of: token) ?? "normal"
    guard type != "normal" else { return }
    // The text between the tags; formulas have no elements inside.
    var text = ""
    var inside = MarkupScanner(Array(reader.bytes[token.range.upperBound..<max(token.range.upperBound, end)]))
    while let piece = inside.next(), piece.kind == .other {
      text += MarkupText.content(inside.string(piece.range))
    }
    let area = reader.value("ref", of: token).flatMap { CellRange($0.trimmingXMLSpace) }
    shared.append(
      SharedFormula(
        kind: type != "shared" ? .array : text.isEmpty ? .follower : .master, reference: reference,
        range: token.range.lowerBound..<end, index: reader.value("si", of: token) ?? "", text: text,
        area: area))
  }

  /// The formulas that take their text from a master, by where its element begins.
  ///
  /// An index can be used again: then a follower belongs to the last master before it, else to the first one.
  ///
  /// - Complexity: O(shared formulas)
  func followers() -> [Int: [SharedFormula]] {
    var current: [String: Int] = [:]
    for formula in shared where formula.kind == .master && current[formula.index] == nil {
      current[formula.index] = formula.range.lowerBound
    }
    var followers: [Int: [SharedFormula]] = [:]
    for formula in shared {
      switch formula.kind {
      case .master: current[formula.index] = formula.range.lowerBound
      case .follower:
        if let master = current[formula.index] { followers[master, default: []].append(formula) }
      case .array: break
      }
    }
    return followers
  }
}

extension SheetLayout.SharedFormula {
  /// The texts of formulas that share this one, each from where it stands.
  func texts(of followers: [Self]) -> [(follower: Self, text: String)] {
    let formula = XLSX.SharedFormula(text)
    return followers.map {
      (
        $0,
        formula.text(
          rows: $0.reference.row &- reference.row, columns: $0.reference.column &- reference.column)
      )
    }
  }
}
