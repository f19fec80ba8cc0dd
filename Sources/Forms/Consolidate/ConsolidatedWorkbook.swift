import Foundation
import XLSX

/// A consolidated workbook that this program wrote, read again: as last year's figures, or as one part of a larger
/// consolidation.
///
/// It is known by its sheets: a `来源`, and a `…分单位` whose headings are those of a form. Forms are told by their
/// headings, not by their labels, which may change from one year's notice to the next.
public struct ConsolidatedWorkbook: Sendable {
  /// One unit's line on a sheet `…分单位`.
  public struct Line: Sendable {
    /// As written.
    public var unitName: String
    /// The campaign's unit of that name; `nil` if it has none.
    public var unit: ReportingUnit?
    /// Every field of the form, in its order.
    public var readings: [Reading]
    /// Where the figures came from in the first place, as the sheet `来源` has it.
    public var origins: [FieldKey: FigureOrigin]
    /// Who filled the form in and when, as the sheet `报送情况` has it.
    public var head = DeliveryGrid.Head()

    /// Whether there is any figure: a unit that had not reported has a line too.
    public var isReported: Bool { readings.contains { $0.state != .blank && $0.state != .missing } }
  }

  public struct Form: Sendable {
    public var form: FormDefinition
    public var sheet: String
    public var lines: [Line]
    /// What stands in the row of totals below the lines.
    public var totals: [FieldKey: Decimal]
  }

  /// As shown to people.
  public var file: String
  public var forms: [Form]

  /// Reads a workbook.
  ///
  /// - Returns: `nil` if it is no consolidated workbook, or one whose forms the campaign does not know.
  public init?(_ book: GridBook, file: String, campaign: Campaign) {
    let plan = campaign.workbookPlan
    // As the campaign names its sheets, or as they are usually named: last year's campaign may have had other names.
    func grid(_ content: WorkbookPlan.Content, usually name: String) -> Grid? {
      book.grids.first { $0.name == plan.name(of: content) } ?? book.grids.first { $0.name == name }
    }
    guard let origins = grid(.provenance, usually: SheetNames.provenance) else { return nil }
    let index = Self.origins(in: origins)
    let delivery = grid(.delivery, usually: SheetNames.delivery).flatMap(DeliveryGrid.init)
    var forms: [Form] = []
    for grid in book.grids {
      let planned = campaign.forms.first { plan.name(of: .units(form: $0.id)) == grid.name }
      let usual =
        grid.name.hasSuffix(SheetNames.unitsSuffix)
        ? String(grid.name.dropLast(SheetNames.unitsSuffix.count)) : nil
      guard let label = planned?.label ?? usual else { continue }
      let readings = campaign.forms.compactMap { UnitGrid(grid, form: $0) }
      guard let best = readings.max(by: { $0.columns.count < $1.columns.count }) else { continue }
      var lines = best.lines(campaign: campaign, label: label, origins: index)
      for line in lines.indices {
        lines[line].head = delivery?.head(ofUnit: lines[line].unitName, form: label) ?? .init()
      }
      forms.append(
        Form(form: best.form, sheet: grid.name, lines: lines, totals: best.totals(below: lines)))
    }
    guard !forms.isEmpty else { return nil }
    self.file = file
    self.forms = forms
  }

  /// The figures by unit and form, for the rules that look at the year before.
  public var previousFigures: [(form: String, unit: String, figures: [FieldKey: Decimal])] {
    forms.flatMap { form in
      form.lines.compactMap { line in
        var inputs: [FieldKey: Decimal] = [:]
        for reading in line.readings where form.form.field(reading.field)?.isInput == true {
          if let figure = reading.figure { inputs[reading.field] = figure }
        }
        guard let unit = line.unit, !inputs.isEmpty else { return nil }
        return (form.form.id, unit.code, inputs)
      }
    }
  }

  struct OriginKey: Hashable {
    var label: String
    var unit: String
    var field: String
  }

  /// The lines of the sheet `来源`, found by its headings.
  private static func origins(in grid: Grid) -> [OriginKey: FigureOrigin] {
    let wanted = ["表", "单位", "指标", "文件", "工作表", "单元格", "原文"]
    guard
      let headingRow = (1...20).first(where: { row in
        let words = Set(grid.words(inRow: row).values)
        return wanted.allSatisfy(words.contains)
      })
    else { return [:] }
    var columns: [String: Int] = [:]
    for (column, word) in grid.words(inRow: headingRow) { columns[word] = column }
    let used = Set(columns.values)
    var rows: [Int: [Int: String]] = [:]
    for (reference, cell) in grid.cells where reference.row > headingRow && used.contains(reference.column) {
      rows[reference.row, default: [:]][reference.column] = cell.value.words
    }
    var origins: [OriginKey: FigureOrigin] = [:]
    for row in rows.values {
      func word(_ heading: String) -> String { columns[heading].flatMap { row[$0] } ?? "" }
      guard !word("指标").isEmpty, !word("文件").isEmpty else { continue }
      origins[OriginKey(label: word("表"), unit: word("单位"), field: word("指标"))] = FigureOrigin(
        file: word("文件"), sheet: word("工作表"), cell: CellReference(word("单元格")), raw: word("原文"))
    }
    return origins
  }
}

extension Grid {
  /// The texts of a row by column.
  ///
  /// - Complexity: O(columns of the first 256)
  func words(inRow row: Int) -> [Int: String] {
    var words: [Int: String] = [:]
    for column in 1...256 {
      guard let cell = cells[CellReference(row: row, column: column)] else { continue }
      words[column] = cell.value.words
    }
    return words
  }
}

extension GridValue {
  /// The content as text; a number with all its digits.
  var words: String {
    switch self {
    case .blank: ""
    case .number(let number): number.plainText
    case .text(let text): text
    case .bool(let bool): bool ? "TRUE" : "FALSE"
    case .error(let error): error
    }
  }
}
