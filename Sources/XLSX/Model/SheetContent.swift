/// Everything a worksheet holds, in memory: filled by the reader for an opened sheet, by the caller for a new one.
struct SheetContent: Sendable {
  var cells = CellStore()
  /// Column settings by run of columns, in order, without overlap.
  var columns: [(range: ClosedRange<Int>, settings: ColumnSettings)] = []
  var merges: [CellRange] = [] { didSet { mergesVersion &+= 1 } }
  /// Another number whenever ``merges`` has changed.
  private(set) var mergesVersion = 0
  var defaultRowHeight: Double?
  var defaultColumnWidth: Double?
  var hyperlinks: [CellReference: Hyperlink] = [:]
  var comments: [CellReference: CellComment] = [:]
  /// Conversations; each has its comment in ``comments`` as well.
  var threads: [CellReference: CommentThread] = [:]
  var validations: [DataValidation] = []
  var conditionalFormats: [ConditionalFormat] = []
  var protection: SheetProtection?
  var view = SheetView()
  var autoFilter: CellRange?
  /// The ranges, heading included, in which filters of the sheet or of a table hide rows; only read.
  var activeFilters: [CellRange] = []
  var pageSetup = PageSetup()
  var tabColor: Color?
  var tables: [Table] = []
  var pictures: [Picture] = []
  var charts: [Chart] = []
  var sparklines: [SparklineGroup] = []
  var pivotTables: [PivotTable] = []
  /// What pivot tables that were added show, by their names.
  var pivotSnapshots: [String: PivotSnapshot] = [:]
}
