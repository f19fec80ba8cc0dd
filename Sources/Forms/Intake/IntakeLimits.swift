import XLSX

/// What may come in at most. Every limit holds for the bytes that really come out, never for what a file claims.
public struct IntakeLimits: Hashable, Sendable {
  /// Bytes of one file.
  public var fileSize = 100 << 20
  /// Entries of one zip archive.
  public var entryCount = 1_000
  /// Entries of all zip archives of one run.
  public var archivedFileCount = 20_000
  /// Bytes that one file that came in inflates to, with all that is inside it.
  public var inflatedSize = 1 << 30
  /// How many times its compressed size an entry may inflate to, once it is past ``inflationRatioStart``.
  public var inflationRatio = 100
  /// Bytes from which ``inflationRatio`` counts.
  public var inflationRatioStart = 100 << 10
  /// Zip archives inside one another.
  public var archiveDepth = 2
  /// Messages inside one another.
  public var mailDepth = 10
  /// Messages of one mailbox.
  public var messageCount = 100_000
  /// Passwords that are tried on every encrypted workbook or document, after those that are no secret.
  public var passwords: [String] = []
  /// Cells of a sheet that are kept, and bytes of text of a workbook.
  var sheetCells = GridBounds.cells
  var textBytes = GridBounds.textBytes
  /// Files of one run.
  public var fileCount = 10_000

  public init() {}

  /// The limits for files from outside.
  public static let `default` = IntakeLimits()

  /// The same limits for a campaign: a list has as many lines as there are, and none of them may be left out in silence.
  func holding(_ campaign: Campaign) -> IntakeLimits {
    let lists = campaign.forms.filter { $0.kind == .list }
    guard !lists.isEmpty else { return self }
    var limits = self
    let cells = lists.map { min($0.list?.most ?? 0, ListRules.mostLines) * ($0.fields.count + 2) }.max() ?? 0
    limits.sheetCells = min(max(limits.sheetCells * 2, cells), GridBounds.listCells)
    limits.textBytes = GridBounds.listTextBytes
    return limits
  }

  /// The same limits for one workbook's package.
  var package: Limits {
    var limits = Limits()
    limits.fileSize = fileSize
    limits.inflatedSize = inflatedSize
    limits.inflationRatio = inflationRatio
    limits.inflationRatioStart = inflationRatioStart
    return limits
  }
}
