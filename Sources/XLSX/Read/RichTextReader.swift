/// Reads text items: `<si>`, `<is>` and a comment's `<text>` have the same content (ECMA-376 Part 1, 18.4.8).
enum RichTextReader {
  /// The text of an item; rich if it consists of runs, plain otherwise. Phonetic guides (`rPh`) are no part of it.
  static func read(_ item: XMLElement) -> RichText {
    var runs: [RichText.Run] = []
    for child in item.children {
      switch child.name {
      case "t": runs.append(RichText.Run(text(child)))
      case "r":
        let text = child.children("t").map(text).joined()
        if !text.isEmpty {
          runs.append(RichText.Run(text, font: child.child("rPr").map { Font(element: $0) }))
        }
      default: break
      }
    }
    return RichText(runs)
  }

  /// The text of a `<t>`. Without `xml:space="preserve"` Excel drops the blanks at its ends.
  static func text(_ element: XMLElement) -> String {
    let isPreserved = element["space", .xml] == "preserve"
    return (isPreserved ? element.text : element.text.trimmingXMLSpace).decodingEscapes
  }
}

extension RichText {
  /// Whether any run has a font of its own; if none has, this is plain text in pieces.
  var hasFonts: Bool { runs.contains { $0.font != nil } }
}
