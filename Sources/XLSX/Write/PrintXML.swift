/// Print set-up: printOptions, pageMargins, pageSetup, headerFooter, rowBreaks, colBreaks.
enum PrintXML {
  /// Writes the child of that name, if the set-up has anything for it.
  static func append(_ child: SheetChild, of setup: PageSetup, to xml: inout ByteBuffer) {
    switch child {
    case .printOptions: appendOptions(setup, to: &xml)
    case .pageMargins: appendMargins(setup, to: &xml)
    case .pageSetup: appendPage(setup, to: &xml)
    case .headerFooter: appendHeaders(setup, to: &xml)
    case .rowBreaks:
      appendBreaks("rowBreaks", setup.rowBreaks, upTo: CellReference.maximumColumn - 1, to: &xml)
    case .colBreaks:
      appendBreaks("colBreaks", setup.columnBreaks, upTo: CellReference.maximumRow - 1, to: &xml)
    default: return
    }
  }

  private static func appendOptions(_ setup: PageSetup, to xml: inout ByteBuffer) {
    guard
      setup.centersHorizontally || setup.centersVertically || setup.printsHeadings || setup.printsGridLines
    else { return }
    xml.begin("printOptions")
    if setup.centersHorizontally { xml.attribute("horizontalCentered", 1) }
    if setup.centersVertically { xml.attribute("verticalCentered", 1) }
    if setup.printsHeadings { xml.attribute("headings", 1) }
    if setup.printsGridLines { xml.attribute("gridLines", 1) }
    xml.endEmpty()
  }

  private static func appendMargins(_ setup: PageSetup, to xml: inout ByteBuffer) {
    xml.begin("pageMargins")
    xml.attribute("left", setup.margins.left)
    xml.attribute("right", setup.margins.right)
    xml.attribute("top", setup.margins.top)
    xml.attribute("bottom", setup.margins.bottom)
    xml.attribute("header", setup.margins.header)
    xml.attribute("footer", setup.margins.footer)
    xml.endEmpty()
  }

  private static func appendPage(_ setup: PageSetup, to xml: inout ByteBuffer) {
    xml.begin("pageSetup")
    xml.attribute("paperSize", setup.paperSize)
    if case .percent(let percent) = setup.scaling, percent != 100 { xml.attribute("scale", percent) }
    if let first = setup.firstPageNumber { xml.attribute("firstPageNumber", first) }
    if case .fit(let width, let height) = setup.scaling {
      // 1 is the default, 0 means as many as it takes.
      if width != 1 { xml.attribute("fitToWidth", width ?? 0) }
      if height != 1 { xml.attribute("fitToHeight", height ?? 0) }
    }
    xml.attribute("orientation", setup.orientation.rawValue)
    if setup.firstPageNumber != nil { xml.attribute("useFirstPageNumber", 1) }
    xml.endEmpty()
  }

  private static func appendHeaders(_ setup: PageSetup, to xml: inout ByteBuffer) {
    let evenDiffers = setup.evenHeader != nil || setup.evenFooter != nil
    let firstDiffers = setup.firstHeader != nil || setup.firstFooter != nil
    if setup.header == nil && setup.footer == nil && !evenDiffers && !firstDiffers { return }
    xml.begin("headerFooter")
    if evenDiffers { xml.attribute("differentOddEven", 1) }
    if firstDiffers { xml.attribute("differentFirst", 1) }
    xml.endTag()
    if let text = setup.header { xml.element("oddHeader", text: text) }
    if let text = setup.footer { xml.element("oddFooter", text: text) }
    if let text = setup.evenHeader { xml.element("evenHeader", text: text) }
    if let text = setup.evenFooter { xml.element("evenFooter", text: text) }
    if let text = setup.firstHeader { xml.element("firstHeader", text: text) }
    if let text = setup.firstFooter { xml.element("firstFooter", text: text) }
    xml.end("headerFooter")
  }

  private static func appendBreaks(
    _ name: StaticString, _ breaks: [Int], upTo last: Int, to xml: inout ByteBuffer
  ) {
    let ordered = Set(breaks).sorted()
    if ordered.isEmpty { return }
    xml.begin(name)
    xml.attribute("count", ordered.count)
    xml.attribute("manualBreakCount", ordered.count)
    xml.endTag()
    for place in ordered {
      xml.begin("brk")
      xml.attribute("id", place)
      xml.attribute("max", last)
      xml.attribute("man", 1)
      xml.endEmpty()
    }
    xml.end(name)
  }
}
