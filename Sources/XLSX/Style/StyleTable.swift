/// The workbook's cell formats: every style once, by index.
struct StyleTable: Sendable {
  private(set) var styles: [Style] = [.default]
  private var indices: [Style: Int] = [.default: 0]
  /// Whether each style makes numbers dates: asked for every cell, judged once for every format.
  private var dates: [Bool] = [false]

  init() {}

  /// The styles of a file, which keep their indices even where two are equal.
  init(_ styles: [Style]) {
    guard !styles.isEmpty else { return }
    self.styles = styles
    indices = Dictionary(zip(styles, styles.indices), uniquingKeysWith: min)
    dates = styles.map(\.numberFormat.isDate)
  }

  /// The index of a style, which is added if no cell has it yet.
  mutating func index(of style: Style) -> Int {
    if let index = indices[style] { return index }
    styles.append(style)
    indices[style] = styles.count - 1
    dates.append(style.numberFormat.isDate)
    return styles.count - 1
  }

  /// Whether the style at an index makes a number a date or a time of day.
  func isDate(_ index: Int) -> Bool { dates.indices.contains(index) && dates[index] }

  /// The style at an index; the default one for an index out of range, which damaged files have.
  subscript(index: Int) -> Style { styles.indices.contains(index) ? styles[index] : .default }
}
