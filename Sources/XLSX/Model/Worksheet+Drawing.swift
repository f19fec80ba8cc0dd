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

  /// The pictures on the sheet. What is set here is checked when the workbook is saved; new ones lie over the others.
  ///
  /// A picture of an opened workbook that gets another place or size is no longer stretched with rows and columns.
  ///
  ///     sheet.pictures.removeAll { $0.anchor == "A1" }
  ///     sheet.pictures[0].description = "会徽"
  public var pictures: [Picture] {
    get { content.pictures }
    set { content.pictures = newValue }
  }

  /// The charts on the sheet that are of a known kind. What is set here is checked when the workbook is saved.
  ///
  /// Of a chart of an opened workbook its place, titles, legend, the ends of its value axis, and its series can change: what
  /// they are called and draw, their colours, and which there are; the rest of its look stays as the file has it. Series whose
  /// ranges change get the values of their new cells.
  ///
  ///     sheet.charts[0].title = "2025 年完成情况"
  ///     sheet.charts[0].series[0].values = "'明细'!$B$2:$B$20"
  public var charts: [Chart] {
    get { content.charts }
    set { content.charts = newValue }
  }
}
