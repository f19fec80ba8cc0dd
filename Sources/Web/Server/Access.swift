import CLibCrypto
import Foundation
import HTTPTypes

/// Who may use the page: whoever started it, by a token that only the printed address carries.
///
/// `Host` is held against the page's own names, so that no other site's name leads here (DNS rebinding); a change needs an
/// `Origin` of the page's own, or the token itself (CSRF).
struct Access: Sendable {
  let token: String
  /// `127.0.0.1:8642`, `localhost:8642`: what a browser may call this server.
  let hosts: Set<String>
  /// One for each port: browsers do not tell the ports of a machine apart.
  let cookieName: String
  /// The names by which browsers reach what stands in front and speaks TLS with them.
  var proxied: Set<String> = []

  init(token: String, hosts: Set<String>, port: Int) {
    self.token = token
    self.hosts = hosts
    cookieName = "huizong-\(port)"
  }

  /// What a request shows to be let in.
  enum Key: Sendable, Hashable {
    case none, cookie(String), bearer(String), address(String)
  }

  static func key(of headers: HTTPFields, query: [String: String], cookieName: String) -> Key {
    if let header = headers[.authorization] {
      let words = header.split(separator: " ")
      if words.count == 2, words[0].lowercased() == "bearer" { return .bearer(String(words[1])) }
    }
    if let token = query["token"] { return .address(token) }
    return Exchange.cookie(cookieName, in: headers).map(Key.cookie) ?? .none
  }

  func isKnownHost(_ authority: String?) -> Bool {
    authority.map { hosts.contains($0.lowercased()) || proxied.contains($0.lowercased()) } ?? false
  }

  /// Whether a request that changes something comes from the page itself.
  func isOwnOrigin(_ headers: HTTPFields) -> Bool {
    guard let origin = headers[.origin] else { return false }
    return hosts.contains { origin.lowercased() == "http://" + $0 }
      || proxied.contains { origin.lowercased() == "https://" + $0 }
  }

  func opens(_ word: String) -> Bool { Self.isSame(word, token) }

  /// What stands in front of the paths of a link that is handed out: the proxy's name. Without one there is no name by which
  /// others reach this machine.
  var base: String? { proxied.min().map { "https://" + $0 } }

  var cookie: String { cookie(token) }

  func cookie(_ word: String) -> String {
    "\(cookieName)=\(word); Path=/; HttpOnly; SameSite=Strict" + (proxied.isEmpty ? "" : "; Secure")
  }

  /// Takes the same time wherever two texts of one length differ.
  static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count, !a.isEmpty else { return false }
    return CRYPTO_memcmp(a, b, a.count) == 0
  }

  /// 128 random bits as text that stands in an address.
  static func newToken(bytes count: Int = 16) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in
      let text = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
