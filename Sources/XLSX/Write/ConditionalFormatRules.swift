/// What Excel refuses in a conditional format.
enum ConditionalFormatRules {
  static func check(_ format: ConditionalFormat, sheet: String) throws(XLSXError) {
    guard let cell = format.ranges.first?.first else {
      throw ContentRules.invalid("A conditional format has no range", sheet: sheet)
    }
    for range in format.ranges { try ContentRules.checkInGrid(range, "A conditional format", sheet: sheet) }
    switch format.rule {
    case .cell(let comparison, let first, let second, let appearance):
      try StyleRules.check(appearance)
      try ContentRules.checkFormula(first, "A conditional format's operand", sheet: sheet, cell: cell)
      if let second {
        try ContentRules.checkFormula(second, "A conditional format's operand", sheet: sheet, cell: cell)
      } else if comparison == .between || comparison == .notBetween {
        throw ContentRules.invalid(
          "A conditional format with \(comparison.rawValue) needs a second operand", sheet: sheet, cell: cell)
      }
    case .expression(let formula, let appearance):
      try StyleRules.check(appearance)
      try ContentRules.checkFormula(formula, "A conditional format's formula", sheet: sheet, cell: cell)
    case .dataBar(let bar):
      for color in [bar.color, bar.borderColor, bar.negativeColor] { try StyleRules.check(color) }
      try check([bar.from, bar.to], sheet: sheet, cell: cell)
      if bar.from == .maximum || bar.to == .minimum {
        throw ContentRules.invalid("A data bar runs from a minimum to a maximum", sheet: sheet, cell: cell)
      }
    case .colorScale(let points):
      if points.count != 2 && points.count != 3 {
        throw ContentRules.invalid(
          "A colour scale has 2 or 3 points, not \(points.count)", sheet: sheet, cell: cell)
      }
      for point in points { try StyleRules.check(point.color) }
      try check(points.map(\.at), sheet: sheet, cell: cell)
      try checkNotAutomatic(points.map(\.at), sheet: sheet, cell: cell)
    case .iconSet(let name, let thresholds, _, _):
      guard let count = iconCounts[name] else {
        throw ContentRules.invalid(
          "\"\(name)\" is no icon set; there are \(iconCounts.keys.sorted().joined(separator: ", "))",
          sheet: sheet, cell: cell)
      }
      if thresholds.count != count {
        throw ContentRules.invalid(
          "The icon set \(name) takes \(count) thresholds, the first of them the lowest", sheet: sheet,
          cell: cell)
      }
      try check(thresholds, sheet: sheet, cell: cell)
      try checkNotAutomatic(thresholds, sheet: sheet, cell: cell)
    case .other(let kind):
      throw ContentRules.invalid(
        "A conditional format of the kind \"\(kind)\" can be kept in an opened file, not written anew",
        sheet: sheet,
        cell: cell)
    }
  }

  private static func check(
    _ thresholds: [ConditionalFormat.Threshold], sheet: String, cell: CellReference
  ) throws(XLSXError) {
    for threshold in thresholds {
      switch threshold {
      case .number(let number), .percent(let number), .percentile(let number):
        if !number.isFinite {
          throw ContentRules.invalid(
            "A threshold of a conditional format is no number", sheet: sheet, cell: cell)
        }
      case .formula(let text):
        try ContentRules.checkFormula(text, "A threshold of a conditional format", sheet: sheet, cell: cell)
      case .minimum, .maximum, .automatic: break
      }
    }
  }

  private static func checkNotAutomatic(
    _ thresholds: [ConditionalFormat.Threshold], sheet: String, cell: CellReference
  ) throws(XLSXError) {
    if thresholds.contains(.automatic) {
      throw ContentRules.invalid(
        "Only data bars have automatic ends; name a threshold", sheet: sheet, cell: cell)
    }
  }

  /// The icon sets of Excel 2010, which live in an extension ([MS-XLSX] 2.6.44).
  static let extensionIcons: Set<String> = ["3Stars", "3Triangles", "5Boxes"]

  /// The icon sets of ST_IconSetType (ECMA-376 Part 1, 18.18.42), and those of Excel 2010.
  static let iconCounts = [
    "3Arrows": 3, "3ArrowsGray": 3, "3Flags": 3, "3TrafficLights1": 3, "3TrafficLights2": 3, "3Signs": 3,
    "3Symbols": 3, "3Symbols2": 3, "4Arrows": 4, "4ArrowsGray": 4, "4RedToBlack": 4, "4Rating": 4,
    "4TrafficLights": 4, "5Arrows": 5, "5ArrowsGray": 5, "5Rating": 5, "5Quarters": 5,
    "3Stars": 3, "3Triangles": 3, "5Boxes": 5,
  ]
}
