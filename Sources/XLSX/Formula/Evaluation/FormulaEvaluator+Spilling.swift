/// The formulas of one sheet that spill, and how far, as far as it is known.
struct SpillingSheet {
  struct Master {
    var cell: CellReference
    /// What the file says that the formula filled when it was saved: those values are none of their own.
    var stored: CellRange
  }

  /// Not computed yet.
  var pending: [Master] = []
  var known: [(master: CellReference, range: CellRange)] = []
  /// All areas that stored results stand in.
  var stored = RangeIndex()

  init(_ masters: [Master]) {
    pending = masters
    for master in masters where !master.stored.isSingleCell { stored.append(master.stored) }
  }
}

/// Formulas whose results are arrays that spill over the cells around them. How far is known only when they are computed,
/// so a cell above and to the left of which such a formula stands has its value only then.
extension FormulaEvaluator {
  /// The cells that the result of a formula fills now: one for a single value, or where there is no room (`#SPILL!`).
  ///
  /// - Returns: `nil` for a cell without a formula whose result is an array.
  /// - Throws: ``FormulaError``.
  public func spillRange(of cell: CellReference, sheet: Int) throws -> CellRange? {
    do {
      return try spillRange(of: CellAddress(sheet: sheet, cell: cell))
    } catch Interruption.pending(let precedent) {
      _ = try? value(of: precedent.cell, sheet: precedent.sheet)
      return try spillRange(of: cell, sheet: sheet)
    } catch Interruption.failure(let failure) {
      throw failure
    }
  }

  func spillRange(of address: CellAddress) throws -> CellRange? {
    let value = try context.cell(address.cell, sheet: address.sheet)
    guard let formula = value.formula else { return nil }
    guard formula.isDynamic else { return formula.arrayRange }
    _ = try precedent(address, holding: value)
    return spilling[address.sheet]?.known.first { $0.master == address.cell }?.range ?? formula.arrayRange
  }

  /// Whether formulas of a sheet spill.
  func hasSpills(_ sheet: Int) throws -> Bool {
    if sheet == plainSheet { return false }
    if let known = spilling[sheet] { return !known.pending.isEmpty || !known.known.isEmpty }
    let masters = try context.dynamicFormulas(ofSheet: sheet)
    spilling[sheet] = SpillingSheet(masters.map { SpillingSheet.Master(cell: $0.master, stored: $0.range) })
    if masters.isEmpty { plainSheet = sheet }
    return !masters.isEmpty
  }

  /// The value that a formula spills into a cell without one; `nil` if none does.
  func spilledValue(_ address: CellAddress) throws -> Scalar? {
    guard try hasSpills(address.sheet) else { return nil }
    let cell = address.cell
    try settle(upTo: cell, sheet: address.sheet)
    guard let sheet = spilling[address.sheet] else { return nil }
    try charge(sheet.known.count / 16)
    if let found = sheet.known.first(where: { $0.range.contains(cell) }) {
      let master = CellAddress(sheet: address.sheet, cell: found.master)
      let value = arrayResults[master]?.broadcast(
        cell.row - found.master.row, cell.column - found.master.column)
      // A formula gives 0 for an empty cell.
      return value.map { $0.isBlank ? .number(0) : $0 }
    }
    guard sheet.stored.first(containing: cell) != nil else { return nil }
    if let busy = sheet.pending.first(where: { $0.stored.contains(cell) }) {
      let address = CellAddress(sheet: address.sheet, cell: busy.cell)
      if isBusy(address) { throw Interruption.failure(.circular) }
    }
    // Left over from a longer result.
    return .blank
  }

  /// Computes every spilling formula that could reach a cell, but for those that are being computed.
  func settle(upTo last: CellReference, sheet: Int) throws {
    while let index = spilling[sheet]?.pending.firstIndex(where: {
      $0.cell.row <= last.row && $0.cell.column <= last.column
        && !isBusy(CellAddress(sheet: sheet, cell: $0.cell))
    }), let master = spilling[sheet]?.pending[index] {
      let address = CellAddress(sheet: sheet, cell: master.cell)
      do {
        _ = try precedent(address)
      } catch Interruption.failure {}
      // What cannot be computed keeps the values that it had.
      if let left = spilling[sheet]?.pending.firstIndex(where: { $0.cell == master.cell }) {
        spilling[sheet]?.pending.remove(at: left)
        spilling[sheet]?.known.append((master.cell, master.stored))
      }
    }
    try charge((spilling[sheet]?.pending.count ?? 0) / 16)
  }

  /// Notes how far a formula spills.
  ///
  /// - Returns: Its own value: the first of the array, or `#SPILL!` where the others have no room.
  func settle(_ result: Matrix, of address: CellAddress) throws -> Scalar {
    let last = address.cell.offset(rows: result.rows - 1, columns: result.columns - 1)
    let range = CellRange(address.cell, last)
    var isFree = last.isInGrid
    if isFree, !range.isSingleCell {
      let stored = spilling[address.sheet]?.stored ?? RangeIndex()
      let others = spilling[address.sheet]?.known ?? []
      isFree = !others.contains { $0.range.overlaps(range) }
      try charge(others.count / 16)
      try forStoredCells(in: range, sheet: address.sheet) { cell, value in
        if cell != address.cell, value.formula != nil || stored.first(containing: cell) == nil {
          isFree = false
        }
      }
    }
    spilling[address.sheet]?.pending.removeAll { $0.cell == address.cell }
    spilling[address.sheet]?.known.append((address.cell, isFree ? range : CellRange(address.cell)))
    guard isFree else { return .error(.spill) }
    return result.values.first ?? .error(.calculation)
  }

  /// The cells of a range that are spilled into and hold nothing of their own, in the order of rows.
  func spilledCells(in range: CellRange, sheet: Int) throws -> [CellReference] {
    guard try hasSpills(sheet) else { return [] }
    try settle(upTo: range.last, sheet: sheet)
    var cells: [CellReference] = []
    for (master, spilled) in spilling[sheet]?.known ?? [] {
      guard let common = Self.intersection(spilled, range) else { continue }
      try charge(common.count)
      for row in common.rows {
        for column in common.columns {
          let cell = CellReference(row: row, column: column)
          if cell != master, try context.cell(cell, sheet: sheet).isEmpty { cells.append(cell) }
        }
      }
    }
    return cells
  }

  /// The last row and column that a sheet uses, spilled values with it.
  func usedEnd(ofSheet sheet: Int, reading range: CellRange) throws -> CellReference {
    var end = try context.usedRange(ofSheet: sheet)?.last ?? range.first
    guard try hasSpills(sheet) else { return end }
    try settle(upTo: range.last, sheet: sheet)
    for (_, spilled) in spilling[sheet]?.known ?? [] {
      end.row = max(end.row, spilled.last.row)
      end.column = max(end.column, spilled.last.column)
    }
    return end
  }
}
