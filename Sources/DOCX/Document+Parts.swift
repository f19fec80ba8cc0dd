/// The parts beside the text.
extension Document {
  /// A line with a chart: as high as the chart, whatever the text's line height is.
  static let chartStyle: ParagraphStyle = {
    var style = ParagraphStyle(id: "Chart", name: "Chart", font: TextFont("宋体", size: 10.5))
    style.alignment = .center
    style.keepsToGrid = false
    style.spaceBefore = 6
    style.spaceAfter = 6
    return style
  }()

  var stylesPart: String {
    var xml = Markup.part()
    xml.open("w:styles", Self.namespaces)
    xml.element("w:docDefaults") { xml in
      xml.element("w:rPrDefault") { xml in
        xml.element("w:rPr") { xml in
          let font = styles.first?.font ?? Self.chartStyle.font
          xml.empty(
            "w:rFonts",
            [
              "w:ascii": font.latin, "w:hAnsi": font.latin, "w:eastAsia": font.eastAsian, "w:cs": font.latin,
            ])
          xml.empty("w:lang", ["w:val": language, "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"])
        }
      }
      xml.empty("w:pPrDefault")
    }
    for (position, style) in (styles + [Self.chartStyle, Self.gapStyle]).enumerated() {
      xml.append(style, isDefault: position == 0)
    }
    xml.close("w:styles")
    return xml.text
  }

  var settingsPart: String {
    var xml = Markup.part()
    xml.open("w:settings", Self.namespaces)
    if sections.contains(where: { $0.page.pageNumber != nil }) { xml.empty("w:evenAndOddHeaders") }
    xml.value("w:characterSpacingControl", "compressPunctuation")
    xml.element("w:compat") { xml in
      // Without it Word opens the file in the mode of 2007 and says so in its title.
      xml.empty(
        "w:compatSetting",
        [
          "w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15",
        ])
    }
    xml.empty("w:themeFontLang", ["w:val": language, "w:eastAsia": "zh-CN"])
    xml.close("w:settings")
    return xml.text
  }

  /// Says of each Chinese font that it is one, so that a computer without it takes another Chinese font in its place.
  var fontTablePart: String {
    var names: [String] = []
    for style in styles where !names.contains(style.font.eastAsian) { names.append(style.font.eastAsian) }
    var xml = Markup.part()
    xml.open("w:fonts", Self.namespaces)
    for name in names {
      xml.element("w:font", ["w:name": name]) { xml in
        xml.value("w:charset", "86")
        xml.value("w:family", name.contains("黑") ? "swiss" : "roman")
        xml.value("w:pitch", "default")
      }
    }
    xml.close("w:fonts")
    return xml.text
  }

  var corePropertiesPart: String {
    var xml = Markup.part()
    xml.open(
      "cp:coreProperties",
      [
        "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
      ])
    if !title.isEmpty { xml.element("dc:title") { $0.append(text: title) } }
    if !author.isEmpty { xml.element("dc:creator") { $0.append(text: author) } }
    if !keywords.isEmpty { xml.element("cp:keywords") { $0.append(text: keywords) } }
    xml.close("cp:coreProperties")
    return xml.text
  }

  var extendedPropertiesPart: String {
    var xml = Markup.part()
    xml.element(
      "Properties", ["xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"]
    ) { xml in
      xml.element("Application") { $0.append(text: "huizong") }
    }
    return xml.text
  }
}
