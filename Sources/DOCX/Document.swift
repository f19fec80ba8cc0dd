/// A text document, to be written as .docx (WordprocessingML; ECMA-376 Part 1, 17). All measures are points.
///
///     var document = Document(styles: [body])
///     document.sections = [Section(page: .a4, blocks: [.paragraph(Paragraph("…", style: "body"))])]
///     let bytes = try document.bytes()
///
/// The same document gives the same bytes.
package struct Document: Sendable {
  package enum Block: Sendable {
    case paragraph(Paragraph)
    case table(DocumentTable)
    case chart(DocumentChart)
  }

  /// What stands on pages of one kind; the next section begins on a new page.
  package struct Section: Sendable {
    package var page: PageLayout
    package var blocks: [Block]

    package init(page: PageLayout, blocks: [Block]) {
      self.page = page
      self.blocks = blocks
    }
  }

  package var title = ""
  package var author = ""
  /// Words among the document's properties that every program keeps.
  package var keywords = ""
  /// The language of the text that is not Chinese, for the spelling checker: `en-US`.
  package var language = "en-US"
  /// The first is what paragraphs without a style have.
  package var styles: [ParagraphStyle]
  package var sections: [Section] = []

  package init(styles: [ParagraphStyle]) { self.styles = styles }
}

/// The paper, its margins, and what stands at the foot.
package struct PageLayout: Hashable, Sendable {
  package struct Margins: Hashable, Sendable {
    package var top, bottom, left, right: Double

    package init(top: Double, bottom: Double, left: Double, right: Double) {
      self.top = top
      self.bottom = bottom
      self.left = left
      self.right = right
    }

    package static func millimetres(top: Double, bottom: Double, left: Double, right: Double) -> Margins {
      let point = 72 / 25.4
      return Margins(top: top * point, bottom: bottom * point, left: left * point, right: right * point)
    }
  }

  /// The number of the page between dashes, `— 1 —`, on the outer side of the sheet: right on odd pages, left on even
  /// ones, as documents that are printed on both sides have it.
  package struct PageNumber: Hashable, Sendable {
    package var font: TextFont
    /// From the edge of the paper to the number's lower edge.
    package var distance: Double

    package init(font: TextFont, distance: Double) {
      self.font = font
      self.distance = distance
    }
  }

  package var width: Double
  package var height: Double
  package var margins: Margins
  /// `nil` prints none.
  package var pageNumber: PageNumber?
  /// The distance of lines that a page has room for; `nil` lets fonts decide.
  package var linePitch: Double?

  package init(
    width: Double = a4.short, height: Double = a4.long, margins: Margins, pageNumber: PageNumber? = nil,
    linePitch: Double? = nil
  ) {
    self.width = width
    self.height = height
    self.margins = margins
    self.pageNumber = pageNumber
    self.linePitch = linePitch
  }

  /// 210 mm × 297 mm.
  package static let a4 = (short: 595.3, long: 841.9)

  package var textWidth: Double { max(36, width - margins.left - margins.right) }
  package var textHeight: Double { max(36, height - margins.top - margins.bottom) }
}
