/// A link from a cell to somewhere (ECMA-376 Part 1, 18.3.1.47).
public struct Hyperlink: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    /// A web address, mail address or file.
    case external(String)
    /// A place in this workbook: `'附件2分单位'!C5`, or a defined name.
    case location(String)
  }

  public var target: Target
  public var tooltip: String?

  public init(_ target: Target, tooltip: String? = nil) {
    self.target = target
    self.tooltip = tooltip
  }
}

/// A comment (since Excel 365: a note) on a cell.
public struct CellComment: Hashable, Sendable {
  public var author: String
  public var text: RichText
  public var isVisible: Bool

  public init(_ text: String, author: String = "", isVisible: Bool = false) {
    self.init(RichText([.init(text)]), author: author, isVisible: isVisible)
  }

  public init(_ text: RichText, author: String = "", isVisible: Bool = false) {
    self.text = text
    self.author = author
    self.isVisible = isVisible
  }
}

/// A name for a range or a formula (ECMA-376 Part 1, 18.2.5).
public struct DefinedName: Hashable, Sendable {
  public var name: String
  /// What it stands for: `'附件2'!$C$6`, without a leading `=`.
  public var formula: String
  /// The sheet it belongs to; `nil` for the whole workbook.
  public var sheet: String?
  public var isHidden: Bool

  public init(_ name: String, formula: String, sheet: String? = nil, hidden: Bool = false) {
    self.name = name
    self.formula = formula
    self.sheet = sheet
    isHidden = hidden
  }
}
