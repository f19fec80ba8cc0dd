/// A sheet of a workbook, held in memory.
///
/// Cells are read and written by reference. Reading a cell that does not exist gives ``CellValue/empty``:
///
///     sheet["C6"] = 12
///     if sheet["E6"].isEmpty { … }
public final class Worksheet {
  /// Its name, visibility and kind.
  public internal(set) var info: SheetInfo
  var content = SheetContent()
  /// The merged ranges by their places, as of a version of them; made when ``merge(_:)`` asks.
  var mergeIndex: (version: Int, ranges: RangeIndex)?
  let workbook: WorkbookCommon
  /// Rows below the cells that are made while a new workbook is written; of an opened one they are refused.
  package var streamedRows: StreamedRows?
  /// The workbook, as long as somebody keeps it.
  weak var book: Workbook?
  /// Where the sheet came from; `nil` for a sheet that was added.
  var opened: Opened?

  struct Opened {
    var source: WorkbookSource
    /// The sheet's key, which is its position there.
    var position: Int
    /// What the file holds. Swift shares the memory until something is changed.
    var content: SheetContent
  }

  init(info: SheetInfo, workbook: Workbook) {
    self.info = info
    self.workbook = workbook.common
    book = workbook
  }

  /// The name on its tab.
  public var name: String { info.name }

  /// The value of a cell.
  ///
  /// - Complexity: O(log n) to read, and to write in ascending order.
  public subscript(reference: CellReference) -> CellValue {
    get { content.cells[reference]?.value ?? .empty }
    set { content.cells.update(reference, inheriting: content.columns) { $0.value = newValue } }
  }

  /// The smallest range that holds every cell; `nil` for an empty sheet.
  public var usedRange: CellRange? { content.cells.usedRange }

  /// The merged ranges.
  public var mergedRanges: [CellRange] { content.merges }
}
