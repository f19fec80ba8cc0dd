extension PageSetup.Margins {
  init(element: XMLElement) {
    self.init()
    left = element.number("left") ?? left
    right = element.number("right") ?? right
    top = element.number("top") ?? top
    bottom = element.number("bottom") ?? bottom
    header = element.number("header") ?? header
    footer = element.number("footer") ?? footer
  }
}

extension PageSetup {
  mutating func take(options element: XMLElement) {
    centersHorizontally = element.flag("horizontalCentered") ?? false
    centersVertically = element.flag("verticalCentered") ?? false
    printsGridLines = element.flag("gridLines") ?? false
    printsHeadings = element.flag("headings") ?? false
  }

  /// - Parameter fitsToPage: What the sheet's properties say; without it the numbers of pages mean nothing.
  mutating func take(page element: XMLElement, fitsToPage: Bool) {
    // Without a size the paper is Letter (ECMA-376 Part 1, 18.3.1.63).
    paperSize = element.integer("paperSize") ?? 1
    orientation = element["orientation"] == "landscape" ? .landscape : .portrait
    if fitsToPage {
      let width = element.integer("fitToWidth") ?? 1
      let height = element.integer("fitToHeight") ?? 1
      scaling = .fit(width: width > 0 ? width : nil, height: height > 0 ? height : nil)
    } else {
      scaling = .percent(element.integer("scale").flatMap { 10...400 ~= $0 ? $0 : nil } ?? 100)
    }
    if element.flag("useFirstPageNumber") == true { firstPageNumber = element.integer("firstPageNumber") }
  }

  /// Headers and footers. Those of first and even pages count only where they are said to differ.
  mutating func take(headers element: XMLElement) {
    header = element.child("oddHeader")?.text
    footer = element.child("oddFooter")?.text
    if element.flag("differentOddEven") == true {
      evenHeader = element.child("evenHeader")?.text
      evenFooter = element.child("evenFooter")?.text
    }
    if element.flag("differentFirst") == true {
      firstHeader = element.child("firstHeader")?.text
      firstFooter = element.child("firstFooter")?.text
    }
  }

  /// Takes the names by which Excel stores what is printed: `'Sheet 1'!$A$1:$E$12,'Sheet 1'!$G$1:$H$2` and
  /// `Sheet1!$A:$B,Sheet1!$1:$3`.
  mutating func take(_ name: DefinedName) {
    let areas = Self.areas(of: name.formula)
    switch name.name.lowercased() {
    case "_xlnm.print_area": printArea = areas.compactMap { CellRange($0) }
    case "_xlnm.print_titles":
      for area in areas {
        let ends = area.filter { $0 != "$" }.split(separator: ":")
        guard let first = ends.first, let last = ends.last else { continue }
        if let start = Int(first), let end = Int(last), 1...CellReference.maximumRow ~= start, start <= end {
          repeatedRows = start...min(end, CellReference.maximumRow)
        } else if let start = CellReference(first + "1"), let end = CellReference(last + "1"),
          start.column <= end.column
        {
          repeatedColumns = start.column...end.column
        }
      }
    default: break
    }
  }

  /// The areas of a union, without their sheet.
  static func areas(of formula: String) -> [String] {
    var areas = [""]
    var isQuoted = false
    for character in formula {
      switch character {
      case "'":
        isQuoted.toggle()
      case "," where !isQuoted: areas.append("")
      case "!" where !isQuoted: areas[areas.count - 1] = ""
      default:
        if !isQuoted { areas[areas.count - 1].append(character) }
      }
    }
    return areas
  }
}
