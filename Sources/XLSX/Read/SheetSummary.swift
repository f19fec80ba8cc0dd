/// How many cells of each kind a sheet has, and what its numbers come to.
public struct SheetSummary: Hashable, Sendable {
  /// Cells with numbers.
  public var numbers = 0
  /// Cells with text.
  public var strings = 0
  /// Cells with truth values.
  public var bools = 0
  /// Cells with errors.
  public var errors = 0
  /// Cells with a formula; each counts by the kind of its stored result as well, unless it has none.
  public var formulas = 0
  /// The sum of the numbers, results of formulas among them.
  public var sum = 0.0

  /// Nothing counted yet.
  public init() {}
}

extension Workbook {
  /// Reads every cell of the sheet at a position of ``sheets``, and only counts and adds.
  ///
  /// - Complexity: O(size of the sheet) in time, O(1) in memory apart from the shared strings.
  public func summary(ofSheetAt position: Int) throws -> SheetSummary {
    if let imported, imported.sheets.indices.contains(position) {
      var summary = SheetSummary()
      summary.add(imported.sheets[position].content.handler.builder)
      return summary
    }
    guard sheets.indices.contains(position), let source else {
      throw XLSXError(
        .noSuchSheet, "There is no sheet at position \(position) to read; the file has \(sheets.count).")
    }
    return try located(position) {
      let part = try source.sheetPart(at: position, name: sheets[position].name)
      let strings = try source.sharedStrings()
      let stream = try SheetStream(package: source.package, part: part, dateSystem: dateSystem, walker: nil)
      var summary = SheetSummary()
      while try stream.fill(strings) { summary.add(stream.builder) }
      return summary
    }
  }
}

extension SheetSummary {
  fileprivate mutating func add(_ builder: borrowing SheetBuilder) {
    var summary = self
    let rows = builder.batch.completeRows
    let end =
      rows == builder.batch.rows.count ? builder.batch.cells.count : builder.batch.rows[rows].firstCell
    for cell in builder.batch.cells[..<end] {
      switch cell.kind {
      case .number:
        summary.numbers += 1
        summary.sum += Double(bitPattern: cell.bits)
      case .sharedString, .text, .richText: summary.strings += 1
      case .bool: summary.bools += 1
      case .error: summary.errors += 1
      case .empty: break
      }
      if cell.formula >= 0 { summary.formulas += 1 }
    }
    self = summary
  }
}
