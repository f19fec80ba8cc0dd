/// A font as Word has it: one for Chinese, one for Latin letters and digits.
package struct TextFont: Hashable, Sendable {
  package var eastAsian: String
  package var latin: String
  package var size: Double
  package var isBold: Bool
  /// `C00000`; `nil` is black.
  package var color: String?

  package init(
    _ eastAsian: String, latin: String = "Times New Roman", size: Double, bold: Bool = false,
    color: String? = nil
  ) {
    self.eastAsian = eastAsian
    self.latin = latin
    self.size = size
    isBold = bold
    self.color = color
  }
}

/// How paragraphs of a kind look.
package struct ParagraphStyle: Hashable, Sendable {
  package enum Alignment: String, Hashable, Sendable {
    case left, center, right
    /// Both edges straight.
    case justified = "both"
  }

  package enum LineHeight: Hashable, Sendable {
    case exactly(Double)
    case atLeast(Double)
  }

  package var id: String
  /// What Word lists the style as.
  package var name: String
  package var font: TextFont
  package var alignment = Alignment.left
  /// In characters.
  package var firstLineIndent = 0.0
  package var rightIndent = 0.0
  package var spaceBefore = 0.0
  package var spaceAfter = 0.0
  package var lineHeight: LineHeight?
  /// Whether lines keep to the page's line pitch.
  package var keepsToGrid = true
  /// 1 for the highest heading; `nil` for text.
  package var outlineLevel: Int?
  /// Whether it stays on the page of the next paragraph.
  package var keepsWithNext = false

  package init(id: String, name: String, font: TextFont) {
    self.id = id
    self.name = name
    self.font = font
  }
}

/// A paragraph: text in one look or several.
package struct Paragraph: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    /// Line breaks are kept.
    package var text: String
    /// In place of the style's.
    package var font: TextFont?

    package init(_ text: String, font: TextFont? = nil) {
      self.text = text
      self.font = font
    }
  }

  /// The id of a style; `nil` takes the document's first.
  package var style: String?
  package var runs: [Run]
  /// In place of the style's.
  package var alignment: ParagraphStyle.Alignment?
  package var startsNewPage = false
  /// Whether what follows stands on a new page.
  package var endsPage = false

  package init(_ text: String, style: String? = nil) {
    self.init([Run(text)], style: style)
  }

  package init(_ runs: [Run], style: String? = nil) {
    self.runs = runs
    self.style = style
  }

  package var text: String { runs.map(\.text).joined() }
}
