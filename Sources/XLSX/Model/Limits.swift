/// What a package may at most contain. Every limit holds for the bytes that really come out, never for the sizes that
/// a file claims about itself.
public struct Limits: Hashable, Sendable {
  /// Bytes of the file itself.
  public var fileSize = 100 << 20
  /// Entries of the zip archive.
  public var entryCount = 10_000
  /// Bytes that all parts that are read inflate to, together.
  public var inflatedSize = 1 << 30
  /// How many times the size of the file its parts may inflate to, together, once they are past
  /// ``inflationRatioStart``.
  public var inflationRatio = 100
  /// Bytes from which ``inflationRatio`` counts.
  public var inflationRatioStart = 100 << 10
  /// Bytes that a workbook of another format than .xlsx may take in memory, which is read whole.
  public var importedSize = 192 << 20
  /// Rounds of hashing that make a key out of the password of an encrypted workbook. Excel writes 100,000.
  public var passwordRounds = 1_000_000
  /// How deep XML elements may nest.
  public var xmlDepth = 256

  /// The limits that honest workbooks keep.
  public init() {}

  /// The limits for files from outside.
  public static let `default` = Limits()
}
