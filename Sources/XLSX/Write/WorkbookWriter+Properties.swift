/// Document properties: a core part (ECMA-376 Part 2, 11) and an extended one (Part 1, 22.2), each only if it says
/// something.
extension WorkbookWriter {
  mutating func addProperties() throws(XLSXError) {
    let properties = workbook.properties
    let core: [(StaticString, String?)] = [
      ("dc:title", properties.title), ("dc:subject", properties.subject), ("dc:creator", properties.creator),
      ("cp:keywords", properties.keywords), ("dc:description", properties.description),
      ("cp:lastModifiedBy", properties.lastModifiedBy), ("cp:category", properties.category),
    ]
    let dates: [(StaticString, String?)] = [
      ("dcterms:created", properties.created), ("dcterms:modified", properties.modified),
    ]
    if (core + dates).contains(where: { $0.1 != nil }) {
      var xml = ByteBuffer()
      xml.declaration()
      xml.append(
        """
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
        xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        """)
      for (name, text) in core {
        guard let text else { continue }
        xml.start(name)
        xml.append(text: text)
        xml.end(name)
      }
      for (name, text) in dates {
        guard let text else { continue }
        try ContentRules.checkDate(text, "The document's date")
        xml.begin(name)
        xml.append(" xsi:type=\"dcterms:W3CDTF\">")
        xml.append(plainText: text)
        xml.end(name)
      }
      xml.append("</cp:coreProperties>")
      package.relate(nil, .coreProperties, to: "/docProps/core.xml")
      package.add("/docProps/core.xml", type: .coreProperties, xml)
    }
    if properties.company != nil || properties.application != nil {
      var xml = ByteBuffer()
      xml.declaration()
      xml.append(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">")
      if let application = properties.application { xml.element("Application", text: application) }
      if let company = properties.company { xml.element("Company", text: company) }
      xml.append("</Properties>")
      package.relate(nil, .extendedProperties, to: "/docProps/app.xml")
      package.add("/docProps/app.xml", type: .extendedProperties, xml)
    }
  }
}
