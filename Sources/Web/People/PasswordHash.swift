import CLibCrypto
import Foundation
import XLSX

/// A password as it is kept: scrypt (RFC 7914) of OpenSSL's libcrypto, with a salt of its own.
struct PasswordHash: Codable, Sendable {
  var salt: String
  var hash: String
  /// The cost: 2¹⁵ rounds of 8 blocks take some 32 MB and a tenth of a second.
  var cost = 1 << 15
  var blocks = 8
  var lanes = 1

  /// - Returns: `nil` if OpenSSL refuses.
  init?(_ password: String, salt: String = Access.newToken()) {
    self.salt = salt
    hash = ""
    guard let made = derived(from: password) else { return nil }
    hash = made
  }

  func fits(_ password: String) -> Bool {
    guard let made = derived(from: password) else { return false }
    return Access.isSame(made, hash)
  }

  private func derived(from password: String) -> String? {
    // What a file says is no more than what this program writes.
    guard 1 << 10...1 << 18 ~= cost, 1...16 ~= blocks, 1...4 ~= lanes else { return nil }
    var key = [UInt8](repeating: 0, count: 32)
    let (word, seed) = (Array(password.utf8).map { CChar(bitPattern: $0) }, Array(salt.utf8))
    let done = EVP_PBE_scrypt(
      word, word.count, seed, seed.count, UInt64(cost), UInt64(blocks), UInt64(lanes), 256 << 20, &key,
      key.count)
    return done == 1 ? key.hexadecimal : nil
  }
}
