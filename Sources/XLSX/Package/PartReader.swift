/// How much the parts of one package have inflated to, together. A part that is read twice counts once.
///
/// The ratio is that of the whole package, not of one part: a sheet of one repeated text shrinks to less than a hundredth
/// in sound files too.
final class InflationBudget: @unchecked Sendable {
  private let limits: Limits
  private let fileSize: Int
  private let lock = Lock()
  private var total = 0
  private var largest: [Int: Int] = [:]

  init(limits: Limits, fileSize: Int) {
    self.limits = limits
    self.fileSize = fileSize
  }

  /// Notes that an entry has come to so many bytes.
  func note(_ bytes: Int, of entry: Int) throws {
    try lock.withLock {
      let before = largest[entry, default: 0]
      guard bytes > before else { return }
      largest[entry] = bytes
      total += bytes - before
      guard total <= limits.inflatedSize else {
        throw XLSXError(
          .limitExceeded,
          "The workbook's parts inflate to more than \(limits.inflatedSize) bytes, which are all that is accepted."
        )
      }
      guard total <= limits.inflationRatioStart || total / max(1, limits.inflationRatio) <= fileSize else {
        throw XLSXError(
          .limitExceeded,
          "The workbook inflates to more than \(limits.inflationRatio) times its size, as only hostile files do."
        )
      }
    }
  }
}

/// Reads one part from front to back in chunks, inflating as it goes, and holds what really comes out to the limits.
final class PartReader: @unchecked Sendable {
  /// Bytes a chunk has at most. Large enough to make calls cheap, small enough to stay in the cache.
  static let chunkSize = 128 << 10

  let part: String
  private let entry: ZipArchive.Entry
  private let stream: ZipArchive.Stream
  private let budget: InflationBudget
  /// Bytes given out so far.
  private(set) var position = 0

  init(
    part: String, entry: ZipArchive.Entry, archive: ZipArchive, budget: InflationBudget
  ) throws {
    self.part = part
    self.entry = entry
    self.budget = budget
    stream = try Self.located(in: part) { try archive.open(entry) }
  }

  /// Reads on, into the whole buffer if the part has that much left. 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try Self.located(in: part) {
      var filled = 0
      while filled < buffer.count {
        let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        if count == 0 { break }
        filled += count
      }
      position += filled
      try budget.note(position, of: entry.index)
      return filled
    }
  }

  /// Calls a closure with each chunk in turn.
  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  // Adds the part to an error from below that does not know it.
  private static func located<Result>(in part: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as XLSXError {
      if error.part == nil { error.part = part }
      throw error
    }
  }
}
