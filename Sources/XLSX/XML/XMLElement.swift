/// An element with everything inside it: one `<font>`, one `<dataValidation>`. Parts are streamed; only such small records
/// of them are ever held as a tree.
struct XMLElement {
  struct Attribute {
    var name: String
    var namespace: XMLNamespace
    var value: String
  }

  /// The name without its prefix.
  var name: String
  var namespace: XMLNamespace
  var attributes: [Attribute]
  var children: [XMLElement] = []
  /// The text directly inside.
  var text = ""

  init(_ start: XMLStart) {
    name = String(decoding: start.name, as: UTF8.self)
    namespace = start.namespace
    attributes = (0..<start.attributes.count).map { index in
      let attribute = start.attributes[index]
      return Attribute(
        name: String(decoding: attribute.name, as: UTF8.self), namespace: attribute.namespace,
        value: attribute.value)
    }
  }

  /// The value of an attribute that has no namespace, as nearly all of SpreadsheetML's.
  subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute && $0.namespace == .none }?.value
  }

  subscript(attribute: String, namespace: XMLNamespace) -> String? {
    attributes.first { $0.name == attribute && $0.namespace == namespace }?.value
  }

  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// An `xsd:boolean` attribute. Values that are none are read as absent.
  func flag(_ attribute: String) -> Bool? {
    switch self[attribute] {
    case "1", "true", "on", "True", "TRUE": true
    case "0", "false", "off", "False", "FALSE": false
    default: nil
    }
  }

  /// An integer attribute; `nil` if it is absent, no integer, or too large for one.
  func integer(_ attribute: String) -> Int? { self[attribute].flatMap { Int($0.trimmingXMLSpace) } }

  /// A finite number; `nil` if the attribute is absent or something else.
  func number(_ attribute: String) -> Double? {
    self[attribute].flatMap { Double($0.trimmingXMLSpace) }.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension String {
  /// The text without the blanks, tabs and line breaks at its ends that XML counts as white space.
  var trimmingXMLSpace: String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard let first = utf8.firstIndex(where: { !isSpace($0) }),
      let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(self[first...last])
  }
}
