import CLibDeflate

extension ZipEntry {
  /// Deflates bytes into an entry, or stores them if that is no larger.
  ///
  /// - Parameter level: libdeflate's, 1 (fast) to 12 (small).
  init(name: String, deflating bytes: UnsafeRawBufferPointer, level: Int32) {
    guard let deflated = Self.deflated(bytes, level: level) else {
      self.init(name: name, storing: bytes)
      return
    }
    self.init(
      name: name, method: .deflated, content: .bytes(deflated), crc32: Self.checksum(bytes), size: bytes.count
    )
  }

  /// Stores bytes as they are: for pictures, which are compressed already.
  init(name: String, storing bytes: UnsafeRawBufferPointer) {
    self.init(
      name: name, method: .stored, content: .bytes(Array(bytes)), crc32: Self.checksum(bytes),
      size: bytes.count)
  }

  /// The bytes before they were deflated; `nil` for what is not held in memory, or does not inflate.
  func inflated() -> [UInt8]? {
    guard case .bytes(let stored) = content else { return nil }
    if method == .stored { return stored }
    guard let inflater = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(inflater) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      var got = 0
      let result = libdeflate_deflate_decompress(
        inflater, stored, stored.count, target.baseAddress, size, &got)
      count = result == LIBDEFLATE_SUCCESS ? got : 0
    }
    return bytes.count == size ? bytes : nil
  }

  private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    libdeflate_crc32(0, bytes.baseAddress, bytes.count)
  }

  /// `nil` when the deflated bytes would be no smaller.
  private static func deflated(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8]? {
    guard bytes.count > 64, let compressor = libdeflate_alloc_compressor(level) else { return nil }
    defer { libdeflate_free_compressor(compressor) }
    let deflated = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
      // Zero when the result does not fit.
      count = libdeflate_deflate_compress(
        compressor, bytes.baseAddress, bytes.count, target.baseAddress, target.count)
    }
    return deflated.isEmpty ? nil : deflated
  }
}
