import Foundation
import FoundationXML

/// A part's XML as a tree, for tests to look into.
final class XMLTree {
  let name: String
  let attributes: [String: String]
  private(set) var children: [XMLTree] = []
  private(set) var text = ""

  private init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// Reads XML; `nil` if it is not well-formed.
  static func parse(_ bytes: [UInt8]) -> XMLTree? {
    let builder = Builder()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = builder
    guard parser.parse() else { return nil }
    return builder.root
  }

  subscript(attribute: String) -> String? { attributes[attribute] }

  func children(named name: String) -> [XMLTree] { children.filter { $0.name == name } }
  func first(_ name: String) -> XMLTree? { children.first { $0.name == name } }

  /// The element itself and everything below it.
  var all: [XMLTree] { [self] + children.flatMap(\.all) }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: XMLTree?
    private var open: [XMLTree] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = XMLTree(name, attributes)
      open.last?.children.append(element)
      if root == nil { root = element }
      open.append(element)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
  }
}
