import XLSX

/// How a table of a given width sits on a page when it is printed one page wide: on A4, or on A3 where A4 would make it too
/// small to read.
struct PageFit {
  static let margins = PageSetup.Margins.centimetres(left: 1.2, right: 1.2, top: 1.5, bottom: 1.5)

  /// A4 in points without ``margins``.
  private static let shortSide = (21.0 - 2.4) / 2.54 * 72
  private static let longSide = (29.7 - 3.0) / 2.54 * 72
  private static let landscapeWidth = (29.7 - 2.4) / 2.54 * 72
  private static let landscapeHeight = (21.0 - 3.0) / 2.54 * 72
  /// How much more A3 holds than A4 within the same margins, along its sides.
  private static let largerLandscapeWidth = (42.0 - 2.4) / (29.7 - 2.4)
  private static let largerLandscapeHeight = (29.7 - 3.0) / (21.0 - 3.0)
  /// Below this a table of 11 point letters is under 8 points on paper.
  private static let readableScale = 0.72

  let isLandscape: Bool
  /// Whether the page is A3; lying on its side then.
  var isLarge = false
  /// As ``PageSetup/paperSize`` counts.
  var paperSize: Int { isLarge ? 8 : 9 }
  /// What a point of the sheet becomes on paper; a table is never enlarged.
  let scale: Double
  /// ``scale`` in whole percent.
  var percent: Int { min(100, max(10, Int(scale * 100))) }

  /// How many characters a page lying on its side holds at full size.
  static var landscapeCharacters: Double { landscapeWidth / TextWidth.pointsPerCharacter }

  /// - Parameters:
  ///   - width: Of all columns, in characters.
  ///   - prefersPortrait: Whether the page is to stand up as long as the text stays readable: for tables with a chart below.
  init(width: Double, prefersPortrait: Bool = false) {
    let points = max(width, 1) * TextWidth.pointsPerCharacter
    isLandscape = points > Self.shortSide * (prefersPortrait ? 1.6 : 1.1)
    scale = min(1, (isLandscape ? Self.landscapeWidth : Self.shortSide) / points)
  }

  init(width: Double, isLandscape: Bool) {
    self.isLandscape = isLandscape
    scale = min(
      1,
      (isLandscape ? Self.landscapeWidth : Self.shortSide) / (max(width, 1) * TextWidth.pointsPerCharacter))
  }

  /// For a table that is not to be split: A4, or A3 on its side where A4 would be too small.
  static func whole(width: Double) -> PageFit {
    let small = PageFit(width: width)
    return small.scale >= readableScale ? small : PageFit(largeWidth: width)
  }

  private init(largeWidth width: Double) {
    isLandscape = true
    isLarge = true
    scale = min(
      1,
      Self.landscapeWidth * Self.largerLandscapeWidth / (max(width, 1) * TextWidth.pointsPerCharacter))
  }

  /// Sets a sheet's paper up.
  func apply(to setup: inout PageSetup) {
    setup.orientation = isLandscape ? .landscape : .portrait
    setup.paperSize = paperSize
    setup.margins = Self.margins
  }

  /// How much of the sheet a page holds, in points of the sheet. A few points stay free: programs differ in how they round
  /// heights.
  var height: Double {
    let room = isLandscape ? Self.landscapeHeight : Self.longSide
    return room * (isLarge ? Self.largerLandscapeHeight : 1) / scale * 0.96
  }

  /// The height that lets some rows fill the page together with what else is on it: at least 22 points, and no more
  /// than 30 on paper.
  func rowHeight(for rows: Int, beside fixed: Double) -> Double {
    let free = (height - fixed) / Double(max(rows, 1))
    return min(max(free, 22), 30 / scale)
  }

  /// How many lines a title takes over the whole width.
  static func lines(of title: String, size: Double, width: Double) -> Int {
    max(1, Int((TextWidth.characters(title, size: size) / (width * 0.96)).rounded(.up)))
  }
}
