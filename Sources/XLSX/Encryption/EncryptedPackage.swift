/// A package encrypted with a password: a compound file that holds it and says how it is encrypted ([MS-OFFCRYPTO] 2.3.4).
package struct EncryptedPackage {
  /// What is tried before anybody is asked for a password: the one with which Excel encrypts workbooks that are only
  /// protected against changes ([MS-OFFCRYPTO] 2.3.7.10 calls it the default password), and none at all.
  package static let defaultPasswords = ["VelvetSweatshop", ""]

  /// An encryption that is no more than this many bytes of description.
  private static let largestInfo = 1 << 16

  private let scheme: any PackageEncryption
  /// The stream `EncryptedPackage`: the size of the package, then its encrypted bytes.
  private let stream: [UInt8]

  /// - Parameter file: The whole file.
  /// - Throws: ``XLSXError/Code/damagedArchive`` or ``XLSXError/Code/unsupportedEncryption``.
  package init(_ file: [UInt8], limits: Limits = .default) throws {
    guard let container = CompoundFile(file), let stream = container.stream(named: "EncryptedPackage") else {
      throw Self.damage()
    }
    guard let info = container.stream(named: "EncryptionInfo"), !info.isEmpty else {
      // Rights management keeps the key on a server ([MS-OFFCRYPTO] 2.2).
      throw XLSXError(
        .unsupportedEncryption,
        "The file is protected by rights management, not by a password; save it without that protection.")
    }
    guard info.count <= Self.largestInfo else { throw Self.damage() }
    let reader = ByteReader(info)
    guard let major = reader.uint16(at: 0), let minor = reader.uint16(at: 2) else { throw Self.damage() }
    switch (major, minor) {
    case (4, 4): scheme = try AgileEncryption(descriptor: info.dropFirst(8), limits: limits)
    case (2...4, 2): scheme = try StandardEncryption(info)
    default: throw Self.unsupported()
    }
    self.stream = stream
  }

  /// The package inside.
  ///
  /// - Parameter password: `nil` tries ``defaultPasswords``.
  /// - Throws: ``XLSXError/Code/encrypted`` if no password was given and it needs one,
  ///   ``XLSXError/Code/wrongPassword``, or ``XLSXError/Code/damagedArchive``.
  package func decrypted(password: String? = nil) throws -> [UInt8] {
    for candidate in password.map({ [$0] }) ?? Self.defaultPasswords {
      guard let key = try scheme.key(password: candidate) else { continue }
      guard let size = ByteReader(stream).uint64(at: 0) else { throw Self.damage() }
      // Whole blocks, of which the last is filled up.
      guard size <= stream.count - 8 else { throw Self.damage() }
      let padded = (size + AESCipher.blockSize - 1) / AESCipher.blockSize * AESCipher.blockSize
      guard padded <= stream.count - 8 else { throw Self.damage() }
      try scheme.checkIntegrity(of: stream[...], key: key)
      var content = try scheme.decrypt(stream[8..<(8 + padded)], key: key)
      content.removeLast(padded - size)
      return content
    }
    throw password == nil
      ? XLSXError(.encrypted, "The workbook is encrypted; give its password, or remove it in Excel.")
      : XLSXError(.wrongPassword, "The workbook is encrypted with another password.")
  }

  static func damage(_ cause: String? = nil) -> XLSXError {
    XLSXError(
      .damagedArchive, "The file's encryption is damaged; ask for it to be sent again.", cause: cause)
  }

  static func unsupported(_ cause: String? = nil) -> XLSXError {
    XLSXError(
      .unsupportedEncryption,
      "The file is encrypted in a way that cannot be read; remove its password in Excel and save it again.",
      cause: cause)
  }
}

/// A way to encrypt a package.
protocol PackageEncryption {
  /// The key of the package; `nil` if the password is wrong.
  func key(password: String) throws -> [UInt8]?
  /// Decrypts whole blocks.
  func decrypt(_ content: ArraySlice<UInt8>, key: [UInt8]) throws -> [UInt8]
  /// Whether the stream `EncryptedPackage` is as it was written.
  ///
  /// - Throws: ``XLSXError/Code/damagedArchive`` if it is not.
  func checkIntegrity(of stream: ArraySlice<UInt8>, key: [UInt8]) throws
}

extension String {
  /// UTF-16, little-endian: how every encryption of Office takes a password.
  package var passwordBytes: [UInt8] {
    utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }
}

extension [UInt8] {
  /// Cut or filled up to a size.
  func resized(to size: Int, filling byte: UInt8 = 0x36) -> [UInt8] {
    count >= size ? Array(prefix(size)) : self + [UInt8](repeating: byte, count: size - count)
  }
}

extension Int {
  /// The lower four bytes, the lowest first: how rounds, segments and blocks are counted.
  var littleEndianBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
