#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension AgileEncryption {
  /// A package encrypted as Excel 2016 and later do it: AES-256, SHA-512, 100,000 rounds, random salts and keys.
  ///
  /// - Returns: The bytes of a compound file.
  static func encrypted(_ content: [UInt8], password: String) throws -> [UInt8] {
    func parameters() -> Parameters {
      Parameters(
        digest: MessageDigest(.sha512), mode: .blockChaining, keySize: 32, salt: random(AESCipher.blockSize))
    }
    var encryption = AgileEncryption(package: parameters(), password: parameters(), rounds: 100_000)
    let key = random(32)
    try encryption.lock(key, with: password)
    let stream = try encryption.stream(content, key: key)
    try encryption.seal(stream, key: key)
    let streams: [CompoundFileWriter.Node] = [
      .storage("\u{6}DataSpaces", DataSpaces.nodes), .stream("EncryptionInfo", encryption.descriptor()),
      .stream("EncryptedPackage", stream),
    ]
    return CompoundFileWriter.bytes(of: streams)
  }

  /// Encrypts the package's key, and what tells a right password from a wrong one, with keys made from the password.
  private mutating func lock(_ key: [UInt8], with text: String) throws {
    let secret = try secret(of: text)
    let plain = Self.random(AESCipher.blockSize)
    func encrypt(_ bytes: [UInt8], _ purpose: [UInt8]) throws -> [UInt8] {
      try cipher(secret, purpose).apply(.encrypting, to: bytes, vector: passwordVector)
    }
    verifier = try encrypt(plain, Purpose.verifier)
    verifierHash = try encrypt(password.digest.hash(plain), Purpose.verifierHash)
    packageKey = try encrypt(key, Purpose.packageKey)
  }

  /// The stream `EncryptedPackage`: the size, then the content, filled up to whole blocks.
  private func stream(_ content: [UInt8], key: [UInt8]) throws -> [UInt8] {
    let blocks = (content.count + AESCipher.blockSize - 1) / AESCipher.blockSize
    let padded = content.resized(to: blocks * AESCipher.blockSize, filling: 0)
    let encrypted = try AESCipher(key: key, mode: package.mode).apply(
      .encrypting, to: padded, segment: Self.segment
    ) { try vector(ofSegment: $0) }
    return content.count.littleEndianBytes + (content.count >> 32).littleEndianBytes + encrypted
  }

  /// Adds the keyed hash of the stream.
  private mutating func seal(_ stream: [UInt8], key: [UInt8]) throws {
    let cipher = AESCipher(key: key, mode: package.mode)
    let hashKey = Self.random(package.digest.size)
    let value = try package.digest.hmac(key: hashKey, message: stream[...])
    integrityKey = try cipher.apply(.encrypting, to: hashKey, vector: vector(Purpose.integrityKey))
    integrityValue = try cipher.apply(.encrypting, to: value, vector: vector(Purpose.integrityValue))
  }

  /// The stream `EncryptionInfo`: version 4.4, a constant, and the description in XML ([MS-OFFCRYPTO] 2.3.4.10).
  private func descriptor() -> [UInt8] {
    func attributes(_ parameters: Parameters) -> String {
      """
      saltSize="\(parameters.salt.count)" blockSize="\(AESCipher.blockSize)" keyBits="\(8 * parameters.keySize)" \
      hashSize="\(parameters.digest.size)" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" \
      hashAlgorithm="\(parameters.digest.algorithm.rawValue)" saltValue="\(Self.base64(parameters.salt))"
      """
    }
    let xml = """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n\
      <encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" \
      xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">\
      <keyData \(attributes(package))/>\
      <dataIntegrity encryptedHmacKey="\(Self.base64(integrityKey))" \
      encryptedHmacValue="\(Self.base64(integrityValue))"/>\
      <keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">\
      <p:encryptedKey spinCount="\(rounds)" \(attributes(password)) \
      encryptedVerifierHashInput="\(Self.base64(verifier))" \
      encryptedVerifierHashValue="\(Self.base64(verifierHash))" \
      encryptedKeyValue="\(Self.base64(packageKey))"/></keyEncryptor></keyEncryptors></encryption>
      """
    return [4, 0, 4, 0, 0x40, 0, 0, 0] + xml.utf8
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Bytes that nobody can foretell: the system's generator is made for keys.
  private static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}

/// The storage that says what the stream `EncryptedPackage` went through ([MS-OFFCRYPTO] 2.1, 2.3.4.1–2.3.4.3). It is the
/// same in every encrypted workbook, and Office does not open one without it.
private enum DataSpaces {
  static var nodes: [CompoundFileWriter.Node] {
    let version = text("Microsoft.Container.DataSpaces") + words(1, 1, 1)
    let entry =
      words(1, 0) + text("EncryptedPackage") + text("StrongEncryptionDataSpace")
    let map = words(8, 1) + words(entry.count + 4) + entry
    let space = words(8, 1) + text("StrongEncryptionTransform")
    let identity = words(1) + text("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    let transform =
      words(identity.count + 4) + identity + text("Microsoft.Container.EncryptionTransform") + words(1, 1, 1)
      + words(0, 0, 0, 4)
    return [
      .stream("Version", version), .stream("DataSpaceMap", map),
      .storage("DataSpaceInfo", [.stream("StrongEncryptionDataSpace", space)]),
      .storage(
        "TransformInfo", [.storage("StrongEncryptionTransform", [.stream("\u{6}Primary", transform)])]),
    ]
  }

  private static func words(_ values: Int...) -> [UInt8] { values.flatMap(\.littleEndianBytes) }

  /// A length in bytes, UTF-16, and zeros up to a multiple of four (2.1.2).
  private static func text(_ text: String) -> [UInt8] {
    let bytes = text.passwordBytes
    return bytes.count.littleEndianBytes + bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}
