/// What a sequence can, for rows that are read on the way: each of these goes through the rest of the sheet once.
extension RowCursor {
  /// Calls a closure with each row.
  public func forEach(_ body: (Row) throws -> Void) throws {
    while let row = try next() { try body(row) }
  }

  /// What a closure makes of the rows.
  public func map<Result>(_ transform: (Row) throws -> Result) throws -> [Result] {
    try reduce(into: []) { $0.append(try transform($1)) }
  }

  /// What a closure makes of the rows, `nil` left out.
  public func compactMap<Result>(_ transform: (Row) throws -> Result?) throws -> [Result] {
    try reduce(into: []) { result, row in if let made = try transform(row) { result.append(made) } }
  }

  /// The rows for which a test holds.
  public func filter(_ isIncluded: (Row) throws -> Bool) throws -> [Row] {
    try compactMap { try isIncluded($0) ? $0 : nil }
  }

  /// The first row for which a test holds; `nil` if there is none. The rows after it are still to come.
  public func first(where predicate: (Row) throws -> Bool) throws -> Row? {
    while let row = try next() { if try predicate(row) { return row } }
    return nil
  }

  /// One result of all rows, made step by step.
  public func reduce<Result>(_ initial: Result, _ next: (Result, Row) throws -> Result) throws -> Result {
    var result = initial
    while let row = try self.next() { result = try next(result, row) }
    return result
  }

  /// One result of all rows, changed in place.
  public func reduce<Result>(into initial: Result, _ update: (inout Result, Row) throws -> Void) throws
    -> Result
  {
    var result = initial
    while let row = try next() { try update(&result, row) }
    return result
  }

  /// The rows for `for try await`. They are read when they are asked for, in the task that asks.
  ///
  ///     for try await row in try book.rows(inSheet: "明细").asynchronous { … }
  public var asynchronous: AsyncRows { AsyncRows(cursor: self) }

  /// The rows of a cursor as an `AsyncSequence`.
  public struct AsyncRows: AsyncSequence {
    let cursor: RowCursor

    /// Reads the rows one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
      let cursor: RowCursor
      /// The next row; `nil` at the end.
      public mutating func next() async throws -> Row? { try cursor.next() }
    }

    /// Goes on where the cursor stands: the rows come once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(cursor: cursor) }
  }
}

extension Array where Element == Row {
  /// The rows that are still to come, kept in memory.
  public init(_ cursor: RowCursor) throws { self = try cursor.map { $0 } }
}
