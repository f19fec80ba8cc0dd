import XLSX

/// The look of the consolidated workbook's tables: the notice's own fonts, borders all round, everything in the middle.
struct SheetLook {
  let titleFont: String
  let headingFont: String
  let textFont: String

  /// - Parameter layout: The fonts of a form of the campaign, which the tables take over.
  init(_ layout: FormLayout) {
    titleFont = layout.titleFont
    headingFont = layout.labelFont
    textFont = layout.textFont
  }

  /// Figures that findings of severity error or warning hang at.
  static let errorFill = Fill.solid(.rgb(0xFFD7D5))
  static let warningFill = Fill.solid(.rgb(0xFFF2CC))
  static let headingFill = Fill.solid(.rgb(0xF2F2F2))
  static let absentFill = Fill.solid(.rgb(0xEDEDED))
  /// Light enough for the figure over it to be read.
  static let barColor = Color.rgb(0x9DC3E6)
  static let lackingColor = Color.rgb(0xC00000)
  static let targetColor = Color.rgb(0xBFBFBF)
  static let completedColor = Color.rgb(0x2E75B6)

  var label: Style { Style(font: Font(name: headingFont, size: 14), alignment: Alignment(vertical: .center)) }

  func title(_ size: Double) -> Style {
    Style(
      font: Font(name: titleFont, size: size),
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
  }

  /// A line of text outside the table.
  func note(_ horizontal: Alignment.Horizontal = .left) -> Style {
    Style(
      font: Font(name: textFont, size: 11),
      alignment: Alignment(horizontal: horizontal, vertical: .center, wrapsText: horizontal == .left))
  }

  var heading: Style {
    Style(
      font: Font(name: headingFont, size: 11), fill: Self.headingFill, borders: .thin,
      alignment: Alignment(horizontal: .center, vertical: .center, wrapsText: true))
  }

  /// A cell of the table with text.
  func text(_ horizontal: Alignment.Horizontal = .center, wraps: Bool = true) -> Style {
    Style(
      font: Font(name: textFont, size: 11), borders: .thin,
      alignment: Alignment(
        horizontal: horizontal, vertical: .center, wrapsText: wraps, indent: horizontal == .left ? 1 : 0))
  }

  func figure(_ format: NumberFormat) -> Style {
    // A figure that has grown past its column, through a correction, is set smaller: Excel would show ####.
    Style(font: Font(name: textFont, size: 11), borders: .thin, alignment: .centered, numberFormat: format)
      .shrunk
  }

  /// A cell of a row of totals.
  func total(_ format: NumberFormat = .general) -> Style {
    Style(
      font: Font(name: headingFont, size: 11), fill: Self.headingFill, borders: .thin, alignment: .centered,
      numberFormat: format
    ).shrunk
  }
}

extension Style {
  /// Set smaller where it would not fit.
  var shrunk: Style {
    var style = self
    style.alignment.shrinksToFit = true
    return style
  }

  func filled(_ fill: Fill?) -> Style {
    guard let fill else { return self }
    var style = self
    style.fill = fill
    return style
  }
}

extension Measure {
  /// How figures of this measure are shown: whole numbers by thousands, amounts with their one or two decimals, else as many
  /// decimals as there are (`0.####` would show 37 as `37.`).
  var numberFormat: NumberFormat {
    switch decimals {
    case 0: "#,##0"
    case 1: "#,##0.0"
    case 2: "#,##0.00"
    default: .general
    }
  }
}
