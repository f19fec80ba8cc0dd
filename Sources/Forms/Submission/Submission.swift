import Foundation
import XLSX

/// One filled-in form as it was found in a file: what the unit reported, and where each figure stands.
public struct Submission: Sendable, Codable {
  /// The file as shown to people: `收件/全部.zip!/沁阳.xlsx`.
  public var file: String
  public var sheet: String
  /// ``FormDefinition/id``
  public var form: String
  /// The unit's full name; `nil` if it could not be told.
  public var unit: ReportingUnit?
  /// How ``unit`` was found.
  public var unitSource: UnitSource = .none
  /// The names of the units that an unknown 填报单位 comes nearest to, if they have been looked for.
  var nearestUnits: [String]?
  /// 填报单位 as written; `nil` if blank.
  public var unitAsWritten: String?
  public var filledOn: CalendarDate?
  public var filledBy: String?
  public var phone: String?
  /// The lines around the table, by role, as read.
  public var head: [FormDefinition.HeadLine.Role: HeadReading] {
    _read {
      if packed?.hasOwnHead == false { yield headOfRow(unit: packed?.unitCell) } else { yield plainHead }
    }
    _modify {
      unpack()
      yield &plainHead
    }
  }
  private var plainHead: [FormDefinition.HeadLine.Role: HeadReading] = [:]
  /// Every field of the form, in the form's order, whether or not it was found.
  public var readings: [Reading] {
    _read { if let packed { yield packed.readings } else { yield plainReadings } }
    _modify {
      unpack()
      yield &plainReadings
    }
  }
  private var plainReadings: [Reading] = []
  /// The lines of a list; `nil` for a matrix. A list has no ``readings``.
  public var list: ListContent?
  /// What the locator saw of the form's shape.
  public var shape = FormShape()
  /// When the package says it was last saved, ISO 8601.
  public var modified: String?
  /// The mail in which the file came.
  var letter: MailLetter?
  /// When that mail was received; `nil` for a time that has not come yet.
  var received: MailDate?
  /// The row of a list with one line for each unit that the form is; `nil` for a form of its own.
  public var line: Int?
  /// The years in the form's title, and where they stand.
  var titleYears: [Int] = []
  var titleCell: CellReference?
  /// Whether the file was returned before and comes back corrected.
  public var returned: ReturnStamp?
  /// What follows by arithmetic from the reported figures; never written as if reported.
  public var derived: [FieldKey: Decimal] = [:]
  /// Where figures that came by way of a consolidated workbook were reported in the first place.
  public var origins: [FieldKey: FigureOrigin] {
    _read { if let packed { yield packed.origins } else { yield plainOrigins } }
    _modify {
      unpack()
      yield &plainOrigins
    }
  }
  private var plainOrigins: [FieldKey: FigureOrigin] = [:]
  /// ``readings`` and ``origins`` where they are packed.
  private var packed: PackedFigures?
  /// The office whose consolidated workbook the figures came by, as written there; `nil` for a form of the unit's own.
  public var office: String?
  public var findings: [Finding] = []
  /// Whether another file of the same unit and form replaced this one.
  public var isSuperseded = false

  public enum UnitSource: Hashable, Sendable, Codable {
    case none
    case name, alias, nearMatch
    /// By a name in which one character is wrong, as it is written there (D09).
    case misspelt(String)
    /// 填报单位 is a part of a unit (D10); the unit's name, if it can be told.
    case part(of: String?)
    /// 填报单位 was blank and the file's name says who.
    case fileName
    /// 填报单位 was blank and the mail in which the file came says who: by its subject or its sender.
    case mail
    /// 填报单位 fits several units.
    case ambiguous([String])
  }

  public init(file: String, sheet: String, form: String) {
    self.file = file
    self.sheet = sheet
    self.form = form
  }

  /// The file's name as far as it says whose form it is: without the names of mails, which are mostly subjects.
  var nameOfItsOwn: String { letter?.plainName ?? file }

  /// The day that decides whether the form is late: 填报时间, or the day on which its mail was received if that is later.
  var arrivedOn: CalendarDate? { [filledOn, received?.day].compactMap(\.self).max() }

  /// The reading of a field.
  ///
  /// - Complexity: O(fields)
  public func reading(_ key: FieldKey) -> Reading? { readings.first { $0.field == key } }
  /// Every figure that was reported, in the form's order.
  func forEachFigure(_ body: (FieldKey, Decimal) -> Void) {
    forEachReading { reading, _ in
      if let figure = reading.figure { body(reading.field, figure) }
    }
  }

