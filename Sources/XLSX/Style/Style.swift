/// How a cell looks: a plain value. The workbook stores equal styles once.
///
///     Style(font: .init(name: "仿宋_GB2312", size: 12), borders: .thin, alignment: .centered)
public struct Style: Hashable, Sendable {
  /// How text is written.
  public var font: Font
  /// What is behind it.
  public var fill: Fill
  /// The lines around the cell.
  public var borders: Borders
  /// Where text stands.
  public var alignment: Alignment
  /// How numbers are written.
  public var numberFormat: NumberFormat
  /// What a protected sheet keeps people from.
  public var protection: Protection

  /// Excel's own look, but for what is given.
  public init(
    font: Font = .init(), fill: Fill = .none, borders: Borders = .none, alignment: Alignment = .init(),
    numberFormat: NumberFormat = .general, protection: Protection = .init()
  ) {
    self.font = font
    self.fill = fill
    self.borders = borders
    self.alignment = alignment
    self.numberFormat = numberFormat
    self.protection = protection
  }

  /// The style of a cell that nobody formatted.
  public static let `default` = Style()

  /// Whether a cell can be changed, and its formula seen, while its sheet is protected. Both count only then.
  public struct Protection: Hashable, Sendable {
    /// Whether the cell cannot be changed while the sheet is protected.
    public var isLocked: Bool
    /// Whether its formula cannot be seen while the sheet is protected.
    public var hidesFormula: Bool

    /// Locked, with its formula to be seen, as Excel's cells are.
    public init(isLocked: Bool = true, hidesFormula: Bool = false) {
      self.isLocked = isLocked
      self.hidesFormula = hidesFormula
    }

    /// A cell that can be filled in on a protected sheet.
    public static let unlocked = Protection(isLocked: false)
  }
}
