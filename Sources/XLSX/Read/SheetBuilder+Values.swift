extension SheetBuilder {
  /// The value of a cell of the batch, its formula left out.
  func result(of cell: CellRecord, strings: SharedStrings) -> CellValue {
    switch cell.kind {
    case .empty: .empty
    case .number: .number(Double(bitPattern: cell.bits))
    case .sharedString: strings.value(Int(truncatingIfNeeded: cell.bits))
    case .text: .text(text(of: cell))
    case .richText:
      batch.richTexts.indices.contains(Int(truncatingIfNeeded: cell.bits))
        ? .richText(batch.richTexts[Int(truncatingIfNeeded: cell.bits)]) : .empty
    case .bool: .bool(cell.bits != 0)
    case .error: .error(CellError(text(of: cell)))
    }
  }

  /// The formula of a cell of the batch, which stands in a row; shared formulas are written for the cell.
  func formula(of cell: CellRecord, row: Int) -> Formula? {
    guard batch.formulas.indices.contains(Int(cell.formula)) else { return nil }
    let record = batch.formulas[Int(cell.formula)]
    if record.kind == .shared {
      guard masters.indices.contains(record.shared) else { return nil }
      let master = masters[record.shared]
      let text = master.formula.text(rows: row - master.row, columns: Int(cell.column) - master.column)
      return Formula(FormulaPrefixes.shown(text), arrayRange: nil, isDynamic: false)
    }
    let text = String(
      decoding: batch.text.bytes(at: record.textOffset, count: record.textCount), as: UTF8.self)
    let isArray = record.kind == .array
    return Formula(
      FormulaPrefixes.shown(text), arrayRange: isArray ? record.range : nil,
      isDynamic: isArray && record.isDynamic)
  }

  /// The value of a cell of the batch.
  func value(of cell: CellRecord, row: Int, strings: SharedStrings) -> CellValue {
    let result = result(of: cell, strings: strings)
    guard cell.formula >= 0, let formula = formula(of: cell, row: row) else { return result }
    return .formula(formula, cached: result)
  }

  private func text(of cell: CellRecord) -> String {
    String(decoding: batch.text.bytes(at: cell.textOffset, count: cell.textCount), as: UTF8.self)
  }

  /// Makes sure that every shared string that the cells name exists; empty text in place of a lost one would be a lie.
  ///
  /// - Complexity: O(1) for a sound sheet.
  func check(_ strings: SharedStrings) throws {
    guard largestSharedString >= strings.count else { return }
    for position in batch.rows.indices {
      for index in batch.cells(ofRow: position) where batch.cells[index].kind == .sharedString {
        guard batch.cells[index].bits >= UInt64(strings.count) else { continue }
        throw XLSXError(
          .malformedPart,
          "A cell refers to shared string \(batch.cells[index].bits), but there are only \(strings.count).",
          cell: CellReference(row: Int(batch.rows[position].index), column: Int(batch.cells[index].column)))
      }
    }
  }
}
