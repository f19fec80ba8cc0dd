/// Paragraphs and their properties. Every element's children stand in the order of the schema: Word calls a file damaged
/// where they do not.
extension Markup {
  mutating func append(_ paragraph: Paragraph, section: String? = nil) {
    element("w:p") { xml in
      xml.element("w:pPr") { xml in
        if let style = paragraph.style { xml.value("w:pStyle", style) }
        if paragraph.startsNewPage { xml.empty("w:pageBreakBefore") }
        if let alignment = paragraph.alignment { xml.value("w:jc", alignment.rawValue) }
        if let section { xml.raw(section) }
      }
      for run in paragraph.runs where !run.text.isEmpty { xml.append(run) }
      if paragraph.endsPage { xml.element("w:r") { $0.empty("w:br", ["w:type": "page"]) } }
    }
  }

  private mutating func append(_ run: Paragraph.Run) {
    element("w:r") { xml in
      if let font = run.font { xml.append(font) }
      for (position, line) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if position > 0 { xml.empty("w:br") }
        for (position, piece) in line.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
          if position > 0 { xml.empty("w:tab") }
          guard !piece.isEmpty else { continue }
          xml.element("w:t", ["xml:space": "preserve"]) { $0.append(text: String(piece)) }
        }
      }
    }
  }

  mutating func append(_ font: TextFont) {
    element("w:rPr") { xml in
      xml.empty(
        "w:rFonts",
        // The hint makes quotation marks and dashes, which both scripts have, Chinese ones.
        [
          "w:hint": "eastAsia", "w:ascii": font.latin, "w:hAnsi": font.latin, "w:eastAsia": font.eastAsian,
          "w:cs": font.latin,
        ])
      xml.empty("w:b", ["w:val": font.isBold ? "1" : "0"])
      if let color = font.color { xml.value("w:color", color) }
      let size = Self.twentieths(font.size) / 10
      xml.value("w:sz", size)
      xml.value("w:szCs", size)
    }
  }

  mutating func append(_ style: ParagraphStyle, isDefault: Bool) {
    element(
      "w:style", ["w:type": "paragraph", "w:default": isDefault ? "1" : "0", "w:styleId": style.id]
    ) { xml in
      xml.value("w:name", style.name)
      xml.empty("w:qFormat")
      xml.element("w:pPr") { xml in
        if style.keepsWithNext {
          xml.empty("w:keepNext")
          xml.empty("w:keepLines")
        }
        if !style.keepsToGrid { xml.value("w:snapToGrid", 0) }
        xml.append(spacingOf: style)
        xml.append(indentOf: style)
        xml.value("w:jc", style.alignment.rawValue)
        if let level = style.outlineLevel { xml.value("w:outlineLvl", max(0, level - 1)) }
      }
      xml.append(style.font)
    }
  }

  private mutating func append(spacingOf style: ParagraphStyle) {
    let (before, after) = (
      String(Self.twentieths(style.spaceBefore)), String(Self.twentieths(style.spaceAfter))
    )
    switch style.lineHeight {
    case .exactly(let height):
      empty(
        "w:spacing",
        [
          "w:before": before, "w:after": after, "w:line": String(Self.twentieths(height)),
          "w:lineRule": "exact",
        ])
    case .atLeast(let height):
      empty(
        "w:spacing",
        [
          "w:before": before, "w:after": after, "w:line": String(Self.twentieths(height)),
          "w:lineRule": "atLeast",
        ])
    case nil: empty("w:spacing", ["w:before": before, "w:after": after])
    }
  }

  /// Indents are told in characters, which follow the font, and in points for programs that do not know characters.
  private mutating func append(indentOf style: ParagraphStyle) {
    guard style.firstLineIndent > 0 || style.rightIndent > 0 else { return }
    func hundredths(_ characters: Double) -> String { String(Self.twentieths(characters) * 5) }
    func points(_ characters: Double) -> String { String(Self.twentieths(characters * style.font.size)) }
    empty(
      "w:ind",
      [
        "w:rightChars": hundredths(style.rightIndent), "w:right": points(style.rightIndent),
        "w:firstLineChars": hundredths(style.firstLineIndent), "w:firstLine": points(style.firstLineIndent),
      ])
  }
}
