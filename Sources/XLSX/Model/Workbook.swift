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
  public internal(set) var sheets: [SheetInfo] = []
  /// Which day serial 1 is.
  public var dateSystem: DateSystem {
    get { common.dateSystem }
    set { common.dateSystem = newValue }
  }
  public var definedNames: [DefinedName] = []
  /// Who wrote the workbook and what it is about; read from the file when first asked for.
  public var properties: DocumentProperties {
    get {
      if let knownProperties { return knownProperties }
      let properties = source.map { PropertiesReader.read($0) } ?? DocumentProperties()
      knownProperties = properties
      return properties
    }
    set { knownProperties = newValue }
  }
  public var protection: WorkbookProtection?

  /// The sheets that have been parsed or added, by position in ``sheets``.
  var loadedSheets: [Int: Worksheet] = [:]
  /// The cell formats: a style for every index that a cell can name.
  var styles: StyleTable {
    _read { yield common.styles }
    _modify { yield &common.styles }
  }
  let common = WorkbookCommon()

  /// The package that the workbook was opened from; `nil` for a new one.
  var source: WorkbookSource?
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
