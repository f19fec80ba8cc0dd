/// How a sheet is written as CSV.
public struct CSVOptions: Hashable, Sendable {
  /// Whether numbers are written as Excel shows them; else as the file stores them, dates as serial numbers.
  public var isFormatted = false
  public var delimiter = UInt8(ascii: ",")
  /// For what number formats leave to the program's language.
  public var language = CompiledNumberFormat.Language.english

  public init() {}
}
