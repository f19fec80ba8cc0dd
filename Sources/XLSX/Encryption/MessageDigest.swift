import CLibCrypto

/// A hash function of OpenSSL.
package struct MessageDigest: Sendable {
  package enum Algorithm: String, Sendable {
    case md5 = "MD5"
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"

    /// By the name that an encryption descriptor gives ([MS-OFFCRYPTO] 2.3.4.10, `ST_HashAlgorithm`); `nil` for others.
    init?(descriptor name: String) {
      self.init(rawValue: name.uppercased().filter { $0 != "-" })
    }
  }

  package let algorithm: Algorithm

  package init(_ algorithm: Algorithm) { self.algorithm = algorithm }

  /// Bytes of a hash.
  package var size: Int {
    switch algorithm {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The hash of several pieces, one after the other.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedEncryption`` if OpenSSL is set up to refuse the algorithm.
  package func hash(_ pieces: [UInt8]...) throws -> [UInt8] {
    try withContext { context in try hash(pieces, context) }
  }

  /// Hashes a hash again and again, each time with the number of the round before it ([MS-OFFCRYPTO] 2.3.4.11).
  ///
  /// - Complexity: O(rounds), some 400 ns each for SHA-512.
  func iterated(_ start: [UInt8], rounds: Int) throws -> [UInt8] {
    try withContext { context in
      var input = [0, 0, 0, 0] + start
      for round in 0..<rounds {
        let number = UInt32(truncatingIfNeeded: round)
        for index in 0..<4 { input[index] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(index))) }
        let done = input.withUnsafeMutableBytes { bytes -> Bool in
          guard let base = bytes.baseAddress else { return false }
          return EVP_DigestInit_ex(context, nil, nil) == 1
            && EVP_DigestUpdate(context, base, bytes.count) == 1
            && EVP_DigestFinal_ex(context, (base + 4).assumingMemoryBound(to: UInt8.self), nil) == 1
        }
        guard done else { throw Self.refused }
      }
      return Array(input.dropFirst(4))
    }
  }

  /// The keyed hash of a message (RFC 2104).
  func hmac(key: [UInt8], message: ArraySlice<UInt8>) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    let done = message.withUnsafeBufferPointer { message in
      HMAC(
        function, key, Int32(truncatingIfNeeded: key.count), message.baseAddress, message.count, &result, nil)
    }
    guard done != nil else { throw Self.refused }
    return result
  }

  private func hash(_ pieces: [[UInt8]], _ context: OpaquePointer) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    for piece in pieces {
      guard EVP_DigestUpdate(context, piece, piece.count) == 1 else { throw Self.refused }
    }
    guard EVP_DigestFinal_ex(context, &result, nil) == 1 else { throw Self.refused }
    return result
  }

  private func withContext<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
    guard let context = EVP_MD_CTX_new() else { throw Self.refused }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestInit_ex(context, function, nil) == 1 else { throw Self.refused }
    return try body(context)
  }

  private var function: OpaquePointer? {
    switch algorithm {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    case .sha384: EVP_sha384()
    case .sha512: EVP_sha512()
    }
  }

  private static var refused: XLSXError {
    XLSXError(
      .unsupportedEncryption, "OpenSSL on this machine refuses a hash that the file is encrypted with.")
  }
}
