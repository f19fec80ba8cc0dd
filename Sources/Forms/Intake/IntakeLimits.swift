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
  /// Files of one run.
  public var fileCount = 10_000

  public init() {}

  /// The limits for files from outside.
  public static let `default` = IntakeLimits()

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
