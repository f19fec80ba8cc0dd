/// How a cell looks: a plain value. The workbook stores equal styles once.
///
///     Style(font: .init(name: "仿宋_GB2312", size: 12), borders: .thin, alignment: .centered)
public struct Style: Hashable, Sendable {
  public var font: Font
  public var fill: Fill
  public var borders: Borders
  public var alignment: Alignment
  public var numberFormat: NumberFormat
  public var protection: Protection

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
    public var isLocked: Bool
    public var hidesFormula: Bool

    public init(isLocked: Bool = true, hidesFormula: Bool = false) {
      self.isLocked = isLocked
      self.hidesFormula = hidesFormula
    }

    public static let unlocked = Protection(isLocked: false)
  }
}
