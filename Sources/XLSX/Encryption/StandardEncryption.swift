/// Office 2007's encryption: AES in code book mode, the key out of 50,000 rounds of SHA-1 ([MS-OFFCRYPTO] 2.3.4.5–2.3.4.9).
struct StandardEncryption: PackageEncryption {
  private static let rounds = 50_000
  private let digest = MessageDigest(.sha1)
  private let keySize: Int
  private let salt: [UInt8]
  private let verifier: [UInt8]
  private let verifierHash: [UInt8]

  /// - Parameter info: The stream `EncryptionInfo`: version, flags, header with its size in front, verifier.
  init(_ info: [UInt8]) throws {
    let reader = ByteReader(info)
    guard let flags = reader.uint32(at: 4), let headerSize = reader.uint32(at: 8), headerSize >= 32,
      let algorithm = reader.uint32(at: 12 + 8), let keyBits = reader.uint32(at: 12 + 16),
      let saltSize = reader.uint32(at: 12 + headerSize),
      let salt = reader.slice(at: 12 + headerSize + 4, count: 16),
      let verifier = reader.slice(at: 12 + headerSize + 20, count: 16),
      let hash = reader.slice(at: 12 + headerSize + 40, count: 32)
    else { throw EncryptedPackage.damage() }
    // Of the algorithms only AES is allowed with this version; 0 leaves it to the flags and the size of the key.
    let bits = keyBits == 0 ? 128 : keyBits
    let isAES = flags & 0x20 != 0 || 0x660E...0x6610 ~= algorithm
    guard flags & 0x10 == 0, isAES, [128, 192, 256].contains(bits) else {
      throw EncryptedPackage.unsupported()
    }
    guard saltSize == 16 else { throw EncryptedPackage.damage() }
    keySize = bits / 8
    self.salt = Array(salt)
    self.verifier = Array(verifier)
    verifierHash = Array(hash)
  }

  func key(password: String) throws -> [UInt8]? {
    let start = try digest.hash(salt, password.passwordBytes)
    let last = try digest.hash(digest.iterated(start, rounds: Self.rounds), [0, 0, 0, 0])
    // As CryptDeriveKey of Windows makes keys longer than a hash ([MS-OFFCRYPTO] 2.3.4.7).
    let halves = try [0x36, 0x5C].map { (pad: UInt8) in
      try digest.hash((last + [UInt8](repeating: 0, count: 64 - last.count)).map { $0 ^ pad })
    }
    let key = Array((halves[0] + halves[1]).prefix(keySize))
    let cipher = AESCipher(key: key, mode: .electronicCodebook)
    let expected = try digest.hash(cipher.apply(.decrypting, to: verifier))
    return try cipher.apply(.decrypting, to: verifierHash).prefix(digest.size).elementsEqual(expected)
      ? key : nil
  }

  func decrypt(_ content: ArraySlice<UInt8>, key: [UInt8]) throws -> [UInt8] {
    try AESCipher(key: key, mode: .electronicCodebook).apply(.decrypting, to: content)
  }

  /// This encryption has nothing to hold the content against; the checksums of the archive inside must do.
  func checkIntegrity(of stream: ArraySlice<UInt8>, key: [UInt8]) throws {}
}
