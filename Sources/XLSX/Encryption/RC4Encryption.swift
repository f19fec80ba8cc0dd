/// RC4 as .xls uses it: begun anew every 1,024 bytes of the stream, with a key for each such block.
///
/// Written out here, since OpenSSL 3 has it only in a module that many systems do not install.
struct RC4Stream {
  static let blockSize = 1_024

  private let key: (_ block: Int) throws -> [UInt8]
  private var block = -1
  private var position = 0
  private var state: [UInt8] = []
  private var i = 0
  private var j = 0

  init(key: @escaping (_ block: Int) throws -> [UInt8]) { self.key = key }

  /// Decrypts what follows in the stream; what lies between is passed over.
  mutating func decrypt(_ stream: inout [UInt8], _ range: Range<Int>) throws {
    for index in range {
      if index / Self.blockSize != block || index % Self.blockSize < position {
        try begin(index / Self.blockSize)
      }
      while position < index % Self.blockSize { _ = next() }
      stream[index] ^= next()
    }
  }

  /// Decrypts bytes that the first block's key is used for outside the stream: those that verify a password.
  mutating func decryptVerifier(_ bytes: some Sequence<UInt8>) throws -> [UInt8] {
    if block != 0 { try begin(0) }
    return bytes.map { $0 ^ next() }
  }

  private mutating func begin(_ number: Int) throws {
    let key = try key(number)
    block = number
    position = 0
    i = 0
    j = 0
    state = Array(0...255)
    guard !key.isEmpty else { return }
    var mixed = 0
    for index in 0..<256 {
      mixed = (mixed + Int(state[index]) + Int(key[index % key.count])) & 255
      state.swapAt(index, mixed)
    }
  }

  private mutating func next() -> UInt8 {
    i = (i + 1) & 255
    j = (j + Int(state[i])) & 255
    state.swapAt(i, j)
    position += 1
    return state[(Int(state[i]) + Int(state[j])) & 255]
  }
}

/// The encryption of Excel 97 to 2003: 40 bits of MD5 ([MS-OFFCRYPTO] 2.3.6).
struct RC4Encryption: BIFFCipher {
  private var stream: RC4Stream

  /// - Parameter description: The content of FilePass: kind, version, salt, verifier and its hash.
  /// - Returns: `nil` for a wrong password.
  init?(_ description: ByteReader, password: String) throws {
    guard let salt = description.slice(at: 6, count: 16), let verifier = description.slice(at: 22, count: 16),
      let hash = description.slice(at: 38, count: 16)
    else { throw EncryptedPackage.damage() }
    let digest = MessageDigest(.md5)
    let start = try digest.hash(password.passwordBytes).prefix(5) + salt
    let base = try Array(digest.hash([[UInt8]](repeating: Array(start), count: 16).flatMap(\.self)).prefix(5))
    stream = RC4Stream { block in try digest.hash(base, block.littleEndianBytes) }
    let expected = try digest.hash(stream.decryptVerifier(verifier))
    guard try stream.decryptVerifier(hash) == expected else { return nil }
  }

  mutating func decrypt(_ content: inout [UInt8], _ range: Range<Int>, recordLength: Int) throws {
    try stream.decrypt(&content, range)
  }
}

/// The stronger encryption of Excel 2002 and 2003: 40 to 128 bits of SHA-1 ([MS-OFFCRYPTO] 2.3.5).
struct RC4CryptoAPIEncryption: BIFFCipher {
  private var stream: RC4Stream

  /// - Parameter description: The content of FilePass: kind, version, flags, header with its size in front, verifier.
  /// - Returns: `nil` for a wrong password.
  init?(_ description: ByteReader, password: String) throws {
    guard let headerSize = description.uint32(at: 10), headerSize >= 32,
      let algorithm = description.uint32(at: 14 + 8), let keyBits = description.uint32(at: 14 + 16),
      let salt = description.slice(at: 14 + headerSize + 4, count: 16),
      let verifier = description.slice(at: 14 + headerSize + 20, count: 16),
      let hash = description.slice(at: 14 + headerSize + 40, count: 20)
    else { throw EncryptedPackage.damage() }
    let bits = keyBits == 0 ? 40 : keyBits
    // 0 leaves the algorithm to the flags, which have nothing but RC4 to say here.
    guard algorithm == 0x6801 || algorithm == 0, 40...128 ~= bits, bits % 8 == 0 else {
      throw EncryptedPackage.unsupported()
    }
    let digest = MessageDigest(.sha1)
    let base = try digest.hash(Array(salt), password.passwordBytes)
    stream = RC4Stream { block in
      let key = try Array(digest.hash(base, block.littleEndianBytes).prefix(bits / 8))
      // Windows gives its 40-bit keys eleven zeros.
      return bits == 40 ? key.resized(to: 16, filling: 0) : key
    }
    let expected = try digest.hash(stream.decryptVerifier(verifier))
    guard try stream.decryptVerifier(hash) == expected else { return nil }
  }

  mutating func decrypt(_ content: inout [UInt8], _ range: Range<Int>, recordLength: Int) throws {
    try stream.decrypt(&content, range)
  }
}
