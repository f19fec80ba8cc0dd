import XLSX

/// A form found in a workbook: where each figure and each line around the table stands.
public struct LocatedForm: Sendable {
  public var form: FormDefinition
  /// The position of the sheet in ``GridBook/grids``.
  public var sheet: Int
  /// For each field found, by its position in ``FormDefinition/fields``, where its figure may stand. Usually one cell;
  /// a range where a heading is merged over several rows or columns; several ranges where two rows or columns claim to
  /// be the same one.
  var places: [Int: [CellRange]]
  public var shape: FormShape
  /// The lines around the table.
  public var head: [FormDefinition.HeadLine.Role: HeadReading]
  /// Where each of them was found.
  let headSources: [FormDefinition.HeadLine.Role: HeadSource]
  /// What stands before the title in its cell, often the unit's name; empty if nothing does.
  public var titleLead = ""
  /// The years in the title's cell and the cell that holds it; none if the title says none.
  var titleYears: [Int] = []
  var titleCell: CellReference?
  /// The row of a list with one line for each unit that the form is; `nil` for a form of its own.
  var line: Int?
  /// The merged cells of the sheet.
  let merges: MergeIndex
  /// The cells behind ``places``.
  let figures: FigurePlaces
  /// The rows and columns of the table.
  let lines: TableLines
  /// Where other forms on the sheet stand.
  let neighbours: [CellRange]
  /// The lines, where the form is a list.
  var list: LocatedList?
  /// The rest of the form on later sheets.
  var continued: [LocatedForm] = []

  init(
    form: FormDefinition, sheet: Int, places: [Int: [CellRange]], shape: FormShape,
    head: [FormDefinition.HeadLine.Role: HeadReading],
    headSources: [FormDefinition.HeadLine.Role: HeadSource], titleLead: String, merges: MergeIndex,
    lines: TableLines, neighbours: [CellRange] = []
  ) {
    self.form = form
    self.sheet = sheet
    self.places = places
    self.shape = shape
    self.head = head
    self.headSources = headSources
    self.titleLead = titleLead
    self.merges = merges
    self.lines = lines
    self.neighbours = neighbours
    figures = FigurePlaces(places, fields: form.fields.count, merges: merges)
  }
}

/// A line around a table, and where it was found.
struct FoundLine {
  var source: HeadSource
  var reading: HeadReading
}

/// Where the value of a line around a table stands.
enum HeadSource: Hashable, Sendable {
  /// Behind a label in the same cell: the first, second … label of the cell.
  case label(CellReference, Int)
  /// In a cell of its own.
  case value(CellReference)
  /// Nowhere; this is where it belongs.
  case place(CellReference)
}
