import Foundation

/// A piece of a campaign file that knows where it stands, so that whatever is wrong with it can be shown by file and line.
///
/// Built by ``YAMLReader`` from a file's text. Values are asked for by type; a value of another type is a ``FormsError``:
///
///     let map = try node.mapping(keys: ["code", "name", "aliases"])
///     let code = try map.required("code").string()
///     let aliases = try map["aliases"]?.strings() ?? []
public struct YAMLNode: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case null
    /// A scalar; `isPlain` if it stands there without quotation marks.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  var content: Content
  /// The file as shown to people.
  public let file: String
  /// From 1.
  public let line: Int

  init(_ content: Content, file: String, line: Int) {
    self.content = content
    self.file = file
    self.line = line
  }

  /// Nothing stands here: `key:` or `~`.
  public var isNull: Bool { content == .null }
  public var isMapping: Bool { if case .mapping = content { true } else { false } }
  public var isSequence: Bool { if case .sequence = content { true } else { false } }
  public var isScalar: Bool { if case .scalar = content { true } else { false } }

  /// An error that points here.
  public func error(zh chinese: String, en english: String) -> FormsError {
    FormsError(.campaign, LocalizedText(zh: chinese, en: english), file: file, line: line)
  }
}

/// One `key: value` of a mapping.
struct YAMLEntry: Hashable, Sendable {
  var key: String
  var keyLine: Int
  var value: YAMLNode
}

/// A mapping whose keys are all known.
public struct YAMLMapping: Sendable {
  let node: YAMLNode
  let entries: [YAMLEntry]

  /// The value of a key that may be left out; `nil` also where nothing stands behind the key.
  ///
  /// - Complexity: O(keys)
  public subscript(key: String) -> YAMLNode? {
    entries.first { $0.key == key }.map(\.value).flatMap { $0.isNull ? nil : $0 }
  }

  /// The value of a key that must be there.
  public func required(_ key: String) throws -> YAMLNode {
    if let value = self[key] { return value }
    throw node.error(zh: "缺少“\(key)”", en: "\"\(key)\" is missing")
  }

  /// Every key with its value, in the file's order.
  public var pairs: [(key: String, value: YAMLNode)] { entries.map { ($0.key, $0.value) } }

  /// An error that points at a key, or at the mapping if it has no such key.
  public func error(at key: String, zh chinese: String, en english: String) -> FormsError {
    let line = entries.first { $0.key == key }?.keyLine ?? node.line
    return FormsError(.campaign, LocalizedText(zh: chinese, en: english), file: node.file, line: line)
  }
}
