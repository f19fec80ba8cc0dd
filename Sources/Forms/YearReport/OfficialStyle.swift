import DOCX

/// How official documents look: GB/T 9704-2012. A4, 37 mm above and 28 mm left of a text area of 156 mm × 225 mm, 22 lines
/// of text in size 3 (16 points) on a page, the title in size 2 (22 points).
struct OfficialStyle {
  let titleFont: String
  let headingFont: String
  let textFont: String
  private static let secondHeadingFont = "楷体_GB2312"
  private static let textSize = 16.0
  /// 225 mm over 22 lines.
  private static let linePitch = 225 * 72 / 25.4 / 22
  private static let pageNumberSize = 14.0
  /// From the text area to the page number's line, in millimetres.
  private static let pageNumberGap = 7.0

  /// - Parameter layout: The fonts of a form of the campaign, which the report takes over.
  init(_ layout: FormLayout) {
    titleFont = layout.titleFont
    headingFont = layout.labelFont
    textFont = layout.textFont
  }

  enum Name {
    static let text = "Text"
    static let title = "Title"
    static let heading = "Heading1"
    static let subheading = "Heading2"
    static let signature = "Signature"
    static let signatureDate = "SignatureDate"
    static let cell = "Cell"
    static let caption = "Caption"
    static let tableTitle = "TableTitle"
  }

  private static func font(_ name: String, _ size: Double, bold: Bool = false) -> TextFont {
    TextFont(name, size: size, bold: bold)
  }

  /// - Parameters:
  ///   - signatureIndent: Of the office's name and of the date, in characters from the right.
  func styles(signatureIndent: (office: Double, date: Double) = (4, 4)) -> [ParagraphStyle] {
    func style(
      _ id: String, _ name: String, _ font: TextFont, _ change: (inout ParagraphStyle) -> Void = { _ in }
    )
      -> ParagraphStyle
    {
      var style = ParagraphStyle(id: id, name: name, font: font)
      style.lineHeight = .exactly(Self.linePitch)
      change(&style)
      return style
    }
    let text = Self.font(textFont, Self.textSize)
    return [
      style(Name.text, "Normal", text) {
        $0.alignment = .justified
        $0.firstLineIndent = 2
      },
      style(Name.title, "Title", Self.font(titleFont, 22)) {
        $0.alignment = .center
        $0.lineHeight = .exactly(36)
        $0.spaceAfter = Self.linePitch
      },
      style(Name.heading, "heading 1", Self.font(headingFont, Self.textSize)) {
        $0.firstLineIndent = 2
        $0.outlineLevel = 1
        $0.keepsWithNext = true
      },
      style(Name.subheading, "heading 2", Self.font(Self.secondHeadingFont, Self.textSize)) {
        $0.firstLineIndent = 2
        $0.outlineLevel = 2
        $0.keepsWithNext = true
      },
      style(Name.signature, "Signature", text) {
        $0.alignment = .right
        $0.rightIndent = signatureIndent.office
        $0.spaceBefore = 2 * Self.linePitch
        $0.keepsWithNext = true
      },
      style(Name.signatureDate, "Date", text) {
        $0.alignment = .right
        $0.rightIndent = signatureIndent.date
      },
      style(Name.tableTitle, "Table Title", Self.font(titleFont, 18)) {
        $0.alignment = .center
        $0.lineHeight = .atLeast(26)
        $0.keepsToGrid = false
        $0.spaceAfter = 8
        $0.outlineLevel = 2
        $0.keepsWithNext = true
      },
      style(Name.caption, "caption", Self.font(textFont, 12)) {
        $0.lineHeight = .atLeast(17)
        $0.keepsToGrid = false
      },
      style(Name.cell, "Table Text", Self.font(textFont, 11)) {
        $0.alignment = .center
        $0.lineHeight = nil
        $0.keepsToGrid = false
      },
    ]
  }

  /// The page of the text, upright or on its side.
  func page(isLandscape: Bool = false) -> PageLayout {
    let number = PageLayout.PageNumber(
      font: Self.font("宋体", Self.pageNumberSize),
      // The line lies 7 mm below the text area, 35 mm above the edge.
      distance: (35 - Self.pageNumberGap) * 72 / 25.4 - Self.pageNumberSize)
    if isLandscape {
      return PageLayout(
        width: PageLayout.a4.long, height: PageLayout.a4.short,
        margins: .millimetres(top: 28, bottom: 26, left: 35, right: 37),
        pageNumber: PageLayout.PageNumber(font: number.font, distance: number.distance * 0.7))
    }
    return PageLayout(
      margins: .millimetres(top: 37, bottom: 35, left: 28, right: 26), pageNumber: number,
      linePitch: Self.linePitch)
  }
}
