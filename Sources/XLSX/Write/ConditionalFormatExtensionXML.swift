/// What Excel 2010 added to conditional formats, in the sheet's extension list ([MS-XLSX] 2.4.10): data bars in full, and
/// three icon sets.
enum ConditionalFormatExtensionXML {
  /// Whether a format stands in the extension alone.
  static func isWhole(_ format: ConditionalFormat) -> Bool {
    if case .iconSet(let name, _, _, _) = format.rule {
      return ConditionalFormatRules.extensionIcons.contains(name)
    }
    return false
  }

  /// By which a rule of the sheet and its extension know each other.
  static func identifier(part: String, priority: Int) -> String {
    StableIdentifier.guid("conditional format \(part) \(priority)")
  }

  /// The extension that holds conditional formats.
  static let uri = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"

  /// Whether the extension says something of a format.
  static func isExtended(_ format: ConditionalFormat) -> Bool {
    if case .dataBar = format.rule { return true }
    return isWhole(format)
  }

  /// The `<ext>` of a sheet.
  static func append(_ formats: [ConditionalFormat], part: String, to xml: inout ByteBuffer) {
    let extended = formats.enumerated().filter { isExtended($0.element) }
    if extended.isEmpty { return }
    xml.append("<ext")
    xml.attribute("uri", uri)
    xml.attribute("xmlns:x14", Namespace.x14)
    xml.append("><x14:conditionalFormattings>")
    for (place, format) in extended {
      append(
        format, priority: place + 1, identifier: identifier(part: part, priority: place + 1), to: &xml)
    }
    xml.append("</x14:conditionalFormattings></ext>")
  }

  /// One `<x14:conditionalFormatting>`.
  static func append(
    _ format: ConditionalFormat, priority: Int, identifier: String, to xml: inout ByteBuffer
  ) {
    xml.begin("x14:conditionalFormatting")
    xml.attribute("xmlns:xm", Namespace.excelMain)
    xml.append("><x14:cfRule")
    switch format.rule {
    case .dataBar(let bar):
      xml.attribute("type", "dataBar")
      xml.attribute("id", identifier)
      xml.endTag()
      append(bar, to: &xml)
    case .iconSet(let name, let thresholds, let isReversed, let showsValue):
      xml.attribute("type", "iconSet")
      ConditionalFormatXML.appendPriority(priority, format, to: &xml)
      xml.attribute("id", identifier)
      xml.append("><x14:iconSet")
      xml.attribute("iconSet", name)
      if !showsValue { xml.attribute("showValue", 0) }
      if isReversed { xml.attribute("reverse", 1) }
      xml.endTag()
      for threshold in thresholds { append(threshold, automatic: "percent", to: &xml) }
      xml.append("</x14:iconSet>")
    default: break
    }
    xml.append("</x14:cfRule><xm:sqref>")
    for (place, range) in format.ranges.enumerated() {
      if place > 0 { xml.append(UInt8(ascii: " ")) }
      xml.append(range: range)
    }
    xml.append("</xm:sqref></x14:conditionalFormatting>")
  }

  private static func append(_ bar: DataBar, to xml: inout ByteBuffer) {
    xml.begin("x14:dataBar")
    // Bars from no length to the whole cell; Excel 2007's shortest took a tenth of it.
    xml.attribute("minLength", 0)
    xml.attribute("maxLength", 100)
    if !bar.showsValue { xml.attribute("showValue", 0) }
    if bar.borderColor != nil { xml.attribute("border", 1) }
    if bar.isSolid { xml.attribute("gradient", 0) }
    if bar.negativeColor == nil { xml.attribute("negativeBarColorSameAsPositive", 1) }
    if bar.axis != .automatic { xml.attribute("axisPosition", bar.axis.rawValue) }
    xml.endTag()
    append(bar.from, automatic: "autoMin", to: &xml)
    append(bar.to, automatic: "autoMax", to: &xml)
    if let border = bar.borderColor { ColorXML.append(border, "x14:borderColor", to: &xml) }
    if let negative = bar.negativeColor { ColorXML.append(negative, "x14:negativeFillColor", to: &xml) }
    if bar.axis != .none { ColorXML.append(.black, "x14:axisColor", to: &xml) }
    xml.append("</x14:dataBar>")
  }

  private static func append(
    _ threshold: ConditionalFormat.Threshold, automatic: StaticString, to xml: inout ByteBuffer
  ) {
    xml.append("<x14:cfvo type=\"")
    switch threshold {
    case .automatic: xml.append(automatic)
    case .minimum: xml.append("min")
    case .maximum: xml.append("max")
    case .number: xml.append("num")
    case .percent: xml.append("percent")
    case .percentile: xml.append("percentile")
    case .formula: xml.append("formula")
    }
    switch threshold {
    case .automatic, .minimum, .maximum:
      xml.append("\"/>")
      return
    case .number(let number), .percent(let number), .percentile(let number):
      xml.append("\"><xm:f>")
      xml.append(number: number)
    case .formula(let text):
      xml.append("\"><xm:f>")
      xml.append(plainText: FormulaPrefixes.stored(text))
    }
    xml.append("</xm:f></x14:cfvo>")
  }
}
