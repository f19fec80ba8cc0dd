#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The encryption of Office 2010 and later, described in XML ([MS-OFFCRYPTO] 2.3.4.10–2.3.4.15).
///
/// The package is encrypted with a random key, and that key with one made from the password; a keyed hash of the encrypted
/// package tells whether anything in it was changed.
struct AgileEncryption: PackageEncryption {
  /// The attributes that both the package's key and the password's have.
  struct Parameters {
    var digest: MessageDigest
    var mode: AESCipher.Mode
    /// Bytes of the key.
    var keySize: Int
    var salt: [UInt8]
  }

  /// What a key made from a password is for ([MS-OFFCRYPTO] 2.3.4.11–2.3.4.14).
  enum Purpose {
    static let verifier: [UInt8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79]
    static let verifierHash: [UInt8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E]
    static let packageKey: [UInt8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6]
    static let integrityKey: [UInt8] = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]
    static let integrityValue: [UInt8] = [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33]
  }

  /// The package is encrypted in pieces of so many bytes.
  static let segment = 4_096

  let package: Parameters
  let password: Parameters
  let rounds: Int
  /// Encrypted with keys made from the password.
  var verifier: [UInt8] = []
  var verifierHash: [UInt8] = []
  var packageKey: [UInt8] = []
  /// Encrypted with the package's key.
  var integrityKey: [UInt8] = []
  var integrityValue: [UInt8] = []

  init(package: Parameters, password: Parameters, rounds: Int) {
    self.package = package
    self.password = password
    self.rounds = rounds
  }

  func key(password text: String) throws -> [UInt8]? {
    let secret = try secret(of: text)
    let verifier = try decrypt(verifier, secret, Purpose.verifier)
    let expected = try decrypt(verifierHash, secret, Purpose.verifierHash)
    guard try password.digest.hash(verifier).elementsEqual(expected.prefix(password.digest.size)) else {
      return nil
    }
    return try decrypt(packageKey, secret, Purpose.packageKey).resized(to: package.keySize)
  }

  func decrypt(_ content: ArraySlice<UInt8>, key: [UInt8]) throws -> [UInt8] {
    try AESCipher(key: key, mode: package.mode).apply(.decrypting, to: content, segment: Self.segment) {
      try vector(ofSegment: $0)
    }
  }

  func checkIntegrity(of stream: ArraySlice<UInt8>, key: [UInt8]) throws {
    guard !integrityKey.isEmpty, !integrityValue.isEmpty else { return }
    let cipher = AESCipher(key: key, mode: package.mode)
    let digest = package.digest
    let key = try cipher.apply(.decrypting, to: integrityKey, vector: vector(Purpose.integrityKey))
    let value = try cipher.apply(.decrypting, to: integrityValue, vector: vector(Purpose.integrityValue))
    let actual = try digest.hmac(key: Array(key.prefix(digest.size)), message: stream)
    guard value.starts(with: actual) else {
      throw EncryptedPackage.damage("the content is not what was encrypted")
    }
  }

  /// What all keys made from a password have in common.
  ///
  /// - Complexity: O(``rounds``)
  func secret(of text: String) throws -> [UInt8] {
    try password.digest.iterated(password.digest.hash(password.salt, text.passwordBytes), rounds: rounds)
  }

  /// The cipher for one purpose.
  func cipher(_ secret: [UInt8], _ purpose: [UInt8]) throws -> AESCipher {
    AESCipher(
      key: try password.digest.hash(secret, purpose).resized(to: password.keySize), mode: password.mode)
  }

  /// The vector with which everything made from the password is encrypted.
  var passwordVector: [UInt8] { password.salt.resized(to: AESCipher.blockSize) }

  func vector(ofSegment number: Int) throws -> [UInt8] {
    try vector(number.littleEndianBytes)
  }

  func vector(_ purpose: [UInt8]) throws -> [UInt8] {
    try package.digest.hash(package.salt, purpose).resized(to: AESCipher.blockSize)
  }

  private func decrypt(_ bytes: [UInt8], _ secret: [UInt8], _ purpose: [UInt8]) throws -> [UInt8] {
    try cipher(secret, purpose).apply(.decrypting, to: bytes, vector: passwordVector)
  }
}

extension AgileEncryption {
  /// Reads the description.
  ///
  /// - Throws: ``XLSXError/Code/damagedArchive`` or ``XLSXError/Code/unsupportedEncryption``.
  init(descriptor: ArraySlice<UInt8>, limits: Limits) throws {
    var found: [String: XMLElement] = [:]
    let walker = XMLWalker(part: "EncryptionInfo") { element, _ in
      ["keyData", "dataIntegrity", "encryptedKey"].contains(element.name) ? .collect : .enter
    } collected: { element, _ in
      // Keys may also be encrypted for people with certificates; those have no password's attributes.
      if element.name != "encryptedKey" || element["spinCount"] != nil { found[element.name] = element }
    }
    do {
      let parser = try XMLPushParser(part: "EncryptionInfo", limits: limits, handler: walker)
      // Some writers leave zeros behind the text.
      let text = descriptor.prefix { $0 != 0 }
      try text.withUnsafeBytes { try parser.feed($0) }
      try parser.finish()
    } catch let error as XLSXError {
      throw EncryptedPackage.damage(error.cause)
    }
    guard let data = found["keyData"] else { throw EncryptedPackage.damage() }
    guard let key = found["encryptedKey"] else { throw EncryptedPackage.unsupported("no password is used") }
    guard let rounds = key.integer("spinCount"), rounds >= 0 else { throw EncryptedPackage.damage() }
    guard rounds <= limits.passwordRounds else {
      throw EncryptedPackage.unsupported(
        "\(rounds) rounds of hashing; at most \(limits.passwordRounds) are accepted")
    }
    self.init(package: try Parameters(data), password: try Parameters(key), rounds: rounds)
    verifier = try Self.bytes(key, "encryptedVerifierHashInput")
    verifierHash = try Self.bytes(key, "encryptedVerifierHashValue")
    packageKey = try Self.bytes(key, "encryptedKeyValue")
    guard let integrity = found["dataIntegrity"] else { return }
    integrityKey = try Self.bytes(integrity, "encryptedHmacKey")
    integrityValue = try Self.bytes(integrity, "encryptedHmacValue")
  }

  fileprivate static func bytes(_ element: XMLElement, _ attribute: String) throws -> [UInt8] {
    guard let text = element[attribute], let data = Data(base64Encoded: text.trimmingXMLSpace), !data.isEmpty
    else { throw EncryptedPackage.damage("\(attribute) of \(element.name)") }
    return Array(data)
  }
}

extension AgileEncryption.Parameters {
  fileprivate init(_ element: XMLElement) throws {
    guard let cipher = element["cipherAlgorithm"], let chaining = element["cipherChaining"],
      let hash = element["hashAlgorithm"], let bits = element.integer("keyBits")
    else { throw EncryptedPackage.damage() }
    let modes: [String: AESCipher.Mode] = ["ChainingModeCBC": .blockChaining, "ChainingModeCFB": .feedback]
    guard cipher == "AES", let mode = modes[chaining],
      let algorithm = MessageDigest.Algorithm(descriptor: hash),
      [128, 192, 256].contains(bits), element.integer("blockSize") ?? 16 == AESCipher.blockSize
    else { throw EncryptedPackage.unsupported("\(cipher) \(bits), \(chaining), \(hash)") }
    self.init(
      digest: MessageDigest(algorithm), mode: mode, keySize: bits / 8,
      salt: try AgileEncryption.bytes(element, "saltValue"))
  }
}
