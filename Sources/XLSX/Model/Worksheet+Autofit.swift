extension Worksheet {
  /// Makes columns as wide as what they show, within bounds.
  ///
  /// Text is measured in digits of the default font: Chinese characters count two, numbers as their format shows them,
  /// larger fonts in proportion. Cells merged across columns do not count. It is an estimate: only the program that
  /// draws the text knows its exact width.
  ///
  /// - Parameters:
  ///   - columns: Which columns; all that hold something if `nil`.
  ///   - minimum: No column gets narrower than this.
  ///   - maximum: No column gets wider than this; longer text should wrap.
  /// - Complexity: O(stored cells)
  public func autofitColumns(_ columns: ColumnRange? = nil, minimum: Double = 6, maximum: Double = 60) {
    let across = Set(
      content.merges.filter { $0.columns.count > 1 }.flatMap { merge in
        merge.rows.prefix(10_000).map { CellReference(row: $0, column: merge.first.column) }
      })
    var widths: [Int: Double] = [:]
    var formats: [Int: CompiledNumberFormat] = [:]
    for row in content.cells.rows {
      for cell in row.cells where columns?.indices.contains(cell.column) ?? true {
        if !across.isEmpty, across.contains(CellReference(row: row.index, column: cell.column)) { continue }
        let style = workbook.styles[cell.style]
        let width: Int
        switch cell.value.result {
        case .empty, .formula: continue
        case .text(let text): width = TextWidth.ofWidestLine(text)
        case .richText(let text): width = TextWidth.ofWidestLine(text.plainText)
        case .bool(let bool): width = bool ? 4 : 5
        case .error(let error): width = TextWidth.of(error.text)
        case .number(let number):
          let format = formats[cell.style] ?? CompiledNumberFormat(style.numberFormat)
          formats[cell.style] = format
          width = TextWidth.of(format.text(forNumber: number, dateSystem: workbook.dateSystem))
        }
        let scale = style.font.size / 11 * (style.font.isBold ? 1.07 : 1)
        // Two digits for the padding and the grid line, and for fonts a little wider than the estimate.
        widths[cell.column] = max(widths[cell.column] ?? 0, Double(width) * scale + 2)
      }
    }
    for (column, width) in widths.sorted(by: { $0.key < $1.key }) where width.isFinite {
      let rounded = (width * 100).rounded() / 100
      setColumnWidth(min(max(rounded, minimum), maximum, ContentRules.maximumColumnWidth), for: column)
    }
  }
}
