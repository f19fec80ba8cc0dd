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
    /// The offices between the workbook's own and the unit, from the top, as written (`隶属`).
    public var path: [String] = []
    /// Whether the line counts among the units that owe the form; one marked 另 does not.
    public var isOwing = true
    /// The unit of that name: the campaign's, or one that only this workbook names (``below``); `nil` if nobody can tell.
    public var unit: ReportingUnit?
    /// Every field of the form, in its order.
    public var readings: [Reading]
    /// Where the figures came from in the first place, as the sheet `来源` has it.
    public var origins: [FieldKey: FigureOrigin]
    /// Who filled the form in and when, as the sheet `报送情况` has it.
    public var head = DeliveryGrid.Head()
    /// What its workbook listed as an error of this unit's form.
    var openErrors: [OpenErrorGrid.OpenError] = []
    /// The cell with the unit's name.
    var cell: CellReference

    /// Whether there is any figure: a unit that had not reported has a line too.
    public var isReported: Bool { readings.contains { $0.state != .blank && $0.state != .missing } }
  }

  public struct Form: Sendable {
    public var form: FormDefinition
    public var sheet: String
    public var lines: [Line]
    /// What stands in the row of totals below the lines.
    public var totals: [FieldKey: Decimal]
    /// The label that the sheets carry: `附件2`.
    var label: String
    /// The sheet in the form's own layout (`附件2汇总`), and what stands there.
    var summary: (sheet: String, figures: [FieldKey: Decimal])?
  }

  /// As shown to people.
  public var file: String
  public var forms: [Form]
  public var lists: [List] = []
  /// The office that made it; `nil` if it does not say.
  public var office: String?
  /// Units that the campaign does not list and whose office it does.
  public var below: [UnitBelow] = []
  /// When it was made: as the package says, else as the sheet in the form's layout does; ISO 8601.
  var modified: String?
  let isOfUnknownOffice: Bool
  let sources: SourceGrid

  /// Reads a workbook.
  ///
  /// - Parameters:
  ///   - register: The campaign's units, if they are prepared already.
  ///   - plan: The campaign's ``Campaign/workbookPlan``, if it is at hand: most files that are asked about are none.
  /// - Returns: `nil` if it is no consolidated workbook, or one whose forms the campaign does not know.
  public init?(
    _ book: GridBook, file: String, campaign: Campaign, register: UnitRegister? = nil,
    plan: WorkbookPlan? = nil
  ) {
    let plan = plan ?? campaign.workbookPlan
    func grid(_ content: WorkbookPlan.Content, usually name: String) -> Grid? {
      Self.grid(content, usually: name, of: book, plan: plan)
    }
    guard let provenance = grid(.provenance, usually: SheetNames.provenance) else { return nil }
    let sources = book.sources[provenance.name] ?? SourceGrid(provenance)
    let delivery = grid(.delivery, usually: SheetNames.delivery).flatMap(DeliveryGrid.init)
    let listed = grid(.findings, usually: SheetNames.findings).flatMap(OpenErrorGrid.init)
    let summaries = SummaryGrids(book, campaign: campaign)
    let written = summaries.office
    let register = register ?? UnitRegister(campaign)
    var units = RollUpUnits(campaign, register: register)
    let office = units.office(written, file: file)
    var forms: [Form] = []
    for grid in book.grids {
      let planned = campaign.forms.first { plan.name(of: .units(form: $0.id)) == grid.name }
      let usual =
        grid.name.hasSuffix(SheetNames.unitsSuffix)
        ? String(grid.name.dropLast(SheetNames.unitsSuffix.count)) : nil
      guard let label = planned?.label ?? usual else { continue }
      let readings = campaign.forms.compactMap { UnitGrid(grid, form: $0) }
      guard let best = readings.max(by: { $0.columns.count < $1.columns.count }) else { continue }
      var (lines, totals) = best.lines()
      for index in lines.indices {
        let name = lines[index].unitName
        lines[index].openErrors = listed?.errors(label: label, unit: name) ?? []
        lines[index].head = delivery?.head(ofUnit: name, form: label) ?? .init()
        lines[index].origins = sources.origins(
          label: label, unit: name, fields: best.form.fields, readings: lines[index].readings)
        lines[index].unit = units.unit(
          name, path: lines[index].path, office: office, owes: lines[index].isOwing ? best.form.id : nil)
      }
      forms.append(
        Form(
          form: best.form, sheet: grid.name, lines: lines, totals: totals, label: label,
          summary: summaries[best.form.id]))
    }
    var lists: [List] = []
    for sheets in ListSheets.all(in: book, campaign: campaign, plan: plan) {
      lists.append(
        Self.list(sheets, delivery: delivery, listed: listed, office: office, units: &units))
    }
    guard !forms.isEmpty || !lists.isEmpty else { return nil }
    self.file = file
    self.forms = forms
    self.lists = lists
    self.office = written ?? { if case .unit(let unit) = office { unit.name } else { nil } }()
    self.sources = sources
    isOfUnknownOffice = office == .unknown
    modified = book.modified ?? summaries.madeOn?.description
    below = units.below
  }

  /// Whether a workbook has the sheet that only consolidated ones have; asked of every file that comes in.
  static func mayBe(_ book: GridBook, plan: WorkbookPlan) -> Bool {
    grid(.provenance, usually: SheetNames.provenance, of: book, plan: plan) != nil
  }

  /// A sheet as the campaign names it, or as it is usually named: last year's campaign may have had other names.
  private static func grid(
    _ content: WorkbookPlan.Content, usually name: String, of book: GridBook, plan: WorkbookPlan
  ) -> Grid? {
    book.grids.first { $0.name == plan.name(of: content) } ?? book.grids.first { $0.name == name }
  }

  /// Whom the sheet 报送情况 names for each unit, by code: of several forms the first that gives a phone.
  public var contacts: [String: Contact] {
    var contacts: [String: Contact] = [:]
    let heads =
      forms.flatMap(\.lines).map { ($0.unit, $0.head) } + lists.flatMap(\.units).map { ($0.unit, $0.head) }
    for (unit, head) in heads {
      guard let unit else { continue }
      let contact = Contact(name: head.filledBy, phone: head.phone)
      contacts[unit.code] = contacts[unit.code]?.completed(by: contact) ?? contact
    }
    return contacts
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
    } + previousSums
  }

  /// The sums of lists: those of their columns, and the number of lines. What stands under two names of a unit is added up.
  private var previousSums: [(form: String, unit: String, figures: [FieldKey: Decimal])] {
    lists.flatMap { list -> [(form: String, unit: String, figures: [FieldKey: Decimal])] in
      var byUnit: [String: [FieldKey: Decimal]] = [:]
      for unit in list.units {
        guard let code = unit.unit?.code, let rules = list.form.list, !unit.content.lines.isEmpty else {
          continue
        }
        let sums = ListSums(unit.content.lines, list: rules, form: list.form)
        var figures = sums.inputs
        figures[ListRules.countKey] = Decimal(sums.rows)
        byUnit[code, default: [:]].merge(figures, uniquingKeysWith: +)
      }
      return byUnit.sorted { $0.key < $1.key }.map { (list.form.id, $0.key, $0.value) }
    }
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
