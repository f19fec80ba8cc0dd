import Forms
import Foundation
import XLSX

/// The links by which units send in by themselves: 128 random bits each, of which only the hash is kept.
actor PortalLinks {
  private static let file = ".huizong/links.json"

  private struct Link: Codable {
    var hash: String
    var made: String
  }

  private var links: [String: Link]
  /// Those that were made since the page was opened, for the letters: afterwards nobody knows them but the unit.
  private(set) var fresh: [String: String] = [:]

  /// - Throws: ``FormsError`` (`input`) for a list that cannot be read: to begin a new one would end every unit's link.
  init() throws {
    links =
      try PrivateFile.read(
        [String: Link].self, from: Self.file,
        LocalizedText(
          zh: "各单位的链接无法读取，请移走后重新生成",
          en: "the units' links cannot be read; move the file away and make them again"))
      ?? [:]
  }

  /// A new link of a unit; the old one is dead.
  ///
  /// - Returns: The token, which nobody can be told again.
  func make(for code: String) throws -> String {
    let token = Access.newToken()
    var changed = links
    changed[code] = Link(hash: try Self.hash(token), made: Ledger.time(Date()))
    try PrivateFile.write(JSONEncoder().encode(changed), to: Self.file)
    links = changed
    fresh[code] = token
    return token
  }

  /// - Returns: Whether there was a link.
  func revoke(_ code: String) throws -> Bool {
    var changed = links
    guard changed.removeValue(forKey: code) != nil else { return false }
    try PrivateFile.write(JSONEncoder().encode(changed), to: Self.file)
    links = changed
    fresh[code] = nil
    return true
  }

  /// The unit that a token belongs to.
  func unit(_ token: String) -> String? {
    guard token.utf8.count == 32, let hash = try? Self.hash(token) else { return nil }
    return links.first { Access.isSame($0.value.hash, hash) }?.key
  }

  /// When each unit's link was made, by its code.
  var made: [String: String] { links.mapValues(\.made) }

  private static func hash(_ token: String) throws -> String {
    try MessageDigest(.sha256).hash(Array(token.utf8)).hexadecimal
  }
}
