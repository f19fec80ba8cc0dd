/// Words on a sheet that say what does not belong to a form: another year's figures, a plan, a sample, remarks.
///
/// All of it is data: `Templates/words.yaml` and a campaign's `words:`.
public struct TableWords: Hashable, Sendable {
  /// The lists, by their key in the file.
  public enum List: String, Hashable, Sendable, CaseIterable {
    /// Over a group of rows or columns: these are the figures asked for.
    case ours
    /// The same, where no other group says so more clearly.
    case period
    /// Over the one column of figures of a list of headings.
    case figures
    /// Of another time or kind.
    case others
    /// Sheets that show how a form is filled in.
    case samples
    /// Headings of what is no figure.
    case remarks
    /// At the front of a heading: its figures are part of those under the heading before it.
    case parts
    /// In a heading: its figures may be below zero.
    case signed
    /// The heading of a column with the name of one person on each line.
    case persons
    /// Surnames of one character.
    case familyNames
    /// Surnames of two characters.
    case surnames
    /// In a line of a list: what the line above says.
    case ditto
    /// In the title of a table that continues another.
    case continued
  }

  /// As written.
  public var lists: [List: [String]]

  public init(_ lists: [List: [String]] = [:]) { self.lists = lists }

  subscript(list: List) -> [String] { lists[list] ?? [] }
}
