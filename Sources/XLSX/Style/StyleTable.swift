/// The workbook's cell formats: every style once, by index.
struct StyleTable: Sendable {
  private(set) var styles: [Style] = [.default]
  private var indices: [Style: Int] = [.default: 0]

  /// The index of a style, which is added if no cell has it yet.
  mutating func index(of style: Style) -> Int {
    if let index = indices[style] { return index }
    styles.append(style)
    indices[style] = styles.count - 1
    return styles.count - 1
  }

  /// The style at an index; the default one for an index out of range, which damaged files have.
  subscript(index: Int) -> Style { styles.indices.contains(index) ? styles[index] : .default }
}
