/// What was understood in a way that a person must confirm.
public struct LearnQuestion: Hashable, Sendable {
  public var question: LocalizedText
  /// File, and sheet, cell or paragraph.
  public var place: LocalizedText

  init(_ place: LearnPlace, zh chinese: String, en english: String) {
    question = LocalizedText(zh: chinese, en: english)
    self.place = LocalizedText(zh: place.text(in: .chinese), en: place.text(in: .english))
  }
}
