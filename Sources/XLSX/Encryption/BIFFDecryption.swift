/// The record stream of an encrypted .xls as it was before ([MS-XLS] 2.2.10): RC4, RC4 by CryptoAPI, or obfuscation by XOR.
///
/// Records keep their place and their headers, so that the offsets in the stream hold.
package enum BIFFDecryption {
  private static let filePass = 0x002F
  private static let boundSheet = 0x0085
  /// Records that are never encrypted: BOF, FilePass, InterfaceHdr, UsrExcl, FileLock, RRDInfo, RRDHead.
  private static let plainRecords: Set<Int> = [0x0809, 0x002F, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138]

  /// - Parameter password: `nil` tries ``EncryptedPackage/defaultPasswords``.
  /// - Returns: The stream itself if it is not encrypted.
  /// - Throws: ``XLSXError/Code/encrypted``, ``XLSXError/Code/wrongPassword``, ``XLSXError/Code/unsupportedEncryption``
  ///   or ``XLSXError/Code/damagedArchive``.
  package static func decrypted(_ stream: [UInt8], password: String? = nil) throws -> [UInt8] {
    guard let description = description(in: stream) else { return stream }
    for candidate in password.map({ [$0] }) ?? EncryptedPackage.defaultPasswords {
      if let cipher = try cipher(description, password: candidate) {
        return try apply(cipher, to: stream)
      }
    }
    throw password == nil
      ? XLSXError(.encrypted, "The workbook is encrypted; give its password, or remove it in Excel.")
      : XLSXError(.wrongPassword, "The workbook is encrypted with another password.")
  }

  /// The content of the record FilePass, which stands near the beginning of the stream.
  private static func description(in stream: [UInt8]) -> ByteReader? {
    let reader = ByteReader(stream)
    var position = 0
    while let type = reader.uint16(at: position), let length = reader.uint16(at: position + 2) {
      if type == filePass { return reader.slice(at: position + 4, count: length).map { ByteReader($0) } }
      // The end of the workbook's own part: those of the sheets have no such record.
      if type == 0x000A { return nil }
      position += 4 + length
    }
    return nil
  }

  /// - Returns: `nil` for a wrong password.
  private static func cipher(_ description: ByteReader, password: String) throws -> (any BIFFCipher)? {
    // BIFF5 knows the obfuscation only, and has no number for the kind in front.
    if description.bytes.count == 4 { return try XORObfuscation(description, at: 0, password: password) }
    switch (description.uint16(at: 0), description.uint16(at: 2), description.uint16(at: 4)) {
    case (0, _, _): return try XORObfuscation(description, at: 2, password: password)
    case (1, 1, 1): return try RC4Encryption(description, password: password)
    case (1, 2, 2), (1, 3, 2), (1, 4, 2): return try RC4CryptoAPIEncryption(description, password: password)
    case (nil, _, _): throw EncryptedPackage.damage()
    default: throw EncryptedPackage.unsupported()
    }
  }

  private static func apply(_ cipher: any BIFFCipher, to stream: [UInt8]) throws -> [UInt8] {
    var cipher = cipher
    var result = stream
    let reader = ByteReader(stream)
    var position = 0
    while let type = reader.uint16(at: position), let length = reader.uint16(at: position + 2) {
      let start = position + 4
      let end = min(start + length, stream.count)
      if !plainRecords.contains(type), start < end {
        // Where a sheet begins is needed to find it.
        let first = type == boundSheet ? min(start + 4, end) : start
        try cipher.decrypt(&result, first..<end, recordLength: length)
      }
      position = start + length
    }
    return result
  }
}

/// A cipher of .xls, whose key depends on the place in the stream.
protocol BIFFCipher {
  /// Decrypts a part of the stream; parts come in order.
  mutating func decrypt(_ stream: inout [UInt8], _ range: Range<Int>, recordLength: Int) throws
}
