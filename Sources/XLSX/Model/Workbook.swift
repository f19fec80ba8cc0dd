/// A workbook: opened from a file, or new.
///
/// Opening parses the workbook part only. A sheet is parsed when it is first asked for; its rows can also be streamed
/// without ever holding the sheet in memory:
///
///     let book = try Workbook(contentsOf: url)
///     let total = try book.sheet(named: "Sheet1")["E6"].number
///
///     let rows = try book.rows(inSheet: "Sheet1")
///     while let row = try rows.next() { … }
///
/// An opened workbook is changed in place. What is saved is the file with the changes and nothing else
/// (``save(to:)`` says what can change):
///
///     let sheet = try book.sheet(named: "Sheet1")
///     sheet["E6"] = 15
///     sheet.setComment("合计应为15", at: "E6")
///     try book.save(to: url)
///
/// A new workbook is filled and saved:
///
///     let report = Workbook()
///     let sheet = try report.addSheet(named: "汇总")
///     sheet["B2"] = .formula("SUM(B3:B18)", cached: 620)
///     try report.save(to: url)
///
/// A workbook is not thread-safe; use each one from one task at a time.
public final class Workbook {
  /// The sheets in their order, with what is known without parsing them.
  public internal(set) var sheets: [SheetInfo] = [] {
    didSet {
      while keys.count < sheets.count {
        keys.append(nextKey)
        nextKey += 1
      }
    }
  }
  /// What tells the sheets apart, whatever their names and places become; of those that a file holds, their position in it.
  var keys: [Int] = []
  private var nextKey = 0
  /// Which day serial 1 is.
  public var dateSystem: DateSystem {
    get { common.dateSystem }
    set { common.dateSystem = newValue }
  }
  /// The names for cells, ranges and formulas; what a sheet's print set-up and filter are stored as is not among them.
  public var definedNames: [DefinedName] = []
  /// Who wrote the workbook and what it is about; read from the file when first asked for.
  public var properties: DocumentProperties {
    get {
      if let knownProperties { return knownProperties }
      let properties = source.map { PropertiesReader.read($0) } ?? DocumentProperties()
      knownProperties = properties
      return properties
    }
    set {
      if source != nil && newValue != properties { arePropertiesChanged = true }
      knownProperties = newValue
    }
  }
  private(set) var arePropertiesChanged = false
  /// What guards the list of sheets; `nil` for nothing.
  public var protection: WorkbookProtection?

  /// Whether a table's column gets the name that is written into its header cell, when an opened workbook is saved. Excel
  /// demands that both agree and repairs a file in which they do not; without it, the tables' parts stay byte for byte, and
  /// ``tableHeaderMismatches`` says what no longer agrees.
  public var renamesTableColumns = true
  /// The table headers that read otherwise than their column after the last save; always none while
  /// ``renamesTableColumns`` is set.
  public internal(set) var tableHeaderMismatches: [TableHeaderMismatch] = []

  /// The key of the sheet that the workbook is to open on; `nil` leaves it at what the file says, or the first that shows.
  var activeKey: Int?
  /// The new values of cells whose sheets have not been parsed, by the sheets' keys.
  var unloadedCells: [Int: SheetContent] = [:]
  /// The sheets that have been parsed or added, by key.
  var loadedSheets: [Int: Worksheet] = [:]
  /// The cell formats: a style for every index that a cell can name.
  var styles: StyleTable {
    _read { yield common.styles }
    _modify { yield &common.styles }
  }
  let common = WorkbookCommon()

  /// The changes since the workbook was opened that whatever refers to cells follows, in order.
  var structure: [StructureChange] = []
  /// What the workbook part of the file said, to find what was changed; `nil` for a new workbook.
  var opened: Opened?

  struct Opened {
    var definedNames: [DefinedName]
    var dateSystem: DateSystem
    var protection: WorkbookProtection?
    /// By key.
    var visibilities: [Int: SheetInfo.Visibility]
  }

  /// What ``save(to:)`` encrypts the file with; `nil` for a plain file. A workbook that was opened with a password keeps it
  /// until another is set, or `nil`; Excel's own default one, which is no secret, is not kept.
  public var password: String?

  /// The package that the workbook was opened from; `nil` for a new one.
  var source: WorkbookSource?
  /// The sheets of a workbook that was read from another format; `nil` for every other.
  var imported: ImportedBook?
  private var knownProperties: DocumentProperties?
  /// The file it was opened from, as the caller named it, for error messages.
  var file: String?
  /// Whether ``styles`` holds the styles of ``source``.
  var areStylesLoaded = false

  /// A workbook without sheets. It needs one before it can be saved.
  public init() {}
}

/// What a workbook and its sheets both need. A sheet holds it by itself, and so is whole even if only the sheet is kept:
///
///     let sheet = try Workbook(contentsOf: url).sheet(at: 0)
final class WorkbookCommon {
  var styles = StyleTable()
  var dateSystem: DateSystem = .excel1900
}
