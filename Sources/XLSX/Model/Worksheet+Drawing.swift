extension Worksheet {
  /// Puts a picture on the sheet.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` if the bytes are not of the format named, the picture has no size, or
  ///   the cell lies outside the sheet.
  public func addPicture(_ picture: Picture) throws {
    try DrawingRules.check(picture, sheet: name)
    content.pictures.append(picture)
  }

  /// Puts a chart on the sheet.
  ///
  /// What a series' ranges hold is stored with the chart, for programs that draw without calculating. A series that
  /// brings no cached values gets them from the workbook's cells when it is saved.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for a chart without series, a series without values, or an area
  ///   outside the sheet.
  public func addChart(_ chart: Chart) throws {
    try DrawingRules.check(chart, sheet: name)
    content.charts.append(chart)
  }

  /// The pictures on the sheet.
  public var pictures: [Picture] { content.pictures }
  /// The charts on the sheet that are of a known kind.
  public var charts: [Chart] { content.charts }
}
