/// The stylesheet of a workbook being written (ECMA-376 Part 1, 18.8.39): fonts, fills, borders and number formats once
/// each, and a cell format (`xf`) for every style.
struct Stylesheet {
  private var fonts = Interned<Font>()
  private var fills = Interned<Fill>()
  private var borders = Interned<Borders>()
  private var numberFormats = Interned<String>()
  private var formats: [Format] = []
  private let differentials: Differentials

  private struct Format {
    var style: Style
    var font: Int
    var fill: Int
    var border: Int
    var numberFormat: Int
  }

  /// - Throws: ``XLSXError/Code/invalidContent`` for more styles than Excel takes, or a style that it refuses.
  init(_ table: StyleTable, _ differentials: Differentials) throws(XLSXError) {
    self.differentials = differentials
    if table.styles.count > ContentRules.maximumCellFormats {
      throw ContentRules.invalid(
        "The workbook has \(table.styles.count) different styles; Excel takes \(ContentRules.maximumCellFormats)"
      )
    }
    // Excel expects these two at the beginning whether anything uses them or not, and the default font first.
    _ = fills.index(of: .none)
    _ = fills.index(of: .pattern("gray125", foreground: nil, background: nil))
    for style in table.styles {
      try StyleRules.check(style)
      formats.append(
        Format(
          style: style, font: fonts.index(of: style.font), fill: fills.index(of: style.fill),
          border: borders.index(of: style.borders), numberFormat: numberFormatID(style.numberFormat.code)))
    }
  }

  private mutating func numberFormatID(_ code: String) -> Int {
    Self.builtIn[code] ?? 164 + numberFormats.index(of: code)
  }

  /// The number formats that have the same meaning in every language version of Excel (ECMA-376 Part 1, 18.8.30). The
  /// others, dates above all, change with the reader's settings and are written out.
  static let builtIn: [String: Int] = [
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11,
    "# ?/?": 12,
    "# ??/??": 13, "##0.0E+0": 48, "@": 49,
  ]

  /// The stylesheet part.
  func part() -> ByteBuffer {
    var xml = ByteBuffer()
    xml.begin(part: "styleSheet", ["xmlns": Namespace.main])
    xml.endTag()
    appendNumberFormats(to: &xml)
    collection("fonts", count: fonts.values.count, in: &xml) { xml in
      for font in fonts.values { FontXML.append(font, .stylesheet, to: &xml) }
    }
    collection("fills", count: fills.values.count, in: &xml) { xml in
      for fill in fills.values { Self.append(fill, to: &xml) }
    }
    collection("borders", count: borders.values.count, in: &xml) { xml in
      for border in borders.values { Self.append(border, to: &xml) }
    }
    xml.append(
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    )
    collection("cellXfs", count: formats.count, in: &xml) { xml in
      for format in formats { Self.append(format, to: &xml) }
    }
    xml.append("<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>")
    if !differentials.appearances.isEmpty {
      collection("dxfs", count: differentials.appearances.count, in: &xml) { xml in
        for appearance in differentials.appearances { Self.append(appearance, to: &xml) }
      }
    }
    xml.append(
      "<tableStyles count=\"0\" defaultTableStyle=\"TableStyleMedium2\" defaultPivotStyle=\"PivotStyleLight16\"/>"
    )
    xml.end("styleSheet")
    return xml
  }

  private func appendNumberFormats(to xml: inout ByteBuffer) {
    if numberFormats.values.isEmpty { return }
    collection("numFmts", count: numberFormats.values.count, in: &xml) { xml in
      for (place, code) in numberFormats.values.enumerated() {
        xml.begin("numFmt")
        xml.attribute("numFmtId", 164 + place)
        xml.attribute("formatCode", code)
        xml.endEmpty()
      }
    }
  }

  private func collection(
    _ name: StaticString, count: Int, in xml: inout ByteBuffer, _ content: (inout ByteBuffer) -> Void
  ) {
    xml.begin(name)
    xml.attribute("count", count)
    xml.endTag()
    content(&xml)
    xml.end(name)
  }
}

/// What the workbook's conditional formats set (`dxf`), each once; collected while the sheets are written.
struct Differentials {
  private var interned = Interned<ConditionalFormat.Appearance>()

  var appearances: [ConditionalFormat.Appearance] { interned.values }

  mutating func index(of appearance: ConditionalFormat.Appearance) -> Int { interned.index(of: appearance) }
}

/// Values numbered in the order in which they first come.
private struct Interned<Value: Hashable> {
  private(set) var values: [Value] = []
  private var indices: [Value: Int] = [:]

  mutating func index(of value: Value) -> Int {
    if let known = indices[value] { return known }
    values.append(value)
    indices[value] = values.count - 1
    return values.count - 1
  }
}

