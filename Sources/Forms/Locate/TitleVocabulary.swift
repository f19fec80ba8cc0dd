import XLSX

/// The titles of a campaign's forms, and their labels (附件2).
struct TitleVocabulary: Sendable {
  /// A title or a label on a sheet.
  struct Match: Hashable, Sendable {
    var form: Int
    var cell: CellReference
    /// Whether it is the title, not only the label.
    var isTitle: Bool
    /// What stands before the title in the same cell, without the year: often the unit's name.
    var lead: String
    /// The years that the cell says, of which the title is.
    var years: [Int] = []
  }

  private struct Entry: Sendable {
    var form: Int
    var key: [Unicode.Scalar]
    var letters: LetterSet
    var isTitle: Bool
  }

  private var titles: [Entry] = []
  private var labels: [String: [Int]] = [:]

  init(_ forms: [FormDefinition]) {
    for (index, form) in forms.enumerated() {
      labels[LabelText.key(form.label), default: []].append(index)
      for title in [form.title] + form.titleAliases {
        let key = Self.withoutYear(Array(LabelText.key(title).unicodeScalars))
        if key.count >= 4 {
          titles.append(Entry(form: index, key: key, letters: LetterSet(key), isTitle: true))
        }
      }
    }
    titles.sort { $0.key.count > $1.key.count }
  }

  /// The forms whose title or label a text is. Another year's title counts; so does a title in two cells, by its
  /// longer half.
  func matches(of text: String, at cell: CellReference) -> [Match] {
    (4...600).contains(text.utf8.count) ? matches(of: FoldedText(text), at: cell) : []
  }

  func matches(of text: FoldedText, at cell: CellReference) -> [Match] {
    guard (4...600).contains(text.text.utf8.count) else { return [] }
    if let forms = labels[text.key] {
      return forms.map { Match(form: $0, cell: cell, isTitle: false, lead: "") }
    }
    guard text.scalars.count >= 6 else { return [] }
    let plain = Self.withoutYear(text.scalars)
    let letters = LetterSet(plain)
    lazy var years = TitleYears.years(in: text.text)
    var found: [Match] = []
    for title in titles where !found.contains(where: { $0.form == title.form }) {
      if letters.lacking(title.letters) == 0, let start = plain.positions(of: title.key).first {
        found.append(
          Match(form: title.form, cell: cell, isTitle: true, lead: String(plain[..<start]), years: years))
      } else if plain.count * 2 > title.key.count, title.letters.lacking(letters) == 0,
        title.key.starts(with: plain) || title.key.suffix(plain.count).elementsEqual(plain)
      {
        found.append(Match(form: title.form, cell: cell, isTitle: true, lead: "", years: years))
      }
    }
    return found
  }

  /// Without a year such as `2024年` or `2024年度`: last year's form has the same title.
  private static func withoutYear(_ key: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard key.contains("年") else { return key }
    var scalars = key
    var index = 0
    while index + 5 <= scalars.count {
      if scalars[index..<(index + 4)].allSatisfy({ 0x30...0x39 ~= $0.value }), scalars[index + 4] == "年" {
        let isLonger = index + 5 < scalars.count && scalars[index + 5] == "度"
        scalars.removeSubrange(index..<(index + (isLonger ? 6 : 5)))
      } else {
        index += 1
      }
    }
    return scalars
  }
}
