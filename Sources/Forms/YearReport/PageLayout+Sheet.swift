import DOCX
import XLSX

extension PageLayout {
  /// A4 as a sheet is printed on it.
  init(_ setup: PageSetup) {
    let isLandscape = setup.orientation == .landscape
    let inch = 72.0
    self.init(
      width: isLandscape ? Self.a4.long : Self.a4.short, height: isLandscape ? Self.a4.short : Self.a4.long,
      margins: Margins(
        top: setup.margins.top * inch, bottom: setup.margins.bottom * inch, left: setup.margins.left * inch,
        right: setup.margins.right * inch))
  }
}
