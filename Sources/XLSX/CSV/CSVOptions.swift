/// How a sheet is written as CSV.
public struct CSVOptions: Hashable, Sendable {
  /// Whether numbers are written as Excel shows them; else as the file stores them, dates as serial numbers.
  public var isFormatted = false
  /// What stands between two fields, one ASCII character; a comma by default.
  public var delimiter = UInt8(ascii: ",")
  /// Whether the text begins with a byte order mark, without which Excel takes UTF-8 for the system's own character set.
  public var hasByteOrderMark = false
  /// For what number formats leave to the program's language.
  public var language = CompiledNumberFormat.Language.english

  /// Commas, dates and numbers as Excel shows them.
  public init() {}
}
