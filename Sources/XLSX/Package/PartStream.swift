import CLibDeflate
import Dispatch

/// Deflates a part that is too large to hold, as it comes, on another core.
///
/// Batches of bytes go in, in order; each is deflated by itself with libdeflate and joined to the rest (``DeflateBlock``).
/// The result depends on the batches alone, not on which core was faster. CONTRIBUTING.md says how the level was chosen.
///
/// Used from one task; what it does on others is its own affair.
final class PartStream {
  /// A batch is handed over at about this size.
  static let batchSize = 256 << 10

  private let output: Output
  private let queue = DispatchQueue(label: "XLSX.PartStream", attributes: .concurrent)
  /// Bounds the batches on their way, and so the memory.
  private let room: DispatchSemaphore
  private let group = DispatchGroup()
  private var batches = 0
  private var crc: UInt32 = 0
  private(set) var size = 0

  /// - Parameter spillFolder: Where deflated bytes go when they get many; `nil` keeps them in memory.
  init(spillFolder: String?) {
    output = Output(spillFolder: spillFolder)
    room = DispatchSemaphore(value: 2 * DeflaterPool.width + 1)
  }

  /// Takes the bytes of a buffer and leaves it empty.
  ///
  /// - Throws: ``XLSXError/Code/fileAccess`` if earlier bytes could not be put aside.
  func write(_ buffer: inout ByteBuffer) throws(XLSXError) {
    if buffer.isEmpty { return }
    var batch = output.recycledBuffer()
    swap(&batch, &buffer)
    crc = batch.withBytes { libdeflate_crc32(crc, $0.baseAddress, $0.count) }
    size += batch.count
    let number = batches
    batches += 1
    let box = BatchBox(batch)
    room.wait()
    queue.async(group: group) { [output, room] in
      output.take(number, Deflater.deflate(box.buffer), box)
      room.signal()
    }
    try output.check()
  }

  /// Waits for the last batch.
  ///
  /// - Returns: The entry for the archive.
  func finish(name: String) throws(XLSXError) -> ZipEntry {
    group.wait()
    try output.check()
    return ZipEntry(name: name, method: .deflated, content: try output.finish(), crc32: crc, size: size)
  }

  deinit { group.wait() }
}

/// A batch on its way to another core; its buffer comes back for reuse.
private final class BatchBox: @unchecked Sendable {
  var buffer: ByteBuffer

  init(_ buffer: consuming ByteBuffer) { self.buffer = buffer }
}

/// Deflated batches, put in order.
private final class Output: @unchecked Sendable {
  /// Deflated bytes that may stay in memory when there is a place to put them.
  private static let memoryLimit = 4 << 20

  private let lock = Lock()
  private let spillFolder: String?
  private var waiting: [Int: [UInt8]] = [:]
  private var next = 0
  private var bytes: [UInt8] = []
  private var spill: SpillFile?
  private var error: XLSXError?
  private var spare: [BatchBox] = []

  init(spillFolder: String?) { self.spillFolder = spillFolder }

  func take(_ number: Int, _ deflated: [UInt8], _ box: BatchBox) {
    lock.withLock {
      spare.append(box)
      waiting[number] = deflated
      while let piece = waiting.removeValue(forKey: next) {
        bytes.append(contentsOf: piece)
        next += 1
      }
      if let spillFolder, bytes.count > Self.memoryLimit { flush(to: spillFolder) }
    }
  }

  private func flush(to folder: String) {
    guard error == nil else { return }
    do throws(XLSXError) {
      let file = if let spill { spill } else { try SpillFile(inFolder: folder) }
      spill = file
      try file.append(bytes)
    } catch {
      self.error = error
    }
    bytes.removeAll(keepingCapacity: true)
  }

  func recycledBuffer() -> ByteBuffer {
    let box = lock.withLock { spare.popLast() }
    var buffer = ByteBuffer(capacity: box == nil ? PartStream.batchSize + (64 << 10) : 64)
    if let box { swap(&buffer, &box.buffer) }
    buffer.removeAll()
    return buffer
  }

  func check() throws(XLSXError) {
    if let error = lock.withLock({ error }) { throw error }
  }

  /// Closes the stream. Nothing is on its way any more.
  func finish() throws(XLSXError) -> ZipEntry.Content {
    bytes.append(contentsOf: DeflateBlock.end)
    guard let spill, let spillFolder else { return .bytes(bytes) }
    flush(to: spillFolder)
    if let error { throw error }
    return .file(spill)
  }
}

/// Deflates batches into pieces of a stream.
private enum Deflater {
  /// From this many bytes on libdeflate divides a piece into several blocks.
  private static let pieceLimit = 290_000
  /// Below this a piece is stored when it makes no single block.
  private static let smallestPiece = 4_096

  static func deflate(_ buffer: borrowing ByteBuffer) -> [UInt8] {
    let compressor = DeflaterPool.take()
    defer { DeflaterPool.give(compressor) }
    var result: [UInt8] = []
    buffer.withBytes { bytes in
      result.reserveCapacity(bytes.count / 3)
      // A batch is one piece as a rule; a larger one is divided evenly.
      let pieces = max(1, (bytes.count + pieceLimit - 1) / pieceLimit)
      let pieceSize = (bytes.count + pieces - 1) / pieces
      var start = 0
      while start < bytes.count {
        let end = min(start + pieceSize, bytes.count)
        append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), compressor, to: &result)
        start = end
      }
    }
    return result
  }

  private static func append(
    _ piece: UnsafeRawBufferPointer, _ compressor: OpaquePointer?, to result: inout [UInt8]
  ) {
    let room = piece.count + 64
    let deflated = withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) { target in
      guard let compressor else { return false }
      let count = libdeflate_deflate_compress(
        compressor, piece.baseAddress, piece.count, target.baseAddress, room - 8)
      guard let length = DeflateBlock.makeContinuable(target, count: count) else { return false }
      result.append(contentsOf: target[..<length])
      return true
    }
    if deflated { return }
    if piece.count > smallestPiece {
      let middle = piece.count / 2
      append(UnsafeRawBufferPointer(rebasing: piece[..<middle]), compressor, to: &result)
      append(UnsafeRawBufferPointer(rebasing: piece[middle...]), compressor, to: &result)
    } else {
      let length = UInt16(truncatingIfNeeded: piece.count)
      result.append(0)
      for word in [length, ~length] {
        result.append(UInt8(truncatingIfNeeded: word))
        result.append(UInt8(truncatingIfNeeded: word >> 8))
      }
      result.append(contentsOf: piece)
    }
  }
}

/// libdeflate compressors waiting for their next batch: each is some hundred kilobytes that need not be cleared twice.
private enum DeflaterPool {
  /// libdeflate's level.
  private static let level: Int32 = 5
  /// How many batches are worth deflating at once.
  static let width = 4

  private static let pool = Pool()

  static func take() -> OpaquePointer? { pool.take() ?? libdeflate_alloc_compressor(level) }
  static func give(_ compressor: OpaquePointer?) { pool.give(compressor) }

  private final class Pool: @unchecked Sendable {
    private let lock = Lock()
    private var free: [OpaquePointer] = []

    func take() -> OpaquePointer? { lock.withLock { free.popLast() } }

    func give(_ compressor: OpaquePointer?) {
      guard let compressor else { return }
      lock.withLock {
        if free.count < width { free.append(compressor) } else { libdeflate_free_compressor(compressor) }
      }
    }
  }
}
