import Foundation
import XLSX

/// How a cell looks where a person sees something else than it stores: a part crossed out, a number shown as a day.
///
/// A class, because nearly every cell has none: a cell pays for it with one word, and a style shares its own.
public final class CellAppearance: Hashable, Sendable {
  /// What is seen; `nil` for what is stored.
  public let seen: GridValue?
  /// The pieces of the content that are no part of what is seen, in their order.
  public let leftOut: [LeftOut]
  /// As what a number is shown, where that is no number.
  public let shownAs: ShownAs?

  public init(seen: GridValue? = nil, leftOut: [LeftOut] = [], shownAs: ShownAs? = nil) {
    self.seen = seen
    self.leftOut = leftOut
    self.shownAs = shownAs
  }

  /// A cell with nothing that can be read: a picture.
  public static let blank = CellAppearance(seen: .blank)

  public static func == (a: CellAppearance, b: CellAppearance) -> Bool {
    a === b || (a.seen == b.seen && a.leftOut == b.leftOut && a.shownAs == b.shownAs)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(seen)
    hasher.combine(leftOut)
    hasher.combine(shownAs)
  }
}

/// A piece of a cell's content that is no part of its figure, its label or its name.
public struct LeftOut: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Crossed out, once or twice, or deleted with the change tracked.
    case struck
    /// Not shown: Word's hidden text, `display: none`.
    case hidden
    /// Above or below the line.
    case raised
    /// The mark of a footnote, as characters: ①, `[1]`, ※.
    case footnote
    /// A reading over the characters: ruby, 拼音指南.
    case ruby
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// As what a number is shown by its format.
public struct ShownAs: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A day, a time of day, or a span of time.
    case date
    case percent
  }

  public var kind: Kind
  private var source: Source

  private enum Source: Hashable, Sendable {
    case format(NumberFormat)
    case text(String)
  }

  /// The number format, where the file gives one.
  public var format: NumberFormat? { if case .format(let format) = source { format } else { nil } }

  /// By a number format, which is applied where somebody asks.
  public init(_ kind: Kind, format: NumberFormat) {
    self.kind = kind
    source = .format(format)
  }

  /// By a file that says the text.
  public init(_ kind: Kind, text: String) {
    self.kind = kind
    source = .text(text)
  }

  /// By a number format; `nil` for one that shows numbers.
  public init?(_ format: NumberFormat) {
    if format.temporalKind != nil {
      self.init(.date, format: format)
    } else if format.isPercent {
      self.init(.percent, format: format)
    } else {
      return nil
    }
  }

  /// What is seen of a number, in the 1900 date system.
  public func text(of number: Decimal) -> String {
    switch source {
    case .text(let text): text
    case .format(let format):
      CompiledNumberFormat(format, language: .chinese).text(
        forNumber: NSDecimalNumber(decimal: number).doubleValue)
    }
  }
}
