import XLSX

/// Opens what is encrypted without a secret: Excel encrypts a workbook that is only protected against changes with a
/// password that is the same everywhere.
enum FileDecryption {
  /// The content of an encrypted file, whatever kind of document it is.
  ///
  /// - Throws: ``IntakeProblem`` for one that needs a password, or whose encryption is damaged.
  static func content(of bytes: [UInt8], limits: IntakeLimits) throws(IntakeProblem) -> [UInt8] {
    do {
      return try EncryptedPackage(bytes, limits: limits.package).decrypted()
    } catch let error as XLSXError {
      throw IntakeProblem(error)
    } catch {
      throw .truncated
    }
  }
}
