import CLibXML2
import XLSX

/// A parsed XML or HTML text, for formats whose structure is a tree and whose size is a page or two.
final class MarkupDocument {
  /// Larger texts are no form.
  static let sizeLimit = 32 << 20

  private static let tooManyAttributes = IntakeProblem(
    zh: "内部结构异常（一个元素的属性过多），超出安全限制",
    en: "an element has more attributes than any program writes, beyond the safety limits")

  private let document: xmlDocPtr
  let root: MarkupNode

  /// Parses XML. Entities are not resolved and nothing is fetched.
  ///
  /// - Throws: ``IntakeProblem`` for text that is not well-formed, has a document type of its own, or is too large.
  init(xml bytes: [UInt8]) throws(IntakeProblem) {
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    guard bytes.count <= Self.sizeLimit else { throw .tooLarge(Self.sizeLimit) }
    var tags = StartTagGuard(.xml)
    guard bytes.withUnsafeBytes({ tags.passes($0) }) else { throw Self.tooManyAttributes }
    clibxml2_silence()
    let parsed = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil, options)
    }
    guard let parsed else { throw .truncated }
    guard parsed.pointee.intSubset == nil, let root = xmlDocGetRootElement(parsed) else {
      xmlFreeDoc(parsed)
      throw .truncated
    }
    document = parsed
    self.root = MarkupNode(root)
  }

  /// Parses HTML, whatever its mistakes.
  init(html text: String) throws(IntakeProblem) {
    var text = text
    guard text.utf8.count <= Self.sizeLimit else { throw .tooLarge(Self.sizeLimit) }
    var tags = StartTagGuard(.html)
    guard text.withUTF8({ tags.passes(UnsafeRawBufferPointer($0)) }) else { throw Self.tooManyAttributes }
    clibxml2_silence()
    let options = Int32(
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue)
    let parsed = text.withUTF8 { buffer in
      htmlReadMemory(
        UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil,
        "UTF-8",
        options)
    }
    guard let parsed else { throw .truncated }
    guard let root = xmlDocGetRootElement(parsed) else {
      xmlFreeDoc(parsed)
      throw .truncated
    }
    document = parsed
    self.root = MarkupNode(root)
  }

  deinit { xmlFreeDoc(document) }
}

/// An element or a text of a ``MarkupDocument``; good as long as the document.
struct MarkupNode {
  private let pointer: xmlNodePtr

  init(_ pointer: xmlNodePtr) { self.pointer = pointer }

  /// The same for the same node, for as long as the document is there.
  var identity: UnsafeRawPointer { UnsafeRawPointer(pointer) }

  var isElement: Bool { pointer.pointee.type == XML_ELEMENT_NODE }

  /// The local name, without a prefix; empty for text.
  var name: String { isElement ? Self.string(pointer.pointee.name) : "" }

  /// The text of a text or CDATA node.
  var text: String? {
    switch pointer.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: Self.string(pointer.pointee.content)
    default: nil
    }
  }

  /// The text of a comment.
  var comment: String? {
    pointer.pointee.type == XML_COMMENT_NODE ? Self.string(pointer.pointee.content) : nil
  }

  var children: MarkupChildren { MarkupChildren(pointer.pointee.children) }

  /// The first child element of a name.
  func child(_ name: String) -> MarkupNode? { children.first { $0.name == name } }

  /// An attribute by its local name, whatever its namespace.
  subscript(attribute: String) -> String? {
    guard isElement else { return nil }
    var next = pointer.pointee.properties
    while let current = next {
      if Self.string(current.pointee.name) == attribute {
        return current.pointee.children.map { Self.string($0.pointee.content) } ?? ""
      }
      next = current.pointee.next
    }
    return nil
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }
}

/// The children of a node in their order.
struct MarkupChildren: Sequence, IteratorProtocol {
  private var pointer: xmlNodePtr?

  fileprivate init(_ first: xmlNodePtr?) { pointer = first }

  mutating func next() -> MarkupNode? {
    guard let current = pointer else { return nil }
    pointer = current.pointee.next
    return MarkupNode(current)
  }
}
