/// A link from a cell to somewhere (ECMA-376 Part 1, 18.3.1.47).
public struct Hyperlink: Hashable, Sendable {
  /// Where a link leads.
  public enum Target: Hashable, Sendable {
    /// A web address, mail address or file.
    case external(String)
    /// A place in this workbook: `'附件2分单位'!C5`, or a defined name.
    case location(String)
  }

  /// Where it leads.
  public var target: Target
  /// What shows when the pointer rests on the cell, up to 255 characters.
  public var tooltip: String?

  /// A link to an address or a place.
  public init(_ target: Target, tooltip: String? = nil) {
    self.target = target
    self.tooltip = tooltip
  }
}

/// A comment (since Excel 365: a note) on a cell.
public struct CellComment: Hashable, Sendable {
  /// Who wrote it; may be empty.
  public var author: String
  /// What it says, its parts with fonts of their own.
  public var text: RichText
  /// Whether its box shows all the time, and not only under the pointer.
  public var isVisible: Bool

  /// A comment in Excel's own font.
  public init(_ text: String, author: String = "", isVisible: Bool = false) {
    self.init(RichText([.init(text)]), author: author, isVisible: isVisible)
  }

  /// A comment whose parts have fonts of their own.
  public init(_ text: RichText, author: String = "", isVisible: Bool = false) {
    self.text = text
    self.author = author
    self.isVisible = isVisible
  }
}

/// A name for a range or a formula (ECMA-376 Part 1, 18.2.5).
public struct DefinedName: Hashable, Sendable {
  /// The name, compared without regard to case.
  public var name: String
  /// What it stands for: `'附件2'!$C$6`, without a leading `=`.
  public var formula: String
  /// The sheet it belongs to; `nil` for the whole workbook.
  public var sheet: String?
  /// Whether programs leave it out of their list of names.
  public var isHidden: Bool

  /// A name of the workbook, or of one sheet.
  public init(_ name: String, formula: String, sheet: String? = nil, hidden: Bool = false) {
    self.name = name
    self.formula = formula
    self.sheet = sheet
    isHidden = hidden
  }
}
