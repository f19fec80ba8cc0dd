extension Worksheet {
  /// What a cell shows: its value (of a formula the stored result) as Excel displays it with the cell's number format.
  ///
  ///     sheet["C2"] = 0.875
  ///     sheet.setStyle(Style(numberFormat: .percent), at: "C2")
  ///     sheet.displayedText(at: "C2")  // "87.5%"
  ///
  /// The width of the column plays no part. For many cells of one format make one ``CompiledNumberFormat``.
  ///
  /// - Complexity: O(log n), and the length of the number format.
  public func displayedText(
    at cell: CellReference, language: CompiledNumberFormat.Language = .english
  ) -> String {
    CompiledNumberFormat(style(at: cell).numberFormat, language: language)
      .text(for: self[cell], dateSystem: workbook.dateSystem)
  }

  /// The date and time of a cell whose number format makes its number one; `nil` for any other cell. It has no time
  /// zone, as dates in workbooks have none.
  public func date(at cell: CellReference) -> CalendarDateTime? {
    guard isDate(at: cell), let number = self[cell].number else { return nil }
    return workbook.dateSystem.date(fromSerial: number)
  }
}
