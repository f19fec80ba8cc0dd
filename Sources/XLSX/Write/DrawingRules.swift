/// What Excel refuses in pictures and charts.
enum DrawingRules {
  static func check(_ picture: Picture, sheet: String) throws(XLSXError) {
    let signature: [UInt8] = picture.format == .png ? [0x89, 0x50, 0x4E, 0x47] : [0xFF, 0xD8, 0xFF]
    if !picture.data.starts(with: signature) {
      throw ContentRules.invalid(
        "The picture's bytes are no \(picture.format.rawValue) file", sheet: sheet, cell: picture.anchor)
    }
    for length in [picture.width, picture.height] where !(length > 0 && length < 100_000) {
      throw ContentRules.invalid("A picture of \(length) points", sheet: sheet, cell: picture.anchor)
    }
    try ContentRules.checkInGrid(CellRange(picture.anchor), "The picture", sheet: sheet)
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
    if let maximum = chart.valueAxisMaximum, !maximum.isFinite {
      throw ContentRules.invalid("The end of a chart's axis is no number", sheet: sheet, cell: place)
    }
    for series in chart.series {
      try StyleRules.check(series.color)
      try ContentRules.checkLength(
        series.name, atMost: 255, "The name of a chart's series", sheet: sheet, cell: place)
      try ContentRules.checkFormula(
        series.values, "The values of a chart's series", sheet: sheet, cell: place)
      if !series.categories.isEmpty {
        try ContentRules.checkFormula(
          series.categories, "The categories of a chart's series", sheet: sheet, cell: place)
      }
      if series.cachedValues.contains(where: { $0?.isFinite == false }) {
        throw ContentRules.invalid("A cached value of a chart is no number", sheet: sheet, cell: place)
      }
    }
  }
}
