import XLSX

/// Opens what is encrypted: without a secret, as Excel encrypts a workbook that is only protected against changes with a
/// password that is the same everywhere, and with the passwords that the office has.
enum FileDecryption {
  /// The content of an encrypted file, whatever kind of document it is.
  ///
  /// - Throws: ``IntakeProblem`` for one that needs another password, or whose encryption is damaged.
  static func content(of bytes: [UInt8], limits: IntakeLimits) throws(IntakeProblem) -> [UInt8] {
    do {
      let package = try EncryptedPackage(bytes, limits: limits.package)
      return try trying(limits.passwords) { try package.decrypted(password: $0) }
    } catch let error as XLSXError {
      throw error.code == .wrongPassword ? .wrongPasswords : IntakeProblem(error)
    } catch {
      throw .truncated
    }
  }

  /// Opens something without a password, then with each in turn.
  ///
  /// - Throws: What opening throws; of code ``XLSXError/Code/wrongPassword`` where none fits.
  static func trying<Content>(_ passwords: [String], _ open: (String?) throws -> Content) throws -> Content {
    var passwords = passwords[...]
    var password: String?
    while true {
      do {
        return try open(password)
      } catch let error as XLSXError where [.encrypted, .wrongPassword].contains(error.code) {
        guard let next = passwords.popFirst() else { throw error }
        password = next
      }
    }
  }
}
