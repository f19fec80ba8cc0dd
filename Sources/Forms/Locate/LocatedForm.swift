import XLSX

/// A form found in a workbook: where each figure and each line around the table stands.
public struct LocatedForm: Sendable {
  /// What sheets with the same words in the same places have in common: held once for all of them.
  private final class Layout: Sendable {
    let form: FormDefinition
    let headSources: [FormDefinition.HeadLine.Role: HeadSource]
    let merges: MergeIndex
    let figures: FigurePlaces
    let lines: TableLines
    let neighbours: [CellRange]

    init(
      form: FormDefinition, headSources: [FormDefinition.HeadLine.Role: HeadSource], merges: MergeIndex,
      figures: FigurePlaces, lines: TableLines, neighbours: [CellRange]
    ) {
      self.form = form
      self.headSources = headSources
      self.merges = merges
      self.figures = figures
      self.lines = lines
      self.neighbours = neighbours
    }
  }

  private let layout: Layout
  public var form: FormDefinition { layout.form }
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
  var headSources: [FormDefinition.HeadLine.Role: HeadSource] { layout.headSources }
  /// What stands before the title in its cell, often the unit's name; empty if nothing does.
  public var titleLead = ""
  /// The years in the title's cell and the cell that holds it; none if the title says none.
  var titleYears: [Int] = []
  var titleCell: CellReference?
  /// The row of a list with one line for each unit that the form is; `nil` for a form of its own.
  var line: Int?
  /// The merged cells of the sheet.
  var merges: MergeIndex { layout.merges }
  /// The cells behind ``places``.
  var figures: FigurePlaces { layout.figures }
  /// The rows and columns of the table.
  var lines: TableLines { layout.lines }
  /// Where other forms on the sheet stand.
  var neighbours: [CellRange] { layout.neighbours }
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
    layout = Layout(
      form: form, headSources: headSources, merges: merges,
      figures: FigurePlaces(places, fields: form.fields.count, merges: merges), lines: lines,
      neighbours: neighbours)
    self.sheet = sheet
    self.places = places
    self.shape = shape
    self.head = head
    self.titleLead = titleLead
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
