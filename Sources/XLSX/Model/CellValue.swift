/// What a cell holds.
///
/// Dates are numbers, as in the file: a serial in the workbook's ``DateSystem``, made a date by the cell's number format.
/// Read what you need through the typed accessors (``number``, ``text``, …) and write with literals:
///
///     sheet["C6"] = 12
///     sheet["E6"] = .formula("C6+D6", cached: 15)
public enum CellValue: Hashable, Sendable {
  /// Nothing: the cell is absent, or carries only a style.
  case empty
  case number(Double)
  case text(String)
  /// Text whose parts have fonts of their own.
  case richText(RichText)
  case bool(Bool)
  case error(CellError)
  /// A formula, and the result that the last program to calculate it stored; `.empty` if none was stored.
  indirect case formula(Formula, cached: CellValue = .empty)
}

/// An Excel error value as it stands in a cell: `#REF!`, `#DIV/0!` ….
public struct CellError: Hashable, Sendable, CustomStringConvertible {
  /// The text, with its number sign. Files can hold errors that later versions of Excel added, so this is no closed list.
  public let text: String

  /// An error by its text, with the number sign.
  public init(_ text: String) { self.text = text }

  /// `#NULL!`: two ranges without a cell in common.
  public static let null = CellError("#NULL!")
  /// `#DIV/0!`: a division by 0, or a mean of nothing.
  public static let divisionByZero = CellError("#DIV/0!")
  /// `#VALUE!`: a value of the wrong kind.
  public static let value = CellError("#VALUE!")
  /// `#REF!`: cells that are no more.
  public static let reference = CellError("#REF!")
  /// `#NAME?`: a name or function that is not known.
  public static let name = CellError("#NAME?")
  /// `#NUM!`: no number, or none that Excel can hold.
  public static let number = CellError("#NUM!")
  /// `#N/A`: not found, or missing.
  public static let notAvailable = CellError("#N/A")
  /// A formula without a result that a cell can hold, such as a `FILTER` that finds nothing.
  public static let calculation = CellError("#CALC!")
  /// An array whose values have no room: something stands where they would spill to.
  public static let spill = CellError("#SPILL!")

  /// The text that Excel shows, `#N/A`.
  public var description: String { text }
}

/// The formula of a cell.
public struct Formula: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// The text without the leading `=`, in English, references relative to the cell. The prefixes with which files store
  /// newer functions (`_xlfn.`) are put in front when it is written, and taken off when it is read.
  public var text: String
  /// For an array formula the range it fills; `nil` for an ordinary one.
  public var arrayRange: CellRange?
  /// Whether the result spills over as many cells as it has values (Excel 365). ``arrayRange`` is then what it filled when it
  /// was last calculated, or `nil`.
  public var isDynamic: Bool

  /// A formula, which spills if it calls a function that gives arrays, such as `FILTER`, `SORT` or `LET`.
  ///
  /// - Parameters:
  ///   - text: The formula; a leading `=` is dropped.
  ///   - arrayRange: The cells that an array formula fills.
  public init(_ text: String, arrayRange: CellRange? = nil) {
    let bare = text.hasPrefix("=") ? String(text.dropFirst()) : text
    self.init(
      bare, arrayRange: arrayRange, isDynamic: arrayRange == nil && FormulaPrefixes.givesArray(bare))
  }

  /// A formula whose result spills over as many cells as it has values, whatever functions it calls: `A1:A9*2`.
  ///
  /// - Parameter range: The cells that it fills, if that is known, so that programs show its stored values without calculating
  ///   it; the other cells hold theirs as plain values.
  public static func dynamic(_ text: String, filling range: CellRange? = nil) -> Formula {
    Formula(text.hasPrefix("=") ? String(text.dropFirst()) : text, arrayRange: range, isDynamic: true)
  }

  init(_ text: String, arrayRange: CellRange?, isDynamic: Bool) {
    self.text = text
    self.arrayRange = arrayRange
    self.isDynamic = isDynamic
  }

  /// Whether ranges in it stand for all their values.
  var isArray: Bool { isDynamic || arrayRange != nil }

  /// A formula of its text, with or without `=`.
  public init(stringLiteral value: String) { self.init(value) }
}

extension CellValue {
  /// The number: of a number cell, or the cached number of a formula. Never parsed out of text.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .formula(_, let cached): cached.number
    default: nil
    }
  }

  /// The text: of a text cell (rich text joined), or the cached text of a formula.
  public var text: String? {
    switch self {
    case .text(let text): text
    case .richText(let rich): rich.plainText
    case .formula(_, let cached): cached.text
    default: nil
    }
  }

  /// The truth value: of a logical cell, or the cached one of a formula.
  public var bool: Bool? {
    switch self {
    case .bool(let bool): bool
    case .formula(_, let cached): cached.bool
    default: nil
    }
  }

  /// The error value: of a cell that holds one, or the cached one of a formula.
  public var error: CellError? {
    switch self {
    case .error(let error): error
    case .formula(_, let cached): cached.error
    default: nil
    }
  }

  /// The formula; `nil` for any other cell.
  public var formula: Formula? {
    if case .formula(let formula, _) = self { formula } else { nil }
  }

  /// The value without its formula: what a reader sees in the cell.
  public var result: CellValue {
    if case .formula(_, let cached) = self { cached } else { self }
  }

  /// Whether the cell holds nothing. Empty text is something.
  public var isEmpty: Bool { self == .empty }
}

extension CellValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A text, also one that begins with `=`.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Nothing.
  public init(nilLiteral: ()) { self = .empty }
}
