import CLibCrypto

/// AES without padding, in the modes that Office uses.
struct AESCipher {
  enum Mode {
    case electronicCodebook, blockChaining, feedback
  }

  enum Direction: Int32 {
    case decrypting = 0
    case encrypting = 1
  }

  static let blockSize = 16

  private let key: [UInt8]
  private let mode: Mode

  /// - Parameter key: 16, 24 or 32 bytes.
  init(key: [UInt8], mode: Mode = .blockChaining) {
    self.key = key
    self.mode = mode
  }

  /// Decrypts or encrypts whole blocks.
  ///
  /// - Parameter vector: The initialisation vector, 16 bytes; none for the code book.
  /// - Throws: ``XLSXError/Code/damagedArchive`` for bytes that are no whole blocks.
  func apply(_ direction: Direction, to bytes: some Collection<UInt8>, vector: [UInt8] = []) throws -> [UInt8]
  {
    try apply(direction, to: bytes, segment: max(bytes.count, 1)) { _ in vector }
  }

  /// Decrypts or encrypts segments that each start anew with a vector of their own.
  ///
  /// - Parameter vector: Gives the initialisation vector of a segment by its number.
  func apply(
    _ direction: Direction, to bytes: some Collection<UInt8>, segment: Int, vector: (Int) throws -> [UInt8]
  ) throws -> [UInt8] {
    guard bytes.count % Self.blockSize == 0, let function, let context = EVP_CIPHER_CTX_new() else {
      throw Self.damage
    }
    defer { EVP_CIPHER_CTX_free(context) }
    var result = Array(bytes)
    for (number, start) in stride(from: 0, to: result.count, by: segment).enumerated() {
      let vector = try vector(number)
      guard mode == .electronicCodebook || vector.count == Self.blockSize else { throw Self.damage }
      let count = min(segment, result.count - start)
      let done = result.withUnsafeMutableBufferPointer { bytes -> Bool in
        guard let base = bytes.baseAddress else { return false }
        var written: Int32 = 0
        return EVP_CipherInit_ex(context, function, nil, key, vector, direction.rawValue) == 1
          && EVP_CIPHER_CTX_set_padding(context, 0) == 1
          && EVP_CipherUpdate(context, base + start, &written, base + start, Int32(count)) == 1
          && Int(written) == count
      }
      guard done else { throw Self.damage }
    }
    return result
  }

  private var function: OpaquePointer? {
    switch (mode, key.count) {
    case (.electronicCodebook, 16): EVP_aes_128_ecb()
    case (.electronicCodebook, 24): EVP_aes_192_ecb()
    case (.electronicCodebook, 32): EVP_aes_256_ecb()
    case (.blockChaining, 16): EVP_aes_128_cbc()
    case (.blockChaining, 24): EVP_aes_192_cbc()
    case (.blockChaining, 32): EVP_aes_256_cbc()
    case (.feedback, 16): EVP_aes_128_cfb8()
    case (.feedback, 24): EVP_aes_192_cfb8()
    case (.feedback, 32): EVP_aes_256_cfb8()
    default: nil
    }
  }

  private static var damage: XLSXError {
    XLSXError(.damagedArchive, "The file's encryption is damaged; ask for it to be sent again.")
  }
}
