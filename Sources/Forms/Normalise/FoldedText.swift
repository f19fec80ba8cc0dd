/// A text with what labels are compared by, folded once for all who ask.
struct FoldedText: Sendable {
  let text: String
  /// ``LabelText/key(_:)``
  let key: String
  /// ``LabelText/baseKey(_:)``
  let base: String
  /// The characters of ``key``.
  let scalars: [Unicode.Scalar]
  /// The text without the marks of footnotes in it; `nil` without any.
  let unmarked: String?

  init(_ text: String) {
    self.text = text
    scalars = LabelText.scalars(text)
    key = String(scalars)
    base = text.unicodeScalars.contains(where: LabelText.isBracket) ? LabelText.baseKey(text) : key
    unmarked = FootnoteMarks.parted(text)?.text
  }
}
