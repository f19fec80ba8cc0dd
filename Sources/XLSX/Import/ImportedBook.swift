/// A workbook that was read whole from another format than .xlsx: what its readers fill and ``Workbook`` takes over.
package final class ImportedBook {
  struct Sheet {
    var info: SheetInfo
    var content: ImportedSheet
  }

  var sheets: [Sheet] = []
  /// Texts that cells refer to by index, each stored once however many cells have it.
  let strings = SharedStrings()
  /// The cell formats, in the order in which the file counts them.
  var styles: [Style] = []
  var dateSystem = DateSystem.excel1900
  /// When the file says that it was last saved, ISO 8601.
  package var modified: String?
  let budget: ImportBudget

  /// - Parameter sheetLimit: How many cells of a sheet are wanted; all of them if `nil`.
  package init(limits: Limits = .default, sheetLimit: Int? = nil) {
    budget = ImportBudget(limits: limits, sheetLimit: sheetLimit)
  }

  /// Begins a sheet.
  package func addSheet(named name: String, visibility: SheetInfo.Visibility = .visible) throws
    -> ImportedSheet
  {
    // Every sheet costs something, and damaged files list a million.
    try budget.charge(1 << 12)
    let content = ImportedSheet(budget: budget)
    sheets.append(
      Sheet(info: SheetInfo(name: name, visibility: visibility, kind: .worksheet), content: content))
    return content
  }

  /// Adds a text that cells can share.
  ///
  /// - Returns: Its index.
  func addText(_ text: RichText) throws -> Int {
    try budget.charge(
      text.runs.reduce(MemoryLayout<UInt32>.stride) { $0 + $1.text.utf8.count + ($1.font == nil ? 0 : 128) })
    strings.append(text)
    return strings.count - 1
  }
}

extension SheetInfo.Visibility {
  /// How binary workbooks say it: 0, 1 and 2.
  init(binary state: Int) {
    self = state == 1 ? .hidden : state == 2 ? .veryHidden : .visible
  }
}