  /// Every reading with the place where it was reported in the first place, in the form's order.
  func forEachReading(_ body: (Reading, FigureOrigin?) -> Void) {
    if let packed { return packed.forEach(body) }
    for reading in plainReadings { body(reading, plainOrigins[reading.field]) }
  }

  /// Whether any figure is another than the one in the file.
  var hasCorrections: Bool { packed == nil && plainReadings.contains { $0.correction != nil } }

  /// Keeps readings and origins as bytes, if nothing else is to be said of them: they take a tenth of the memory, and are
  /// unpacked whenever somebody asks.
  ///
  /// - Parameter keys: The fields of the readings, for all submissions of a sheet the same array.
  mutating func pack(keys: [FieldKey]) {
    guard packed == nil, var made = PackedFigures(plainReadings, origins: plainOrigins, keys: keys) else {
      return
    }
    let unitCell = plainHead[.unit]?.cell
    if plainHead == headOfRow(unit: unitCell) {
      made.hasOwnHead = false
      made.unitCell = unitCell
      plainHead = [:]
    }
    packed = made
    plainReadings = []
    plainOrigins = [:]
  }

  /// The lines around the table of a form that came as a row of a workbook from below: what the row says.
  ///
  /// - Parameter cell: Where the unit's name stands.
  func headOfRow(unit cell: CellReference?) -> [FormDefinition.HeadLine.Role: HeadReading] {
    [
      .unit: HeadReading(cell: cell, raw: unitAsWritten ?? ""),
      .filledOn: HeadReading(cell: nil, raw: filledOn?.description ?? ""),
      .filledBy: HeadReading(cell: nil, raw: filledBy ?? ""),
      .phone: HeadReading(cell: nil, raw: phone ?? ""),
    ]
  }

  /// Keeps readings and origins as they are asked for.
  mutating func unpack() {
    guard let packed else { return }
    plainReadings = packed.readings
    plainOrigins = packed.origins
    if !packed.hasOwnHead { plainHead = headOfRow(unit: packed.unitCell) }
    self.packed = nil
  }

  /// The reported figure; `nil` where blank or unreadable.
  public func figure(_ key: FieldKey) -> Decimal? { reading(key)?.figure }
}

/// A line around the table as read.
public struct HeadReading: Hashable, Sendable, Codable {
  /// The cell that holds the value, or would.
  public var cell: CellReference?
  /// As written, without the label; empty if blank.
  public var raw: String

  public init(cell: CellReference?, raw: String) {
    self.cell = cell
    self.raw = raw
  }
}

/// One figure as read.
public struct Reading: Hashable, Sendable, Codable {
  public enum State: Hashable, Sendable, Codable {
    case figure(Decimal)
    /// A value of another type.
    case value(FieldValue)
    case blank
    /// Something stands there that is no figure.
    case unreadable
    /// The form has no such row or column (F05).
    case missing
  }

  /// What happened on the way from the cell to the figure.
  public enum Note: Hashable, Sendable, Codable {
    /// Text read as a number (C02).
    case normalised
    /// 约, 余, 多, + (C05).
    case approximate
    /// No number; the figures that it might mean (C01).
    case notANumber(candidates: [Decimal])
    /// A number that is seen as something else, a day or a percentage, and the figures that were perhaps meant (C01).
    case notAFigure(shown: String, candidates: [Decimal])
    /// A number whose format shows it as this (C08).
    case shownAs(String)
    /// What stands in the cell and is no part of the figure (C08).
    case leftOut([LeftOut])
    /// What a field of another type cannot hold (C01, L02, L06).
    case wrong(ValueProblem)
    /// An Excel error (C06).
    case error(String)
    /// One merged cell over several inputs (C07).
    case merged(CellRange)
    /// The stored result differs from what the formula gives (T05).
    case staleFormula(cached: Decimal?, computed: Decimal?)
    /// The formula could not be evaluated; the cached value was taken.
    case notEvaluated(String)
    /// A formula without a stored result, or with a corrected part, evaluated here.
    case evaluated
    /// Another figure than the one in the file: the office decided so.
    indirect case corrected(Correction)
  }

