/// What Excel refuses in pictures and charts.
enum DrawingRules {
  static func check(_ picture: Picture, sheet: String) throws(XLSXError) {
    try checkFormat(of: picture, sheet: sheet)
    try checkPlace(of: picture, sheet: sheet)
  }

  static func checkFormat(of picture: Picture, sheet: String) throws(XLSXError) {
    let signature: [UInt8] = picture.format == .png ? [0x89, 0x50, 0x4E, 0x47] : [0xFF, 0xD8, 0xFF]
    if !picture.data.starts(with: signature) {
      throw ContentRules.invalid(
        "The picture's bytes are no \(picture.format.rawValue) file", sheet: sheet, cell: picture.anchor)
    }
  }

  static func checkPlace(of picture: Picture, sheet: String) throws(XLSXError) {
    for length in [picture.width, picture.height] where !(length > 0 && length < 100_000) {
      throw ContentRules.invalid("A picture of \(length) points", sheet: sheet, cell: picture.anchor)
    }
    try ContentRules.checkInGrid(CellRange(picture.anchor), "The picture", sheet: sheet)
  }

  /// What can stand in one chart, and what a series of each kind can have.
  private static func checkKinds(of chart: Chart, sheet: String) throws(XLSXError) {
    let place = chart.area.first
    for series in chart.series {
      let kind = series.kind ?? chart.kind
      if kind != chart.kind, !kind.canBeCombined || !chart.kind.canBeCombined {
        throw ContentRules.invalid(
          "A chart of \(chart.kind.rawValue) and \(kind.rawValue) series; columns, lines and areas go together",
          sheet: sheet, cell: place)
      }
      if series.usesSecondaryAxis, !kind.canBeCombined, kind != .scatter {
        throw ContentRules.invalid(
          "A second axis for \(kind.rawValue) series; columns, lines, areas and points have one",
          sheet: sheet,
          cell: place)
      }
      switch series.trend {
      case .polynomial(let order) where !(2...6 ~= order):
        throw ContentRules.invalid("A trend of order \(order); Excel takes 2 to 6", sheet: sheet, cell: place)
      case .movingAverage(let period) where !(2...255 ~= period):
        throw ContentRules.invalid(
          "A moving average over \(period) points; Excel takes 2 to 255", sheet: sheet, cell: place)
      case .some where !kind.canHaveTrend:
        throw ContentRules.invalid("A trend in \(kind.rawValue) series", sheet: sheet, cell: place)
      default: break
      }
    }
    if !chart.series.isEmpty, chart.series.allSatisfy(\.usesSecondaryAxis) {
      throw ContentRules.invalid("A chart with a second axis only", sheet: sheet, cell: place)
    }
  }

  static func check(_ chart: Chart, sheet: String) throws(XLSXError) {
    try ContentRules.checkInGrid(chart.area, "The chart", sheet: sheet)
    let place = chart.area.first
    if chart.series.isEmpty {
      throw ContentRules.invalid("A chart without series", sheet: sheet, cell: place)
    }
    // Excel 2007 draws no more.
    if chart.series.count > 255 {
      throw ContentRules.invalid(
        "A chart with \(chart.series.count) series; Excel takes 255", sheet: sheet, cell: place)
    }
    try checkAxis(of: chart, sheet: sheet)
    try checkKinds(of: chart, sheet: sheet)
    for series in chart.series { try check(series, at: place, sheet: sheet) }
  }

  static func checkAxis(of chart: Chart, sheet: String) throws(XLSXError) {
    let place = chart.area.first
    for end in [chart.valueAxisMinimum, chart.valueAxisMaximum] {
      guard let end, !end.isFinite else { continue }
      throw ContentRules.invalid("The end of a chart's axis is no number", sheet: sheet, cell: place)
    }
    if let low = chart.valueAxisMinimum, let high = chart.valueAxisMaximum, low >= high {
      throw ContentRules.invalid("A chart's axis from \(low) to \(high)", sheet: sheet, cell: place)
    }
  }

  /// - Parameter keepsValues: Whether the file has the series' values as they are.
  static func check(
    _ series: Chart.Series, at place: CellReference, sheet: String, keepsValues: Bool = false
  ) throws(XLSXError) {
    try StyleRules.check(series.color)
    try ContentRules.checkLength(
      series.name, atMost: 255, "The name of a chart's series", sheet: sheet, cell: place)
    if !keepsValues {
      try ContentRules.checkFormula(
        series.values, "The values of a chart's series", sheet: sheet, cell: place)
    }
    if !series.categories.isEmpty {
      try ContentRules.checkFormula(
        series.categories, "The categories of a chart's series", sheet: sheet, cell: place)
    }
    if series.cachedValues.contains(where: { $0?.isFinite == false }) {
      throw ContentRules.invalid("A cached value of a chart is no number", sheet: sheet, cell: place)
    }
  }
}
