import Foundation
import XLSX

/// What the texts of sheets mean to the locator, worked out once for each text of a run: the headings, titles and labels of a
/// thousand forms are the same few.
///
/// Two texts of one ``Kind`` are the same to the locator, whatever they say. Not thread-safe.
final class TextMemory {
  /// What the locator can see of a text.
  enum Kind: Hashable {
    /// No word of any form. An empty place to write on counts as nothing written, a remark is no value.
    case plain(isPlaceholder: Bool, isRemark: Bool)
    /// A line around a table: its labels, and whether something stands behind each.
    case lines([Line], isPlaceholder: Bool, isRemark: Bool)
    /// A word of a form, by its position among the texts: what it says matters to the letter.
    case word(Int)
  }

  struct Line: Hashable {
    var roles: [Int: FormDefinition.HeadLine.Role]
    var isEmpty: Bool
    var hasRoom: Bool
    var certainty: HeadLineVocabulary.Certainty
  }

  struct Traits {
    /// Equal for texts of one kind.
    var kind: UInt32
    var lines: [HeadLineVocabulary.Match]
  }

  /// Texts are compared byte by byte: the same word in another normal form is only not found.
  private struct Key: Hashable {
    let text: String

    static func == (a: Key, b: Key) -> Bool {
      var (a, b) = (a.text, b.text)
      return a.withUTF8 { a in
        b.withUTF8 { b in
          guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress else {
            return a.count == b.count
          }
          return memcmp(first, second, a.count) == 0
        }
      }
    }

    func hash(into hasher: inout Hasher) {
      let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
        hasher.combine(bytes: UnsafeRawBufferPointer($0))
      }
      if isHashed == nil { hasher.combine(text) }
    }
  }

  /// Texts that are kept; every file brings a few of its own.
  private static let capacity = 4_096
  /// Longer texts are no words of forms, and are not kept.
  private static let longestText = 400

  private let words: FormVocabulary
  private var traits: [Key: Traits] = [:]
  private var kinds: [Kind: UInt32] = [:]

  init(_ words: FormVocabulary) { self.words = words }

  /// Whether the next sheet should begin with an empty memory.
  var isFull: Bool { traits.count >= Self.capacity }

  /// `nil` for a text that is too long to be kept.
  func traits(of text: String) -> Traits? {
    guard text.utf8.count <= Self.longestText else { return nil }
    let key = Key(text: text)
    if let known = traits[key] { return known }
    let lines = words.headLines.matches(in: text)
    let kind = kind(of: text, lines: lines)
    let number = kinds[kind] ?? UInt32(truncatingIfNeeded: kinds.count)
    kinds[kind] = number
    let found = Traits(kind: number, lines: lines)
    traits[key] = found
    return found
  }

  private func kind(of text: String, lines: [HeadLineVocabulary.Match]) -> Kind {
    let folded = FoldedText(text)
    if words.headings.isAddedTotalWord(folded, forRows: true)
      || !words.headings.meaningsOfAddedTotal(folded).isEmpty
      || !words.headings.reading(of: folded).meanings.isEmpty
      || words.groups.standing(of: folded) != .neutral
      || !words.titles.matches(of: folded, at: CellReference(row: 1, column: 1)).isEmpty
      || (lines.isEmpty && SheetText.mayBeYearLine(text))
    {
      return .word(traits.count)
    }
    let isPlaceholder = HeadLineVocabulary.isPlaceholder(text)
    let isRemark = HeadLineVocabulary.isRemark(text)
    if lines.isEmpty { return .plain(isPlaceholder: isPlaceholder, isRemark: isRemark) }
    return .lines(
      lines.map {
        Line(roles: $0.roles, isEmpty: $0.value.isEmpty, hasRoom: $0.hasRoom, certainty: $0.certainty)
      }, isPlaceholder: isPlaceholder, isRemark: isRemark)
  }
}
