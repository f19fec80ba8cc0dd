/// Fonts, in the order of children that Excel itself writes; Excel for Mac insists on it.
enum FontXML {
  enum Place {
    /// `<font>` of the stylesheet, where the name is `<name>`.
    case stylesheet
    /// `<rPr>` of a run of text, where the name is `<rFont>`.
    case run
  }

  static func append(_ font: Font, _ place: Place, to xml: inout ByteBuffer) {
    switch place {
    case .stylesheet: xml.append("<font>")
    case .run: xml.append("<rPr>")
    }
    if font.isBold { xml.append("<b/>") }
    if font.isItalic { xml.append("<i/>") }
    if font.isStruckThrough { xml.append("<strike/>") }
    switch font.underline {
    case .none: break
    case .single: xml.append("<u/>")
    default: xml.value("u", font.underline.rawValue)
    }
    if font.verticalPosition != .baseline { xml.value("vertAlign", font.verticalPosition.rawValue) }
    xml.value("sz", font.size)
    if let color = font.color { ColorXML.append(color, "color", to: &xml) }
    switch place {
    case .stylesheet:
      xml.value("name", font.name)
      appendCharset(of: font, to: &xml)
      xml.append("</font>")
    case .run:
      xml.value("rFont", font.name)
      appendCharset(of: font, to: &xml)
      xml.append("</rPr>")
    }
  }

  /// Fonts with a Chinese name get character set 134 (GB 2312), by which a system without the font finds another one
  /// that has the characters.
  private static func appendCharset(of font: Font, to xml: inout ByteBuffer) {
    let isChinese =
      font.name.unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value } || font.name.hasSuffix("_GB2312")
    if isChinese { xml.append("<charset val=\"134\"/>") }
  }
}

enum ColorXML {
  /// An element that is a colour: `<color rgb="FFC00000"/>`.
  static func append(_ color: Color, _ name: StaticString, to xml: inout ByteBuffer) {
    xml.begin(name)
    switch color {
    case .argb(let value):
      xml.attribute("rgb", hex(value, digits: 8))
    case .theme(let index, let tint):
      xml.attribute("theme", index)
      if tint != 0 { xml.attribute("tint", tint) }
    case .indexed(let index):
      xml.attribute("indexed", index)
    case .automatic:
      xml.attribute("auto", 1)
    }
    xml.endEmpty()
  }

  /// Upper case, with leading zeros.
  static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text.suffix(digits)
  }
}

enum RichTextXML {
  /// The runs of a rich text, as a shared string, an inline string or a comment has them.
  ///
  /// Runs without text are left out: Excel repairs a file that has one.
  static func append(_ text: RichText, to xml: inout ByteBuffer) {
    let runs = text.runs.filter { !$0.text.isEmpty }
    guard runs.count > 1 || runs.first?.font != nil else {
      xml.element("t", text: text.plainText)
      return
    }
    for run in runs {
      xml.append("<r>")
      if let font = run.font { FontXML.append(font, .run, to: &xml) }
      xml.element("t", text: run.text)
      xml.append("</r>")
    }
  }
}
