/// A part that is gone through from front to back and written anew where something differs.
struct PartSplice {
  let bytes: [UInt8]
  private var result: [UInt8] = []
  private var copied = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isChanged: Bool { copied > 0 }

  /// Puts bytes in the place of a range, which must lie behind those before.
  mutating func replace(_ range: Range<Int>, with new: some Sequence<UInt8>) {
    guard range.lowerBound >= copied else { return }
    if !isChanged { result.reserveCapacity(bytes.count + bytes.count / 8) }
    result += bytes[copied..<range.lowerBound]
    result += new
    copied = range.upperBound
  }

  mutating func replace(_ range: Range<Int>, with text: String) { replace(range, with: text.utf8) }

  /// Gives attributes of a tag other values, adds those that it lacks, and takes out those that are `nil`.
  mutating func set(_ values: [String: String?], of tag: MarkupScanner.Token, in scanner: MarkupScanner) {
    var missing = values
    let attributes = scanner.attributes(tag)
    for attribute in attributes {
      guard let value = missing.removeValue(forKey: scanner.string(attribute.name)) else { continue }
      guard let value else {
        replace(attribute.range, with: "")
        continue
      }
      let new = MarkupText.attribute(value)
      if !bytes[attribute.value].elementsEqual(new) { replace(attribute.value, with: new) }
    }
    let place = attributes.last?.range.upperBound ?? tag.name.upperBound
    for (name, value) in missing.sorted(by: { $0.key < $1.key }) {
      guard let value else { continue }
      replace(
        place..<place, with: Array(" \(name)=\"".utf8) + MarkupText.attribute(value) + [UInt8(ascii: "\"")])
    }
  }

  consuming func finished() -> [UInt8] { isChanged ? result + bytes[copied...] : bytes }
}

extension MarkupScanner {
  /// The text of the element whose start tag came last, if it has text and nothing else: where it stands, and what it says.
  func text() -> (range: Range<Int>, text: String)? {
    var inside = self
    guard let text = inside.next(), text.kind == .other, let end = inside.next(), end.kind == .end else {
      return nil
    }
    let raw = string(text.range)
    if raw.hasPrefix("<"), !raw.hasPrefix("<![CDATA[") { return nil }
    return (text.range, MarkupText.content(raw))
  }

  /// The text of the first element of a name inside the one whose start tag came last.
  func text(of name: String, before end: Int) -> String? {
    var inside = self
    while let token = inside.next(), token.range.upperBound <= end {
      if token.kind == .start, inside.localName(token) == name { return inside.text()?.text }
    }
    return nil
  }
}
