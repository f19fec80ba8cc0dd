/// A year's notice as data: who reports, on which forms, by when, against which targets.
public struct Campaign: Sendable {
  /// `jiaozuo-2024`
  public var id: String
  public var title: String
  /// The office that collects: `焦作市总工会`.
  public var office: String
  /// The year the figures are about.
  public var year: Int
  /// The units that report, and after them those of ``outsideUnits``.
  public var units: [ReportingUnit]
  /// The groups of units that rules and deadlines speak of.
  public var groups: [UnitGroup]
  public var forms: [FormDefinition]
  public var targets: [TargetTable]
  /// The codes of units that may report outside the list and count in the totals only (市总本级).
  public var outsideUnits: [String]
  /// The words by which a unit's name may vary.
  public var naming: UnitNaming
  /// The sheets of the consolidated workbook as the campaign names them; `nil` takes the usual ones.
  public var workbook: WorkbookPlan?
  /// What the office writes to units.
  public var correspondence: Correspondence
  /// The files and folders on disk that it is made of; none for one that is built in.
  public var files: [String] = []
  /// Equal for campaigns made of the same texts, on every machine.
  var fingerprint = ""
  /// Who signs the consolidated forms: 填报人 and 联系电话 of the office. Blank, they are left to be written by hand.
  public var officeContact = Contact()
  /// Whom to call in a unit whose forms do not say, by its code.
  public var contacts: [String: Contact] = [:]
  /// By which words a document beside the forms is known.
  public var documents: DocumentWords
  /// The documents that units owe beside the forms.
  public var dueDocuments: [DueDocument] = []
  /// What does not belong to a form, by the words over it.
  public var words: TableWords
  /// The office's own checks.
  public var checks: [FormCheck] = []
  /// What is printed in Chinese (titles, labels, headings, units), by its name in reports in English.
  public var englishNames: [String: String] = [:]

  /// The office's own blank workbooks, by the id of their form.
  public var blanks: [String: OfficeBlank] = [:]

  public init(
    id: String, title: String, office: String, year: Int, units: [ReportingUnit], forms: [FormDefinition],
    targets: [TargetTable] = [], outsideUnits: [String] = [], naming: UnitNaming = .init(),
    groups: [UnitGroup] = [], workbook: WorkbookPlan? = nil, correspondence: Correspondence = .builtin,
    documents: DocumentWords = .builtin, words: TableWords = .builtin
  ) {
    self.id = id
    self.title = title
    self.office = office
    self.year = year
    self.units = units
    self.forms = forms
    self.targets = targets
    self.outsideUnits = outsideUnits
    self.naming = naming
    self.groups = groups
    self.workbook = workbook
    self.correspondence = correspondence
    self.documents = documents
    self.words = words
  }

  /// The sheets of the consolidated workbook.
  public var workbookPlan: WorkbookPlan { workbook ?? .standard(forms: forms, targets: targets) }

  /// A form by its id or its label: `culture-outreach`, `附件2`, `附件 2`.
  public func form(_ name: String) -> FormDefinition? {
    if let form = forms.first(where: { $0.id == name }) { return form }
    let wanted = LabelText.key(name)
    return forms.first { LabelText.key($0.label) == wanted }
  }

  /// A table of targets by its label: `附件1`.
  public func targetTable(_ label: String) -> TargetTable? {
    let wanted = LabelText.key(label)
    return targets.first { LabelText.key($0.label) == wanted }
  }

  public func unit(code: String) -> ReportingUnit? { units.first { $0.code == code } }
  public func unit(named name: String) -> ReportingUnit? { units.first { $0.name == name } }

  /// The units that owe a form, in the campaign's order.
  public func units(owing form: FormDefinition) -> [ReportingUnit] {
    let codes = Set(form.dueFrom)
    return units.filter { codes.contains($0.code) }
  }

