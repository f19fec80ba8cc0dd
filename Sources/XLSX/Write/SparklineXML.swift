/// Sparklines in the extension list of a sheet ([MS-XLSX] 2.4.3).
enum SparklineXML {
  /// The extension that holds them.
  static let uri = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"

  static func check(_ group: SparklineGroup, sheet: String) throws(XLSXError) {
    if group.sparklines.isEmpty { throw ContentRules.invalid("A group without sparklines", sheet: sheet) }
    for color in [group.color, group.negativeColor, group.markerColor] { try StyleRules.check(color) }
    for number in [group.minimum, group.maximum, group.lineWidth] {
      if let number, !number.isFinite {
        throw ContentRules.invalid("A sparkline's axis is no number", sheet: sheet)
      }
    }
    for sparkline in group.sparklines {
      try ContentRules.checkInGrid(CellRange(sparkline.cell), "The sparkline", sheet: sheet)
      try ContentRules.checkFormula(
        sparkline.source, "The source of a sparkline", sheet: sheet, cell: sparkline.cell)
    }
  }

  /// The `<ext>` of a sheet.
  static func append(_ groups: [SparklineGroup], to xml: inout ByteBuffer) {
    if groups.isEmpty { return }
    xml.append("<ext")
    xml.attribute("uri", uri)
    xml.attribute("xmlns:x14", Namespace.x14)
    xml.append("><x14:sparklineGroups")
    xml.attribute("xmlns:xm", Namespace.excelMain)
    xml.endTag()
    for group in groups { append(group, to: &xml) }
    xml.append("</x14:sparklineGroups></ext>")
  }

  /// One `<x14:sparklineGroup>`.
  static func append(_ group: SparklineGroup, to xml: inout ByteBuffer) {
    xml.append("<x14:sparklineGroup")
    if let maximum = group.maximum { xml.attribute("manualMax", maximum) }
    if let minimum = group.minimum { xml.attribute("manualMin", minimum) }
    xml.attribute("lineWeight", group.lineWidth)
    if group.kind != .line { xml.attribute("type", group.kind.rawValue) }
    xml.append(" displayEmptyCellsAs=\"gap\"")
    if group.showsMarkers { xml.append(" markers=\"1\"") }
    if group.marksHigh { xml.append(" high=\"1\"") }
    if group.marksLow { xml.append(" low=\"1\"") }
    if group.marksFirst { xml.append(" first=\"1\"") }
    if group.marksLast { xml.append(" last=\"1\"") }
    if group.marksNegative { xml.append(" negative=\"1\"") }
    if group.showsAxis { xml.append(" displayXAxis=\"1\"") }
    if group.minimum != nil { xml.append(" minAxisType=\"custom\"") }
    if group.maximum != nil { xml.append(" maxAxisType=\"custom\"") }
    xml.endTag()
    ColorXML.append(group.color, "x14:colorSeries", to: &xml)
    ColorXML.append(group.negativeColor, "x14:colorNegative", to: &xml)
    xml.append("<x14:colorAxis rgb=\"FF000000\"/>")
    for name: StaticString in [
      "x14:colorMarkers", "x14:colorFirst", "x14:colorLast", "x14:colorHigh", "x14:colorLow",
    ] {
      ColorXML.append(group.markerColor, name, to: &xml)
    }
    xml.append("<x14:sparklines>")
    for sparkline in group.sparklines {
      xml.append("<x14:sparkline><xm:f>")
      xml.append(plainText: sparkline.source)
      xml.append("</xm:f><xm:sqref>")
      xml.append(plainText: sparkline.cell.description)
      xml.append("</xm:sqref></x14:sparkline>")
    }
    xml.append("</x14:sparklines></x14:sparklineGroup>")
  }
}
