/// Conditional formats (ECMA-376 Part 1, 18.3.1.18 and 18.3.1.10).
enum ConditionalFormatXML {
  /// - Parameter identifier: By which the sheet's extension adds to a data bar.
  static func append(
    _ format: ConditionalFormat, priority: Int, identifier: String, differentials: inout Differentials,
    to xml: inout ByteBuffer
  ) {
    xml.begin("conditionalFormatting")
    xml.attribute("sqref", ranges: format.ranges)
    xml.endTag()
    xml.begin("cfRule")
    switch format.rule {
    case .cell(let comparison, let first, let second, let appearance):
      xml.attribute("type", "cellIs")
      xml.attribute("dxfId", differentials.index(of: appearance))
      appendPriority(priority, format, to: &xml)
      xml.attribute("operator", comparison.rawValue)
      xml.endTag()
      appendFormula(first, to: &xml)
      if let second, comparison == .between || comparison == .notBetween { appendFormula(second, to: &xml) }
    case .expression(let formula, let appearance):
      xml.attribute("type", "expression")
      xml.attribute("dxfId", differentials.index(of: appearance))
      appendPriority(priority, format, to: &xml)
      xml.endTag()
      appendFormula(formula, to: &xml)
    case .dataBar(let bar):
      xml.attribute("type", "dataBar")
      appendPriority(priority, format, to: &xml)
      xml.append("><dataBar")
      if !bar.showsValue { xml.attribute("showValue", 0) }
      xml.endTag()
      append(bar.from == .automatic ? .minimum : bar.from, to: &xml)
      append(bar.to == .automatic ? .maximum : bar.to, to: &xml)
      ColorXML.append(bar.color, "color", to: &xml)
      xml.append("</dataBar><extLst><ext")
      xml.attribute("uri", "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}")
      xml.attribute("xmlns:x14", Namespace.x14)
      xml.append("><x14:id>")
      xml.append(plainText: identifier)
      xml.append("</x14:id></ext></extLst>")
    case .colorScale(let points):
      xml.attribute("type", "colorScale")
      appendPriority(priority, format, to: &xml)
      xml.append("><colorScale>")
      for point in points { append(point.at, to: &xml) }
      for point in points { ColorXML.append(point.color, "color", to: &xml) }
      xml.append("</colorScale>")
    case .iconSet(let name, let thresholds, let isReversed, let showsValue):
      xml.attribute("type", "iconSet")
      appendPriority(priority, format, to: &xml)
      xml.append("><iconSet")
      if name != "3TrafficLights1" { xml.attribute("iconSet", name) }
      if !showsValue { xml.attribute("showValue", 0) }
      if isReversed { xml.attribute("reverse", 1) }
      xml.endTag()
      for threshold in thresholds { append(threshold, to: &xml) }
      xml.append("</iconSet>")
    case .other(let kind):
      // Refused before anything is written.
      xml.attribute("type", kind)
      appendPriority(priority, format, to: &xml)
      xml.endTag()
    }
    xml.append("</cfRule></conditionalFormatting>")
  }

  static func appendPriority(_ priority: Int, _ format: ConditionalFormat, to xml: inout ByteBuffer) {
    xml.attribute("priority", priority)
    if format.stopsIfTrue { xml.attribute("stopIfTrue", 1) }
  }

  private static func appendFormula(_ text: String, to xml: inout ByteBuffer) {
    xml.append("<formula>")
    xml.append(plainText: FormulaPrefixes.stored(text))
    xml.append("</formula>")
  }

  private static func append(_ threshold: ConditionalFormat.Threshold, to xml: inout ByteBuffer) {
    xml.begin("cfvo")
    switch threshold {
    case .minimum, .automatic: xml.attribute("type", "min")
    case .maximum: xml.attribute("type", "max")
    case .number(let number):
      xml.attribute("type", "num")
      xml.attribute("val", number)
    case .percent(let percent):
      xml.attribute("type", "percent")
      xml.attribute("val", percent)
    case .percentile(let percentile):
      xml.attribute("type", "percentile")
      xml.attribute("val", percentile)
    case .formula(let text):
      xml.attribute("type", "formula")
      xml.attribute("val", FormulaPrefixes.stored(text))
    }
    xml.endEmpty()
  }
}