  public var field: FieldKey
  public var cell: CellReference?
  /// The cell's content as text.
  public var raw: String
  public var state: State
  public var notes: [Note]
  public var formula: String?
  /// Whether the cell's row or column, or the sheet, is hidden.
  public var isHidden: Bool
  /// The sheet, where the form goes on beyond the submission's own.
  public var sheet: String?

  public init(
    field: FieldKey, cell: CellReference? = nil, raw: String = "", state: State, notes: [Note] = [],
    formula: String? = nil, isHidden: Bool = false
  ) {
    self.field = field
    self.cell = cell
    self.raw = raw
    self.state = state
    self.notes = notes
    self.formula = formula
    self.isHidden = isHidden
  }

  public var figure: Decimal? {
    if case .figure(let figure) = state { figure } else { nil }
  }

  public var value: FieldValue? {
    switch state {
    case .figure(let figure): .figure(figure)
    case .value(let value): value
    case .blank, .unreadable, .missing: nil
    }
  }

  /// The correction that gave ``figure``; `nil` if it was reported.
  public var correction: Correction? {
    for case .corrected(let correction) in notes { return correction }
    return nil
  }
}

/// What the locator saw of a form's shape, as facts for the rules F04–F08, T06.
public struct FormShape: Hashable, Sendable, Codable {
  /// Labels that stand on the form in other words: (label of the definition, as written, cell).
  public var aliases: [Label] = []
  /// Whether rows or columns stand in another order than the definition's.
  public var rowsReordered = false
  public var columnsReordered = false
  /// Paths of headings that the form should have and has not (F05).
  public var missingHeadings: [[String]] = []
  /// Rows added by the unit that add up the form's rows: verified (T06), never summed.
  public var grandTotals: [GrandTotal] = []
  /// The range of the table, headings included.
  public var table: CellRange?
  /// What says that the table only shows how the form is filled in, where nothing else holds the form.
  public var sample: String?
  /// Groups of rows or columns of which nothing says which one counts (F07); no figure is taken then.
  public var undecided: Undecided?
  /// Figures under headings that the form does not have (F08).
  public var extras: [Extra] = []
  /// Measures printed on the form that are not the form's (U05); `nil` without any.
  public var otherMeasures: [OtherMeasure]?

  /// Groups with the same headings.
  public struct Undecided: Hashable, Sendable, Codable {
    /// The headings that stand in each group.
    public var headings: [String]
    /// What the groups are called.
    public var groups: [String]
    /// Whether they are parts of one heading's figures, as months are, without their sum.
    public var isDivision: Bool

    public init(headings: [String], groups: [String], isDivision: Bool) {
      self.headings = headings
      self.groups = groups
      self.isDivision = isDivision
    }
  }

  /// A row or column, or several under one label.
  public struct Extra: Hashable, Sendable, Codable {
    public var label: String
    /// The first of its figures.
    public var cell: CellReference
    public var count: Int

    public init(label: String, cell: CellReference, count: Int) {
      self.label = label
      self.cell = cell
      self.count = count
    }
  }

  /// A heading, or a note above the table, with another measure than the form has: 万元 for 元.
  public struct OtherMeasure: Hashable, Sendable, Codable {
    /// The heading or the note as it stands there.
    public var written: String
    /// The measure that it names, and how many of its base unit one is.
    public var unit: String
    public var scale: Int
    public var cell: CellReference
    /// What it is said of.
    public var fields: Set<FieldKey> = []

    public init(written: String, unit: String, scale: Int, cell: CellReference, fields: Set<FieldKey> = []) {
      self.written = written
      self.unit = unit
      self.scale = scale
      self.cell = cell
      self.fields = fields
    }
  }

  public struct Label: Hashable, Sendable, Codable {
    public var label: String
    public var written: String
    public var cell: CellReference

    public init(label: String, written: String, cell: CellReference) {
      self.label = label
      self.written = written
      self.cell = cell
    }
  }

  /// A typed grand total of one column: the fields it should add up, and what stands there.
  public struct GrandTotal: Hashable, Sendable, Codable {
    /// The word at the head of its row, `总计`, with the measure if the row says one (`总计 场次`).
    public var label: String
    public var column: String
    public var cell: CellReference
    public var figure: Decimal
    public var parts: [FieldKey]

    public init(label: String, column: String, cell: CellReference, figure: Decimal, parts: [FieldKey]) {
      self.label = label
      self.column = column
      self.cell = cell
      self.figure = figure
      self.parts = parts
    }
  }

  public init() {}
}