  /// The table of targets that a form's figures are held against: of several the one that counts what stands first on the
  /// form.
  public func targets(for form: FormDefinition) -> TargetTable? { allTargets(for: form).first }

  /// All tables of targets of a form, that of ``targets(for:)`` first.
  public func allTargets(for form: FormDefinition) -> [TargetTable] {
    let tables = targets.filter { $0.form == form.id }
    guard tables.count > 1 else { return tables }
    let places = Dictionary(
      form.fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    func place(_ table: TargetTable) -> Int { table.fields.compactMap { places[$0] }.min() ?? .max }
    return tables.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
      .map(\.element)
  }
}

/// A group of units: `county`, 县（市）总工会.
public struct UnitGroup: Hashable, Sendable {
  public var id: String
  public var name: String

  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}

/// A unit that reports.
public struct ReportingUnit: Hashable, Sendable, Codable {
  /// Stable over the years: `JZ01`.
  public var code: String
  /// The full name, as it is written in every result, one of its kind in the campaign: `沁阳市总工会`.
  public var name: String
  /// What the unit calls itself and the office above it calls it, where other offices have units of that name too:
  /// `教育工会` for `教育工会（焦作市总工会）`. Otherwise the same as ``name``.
  public var ownName: String
  public var aliases: [String]
  /// `county`, `district`, `zone`, `industry`, `city` …: the groups that rules speak of.
  public var groups: [String]
  /// The code of the unit above it, where figures roll up.
  public var parent: String?

  public init(
    code: String, name: String, ownName: String? = nil, aliases: [String] = [], groups: [String] = [],
    parent: String? = nil
  ) {
    self.code = code
    self.name = name
    self.ownName = ownName ?? name
    self.aliases = aliases
    self.groups = groups
    self.parent = parent
  }
}

/// An annex that sets each unit a target: 附件1, 附件3.
public struct TargetTable: Hashable, Sendable {
  /// `附件1`
  public var label: String
  public var title: String
  /// The id of the form whose figures count.
  public var form: String
  /// The inputs that are added up and held against the target, in the form's own unit of measure. Where the campaign
  /// names a total, these are the inputs that it adds up: a typed total never counts.
  public var fields: [FieldKey]
  /// The heading over the figures as printed: `活动场次`, `覆盖人数(人次)`.
  public var heading: String
  /// What is counted, as the results' headings have it after 目标 and 完成: 场次; `nil` takes it from ``heading``.
  public var countWord: String?
  /// Target by unit code, in the measure's base unit (场, 人次).
  public var targets: [String: Int]
  /// The codes of ``targets`` in the order in which the annex prints them.
  public var order: [String]
  /// The printed total in the base unit, and as printed (`11 万人次`).
  public var printedTotal: Int
  public var printedTotalText: String
  /// The name of the consolidated workbook's sheet that holds results against these targets (`任务完成情况`); in the
  /// campaign's files the key `result`. Without one it is called after the label.
  public var completionTitle: String?
  /// The title over the results, in the campaign's files `resultTitle`; `nil` makes one of the annex's own.
  public var resultTitle: String?
  /// The word at the head of the total row: `总计`.
  public var totalLabel: String
  /// The heading over the units: `单位`.
  public var unitHeading: String
  public var layout: FormLayout

  public init(
    label: String, title: String, form: String, fields: [FieldKey], heading: String, targets: [String: Int],
    printedTotal: Int, printedTotalText: String, order: [String]? = nil, totalLabel: String = "总计",
    unitHeading: String = "单位", completionTitle: String? = nil, layout: FormLayout = .init()
  ) {
    self.label = label
    self.title = title
    self.form = form
    self.fields = fields
    self.heading = heading
    self.targets = targets
    self.printedTotal = printedTotal
    self.printedTotalText = printedTotalText
    self.completionTitle = completionTitle
    self.order = order ?? targets.keys.sorted()
    self.totalLabel = totalLabel
    self.unitHeading = unitHeading
    self.layout = layout
  }
}
