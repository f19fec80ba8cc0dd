import XLSX

/// The two lines over a consolidated table: its title, and how complete it is. Both are as high as their text needs over
/// the width of the table.
struct TableHead {
  private static let lineHeightPerPoint = 1.4
  /// The largest that lets the title stand on one line is taken.
  private static let titleSizes = [18.0, 16, 15, 14, smallestTitle]
  private static let smallestTitle = 13.0
  private static let noteSize = 11.0

  private let title: String
  private let titleSize: Double
  private let titleHeight: Double
  private let note: String
  private let noteHeight: Double

  /// - Parameter width: Of all columns of the table, in characters.
  init(title: String, of consolidation: FormConsolidation, asOf: CalendarDate, width: Double) {
    let size =
      Self.titleSizes.first { PageFit.lines(of: title, size: $0, width: width) == 1 } ?? Self.smallestTitle
    // Where it does not fit on the title's line, what is missing gets a line of its own.
    let breaks = PageFit.lines(of: consolidation.titleLine(title), size: size, width: width) > 1
    let whole = consolidation.titleLine(title, breaks: breaks)
    let lines = whole.split(separator: "\n").reduce(0) {
      $0 + PageFit.lines(of: String($1), size: size, width: width)
    }
    self.title = whole
    titleSize = size
    titleHeight = Double(lines) * size * Self.lineHeightPerPoint + 10
    note = consolidation.standLine(asOf: asOf)
    noteHeight =
      Double(PageFit.lines(of: note, size: Self.noteSize, width: width)) * Self.noteSize
      * Self.lineHeightPerPoint + 6
  }

  /// In points.
  var height: Double { titleHeight + noteHeight }

  /// Puts both lines into the first two rows.
  func paint(on sheet: SheetDraft, columns: ClosedRange<Int>, look: SheetLook) {
    sheet.put(.text(title), over: CellRange(row: 1, columns: columns), look.title(titleSize))
    sheet.height(titleHeight, of: 1)
    sheet.put(.text(note), over: CellRange(row: 2, columns: columns), look.note())
    sheet.height(noteHeight, of: 2)
  }
}
