extension Style {
  /// Makes what differs between two styles, and nothing else, the same here: a cell that gets bold keeps its own font's size.
  mutating func take(changesFrom old: Style, to new: Style) {
    func take<Value: Equatable>(_ path: WritableKeyPath<Style, Value>) {
      if old[keyPath: path] != new[keyPath: path] { self[keyPath: path] = new[keyPath: path] }
    }
    take(\.font.name)
    take(\.font.size)
    take(\.font.isBold)
    take(\.font.isItalic)
    take(\.font.isStruckThrough)
    take(\.font.underline)
    take(\.font.verticalPosition)
    take(\.font.color)
    take(\.fill)
    take(\.borders.left)
    take(\.borders.right)
    take(\.borders.top)
    take(\.borders.bottom)
    take(\.borders.diagonal)
    take(\.borders.diagonalUp)
    take(\.borders.diagonalDown)
    take(\.alignment.horizontal)
    take(\.alignment.vertical)
    take(\.alignment.wrapsText)
    take(\.alignment.shrinksToFit)
    take(\.alignment.indent)
    take(\.alignment.rotation)
    take(\.numberFormat)
    take(\.protection.isLocked)
    take(\.protection.hidesFormula)
  }
}
