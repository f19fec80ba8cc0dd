/// The start of an element as the parser sees it: pointers into its buffers, valid only during the callback.
struct XMLStart {
  /// The name without its prefix.
  let name: XMLBytes
  let namespace: XMLNamespace
  let attributes: XMLAttributes
}

/// Bytes of a parser's buffer, UTF-8, valid only during the callback.
typealias XMLBytes = UnsafeBufferPointer<UInt8>

/// The attributes of an element, in file order, namespace declarations left out.
struct XMLAttributes {
  struct Attribute {
    let name: XMLBytes
    let namespace: XMLNamespace
    /// The value as libxml2 hands it over: every reference is resolved but an ampersand, which stands as `&#38;`.
    let escapedValue: XMLBytes
  }

  private let base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  let count: Int
  private let namespaces: NamespaceCache

  init(base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int, namespaces: NamespaceCache) {
    self.base = base
    self.count = base == nil ? 0 : count
    self.namespaces = namespaces
  }

  /// libxml2 passes five pointers for each attribute: name, prefix, namespace, start and end of the value.
  subscript(index: Int) -> Attribute {
    guard let base, index < count, let name = base[index * 5] else {
      return Attribute(
        name: XMLBytes(start: nil, count: 0), namespace: .none, escapedValue: .init(start: nil, count: 0))
    }
    let value = base[index * 5 + 3]
    let end = base[index * 5 + 4]
    let count = value.flatMap { start in end.map { $0 - start } } ?? 0
    return Attribute(
      name: XMLBytes(cString: name), namespace: namespaces[base[index * 5 + 2]],
      escapedValue: XMLBytes(start: value, count: max(0, count)))
  }
}

extension XMLAttributes {
  /// The value of an attribute; `nil` without it.
  func value(_ name: StaticString, _ namespace: XMLNamespace) -> String? {
    for index in 0..<count where self[index].name == name && self[index].namespace == namespace {
      return self[index].value
    }
    return nil
  }
}

extension XMLAttributes.Attribute {
  /// The value, ampersands restored.
  var value: String {
    let text = String(decoding: escapedValue, as: UTF8.self)
    return escapedValue.contains(UInt8(ascii: "&")) ? text.replacing("&#38;", with: "&") : text
  }
}

extension XMLBytes {
  init(cString: UnsafePointer<UInt8>) {
    var count = 0
    while cString[count] != 0 { count += 1 }
    self.init(start: cString, count: count)
  }

  static func == (bytes: XMLBytes, text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] != text.utf8Start[index] { return false }
    return true
  }
}

/// Namespaces by the address of their URI: libxml2 keeps each URI of a document once.
final class NamespaceCache {
  private var known: [UnsafePointer<UInt8>: XMLNamespace] = [:]
  private var last: (pointer: UnsafePointer<UInt8>?, namespace: XMLNamespace) = (nil, .none)

  subscript(uri: UnsafePointer<UInt8>?) -> XMLNamespace {
    guard let uri else { return .none }
    if uri == last.pointer { return last.namespace }
    let namespace = known[uri] ?? XMLNamespace(uri: String(cString: uri))
    known[uri] = namespace
    last = (uri, namespace)
    return namespace
  }
}

/// What receives a parser's events. A method that throws ends the parsing, and the error comes out of
/// ``XMLPushParser/feed(_:)``.
protocol XMLHandler: AnyObject {
  func start(_ element: XMLStart) throws
  func end() throws
  /// A piece of text; one text may come in several pieces.
  func text(_ bytes: XMLBytes) throws
}
