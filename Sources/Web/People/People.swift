import Forms
import Foundation
import XLSX

/// Who may use the page from another machine: `huizong user add NAME`. Kept in the working folder, passwords hashed.
public struct People: Sendable {
  static let file = ".huizong/people.json"

  private var hashes: [String: PasswordHash]

  /// - Throws: ``FormsError`` (`input`) for a list that cannot be read.
  public init() throws {
    hashes =
      try PrivateFile.read(
        [String: PasswordHash].self, from: Self.file,
        LocalizedText(
          zh: "人员名单无法读取，请移走后重新登记", en: "the list of people cannot be read; move it away and add them again"))
      ?? [:]
  }

  public var names: [String] { hashes.keys.sorted() }

  /// - Throws: ``FormsError`` for a password that is too short or a list that cannot be written.
  public mutating func add(_ name: String, password: String) throws {
    guard password.count >= 8 else {
      throw FormsError(
        .input, LocalizedText(zh: "密码至少8个字", en: "a password has at least 8 characters"), file: name)
    }
    guard let hash = PasswordHash(password) else {
      throw FormsError(.output, LocalizedText(zh: "密码无法保存", en: "the password cannot be stored"), file: name)
    }
    hashes[name] = hash
    try save()
  }

  /// - Returns: Whether there was anybody of that name.
  public mutating func remove(_ name: String) throws -> Bool {
    guard hashes.removeValue(forKey: name) != nil else { return false }
    try save()
    return true
  }

  private func save() throws {
    try PrivateFile.write(JSONEncoder().encode(hashes), to: Self.file)
  }

  /// Takes as long for a name that nobody has.
  func knows(_ name: String, password: String) -> Bool {
    guard password.utf8.count <= 1_024 else { return false }
    guard let hash = hashes[name] else {
      _ = PasswordHash(password)
      return false
    }
    return hash.fits(password)
  }
}

/// A file that only its owner reads.
enum PrivateFile {
  /// - Returns: `nil` where there is no file.
  /// - Throws: ``FormsError`` (`input`) with these words for one that cannot be read.
  static func read<Value: Decodable>(_ type: Value.Type, from path: String, _ complaint: LocalizedText) throws
    -> Value?
  {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw FormsError(.input, complaint, file: path)
    }
  }

  static func write(_ data: Data, to path: String) throws {
    mkdir(IncomingFile.waitingFolder, 0o700)
    let batch = OutputBatch()
    try batch.write(Array(data), to: path)
    try batch.commit()
    chmod(path, 0o600)
  }
}

/// Who is logged in.
actor Sessions {
  private var open: [String: (name: String, until: Date)] = [:]
  private static let length: TimeInterval = 10 * 3_600
  private static let most = 2_000

  func begin(_ name: String) -> String {
    let now = Date()
    open = open.filter { $0.value.until > now }
    if open.count >= Self.most, let oldest = open.min(by: { $0.value.until < $1.value.until }) {
      open[oldest.key] = nil
    }
    let token = Access.newToken(bytes: 24)
    open[token] = (name, now.addingTimeInterval(Self.length))
    return token
  }

  func person(_ token: String) -> String? {
    guard let session = open[token], session.until > Date() else { return nil }
    return session.name
  }

  func end(_ token: String) { open[token] = nil }
}