extension Stylesheet {
  private static func append(_ format: Format, to xml: inout ByteBuffer) {
    xml.begin("xf")
    xml.attribute("numFmtId", format.numberFormat)
    xml.attribute("fontId", format.font)
    xml.attribute("fillId", format.fill)
    xml.attribute("borderId", format.border)
    xml.attribute("xfId", 0)
    if format.numberFormat != 0 { xml.attribute("applyNumberFormat", 1) }
    if format.font != 0 { xml.attribute("applyFont", 1) }
    if format.fill != 0 { xml.attribute("applyFill", 1) }
    if format.border != 0 { xml.attribute("applyBorder", 1) }
    let aligned = format.style.alignment != Alignment()
    let protected = format.style.protection != Style.Protection()
    if aligned { xml.attribute("applyAlignment", 1) }
    if protected { xml.attribute("applyProtection", 1) }
    guard aligned || protected else {
      xml.endEmpty()
      return
    }
    xml.endTag()
    if aligned { append(format.style.alignment, to: &xml) }
    if protected { append(format.style.protection, to: &xml) }
    xml.end("xf")
  }

  static func append(_ protection: Style.Protection, to xml: inout ByteBuffer) {
    xml.begin("protection")
    if !protection.isLocked { xml.attribute("locked", 0) }
    if protection.hidesFormula { xml.attribute("hidden", 1) }
    xml.endEmpty()
  }

  static func append(_ alignment: Alignment, to xml: inout ByteBuffer) {
    xml.begin("alignment")
    if alignment.horizontal != .general { xml.attribute("horizontal", alignment.horizontal.rawValue) }
    if alignment.vertical != .bottom { xml.attribute("vertical", alignment.vertical.rawValue) }
    // Clockwise angles are stored as 91…180.
    if alignment.rotation != 0 {
      xml.attribute("textRotation", alignment.rotation < 0 ? 90 - alignment.rotation : alignment.rotation)
    }
    if alignment.wrapsText { xml.attribute("wrapText", 1) }
    if alignment.indent != 0 { xml.attribute("indent", alignment.indent) }
    if alignment.shrinksToFit { xml.attribute("shrinkToFit", 1) }
    xml.endEmpty()
  }

  static func append(_ fill: Fill, to xml: inout ByteBuffer) {
    xml.append("<fill>")
    switch fill {
    case .none:
      xml.append("<patternFill patternType=\"none\"/>")
    case .solid(let color):
      xml.append("<patternFill patternType=\"solid\">")
      ColorXML.append(color, "fgColor", to: &xml)
      xml.append("<bgColor indexed=\"64\"/></patternFill>")
    case .pattern(let name, nil, nil):
      xml.begin("patternFill")
      xml.attribute("patternType", name)
      xml.endEmpty()
    case .pattern(let name, let foreground, let background):
      xml.begin("patternFill")
      xml.attribute("patternType", name)
      xml.endTag()
      if let foreground { ColorXML.append(foreground, "fgColor", to: &xml) }
      if let background { ColorXML.append(background, "bgColor", to: &xml) }
      xml.end("patternFill")
    }
    xml.append("</fill>")
  }

  static func append(_ borders: Borders, to xml: inout ByteBuffer, isDifferential: Bool = false) {
    xml.begin("border")
    if borders.diagonalUp { xml.attribute("diagonalUp", 1) }
    if borders.diagonalDown { xml.attribute("diagonalDown", 1) }
    xml.endTag()
    append(borders.left, "left", to: &xml)
    append(borders.right, "right", to: &xml)
    append(borders.top, "top", to: &xml)
    append(borders.bottom, "bottom", to: &xml)
    if !isDifferential { append(borders.diagonal, "diagonal", to: &xml) }
    xml.end("border")
  }

  private static func append(_ line: Borders.Line?, _ side: StaticString, to xml: inout ByteBuffer) {
    xml.begin(side)
    guard let line else {
      xml.endEmpty()
      return
    }
    xml.attribute("style", line.style.rawValue)
    xml.endTag()
    ColorXML.append(line.color ?? .automatic, "color", to: &xml)
    xml.end(side)
  }

  /// A `dxf`: font, fill and border, in this order, each only if it is set.
  static func append(_ appearance: ConditionalFormat.Appearance, to xml: inout ByteBuffer) {
    xml.append("<dxf>")
    if appearance.isBold != nil || appearance.isItalic != nil || appearance.fontColor != nil {
      xml.append("<font>")
      if let bold = appearance.isBold { xml.value("b", bold ? 1 : 0) }
      if let italic = appearance.isItalic { xml.value("i", italic ? 1 : 0) }
      if let color = appearance.fontColor { ColorXML.append(color, "color", to: &xml) }
      xml.append("</font>")
    }
    if let fill = appearance.fill {
      // In a dxf a solid fill has its colour in bgColor, the other way round than in a cell format.
      xml.append("<fill><patternFill>")
      ColorXML.append(fill, "bgColor", to: &xml)
      xml.append("</patternFill></fill>")
    }
    if let borders = appearance.borders { append(borders, to: &xml, isDifferential: true) }
    xml.append("</dxf>")
  }
}
