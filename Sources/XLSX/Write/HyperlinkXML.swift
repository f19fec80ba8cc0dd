/// Hyperlinks (ECMA-376 Part 1, 18.3.1.47): an external one leads through a relationship, an internal one does not.
enum HyperlinkXML {
  static func append(
    _ hyperlinks: [CellReference: Hyperlink], part: String, package: inout PackageWriter,
    to xml: inout ByteBuffer
  ) {
    if hyperlinks.isEmpty { return }
    xml.append("<hyperlinks>")
    for (cell, link) in hyperlinks.sorted(by: { $0.key < $1.key }) {
      xml.begin("hyperlink")
      xml.attribute("ref", reference: cell)
      switch link.target {
      case .external(let address):
        xml.attribute("r:id", package.relate(part, .hyperlink, toExternal: escaped(address)))
      case .location(let place):
        xml.attribute("location", place)
      }
      if let tooltip = link.tooltip { xml.attribute("tooltip", tooltip) }
      xml.endEmpty()
    }
    xml.append("</hyperlinks>")
  }

  /// A relationship's target must be a URI: the characters that none may hold are percent-encoded. Characters outside
  /// ASCII stay, and so do the backslashes of paths, as Excel writes them.
  static func escaped(_ address: String) -> String {
    var result = ""
    for scalar in address.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0x7F || "<>\"{}|^`".unicodeScalars.contains(scalar) {
        result += "%" + ColorXML.hex(scalar.value, digits: 2)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
