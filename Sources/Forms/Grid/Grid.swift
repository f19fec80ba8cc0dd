import Foundation
import XLSX

/// A sheet as the forms see it, whatever format it came in: the cells with something in them, and what surrounds them.
public struct Grid: Sendable {
  public var name: String
  public var isHidden: Bool
  public var cells: GridCells
  public var merges: [CellRange]
  public var hiddenRows: Set<Int>
  public var hiddenColumns: Set<Int>
  /// What floats over the cells.
  public var textBoxes: [FloatingText] = []
  /// Where the tables of a document that flows were laid out; empty for a sheet.
  public var tables: [CellRange] = []
  /// The last row that was read of a sheet with more cells than are kept; `nil` where all of it was.
  public var cutBelow: Int?

  public init(
    name: String, isHidden: Bool = false, cells: GridCells = [:], merges: [CellRange] = [],
    hiddenRows: Set<Int> = [], hiddenColumns: Set<Int> = []
  ) {
    self.name = name
    self.isHidden = isHidden
    self.cells = cells
    self.merges = merges
    self.hiddenRows = hiddenRows
    self.hiddenColumns = hiddenColumns
  }
}

/// A text box over a sheet.
public struct FloatingText: Hashable, Sendable {
  public var text: String
  /// The cells that it lies over, as far as the file says.
  public var cells: CellRange?

  public init(_ text: String, over cells: CellRange? = nil) {
    self.text = text
    self.cells = cells
  }
}

/// A cell of a ``Grid``.
public struct GridCell: Hashable, Sendable {
  /// What the file holds: the stored value, or for a formula the cached result.
  public var value: GridValue
  /// Whether the number format shows a date.
  public var isDate: Bool
  /// What most cells have nothing of: a sheet may hold a million cells.
  private var rare: Rare?

  /// Without the leading `=`.
  public var formula: String? {
    get { rare?.formula }
    set { change(\.formula, to: newValue) }
  }
  /// What the program computed for the formula itself; `nil` without a formula.
  public var computed: Computed? {
    get { rare?.computed }
    set { change(\.computed, to: newValue) }
  }
  public var comment: String? {
    get { rare?.comment }
    set { change(\.comment, to: newValue) }
  }
  /// A number as somebody typed it in a document, where a day or a text may be more than the number: 9.1, 1.50. Figures do
  /// without it.
  public var written: String? {
    get { rare?.written }
    set { change(\.written, to: newValue) }
  }
  /// How the cell looks where a person sees something else than the value.
  public var appearance: CellAppearance? {
    get { rare?.appearance }
    set { change(\.appearance, to: newValue) }
  }

  /// Never changed while two cells share it.
  private final class Rare: Hashable, @unchecked Sendable {
    var formula: String?
    var computed: Computed?
    var comment: String?
    var appearance: CellAppearance?
    var written: String?

    init(
      formula: String? = nil, computed: Computed? = nil, comment: String? = nil,
      appearance: CellAppearance? = nil, written: String? = nil
    ) {
      self.formula = formula
      self.computed = computed
      self.comment = comment
      self.appearance = appearance
      self.written = written
    }

    var isEmpty: Bool {
      formula == nil && computed == nil && comment == nil && appearance == nil && written == nil
    }

    static func == (a: Rare, b: Rare) -> Bool {
      a.formula == b.formula && a.computed == b.computed && a.comment == b.comment
        && a.appearance == b.appearance && a.written == b.written
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(formula)
      hasher.combine(computed)
      hasher.combine(comment)
      hasher.combine(appearance)
      hasher.combine(written)
    }
  }

  private mutating func change<Value: Equatable>(
    _ part: ReferenceWritableKeyPath<Rare, Value?>, to value: Value?
  ) {
    guard let old = rare else {
      guard value != nil else { return }
      let made = Rare()
      made[keyPath: part] = value
      rare = made
      return
    }
    let made = Rare(
      formula: old.formula, computed: old.computed, comment: old.comment, appearance: old.appearance,
      written: old.written)
    made[keyPath: part] = value
    // Cells that say the same are equal, however they came to it.
    rare = made.isEmpty ? nil : made
  }

  public enum Computed: Hashable, Sendable {
    case value(GridValue)
    /// Why it could not be evaluated; the cached value counts then.
    case failed(String)
  }

  public init(
    _ value: GridValue, formula: String? = nil, computed: Computed? = nil, isDate: Bool = false,
    comment: String? = nil, appearance: CellAppearance? = nil
  ) {
    self.value = value
    self.isDate = isDate
    let appearance = appearance ?? (CellPicture.isPicture(value, formula: formula) ? .blank : nil)
    if formula != nil || computed != nil || comment != nil || appearance != nil {
      rare = Rare(formula: formula, computed: computed, comment: comment, appearance: appearance)
    }
  }
}

public enum GridValue: Hashable, Sendable {
  case blank
  /// The exact decimal of the shortest text that stands for the stored number: 0.57, not 0.56999999999999995.
  case number(Decimal)
  case text(String)
  case bool(Bool)
  /// `#REF!`
  case error(String)
}

/// A workbook as the forms see it.
public struct GridBook: Sendable {
  public var format: FileFormat
  public var grids: [Grid]
  /// Hidden names that a form written by this program carries: name → sheet and range.
  public var markers: [Marker]
  /// When the package says it was last saved, ISO 8601.
  public var modified: String?
  /// Whether it is a report that this program has written, whose figures are sums.
  public var isReport = false
  /// The sheets `来源` of a consolidated workbook, by name: their lines are read as they come, and only what stands above
  /// them is among ``grids``. They are most of the workbook.
  var sources: [String: SourceGrid] = [:]

  public struct Marker: Hashable, Sendable {
    public var name: String
    public var sheet: String
    public var range: CellRange

    public init(name: String, sheet: String, range: CellRange) {
      self.name = name
      self.sheet = sheet
      self.range = range
    }
  }

  public init(format: FileFormat, grids: [Grid], markers: [Marker] = [], modified: String? = nil) {
    self.format = format
    self.grids = grids
    self.markers = markers
    self.modified = modified
  }
}

extension GridBook {
  /// Bytes of text, each cell's counted.
  var textSize: Int {
    grids.reduce(0) { sum, grid in
      grid.cells.values.reduce(sum) { sum, cell in
        if case .text(let text) = cell.value { sum + text.utf8.count } else { sum }
      }
    }
  }
}

/// What a file is, by its bytes. The raw values are the `format` of the JSON.
public enum FileFormat: String, Hashable, Sendable, Codable, CaseIterable {
  case xlsx, xlsm, xltx, xlsb, xls, docx, doc, ods, html, csv, zip, rar, tar, pdf, image, encrypted, empty,
    unknown
  case sevenZip = "7z"
  /// XML Spreadsheet 2003.
  case xml2003 = "xml"
  /// What no table is read from, named for what it is.
  case rtf, ofd, numbers, pages, keynote, pptx, ppt, odt, odp, odg, epub, xps, visio, mail, mbox, video,
    audio,
    program,
    package
}
